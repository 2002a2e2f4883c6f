"""What the embedded engines keep of a very long text: its beginning, in what a row of PostgreSQL may hold."""

import pytest

from tests.search.conftest import Publish
from tests.search.test_ranking import Find


@pytest.mark.parametrize(
    "word",
    # Words of one letter and a number take the most for what they say; other scripts are written in hexadecimal.
    ["x", "城"],
)
def test_of_a_very_long_text_the_beginning_is_indexed(publish: Publish, find: Find, word: str) -> None:
    publish("Le registre", " ".join(f"{word}{number}" for number in range(60_000)))

    assert find(f"{word}17") == ["Le registre"]
    assert find(f"{word}59999") == []


def test_a_short_text_is_indexed_to_its_end(publish: Publish, find: Find) -> None:
    publish("Le carnet", " ".join(f"mot{number}" for number in range(4_000)))

    assert find("mot3999") == ["Le carnet"]


def test_a_long_text_of_few_words_is_indexed_to_its_end(publish: Publish, find: Find) -> None:
    publish("Le refrain", "bonjour tout le monde " * 12_000 + "adieu")

    assert find("adieu") == ["Le refrain"]
