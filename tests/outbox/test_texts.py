"""Words of messages: the officer's, with placeholders that are only facts, seen before they are kept."""

import re

import pytest
from django.conf import settings as django_settings
from django.urls import reverse
from wagtail.models import ModelLogEntry

from outbox.kinds import Words, editable_kinds, kind_named, label_of
from outbox.models import Message, MessageText
from outbox.texts import PARTS, fill, paragraphs, save_words, what_is_wrong, words_of
from tests.factories.events import make_occurrence
from tests.factories.pages import make_session
from tests.factories.registrations import make_booking
from tests.roles import sign_in_as

pytestmark = pytest.mark.django_db

NAME = "registration_booked_confirmed"
LIST = "/admin/message-texts/"
EDIT = f"{LIST}{NAME}/"
LANGUAGES = [code for code, _label in django_settings.LANGUAGES]


@pytest.fixture
def occurrence():
    return make_occurrence(make_session("Gouvernance"), capacity=5)


@pytest.fixture
def kind():
    return kind_named(NAME)


def form(action="save", **changed):
    values = {f"{language}-{part}": "" for language in LANGUAGES for part in PARTS}
    return {**values, "action": action, **{name.replace("__", "-"): text for name, text in changed.items()}}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", editable_kinds(), ids=lambda kind: kind.name)
def test_the_original_words_are_translated_and_hold_only_what_is_filled_in(kind, language):
    words = kind.words_in(language)

    assert words.subject
    assert words.opening
    for text in vars(words).values():
        assert what_is_wrong(text, kind, language) == ""
    if language == "fr":
        assert words.opening != kind.words.opening


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", editable_kinds(), ids=lambda kind: kind.name)
def test_every_kind_shows_itself_with_invented_people(kind, language, django_assert_num_queries):
    everything = " ".join(f"{{{name}}}" for name in kind.names_in(language))
    with django_assert_num_queries(0):
        shown = kind.preview(language, Words("Objet {objet}{what}", f"Début. {everything}", "Fin."))

    for body in (shown.text, shown.html):
        assert "contact@example.org" in body
        assert "Début." in body
        assert "Fin." in body
        assert not re.search(r"\{\w+\}", body)
    assert f'lang="{language}"' in shown.html


def test_the_admin_never_shows_a_code(admin_client, occurrence):
    make_booking(occurrence)
    for name in ("contact", "newsletter_confirm", "newsletter_known", *(kind.name for kind in editable_kinds())):
        assert "_" not in label_of(name)
    assert "_" not in label_of("something_of_former_times")
    page = admin_client.get(reverse("wagtailsnippets_outbox_message:list")).content.decode()
    assert ">registration_booked" not in page
    assert "_confirmed<" not in page


def test_without_words_of_the_officer_the_original_ones_are_used(kind):
    assert words_of([NAME], "en") == {NAME: kind.words_in("en")}


def test_a_text_left_empty_is_the_original_one(kind):
    MessageText.objects.create(kind=NAME, language="en", closing="See you soon.")
    original = kind.words_in("en")
    assert words_of([NAME], "en")[NAME] == Words(original.subject, original.opening, "See you soon.")


def test_what_the_officer_wrote_is_in_the_next_message(occurrence, kind):
    save_words(kind, "fr", {"subject": "Bienvenue : {titre}", "closing": "À bientôt, {nom} !"}, None)
    make_booking(occurrence, people=("omar",))

    message = Message.objects.get(recipient="omar@example.org")
    assert message.subject == "Bienvenue : Gouvernance"
    for body in (message.text, message.html):
        assert "À bientôt, Omar Martin !" in body
        assert "L’inscription" in body


