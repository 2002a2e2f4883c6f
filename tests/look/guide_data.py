"""Invented data that shows every component in every state: no database, plain objects with the names templates read."""

import datetime
from decimal import Decimal
from types import SimpleNamespace as Thing
from typing import Any

from django import forms

STATES = [
    ("open", "12 places left"),
    ("few_left", "2 places left"),
    ("full", "Full, waiting list"),
    ("by_approval", "On request"),
    ("elsewhere", "Registration elsewhere"),
    ("not_yet_open", "Registration not open yet"),
    ("save_the_date", "Save the date"),
    ("tentative", "Date to be confirmed"),
    ("postponed", "Postponed"),
    ("cancelled", "Cancelled"),
    ("closed", "Registration closed"),
    ("past", "Past"),
    ("no_registration", "No registration needed"),
]
TOWNS = ["Soissons", "Lille", "Creil", "Saint-Nicolas-lez-Arras", "Saint-Omer"]


def occurrence(pk: int, state: str, label: str, **changes: Any) -> Thing:
    """Return a stand-in for an occurrence, bookable or not, with hours, a venue and two fees."""
    day = datetime.date(2027, 3, 2) + datetime.timedelta(days=9 * pk)
    values = {
        "pk": pk,
        "day": day,
        "has_hours": True,
        "doors": datetime.time(9, 0),
        "starts_at": datetime.datetime.combine(day, datetime.time(9, 30)),
        "ends_at": datetime.datetime.combine(day, datetime.time(17, 0)),
        "is_online": False,
        "town": TOWNS[pk % 5],
        "venue": Thing(name="Maison des associations", full_address="12 rue du Moulin, 60100 Creil", access=""),
        "state": state,
        "state_label": label,
        "status": state if state in ("tentative", "postponed", "cancelled") else "scheduled",
        "registration_url": "https://example.org/",
        "fees": [
            Thing(audience="member", audience_label="Member territories", amount=Decimal(0), currency="EUR"),
            Thing(audience="non_member", audience_label="Others, a day", amount=Decimal(150), currency="EUR"),
        ],
        "registration_opens": datetime.datetime.combine(day, datetime.time(8)) - datetime.timedelta(days=60),
        "is_past": state == "past",
        "is_ahead": state not in ("past", "postponed", "cancelled"),
        "is_held": state == "past",
    }
    return Thing(**{**values, **changes})


class GuideForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Your name")
    email = forms.EmailField(label="E-mail", help_text="The confirmation is sent there.")
    role = forms.ChoiceField(label="Role", choices=[("a", "Project lead"), ("b", "Elected official")])
    meal = forms.ChoiceField(
        label="Lunch", widget=forms.RadioSelect, choices=[("1", "I will share the meal"), ("2", "I will not")]
    )
    message = forms.CharField(label="Message", widget=forms.Textarea)
    consent = forms.BooleanField(label="I agree that my data serve to organise this session.")


def page(title: str, **values: Any) -> Thing:
    """Return a stand-in for a page in the language shown."""
    return Thing(**{"title": title, "summary": "", "url": "#", "get_verbose_name": "Session", **values})


def guide_context() -> dict[str, Any]:
    """Return everything that `guide.html` shows."""
    return {**_dates(), **_forms(), **_directory()}


def _dates() -> dict[str, Any]:
    rows = [occurrence(number, state, label) for number, (state, label) in enumerate(STATES)]
    for row in rows:
        row.localized_page = page("Governing the contract together", locale=Thing(language_code="en"))
    return {
        "rows": rows,
        "choices": [occurrence(number, *STATES[state]) for number, state in enumerate((11, 11, 0, 1, 2))],
        "undated": occurrence(3, "tentative", "Date to be confirmed", day=None, has_hours=False, venue=None),
        "online": occurrence(4, "open", "Open", is_online=True, venue=None, town="", fees=[]),
        "session": page("Governing the contract with those it concerns"),
        "french": page("Mobiliser le droit commun dans les contrats de ville"),
    }


def _forms() -> dict[str, Any]:
    wrong = GuideForm({"name": "Anne", "email": "anne@"})
    wrong.is_valid()
    return {
        "form": GuideForm(),
        "wrong": wrong,
        "steps": ["Participants", "Choices", "Price", "Confirmation"],
        "sections": [("Why this choice", "forms", ""), ("What was done", "texts", ""), ("What remains", "words", "")],
    }


def _directory() -> dict[str, Any]:
    organisation = Thing(label="Département of the Valley", country=Thing(label="France"))
    person = Thing(label="Claire Dumont", job_title="Project lead", organisation=organisation, email="c@example.org")
    pictograms = ("housing", "health", "youth", "trade")
    return {
        "themes": [Thing(label=name.capitalize(), pictogram=name, url="#") for name in pictograms],
        "people": [person, person],
        "figures": [
            Thing(value="19.6 %", label="of the population", source="Census, 2015"),
            Thing(value="633", label="people welcomed", source="Département, 2015"),
            Thing(value="96 M€", label="for the programme", source=""),
        ],
        "study": Thing(
            lead=organisation,
            partners=[organisation, Thing(label="City of the Harbour", country=Thing(label="Latvia"))],
            programme=Thing(label="URBACT III"),
            networks=[Thing(label="ARRIVAL CITIES")],
            year_from=2015,
            year_to=2018,
            territories=[],
            sdgs=[Thing(value=10, label="Reduced inequalities")],
            funders=[],
        ),
    }
