"""The demonstration, searched as its visitors would."""

import pytest

pytestmark = pytest.mark.usefixtures("demo_database")


@pytest.mark.parametrize(
    ("address", "typed", "expected"),
    [
        ("/fr/recherche/", "QPV", "quartier"),
        ("/fr/recherche/", "GUSP", "La gestion urbaine de proximité"),
        ("/fr/recherche/", "formation amiens", "Gouvernance et partenariats"),
        ("/fr/recherche/", "citoyennete migrants", "Devenir citoyen de l’endroit où l’on arrive"),
        ("/fr/recherche/", "ARRIVAL CITIES", "Devenir citoyen de l’endroit où l’on arrive"),
        ("/fr/recherche/", "l'impact collectif", "impact collectif"),
        ("/en/search/", "collective impact", "Collective impact"),
        ("/en/search/", "neighborhood management", "Neighbourhood management"),
    ],
)
def test_a_visitor_finds_what_they_came_for(client, address, typed, expected):
    response = client.get(address, {"q": typed})
    titles = [str(hit.entry.title) for hit in response.context["results"].hits]
    assert any(expected.lower() in title.lower() for title in titles), titles
