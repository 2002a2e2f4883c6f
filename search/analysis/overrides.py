"""Words for which a stemmer goes wrong: families that it splits, and neighbours that it confuses.

One family a line, folded, its first word being the stem. A word alone on its line is kept apart from its neighbours.
The same lists will serve every engine.
"""

# Words that are written short as often.
SPELT_OUT = {"st": "saint", "ste": "sainte"}
# Months written short, by language, folded; without those that are words («mar», «sept»).
SHORT_MONTHS = {
    "fr": {
        "janv": "janvier",
        "fev": "fevrier",
        "fevr": "fevrier",
        "avr": "avril",
        "juil": "juillet",
        "oct": "octobre",
        "nov": "novembre",
        "dec": "decembre",
    },
    "en": {
        "jan": "january",
        "feb": "february",
        "apr": "april",
        "jul": "july",
        "aug": "august",
        "oct": "october",
        "nov": "november",
        "dec": "december",
    },
}

FRENCH = """
actif actifs active actives
adhesion adhesions adherer adherent adherente adherents adherentes
appartement appartements
association associations associatif associatifs associative associatives
bail baux
benevole benevoles benevolat
chomage chomeur chomeurs chomeuse chomeuses
citoyen citoyens citoyenne citoyennes citoyennete
commune communes communal communale communales communaux
coconstruction coconstructions coconstruire
concertation concertations
construction constructions construire
cooperation cooperations cooperer cooperatif cooperatifs cooperative cooperatives
cours
creation creations creer createur createurs creatrice creatrices
culture cultures culturel culturels culturelle culturelles
decision decisions decider
delinquance delinquant delinquants delinquante delinquantes
demolition demolitions demolir demoli demolie demolis demolies
departement departements departemental departementale departementales departementaux
diagnostic diagnostics diagnostiquer
discrimination discriminations discriminer discriminatoire discriminatoires
droite droites
education educations educatif educatifs educative educatives
element elements
elu elus elue elues
equipe equipes
famille familles familial familiale familiales familiaux
fondation fondations
formateur formateurs formatrice formatrices
formation formations
inscription inscriptions inscrire inscrit inscrite inscrits inscrites
insertion insertions inserer insere inseree inserees inseres
jeune jeunes jeunesse jeunesses
laicite laique laiques
mars
migrant migrants migrante migrantes migration migrations
mobilisation mobilisations mobiliser
neuf neufs neuve neuves
nouveau nouveaux nouvel nouvelle nouvelles
organisation organisations organiser organisateur organisateurs organisatrice organisatrices
paris
parlement parlements
partenaire partenaires partenariat partenariats
participation participations participer participatif participatifs participative participatives
pauvre pauvres pauvrete
precaire precaires precarite
prevention preventions prevenir preventif preventifs preventive preventives
public publics publique publiques
publication publications publier
realisation realisations realiser
recrutement recrutements recruter recrute recrutent recrutons recruteur recruteurs
regional regionale regionales regionaux
restitution restitutions restituer
reussite reussites reussir
sport sports sportif sportifs sportive sportives
travail travaux
travailleur travailleurs travailleuse travailleuses
urbanisme urbanismes
violence violences violent violents violente violentes
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
