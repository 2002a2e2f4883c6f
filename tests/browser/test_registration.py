"""A professional registers two colleagues in French, with scripts and without, and cancels one of them."""

import re

import pytest
from playwright.sync_api import Route, expect

from events.models import Occurrence
from outbox.models import Message
from registrations.enums import RegistrationState
from registrations.models import Answer, Booking, Registration
from tests.browser.portal import LivePortal
from tests.browser.registration import RegistrationPages, address_of

with_and_without_scripts = pytest.mark.parametrize(
    "scripts",
    [
        pytest.param(True, id="scripts"),
        pytest.param(False, id="no-scripts", marks=pytest.mark.browser_context_args(java_script_enabled=False)),
    ],
)


@pytest.fixture
def occurrence(live_portal: LivePortal) -> Occurrence:
    """The date of the demonstration that takes registrations: members come free, others pay 150 €."""
    return Occurrence.objects.get(page__slug="etape-4-gouvernance-et-partenariats")


@pytest.fixture
def steps(live_portal: LivePortal) -> RegistrationPages:
    return RegistrationPages(live_portal)


def fill_in_two_colleagues(steps: RegistrationPages, occurrence: Occurrence, organisation: str) -> None:
    """Go from the empty form to the summary."""
    steps.open(occurrence)
    steps.name_contact("Nora", "Benali")
    steps.find_organisation(organisation)
    steps.choose_organisation(organisation)
    steps.add_line(1)
    steps.name_participant(0, "Idris", "Morel")
    steps.name_participant(1, "Salomé", "Vidal")
    steps.agree()
    steps.proceed()


def taken(occurrence: Occurrence) -> int:
    return Occurrence.objects.get(pk=occurrence.pk).seat_counter.taken


def prices(steps: RegistrationPages) -> list[str]:
    """Return what the summary says of money: each line, then the total."""
    lines = steps.page.locator(".price-panel__lines dd").all_inner_texts()
    return [*lines, steps.page.locator(".price-panel__total span").last.inner_text()]


def plain(text: str) -> str:
    """Return a text with ordinary spaces."""
    return text.replace("\xa0", " ").replace("\u202f", " ")


def new_booking() -> Booking:
    return Booking.objects.get(email=address_of("Nora", "Benali"))


@with_and_without_scripts
def test_two_colleagues_are_registered_and_one_is_cancelled(live_portal, steps, occurrence, scripts):
    before = taken(occurrence)
    live_portal.visit(occurrence.page.url)
    live_portal.follow(live_portal.page.locator(f"main a[href$='/{occurrence.pk}/'].button").first)
    fill_in_with_a_slip(live_portal, steps)
    correct_the_slip(steps)

    # A member: nothing says yet that these people work there.
    both = "à confirmer : gratuit ou "
    assert [plain(price) for price in prices(steps)] == [f"{both}150 €", f"{both}150 €", f"{both}300 €"]
    steps.press("modify")
    steps.find_organisation("Beauvaisis")
    steps.choose_organisation("Beauvaisis")
    steps.proceed()
    assert [plain(price) for price in prices(steps)] == ["150 €", "150 €", "300 €"]
    assert (taken(occurrence), Booking.objects.filter(email=address_of("Nora", "Benali")).count()) == (before, 0)

    steps.confirm()

    assert taken(occurrence) == before + 2
    rows = Registration.objects.filter(participant__booking=new_booking()).order_by("pk")
    assert [(row.state, row.price_amount) for row in rows] == [(RegistrationState.CONFIRMED, 150)] * 2
    assert_private_page_names_both(live_portal)
    assert messages("registration_booked") == everybody()
    cancel_the_second(live_portal)

    assert taken(occurrence) == before + 1
    states = [row.state for row in Registration.objects.filter(participant__booking=new_booking()).order_by("pk")]
    assert states == [RegistrationState.CONFIRMED, RegistrationState.CANCELLED]
    assert messages("registration_cancelled") == sorted([address_of("Nora", "Benali"), address_of("Salomé", "Vidal")])


