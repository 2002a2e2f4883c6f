"""Rows of the public search: entries, what they can be filtered by, and the terms that editors keep."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from search.analysis import clean, fold
from search.desk.models import AskedQuery as AskedQuery
from search.desk.models import FailedQuery as FailedQuery
from search.desk.models import Promotion as Promotion
from search.enums import NOT_SEARCHED, PROPER_NAMES, FacetName, Places, Price, TermDirection, TermKind


class SearchEntryQuerySet(models.QuerySet):
    """Entries as engines ask for them."""

    def searched(self) -> "SearchEntryQuerySet":
        """Return those that a search may find."""
        return self.exclude(kind__in=NOT_SEARCHED)


class SearchEntry(models.Model):
    """One public thing in one language. What is private, a draft or an alias has no row here.

    Written by `search.services` only. `kind` is one of `search.enums.Kind`, left open for kinds that other apps add.
    """

    kind = models.CharField(max_length=32)
    language = models.CharField(max_length=8)
    source_model = models.CharField(max_length=100)
    source_key = models.CharField(max_length=64)
    anchor = models.CharField(max_length=100, blank=True)
    # The same for what says the same thing in several languages: with kind and anchor, one entry a language.
    work_key = models.CharField(max_length=64, blank=True)
    url = models.CharField(max_length=1000)
    title = models.CharField(max_length=255)
    summary = models.TextField(blank=True)
    sections = models.JSONField(default=list)
    pages = models.JSONField(default=list)
    keywords = models.JSONField(default=list)
    starts = models.DateTimeField(null=True)
    ends = models.DateTimeField(null=True)
    venue = models.CharField(max_length=255, blank=True)
    place = models.CharField(max_length=255, blank=True)
    price = models.CharField(max_length=8, blank=True, choices=Price)
    places = models.CharField(max_length=8, blank=True, choices=Places)
    popularity = models.PositiveIntegerField(default=0)
    updated_on = models.DateField(null=True)
    carrier_key = models.CharField(max_length=64, blank=True)
    carrier_title = models.CharField(max_length=255, blank=True)
    carrier_url = models.CharField(max_length=1000, blank=True)
    facts = models.JSONField(default=dict)
    content_hash = models.CharField(max_length=32)
    # Raised with each change: of two states that reach an outside engine, the later one stays.
    version = models.PositiveBigIntegerField(default=1)
    # When it could first be found: what feeds and alerts call new. A change or a rebuild leaves it alone.
    appeared_at = models.DateTimeField(auto_now_add=True, editable=False)

    objects = SearchEntryQuerySet.as_manager()

    # Usages of pages and documents are counted by Wagtail; our copies of them are none.
    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source_model", "source_key", "language", "anchor", "kind"], name="search_entry_unique_source"
            )
        ]
        indexes = [
            models.Index(fields=["language", "kind", "starts"], name="search_entry_listing"),
            models.Index(fields=["carrier_key"], name="search_entry_carrier"),
            models.Index(fields=["work_key", "language"], name="search_entry_work"),
            models.Index(fields=["language", "appeared_at"], name="search_entry_new"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.language}): {self.title}"

    @property
    def address(self) -> str:
        """The address of the thing, down to its place in the page."""
        return f"{self.url}#{self.anchor}" if self.anchor else self.url

    @property
    def is_searched(self) -> bool:
        """Whether a search may find it."""
        return self.kind not in NOT_SEARCHED


def _is_english() -> bool:
    return (get_language() or "").startswith("en")


class SearchEntryFacet(models.Model):
    """One value that an entry can be filtered by, as a plain row: the same question on every engine."""

    entry = models.ForeignKey(SearchEntry, on_delete=models.CASCADE, related_name="facets")
    name = models.CharField(max_length=32, choices=FacetName)
    code = models.CharField(max_length=100)
    label_fr = models.CharField(max_length=255)
    label_en = models.CharField(max_length=255, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "name", "code"], name="search_facet_unique_value")]
        indexes = [models.Index(fields=["name", "code"], name="search_facet_value")]

    def __str__(self) -> str:
        return f"{self.name}: {self.label_fr}"

    @property
    def label(self) -> str:
        """The name in the active language, else in French."""
        return (self.label_en if _is_english() else "") or self.label_fr

    @property
    def label_language(self) -> str:
        """The language of the name shown where it is not the active one; names of people and places have none."""
        return "fr" if _is_english() and not self.label_en and self.name not in PROPER_NAMES else ""


class SearchTerm(models.Model):
    """A word that entries say, for mistyped ones: `shown` is how it is written, `count` how many entries say it."""

    language = models.CharField(max_length=8)
    form = models.CharField(max_length=64)
    stem = models.CharField(max_length=64)
    shown = models.CharField(max_length=64)
    count = models.PositiveIntegerField(default=1)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["language", "form"], name="search_term_unique_form")]
        indexes = [models.Index(fields=["language", "stem"], name="search_term_stem")]

    def __str__(self) -> str:
        return f"{self.shown} ({self.language})"


class UnsentChange(models.Model):
    """An entry that an outside engine has yet to learn of. `version` is the one that it had when this was noted."""

    # No foreign key: the row may be gone.
    entry_id = models.BigIntegerField()
    version = models.PositiveBigIntegerField()
    at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.entry_id}, version {self.version}"


class TermQuerySet(models.QuerySet):
    """Terms as the glossary and the search need them."""

    def explained(self) -> "TermQuerySet":
        """Return those in use that explain something to a visitor: see `Term.is_explained`."""
        is_spelt_out = models.Q(kind=TermKind.ACRONYM) & ~models.Q(long_form_fr="")
        return self.filter(is_spelt_out | ~models.Q(definition_fr=""), active=True)


class Term(models.Model):
    """An acronym or a set of synonyms, kept by editors. A change works at the next search, nothing is indexed again."""

    kind = models.CharField(_("kind"), max_length=16, choices=TermKind, default=TermKind.ACRONYM)
    direction = models.CharField(_("direction"), max_length=16, choices=TermDirection, default=TermDirection.BOTH)
    form_fr = models.CharField(_("short form (French)"), max_length=100, unique=True)
    form_en = models.CharField(
        _("short form (English)"), max_length=100, blank=True, help_text=_("Empty: the same as in French.")
    )
    long_form_fr = models.CharField(_("long form (French)"), max_length=255, blank=True)
    long_form_en = models.CharField(_("long form (English)"), max_length=255, blank=True)
    synonyms_fr = models.TextField(_("synonyms (French)"), blank=True, help_text=_("One per line."))
    synonyms_en = models.TextField(_("synonyms (English)"), blank=True, help_text=_("One per line."))
    definition_fr = models.TextField(_("definition (French)"), blank=True)
    definition_en = models.TextField(_("definition (English)"), blank=True)
    active = models.BooleanField(_("active"), default=True)
    note = models.TextField(_("note for editors"), blank=True, help_text=_("Never shown to visitors."))

    objects = TermQuerySet.as_manager()

    panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("direction"), FieldPanel("active")]),
        MultiFieldPanel(
            [FieldPanel(f"{name}_fr") for name in ("form", "long_form", "synonyms", "definition")], heading=_("French")
        ),
        MultiFieldPanel(
            [FieldPanel(f"{name}_en") for name in ("form", "long_form", "synonyms", "definition")], heading=_("English")
        ),
        FieldPanel("note"),
    ]

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["form_fr"]

    def __str__(self) -> str:
        return f"{self.form_fr} – {self.long_form_fr}" if self.long_form_fr else self.form_fr

    def clean(self) -> None:
        """Refuse another term of the same letters: «qpv» beside «QPV» would explain one thing twice."""
        super().clean()
        others = Term.objects.exclude(pk=self.pk)
        same = next((term for term in others if fold(clean(term.form_fr)) == fold(clean(self.form_fr))), None)
        if same and same.form_fr != self.form_fr:
            message = _("“%(term)s” is a term already: add to it what is missing.")
            raise ValidationError({"form_fr": ValidationError(message, params={"term": same})})

    @property
    def is_explained(self) -> bool:
        """Whether it explains something to a visitor: an acronym spelt out, or a definition. Synonyms only help."""
        return bool(self.definition_fr or (self.kind == TermKind.ACRONYM and self.long_form_fr))

    @property
    def anchor(self) -> str:
        """Its place in the glossary, the same in every language."""
        return slugify(self.form_fr) or str(self.pk)

    @property
    def short_form(self) -> str:
        """The short form in the active language."""
        return self.form("en" if _is_english() else "fr")

    @property
    def long_form(self) -> str:
        """The long form in the active language, else in French."""
        return (self.long_form_en if _is_english() else "") or self.long_form_fr

    @property
    def long_form_language(self) -> str:
        """The language of the long form shown where it is not the active one."""
        return "fr" if _is_english() and not self.long_form_en else ""

    @property
    def definition(self) -> str:
        """The definition in the active language, else in French."""
        return (self.definition_en if _is_english() else "") or self.definition_fr

    @property
    def definition_language(self) -> str:
        """The language of the definition shown where it is not the active one."""
        return "fr" if _is_english() and not self.definition_en else ""

    def form(self, language: str) -> str:
        """Return the short form in `language`, which is the French one where English has none of its own."""
        return self.form_en if language == "en" and self.form_en else self.form_fr

    def other_forms(self, language: str) -> list[str]:
        """Return the long form and the synonyms in `language`."""
        long_form, synonyms = getattr(self, f"long_form_{language}"), getattr(self, f"synonyms_{language}")
        return [form for form in (long_form, *map(str.strip, synonyms.splitlines())) if form]
