"""Terms: those of the demonstration, and the admin where editors keep them."""

from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from search.models import Term
from search.terms import lexicon, read_form
from search.viewsets import TermViewSet
from tests.search.conftest import Publish, find_results

TERMS = Path(settings.BASE_DIR) / "demo" / "content" / "terms.yaml"


def test_the_terms_of_the_demonstration_are_complete_in_both_languages(db: None) -> None:
    for row in yaml.safe_load(TERMS.read_text()):
        term = Term(**row)
        term.full_clean()
        term.save()
        if term.kind == "acronym":
            assert term.long_form_fr, term
            assert term.long_form_en, term
            assert term.definition_fr, term
            assert term.definition_en, term

    french, english = lexicon("fr"), lexicon("en")
    assert {form.forms for form in french.longest(("qpv",))[1]} >= {("quartier", "prioritaire")}
    assert read_form("Youth commitment contract", "en") in english.longest(("cej",))[1]


def test_an_editor_adds_a_term_and_the_next_search_knows_it(publish: Publish, client: Client) -> None:
    publish("Le contrat d’engagement jeune")
    assert find_results("CEJ").total == 0
    client.force_login(User.objects.create_superuser("admin", "admin@example.org", "x"))
    views = TermViewSet()
    empty = dict.fromkeys(("form_en", "long_form_en", "synonyms_fr", "synonyms_en", "note"), "")
    empty |= {"definition_fr": "", "definition_en": ""}

    response = client.post(
        reverse(views.get_url_name("add")),
        {
            **empty,
            "kind": "acronym",
            "direction": "both",
            "active": "on",
            "form_fr": "CEJ",
            "long_form_fr": "Contrat d'engagement jeune",
        },
    )

    assert response.status_code == 302
    assert find_results("CEJ").total == 1
    page = client.get(reverse(views.get_url_name("list")), {"q": "engagement"}).content.decode()
    assert "CEJ" in page


def test_a_term_switched_off_is_forgotten_at_once(publish: Publish, qpv: Term) -> None:
    publish("Les quartiers prioritaires")
    assert find_results("QPV").total == 1

    qpv.active = False
    qpv.save()
    assert find_results("QPV").total == 0


def test_another_term_of_the_same_letters_is_refused(qpv: Term) -> None:
    with pytest.raises(ValidationError, match="QPV"):
        Term(form_fr=" qpv", long_form_fr="Quartier populaire vivant").full_clean()
    qpv.full_clean()
