"""Everything of the admin but their own sessions is closed to co-organisers: read from the URL patterns."""

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.urls import NoReverseMatch, get_resolver, reverse

from home.roles import CO_ORGANISER, TRAINING_OFFICER
from registrations.co_organiser.access import ALWAYS_OPEN, NAMESPACE
from registrations.models import CoOrganiser, Referent
from tests.addresses import views_in
from tests.factories.directory import OrganisationFactory
from tests.factories.events import in_days
from tests.factories.registrations import make_booking, registrations_of
from tests.registrations.test_co_organisers import refused
from tests.registrations.test_forged_requests import everything_kept
from tests.roles import sign_in_as

# Signing in and out, and a lost password: open to everybody, signed in or not.
ACCOUNT = {f"wagtailadmin_password_reset{step}" for step in ("", "_done", "_confirm", "_complete")} | ALWAYS_OPEN
# What the officer works with: closed by its own permissions too, not by the guard of the admin alone.
OFFICER = ("registrations_admin:", "message_texts:", "duplicates:", "cycles_admin:")
OFFICER_ROWS = (
    *("outbox_message", "registrations_referent", "registrations_coorganiser", "registrations_question"),
    *("events_occurrence", "events_pricelist", "directory_organisation", "directory_person", "directory_membership"),
)
GUARD = "registrations.co_organiser.middleware.OwnSessionsOnly"


@pytest.fixture
def known(occurrence):
    """What addresses of our screens hold, by view, else by name."""
    cache.clear()
    row = registrations_of(make_booking(occurrence))[0]
    organisation = OrganisationFactory()
    referent = Referent.objects.create(organisation=organisation, email="paul@ville.example")
    by_view = {
        "registrations_admin:waive": {"pk": row.pk},
        "registrations_admin:settle": {"pk": row.participant.booking_id},
        **{
            f"registrations_admin:booking{name}": {
                "pk": row.participant.booking_id,
                "person": row.participant_id,
                "row": row.pk,
            }
            for name in ("", "_contact", "_person", "_hand_over", "_answers", "_cancel", "_link")
        },
        "registrations_admin:decide": {"word": "cancel"},
        "registrations_admin:write": {"word": "joining"},
        "message_texts:text": {"name": "registration_waived"},
        "duplicates:choose": {"pk": organisation.pk},
        "wagtailsnippets_registrations_referent:": {"pk": referent.pk},
    }
    return by_view, {"pk": occurrence.pk, "form": "csv", "kind": "organisation", "page_id": occurrence.page_id}


def addresses(known):
    """Return (view, address) of all that stands in the admin; what an address asks for beyond `known` is 1."""
    by_view, common = known
    found = []
    for view, names in views_in(get_resolver().url_patterns):
        values = {**dict.fromkeys(names, "1"), **{name: common[name] for name in names & common.keys()}}
        values.update(by_view.get(view) or by_view.get(f"{view.partition(':')[0]}:") or {})
        try:
            address = reverse(view, kwargs={name: values[name] for name in names})
        except NoReverseMatch:
            continue
        if address.startswith("/admin/"):
            found.append((view, address))
    return found


def co_organiser(client, occurrence):
    sign_in_as(client, CO_ORGANISER)
    user = User.objects.get(username=CO_ORGANISER)
    CoOrganiser.objects.create(user=user, page=occurrence.page, until=in_days(60))
    return client


def is_of_officer(view):
    return view.startswith((*OFFICER, *(f"wagtailsnippets_{rows}:" for rows in OFFICER_ROWS)))


def test_every_address_of_the_admin_is_closed_but_their_own(client, occurrence, known):
    client = co_organiser(client, occurrence)
    tried = [pair for pair in addresses(known) if pair[0] not in ACCOUNT and not pair[0].startswith(f"{NAMESPACE}:")]
    assert len(tried) > 300
    kept = everything_kept()
    for view, address in tried:
        assert refused(client.get(address)), view
        assert refused(client.post(address)), view
    assert everything_kept() == kept


def test_every_screen_of_the_officer_is_closed_by_its_own_permission_too(client, occurrence, known, settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != GUARD]
    client = co_organiser(client, occurrence)
    tried = [pair for pair in addresses(known) if is_of_officer(pair[0])]
    assert len(tried) > 60
    kept = everything_kept()
    for view, address in tried:
        for response in (client.get(address), client.post(address)):
            assert refused(response) or response.status_code == 405, view
    assert everything_kept() == kept


def test_the_officer_opens_these_same_addresses(client, occurrence, known):
    """The control: the addresses are real."""
    sign_in_as(client, TRAINING_OFFICER)
    ours = [pair for pair in addresses(known) if pair[0].startswith(OFFICER)]
    shown = {view for view, address in ours if client.get(address).status_code == 200}
    only_posted = {f"registrations_admin:{name}" for name in ("decide", "move", "booking_cancel", "booking_link")}
    # They lead on: nothing waits for a proof, the joining instructions, questions, or a second organisation.
    elsewhere = {view for view, _address in ours} - shown - only_posted
    assert len(elsewhere) < 6, elsewhere
    assert {"registrations_admin:occurrence", "registrations_admin:export", "registrations_admin:waive"} <= shown
