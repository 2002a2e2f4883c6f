"""Member territories: who is one, and what a visitor learns who asks about theirs."""

import datetime
import html as entities
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.enums import OrganisationKind, TerritoryLevel
from events.enums import FeeAudience
from events.models import Fee, PriceList
from events.services import quote
from home.models import CentreSettings
from home.services import create_skeleton
from tests.factories.directory import MembershipFactory, OrganisationFactory, VenueFactory, make_territory
from tests.factories.events import in_days, make_occurrence, make_price_list
from tests.factories.pages import make_session
from tests.factories.references import make_references

pytestmark = pytest.mark.django_db
FRENCH, ENGLISH = "/fr/territoires-adherents/", "/en/member-territories/"


@pytest.fixture(autouse=True)
def centre():
    centre = CentreSettings.for_site(create_skeleton()["home"].get_site())
    centre.region, centre.email = "32", "contact@example.org"
    centre.save()
    return centre


@pytest.fixture
def creil():
    """A commune in a member intercommunality, in a region."""
    region = make_territory("Hauts-de-France", "32")
    group = region.add_child(name="Creil Sud Oise", insee_code="200068047", level=TerritoryLevel.INTERCOMMUNALITY)
    MembershipFactory(territory=group, ends=in_days(40))
    return group.add_child(name="Creil", insee_code="60175", level=TerritoryLevel.COMMUNE)


def text_of(response):
    assert response.status_code == 200
    main = response.content.decode().split("<main")[1].split("</main>")[0]
    return " ".join(entities.unescape(re.sub(r"<[^>]+>", " ", main)).replace("\xa0", " ").split())


def ask(client, question, address=FRENCH, **data):
    return text_of(client.get(address, {"q": question, **data}))


def test_the_list_holds_the_members_of_today_by_level_each_once(client, creil):
    group = creil.get_parent()
    MembershipFactory(territory=group, ends=None)
    MembershipFactory(organisation=OrganisationFactory(name="Partenord"))
    MembershipFactory(organisation=OrganisationFactory(name="Ancien"), ends=in_days(-1))
    MembershipFactory(organisation=OrganisationFactory(name="Futur"), starts=in_days(1))
    text = text_of(client.get(FRENCH))
    assert "2 adhérents aujourd’hui Intercommunalités Creil Sud Oise Organismes Partenord" in text
    assert "Ancien" not in text
    assert "Futur" not in text


def test_a_membership_that_ends_says_when(client, creil):
    assert re.search(r"Creil Sud Oise jusqu’au \w+ \w+ \d{4}", text_of(client.get(FRENCH)))
    assert re.search(r"Creil Sud Oise until \d+ \w+ \d{4}", text_of(client.get(ENGLISH)))


def test_members_in_the_region_are_marked_on_its_outline(client, creil):
    group = creil.get_parent()
    group.latitude, group.longitude = Decimal("49.26"), Decimal("2.48")
    group.save()
    organisation = OrganisationFactory(name="Ville de Creil", territory=group)
    MembershipFactory(organisation=organisation)
    drawing = client.get(FRENCH).content.decode()
    assert re.findall(r"<g[^>]*><title>([^<]+)<", drawing) == ["Creil Sud Oise", "Ville de Creil"]


@pytest.mark.parametrize("question", ["Creil", "creil ", "CREIL", "60175", "60 175"])
def test_a_commune_is_a_member_through_its_intercommunality(client, creil, question):
    text = ask(client, question)
    assert "Creil : oui, l’adhésion est en cours" in text
    assert "Par l’adhésion suivante : Creil Sud Oise (Intercommunalité)" in text
    assert "L’adhésion court jusqu’au" in text


def test_accents_and_case_make_no_difference(client):
    territory = make_territory("Évreux", "27229")
    MembershipFactory(territory=territory)
    assert "Évreux : oui, l’adhésion est en cours" in ask(client, "evreux")
    assert "Évreux: yes, a member today" in ask(client, "EVREUX", ENGLISH)


