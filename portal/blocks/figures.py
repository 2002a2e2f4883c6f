"""Blocks for what is counted and shown: key figures, images, tables, dates."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, StructBlock
from wagtail.images.blocks import ImageBlock

from portal.blocks.fields import block_title, item_title, rich_text
from portal.blocks.groups import SHOWING
from portal.blocks.library import block
from portal.blocks.tables import TableValue, TranslatableTableBlock


class KeyFigureBlock(StructBlock):
    """One figure, its unit in the value, and where it comes from."""

    value = CharBlock(label=_("Figure"), max_length=40, help_text=_("With its unit, e.g. 19.6 %."))
    label = CharBlock(label=_("What it counts"), max_length=200)
    source = CharBlock(label=_("Source"), required=False, max_length=200)

    class Meta:
        icon = "order"
        label = _("Key figure")


@block("key_figures", group=SHOWING)
class KeyFiguresBlock(StructBlock):
    """A row of large figures."""

    title = block_title()
    figures = ListBlock(KeyFigureBlock(), label=_("Figures"), min_num=1)

    class Meta:
        icon = "order"
        label = _("Key figures")
        description = _("Figures set large, each with what it counts and its source.")
        preview_value = {
            "title": "Le quartier en chiffres",
            "figures": [
                {"value": "19,6 %", "label": "de la population", "source": "Recensement, 2015"},
                {"value": "633", "label": "personnes accueillies", "source": "Bilan du service, 2015"},
                {"value": "10", "label": "partenaires dans huit pays", "source": ""},
            ],
        }


@block("image", group=SHOWING)
class IllustrationBlock(StructBlock):
    """A picture with its alternative text and its credit. The picture is required: see the check portal.E003."""

    picture = ImageBlock(label=_("Picture"))
    caption = CharBlock(label=_("Caption"), required=False, max_length=250)
    credit = CharBlock(label=_("Credit"), required=False, max_length=150)

    class Meta:
        icon = "image"
        label = _("Image")
        description = _("A picture with its alternative text, a caption and a credit.")
        # Without a picture of the library, which may have none: the template draws one.
        preview_value = {"picture": None, "caption": "La place du marché, un samedi", "credit": "Léa Morin"}


@block("table", group=SHOWING)
class TableBlock(StructBlock):
    """A table that everybody can read, in both languages."""

    table = TranslatableTableBlock(label=_("Table"))

    class Meta:
        icon = "table"
        label = _("Table")
        value_class = TableValue
        description = _("Figures or words in rows and columns, with a caption and headers.")
        preview_value = {
            "table": {
                "data": [["Année", "Territoires", "Personnes"], ["2022", "9", "410"], ["2023", "14", "633"]],
                "cell": [],
                "mergeCells": [],
                "first_row_is_table_header": True,
                "first_col_is_header": True,
                "table_header_choice": "both",
                "table_caption": "Qui est venu, d’une année à l’autre",
            }
        }


class MomentBlock(StructBlock):
    """A date, exact or not, and what happened."""

    when = CharBlock(label=_("When"), max_length=80, help_text=_("A date, a month, a year: as it should be read."))
    title = item_title(_("What happened"))
    text = rich_text(required=False)

    class Meta:
        icon = "history"
        label = _("Moment")


@block("timeline", group=SHOWING)
class TimelineBlock(StructBlock):
    """What happened, in order."""

    title = block_title()
    moments = ListBlock(MomentBlock(), label=_("Moments"), min_num=1)

    class Meta:
        icon = "history"
        label = _("Timeline")
        description = _("What happened, date after date, along the line of the page.")
        preview_value = {
            "title": "Trois années",
            "moments": [
                {"when": "Mars 2021", "title": "Une première marche", "text": "<p>Onze personnes, deux heures.</p>"},
                {"when": "2022", "title": "Le jardin ouvre", "text": ""},
                {"when": "Automne 2023", "title": "La régie reprend le chantier", "text": "<p>Quatre emplois.</p>"},
            ],
        }


class PhotoCreditBlock(StructBlock):
    """Whose picture it is."""

    what = CharBlock(label=_("Picture"), max_length=200, help_text=_("What it shows, or where it stands in the page."))
    credit = CharBlock(label=_("Credit"), max_length=200)

    class Meta:
        icon = "image"
        label = _("Photo credit")


@block("photo_credits", group=SHOWING)
class PhotoCreditsBlock(StructBlock):
    """Whose pictures these are."""

    credits = ListBlock(PhotoCreditBlock(), label=_("Photo credits"), min_num=1)

    class Meta:
        icon = "image"
        label = _("Photo credits")
        description = _("Who took or drew the pictures of the page.")
        preview_value = {
            "credits": [
                {"what": "La place du marché", "credit": "Léa Morin"},
                {"what": "L’atelier du 14 mars", "credit": "Centre de ressources"},
            ]
        }
