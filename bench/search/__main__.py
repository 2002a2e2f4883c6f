"""How fast the search is: `python -m bench.search` (see bench/README.md).

Makes a database of its own and throws it away. With `--url`, Elasticsearch is measured in the same run, in turn.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.search.judged.stock.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.test import override_settings  # noqa: E402

from bench.search import stock  # noqa: E402
from bench.search.entries import make_entries, wipe  # noqa: E402
from bench.search.pages import pages_a_second  # noqa: E402
from bench.search.questions import QUESTIONS, Times, actions  # noqa: E402
from search import spelling  # noqa: E402
from search.engines import embedded_engine  # noqa: E402
from search.engines.elastic.rebuilding import rebuild  # noqa: E402
from tests.search.judged.running import chosen_engine, temporary_database  # noqa: E402

WARM, PAGES = 2, 50
EMBEDDED, ELASTICSEARCH = "embedded", "elasticsearch"


def rebuilt(name: str, action: Callable[[], object], number: int) -> None:
    """Print how many entries a second are indexed from their rows."""
    started = time.perf_counter()
    action()
    seconds = time.perf_counter() - started
    print(f"  {name:28} {number / seconds:8.0f} entries/s  ({seconds:.1f} s)")


def measure(engines: Sequence[str], turns: int) -> dict[str, dict[str, Times]]:
    """Return what each action took on each engine: the engines in turn, action by action."""
    todo = actions()
    times = {name: {engine: Times() for engine in engines} for name in todo}
    for turn in range(WARM + turns):
        for name, action in todo.items():
            for engine in engines:
                with override_settings(SEARCH_ENGINE=engine):
                    times[name][engine].add(action)
        if turn < WARM:
            times = {name: {engine: Times() for engine in engines} for name in todo}
    return times


def told(times: dict[str, dict[str, Times]]) -> dict[str, float]:
    """Print each action and return by its name the embedded median, in seconds."""
    for name, by_engine in times.items():
        cells = [f"{engine} {t.median * 1000:8.1f} / {t.slow * 1000:8.1f} ms" for engine, t in by_engine.items()]
        if ELASTICSEARCH in by_engine:
            cells.append(f"ratio {by_engine[EMBEDDED].median / by_engine[ELASTICSEARCH].median:.2f}")
        print(f"  {name:16} " + "   ".join(cells))
    return {name: by_engine[EMBEDDED].median for name, by_engine in times.items()}


def measure_size(number: int, engines: Sequence[str], turns: int) -> float:
    """Measure everything with so many entries; return the embedded median where every entry matches."""
    print(f"{number} entries ({connection.vendor})")
    make_entries(number)
    rebuilt("rows to embedded index", lambda: embedded_engine().rebuild(lambda line: None), number)
    if ELASTICSEARCH in engines:
        rebuilt("rows to Elasticsearch", lambda: rebuild(is_forced=True), number)
    rebuilt("words counted", spelling.recount, number)
    medians = told(measure(engines, turns))
    wipe()
    return medians[next(iter(QUESTIONS))]


def measure_stock(number: int, ours: float | None) -> None:
    """Print what Wagtail's own search takes on as many pages, and its ratio to ours."""
    stock.make_pages(number)
    seconds = stock.seconds_of_first_page()
    if seconds is None:
        print(f"  Wagtail's own search, {number} pages: more than {stock.CAP} s, stopped")
        seconds = float(stock.CAP)
    else:
        print(f"  Wagtail's own search, {number} pages: {seconds * 1000:.0f} ms")
    if ours:
        print(f"  ratio to ours: {seconds / ours:.0f}")


def main() -> int:
    """Print every figure."""
    parser = argparse.ArgumentParser(prog="python -m bench.search", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=[1000, 3000, 10_000, 50_000])
    parser.add_argument("--stock", type=int, nargs="*", default=[1000, 3000], help="pages of Wagtail's own search")
    parser.add_argument("--turns", type=int, default=20)
    parser.add_argument("--url", default=os.environ.get("ELASTICSEARCH_URL", ""), help="where Elasticsearch answers")
    options = parser.parse_args()
    engines = [EMBEDDED, ELASTICSEARCH] if options.url else [EMBEDDED]
    with temporary_database(), chosen_engine(engines[-1], options.url):
        ours = {size: measure_size(size, engines, options.turns) for size in options.sizes}
        print(f"page to entry: {pages_a_second(PAGES):.0f} a second")
        for size in options.stock:
            measure_stock(size, ours.get(size))
    return 0


if __name__ == "__main__":
    sys.exit(main())
