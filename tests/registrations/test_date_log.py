"""What the officer does to a date stands in its history, also where nobody is registered."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from wagtail.models import ModelLogEntry

from events.models import Occurrence
from events.services import save_occurrence
from home.roles import TRAINING_OFFICER
from registrations.services import NewDate, call_off, give_new_date
from tests.factories.events import in_days, make_occurrence
from tests.factories.registrations import make_booking
from tests.roles import sign_in_as

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("sent", "action", "words"),
    [
        ({"status": "cancelled"}, "cancel_date", "Date cancelled"),
        ({"status": "postponed"}, "postpone_date", "Date postponed"),
        ({"status": "new_date", "starts": "10:00", "ends": "16:00"}, "new_date", "New day"),
    ],
)
def test_each_act_stands_in_both_histories_with_its_day_and_its_reason(client, occurrence, sent, action, words):
    officer = sign_in_as(client, TRAINING_OFFICER, language="en")
    data = {**sent, "day": in_days(51).isoformat()} if action == "new_date" else sent
    officer.post(reverse("registrations_admin:call_off", args=[occurrence.pk]), {**data, "reason": "A <b>strike</b>"})

    entry = ModelLogEntry.objects.get(action=f"registrations.{action}")
    new = in_days(51).isoformat() if action == "new_date" else ""
    now = "" if action == "postpone_date" else occurrence.day.isoformat()
    assert entry.data == {"old": occurrence.day.isoformat(), "new": new or now, "reason": "A <b>strike</b>"}
    assert entry.user == User.objects.get(username=TRAINING_OFFICER)
    sign_in_as(client, "administrator", language="en")
    own = client.get(reverse("wagtailsnippets_events_occurrence:history", args=[occurrence.pk]))
    screen = client.get(reverse("registrations_admin:occurrence", args=[occurrence.pk]))
    for page in (own.content.decode(), screen.content.decode()):
        assert words in page
        assert "A &lt;b&gt;strike&lt;/b&gt;" in page
    assert "the date itself" in screen.content.decode()


def test_the_history_of_a_date_is_in_order_and_a_change_of_its_note_is_none_of_it(client, session_page):
    date = make_occurrence(session_page, capacity=3)
    make_booking(date)
    call_off(date.pk, "postponed", reason="Ill")
    hours = [(row.starts, row.ends) for row in date.ordered_half_days]
    give_new_date(date.pk, NewDate(in_days(60), (hours[0][0], hours[-1][1]), None), reason="Well again")
    row = Occurrence.objects.get(pk=date.pk)
    row.note_fr = "Apportez un stylo"
    save_occurrence(row)
    officer = sign_in_as(client, TRAINING_OFFICER, language="en")
    history = officer.get(reverse("registrations_admin:occurrence", args=[date.pk])).context["history"]
    assert [(step.reason, step.transition is None) for step in history] == [
        ("Well again", True),
        ("Ill", True),
        ("", False),
    ]
