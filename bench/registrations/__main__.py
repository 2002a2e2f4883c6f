"""What the rule of the seats costs: `python -m bench.registrations` (see bench/README.md).

Runs on the database that DATABASE_URL names, which must be empty and thrown away afterwards.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from bench.registrations.rush import Form, Outcome, Plan, run  # noqa: E402
from events.models import Occurrence  # noqa: E402
from home.services import create_skeleton  # noqa: E402
from registrations.form.submission import opened_now  # noqa: E402
from registrations.services import fingerprint, price_lines  # noqa: E402
from tests.factories.events import make_occurrence, make_price_list  # noqa: E402
from tests.factories.pages import make_session  # noqa: E402
from tests.factories.registrations import NOBODY_KNOWN, make_person  # noqa: E402

RUNS = 3


def announce(plan: Plan) -> list[Occurrence]:
    """Prepare the database and return the dates."""
    call_command("migrate", verbosity=0)
    create_skeleton()
    session, prices = make_session(), make_price_list()
    return [
        make_occurrence(session, days=30 + day, capacity=plan.seats, price_list=prices) for day in range(plan.dates)
    ]


def told(name: str, outcome: Outcome) -> str:
    """Return one line about a run."""
    median, slow = outcome.percentile(0.5) * 1000, outcome.percentile(0.95) * 1000
    times = f"{outcome.seconds:7.1f} s   median {median:7.0f} ms   p95 {slow:7.0f} ms"
    return f"  {name:9} {times}   refused {outcome.refused}   seats {outcome.seated}"


def main() -> int:
    """Run baseline and rule in turn, three times; print the ratios; fail when a seat is missing or too many."""
    parser = argparse.ArgumentParser(prog="bench.registrations")
    parser.add_argument("--posts", type=int, default=2000)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--processes", type=int, default=5)
    parser.add_argument("--dates", type=int, default=5)
    parser.add_argument("--seats", type=int, default=300)
    plan = Plan(**vars(parser.parse_args()))
    dates = announce(plan)
    shown = {
        date.pk: fingerprint(price_lines([date], NOBODY_KNOWN, [make_person()], is_proven=False))
        for date in Occurrence.objects.with_details().filter(pk__in=[date.pk for date in dates])
    }
    form = Form(dates, opened_now(), shown)
    time.sleep(1.5)
    expected = [min(plan.seats, plan.posts // plan.dates)] * plan.dates
    ratios, slowest, right = [], [], True
    print(f"{connection.vendor}: {plan}")
    with tempfile.TemporaryDirectory() as folder:
        for _turn in range(RUNS):
            baseline = run(plan, form, False, Path(folder))
            ruled = run(plan, form, True, Path(folder))
            print(told("baseline", baseline), told("rule", ruled), sep="\n")
            ratios.append(ruled.seconds / baseline.seconds)
            slowest.append(ruled.percentile(0.95) / baseline.percentile(0.95))
            right = right and ruled.seated == expected and not ruled.refused
    whole, p95 = statistics.median(ratios), statistics.median(slowest)
    print(f"  ratio of the whole, median of {RUNS}: {whole:.2f}; of p95: {p95:.2f}")
    print("  exactly the seats, nobody refused" if right else "  WRONG: seats or answers differ from what was expected")
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
