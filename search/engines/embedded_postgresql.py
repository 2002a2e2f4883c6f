"""The embedded engine on PostgreSQL: one tsvector per entry, written by us, with a GIN index.

Stems and exact forms share the vector; a form carries a mark (`=`) in front. Weights are A for the title, B for what
sums the entry up, C for its text, D for its attachment.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

from search.engines.base import Beginning, Candidate, EngineRequest, Progress
from search.engines.embedded import TABLE, EmbeddedEngine, conditions, rows
from search.engines.indexed_text import GAP, IndexedText, encoded
from search.models import SearchEntry, SearchEntryFacet
from search.query import Alternative, Clause, Match

# PostgreSQL counts positions up to 16,383 and keeps 256 of them for a word. Positions start again from 1 beyond, so
# a phrase far into a very long document is found all the same (two words 16,000 words apart might pass for one).
POSITIONS = 16_000
PER_WORD = 255
# For D, C, B, A: the same proportions as the columns of the SQLite engine.
WEIGHTS = "{0.07, 0.15, 0.4, 1.0}"

# By a function that always uses the index: see the migration that makes it.
SATISFIES = "e.id IN (SELECT search_matching(%s::tsquery))"


def vector(text: IndexedText) -> str:
    """Return the tsvector of an entry, as PostgreSQL reads it. Tokens hold letters, digits and underscores only."""
    places: dict[str, list[str]] = defaultdict(list)
    for mark, part in (("", "stems"), ("=", "forms")):
        position = 0
        for weight, field in zip("ABCD", (text.title, text.lead, text.body, text.attachment), strict=True):
            for token in getattr(field, part):
                position += 1
                if token != GAP and len(places[mark + token]) < PER_WORD:
                    places[mark + token].append(f"{position % POSITIONS + 1}{weight}")
    return " ".join(f"'{token}':{','.join(found)}" for token, found in places.items())


def phrase(tokens: tuple[str, ...], mark: str = "") -> str:
    """Return the tsquery of tokens side by side."""
    return "(" + " <-> ".join(f"'{mark}{encoded(token)}'" for token in tokens) + ")"


def alternative(wanted: Alternative) -> str:
    """Return the tsquery of one alternative."""
    if wanted.match is Match.EXACT:
        return phrase(wanted.forms, "=")
    if wanted.match is Match.PHRASE:
        return phrase(wanted.stems)
    return "(" + " & ".join(f"'{encoded(stem)}'" for stem in wanted.stems) + ")"


def expression(clause: Clause) -> str:
    """Return the tsquery of one clause."""
    return "(" + " | ".join(map(alternative, clause.alternatives)) + ")"


def full_expression(request: EngineRequest) -> str:
    """Return the tsquery of the whole query."""
    query = request.query
    text = "(" + (" | " if request.any_word else " & ").join(map(expression, query.clauses)) + ")"
    return " & ".join([text, *(f"!{alternative(excluded)}" for excluded in query.excluded)])


def ranking(clause: Clause) -> str:
    """Return the tsquery whose words weigh in the rank of one clause: its stems, and the forms as typed."""
    words = [f"'{encoded(stem)}'" for wanted in clause.alternatives for stem in wanted.stems]
    words += [f"'={encoded(form)}'" for wanted in clause.alternatives for form in wanted.forms]
    return " | ".join(dict.fromkeys(words))


class PostgreSQLEngine(EmbeddedEngine):
    """tsvector and GIN."""

    source = "search_searchentry e"
    key = "entry_id"
    condition = SATISFIES

    def remove(self, entry_ids: Sequence[int]) -> None:
        """Forget these entries."""
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {TABLE} WHERE entry_id = ANY(%s)", [list(entry_ids)])  # noqa: S608

    def write(self, texts: Mapping[int, IndexedText]) -> None:
        """Store the vectors of entries."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {TABLE} (entry_id, vector) SELECT pk, text::tsvector"  # noqa: S608
                " FROM unnest(%s::bigint[], %s::text[]) AS written (pk, text)"
                " ON CONFLICT (entry_id) DO UPDATE SET vector = EXCLUDED.vector",
                [list(texts), [vector(text) for text in texts.values()]],
            )

    def rebuild(self, progress: Progress = lambda line: None) -> int:
        """Index every row again, and let the planner see how many there are: it would read them all for each word."""
        number = super().rebuild(progress)
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {TABLE}, {SearchEntry._meta.db_table}, {SearchEntryFacet._meta.db_table}")
        return number

    def asked(self, request: EngineRequest) -> str:
        """Return the tsquery of the whole query."""
        return full_expression(request)

    def begun(self, beginning: Beginning) -> str:
        """Return the tsquery of a title (weight A) that says what is being typed."""
        said = [f"('{encoded(word.stem)}':A | '={encoded(word.form)}':*A)" for word in beginning.words]
        return " & ".join([*said, f"'={encoded(beginning.last)}':*A"])

    def ranked(self, request: EngineRequest) -> list[Candidate]:
        """Return the best candidates: number of clauses, then the weight of each clause, rare ones weighing more."""
        match, parameters = self.match(request)
        where, where_parameters = conditions(request)
        query = request.query
        weighed = "%s * ts_rank(%s::real[], f.vector, %s::tsquery)"
        satisfied, clause_parameters = str(len(query.clauses)), []
        if request.any_word:
            # Asked of the index: each look into a vector unpacks it again.
            weighed = f"CASE WHEN {SATISFIES} THEN {weighed} ELSE 0 END"
            satisfied = " + ".join([f"({SATISFIES})::int"] * len(query.clauses))
            clause_parameters = [expression(clause) for clause in query.clauses]
        score_parameters: list[Any] = []
        for clause, rarity in zip(query.clauses, self.rarities(request), strict=True):
            score_parameters += [expression(clause)] if request.any_word else []
            score_parameters += [rarity, WEIGHTS, ranking(clause)]
        score = " + ".join([weighed] * len(query.clauses))
        adjacent = "false"
        if query.adjacent:
            score += f" + 0.5 * ({SATISFIES})::int"
            score_parameters.append(alternative(query.adjacent))
            adjacent = SATISFIES
            clause_parameters.append(alternative(query.adjacent))
        found = rows(
            f"SELECT f.entry_id, {score} AS score, {satisfied} AS satisfied, {adjacent} AS adjacent"  # noqa: S608
            f" FROM {TABLE} f JOIN {self.source} ON e.id = f.entry_id"
            f" WHERE {match} AND {where} ORDER BY satisfied DESC, score DESC, f.entry_id LIMIT %s",
            [*score_parameters, *clause_parameters, *parameters, *where_parameters, request.limit],
        )
        return [Candidate(*row) for row in found]

    def rarities(self, request: EngineRequest) -> list[float]:
        """Return a weight per clause: 1 when all must match; otherwise more for a clause that fewer entries satisfy."""
        clauses = request.query.clauses
        if not request.any_word:
            return [1.0] * len(clauses)
        asked = [full_expression(request), *map(expression, clauses)]
        counts = ", ".join(["(SELECT COUNT(*) FROM search_matching(%s::tsquery))"] * len(asked))
        total, *having = rows(f"SELECT {counts}", asked)[0]
        return [1.0 + math.log((total + 1) / (count + 1)) for count in having]
