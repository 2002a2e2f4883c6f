"""A run from the command line, in a database that is made for it and thrown away."""

import argparse
import contextlib
import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import time_machine
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from search.engines import get_engine
from tests.search.judged import report
from tests.search.judged.corpus import TODAY, load
from tests.search.judged.judging import Verdict, judge_all
from tests.search.judged.queries import judged_queries


@contextlib.contextmanager
def temporary_database() -> Iterator[None]:
    """Make the tables of the project in a database of their own."""
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


@contextlib.contextmanager
def chosen_engine(name: str, url: str = "") -> Iterator[None]:
    """Let the search go through one engine. An outside one gets an index of its own, deleted in the end."""
    if name == "embedded":
        with override_settings(SEARCH_ENGINE="embedded", ELASTICSEARCH_URL=""):
            yield
        return
    index = f"judged-{os.getpid()}"
    with override_settings(
        SEARCH_ENGINE=name, ELASTICSEARCH_URL=url, ELASTICSEARCH_INDEX=index, ELASTICSEARCH_TIMEOUT=5.0
    ):
        try:
            # An empty index, for what is written to it as soon as the corpus is committed.
            get_engine().rebuild(lambda line: None)
            yield
        finally:
            delete_indexes(url, index)


def delete_indexes(url: str, prefix: str) -> None:
    """Delete what a run made in Elasticsearch."""
    from elasticsearch import Elasticsearch

    with Elasticsearch(url) as client:
        for index in client.indices.get(index=f"{prefix}*", expand_wildcards="all"):
            client.indices.delete(index=index)


def judged(*, is_loaded: bool = False) -> list[Verdict]:
    """Load the corpus into the database at hand and judge every query by the engine of the settings, on its day."""
    with time_machine.travel(timezone.make_aware(TODAY), tick=True):
        if not is_loaded:
            load()
        if (engine := get_engine()).name != "embedded":
            engine.rebuild(lambda line: None)
        return judge_all(judged_queries())


def main(arguments: Sequence[str]) -> None:
    """Print the figures of one engine."""
    options = parser().parse_args(arguments)
    with temporary_database():
        if options.stock:
            from tests.search.judged.stock.asking import judged_stock

            verdicts, errors = judged_stock(options.engine, options.url)
            name = f"stock Wagtail on {backend_name(options.engine)}, {errors} queries that raise an error"
        else:
            name = backend_name(options.engine)
            with chosen_engine(options.engine, options.url):
                verdicts = judged()
    sys.stdout.writelines(f"{line}\n" for line in report.lines(name, verdicts, failures=not options.brief))
    if options.json:
        Path(options.json).write_text(json.dumps(report.as_data(name, verdicts), ensure_ascii=False, indent=1))


def backend_name(engine: str) -> str:
    """Return what a run is told under: the database for the search that lives in it."""
    return connection.vendor if engine == "embedded" else engine


def parser() -> argparse.ArgumentParser:
    """Return what reads the command line."""
    result = argparse.ArgumentParser(prog="python -m tests.search.judged", description=__doc__)
    result.add_argument("--engine", choices=("embedded", "elasticsearch"), default="embedded")
    result.add_argument("--url", default=os.environ.get("ELASTICSEARCH_URL", ""), help="where Elasticsearch answers")
    result.add_argument("--stock", action="store_true", help="judge the search that Wagtail has by itself instead")
    result.add_argument("--json", metavar="FILE", help="write every result to a file as well")
    result.add_argument("--brief", action="store_true", help="figures only, no list of what fails")
    return result
