"""Pages in French: first as drafts, so that each may name the others, then with their text, published."""

from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.db.models import Model
from wagtail.models import Locale, Page

from cycles.models import RelatedCycle
from demo.loader.calendar import Calendar
from demo.loader.content import SOURCE, PageFile, in_language, page_files
from demo.loader.directory_rows import DirectoryRows
from demo.loader.documents import document, page_documents
from demo.loader.pictures import alternative_text, picture
from demo.loader.streams import Writer
from directory.models import PageAudience, PageKeyword, PageOrganisation, PagePerson, PageTerritory, PageTheme
from events.models import Occurrence, ReportOccurrence
from home.services import create_skeleton
from portal.models import BasePage
from resources.models import CaseNetwork, CaseSDG, DossierItem

# Days before the loading when a page that does not tell its age was first published.
USUAL_AGE = -75
# Fields that name other pages or dates: set once those exist.
REFERENCES = ("related_cycles", "report_occurrences")


@dataclass
class Pages:
    """The French pages of the demonstration, by key."""

    calendar: Calendar
    rows: DirectoryRows
    user: User | None = None
    ids: dict[str, int] = field(default_factory=dict)

    def start(self) -> None:
        """Make the skeleton of a centre, or find it."""
        self.ids.update({key: page.pk for key, page in create_skeleton().items()})

    def get(self, key: str) -> BasePage:
        """Return the stored page of a key."""
        return Page.objects.get(pk=self.ids[key]).specific

    def draft(self, key: str) -> None:
        """Make the page of a key as a draft without its text, if it does not exist. Its parent must exist."""
        if key in self.ids:
            return
        file = page_files()[key]
        parent = Page.objects.get(pk=self.ids[file["parent"]])
        found = parent.get_children().filter(slug=file["slug"][SOURCE]).first()
        if found is None:
            found = page_type(file)(
                slug=file["slug"][SOURCE], live=False, locale=Locale.objects.get(language_code=SOURCE)
            )
            self._identify(found, file)
            self._classify(found, file)
            parent.add_child(instance=found)
        self.ids[key] = found.pk

    def complete(self, key: str, *, with_text: bool = True) -> None:
        """Give the page of a key its text and its references, and publish it; leave it alone if it has them."""
        page, file = self.get(key), page_files()[key]
        if page.live and (not with_text or self._is_complete(page, file)):
            return
        self._identify(page, file)
        self._classify(page, file)
        if with_text:
            self.write_texts(page, key, SOURCE)
            self._refer(page, file)
        page.save_revision(user=self.user).publish(user=self.user)

    def lookup(self, kind: str, key: str) -> int | None:
        """Return the primary key of what a block names; None for a page that has not been made."""
        if kind == "page":
            return self.ids.get(key)
        if kind == "document":
            return document(key, self.user).pk
        if kind == "image":
            return picture(key, self.user).pk
        row: Model = getattr(self.rows, kind)(key)
        return row.pk

    def write_texts(self, page: BasePage, key: str, language: str) -> None:
        """Set the streams of a page in a language, with the same identifiers in both."""
        file = page_files()[key]
        writer = Writer(language, self.lookup, partial(alternative_text, language=language))
        for name, entries in streams(file).items():
            setattr(page, name, writer.stream(f"{key}/{name}", page._meta.get_field(name).stream_block, entries))
        objectives = file.get("fields", {}).get("objectives")
        if objectives:
            page.objectives = writer.objectives(f"{key}/objectives", objectives)

    def _is_complete(self, page: BasePage, file: PageFile) -> bool:
        return bool(page.body) if "body" in streams(file) else page.summary == file["summary"][SOURCE]

    def _identify(self, page: BasePage, file: PageFile) -> None:
        """Set what tells one page from another: title, summary, dates, the fields of its type."""
        page.title = page.draft_title = file["title"][SOURCE]
        page.summary = file["summary"][SOURCE]
        if "picture" in file:
            page.listing_image = picture(file["picture"], self.user)
            page.listing_image_alt = alternative_text(file["picture"], SOURCE)
        checked = file.get("brought_up_to_date_on")
        page.brought_up_to_date_on = None if checked is None else self.calendar.told_day(checked)
        for name, value in file.get("fields", {}).items():
            if name not in REFERENCES and name != "objectives":
                self._set(page, file, name, value)
        if not page.live:
            since = file.get("fields", {}).get("published_on", checked if checked is not None else USUAL_AGE)
            page.first_published_at = self.calendar.moment(self.calendar.told_day(since), 0, hour=9)

    def _set(self, page: BasePage, file: PageFile, name: str, value: Any) -> None:
        if name in ("lead", "author_organisation"):
            page_value: Any = self.rows.organisation(value)
        elif name in ("leaflet", "file") or (name == "programme" and value.startswith("doc-")):
            page_value = document(value, self.user)
        elif name == "programme":
            page_value = self.rows.programme(value)
        elif name == "published_on":
            page_value = self.calendar.told_day(value)
        elif name == "case_networks":
            page_value = _ordered(CaseNetwork(network=self.rows.network(key)) for key in value)
        elif name == "case_sdgs":
            page_value = _ordered(CaseSDG(sdg=number) for number in value)
        else:
            page_value = plain_value(value, SOURCE, self.calendar.years_of(file["key"]))
        setattr(page, name, page_value)

    def _classify(self, page: BasePage, file: PageFile) -> None:
        """Tie the page to the directory."""
        rows = self.rows
        page.page_themes = _ordered(PageTheme(theme=rows.theme(code)) for code in file.get("themes", []))
        page.page_audiences = _ordered(PageAudience(audience=rows.audience(code)) for code in file.get("audiences", []))
        page.page_territories = _ordered(
            PageTerritory(territory=rows.territory(code)) for code in file.get("territories", [])
        )
        page.page_keywords = [PageKeyword(tag=rows.keyword(key)) for key in file.get("keywords", [])]
        page.page_organisations = _ordered(
            PageOrganisation(organisation=rows.organisation(key), role=role)
            for role, keys in file.get("organisations", {}).items()
            for key in keys
        )
        page.page_people = _ordered(
            PagePerson(person=rows.person(key), role=role)
            for role, keys in file.get("people", {}).items()
            for key in keys
        )

    def _refer(self, page: BasePage, file: PageFile) -> None:
        """Tie the page to other pages and to dates."""
        fields = file.get("fields", {})
        if "related_cycles" in fields:
            ids = [self.ids[key] for key in fields["related_cycles"] if key in self.ids]
            page.related_cycles = _ordered(RelatedCycle(cycle_id=pk) for pk in ids)
        if "report_occurrences" in fields:
            dates = occurrences_by_key(self.ids[file["parent"]], page_files()[file["parent"]])
            told = [dates[key] for key in fields["report_occurrences"]]
            page.report_occurrences = _ordered(ReportOccurrence(occurrence=occurrence) for occurrence in told)
        if "documents" in file:
            page.page_documents = _ordered(page_documents(file["documents"], self.user))
        if "items" in file:
            ids = [self.ids[key] for key in file["items"] if key in self.ids]
            page.dossier_items = _ordered(DossierItem(page_id=pk) for pk in ids)


def occurrences_by_key(page_id: int, file: PageFile) -> dict[str, Occurrence]:
    """Return the stored dates of a page by the keys of its file: they were made in its order."""
    stored = Occurrence.objects.filter(page_id=page_id).order_by("pk")
    return dict(zip((row["key"] for row in file["occurrences"]), stored, strict=True))


def page_type(file: PageFile) -> type[BasePage]:
    """Return the class that a page file names."""
    return apps.get_model(file["type"])


def streams(file: PageFile) -> dict[str, list[dict[str, Any]]]:
    """Return the entries of the streams of a page file, by field: chapters are the body of a dossier."""
    found = {name: file[name] for name in ("body", "report") if name in file}
    if "chapters" in file:
        found["body"] = [{"chapter": chapter} for chapter in file["chapters"]]
    return found


def plain_value(value: Any, language: str, years: str) -> Any:
    """Return the value of a simple field in a language; `{years}` stands for those of the cycle."""
    shown = in_language(value, language)
    return shown.replace("{years}", years) if isinstance(shown, str) else shown


def _ordered(rows: Any) -> list[Model]:
    numbered = list(rows)
    for number, row in enumerate(numbered):
        row.sort_order = number
    return numbered
