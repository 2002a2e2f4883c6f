"""Characters: what is stored, and the form under which words are compared."""

import re
import unicodedata

LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE"})
# Letters that Unicode does not decompose into a base letter and a mark.
UNDECOMPOSED = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ħ": "h", "ı": "i"})
APOSTROPHES = "'’‘ʼ´`′＇"
# Soft hyphens, marks that join, separate or change the direction of writing, byte order mark: nobody types them.
INVISIBLE = re.compile("[\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
SPACES = re.compile(r"\s+")


def clean(text: str) -> str:
    """Return `text` on one line, composed (NFC), without control or invisible characters; typography is kept."""
    text = INVISIBLE.sub("", CONTROL.sub(" ", text))
    return SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def lower(word: str) -> str:
    """Return one word in lower case, compatibility characters and ligatures spelled out, accents kept."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", word).casefold()).translate(LIGATURES)


def fold(word: str) -> str:
    """Return one word in lower case without accents: «Évaluée» and «EVALUEE» give the same."""
    decomposed = unicodedata.normalize("NFKD", lower(word).translate(UNDECOMPOSED))
    return "".join(character for character in decomposed if not unicodedata.combining(character))
