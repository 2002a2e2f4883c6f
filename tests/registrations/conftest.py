"""What the tests of registrations start from."""

import pytest

from events.models import Occurrence
from tests.factories.events import make_occurrence
from tests.factories.pages import make_session


@pytest.fixture
def occurrence(db: None) -> Occurrence:
    """A date with five places, free for everyone."""
    return make_occurrence(make_session("Gouvernance"), capacity=5)
