"""The page of results, as a visitor or an attacker asks for it."""

import re
import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from search.entries import Section
from search.models import Term
from tests.search.conftest import Publish

HOSTILE = {
    "quote": '"',
    "quotes": '""',
    "three quotes": '"a "b"',
    "blank": "   ",
    "nothing": "",
    "nul": "\x00",
    "nul in a word": "form\x00ation",
    "star": "*",
    "prefix": "form*",
    "and not": "AND NOT",
    "operators": "formation AND (NOT NEAR(ville, 3)) OR title:ville",
    "columns": "{title} : formation",
    "long": "formation " * 500,
    "long word": "a" * 5000,
    "emoji": "🎉 formation 👩‍👩‍👧",
    "emoji alone": "🎉",
    "elision alone": "l'",
    "elisions": "l'd'qu'l'",
    "percent": "%s",
    "format": "%(q)s {0} {q}",
    "right to left": "מרכז משאבים",
    "override": "\u202eformation\u202c",
    "arabic": "مدينة",
    "chinese": "城市政策",
    "markup": "<script>alert(1)</script>",
    "entity": "&lt;b&gt; &amp;",
    "minus": "-",
    "only excluded": "-formation",
    "minuses": "--formation -- -",
    "backslashes": "\\\\ \\' \\x00",
    "sql": "'; DROP TABLE search_searchentry; --",
    "tsquery": "ville & !formation | (a <-> b):*",
    "surrogate": "\ud83d",
    "combining": "e" + "\u0301" * 200,
    "newlines": "a\r\nb\tc",
    "private use": "\ue000\uffff",
    "underscores": "_ __ _x_",
    "stop words": "de la le les",
    "deep": "(" * 200 + '"' * 55,
}


def address(language: str = "fr") -> str:
    with translation.override(language):
        return reverse("search:results")


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_answered(text: str, publish: Publish, client: Client, qpv: Term) -> None:
    publish("Formation à la politique de la ville", "De la formation " * 50)
    client.get(address(), {"q": "formation"})  # the first request of a process reads addresses and templates
    started = time.process_time()

    response = client.get(address(), {"q": text.encode("utf-8", "surrogatepass")})

    assert response.status_code == 200
    assert time.process_time() - started < 1  # of the processor: other work on the machine does not count
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "abc", "99999999999999999999", "1.5", "", "\x00", "٣", "1e3"])
def test_a_bad_page_number_is_answered(page: str, publish: Publish, client: Client) -> None:
    publish("Formation")

    response = client.get(address(), {"q": "formation", "page": page})

    assert response.status_code == 200
    assert "Formation" in response.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "q=formation&kind=unknown",
        "q=formation&kind=%00",
        "q[]=formation&kind[]=dossier",
        "q=formation&q=ville",
        "q=%FF%FE&kind=%FF",
        "q=formation&kind=resource&kind=dossier&kind=resource",
        "kind=dossier",
        "page=3",
        "",
    ],
)
def test_odd_parameters_are_answered(query: str, publish: Publish, client: Client) -> None:
    publish("Formation")

    assert client.get(f"{address()}?{query}").status_code == 200


def test_an_unknown_kind_filters_nothing(publish: Publish, client: Client) -> None:
    publish("Formation")

    response = client.get(address(), {"q": "formation", "kind": "unknown"})

    assert response.context["results"].total == 1


def test_a_form_posted_to_the_page_is_refused(client: Client, db: None) -> None:
    assert client.post(address(), {"q": "formation"}).status_code == 405


def test_markup_in_a_text_is_shown_as_text_and_its_words_are_marked(publish: Publish, client: Client) -> None:
    publish("<b>Formation</b> & co", "Une <img src=x onerror=alert(1)> formation")

    page = client.get(address(), {"q": "formation"}).content.decode()

    assert "&lt;b&gt;<mark>Formation</mark>&lt;/b&gt; &amp; co" in page
    assert "&lt;img src=x onerror=alert(1)&gt; <mark>formation</mark>" in page
    assert "<img src=x" not in page


def test_what_was_asked_stays_in_the_field(publish: Publish, client: Client) -> None:
    page = client.get(address(), {"q": '"l’égalité" <b>'}).content.decode()

    assert 'value="&quot;l’égalité&quot; &lt;b&gt;"' in page


def test_kinds_are_counted_without_their_own_choice(publish: Publish, client: Client) -> None:
    for number in range(3):
        publish(f"Formation {number}", kind="news")
    publish("Dossier de la formation", kind="dossier")

    results = client.get(address(), {"q": "formation", "kind": "dossier"}).context["results"]

    assert results.total == 1
    assert [(kind.kind, kind.count, kind.chosen) for kind in results.kinds] == [
        ("dossier", 1, True),
        ("news", 3, False),
    ]
    assert results.total_of_all_kinds == 4


def test_a_kind_without_result_says_so_and_keeps_the_others(publish: Publish, client: Client) -> None:
    publish("Formation", kind="news")

    response = client.get(address(), {"q": "formation", "kind": "dossier"})

    assert response.context["results"].total == 0
    assert not response.context["results"].relaxed
    assert "kind=news" in response.content.decode()