def test_html_of_the_officer_is_text_and_a_name_is_no_placeholder(occurrence, kind):
    from registrations.services import Contact

    save_words(kind, "fr", {"opening": "<script>alert(1)</script> {nom}"}, None)
    make_booking(occurrence, people=("omar",), contact=Contact("{titre}", "<b>D</b>", "claire@example.org"))

    message = Message.objects.get(recipient="claire@example.org")
    assert "<script>" not in message.html
    assert "<b>" not in message.html
    assert "{titre} &lt;b&gt;D&lt;/b&gt;" in message.html
    assert "<script>alert(1)</script> {titre} <b>D</b>" in message.text


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("{prix}", "{prix}"),
        ("{title}", "{title}"),
        ("{{ titre }}", "brace"),
        ("{% if titre %}", "brace"),
        ("{titre.page.owner}", "{titre.page.owner}"),
        ("{titre!r}", "{titre!r}"),
        ("{}", "{}"),
        ("{titre", "brace"),
    ],
)
def test_what_nothing_fills_in_is_refused_with_what_is_allowed(kind, text, named):
    problem = what_is_wrong(text, kind, "fr")
    assert named in problem or named == "brace"
    assert "{titre}" in problem
    assert "{nom}" in problem


def test_filling_in_reads_no_attribute_and_nothing_twice(kind):
    facts = {"title": "{nom}", "name": "Omar"}
    assert fill("{titre} {nom} {titre.page} {autre}", kind, "fr", facts) == "{nom} Omar  "


def test_an_empty_line_parts_paragraphs():
    assert paragraphs("One\r\nstill one\r\n\r\n\r\nTwo\n") == ["One\nstill one", "Two"]


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("Rédaction", False),
        ("Publication", False),
        ("Formation", True),
        ("administrator", True),
    ],
)
def test_the_officer_and_administrators_change_words_and_nobody_else(client, role, may):
    user = sign_in_as(client, role)
    for address in (LIST, EDIT):
        assert (user.get(address).status_code == 200) is may
    for action in ("save", "restore", "preview"):
        user.post(EDIT, form(action, fr__subject="Bienvenue"))
    user.post(EDIT, form(fr__subject="Bienvenue"))
    assert MessageText.objects.exists() is may


def test_signed_out_one_is_asked_to_sign_in(client):
    for address in (LIST, EDIT):
        assert client.get(address).status_code == 302
        assert "login" in client.get(address)["Location"]


def test_an_unknown_kind_or_one_without_words_is_not_found(admin_client):
    for name in ("nothing", "contact", "newsletter_confirm"):
        assert admin_client.get(f"{LIST}{name}/").status_code == 404


def test_the_list_says_what_was_changed_and_where(admin_client, kind):
    assert " : changé le" not in admin_client.get(LIST).content.decode()
    save_words(kind, "en", {"subject": "Welcome"}, None)
    assert "English : changé le" in admin_client.get(LIST).content.decode()


def test_words_are_kept_logged_and_put_back(admin_client, kind):
    admin_client.post(EDIT, form(fr__subject="Bienvenue : {titre}", en__closing="See you soon."))
    assert words_of([NAME], "fr")[NAME].subject == "Bienvenue : {titre}"
    assert words_of([NAME], "en")[NAME].closing == "See you soon."
    assert ModelLogEntry.objects.filter(action="outbox.text").count() == 1

    admin_client.post(EDIT, form("restore"))
    assert not MessageText.objects.exists()
    assert ModelLogEntry.objects.filter(action="outbox.text_restored").count() == 1


def test_the_original_words_sent_back_are_not_kept_as_changed(admin_client, kind):
    original = {f"{code}__{part}": text for code in LANGUAGES for part, text in vars(kind.words_in(code)).items()}
    admin_client.post(EDIT, form(**original))
    assert not MessageText.objects.exists()


def test_a_mistake_is_told_at_its_field_and_nothing_is_lost_or_kept(admin_client):
    answer = admin_client.post(EDIT, form(fr__subject="Bonjour {prix}", en__closing="See you soon."))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "{prix}" in page
    assert "See you soon." in page
    assert "{titre}" in page
    assert not MessageText.objects.exists()


def test_a_preview_shows_both_languages_in_frames_without_scripts_and_keeps_nothing(admin_client):
    answer = admin_client.post(EDIT, form("preview", fr__opening="Bonjour <script>alert(1)</script>"))

    page = answer.content.decode()
    assert page.count('sandbox="" srcdoc="') == 2
    assert "<script>alert(1)" not in page
    assert "Bonjour &amp;lt;script&amp;gt;alert(1)" in page
    assert "Omar Martin" in page
    assert not MessageText.objects.exists()
