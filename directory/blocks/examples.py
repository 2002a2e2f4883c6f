"""What editors see of each block before they choose it: invented people, real places, rows that are not saved."""

import datetime
from decimal import Decimal
from typing import Any

from directory.models.organisations import Organisation, Person
from directory.models.places import Territory
from directory.models.vocabularies import Country, Network, Theme


def organisation() -> Organisation:
    """A city, not saved."""
    country = Country(code="FR", label_fr="France", label_en="France")
    return Organisation(name="Nantes Métropole", kind="intercommunality", country=country)


def network() -> Network:
    """A network, not saved."""
    return Network(code="arrival-cities", label_fr="ARRIVAL CITIES")


def person() -> Person:
    """Somebody who does not exist."""
    return Person(
        first_name="Claire",
        last_name="Dumont",
        job_title_fr="cheffe de projet",
        job_title_en="project lead",
        organisation=organisation(),
    )


def close_ups() -> dict[str, Any]:
    """One close-up, with a town, a network and a theme."""
    return {
        "title": "",
        "close_ups": [
            {
                "organisation": organisation(),
                "territory": Territory(name="Nantes", level="commune", insee_code="44109"),
                "title": "Des habitants accueillent les nouveaux venus",
                "network": network(),
                "themes": [Theme(code="migration", pictogram="migration", label_fr="Migrations", label_en="Migration")],
                "text": "<p>Des habitants formés tiennent chaque semaine une permanence dans quatre langues.</p>",
                "anchor": "",
            }
        ],
    }


def vigilance() -> dict[str, Any]:
    """A point of vigilance learnt somewhere."""
    return {
        "title": "Le temps des habitants n’est pas celui du projet",
        "text": "<p>Prévoir six mois de mobilisation avant la première réunion.</p>",
        "organisation": organisation(),
        "network": None,
    }


def quotation() -> dict[str, Any]:
    """What an invented person said."""
    return {
        "text": "On a commencé par écouter, un an durant, avant d’écrire la première ligne.",
        "person": person(),
        "speaker_name": "",
        "role": "",
        "organisation": None,
        "network": network(),
        "anchor": "",
    }


def voices() -> dict[str, Any]:
    """A condition and a benefit."""
    said = {"name": "", "organisation": None}
    return {
        "title": "",
        "voices": [
            {**said, "kind": "condition", "text": "Il faut un lieu ouvert le soir.", "role": "habitante"},
            {**said, "kind": "benefit", "text": "Les services se parlent enfin.", "role": "agent municipal"},
        ],
    }


def speakers() -> dict[str, Any]:
    """One speaker of the directory."""
    chosen = {"person": person(), "name": "", "role": "", "organisation": None}
    return {"title": "", "speakers": [{**chosen, "topic": "L’accueil, un métier de tous"}]}


def contacts() -> dict[str, Any]:
    """One contact."""
    chosen = {"person": person(), "name": "", "role": "", "organisation": None}
    return {"title": "", "contacts": [{**chosen, "phone": "03 20 00 00 00", "email": "claire.dumont@example.org"}]}


def observations() -> dict[str, Any]:
    """What one partner saw."""
    text = "<p>Les associations sont dans la pièce quand on décide.</p>"
    return {"title": "", "observations": [{"organisation": organisation(), "text": text}]}


def day() -> dict[str, Any]:
    """Two moments of a day."""
    return {
        "title": "",
        "items": [
            {"starts": datetime.time(9), "ends": None, "title": "Accueil", "text": "", "speakers": []},
            {
                "starts": datetime.time(9, 30),
                "ends": datetime.time(12, 30),
                "title": "Ce que quatre villes ont appris",
                "text": "<p>Une table ronde et vos questions.</p>",
                "speakers": [person()],
            },
        ],
    }


def synthesis() -> dict[str, Any]:
    """The synthesis of one workshop."""
    return {
        "title": "Atelier 1 : inclusion",
        "question": "Qui n’est jamais venu, et pourquoi ?",
        "facilitators": [{"person": person(), "name": "", "role": "", "organisation": None}],
        "text": "<p>Trois groupes ont comparé leurs horaires d’ouverture.</p>",
        "points": [{"text": "Aller vers les gens avant de les inviter."}],
    }


def places() -> dict[str, Any]:
    """Two towns of one region, where they lie."""
    lille = Territory(name="Lille", level="commune", insee_code="59350")
    lille.latitude, lille.longitude = Decimal("50.6305"), Decimal("3.0706")
    creil = Territory(name="Creil", level="commune", insee_code="60175")
    creil.latitude, creil.longitude = Decimal("49.2565"), Decimal("2.4845")
    return {
        "title": "Deux réunions, deux villes",
        "places": [
            {"label": "", "territory": lille, "venue": None, "text": "La première, avec les équipes de la métropole."},
            {"label": "", "territory": creil, "venue": None, "text": "Dans la Maison des associations."},
        ],
    }
