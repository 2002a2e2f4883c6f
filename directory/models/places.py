"""Where things are: the territory tree and the venues."""

from django.contrib.admin import display
from django.db import models
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node

from directory.enums import TerritoryLevel
from directory.fields import DegreesField
from directory.models.labelled import in_active_language


class Territory(MP_Node):
    """A node of the tree region, département, intercommunality, commune, neighbourhood."""

    level = models.CharField(_("level"), max_length=20, choices=TerritoryLevel.choices)
    name = models.CharField(_("name"), max_length=200)
    insee_code = models.CharField(
        _("code"),
        max_length=12,
        help_text=_("INSEE code of a region, département or commune; SIREN of an intercommunality; QPV code."),
    )
    latitude = DegreesField(_("latitude"), most=90)
    longitude = DegreesField(_("longitude"), most=180)

    node_order_by = ["name"]

    class Meta:
        verbose_name = _("territory")
        verbose_name_plural = _("territories")
        constraints = [
            # Not unique by itself: 44 is a region (Grand Est) and a département (Loire-Atlantique).
            models.UniqueConstraint(
                fields=["level", "insee_code"],
                name="one_territory_per_level_and_code",
                violation_error_message=_("Another territory of this level has this code."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The name, the same in every language."""
        return self.name

    @property
    @display(description=_("name"))
    def indented_name(self) -> str:
        """The name preceded by one mark per level below the top, for lists that show the tree."""
        return "— " * (self.depth - 1) + self.name


class Venue(models.Model):
    """A place where sessions and events are held."""

    name = models.CharField(_("name"), max_length=200)
    address = models.CharField(_("address"), max_length=250, blank=True)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    town = models.CharField(_("town"), max_length=120)
    territory = models.ForeignKey(
        Territory, verbose_name=_("territory"), null=True, blank=True, on_delete=models.PROTECT, related_name="venues"
    )
    access_fr = models.TextField(_("how to get there, in French"), blank=True)
    access_en = models.TextField(_("how to get there, in English"), blank=True)
    latitude = DegreesField(_("latitude"), most=90)
    longitude = DegreesField(_("longitude"), most=180)

    class Meta:
        ordering = ["town", "name"]
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        constraints = [models.UniqueConstraint(fields=["name", "town"], name="one_venue_per_name_and_town")]

    def __str__(self) -> str:
        return f"{self.name}, {self.town}"

    @property
    def access(self) -> str:
        """How to get there, in the active language, else in French."""
        return in_active_language(self, "access")

    @property
    def full_address(self) -> str:
        """Name, street and town on one line, for calendars and messages."""
        town = f"{self.postcode} {self.town}".strip()
        return ", ".join(part for part in (self.name, self.address, town) if part)
