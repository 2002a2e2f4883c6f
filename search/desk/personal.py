"""What may tell of somebody is never kept of a search: when in doubt, it is forgotten."""

import re
from pathlib import Path

from search.analysis import Token, fold

# Longer than this, it was pasted rather than asked: a letter, a line of a list.
LONGEST, MOST_WORDS = 100, 12
# From this many digits on, a number is a telephone's, a SIRET, a file's; years are set aside before they are counted.
LONG_NUMBER = 6
# So many numbers that follow each other, one of them in letters, are dictated: fewer when the first is a nought.
DICTATED, DICTATED_FROM_ZERO = 5, 3
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
NUMBER = re.compile(r"\d[\d\s.,/()+–-]*")
_COUNTED = (
    "zero|une|un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts|vingt"
    "|trente|quarante|cinquante|soixante|septante|huitante|nonante|cents|cent|mille|premier"
    "|one|two|three|four|five|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    "|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|oh"
)
COUNTING = frozenset(_COUNTED.split("|"))
MONTHS = (
    "janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre"
    "|january|february|march|april|may|june|july|august|september|october|november|december"
)
_YEAR_TOO = rf"(?:\d{{2,4}}|{_COUNTED})\b"
DAY = re.compile(
    r"(?<!\d)\d{1,2}\s*[./\s-]\s*\d{1,2}\s*[./\s-]\s*\d{2,4}(?!\d)"
    r"|(?<!\d)\d{4}\s*[./-]\s*\d{1,2}\s*[./-]\s*\d{1,2}(?!\d)"
    rf"|\b(?:\d{{1,2}}(?:er|st|nd|rd|th)?|{_COUNTED})\s+(?:of\s+)?(?:{MONTHS})\W+{_YEAR_TOO}"
    rf"|\b(?:{MONTHS})\s+\d{{1,2}}(?:st|nd|rd|th)?\W+{_YEAR_TOO}"
)
_ENDINGS = r"(?:com|fr|net|org|eu|be|ch|ca|uk|ma|dz|tn)\b"
ADDRESS = re.compile(
    r"https?:|www\.|\bwww\b|://|@|\barobas(?:e|es)?\b"
    r"|\b(?:gmail|hotmail|yahoo|outlook|laposte|wanadoo|icloud|protonmail)\b"
    rf"|\b(?:dot|point)\s+{_ENDINGS}|\w\.{_ENDINGS}|\bat\s.*\b(?:dot|point)\b"
)
STREET = re.compile(
    r"\b\d{1,4}\s*(?:bis|ter)?\s*,?\s*(?:rue|avenue|av|boulevard|bd|allee|impasse|chemin|route|square|quai|cours)\b"
)
CIVILITY = re.compile(r"\b(?:monsieur|madame|mademoiselle|mme|mlle|mr|mrs|ms|miss|maitre|docteur)\b|(?<!\w)[mM]\.\s*\w")
SAINTS = frozenset(("saint", "sainte", "st", "ste"))


def _names(file: str) -> frozenset[str]:
    return frozenset(Path(__file__).with_name(file).read_text(encoding="utf-8").split())


# Those that people in France bear most, whatever their origin, without the ones that are words.
FIRST_NAMES = _names("first_names.txt")
# First names that are words too, and surnames that are: each tells of somebody beside the other.
WORDS_AND_NAMES, SURNAMES = _names("words_and_names.txt"), _names("surnames.txt")


def is_personal(text: str, tokens: list[Token]) -> bool:
    """Tell whether a search may hold what tells of somebody: an address, a number, a day, a name, a long text."""
    if len(text) > LONGEST or len(tokens) > MOST_WORDS:
        return True
    # Accents do not tell an address from another; full-width digits do count.
    folded = fold(text)
    if DAY.search(folded) or ADDRESS.search(folded) or STREET.search(folded):
        return True
    without_years = YEAR.sub(" ", folded)
    if any(sum(map(str.isdigit, number)) >= LONG_NUMBER for number in NUMBER.findall(without_years)):
        return True
    return bool(CIVILITY.search(text) or CIVILITY.search(folded)) or _is_dictated(tokens) or _holds_a_name(tokens)


def _is_dictated(tokens: list[Token]) -> bool:
    """Tell whether numbers follow each other as one says a telephone's."""
    run: list[str] = []
    for form in [*(token.form for token in tokens), ""]:
        if form in COUNTING or form.isdigit():
            run.append(form)
            continue
        if form == "et" and run:
            continue
        needed = DICTATED_FROM_ZERO if run and (run[0] in ("zero", "oh") or run[0].startswith("0")) else DICTATED
        if len(run) >= needed and any(word in COUNTING for word in run):
            return True
        run = []
    return False


def _holds_a_name(tokens: list[Token]) -> bool:
    """Tell whether a first name, but a saint's, stands beside any other word: the surname may be a word too."""
    words = [token.form for token in tokens if not token.is_stop]
    return len(words) > 1 and any(
        word in FIRST_NAMES and (place == 0 or words[place - 1] not in SAINTS) for place, word in enumerate(words)
    )
