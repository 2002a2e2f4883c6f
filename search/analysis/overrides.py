"""Words for which a stemmer goes wrong: families that it splits, and neighbours that it confuses.

One family a line, folded, its first word being the stem. A word alone on its line is kept apart from its neighbours.
The same lists will serve every engine.
"""

FRENCH = """
actif actifs active actives
appartement appartements
bail baux
concertation concertations
cours
creation creations creer createur createurs creatrice creatrices
departement departements departemental departementale departementales departementaux
element elements
droite droites
elu elus elue elues
equipe equipes
fondation fondations
formation formations
formateur formateurs formatrice formatrices
insertion insertions inserer insere inseree inserees inseres
jeune jeunes jeunesse jeunesses
laicite laique laiques
migrant migrants migrante migrantes migration migrations
mobilisation mobilisations mobiliser
neuf neufs neuve neuves
nouveau nouveaux nouvel nouvelle nouvelles
organisation organisations organiser organisateur organisateurs organisatrice organisatrices
paris
parlement parlements
partenaire partenaires partenariat partenariats
prevention preventions prevenir preventif preventifs preventive preventives
public publics publique publiques
publication publications publier
realisation realisations realiser
regional regionale regionales regionaux
travail travaux
travailleur travailleurs travailleuse travailleuses
urbanisme urbanismes
"""

ENGLISH = """
neighbourhood neighbourhoods neighborhood neighborhoods
child children
community communities
communication communications
cities city
man men
marketing
organisation organisations organization organizations organise organised organising organize organized organizing
person people
policy policies
police
programme programmes program programs
university universities
universal
woman women
"""


def table(families: str) -> dict[str, str]:
    """Return {word: stem} for the lines of one of the lists above."""
    return {word: line.split()[0] for line in families.strip().splitlines() for word in line.split()}


OVERRIDES = {"fr": table(FRENCH), "en": table(ENGLISH)}
