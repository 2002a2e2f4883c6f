"""The page of an introductory session: one content, five towns, one date to choose."""

from dataclasses import dataclass

from tests.browser.documents.texts import Block, Text

TITLE = Text("Séance d’ouverture : lire son contrat", "Opening session: reading your contract")
SLUG = Text("seance-douverture-lire-son-contrat", "opening-session-reading-your-contract")
SUMMARY = Text("La même demi-journée dans cinq villes.", "The same half-day in five towns.")
SPEAKER = "Vasseur"


@dataclass(frozen=True)
class TownDate:
    """One of the five dates: days from today, the venue's words in the chooser, the town that visitors read."""

    in_days: int
    venue: str
    town: str


DATES = [
    TownDate(30, "direction départementale", "Soissons"),
    TownDate(51, "grande salle", "Lille"),
    TownDate(52, "Maison creilloise", "Creil"),
    TownDate(58, "Artoilab", "Saint-Nicolas-lez-Arras"),
    TownDate(59, "La Station", "Saint-Omer"),
]

BODY: list[Block] = [
    ("Intertitre", {"text": Text("Ce que l’on y fait", "What we do there")}),
    (
        "Texte",
        {"": Text("Venez avec votre contrat et un crayon.", "Bring your contract and a pencil.")},
    ),
    (
        "Programme d’une journée",
        {
            "title": Text("La matinée", "The morning"),
            "items": [
                {"starts": "09:30", "ends": "10:15", "title": Text("Lire à deux", "Read in pairs")},
                {"starts": "10:15", "ends": "12:30", "title": Text("Compter ce qui a changé", "Count what changed")},
            ],
        },
    ),
]
