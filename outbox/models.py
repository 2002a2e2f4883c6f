"""`Message`: an e-mail as a row, written with the change it tells, sent after it; and the officer's words for them."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from outbox.enums import MessageState
from outbox.kinds import label_of


class Message(models.Model):
    """One e-mail to one address. Its content never changes; only its delivery does."""

    kind = models.CharField(_("kind"), max_length=60)
    recipient = models.EmailField(_("recipient"), max_length=254)
    reply_to = models.EmailField(_("answers go to"), max_length=254, blank=True)
    # Told to mail programs, whose button then posts there (RFC 2369, RFC 8058).
    unsubscribe_url = models.URLField(max_length=300, blank=True)
    language = models.CharField(_("language"), max_length=10)
    subject = models.CharField(_("subject"), max_length=255)
    text = models.TextField(_("text"))
    html = models.TextField(_("formatted text"), blank=True)
    # [{"name": …, "content_type": …, "content": base64}]
    attachments = models.JSONField(_("attached files"), default=list, blank=True)

    about_type = models.ForeignKey(ContentType, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    about_id = models.PositiveBigIntegerField(null=True, blank=True)
    about = GenericForeignKey("about_type", "about_id")
    # Of what it is about, the keys of the parts that it concerns (the dates of a booking, say); empty for all of it.
    parts = models.JSONField(default=list, blank=True, editable=False)
    # Whoever writes the same message twice (a double click, a job run again) names it the same way.
    key = models.CharField(max_length=200, null=True, blank=True, unique=True)

    state = models.CharField(_("state"), max_length=10, choices=MessageState.choices, default=MessageState.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    # Class of the error and the server's code only: the server's words may hold an address.
    last_error = models.CharField(_("last error"), max_length=120, blank=True)
    # Fixed at once: a message sent twice after a crash is recognised as the same by mail programs.
    message_id = models.CharField(max_length=255, unique=True)
    created_at = models.DateTimeField(_("written on"), default=timezone.now)
    sending_since = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(_("sent on"), null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        # Nobody writes, changes or deletes a message in the admin.
        default_permissions = ("view",)
        permissions = [("resend_message", _("Can send a message again"))]
        indexes = [
            models.Index(fields=["state", "next_attempt_at"], name="message_due"),
            models.Index(fields=["about_type", "about_id"], name="message_about"),
        ]

    def __str__(self) -> str:
        # No address: this text reaches the history of the admin.
        return f"{label_of(self.kind)} ({self.pk})"


class BouncedAddress(models.Model):
    """An address that the mail server refused for good: nobody reads there, until somebody says otherwise.

    It leaves with the message that told of it: whatever purges the messages of somebody forgets this too.
    """

    # As addresses are compared: in small letters.
    address = models.CharField(_("address"), max_length=254, unique=True)
    code = models.CharField(_("answer of the server"), max_length=20)
    message = models.ForeignKey(Message, verbose_name=_("message"), on_delete=models.CASCADE, related_name="+")
    bounced_at = models.DateTimeField(_("refused on"), default=timezone.now)

    class Meta:
        ordering = ["-bounced_at"]
        verbose_name = _("refused address")
        verbose_name_plural = _("refused addresses")
        default_permissions = ("delete",)

    def __str__(self) -> str:
        # No address: see `Message`.
        return f"{self._meta.verbose_name} {self.pk}"


class MessageText(models.Model):
    """The words of one kind in one language, where the officer changed them. An empty text means the original one."""

    kind = models.CharField(_("kind"), max_length=60)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    subject = models.CharField(_("subject"), max_length=150, blank=True)
    opening = models.TextField(_("opening words"), max_length=3000, blank=True)
    closing = models.TextField(_("closing words"), max_length=3000, blank=True)
    changed_at = models.DateTimeField(_("changed on"), auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("changed by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("text of a message")
        verbose_name_plural = _("texts of messages")
        default_permissions = ("change",)
        constraints = [models.UniqueConstraint(fields=["kind", "language"], name="one_text_per_kind_and_language")]

    def __str__(self) -> str:
        return f"{label_of(self.kind)} ({self.language})"
