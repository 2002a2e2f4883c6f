"""«Did you mean»: words that nothing says, replaced by the nearest ones that something says. Shown, never applied."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db import transaction
from django.db.models import Q

from search.analysis import Token, analyse, clean, fold, stem
from search.analysis.text import lower
from search.models import SearchEntry, SearchTerm
from search.terms import Lexicon

SHORTEST, LONGEST = 4, 30
# Letters from which two of them may be wrong, instead of one.
LONG_WORD = 8
# With more results than this, what was typed is what was meant.
FEW = 3
MOST_CANDIDATES = 3000
BATCH = 500
# After these, and at the beginning, any word has a capital.
BEGINS = (*'.!?:…«“"(–—·|', "")


def learn(entries: Iterable[SearchEntry]) -> None:
    """Note the words of entries that are not known yet; how many say each is counted by `recount`."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for entry in entries:
        found.update({(entry.language, form): word for form, word in words_of(entry).items()})
    # In order: two publications at once must not wait for each other.
    SearchTerm.objects.bulk_create(
        (
            SearchTerm(language=language, form=form, stem=stem, shown=shown)
            for (language, form), (stem, shown) in sorted(found.items())
        ),
        batch_size=BATCH,
        ignore_conflicts=True,
    )


def recount() -> None:
    """Count anew how many entries say each word, and forget those that none says. Visitors search meanwhile."""
    counts: dict[tuple[str, str], int] = defaultdict(int)
    said: dict[tuple[str, str], tuple[str, str]] = {}
    for entry in SearchEntry.objects.searched().order_by("pk").iterator(chunk_size=BATCH):
        for form, word in words_of(entry).items():
            counts[entry.language, form] += 1
            said.setdefault((entry.language, form), word)
    rows = [
        SearchTerm(language=key[0], form=key[1], stem=stem, shown=shown, count=counts[key])
        for key, (stem, shown) in said.items()
    ]
    with transaction.atomic():
        SearchTerm.objects.all().delete()
        SearchTerm.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)


def words_of(entry: SearchEntry) -> dict[str, tuple[str, str]]:
    """Return {folded form: (stem, the word with its accents)} of an entry's words, without numbers and acronyms.

    Names keep their capital: what has one in the middle of a sentence, and never lacks it there.
    """
    texts = [entry.title, entry.summary, entry.place, *entry.keywords, *entry.pages]
    texts += [text for section in entry.sections for text in (section["heading"], section["text"])]
    found: dict[str, tuple[str, str]] = {}
    small: set[str] = set()
    for text in texts:
        for token in analyse(text, entry.language):
            raw = text[token.start : token.end]
            if token.is_stop or not _may_be_misspelt(token.form, raw):
                continue
            written = _written(token, raw)
            is_name = raw[0].isupper() and text[: token.start].rstrip()[-1:] not in BEGINS
            if is_name and token.form not in small:
                found[token.form] = (token.stem, written[0].upper() + written[1:])
            elif raw[0].islower():
                small.add(token.form)
                found[token.form] = (token.stem, written)
            found.setdefault(token.form, (token.stem, written))
    return found


def proposal(text: str, language: str, lexicon: Lexicon) -> str:
    """Return `text` with the words that nothing says replaced by the nearest that something says; "" without any.

    Whether the proposal finds anything is for the caller to see.
    """
    read = clean(text)
    pieces, end = [], 0
    for token in analyse(read, language):
        raw = read[token.start : token.end]
        if token.is_stop or not _may_be_misspelt(token.form, raw) or lexicon.longest((token.stem,))[0]:
            continue
        nearest = "" if _is_said(token, language) else _nearest(token.form, language)
        if nearest:
            pieces += [read[end : token.start], nearest]
            end = token.end
    return "".join([*pieces, read[end:]]) if pieces else ""


def is_near_a_word(form: str, language: str) -> bool:
    """Tell whether a folded word may be a mistyped one of those that entries say, names apart."""
    return _may_be_misspelt(form, form) and _nearest(form, language)[:1].islower()


def _written(token: Token, raw: str) -> str:
    """Return a word in small letters as a text writes it, with its accents and its ligatures («cœur»)."""
    small = raw.lower()
    return small if lower(small) == token.accented else token.accented


def _may_be_misspelt(form: str, raw: str) -> bool:
    return SHORTEST <= len(form) <= LONGEST and form.isalpha() and form.isascii() and not raw.isupper()


def _is_said(token: Token, language: str) -> bool:
    """Tell whether entries say a word in any form, or those of another language the very word: it is not mistyped."""
    return SearchTerm.objects.filter(Q(language=language, stem=token.stem) | Q(form=token.form)).exists()


def _nearest(form: str, language: str) -> str:
    """Return the word at the smallest distance, of those the one that most entries say; "" when none is near."""
    allowed = 2 if len(form) >= LONG_WORD else 1
    near = (
        (distance(form, row.form, allowed), -row.count, row.form, row.shown) for row in _alike(form, language, allowed)
    )
    found = min((row for row in near if row[0] <= allowed), default=None)
    return _in_number(found[3], form, language) if found else ""


def _in_number(word: str, typed: str, language: str) -> str:
    """Return the word in the singular where that was typed, and entries only say the plural; names as they are."""
    singular = word.removesuffix("s")
    if word[0].isupper() or typed.endswith("s") or stem(fold(singular), language) != stem(fold(word), language):
        return word
    return singular


def _alike(form: str, language: str, allowed: int) -> Iterator[SearchTerm]:
    """Yield the words that share one third with `form`: of three pieces, a mistake or two leave one whole."""
    third = len(form) // 3
    first, middle, last = form[:third], form[third : 2 * third], form[2 * third :]
    shared = Q(form__startswith=first) | Q(form__contains=middle) | Q(form__endswith=last)
    rows = SearchTerm.objects.filter(shared, language=language).order_by("-count", "pk")
    for row in rows[:MOST_CANDIDATES]:
        if abs(len(row.form) - len(form)) <= allowed:
            yield row


def distance(one: str, other: str, most: int) -> int:
    """Return how many letters to add, drop, change or exchange with their neighbour; above `most`, `most` + 1.

    The «optimal string alignment» distance: Damerau, «A technique for computer detection and correction of spelling
    errors», Communications of the ACM 7(3), 1964.
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        before, last, row = row, before, [i]
        for j, wanted in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
