"""The kinds of messages of the alerts; the words of the digest may be changed."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from outbox.kinds import Kind, Placeholder, Preview, Words, register

DIGEST = "alert_digest"


def _preview(language: str, words: Words) -> Preview:
    # Loaded when somebody looks: it needs the models.
    from alerts.messages import preview_of

    return preview_of(language, words)


register(
    Kind("alert_confirm", label=_("Search alert: please confirm")),
    Kind("alert_known", label=_("Search alert: you have it already")),
    Kind("alert_full", label=_("Search alert: too many for one address")),
    Kind(
        DIGEST,
        label=_("Search alert: what is new"),
        words=Words(
            gettext_noop("What is new: {search}"),
            gettext_noop("Here is what is new in the search that you follow: {search}."),
        ),
        placeholders=(
            Placeholder(
                {"en": "search", "fr": "recherche"}, _("what is searched for"), {"en": "housing", "fr": "logement"}
            ),
            Placeholder({"en": "number", "fr": "nombre"}, _("how many new results there are"), {"en": "2", "fr": "2"}),
            Placeholder(
                {"en": "centre", "fr": "centre"},
                _("the name that signs"),
                {"en": "Resource centre", "fr": "Centre de ressources"},
            ),
        ),
        preview=_preview,
    ),
)
