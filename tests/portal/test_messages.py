import gettext
import os
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from portal.messages import compile_catalogues, missing_translations, used_messages

CATALOGUE = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\n"

msgid "One place"
msgid_plural "%(n)s places"
msgstr[0] "%(n)s place"
msgstr[1] "%(n)s places"

msgctxt "month"
msgid "May"
msgstr "Mai"

#, fuzzy
msgid "Guessed"
msgstr "Deviné"

msgid "Left empty"
msgstr ""
"""

TEMPLATE = """{% load i18n %}{% translate "May" context "month" %}
{% blocktranslate trimmed count n=places %}
  One place
{% plural %}
  {{ n }} places
{% endblocktranslate %}
{{ _("Guessed") }} a bracket (left open {% if kind == _("Left empty") %}{% endif %}"""

PYTHON = """
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy
LABEL = gettext_lazy(
    "A long sentence "
    "in two pieces"
)
MONTH = pgettext_lazy("month", "May")
def say(text): return _(text)
"""


@pytest.fixture
def project(tmp_path):
    catalogue = tmp_path / "locale" / "fr" / "LC_MESSAGES" / "django.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text(CATALOGUE, encoding="utf-8")
    page = tmp_path / "templates" / "page.html"
    page.parent.mkdir()
    page.write_text(TEMPLATE, encoding="utf-8")
    code = tmp_path / "events" / "labels.py"
    code.parent.mkdir()
    code.write_text(PYTHON, encoding="utf-8")
    return tmp_path


def test_messages_compile_without_gettext_and_only_when_they_changed(project, monkeypatch):
    monkeypatch.setenv("PATH", "")
    locale = project / "locale"
    source = locale / "fr" / "LC_MESSAGES" / "django.po"

    assert compile_catalogues(locale) == [source.with_suffix(".mo")]
    assert compile_catalogues(locale) == []
    os.utime(source, (source.stat().st_atime, source.stat().st_mtime + 10))
    assert compile_catalogues(locale) == [source.with_suffix(".mo")]

    with source.with_suffix(".mo").open("rb") as compiled:
        french = gettext.GNUTranslations(compiled)
    assert french.pgettext("month", "May") == "Mai"
    assert french.ngettext("One place", "%(n)s places", 0) == "%(n)s place"
    assert french.gettext("Guessed") == "Guessed"


def test_messages_of_code_and_templates_are_found_with_context_and_plural(project):
    found = {(message.context, message.text, message.plural) for message in used_messages(project)}

    assert found == {
        ("month", "May", ""),
        ("", "One place", "%(n)s places"),
        ("", "Guessed", ""),
        ("", "Left empty", ""),
        ("", "A long sentence in two pieces", ""),
    }


def test_a_message_absent_empty_or_guessed_counts_as_missing(project):
    catalogue = project / "locale" / "fr" / "LC_MESSAGES" / "django.po"

    missing = missing_translations(used_messages(project), catalogue)

    assert {message.text for message in missing} == {"Guessed", "Left empty", "A long sentence in two pieces"}


def test_the_command_names_the_place_of_what_is_missing(project, settings, capsys):
    settings.BASE_DIR, settings.LOCALE_PATHS = project, [project / "locale"]

    with pytest.raises(CommandError, match="3 messages"):
        call_command("check_messages")

    assert "events/labels.py:3" in capsys.readouterr().err


def test_every_message_of_the_portal_has_its_french():
    catalogue = Path(settings.LOCALE_PATHS[0]) / "fr" / "LC_MESSAGES" / "django.po"

    missing = missing_translations(used_messages(settings.BASE_DIR), catalogue)

    assert not missing, "\n".join(f"{message.place}: {message.text}" for message in missing)
