"""What every test may ask for: a database put back as it was, the demonstration, services that may be missing."""

import os
import shutil
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client, TransactionTestCase

from home.services import create_skeleton
from search.models import SearchEntry
from tests.database import BOTH_ENGINES, ONE_ENGINE, Template

# How the reason of a skip begins when a service was missing; the run ends with these, in capitals.
MISSING = "MISSING SERVICE"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--second-engine", action="store_true", help="only what the database may decide (see tests/database.py)"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what this database cannot run, and in the second pass what the database cannot change."""
    is_postgresql = "postgresql" in settings.DATABASES["default"]["ENGINE"]
    unwanted = "sqlite" if is_postgresql else "postgresql"
    left_out = [item for item in items if item.get_closest_marker(unwanted)]
    if config.getoption("--second-engine"):
        left_out += [item for item in items if item not in left_out and not _concerns_both_engines(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def _concerns_both_engines(item: pytest.Item) -> bool:
    path = item.path.relative_to(Path(__file__).parent)
    located = path.parts[0] in BOTH_ENGINES and path.as_posix() not in ONE_ENGINE
    return located or any(item.get_closest_marker(name) for name in ("both_engines", "postgresql"))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say loudly what could not be proved on this machine."""
    reasons = [str(report.longrepr[-1]) for report in terminalreporter.stats.get("skipped", [])]
    missing = [reason.removeprefix("Skipped: ") for reason in reasons if MISSING in reason]
    for reason in sorted(set(missing)):
        line = f"NOT TESTED: {missing.count(reason)} tests. {reason}"
        terminalreporter.write_sep("#", line, red=True, bold=True)


def pytest_unconfigure() -> None:
    """Delete the folder of this process's databases and files."""
    folder = Path(settings.MEDIA_ROOT).parent
    if folder.name == f"portal-tests-{os.getpid()}":
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Template]]:
    """Start every test from the empty centre, and have transactional tests put it back.

    It is what every page of a test stands in; making it anew took a second and more of each test. What is searched
    for is left to each test. «migrated» is the database before: two pages of Wagtail's own.
    """
    with django_db_blocker.unblock():
        migrated, empty_centre = Template("migrated"), Template("empty-centre")
        migrated.make()
        create_skeleton()
        SearchEntry.objects.all().delete()
        empty_centre.make()
    with pytest.MonkeyPatch.context() as patch:
        # Django's own teardown empties the tables instead; pytest-django's transactional tests go through it too.
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: empty_centre.restore())
        yield {"migrated": migrated, "empty centre": empty_centre}
    with django_db_blocker.unblock():
        empty_centre.drop()
        migrated.drop()


@pytest.fixture(scope="session")
def demonstration_template(django_db_setup: dict[str, Template], django_db_blocker: Any) -> Iterator[Template]:
    """Load the demonstration once for this process: it takes seconds, putting its copy back a fraction of one."""
    with django_db_blocker.unblock():
        template = Template("demonstration")
        django_db_setup["migrated"].restore()
        try:
            call_command("load_demo", logins=True, stdout=StringIO())
            _draw_pictures()
            template.make()
        finally:
            # Half a demonstration must not stay for the tests that want none.
            django_db_setup["empty centre"].restore()
    yield template
    with django_db_blocker.unblock():
        template.drop()


def _draw_pictures() -> None:
    """Ask for the lists, which shrink their pictures once: not again in each test that reads them."""
    for path in ("/fr/", "/fr/formations/", "/fr/evenements/", "/fr/ressources/", "/fr/actualites/"):
        assert Client().get(path).status_code == 200


@pytest.fixture
def migrated_database(django_db_setup: dict[str, Template], transactional_db: None) -> None:
    """Start before there is a centre, as the first start does."""
    django_db_setup["migrated"].restore()


@pytest.fixture
def demo_database(demonstration_template: Template, transactional_db: None) -> Template:
    """Start from the whole demonstration; what the test changes is gone afterwards."""
    demonstration_template.restore()
    return demonstration_template