def test_results_come_ten_by_ten_and_keep_the_question_from_page_to_page(publish: Publish, client: Client) -> None:
    for number in range(23):
        publish(f"Formation numéro {number}", kind="news")
    seen = []
    for page in (1, 2, 3):
        response = client.get(address(), {"q": "formation", "kind": "news", "page": page})
        seen += [hit.entry.title for hit in response.context["results"].hits]

    assert len(seen) == len(set(seen)) == 23
    assert re.search(r'href="\?q=formation&amp;kind=news&amp;page=2"', response.content.decode())


def test_results_of_the_other_language_stand_apart_with_their_language(publish: Publish, client: Client) -> None:
    publish("URBACT en France")
    for number in range(5):
        publish(f"URBACT networks {number}", "European cities", language="en")

    response = client.get(address(), {"q": "urbact"})
    results = response.context["results"]
    page = response.content.decode()

    assert [hit.entry.title for hit in results.hits] == ["URBACT en France"]
    assert [(other.language, other.total, len(other.hits)) for other in results.others] == [("en", 5, 3)]
    assert re.search(r'<a href="/fr/\d+/" lang="en" hreflang="en"><mark>URBACT</mark>', page)
    assert f'href="{address("en")}?q=urbact" hreflang="en"' in page


def test_the_results_of_another_language_can_be_chosen_with_the_same_filters(publish: Publish, client: Client) -> None:
    publish("URBACT en France", kind="dossier")
    publish("URBACT networks", kind="dossier", language="en")
    publish("URBACT news", kind="news", language="en")

    own = client.get(address(), {"q": "urbact", "kind": "dossier"})
    other = client.get(address(), {"q": "urbact", "kind": "dossier", "language": "en"})

    assert [(link.code, link.count, link.chosen) for link in own.context["filters"].languages] == [
        ("fr", 1, True),
        ("en", 1, False),
    ]
    assert f'href="?{own.context["filters"].languages[1].query}"'.replace("&", "&amp;") in own.content.decode()
    assert [hit.entry.title for hit in other.context["results"].hits] == ["URBACT networks"]
    assert 'lang="en" hreflang="en"' in other.content.decode()
    assert other.context["filters"].languages[0].query == "q=urbact&kind=dossier"


def test_an_english_visitor_searches_english_pages(publish: Publish, client: Client) -> None:
    publish("Politique urbaine et training")
    publish("Training in urban policy", language="en")

    results = client.get(address("en"), {"q": "trainings"}).context["results"]

    assert [hit.entry.title for hit in results.hits] == ["Training in urban policy"]
    assert [other.language for other in results.others] == ["fr"]


def test_a_query_that_nothing_holds_entirely_is_relaxed_and_says_so(publish: Publish, client: Client) -> None:
    publish("Formation à Lille")
    publish("Jardin partagé")

    results = client.get(address(), {"q": "formation astronomie"}).context["results"]

    assert results.relaxed
    assert [hit.entry.title for hit in results.hits] == ["Formation à Lille"]


def test_an_empty_answer_helps(client: Client, db: None) -> None:
    page = client.get(address(), {"q": "introuvable"}).content.decode()

    assert 'class="search-nothing"' in page


def test_a_long_question_is_shortened_and_says_so(publish: Publish, client: Client) -> None:
    publish("Formation")

    response = client.get(address(), {"q": "formation " * 30})

    assert response.context["results"].query.shortened
    assert len(response.context["results"].query.clauses) == 12
    assert 'class="search-notice"' in response.content.decode()


def test_a_section_quoted_is_linked_by_its_anchor(publish: Publish, client: Client) -> None:
    publish(
        "Dossier",
        sections=[Section("", "", "Introduction"), Section("Agir contre le bruit", "bruit", "Le bruit des rues")],
        url="/fr/dossier/",
    )

    page = client.get(address(), {"q": "bruit"}).content.decode()

    assert 'href="/fr/dossier/#bruit"' in page


def test_lists_of_results_are_kept_from_crawlers(client: Client, db: None) -> None:
    assert "noindex" in client.get(address(), {"q": "x"})["X-Robots-Tag"]


def test_the_number_of_queries_does_not_depend_on_the_results(publish: Publish, client: Client) -> None:
    def queries_for(count: int) -> int:
        for number in range(count):
            publish(f"Formation {number}")
            publish(f"Formation {number}", language="en")
        client.get(address(), {"q": "formation"})
        with CaptureQueriesContext(connection) as queries:
            client.get(address(), {"q": "formation"})
        return len(queries)

    # Where little is found, one more looks for what was meant.
    assert queries_for(4) == queries_for(9)


def test_what_holds_all_the_words_in_another_language_comes_before_what_holds_some(publish: Publish, client: Client):
    publish("Le contrat de la ville")
    publish("A contract", "Written in the ville nouvelle.", language="en")

    page = client.get("/en/search/", {"q": "contrat ville"}).content.decode()

    assert 0 < page.index('id="search-other-fr"') < page.index('id="results"')
    page = client.get("/en/search/", {"q": "ville"}).content.decode()
    assert 0 < page.index('id="results"') < page.index('id="search-other-fr"')
