"""How pages enter, follow their changes and leave, each on commit."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page, PageViewRestriction

from search import services
from search.models import SearchEntry, SearchEntryFacet
from search.sync import update
from tests.search.pages import dossier, entry_of, found, resource


def saved_in_vain(page: Page) -> None:
    page.save()
    raise RuntimeError


def test_a_page_published_is_found_in_its_language(sections: dict[str, Page]) -> None:
    page = dossier(sections["resources"], summary="Entretenir les quartiers au quotidien")

    assert found("quartier quotidien") == ["Gestion urbaine de proximité"]
    entry = entry_of(page)
    assert entry is not None
    assert (entry.kind, entry.language, entry.url) == ("dossier", "fr", page.get_url_parts()[2])
    assert SearchEntry.objects.filter(source_key=str(page.pk)).count() == 1


def test_a_page_saved_several_times_at_once_is_read_once(
    sections: dict[str, Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[object] = []
    monkeypatch.setattr("search.sync.update", lambda model, key: read.append(key))
    with transaction.atomic():
        page = dossier(sections["resources"])
        page.save_revision().publish()
        with pytest.raises(RuntimeError), transaction.atomic():
            saved_in_vain(page)
        page.save()

    assert read.count(page.pk) == 1


def test_a_save_after_an_undone_one_counts(sections: dict[str, Page]) -> None:
    page = dossier(sections["resources"])
    with transaction.atomic():
        with pytest.raises(RuntimeError), transaction.atomic():
            saved_in_vain(page)
        page.title = "Nouveau titre"
        page.save()

    assert found("nouveau titre") == ["Nouveau titre"]


def test_nothing_is_written_before_the_commit(sections: dict[str, Page]) -> None:
    with transaction.atomic():
        page = dossier(sections["resources"])
        assert entry_of(page) is None
    assert entry_of(page) is not None


def test_a_page_undone_by_a_rollback_never_enters(sections: dict[str, Page]) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        saved_in_vain(dossier(sections["resources"]))

    assert found("proximité") == []


def test_a_draft_never_enters(sections: dict[str, Page]) -> None:
    page = dossier(sections["resources"], live=False)
    page.save_revision()

    assert found("proximité") == []


def test_the_draft_of_a_published_page_stays_unknown(sections: dict[str, Page]) -> None:
    page = dossier(sections["resources"])
    page.title, page.summary = "Titre secret", "Résumé secret"
    page.save_revision()

    assert found("secret") == []
    assert found("proximité") == ["Gestion urbaine de proximité"]


def test_a_draft_published_replaces_what_was_known(sections: dict[str, Page]) -> None:
    page = dossier(sections["resources"])
    page.title = "Nouveau titre"
    page.save_revision().publish()

    assert found("nouveau") == ["Nouveau titre"]
    assert found("gestion urbaine") == []


def test_a_page_unpublished_leaves_and_comes_back(sections: dict[str, Page]) -> None:
    page = dossier(sections["resources"])
    page.unpublish()
    assert found("proximité") == []

    page.save_revision().publish()
    assert found("proximité") == ["Gestion urbaine de proximité"]


def test_a_page_deleted_leaves_with_those_below(sections: dict[str, Page]) -> None:
    dossier(sections["resources"])
    sections["resources"].delete()

    assert found("proximité") == []


def test_an_alias_never_enters(sections: dict[str, Page]) -> None:
    page = dossier(sections["resources"])
    alias = page.create_alias(parent=sections["home"], update_slug="copie")
    english = page.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True, alias=True)

    assert alias.live
    assert english.live
    assert found("proximité") == ["Gestion urbaine de proximité"]
    page.title = "Gestion urbaine renommée"
    page.save_revision().publish()
    assert found("renommée") == ["Gestion urbaine renommée"]
    assert SearchEntry.objects.filter(source_key__in=[alias.pk, english.pk]).count() == 0


def test_a_translation_enters_in_its_own_language_when_it_is_published(sections: dict[str, Page]) -> None:
    page = dossier(sections["resources"])
    english = page.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True)
    assert found("neighbourhood", "en") == []

    english.title = "Neighbourhood management"
    english.save_revision().publish()
    assert found("neighbourhoods", "en") == ["Neighbourhood management"]
    assert entry_of(english).language == "en"  # type: ignore[union-attr]
    assert entry_of(english).url.startswith("/en/")  # type: ignore[union-attr]


RESTRICTIONS: dict[str, Callable[[Page], PageViewRestriction]] = {
    "password": lambda page: PageViewRestriction(page=page, restriction_type="password", password="x"),
    "login": lambda page: PageViewRestriction(page=page, restriction_type="login"),
    "groups": lambda page: PageViewRestriction(page=page, restriction_type="groups"),
}


@pytest.mark.parametrize("kind", RESTRICTIONS)
def test_a_restriction_hides_the_branch_and_lifting_it_shows_it_again(kind: str, sections: dict[str, Page]) -> None:
    dossier(sections["resources"])
    restriction = RESTRICTIONS[kind](sections["resources"])
    restriction.save()
    if kind == "groups":
        restriction.groups.add(Group.objects.create(name="Partners"))
    assert found("proximité") == []

    restriction.delete()
    assert found("proximité") == ["Gestion urbaine de proximité"]


def test_a_restriction_changed_in_nature_hides_all_the_same(sections: dict[str, Page]) -> None:
    dossier(sections["resources"])
    restriction = RESTRICTIONS["login"](sections["resources"])
    restriction.save()
    restriction.restriction_type = "groups"
    restriction.save()

    assert found("proximité") == []


def test_a_page_published_below_a_restriction_never_enters(sections: dict[str, Page]) -> None:
    RESTRICTIONS["login"](sections["resources"]).save()
    page = dossier(sections["resources"])
    page.save_revision().publish()

    assert found("proximité") == []


def test_a_page_moved_below_a_restriction_leaves(sections: dict[str, Page]) -> None:
    page = dossier(sections["resources"])
    RESTRICTIONS["login"](sections["news"]).save()
    page.move(sections["news"], pos="last-child")
    assert found("proximité") == []

    Page.objects.get(pk=page.pk).move(Page.objects.get(pk=sections["resources"].pk), pos="last-child")
    assert found("proximité") == ["Gestion urbaine de proximité"]


def test_a_branch_moved_or_renamed_takes_its_new_addresses(sections: dict[str, Page]) -> None:
    page = dossier(sections["resources"], slug="gup")
    parent = sections["resources"]
    parent.slug = "centre-de-ressources"
    parent.save_revision().publish()
    assert entry_of(page).url == "/fr/centre-de-ressources/gup/"  # type: ignore[union-attr]

    parent = Page.objects.get(pk=parent.pk)
    parent.move(sections["news"], pos="last-child")
    assert entry_of(page).url == "/fr/actualites/centre-de-ressources/gup/"  # type: ignore[union-attr]


def test_what_an_editor_does_in_the_admin_is_followed(sections: dict[str, Page], client: Client) -> None:
    page = dossier(sections["resources"])
    client.force_login(User.objects.create_superuser("admin", "admin@example.org", "x"))

    client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    assert found("proximité") == []
    page.refresh_from_db()
    page.save_revision().publish()
    assert found("proximité") != []
    client.post(
        reverse("wagtailadmin_pages:set_privacy", args=[sections["resources"].pk]),
        {"restriction_type": "login", "password": "", "groups": []},
    )
    assert PageViewRestriction.objects.count() == 1
    assert found("proximité") == []
    client.post(
        reverse("wagtailadmin_pages:set_privacy", args=[sections["resources"].pk]), {"restriction_type": "none"}
    )
    assert found("proximité") != []
    client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert not Page.objects.filter(pk=page.pk).exists()
    assert found("proximité") == []


def test_a_page_without_kind_never_enters(sections: dict[str, Page]) -> None:
    assert entry_of(sections["home"]) is None


def test_a_copy_is_found_and_its_draft_twin_is_not(sections: dict[str, Page]) -> None:
    page = dossier(sections["resources"])
    page.copy(update_attrs={"title": "Copie en ligne", "slug": "copie"}, keep_live=True)
    page.copy(update_attrs={"title": "Copie en attente", "slug": "attente"}, keep_live=False)

    assert found("copie") == ["Copie en ligne"]


def test_resources_keep_their_type_as_a_facet_in_the_language_of_the_page(sections: dict[str, Page]) -> None:
    page = resource(sections["resources"], external_url="https://example.org/", resource_type="tool")

    facet = SearchEntryFacet.objects.get(entry=entry_of(page), name="resource_type")
    assert facet.code == "tool"
    assert facet.label_fr == page.get_resource_type_display()


def test_an_error_while_indexing_is_logged_and_the_page_is_published_all_the_same(
    sections: dict[str, Page], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(page: Page) -> list[tuple[str, str, str]]:
        raise ValueError("broken block")

    with monkeypatch.context() as patch:
        patch.setattr("resources.models.DossierPage.search_sections", fail)
        page = dossier(sections["resources"])
    assert page.live
    assert "broken block" in caplog.text

    services.refresh(page)
    assert found("proximité") == ["Gestion urbaine de proximité"]


def test_a_page_that_has_not_changed_is_not_written_again(
    sections: dict[str, Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = dossier(sections["resources"])
    monkeypatch.setattr("search.sync.save", lambda *args: pytest.fail("written again"))

    update(Page, page.pk)


def test_rebuilding_mends_what_was_lost_and_forgets_what_is_gone(
    sections: dict[str, Page], capsys: pytest.CaptureFixture[str]
) -> None:
    page, gone = dossier(sections["resources"]), dossier(sections["resources"], "Disparu")
    Page.objects.filter(pk=gone.pk).update(live=False)
    SearchEntry.objects.filter(source_key=str(page.pk)).delete()
    assert found("disparu") == ["Disparu"]

    call_command("search_rebuild")

    assert found("proximité") == ["Gestion urbaine de proximité"]
    assert found("disparu") == []
    assert "entries" in capsys.readouterr().out


def test_the_contact_page_is_found_by_what_people_call_it_whatever_its_title(sections: dict[str, Page]) -> None:
    page = sections["contact"]
    for version, title in ((page, "Nous écrire"), (page.get_translations().get().specific, "A word to the centre")):
        version.title = title
        version.save()
    assert found("contact")[0] == found("téléphone")[0] == found("nous contacter")[0] == "Nous écrire"
    assert found("contact us", "en")[0] == "A word to the centre"
