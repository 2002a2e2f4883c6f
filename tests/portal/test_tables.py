"""Tables: headers that a screen reader follows, cells that the translation offers."""

import copy

from portal.blocks.library import body_blocks
from tests.factories.blocks import example

TABLE = body_blocks().child_blocks["table"]
CELLS = TABLE.child_blocks["table"]


def table(*rows: list[str], header: str = "both") -> dict[str, object]:
    """Return a table as an editor's form gives it."""
    return CELLS.clean({"data": list(rows), "table_caption": "Qui est venu", "table_header_choice": header})


def test_headers_say_what_they_head_and_numbers_are_set_right():
    html = TABLE.render(TABLE.normalize({"table": table(["Année", "Part"], ["2022", "12,5 %"], ["2023", "–4 %"])}))
    assert "Qui est venu</span></caption>" in html
    assert '<th scope="col">Année</th>' in html
    assert '<th scope="col" class="is-number">Part</th>' in html
    assert '<th scope="row">2022</th>' in html
    assert '<td class="is-number">12,5 %</td>' in html
    assert 'tabindex="0" role="region" aria-label="Qui est venu"' in html


def test_a_table_whose_first_column_alone_heads_has_no_head():
    html = TABLE.render(TABLE.normalize({"table": table(["Lille", "oui"], ["Creil", "non"], header="column")}))
    assert "<thead>" not in html
    assert '<th scope="row">Lille</th>' in html
    assert "<td>oui</td>" in html


def test_cells_are_text_never_markup():
    assert "&lt;b&gt;" in TABLE.render(TABLE.normalize({"table": table(["<b>", "x"], ["y", "z"])}))


def test_each_text_is_offered_once_and_whole_numbers_are_not():
    value = table(["Année", "Ouvert"], ["2022", "oui"], ["2023", "oui"], ["2024", "12,5 %"])
    offered = [segment.render_text() for segment in CELLS.get_translatable_segments(value)]
    assert offered == ["Qui est venu", "Année", "Ouvert", "oui", "12,5 %"]


def test_a_row_added_above_keeps_what_was_translated():
    value = table(["Ville", "Places"], ["Lille", "dix"])
    segments = {segment.render_text(): segment for segment in CELLS.get_translatable_segments(value)}
    ten = type(segments["dix"])(segments["dix"].path, "ten")
    longer = table(["Ville", "Places"], ["Creil", "vingt"], ["Lille", "dix"])
    before = copy.deepcopy(longer)
    restored = CELLS.restore_translated_segments(longer, [ten])
    assert restored["data"] == [["Ville", "Places"], ["Creil", "vingt"], ["Lille", "ten"]]
    assert restored["table_caption"] == "Qui est venu"
    assert longer == before


def test_the_preview_is_a_table_that_the_form_accepts():
    assert TABLE.clean(example(TABLE)).caption == "Qui est venu, d’une année à l’autre"