@pytest.mark.parametrize("question", ["213 501 236 00019", "21350123600019", "213501236", "logis rennes"])
def test_an_organisation_is_found_by_name_siren_or_siret(client, question):
    OrganisationFactory(name="Logis de Rennes", siret="21350123600019", kind=OrganisationKind.LANDLORD)
    assert "Logis de Rennes : non, pas d’adhésion aujourd’hui" in ask(client, question)


def test_who_is_not_a_member_is_told_so_and_whom_to_ask(client):
    make_territory("Nantes", "44109")
    text = ask(client, "nantes")
    assert "Nantes : non, pas d’adhésion aujourd’hui" in text
    assert "contact@example.org" in text


def test_several_of_a_name_are_offered_and_the_choice_is_answered(client, creil):
    OrganisationFactory(name="Maison creilloise des associations", territory=creil)
    OrganisationFactory(name="Ville de Creil")
    html = client.get(FRENCH, {"q": "crei"}).content.decode()
    assert "Lequel ?" in entities.unescape(html).replace("\xa0", " ")
    link = re.search(r'href="\?(of=organisation-\d+)#answer"', html)[1]
    assert (
        "Maison creilloise des associations : oui, l’adhésion est en cours Par l’adhésion suivante : Creil Sud Oise"
        in text_of(client.get(f"{FRENCH}?{link}"))
    )


def test_an_exact_name_is_answered_and_the_others_offered(client, creil):
    text = ask(client, "creil")
    assert "Creil : oui, l’adhésion est en cours" in text
    assert "Autres noms qui contiennent ces mots Creil Sud Oise" in text


def test_a_code_that_two_levels_share_gives_a_choice(client):
    make_territory("Grand Est", "44")
    region = make_territory("Pays de la Loire", "52")
    region.add_child(name="Loire-Atlantique", insee_code="44", level=TerritoryLevel.DEPARTEMENT)
    text = ask(client, "44")
    assert "Lequel ?" in text
    assert "Grand Est" in text
    assert "Loire-Atlantique" in text


def test_nobody_of_this_name_is_said_clearly(client):
    text = ask(client, "Trifouillis")
    assert "Nous ne trouvons pas « Trifouillis »" in text
    assert "contact@example.org" in text


def test_the_price_is_the_one_that_registration_asks(client, creil):
    occurrence = make_occurrence(make_session(), price_list=make_price_list(member=0, non_member=150))
    member = OrganisationFactory(name="Ville de Creil", territory=creil)
    text = ask(client, "ville de creil")
    assert "Une journée, pour un adhérent gratuit Une journée, pour les autres 150 €" in text
    assert quote(occurrence, member).amount == 0
    assert quote(occurrence, OrganisationFactory()).amount == 150
    assert "A day, for the others €150" in ask(client, "creil", ENGLISH)


def test_the_fee_in_force_today_counts_not_the_next_one(client, creil):
    prices = make_price_list(member=20, non_member=150)
    make_occurrence(make_session(), price_list=prices)
    Fee.objects.create(price_list=prices, audience=FeeAudience.MEMBER, amount=Decimal("25.50"), valid_from=in_days(1))
    assert "pour un adhérent 20 €" in ask(client, "creil")


def test_price_lists_with_the_same_amounts_are_told_once_and_unused_ones_not(client, creil):
    for _number in range(2):
        make_occurrence(make_session(f"Séance {_number}"), price_list=make_price_list())
    unused = make_price_list(member=1, non_member=2)
    assert PriceList.objects.count() == 3
    text = ask(client, "creil")
    assert text.count("pour les autres") == 1
    assert unused.label_fr not in text


def test_without_any_price_list_it_says_that_everything_is_free(client, creil):
    assert "gratuit pour tous" in ask(client, "creil")


def test_it_leads_to_the_dates_open_for_registration(client, creil):
    make_occurrence(make_session("Financer"), capacity=5)
    past = make_session("Passée")
    make_occurrence(past, days=-3)
    text = text_of(client.get(FRENCH))
    assert "Dates ouvertes à l’inscription" in text
    assert "Financer" in text
    assert "Passée" not in text


