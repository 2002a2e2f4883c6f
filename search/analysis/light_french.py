"""A light stemmer for French: number, gender and the commonest derivations, on words already folded.

Written after the algorithm that Jacques Savoy published («A stemming procedure and stopword list for general French
corpora», JASIS 50(10), 1999; «Light stemming approaches for the French, Portuguese, German and Hungarian languages»,
SAC 2006; University of Neuchâtel), which is also Elasticsearch's `light_french`. Two departures:
accents are folded before, so that «egalite» finds «égalité», and «-ère» is undone from seven letters on («première»).
"""

from typing import NamedTuple


class Rule(NamedTuple):
    """A word of more than `longer_than` letters that ends in `ending` takes `replacement`; `last` stops there."""

    ending: str
    longer_than: int
    replacement: str
    last: bool = False


RULES = (
    Rule("issement", 9, "ir", last=True),
    Rule("issant", 8, "ir", last=True),
    Rule("ivement", 6, "if", last=True),
    Rule("ement", 6, "e", last=True),
    Rule("ficatrice", 11, "fier", last=True),
    Rule("ficateur", 10, "fier", last=True),
    Rule("catrice", 9, "quer", last=True),
    Rule("cateur", 8, "quer", last=True),
    Rule("atrice", 8, "er", last=True),
    Rule("ateur", 7, "er", last=True),
    Rule("trice", 6, "teur"),
    Rule("ieme", 5, "", last=True),
    Rule("teuse", 7, "ter", last=True),
    Rule("teur", 6, "ter", last=True),
    Rule("euse", 5, "eu", last=True),
    Rule("ere", 6, "er", last=True),
    Rule("ive", 7, "if", last=True),
    Rule("folle", 4, "fou", last=True),
    Rule("molle", 4, "mou", last=True),
    Rule("nnelle", 9, "n", last=True),
    Rule("nnel", 9, "n", last=True),
    Rule("ique", 8, "", last=True),
    Rule("esse", 8, "e", last=True),
    Rule("inage", 7, "in", last=True),
    Rule("ualisation", 11, "uel", last=True),
    Rule("isation", 9, "", last=True),
    Rule("isateur", 9, "", last=True),
    Rule("ation", 8, "", last=True),
    Rule("ition", 8, "", last=True),
)


def singular(word: str) -> str:
    """Return `word` without the mark of the plural («journaux» gives «journal», «réseaux» gives «réseau»)."""
    if word.endswith("x") and len(word) > 3:
        if len(word) > 5 and word.endswith("aux") and word[-4] != "e":
            return word[:-2] + "l"
        return word[:-1]
    return word[:-1] if word.endswith("s") and len(word) > 3 else word


def derived(word: str) -> str:
    """Return `word` with the first ending of the table that fits it replaced."""
    for rule in RULES:
        if len(word) > rule.longer_than and word.endswith(rule.ending):
            word = word[: len(word) - len(rule.ending)] + rule.replacement
            if rule.last:
                break
    return word


def undoubled(word: str) -> str:
    """Return `word` with each run of the same letter reduced to one («citoyenne» gives «citoyene»)."""
    return "".join(letter for before, letter in zip(" " + word, word, strict=False) if letter != before)


def polished(word: str) -> str:
    """Return `word` without doubled letters nor final «ie», «r», «e», where more than four letters are there."""
    if len(word) <= 4:
        return word
    word = undoubled(word)
    if len(word) > 4 and word.endswith("ie"):
        word = word[:-2]
    if len(word) > 4:
        word = word.removesuffix("r").removesuffix("e").removesuffix("e")
    return word


def stem(word: str) -> str:
    """Return the stem of one folded, lower-case French word; figures are left as they are."""
    if not word.isalpha():
        return word
    return polished(derived(singular(word)))
