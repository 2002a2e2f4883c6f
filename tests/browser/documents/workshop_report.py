"""The report of a workshop: a panorama of tracks, what groups saw from four viewpoints, a checklist to take away."""

from tests.browser.documents.texts import Block, Choice, Row, Text

TITLE = Text(
    "Atelier du 19 septembre : cinq pistes pour aller vers", "Workshop of 19 September: five tracks for outreach"
)
SLUG = Text("atelier-du-19-septembre-cinq-pistes-pour-aller-vers", "workshop-of-19-september-five-tracks-for-outreach")
SUMMARY = Text(
    "Cinq pistes, quatre regards, une liste à emporter.", "Five tracks, four viewpoints, one list to take away."
)


def track(number: int, title: Text, hypothesis: Text, test: Text, state: str) -> dict[str, object]:
    """Return a track with one hypothesis and one test."""
    return {
        "number": str(number),
        "title": title,
        "hypotheses": [{"text": hypothesis}],
        "tests": [{"text": test, "state": Choice(state)}],
    }


BODY: list[Block] = [
    (
        "Pistes",
        {
            "title": Text("Le panorama", "The panorama"),
            "tracks": [
                track(
                    1,
                    Text("Sortir des bureaux", "Leave the offices"),
                    Text(
                        "On vient plus volontiers là où l’on passe déjà.",
                        "People come more easily where they already pass.",
                    ),
                    Text("Une permanence au marché, le jeudi.", "A stand at the market on Thursdays."),
                    "in_progress",
                ),
                track(
                    2,
                    Text("Parler la langue des gens", "Speak people’s language"),
                    Text("Un mot simple vaut mieux qu’un dépliant.", "A plain word is worth more than a leaflet."),
                    Text("Un dépliant réécrit par douze habitantes.", "A leaflet rewritten by twelve residents."),
                    "done",
                ),
                track(
                    3,
                    Text("Passer par les pairs", "Go through peers"),
                    Text("On croit d’abord ses voisines.", "People believe their neighbours first."),
                    Text("Quatre relais formés dans une tour.", "Four relays trained in one tower."),
                    "in_progress",
                ),
                track(
                    4,
                    Text("Changer les horaires", "Change the hours"),
                    Text("Le soir, d’autres personnes viennent.", "In the evening, other people come."),
                    Text("Une ouverture jusqu’à 21 h.", "Opening until 9 p.m."),
                    "idea",
                ),
                track(
                    5,
                    Text("Rendre compte", "Report back"),
                    Text(
                        "Qui sait ce que sa parole a changé revient.",
                        "Those who know what their words changed come back.",
                    ),
                    Text("Un panneau de suivi dans le hall.", "A progress board in the hall."),
                    "stopped",
                ),
            ],
        },
    ),
    (
        "Synthèse d’un atelier",
        {
            "title": Text("Le groupe de la piste 1", "The group on track 1"),
            "question": Text("Que faut-il pour quitter le bureau ?", "What does it take to leave the office?"),
            "facilitators": [{"person": Row("Haddouche")}],
            "text": Text("Le groupe a dessiné une semaine type.", "The group drew a typical week."),
            "points": [{"text": Text("Prévoir un binôme.", "Plan for pairs.")}],
        },
    ),
    (
        "Points de vue",
        {
            "title": Text("La piste 1 sous quatre angles", "Track 1 from four angles"),
            "viewpoints": [
                {
                    "viewpoint": Choice("doubts"),
                    "points": [{"text": Text("Et s’il pleut ?", "What if it rains?")}],
                },
                {
                    "viewpoint": Choice("levers"),
                    "points": [{"text": Text("Un camion déjà prêté.", "A van already on loan.")}],
                },
                {
                    "viewpoint": Choice("wild_ideas"),
                    "points": [{"text": Text("Une caravane qui danse.", "A caravan that dances.")}],
                },
                {
                    "viewpoint": Choice("steps"),
                    "points": [{"text": Text("Demander l’accord du placier.", "Ask the market warden.")}],
                },
            ],
        },
    ),
    (
        "Liste à cocher",
        {
            "title": Text("Avant de sortir", "Before going out"),
            "items": [
                {"text": Text("Des cartes avec un prénom et un numéro.", "Cards with a first name and a number.")},
                {"text": Text("De l’eau et deux chaises.", "Water and two chairs.")},
            ],
        },
    ),
]