ODD = [
    "\x00",
    "%",
    "_",
    "' OR 1=1 --",
    "a" * 5000,
    "é" * 300,
    "9" * 400,
    "0",
    "²",
    "١٢٣",
    "«»",
    "-",
    ".",
    "<script>",
    "2A",
]


@pytest.mark.parametrize("question", ODD)
def test_whatever_is_asked_is_answered(client, creil, question):
    for address in (FRENCH, ENGLISH):
        assert client.get(address, {"q": question}).status_code == 200
    html = client.get(FRENCH, {"q": question}).content.decode()
    assert "<script>" not in html.split("<main")[1]


@pytest.mark.parametrize(
    "chosen", ["territory-0", "organisation-999999999", "territory-" + "9" * 40, "page-1", "x", "\x00", "territory-²"]
)
def test_a_choice_that_names_nobody_is_answered(client, chosen):
    assert client.get(FRENCH, {"of": chosen}).status_code == 200


def test_nothing_typed_asks_nothing(client):
    assert 'id="answer"' not in client.get(FRENCH, {"q": "  "}).content.decode()
    assert client.post(FRENCH).status_code == 405


def test_answers_stay_out_of_search_engines_and_the_list_does_not(client, creil):
    assert "noindex" in client.get(FRENCH, {"q": "creil"}).content.decode()
    assert "noindex" in client.get(FRENCH, {"of": "territory-1"}).content.decode()
    assert "noindex" not in client.get(FRENCH).content.decode()


def test_the_page_is_announced_in_both_languages(client):
    html = client.get(FRENCH).content.decode()
    assert re.search(rf'rel="canonical" href="http://[^/]+{FRENCH}"', html)
    assert re.search(rf'hreflang="en" href="http://[^/]+{ENGLISH}"', html)
    assert re.search(rf'hreflang="x-default" href="http://[^/]+{FRENCH}"', html)
    assert f'href="{ENGLISH}?q=creil"' in client.get(FRENCH, {"q": "creil"}).content.decode()


def test_it_costs_the_same_at_10_and_at_1000_memberships(client):
    def cost():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(FRENCH, {"q": "ville"}).status_code == 200
        return len(queries)

    territory = make_territory("Oise", "60")
    territory.latitude, territory.longitude = Decimal("49.4"), Decimal("2.6")
    territory.save()
    for _number in range(10):
        MembershipFactory(organisation=OrganisationFactory(territory=territory))
    client.get(FRENCH)
    few = cost()
    organisations = type(OrganisationFactory()).objects.bulk_create(
        OrganisationFactory.build(name=f"Ville n° {number}", territory=territory) for number in range(990)
    )
    model = type(MembershipFactory.build())
    model.objects.bulk_create(model(organisation=row, starts=datetime.date(2020, 1, 1)) for row in organisations)
    assert cost() == few


@pytest.mark.parametrize("question", ["st omer", "Saint Omer", "saint-omer", "SAINT’OMER", "62500 Saint-Omer", "62765"])
def test_a_name_typed_loosely_is_understood(client, question):
    make_territory("Saint-Omer", "62765")
    make_territory("Agglomération du Saint-Quentinois", "200071892")
    assert "Saint-Omer : non, pas d’adhésion aujourd’hui" in ask(client, question)


@pytest.fixture
def aisne():
    """A member intercommunality whose name is one word, its commune, and organisations elsewhere."""
    region = make_territory("Hauts-de-France", "32")
    group = region.add_child(
        name="GrandSoissons Agglomération", insee_code="240200477", level=TerritoryLevel.INTERCOMMUNALITY
    )
    group.add_child(name="Soissons", insee_code="02722", level=TerritoryLevel.COMMUNE)
    region.add_child(name="Saint-Nicolas-lez-Arras", insee_code="62764", level=TerritoryLevel.COMMUNE)
    MembershipFactory(territory=group)
    for name in ("Ville de Baena", "Ville de Gdańsk", "Ville de Soisson"):
        OrganisationFactory(name=name)
    OrganisationFactory(name="L’Établi commun", territory=make_territory("Bas-Rhin", "67"))
    return region


