"""What may tell of somebody is never kept of a search: when in doubt, it is forgotten."""

import re
from pathlib import Path

from search.analysis import Token, fold

# Longer than this, it was pasted rather than asked: a letter, a line of a list.
LONGEST, MOST_WORDS = 100, 12
# From this many digits on, a number is a telephone's, a SIRET, a file's; years are set aside before they are counted.
LONG_NUMBER = 6
# A first name with one or two words beside it is taken for a person's name.
NAME_WORDS = (2, 3)
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
NUMBER = re.compile(r"\d[\d\s.,/()+–-]*")
DAY = re.compile(r"(?<!\d)\d{1,2}\s*[./-]\s*\d{1,2}\s*[./-]\s*\d{2,4}(?!\d)")
ADDRESS = re.compile(r"https?:|www\.|\bwww\b|://|@|\barobase\b")
STREET = re.compile(
    r"\b\d{1,4}\s*(?:bis|ter)?\s*,?\s*(?:rue|avenue|av|boulevard|bd|allee|impasse|chemin|route|square|quai|cours)\b"
)
CIVILITY = re.compile(r"\b(?:monsieur|madame|mademoiselle|mme|mlle|mr|mrs|ms|miss|maitre|docteur)\b|(?<!\w)[mM]\.\s*\w")
# Those that people in France bear most, without the ones that are words, towns or the names of places.
FIRST_NAMES = frozenset(Path(__file__).with_name("first_names.txt").read_text(encoding="utf-8").split())


def is_personal(text: str, tokens: list[Token]) -> bool:
    """Tell whether a search may hold what tells of somebody: an address, a number, a name, a long text."""
    if len(text) > LONGEST or len(tokens) > MOST_WORDS:
        return True
    # Accents do not tell an address from another; full-width digits do count.
    folded = fold(text)
    if DAY.search(folded) or ADDRESS.search(folded) or STREET.search(folded):
        return True
    without_years = YEAR.sub(" ", folded)
    if any(sum(map(str.isdigit, number)) >= LONG_NUMBER for number in NUMBER.findall(without_years)):
        return True
    return bool(CIVILITY.search(text) or CIVILITY.search(folded)) or _is_a_name(tokens)


def _is_a_name(tokens: list[Token]) -> bool:
    words = [token for token in tokens if not token.is_stop]
    return len(words) in NAME_WORDS and any(token.form in FIRST_NAMES for token in words)
