"""The whole demonstration in order, or one page of it with what it needs."""

from collections.abc import Callable, Iterable

from django.contrib.auth.models import User
from django.utils import timezone
from wagtail.models import Site

from demo.loader.bookings import make_bookings
from demo.loader.calendar import Calendar
from demo.loader.co_organisers import make_co_organiser
from demo.loader.content import ancestor_keys, directory_file, is_translated, page_files, referenced_keys
from demo.loader.directory_rows import DirectoryRows
from demo.loader.documents import document, document_files
from demo.loader.indexes import indexes_built_once
from demo.loader.occurrences import create_occurrences
from demo.loader.pages import Pages
from demo.loader.pictures import logo
from demo.loader.questions import create_questions
from demo.loader.searches import count_results, create_searches
from demo.loader.terms import create_terms
from demo.loader.translations import translate
from home.models import CentreSettings
from portal.models import BasePage

Say = Callable[[str], None]


def load(user: User | None = None, say: Say = lambda line: None) -> None:
    """Load everything; `say` receives a line per step. Outside any transaction: dates and bookings have their own."""
    with indexes_built_once():
        _load_everything(_pages(user), say)
        say("Index of the search …")
    count_results()


def _load_everything(pages: Pages, say: Say) -> None:
    files = page_files()
    say("Directory: territories, organisations, people, venues …")
    pages.rows.create_all()
    describe_centre(pages.user)
    say(f"{create_terms()} acronyms and synonyms …")
    say(f"{len(document_files())} documents …")
    for key in document_files():
        document(key, pages.user)
    say(f"{len(files)} pages in French …")
    for key in files:
        pages.draft(key)
    reports = [key for key in files if files[key]["type"] == "events.ReportPage"]
    occurrences = {name: row for key in files for name, row in create_occurrences(pages, key).items()}
    questions = {name: row for key in files for name, row in create_questions(pages.get(key), key).items()}
    for key in [*(key for key in files if key not in reports), *reports]:
        pages.complete(key)
    make_co_organiser(occurrences)
    translated = [key for key in files if is_translated(files[key])]
    say(f"{len(translated)} pages in English …")
    for key in translated:
        translate(pages, key)
    say(f"{make_bookings(pages.rows, occurrences, questions)} bookings, {create_searches(pages)} searches.")


def build_page(key: str) -> BasePage:
    """Return the French page of a key, published, with its English version if it has one, its parents and its dates.

    The pages it leads to are published with title and summary only; what exists is left as it is.
    """
    pages = _pages(None)
    file = page_files()[key]
    own = [*ancestor_keys(key), key]
    others = sorted(referenced_keys(file) - set(own))
    for needed in [*own, *_lineages(others)]:
        pages.draft(needed)
    for other in _lineages(others):
        if other not in own:
            pages.complete(other, with_text=False)
    for needed in own:
        create_occurrences(pages, needed)
        create_questions(pages.get(needed), needed)
        pages.complete(needed)
    for needed in own:
        if is_translated(page_files()[needed]):
            translate(pages, needed)
    return pages.get(key)


def describe_centre(user: User | None = None) -> None:
    """Write the name, the logo, the address and the accounts of the invented centre in the settings of the site."""
    centre = CentreSettings.for_site(Site.objects.get(is_default_site=True))
    if centre.name:
        return
    told = directory_file("centre")
    tagline = told["tagline"]
    centre.name, centre.tagline_fr, centre.tagline_en = told["name"], tagline["fr"], tagline["en"]
    for name in ("address", "region", "phone", "email", "linkedin_url"):
        setattr(centre, name, told[name])
    centre.logo = logo(user)
    centre.full_clean()
    centre.save()


def _pages(user: User | None) -> Pages:
    calendar = Calendar(timezone.localdate())
    pages = Pages(calendar, DirectoryRows(calendar), user)
    pages.start()
    return pages


def _lineages(keys: Iterable[str]) -> list[str]:
    """Return the keys with those of the pages above them, the highest first, each once."""
    return list(dict.fromkeys(found for key in keys for found in (*ancestor_keys(key), key)))
