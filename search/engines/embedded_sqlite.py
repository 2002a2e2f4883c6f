"""The embedded engine on SQLite: an FTS5 table of ours, whose row numbers are the entries' primary keys."""

from collections.abc import Mapping, Sequence

from django.db import connection

from search.engines.base import Beginning, Candidate, EngineRequest
from search.engines.embedded import TABLE, EmbeddedEngine, conditions, rows
from search.engines.indexed_text import IndexedText, encoded
from search.query import Alternative, Clause, Match

STEMS = "{title lead body attachment}"
FORMS = "{title_forms forms}"
# bm25 weights in the order of the columns: title, title_forms, lead, body, attachment, forms.
WEIGHTS = "10.0, 8.0, 4.0, 1.5, 0.7, 1.0"


def quoted(tokens: tuple[str, ...]) -> str:
    """Return FTS5's phrase of these tokens, which hold letters, digits and underscores only."""
    return '"' + " ".join(map(encoded, tokens)) + '"'


def alternative(wanted: Alternative) -> str:
    """Return FTS5's expression for one alternative."""
    if wanted.match is Match.EXACT:
        return f"{{forms}} : {quoted(wanted.forms)}"
    if wanted.match is Match.PHRASE:
        return f"{STEMS} : {quoted(wanted.stems)}"
    # The exact form implies the stem: it adds nothing but weight.
    words = (
        f"(({STEMS} : {quoted((stem,))}) OR ({FORMS} : {quoted((form,))}))"
        for form, stem in zip(wanted.forms, wanted.stems, strict=True)
    )
    return "(" + " AND ".join(words) + ")"


def expression(clause: Clause) -> str:
    """Return FTS5's expression for one clause."""
    return "(" + " OR ".join(f"({alternative(wanted)})" for wanted in clause.alternatives) + ")"


def full_expression(request: EngineRequest) -> str:
    """Return FTS5's expression for the whole query."""
    query = request.query
    clauses = [expression(clause) for clause in query.clauses]
    text = "(" + (" OR " if request.any_word else " AND ").join(clauses) + ")"
    if query.adjacent:
        # Always true where the rest is: a phrase found adds its weight to the rank.
        text = f"({text} AND ({' OR '.join(clauses)} OR ({alternative(query.adjacent)})))"
    for excluded in query.excluded:
        text = f"({text} NOT ({alternative(excluded)}))"
    return text


def columns(text: IndexedText) -> tuple[list[str], ...]:
    """Return the tokens of each column, in their order."""
    forms = [*text.title.forms, *text.lead.forms, *text.body.forms, *text.attachment.forms]
    return text.title.stems, text.title.forms, text.lead.stems, text.body.stems, text.attachment.stems, forms


class SQLiteEngine(EmbeddedEngine):
    """FTS5. `CROSS JOIN` keeps SQLite from reading entries first and running the match once for each of them."""

    source = f"{TABLE} f CROSS JOIN search_searchentry e ON e.id = f.rowid"
    key = "rowid"
    condition = f"{TABLE} MATCH %s"

    def remove(self, entry_ids: Sequence[int]) -> None:
        """Forget these entries."""
        with connection.cursor() as cursor:
            cursor.executemany(f"DELETE FROM {TABLE} WHERE rowid = %s", [[pk] for pk in entry_ids])  # noqa: S608

    def write(self, texts: Mapping[int, IndexedText]) -> None:
        """Store the tokens of entries."""
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {TABLE} (rowid, title, title_forms, lead, body, attachment, forms)"  # noqa: S608
                " VALUES (%s, %s, %s, %s, %s, %s, %s)",
                [[pk, *(" ".join(tokens) for tokens in columns(text))] for pk, text in texts.items()],
            )

    def asked(self, request: EngineRequest) -> str:
        """Return FTS5's expression for the whole query."""
        return full_expression(request)

    def begun(self, beginning: Beginning) -> str:
        """Return FTS5's expression for a title that says what is being typed."""
        said = [
            f"(({{title}} : {quoted((word.stem,))}) OR ({{title_forms}} : {quoted((word.form,))} *))"
            for word in beginning.words
        ]
        return " AND ".join([*said, f"({{title_forms}} : {quoted((beginning.last,))} *)"])

    def ranked(self, request: EngineRequest) -> list[Candidate]:
        """Return the best candidates: number of clauses, then FTS5's bm25."""
        match, parameters = self.match(request)
        where, where_parameters = conditions(request)
        clauses = request.query.clauses
        satisfied, clause_parameters = str(len(clauses)), []
        satisfies = f"(f.rowid IN (SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s))"  # noqa: S608
        if request.any_word:
            satisfied, clause_parameters = " + ".join([satisfies] * len(clauses)), [expression(c) for c in clauses]
        adjacent = request.query.adjacent
        clause_parameters += [alternative(adjacent)] if adjacent else []
        found = rows(
            f"SELECT f.rowid, -bm25({TABLE}, {WEIGHTS}) AS score, {satisfied} AS satisfied,"  # noqa: S608
            f" {satisfies if adjacent else '0'} AS adjacent"
            f" FROM {self.source} WHERE {match} AND {where} ORDER BY satisfied DESC, score DESC, f.rowid LIMIT %s",
            [*clause_parameters, *parameters, *where_parameters, request.limit],
        )
        return [Candidate(pk, score, number, bool(is_adjacent)) for pk, score, number, is_adjacent in found]