def fill_in_with_a_slip(live_portal: LivePortal, steps: RegistrationPages) -> None:
    """Fill in everything, with an address that is none, and find it all again beside what is wrong."""
    steps.name_contact("Nora", "Benali")
    steps.find_organisation("Métropole Européenne")
    steps.choose_organisation("Métropole Européenne de Lille")
    steps.name_participant(0, "Idris", "Morel")
    steps.add_line(1)
    steps.name_participant(1, "Salomé", "Vidal", email="salome.vidal")
    steps.agree()
    live_portal.expect_complaint("422")
    steps.proceed()
    assert steps.page.locator(".error-summary a").all_inner_texts() != []
    assert steps.page.locator("#id_people-1-email").get_attribute("aria-invalid") == "true"


def correct_the_slip(steps: RegistrationPages) -> None:
    kept = {
        "contact-first_name": "Nora",
        "contact-email": address_of("Nora", "Benali"),
        "people-0-first_name": "Idris",
        "people-0-email": address_of("Idris", "Morel"),
        "people-1-first_name": "Salomé",
        "people-1-last_name": "Vidal",
        "people-1-email": "salome.vidal",
    }
    assert {name: steps.written(name) for name in kept} == kept
    assert steps.page.locator("[name=consent-agreed]").is_checked()
    assert steps.page.locator("#organisation .choices input:checked").count() == 1
    steps.write("people-1-email", address_of("Salomé", "Vidal"))
    steps.proceed()


def assert_private_page_names_both(live_portal: LivePortal) -> None:
    assert new_booking().token in live_portal.page.url
    names = live_portal.page.locator(".section:not([aria-labelledby]) .summary-list dt").all_inner_texts()
    assert names == ["Idris Morel", "Salomé Vidal"]


def cancel_the_second(live_portal: LivePortal) -> None:
    cancelling = live_portal.page.locator(".summary-list__action a", has_text="Annuler")
    live_portal.follow(cancelling.nth(1))
    live_portal.follow(live_portal.page.locator("main button.button--danger"))
    expect(live_portal.page).to_have_url(re.compile(r"/mes-inscriptions/.+\?cancelled$"))
    assert cancelling.count() == 1


def messages(kind: str) -> list[str]:
    """Return who is written to, of all messages of an event about the new booking."""
    written = Message.objects.filter(kind__startswith=kind, about_id=new_booking().pk)
    assert {message.language for message in written} == {"fr"}
    return sorted(message.recipient for message in written)


def everybody() -> list[str]:
    return sorted(address_of(*names) for names in [("Nora", "Benali"), ("Idris", "Morel"), ("Salomé", "Vidal")])


@with_and_without_scripts
def test_a_double_click_on_confirm_makes_one_booking(live_portal, steps, occurrence, scripts):
    before = taken(occurrence)
    fill_in_two_colleagues(steps, occurrence, "Beauvaisis")
    steps.wait_like_a_person()

    live_portal.page.locator("main button[value=confirm]").dblclick()

    live_portal.page.wait_for_selector(".summary-list__action")
    assert new_booking().token in live_portal.page.url
    assert taken(occurrence) == before + 2
    assert messages("registration_booked") == everybody()


@with_and_without_scripts
def test_a_second_click_while_the_answer_is_awaited_makes_one_booking(live_portal, steps, occurrence, scripts):
    before = taken(occurrence)
    fill_in_two_colleagues(steps, occurrence, "Beauvaisis")
    steps.wait_like_a_person()
    sent = []

    def lose_the_first_answer(route: Route) -> None:
        """Let the portal book, and keep its answer from the impatient visitor (a quick double click is sent once)."""
        sent.append(route.fetch(max_redirects=0).status if not sent else None)
        if len(sent) > 1:
            route.continue_()

    live_portal.page.route("**/inscription/*/", lose_the_first_answer)
    confirm = live_portal.page.locator("main button[value=confirm]")
    confirm.scroll_into_view_if_needed()
    box = confirm.bounding_box()
    # By the mouse itself: Playwright's click would wait for the answer.
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    live_portal.page.mouse.click(*middle)
    for _tenth in range(100):
        live_portal.page.wait_for_timeout(100)
        # The portal has booked: a slow machine takes its time.
        if sent:
            break
    live_portal.page.mouse.click(*middle)

    expect(live_portal.page).to_have_url(re.compile(r"/mes-inscriptions/.+\?already$"))
    assert sent == [302, None]
    assert taken(occurrence) == before + 2
    assert messages("registration_booked") == everybody()


