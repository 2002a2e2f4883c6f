"""The territories of France as the State lists them, whether or not the directory holds them.

The directory holds whom the centre works with; this knows every commune, so that somebody from a commune without a page
still learns that its intercommunality is a member. Source: directory/data/NOTICE.md.
"""

import gzip
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from directory.enums import TerritoryLevel

DATA = Path(__file__).parent / "data" / "territories.tsv.gz"
# A SIRET (14 digits) begins with the SIREN of who has it.
SIREN_LENGTH = 9
# Fewer letters begin too many names.
SHORTEST = 3
SIREN = re.compile(r"\d{9}", re.ASCII)

# A level, and the code that is its own at this level: INSEE code, or SIREN of an intercommunality.
Key = tuple[str, str]


@dataclass(frozen=True)
class OfficialTerritory:
    """A region, a département, an intercommunality or a commune.

    `lies_in`: what holds it, the nearest first. `codes`: its own, those of what became part of it, SIREN and postcodes.
    `spellings`: its name, and those of what became part of it, as `typed_names.words_of` gives their words.
    """

    level: str
    insee_code: str
    name: str
    lies_in: tuple[Key, ...]
    codes: tuple[str, ...]
    spellings: tuple[str, ...]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> Key:
        """What tells it from all others."""
        return self.level, self.insee_code

    def get_level_display(self) -> str:
        """The name of its level, as that of a territory of the directory."""
        return str(TerritoryLevel(self.level).label)

    @property
    def whereabouts(self) -> list[str]:
        """The names of its intercommunalities and of its département: many a commune has a namesake elsewhere."""
        holding = (official_territory(*key) for key in self.lies_in if key[0] != TerritoryLevel.REGION)
        return [row.name for row in holding if row]

    def as_line(self) -> str:
        """This territory as the file holds it: what is searched stands between marks that nothing else holds."""
        lies_in = " ".join(":".join(key) for key in self.lies_in)
        codes, spellings = f",{','.join(self.codes)},", f"|{'|'.join(self.spellings)}|"
        return "\t".join((f":{self.level}:{self.insee_code}:", self.name, f" {lies_in} ", codes, spellings))

    @classmethod
    def of_line(cls, line: bytes) -> "OfficialTerritory":
        """Return the territory that a line of the file holds."""
        key, name, lies_in, codes, spellings = line.decode().split("\t")
        _start, level, code, _end = key.split(":")
        holding = tuple((held[0], held[1]) for held in (pair.split(":") for pair in lies_in.split()))
        return cls(level, code, name, holding, tuple(codes.strip(",").split(",")), tuple(spellings[1:-1].split("|")))


@cache
def _lines() -> bytes:
    """Return the file, a territory a line: searched as it is, it takes 5 MB where 36,000 objects take 50."""
    return gzip.decompress(DATA.read_bytes())


def _with(pattern: bytes) -> Iterator[OfficialTerritory]:
    """Yield each territory whose line holds a pattern, which holds no line break."""
    lines = _lines()
    end = 0
    for match in re.finditer(pattern, lines):
        if match.start() >= end:
            end = lines.index(b"\n", match.end())
            yield OfficialTerritory.of_line(lines[lines.rindex(b"\n", 0, match.start()) + 1 : end])


def official_territory(level: str, code: str) -> OfficialTerritory | None:
    """Return the territory of a level that has a code; None where the State lists none."""
    return next(_with(re.escape(f":{level}:{code}:\t".encode())), None)


def official_by_code(code: str) -> list[OfficialTerritory]:
    """Return the territories of an INSEE code, a postcode, a SIREN or a SIRET."""
    asked = code[:SIREN_LENGTH] if code.isdigit() else code
    return list(_with(re.escape(f",{asked},".encode()))) if asked.isalnum() else []


def official_by_siret(siret: str) -> OfficialTerritory | None:
    """Return the commune or the intercommunality that has this SIRET (or SIREN), or None."""
    siren = siret[:SIREN_LENGTH]
    return next(iter(official_by_code(siren)), None) if SIREN.fullmatch(siren) else None


def official_named(words: list[str]) -> list[OfficialTerritory]:
    """Return the territories whose name is these words, as `words_of` gives them, wherever they are parted."""
    letters = "".join(words)
    return list(_with(rb"\|" + b" ?".join(re.escape(letter.encode()) for letter in letters) + rb"\|")) if words else []


def official_spelt(words: list[str]) -> list[OfficialTerritory]:
    """Return the territories whose name is these words, parted as they are: sooner than `official_named`."""
    return list(_with(rb"\|" + re.escape(" ".join(words).encode()) + rb"\|")) if words else []


def official_holding(words: list[str]) -> list[OfficialTerritory]:
    """Return the territories whose name has, for each of these words, a word that begins so.

    None for a letter or two: half of France.
    """
    longest = max(words, key=len, default="")
    found = _with(rb"[| ]" + re.escape(longest.encode())) if len(longest) >= SHORTEST else ()
    return [row for row in found if any(_holds(spelling, words) for spelling in row.spellings)]


def _holds(spelling: str, words: Iterable[str]) -> bool:
    return all(f" {word}" in f" {spelling}" for word in words)


def official_within(keys: Iterable[Key]) -> list[OfficialTerritory]:
    """Return the territories that lie in any of these."""
    wanted = b"|".join(re.escape(":".join(key).encode()) for key in sorted(keys))
    return list(_with(rb" (?:" + wanted + rb") ")) if wanted else []
