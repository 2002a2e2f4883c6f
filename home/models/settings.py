"""The centre's identity, edited in the admin: another centre changes these, not the code."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from directory.fields import SiretField
from directory.models.labelled import in_active_language
from directory.outlines import region_choices
from home.colours import DARK_GROUND, LIGHT_GROUND, contrast

HEX_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
# WCAG 2.2, criterion 1.4.3: text of ordinary size.
MINIMUM_CONTRAST = 4.5


def validate_colour(value: str) -> None:
    """Raise ValidationError unless `value` is a colour written #rrggbb."""
    if not HEX_COLOUR.fullmatch(value):
        raise ValidationError(_("Write the colour as # and six hexadecimal digits, e.g. #b3351b."))


@register_setting(icon="home")
class CentreSettings(BaseSiteSetting):
    """Name, logo, colours, address and accounts of the centre."""

    name = models.CharField(_("name of the centre"), max_length=120, blank=True)
    tagline_fr = models.CharField(_("tagline in French"), max_length=200, blank=True)
    tagline_en = models.CharField(_("tagline in English"), max_length=200, blank=True)
    logo = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    accent = models.CharField(
        _("accent colour"),
        max_length=7,
        blank=True,
        validators=[validate_colour],
        help_text=_("For links and buttons, on a light ground. Empty: the portal's own."),
    )
    accent_dark = models.CharField(
        _("accent colour on a dark ground"), max_length=7, blank=True, validators=[validate_colour]
    )
    address = models.TextField(_("postal address"), max_length=400, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True, help_text=_("Shown on the site; receives the contact form."))
    siret = SiretField(_("SIRET"))
    region = models.CharField(
        _("region"),
        max_length=3,
        choices=region_choices,
        blank=True,
        help_text=_("Maps of places show its outline. Empty: lists without a map."),
    )
    linkedin_url = models.URLField("LinkedIn", blank=True)
    mastodon_url = models.URLField("Mastodon", blank=True)
    youtube_url = models.URLField("YouTube", blank=True)
    newsletter_url = models.URLField(_("address of the newsletter"), blank=True)

    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("tagline_fr"), FieldPanel("tagline_en"), FieldPanel("logo")],
            heading=_("Identity"),
        ),
        MultiFieldPanel([FieldRowPanel([FieldPanel("accent"), FieldPanel("accent_dark")])], heading=_("Colours")),
        MultiFieldPanel(
            [
                FieldPanel("address"),
                FieldPanel("region"),
                FieldPanel("phone"),
                FieldPanel("email"),
                FieldPanel("siret"),
            ],
            heading=_("Contact"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("linkedin_url"),
                FieldPanel("mastodon_url"),
                FieldPanel("youtube_url"),
                FieldPanel("newsletter_url"),
            ],
            heading=_("Social networks"),
        ),
    ]

    class Meta:
        verbose_name = _("the centre")

    @property
    def tagline(self) -> str:
        """The tagline in the active language, else in French."""
        return in_active_language(self, "tagline")

    @property
    def social_links(self) -> list[tuple[str, str]]:
        """(name of the network, address) of the accounts given."""
        links = [("LinkedIn", self.linkedin_url), ("Mastodon", self.mastodon_url), ("YouTube", self.youtube_url)]
        return [(name, url) for name, url in links if url]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and give the site the centre's name: messages sign with it."""
        super().save(*args, **kwargs)
        if self.site.site_name != self.name:
            self.site.site_name = self.name
            self.site.save(update_fields=["site_name"])

    def clean(self) -> None:
        """Refuse a colour that could not be read on the portal's grounds."""
        for field, ground in (("accent", LIGHT_GROUND), ("accent_dark", DARK_GROUND)):
            colour = getattr(self, field)
            if colour and HEX_COLOUR.fullmatch(colour) and contrast(colour, ground) < MINIMUM_CONTRAST:
                raise ValidationError(
                    {
                        field: _("Too little contrast with the ground: %(ratio).1f, at least 4.5 is needed.")
                        % {"ratio": contrast(colour, ground)}
                    }
                )