@pytest.mark.parametrize(
    "question",
    [
        *(
            "mairie de Soissons",
            "Ville de Soissons",
            "commune de Soissons",
            "CCAS de Soissons",
            "la mairie de soissons",
        ),
        *("Mairie Soissons", "Soissons mairie", "Hôtel de ville de SOISSONS", "agglo de Soissons", "d’Soissons"),
    ],
)
def test_the_words_for_an_authority_lead_to_its_place(client, aisne, question):
    assert "Soissons : oui, l’adhésion est en cours" in ask(client, question)


@pytest.mark.parametrize(
    "question", ["Grand Soissons", "grandsoissons", "Grand Soissons agglo", "Agglo Grand Soissons"]
)
def test_a_name_in_one_word_is_found_by_two(client, aisne, question):
    assert "GrandSoissons Agglomération : oui, l’adhésion est en cours" in ask(client, question)


@pytest.mark.parametrize("near", ["les", "lez", "lès"])
def test_the_small_word_for_near_is_written_as_one_likes(client, aisne, near):
    assert "Saint-Nicolas-lez-Arras : non, pas d’adhésion aujourd’hui" in ask(client, f"st nicolas {near} arras")


def test_an_authority_comes_before_what_only_holds_its_name(client, aisne):
    OrganisationFactory(name="Préfecture de la région Hauts-de-France", kind=OrganisationKind.STATE)
    assert "Hauts-de-France : non, pas d’adhésion aujourd’hui" in ask(client, "Région Hauts-de-France")


@pytest.mark.parametrize("question", ["mairie de Xyzzy", "Ville de Gentbrugge", "Mairie", "de", "les", "d’"])
def test_nobody_is_suggested_for_a_small_word_or_far_from_the_members(client, aisne, question):
    text = ask(client, question)
    assert "Nous ne trouvons pas" in text
    assert "Vous cherchiez peut-être" not in text


def test_a_slip_in_the_name_of_a_place_suggests_places_where_members_are(client, aisne):
    text = ask(client, "mairie de Soisons")
    assert "Vous cherchiez peut-être" in text
    assert "Soissons Commune" in text
    assert "Ville de Soisson" not in text


def test_a_part_of_a_word_is_no_name_and_is_answered_by_a_choice(client):
    OrganisationFactory(name="Hamelin", kind=OrganisationKind.ASSOCIATION)
    text = ask(client, "Ham")
    assert "Hamelin : non" not in text
    assert "Hamelin Organisme" in text


def test_who_is_not_found_is_told_to_look_for_the_intercommunality(client, aisne):
    html = client.get(FRENCH, {"q": "Chaunnay-sur-Rien"}).content.decode()
    reply = entities.unescape(html.split('id="answer"')[1].split("</section>")[0])
    assert "le nom de l’intercommunalité" in reply
    assert 'href="#members"' in reply
    assert "contact@example.org" in reply
    assert 'id="members"' in html
    assert ": non" not in reply.replace("\xa0", " ")


def test_a_commune_whose_intercommunality_is_not_known_is_not_told_no(client, aisne):
    aisne.add_child(name="Chaunnay-sur-Rien", insee_code="02999", level=TerritoryLevel.COMMUNE)
    OrganisationFactory(name="Ville de Guise", kind=OrganisationKind.CITY)
    for question in ("Chaunnay", "Ville de Guise"):
        text = ask(client, question)
        assert "pas d’adhésion à son propre nom aujourd’hui" in text
        assert "cherchez-la dans la liste des adhérents" in text
        assert ": non" not in text


def test_only_members_that_something_public_is_about_lead_to_a_page(client, aisne):
    assert "/annuaire/territoires/" not in client.get(FRENCH).content.decode()
    soissons = type(aisne).objects.get(insee_code="02722")
    make_references(1, ("territory", str(soissons.pk), "Soissons"))
    assert re.search(r'href="/fr/annuaire/territoires/\d+-grandsoissons', client.get(FRENCH).content.decode())


