"""A real Elasticsearch 9: it reads words as the embedded engine does, and is told of every change."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from search import sync
from search.engines import Filters, embedded_engine, get_engine, unsent
from search.engines.base import EngineRequest
from search.engines.elastic import ElasticsearchEngine
from search.engines.elastic.client import client, with_port
from search.engines.elastic.rebuilding import TooFewEntries, rebuild
from search.entries import FacetValue
from search.enums import Sort
from search.models import SearchEntry, Term, UnsentChange
from search.query import parse
from search.terms import Lexicon, lexicon
from tests.search.conftest import publish_entry
from tests.search.pairs import ENGLISH_PAIRS, FRENCH_PAIRS, STRANGER_PAIRS
from tests.search.test_results_page import HOSTILE

pytestmark = pytest.mark.django_db


def asked(text, language="fr", known=None, **values):
    filters = Filters(language, **values.pop("filters", {}))
    return EngineRequest(parse(text, language, known or Lexicon(language)), filters, timezone.now(), **values)


def titles(found):
    rows = SearchEntry.objects.in_bulk([candidate.entry_id for candidate in found.candidates])
    return [rows[candidate.entry_id].title for candidate in found.candidates]


def send():
    """Do what happens after a commit."""
    return unsent.send()


@pytest.fixture
def terms(qpv):
    for form, long_form in (
        ("GUP", "Gestion urbaine de proximité"),
        ("CEJ", "Contrat d’engagement jeune"),
        ("TFPB", "Taxe foncière sur les propriétés bâties"),
    ):
        Term.objects.create(form_fr=form, long_form_fr=long_form)


def test_words_find_their_other_forms_and_no_strangers(elastic, terms):
    engine = ElasticsearchEngine()
    pairs = [(*pair, "fr") for pair in FRENCH_PAIRS] + [(*pair, "en") for pair in ENGLISH_PAIRS]
    strangers = [(*pair, "fr") for pair in STRANGER_PAIRS]
    said = {
        (text, language): publish_entry(f"Titre {number}", f"Ici, {text}.", language=language).pk
        for number, (text, language) in enumerate({(text, code) for _asked, text, code in (*pairs, *strangers)})
    }
    send()
    known = {language: lexicon(language) for language in ("fr", "en")}

    def finds(words, text, language):
        found = engine.search(asked(words, language, known[language], limit=1000))
        return said[text, language] in {candidate.entry_id for candidate in found.candidates}

    assert [pair for pair in pairs if not finds(*pair)] == []
    assert [pair for pair in strangers if finds(*pair)] == []


def test_phrases_pass_over_stop_words_and_quotes_do_not(elastic):
    publish_entry("Un", "La politique de la ville en un mot.")
    publish_entry("Deux", "Une politique pour chaque grande ville.")
    send()
    engine = ElasticsearchEngine()
    assert titles(engine.search(asked('"politique de la ville"'))) == ["Un"]
    assert titles(engine.search(asked('"politique ville"'))) == []
    assert titles(engine.search(asked("ville -grande"))) == ["Un"]
    # Together they come first; scattered words are found all the same.
    assert titles(engine.search(asked("politique de la ville"))) == ["Un", "Deux"]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_whatever_is_typed_is_no_error(elastic_once, text):
    for language in ("fr", "en"):
        for any_word in (False, True):
            ElasticsearchEngine().search(asked(text, language, any_word=any_word))


@pytest.fixture
def elastic_once(elastic):
    """Name the index: hostile texts need no entry."""
    return elastic


def test_facets_and_kinds_are_counted_without_their_own_choice(elastic):
    lens, lille = FacetValue("lens", "Lens"), FacetValue("lille", "Lille")
    publish_entry("Formation un", kind="cycle", facets={"territory": [lens]})
    publish_entry("Formation deux", kind="cycle", facets={"territory": [lille]})
    publish_entry("Formation trois", kind="dossier", facets={"territory": [lens, lille]})
    send()
    request = asked(
        "formation",
        filters={"kinds": frozenset({"cycle"}), "facets": {"territory": frozenset({"lens"})}},
        count_facets=["territory", "theme"],
    )
    for engine in (ElasticsearchEngine(), embedded_engine()):
        found = engine.search(request)
        assert titles(found) == ["Formation un"]
        assert found.total == 1
        assert found.kinds == {"cycle": 1, "dossier": 1}
        assert [(value.code, value.label_fr, value.count) for value in found.facets["territory"]] == [
            ("lens", "Lens", 1),
            ("lille", "Lille", 1),
        ]
        assert found.facets["theme"] == []


def test_a_list_by_date_begins_with_what_is_to_come(elastic):
    now = timezone.now()
    for title, days in (("Passée", -40), ("Lointaine", 90), ("Prochaine", 3), ("Hier", -1)):
        publish_entry(title, starts=now + timedelta(days=days), kind="occurrence")
    publish_entry("Sans date", kind="dossier")
    publish_entry("Citation", kind="quotation")
    send()
    window = {"starts_from": now, "starts_before": now + timedelta(days=10)}
    for engine in (ElasticsearchEngine(), embedded_engine()):
        everything = engine.search(asked("", everything=True, sort=Sort.DATE))
        assert titles(everything) == ["Prochaine", "Lointaine", "Hier", "Passée", "Sans date"]
        assert titles(engine.search(asked("", everything=True, filters=window))) == ["Prochaine"]


def test_some_of_the_words_tell_how_many_they_are(elastic):
    publish_entry("Formation à Lille")
    publish_entry("Formation ailleurs")
    send()
    found = ElasticsearchEngine().search(asked("formation lille mars", any_word=True))
    assert sorted(candidate.clauses for candidate in found.candidates) == [1, 2]


def test_a_change_and_a_deletion_reach_it_after_the_commit(elastic, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        entry = publish_entry("Ancien titre")
    assert titles(get_engine().search(asked("ancien"))) == ["Ancien titre"]
    with django_capture_on_commit_callbacks(execute=True):
        sync.write(sync.Source(entry.source_model, entry.source_key), [])
    assert ElasticsearchEngine().search(asked("ancien")).total == 0
    assert not UnsentChange.objects.exists()


def test_of_two_states_the_later_one_stays_whichever_arrives_last(elastic):
    entry = publish_entry("Premier état")
    earlier = SearchEntry.objects.prefetch_related("facets").get(pk=entry.pk)
    SearchEntry.objects.filter(pk=entry.pk).update(title="Second état", version=2)
    send()
    ElasticsearchEngine().index([earlier])
    client().indices.refresh(index=elastic)
    assert ElasticsearchEngine().search(asked("second")).total == 1
    # Deleted, then an old state arrives: it stays deleted.
    ElasticsearchEngine().forget([(entry.pk, 3)])
    ElasticsearchEngine().index([earlier])
    assert ElasticsearchEngine().search(asked("etat")).total == 0


def test_a_rebuild_swaps_the_index_and_catches_up(elastic, monkeypatch):
    for number in range(3):
        publish_entry(f"Entrée {number}")
    fill = "search.engines.elastic.rebuilding._fill"
    # Nothing is read but what the catching up finds: the last change is made while the index fills.
    monkeypatch.setattr(fill, lambda engine, progress: publish_entry("Entrée tardive"))
    before = set(client().indices.get(index=f"{elastic}*"))
    assert rebuild() == 4
    after = set(client().indices.get(index=f"{elastic}*"))
    assert len(after) == 1
    assert not before & after
    assert ElasticsearchEngine().search(asked("tardive")).total == 1


def test_a_rebuild_that_would_lose_much_replaces_nothing(elastic):
    for number in range(10):
        publish_entry(f"Entrée {number}")
    rebuild()
    SearchEntry.objects.filter(title__in=["Entrée 1", "Entrée 2"]).delete()
    with pytest.raises(TooFewEntries):
        rebuild()
    assert ElasticsearchEngine().search(asked("entree")).total == 10
    assert len(client().indices.get(index=f"{elastic}*")) == 1
    assert rebuild(is_forced=True) == 8


def test_check_tells_what_differs_and_mends_it(elastic, capsys):
    kept, lost, changed = (publish_entry(title) for title in ("Gardée", "Perdue", "Changée"))
    rebuild()
    UnsentChange.objects.all().delete()
    ElasticsearchEngine().remove([lost.pk])
    SearchEntry.objects.filter(pk=changed.pk).update(title="Nouvelle", version=7)
    embedded_engine().remove([kept.pk])
    # These entries come from nothing: as sources they are gone, which is what the check must not mix up here.
    SearchEntry.objects.update(source_model="wagtailcore.page")
    found = ElasticsearchEngine().differences()
    assert (sorted(found.stale), found.gone) == (sorted([lost.pk, changed.pk]), [])
    with pytest.raises(CommandError, match="differs"):
        call_command("search_check", "--dry-run")
    assert len(ElasticsearchEngine().differences()) == 2
    call_command("search_check")
    assert SearchEntry.objects.filter(title__in=["Gardée", "Perdue", "Nouvelle"]).count() == 0
    assert len(ElasticsearchEngine().differences()) == len(embedded_engine().differences()) == 0
    assert "no longer public" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("https://search.example.org", "https://search.example.org:443"),
        ("http://localhost", "http://localhost:9200"),
        ("http://localhost:9201/under", "http://localhost:9201/under"),
    ],
)
def test_an_address_without_a_port_has_the_usual_one(typed, read):
    assert with_port(typed) == read
