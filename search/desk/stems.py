"""The words of a question, whichever way it is written: «co-voiturage», «co voiturage» and «covoiturage» are one."""

from search.analysis import Token, analyse, clean, stem

MAX_STEM = 160
# What is written before a word with a hyphen, a blank or nothing.
_BEFORE = (
    "anti auto bi bio co eco hyper infra inter intra macro maxi micro mini multi neo peri pluri post pre re semi socio"
)
PREFIXES = frozenset(_BEFORE.split())


def words(text: str, language: str) -> list[Token]:
    """Return the tokens of a text, prefixes joined to the word that follows them."""
    found: list[Token] = []
    for token in analyse(text, language):
        before = found[-1] if found else None
        between = text[before.end : token.start] if before else ""
        if before and before.form in PREFIXES and between in {"-", " "} and token.form.isalpha() and not token.is_stop:
            form = before.form + token.form
            found[-1] = Token(
                before.start, token.end, form, stem(form, language), before.accented + token.accented, False
            )
        else:
            found.append(token)
    return found


def stems_of(text: str, language: str) -> frozenset[str]:
    """Return the stems of a search, without its small words unless it has no others."""
    found = words(text, language)
    return frozenset(token.stem for token in ([word for word in found if not word.is_stop] or found))


def is_small(text: str, language: str) -> bool:
    """Tell whether a text holds small words only."""
    found = words(clean(text), language)
    return bool(found) and all(word.is_stop for word in found)


def stem_of(text: str, language: str) -> str:
    """Return what the forms of one question have in common: the stems of its words, in no order."""
    return " ".join(sorted(stems_of(text, language)))[:MAX_STEM]
