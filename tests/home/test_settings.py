"""The centre's identity: what may be typed, and where it shows."""

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from home.colours import DARK_GROUND, LIGHT_GROUND, contrast
from home.models import CentreSettings
from home.services import create_skeleton

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre() -> CentreSettings:
    return CentreSettings.for_site(create_skeleton()["home"].get_site())


def test_contrast_is_the_one_of_the_norm():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("accent", "red"),
        ("accent", "#12345"),
        ("accent", "#ffe066"),
        ("accent_dark", "#3b1010"),
        ("accent", "#fff}body{display:none"),
        ("siret", "12345678901234"),
        ("email", "personne"),
        ("region", "99"),
    ],
)
def test_what_could_not_be_shown_is_refused(centre, field, value):
    setattr(centre, field, value)
    with pytest.raises(ValidationError) as refused:
        centre.full_clean()
    assert field in refused.value.message_dict


def test_the_centres_colours_reach_the_style_sheet(centre, client):
    centre.accent, centre.accent_dark = "#0b5394", "#9fc5e8"
    centre.full_clean()
    centre.save()
    assert contrast(centre.accent, LIGHT_GROUND) > 4.5
    assert contrast(centre.accent_dark, DARK_GROUND) > 4.5
    response = client.get("/theme.css")
    assert response.headers["Content-Type"].startswith("text/css")
    assert response.content.decode() == ":root{--accent:#0b5394;--accent-dark:#9fc5e8;}\n"
    # The style sheet uses these very names.
    sheet = (settings.BASE_DIR / "static" / "css" / "portal.css").read_text()
    assert "var(--accent)" in sheet
    assert "var(--accent-dark)" in sheet


def test_name_address_and_social_accounts_are_those_of_the_settings(centre, client):
    centre.name, centre.address, centre.siret = "Centre d'essai", "1 rue Haute, Creil", "73282932000074"
    centre.linkedin_url = "https://www.linkedin.com/company/essai"
    centre.full_clean()
    centre.save()
    html = client.get("/fr/").content.decode()
    for text in ("Centre d&#x27;essai", "1 rue Haute, Creil", "https://www.linkedin.com/company/essai"):
        assert text in html