def test_the_page_says_where_one_is(client):
    crumbs = re.search(r'<nav class="breadcrumbs".*?</nav>', client.get(FRENCH).content.decode(), re.DOTALL)[0]
    assert 'href="/fr/"' in crumbs
    assert '<span aria-current="page">Territoires adhérents</span>' in crumbs


@pytest.mark.parametrize(("question", "name"), [("arras'", "Arras"), ("Lile", "Lille"), ("Compiegnes", "Compiègne")])
def test_a_slip_leads_to_the_name_that_was_meant(client, question, name):
    make_territory(name, "00001")
    assert name in ask(client, question)


def test_a_postcode_of_a_known_venue_answers_for_its_territory(client):
    lille = make_territory("Lille", "59350")
    VenueFactory(postcode="59000", territory=lille)
    assert "Lille : non, pas d’adhésion aujourd’hui" in ask(client, "59000")
    assert "Lille : non, pas d’adhésion aujourd’hui" in ask(client, "59000 Lille")


def test_a_territory_and_its_organisation_of_the_same_name_are_one_answer(client):
    territory = make_territory("Métropole Européenne de Lille", "200093201")
    MembershipFactory(organisation=OrganisationFactory(name=territory.name, acronym="MEL", territory=territory))
    text = ask(client, "europeenne lille")
    assert "Métropole Européenne de Lille : oui, l’adhésion est en cours" in text
    assert "Par l’adhésion suivante" not in text
    assert "Lequel ?" not in text
    assert "Autres noms" not in text


def test_a_full_date_is_not_offered_and_the_others_say_their_price(client, creil):
    make_occurrence(make_session("Complète"), capacity=0)
    make_occurrence(make_session("Financer"), price_list=make_price_list(member=0, non_member=150))
    board = text_of(client.get(FRENCH)).split("Dates ouvertes")[1]
    assert "Complète" not in board.split("adhérent")[0]
    assert "Autres organismes 150 €" in board


@pytest.fixture
def metropolis():
    """A member intercommunality of which the directory holds no commune, and its region."""
    region = make_territory("Hauts-de-France", "32")
    group = region.add_child(
        name="Métropole européenne de Lille", insee_code="200093201", level=TerritoryLevel.INTERCOMMUNALITY
    )
    MembershipFactory(territory=group, ends=in_days(40))
    return group


@pytest.mark.parametrize(
    "question",
    [
        *(
            "Villeneuve-d'Ascq",
            "villeneuve d’ascq",
            "Villeneuve dAscq",
            "mairie de Villeneuve-d'Ascq",
            "villeneuve ascq",
        ),
        *("59009", "59 009", "215900093", "215 900 093 00017"),
        # 59491 alone is also the INSEE code of Raismes.
        "59491 Villeneuve d'Ascq",
    ],
)
def test_a_commune_that_the_directory_does_not_hold_is_a_member_with_its_intercommunality(client, metropolis, question):
    text = ask(client, question)
    assert "Commune, Métropole Européenne de Lille, Nord Villeneuve-d’Ascq : oui, l’adhésion est en cours" in text
    assert "Par l’adhésion suivante : Métropole européenne de Lille (Intercommunalité)" in text
    assert "L’adhésion court jusqu’au" in text


def test_its_price_is_told_with_the_answer(client, metropolis):
    make_occurrence(make_session(), price_list=make_price_list(member=0, non_member=150))
    assert "Une journée, pour un adhérent gratuit" in ask(client, "Villeneuve-d'Ascq")
    assert "a member today" in ask(client, "59009", ENGLISH)


def test_a_postcode_that_is_the_insee_code_of_another_commune_gives_a_choice(client, metropolis):
    html = client.get(FRENCH, {"q": "59491"}).content.decode()
    assert "Lequel" in html
    assert set(re.findall(r'href="\?(of=[^"]+)#answer"', html)) == {"of=commune-59009", "of=commune-59491"}
    answer = text_of(client.get(f"{FRENCH}?of=commune-59009"))
    assert "Villeneuve-d’Ascq : oui, l’adhésion est en cours" in answer


