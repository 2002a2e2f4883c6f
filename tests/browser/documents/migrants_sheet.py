"""The sheet on migrants' citizenship: what a centre publishes of one experience, with nothing left as plain text."""

from tests.browser.documents.texts import Block, Choice, Row, Text

TITLE = Text("La citoyenneté commence à l’arrivée", "Citizenship begins on arrival")
SLUG = Text("la-citoyennete-commence-a-larrivee", "citizenship-begins-on-arrival")
THESIS = Text(
    "On s’installe mieux là où l’on a été écouté avant d’être en règle.",
    "People settle better where they were heard before their papers were in order.",
)
LEAD = "Département du Val-de-Marne"
PROGRAMME = "URBACT III"
NETWORK = "ARRIVAL CITIES"
GOAL = "10"
THEMES = ["Accueil et citoyenneté des personnes migrantes"]
# Each partner with the country that the sheet must show, in both languages.
PARTNERS = {
    Text("Ville d’Amadora", "City of Amadora"): Text("Portugal", "Portugal"),
    Text("Ville de Riga", "City of Riga"): Text("Lettonie", "Latvia"),
    Text("Ville de Thessalonique", "City of Thessaloniki"): Text("Grèce", "Greece"),
    Text("Ville de Patras", "City of Patras"): Text("Grèce", "Greece"),
    Text("Ville de Roquetas de Mar", "Town of Roquetas de Mar"): Text("Espagne", "Spain"),
    Text("Ville de Messine", "City of Messina"): Text("Italie", "Italy"),
    Text("Ville de Vantaa", "City of Vantaa"): Text("Finlande", "Finland"),
    Text("Ville d’Oldenburg", "City of Oldenburg"): Text("Allemagne", "Germany"),
    Text("Université technique de Dresde", "TU Dresden"): Text("Allemagne", "Germany"),
}
FUNDER = Text("Union européenne", "European Union")
CONTACT = "Haddouche"

BODY: list[Block] = [
    (
        "Chiffres clés",
        {
            "title": Text("Le département en trois nombres", "The département in three numbers"),
            "figures": [
                {
                    "value": Text("19,6 %", "19.6%"),
                    "label": Text("d’immigrés dans la population", "of immigrants in the population"),
                    "source": Text("Diagnostic du réseau", "Assessment by the network"),
                },
                {
                    "value": Text("633", "633"),
                    "label": Text("personnes accueillies en 2015", "people welcomed in 2015"),
                    "source": Text("Le Département", "The Département"),
                },
                {
                    "value": Text("10", "10"),
                    "label": Text("partenaires", "partners"),
                    "source": Text("Fiche du réseau", "Network sheet"),
                },
            ],
        },
    ),
    (
        "Pourquoi cette expérience",
        {
            "text": Text(
                "Un département porte le projet, là où l’on attendait une ville.",
                "A département leads the project, where one expected a city.",
            )
        },
    ),
    (
        "Réponses aux préconisations",
        {
            "recommendations": [
                {
                    "text": Text("Associer dès le diagnostic", "Involve people from the assessment on"),
                    "answer": Text(
                        "Le groupe local compte des personnes arrivées depuis peu.",
                        "The local group includes people who arrived recently.",
                    ),
                }
            ]
        },
    ),
    (
        "Entrées numérotées",
        {
            "sections": [
                {
                    "title": Text("Accueillir sans attendre", "Welcome without waiting"),
                    "text": Text("La langue d’abord, le statut ensuite.", "Language first, status later."),
                },
                {
                    "title": Text("Donner la parole", "Give the floor"),
                    "text": Text("Un interprète à chaque réunion.", "An interpreter at every meeting."),
                },
                {
                    "title": Text("Relier les services", "Connect services"),
                    "text": Text("Une seule porte pour toutes les démarches.", "One door for every procedure."),
                },
            ]
        },
    ),
    (
        "Paroles des personnes concernées",
        {
            "voices": [
                {
                    "kind": Choice("condition"),
                    "text": Text("Il m’a fallu du temps pour oser parler.", "I needed time before I dared to speak."),
                    "name": Text("Selam", "Selam"),
                    "role": Text("membre du groupe local", "member of the local group"),
                },
                {
                    "kind": Choice("benefit"),
                    "text": Text("Je connais maintenant des gens, pas un public.", "I now know people, not a public."),
                    "name": Text("Hervé", "Hervé"),
                    "role": Text("travailleur social", "social worker"),
                },
            ]
        },
    ),
    (
        "Actions concrètes",
        {
            "actions": [
                {
                    "title": Text("Un carnet de bonnes adresses", "A booklet of good addresses"),
                    "text": Text("Écrit avec celles et ceux qui s’en servent.", "Written with those who use it."),
                }
            ]
        },
    ),
    (
        "Conditions de réussite",
        {"conditions": [{"text": Text("Un élu qui répond en public.", "An elected official who answers in public.")}]},
    ),
    (
        "Point de vigilance",
        {
            "text": Text(
                "Ne demandez à personne de raconter son exil.", "Ask nobody to tell the story of their exile."
            ),
            "organisation": Row(LEAD),
            "network": Row(NETWORK),
        },
    ),
    (
        "Ce que les partenaires ont observé",
        {
            "observations": [
                {
                    "organisation": Row("Oldenburg"),
                    "text": Text("Le même problème de logement que chez nous.", "The same housing problem as ours."),
                }
            ]
        },
    ),
    (
        "Questions ouvertes",
        {"questions": [{"text": Text("Que devient le groupe ensuite ?", "What of the group without European money?")}]},
    ),
    (
        "Contacts",
        {"contacts": [{"person": Row(CONTACT)}]},
    ),
    (
        "Crédits photographiques",
        {
            "credits": [
                {
                    "what": Text("La fête de quartier", "The neighbourhood party"),
                    "credit": Text("Atelier photo des habitants", "Residents’ photo workshop"),
                }
            ]
        },
    ),
]
