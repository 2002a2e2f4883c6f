"""When two addresses are one person."""


def person_key(email: str) -> str:
    """Return an e-mail address as one compares it: without case, spaces and «+tag» before the @.

    `Ines+formation@Ville.example` and `ines@ville.example` reach the same person, who holds one place per date.
    """
    local, _at, domain = email.strip().lower().rpartition("@")
    return f"{local.split('+')[0] or local}@{domain}"
