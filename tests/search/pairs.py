"""What must find what: (in the query, in the page). One list per trap."""

PLURALS = """
formation|formations
formations|formation
quartier|quartiers
quartiers prioritaires|quartier prioritaire
réseau|réseaux
enjeux|enjeu
lieux|lieu
journal|journaux
local|locaux
social|sociaux
régionaux|régional
bail|baux
travail|travaux
élu|élus
élues|élu
cités|cité
commune|communes
atelier|ateliers
outils|outil
conseil citoyen|conseils citoyens
""".strip()

FEMININES_AND_FAMILIES = """
urbain|urbaine
urbaines|urbain
citoyen|citoyennes
européen|européenne
professionnel|professionnelles
éducatif|éducatives
associative|associatif
nouveau|nouvelles
premier|première
financier|financières
conseillère|conseiller
animateur|animatrice
actrice|acteurs
médiateur|médiatrices
chercheuse|chercheurs
public|publique
publics|publiques
jeune|jeunesse
migrant|migrations
insérer|insertion
évaluer|évaluation
financer|financement
accompagner|accompagnement
renouveler|renouvellement
participer|participation
partenaire|partenariats
laïque|laïcité
écologique|écologie
économie|économique
contractuel|contractualisation
recrutement|nous recrutons
démolir|démolition
construire|construction
co-construction|co-construire
coconstruction|co-construire
inscription|comment s'inscrire
adhésion|territoire adhérent
éducation|réussite éducative
participation|budget participatif
commune|le service communal
association|tissu associatif
famille|politique familiale
chômage|les chômeurs
pauvreté|les plus pauvres
précarité|publics précaires
discriminatoire|discriminations
""".strip()

ACCENTS = """
egalite|égalité
ÉGALITÉ|égalité
Egalité|égalité
cite educative|cités éducatives
evenement|événement
évènement|événement
laicite|laïcité
Noël|noel
hopital|hôpital
ca|ça
gue|güe
Besançon|besancon
évaluation|evaluation
prévention|PREVENTION
""".strip()

ELISIONS = """
égalité|l'égalité
l'égalité|égalité
l’égalité|l'égalité
d'égalité|égalité
l'egalite|Égalité
habitat|d’habitat
insertion|l'insertion
emploi|d'emploi
Aisne|l'Aisne
qu'Amiens|Amiens
jusqu'Arras|Arras
lorsqu'habitants|habitants
aujourd'hui|aujourd’hui
prud'hommes|prud’hommes
prudhommes|prud'hommes
""".strip()

LIGATURES = """
coeur|cœur
cœur|coeur
COEUR|cœurs
oeuvre|œuvres
main d'œuvre|main d'oeuvre
soeurs|sœur
noeud|nœuds
curriculum vitae|curriculum vitæ
""".strip()

ACRONYMS = """
QPV|quartier prioritaire de la politique de la ville
QPV|quartiers prioritaires
quartier prioritaire|QPV
quartiers prioritaires de la politique de la ville|QPV
qpv|QPV
Q.P.V.|QPV
QPV|Q.P.V.
GUP|gestion urbaine de proximité
gestions urbaines de proximité|la GUP
CEJ|contrat d'engagement jeune
contrat d’engagement jeune|CEJ
TFPB|taxe foncière sur les propriétés bâties
abattement TFPB|abattement de taxe foncière sur les propriétés bâties
""".strip()

NUMBERS_AND_COMPOUNDS = """
2024-2030|2024-2030
contrat 2024|contrats de ville 2024-2030
2030|2024–2030
co-construction|coconstruction
coconstruction|co-construction
co construction|co-construction
Hauts-de-France|hauts de france
femmes-hommes|femmes et hommes
vice-président|viceprésident
URBACT III|urbact iii
""".strip()

ENGLISH = """
training|trainings
neighbourhood|neighbourhoods
cities|city
policies|policy
involve|involved
participate|participating
children|child
women|woman
city's|city
organization|organisations
coordinate|coordination
QPV|priority neighbourhoods
""".strip()

# Neighbours in writing that are strangers in meaning: (in the query, in the page).
STRANGERS = """
commune|communication
communication|commune
cité|citer
citer|cité
emploi|employer
employer|emploi
police|politique
politique|police
légalité|l'égalité
l'égalité|légalité
publication|public
public|publication
département|départ
départ|département
concert|concertation
fonds|fondation
forme|formation
formation|forme
parler|parlement
organe|organisation
mobile|mobilisation
équipe|équipement
cours|cour
droit|droite
maison|mission
compte|comté
social|société
régie|région
état|étape
culte|culture
élève|élu
Paris|pari
CEJ|contrat jeune
GUP|groupe
2024|2025
"phrase exacte"|exacte phrase
"quartiers prioritaires"|quartier prioritaire
""".strip()


def pairs(*lists: str) -> list[tuple[str, str]]:
    """Return the pairs of these lists."""
    return [tuple(line.split("|")) for text in lists for line in text.splitlines()]  # type: ignore[misc]


FRENCH_PAIRS = pairs(PLURALS, FEMININES_AND_FAMILIES, ACCENTS, ELISIONS, LIGATURES, ACRONYMS, NUMBERS_AND_COMPOUNDS)
ENGLISH_PAIRS = pairs(ENGLISH)
STRANGER_PAIRS = pairs(STRANGERS)