@pytest.mark.parametrize("question", ["Laon", "02408", "ville de Laon", "CA du Pays de Laon", "agglo de Laon"])
def test_a_commune_of_no_member_is_told_no_and_where_it_lies(client, metropolis, question):
    text = ask(client, question)
    assert ": non, pas d’adhésion aujourd’hui" in text
    assert "aon : non" in text


def test_what_became_part_of_a_commune_is_answered_by_that_commune(client, metropolis):
    assert "Lille : oui, l’adhésion est en cours" in ask(client, "Lomme")
    metropolis.add_child(name="Lille", insee_code="59350", level=TerritoryLevel.COMMUNE)
    assert "Lille : oui, l’adhésion est en cours" in ask(client, "Lomme")


def test_of_namesakes_the_one_near_the_members_is_answered_and_the_others_are_offered(client, metropolis):
    text = ask(client, "Saint-Omer")
    assert "Pas-de-Calais Saint-Omer : non" in text
    assert "Saint-Omer Commune, CC Cingal-Suisse Normande, Calvados" in text


def test_namesakes_equally_far_are_a_choice(client, metropolis):
    text = ask(client, "Saint-Denis")
    assert "Lequel ?" in text
    assert "Saint-Denis Commune, Plaine Commune, Métropole du Grand Paris, Seine-Saint-Denis" in text


def test_a_commune_at_the_top_of_the_tree_is_a_member_with_its_intercommunality(client, metropolis):
    make_territory("Roubaix", "59512")
    assert "Roubaix : oui, l’adhésion est en cours" in ask(client, "Roubaix")


def test_a_city_is_a_member_by_the_commune_that_its_siret_names(client, metropolis):
    occurrence = make_occurrence(make_session(), price_list=make_price_list(member=0, non_member=150))
    city = OrganisationFactory(name="Ville de Villeneuve-d’Ascq", siret="21590009300017")
    assert "Ville de Villeneuve-d’Ascq : oui, l’adhésion est en cours" in text_of(
        client.get(FRENCH, {"of": f"organisation-{city.pk}"})
    )
    assert quote(occurrence, city).amount == 0


def test_the_membership_of_a_city_without_territory_answers_for_its_commune(client, metropolis):
    MembershipFactory(organisation=OrganisationFactory(name="Ville de Laon"))
    assert "Laon : oui, l’adhésion est en cours Par l’adhésion suivante : Ville de Laon" in ask(client, "Laon")
    MembershipFactory(organisation=OrganisationFactory(name="Ville de Saint-Denis"))
    assert "Saint-Denis : non" in text_of(client.get(FRENCH, {"of": "commune-93066"}))


def test_a_slip_in_the_name_of_a_commune_suggests_it(client, metropolis):
    text = ask(client, "Vileneuve d'Asq")
    assert "Vous cherchiez peut-être" in text
    assert "Villeneuve-d’Ascq Commune, Métropole Européenne de Lille, Nord" in text


@pytest.mark.parametrize("chosen", ["commune-00000", "commune-", "page-59009", "commune-59009:", "commune-59\n09", "-"])
def test_a_commune_that_does_not_exist_is_no_choice(client, metropolis, chosen):
    assert "Nous ne trouvons pas" in ask(client, "", of=chosen)


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("MEL", "Métropole européenne de Lille : oui"),
        ("DDETS", "Direction de l’emploi de l’Aisne (DDETS 02) : non"),
        ("ddets 02", "Direction de l’emploi de l’Aisne (DDETS 02) : non"),
        ("DDETS02", "Direction de l’emploi de l’Aisne (DDETS 02) : non"),
    ],
)
def test_somebody_is_found_by_an_acronym_or_by_initials(client, metropolis, question, name):
    OrganisationFactory(name="Direction de l’emploi de l’Aisne", acronym="DDETS 02", kind=OrganisationKind.STATE)
    text = ask(client, question)
    assert name in text


def test_names_near_the_members_come_before_those_far_away(client, metropolis):
    text = ask(client, "Villeneuve")
    assert text.index("Villeneuve-d’Ascq") < text.index("Villeneuve Commune")
