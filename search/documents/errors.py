"""What a reader raises when a file cannot be read for a reason that an editor understands."""


class EncryptedFile(Exception):
    """A password is needed."""


class TooLarge(Exception):
    """The file holds more than we agree to unpack."""