@with_and_without_scripts
def test_going_back_and_confirming_again_makes_one_booking(live_portal, steps, occurrence, scripts):
    before = taken(occurrence)
    fill_in_two_colleagues(steps, occurrence, "Beauvaisis")
    steps.confirm()

    live_portal.page.go_back()
    steps.press("confirm")

    expect(live_portal.page).to_have_url(re.compile(r"/mes-inscriptions/.+\?already$"))
    assert new_booking().token in live_portal.page.url
    assert taken(occurrence) == before + 2
    assert messages("registration_booked") == everybody()


@with_and_without_scripts
def test_three_colleagues_are_registered_to_the_cycle_in_french_and_one_cancelled_in_english(
    live_portal, steps, occurrence, scripts
):
    cycle = occurrence.page.get_parent()
    live_portal.visit(cycle.url)
    live_portal.follow(live_portal.page.locator("main a[href*='/inscription/page/']"))
    boxes = live_portal.page.locator("#dates input[type=checkbox]")
    assert boxes.count() == 2
    for box in boxes.all():
        box.check()
    steps.name_contact("Nora", "Benali")
    steps.find_organisation("Beauvaisis")
    steps.choose_organisation("Beauvaisis")
    colleagues = [("Idris", "Morel"), ("Salomé", "Vidal"), ("Paul", "Henry")]
    (steps.paste_participants if scripts else steps.add_participants)(colleagues)
    steps.agree()
    steps.proceed()
    # Three colleagues have a place on one date, and wait for the other.
    assert plain(prices(steps)[-1]) == "450 €"
    steps.confirm()

    rows = Registration.objects.filter(participant__booking=new_booking())
    states = {(row.occurrence_id == occurrence.pk, row.state) for row in rows}
    assert rows.count() == 6
    # The other session is full: its waiting list takes them, and the rest is theirs.
    assert states == {(True, RegistrationState.CONFIRMED), (False, RegistrationState.WAITLISTED)}

    live_portal.follow(live_portal.page.locator("a[hreflang=en]").first)
    assert "My registrations" in live_portal.page.title()
    section = live_portal.page.locator("section", has_text="Governance")
    live_portal.follow(section.locator(".summary-list__action a", has_text="Cancel").nth(1))
    live_portal.follow(live_portal.page.locator("main button.button--danger"))
    expect(live_portal.page).to_have_url(re.compile(r"/my-registrations/.+\?cancelled$"))
    gone = Registration.objects.get(participant__first_name="Salomé", occurrence=occurrence)
    assert gone.state == RegistrationState.CANCELLED
    assert rows.filter(state=RegistrationState.CONFIRMED).count() == 2


@with_and_without_scripts
def test_a_question_shows_once_it_is_asked_and_without_scripts_says_when(live_portal, steps, occurrence, scripts):
    steps.open(occurrence)
    steps.name_contact("Nora", "Benali")
    steps.find_organisation("Beauvaisis")
    steps.choose_organisation("Beauvaisis")
    steps.name_participant(0, "Nora", "Benali")
    steps.agree()
    steps.proceed(answers=False)
    page = live_portal.page
    follower = page.locator("[data-follows]")
    condition = follower.get_by_text("Si vous avez répondu")
    assert (follower.is_visible(), condition.is_visible()) == (not scripts, not scripts)

    page.locator("input[value=signed]").check()
    assert (follower.is_visible(), condition.is_visible()) == (True, not scripts)
    live_portal.expect_complaint("422")
    steps.press("answer")
    assert page.locator(".error-summary a").count() == 1
    follower.locator("input[value=no]").check()
    steps.press("answer")
    steps.confirm()
    assert Answer.objects.filter(participant__booking=new_booking()).count() == 2

    live_portal.follow(page.locator(".summary-list__action a", has_text="Modifier les réponses"))
    page.locator("input[value=preparing]").check()
    assert follower.is_visible() is not scripts
    live_portal.follow(page.locator("main button[type=submit]"))
    expect(page).to_have_url(re.compile(r"answered$"))
    assert [row.value for row in Answer.objects.filter(participant__booking=new_booking())] == ["preparing"]
