"""Fixed lists of the public search."""

from collections.abc import Mapping, Sequence

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    """What a search result is. The order is that of the filter."""

    DOSSIER = "dossier", _("Dossiers")
    CYCLE = "cycle", _("Training cycles")
    SESSION = "session", _("Training sessions")
    OCCURRENCE = "occurrence", pgettext_lazy("kind of search result", "Dates")
    EVENT = "event", pgettext_lazy("kind of search result", "Events")
    REPORT = "report", _("Event reports")
    RESOURCE = "resource", pgettext_lazy("kind of search result", "Resources")
    CASE_STUDY = "case_study", _("Case studies")
    CLOSE_UP = "close_up", _("Close-ups on the field")
    NEWS = "news", pgettext_lazy("kind of search result", "News")
    STANDARD = "standard", pgettext_lazy("kind of search result", "Information pages")
    DOCUMENT = "document", pgettext_lazy("kind of search result", "Documents")
    DIRECTORY = "directory", pgettext_lazy("kind of search result", "Directory")
    TERM = "term", _("Terms explained")
    QUOTATION = "quotation", _("Quotations")

    @property
    def singular(self) -> str:
        """Return the name of one result of this kind, for its line in the list."""
        return str(SINGULAR[self])


# What one attends: somewhere, on a day.
ATTENDED = (Kind.OCCURRENCE, Kind.SESSION, Kind.EVENT)
SINGULAR = {
    Kind.DOSSIER: pgettext_lazy("one search result", "Dossier"),
    Kind.CYCLE: pgettext_lazy("one search result", "Training cycle"),
    Kind.SESSION: pgettext_lazy("one search result", "Training session"),
    Kind.OCCURRENCE: pgettext_lazy("one search result", "Date"),
    Kind.EVENT: pgettext_lazy("one search result", "Event"),
    Kind.REPORT: pgettext_lazy("one search result", "Event report"),
    Kind.RESOURCE: pgettext_lazy("one search result", "Resource"),
    Kind.CASE_STUDY: pgettext_lazy("one search result", "Case study"),
    Kind.CLOSE_UP: pgettext_lazy("one search result", "Close-up on the field"),
    Kind.NEWS: pgettext_lazy("one search result", "News item"),
    Kind.STANDARD: pgettext_lazy("one search result", "Information page"),
    Kind.DOCUMENT: pgettext_lazy("one search result", "Document"),
    Kind.DIRECTORY: pgettext_lazy("one search result", "Directory"),
    Kind.TERM: pgettext_lazy("one search result", "Term explained"),
    Kind.QUOTATION: pgettext_lazy("one search result", "Quotation"),
}
# Asked for by what they are.
CALLED_BY_KIND = frozenset(
    {*(Kind.DOSSIER, Kind.CYCLE, Kind.SESSION, Kind.EVENT, Kind.REPORT, Kind.CASE_STUDY, Kind.RESOURCE, Kind.NEWS)}
)
# What else people call them, by language.
ALSO_CALLED: Mapping[str, Mapping[str, Sequence[str]]] = {
    Kind.SESSION: {"fr": ["session de formation"], "en": ["training course"]},
    Kind.CASE_STUDY: {"fr": ["retour d’expérience"], "en": ["experience"]},
}
# Kept for the pages of the directory only: a search finds the page that holds the words.
NOT_SEARCHED = frozenset({Kind.QUOTATION})
# What has dates, by itself or below it.
DATED = (Kind.SESSION, Kind.OCCURRENCE, Kind.EVENT)


class FacetName(TextChoices):
    """What an entry can be filtered by, besides its kind and language: the name of its facet rows."""

    THEME = "theme", pgettext_lazy("search facet", "Theme")
    AUDIENCE = "audience", pgettext_lazy("search facet", "Audience")
    TERRITORY = "territory", pgettext_lazy("search facet", "Territory")
    ORGANISATION = "organisation", pgettext_lazy("search facet", "Organisation")
    PROGRAMME = "programme", pgettext_lazy("search facet", "Programme")
    NETWORK = "network", pgettext_lazy("search facet", "Network")
    COUNTRY = "country", pgettext_lazy("search facet", "Country")
    GOAL = "goal", pgettext_lazy("search facet", "Sustainable Development Goal")
    PERSON = "person", pgettext_lazy("search facet", "Person who speaks")
    CONTACT = "contact", pgettext_lazy("search facet", "Person to turn to")
    RESOURCE_TYPE = "resource_type", pgettext_lazy("search facet", "Type of resource")
    PLACE = "place", pgettext_lazy("search facet", "Town")
    # Found by its words and never shown as a filter: whatever the towns and territories of an entry lie in.
    AREA = "area", pgettext_lazy("search facet", "Lies in")
    YEAR = "year", pgettext_lazy("search facet", "Year")
    PRICE = "price", pgettext_lazy("search facet", "Price")
    PLACES = "places", pgettext_lazy("search facet", "Places")
    # Never shown: what a date is one of, and the languages in which a work has no entry (`search.siblings`).
    OF = "of", pgettext_lazy("search facet", "What it is a date of")
    LACKS = "lacks", pgettext_lazy("search facet", "Languages that it lacks")


# Values that are the same in every language unless they say otherwise.
PROPER_NAMES = frozenset(
    {
        *(FacetName.TERRITORY, FacetName.ORGANISATION, FacetName.PERSON, FacetName.CONTACT),
        *(FacetName.PLACE, FacetName.AREA, FacetName.YEAR),
    }
)
# Read from an entry's own columns, so that one filters by them as by any other.
DERIVED = frozenset({FacetName.PLACE, FacetName.YEAR, FacetName.PRICE, FacetName.PLACES})
# No words to be found by.
SILENT = DERIVED | {FacetName.OF, FacetName.LACKS}


class Price(TextChoices):
    """What attending costs, as far as a list needs to say."""

    FREE = "free", pgettext_lazy("price", "Free")
    PAID = "paid", pgettext_lazy("price", "Paid")


class Places(TextChoices):
    """Whether one can still register."""

    OPEN = "open", pgettext_lazy("places", "Open")
    FULL = "full", pgettext_lazy("places", "Full")


class Sort(TextChoices):
    """The order of a list. By date: what is to come, the soonest first, then the rest, the latest first."""

    RELEVANCE = "relevance", pgettext_lazy("order of a list", "Relevance")
    DATE = "date", pgettext_lazy("order of a list", "Date")


class TermKind(TextChoices):
    """What ties the forms of a term."""

    ACRONYM = "acronym", _("Acronym")
    SYNONYM = "synonym", _("Synonyms")


class TermDirection(TextChoices):
    """Which forms find which."""

    BOTH = "both", _("Each form finds the others")
    FORM_ONLY = "form_only", _("Only the short form finds the others (ambiguous acronym)")
