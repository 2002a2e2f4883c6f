"""The lists of the admin, read by a team that reads French."""

import re

import pytest
from django.db.models import BooleanField
from django.utils.translation import gettext, override
from wagtail.snippets.models import get_snippet_models

from portal.admin_words import SENTENCES
from portal.viewsets import YesNoColumn

# The same word in both languages.
SAME = {"Page", "Places", "Code", "Programme", "Bulk actions"}


def columns(model, rf, admin_user):
    view = model.snippet_viewset.index_view_class(**{**model.snippet_viewset.get_index_view_kwargs(), "model": model})
    view.setup(rf.get("/"))
    view.request.user = admin_user
    return view.columns


@pytest.mark.django_db
@pytest.mark.parametrize(
    "model", [row for row in get_snippet_models() if row.__module__.partition(".")[0] != "wagtail_localize"]
)
def test_the_columns_of_a_list_are_named_in_french_and_no_cell_says_true(model, rf, admin_user):
    with override("en"):
        english = [str(column.label) for column in columns(model, rf, admin_user)]
    with override("fr"):
        french = columns(model, rf, admin_user)
    flags = {field.name for field in model._meta.get_fields() if isinstance(field, BooleanField)}
    for before, column in zip(english, french, strict=True):
        with override("fr"):
            assert not before or before in SAME or str(column.label) != before
        assert column.name not in flags or isinstance(column, YesNoColumn)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_no_sentence_counts_on_a_gender(sentence):
    with override("fr"):
        assert gettext(sentence) != sentence
        assert not re.search(r"\((e|tte|elle)\)|/cette", gettext(sentence))
