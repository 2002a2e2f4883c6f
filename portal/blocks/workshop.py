"""Blocks that keep what a day or a workshop produced: tracks, viewpoints, checklists, proposals."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.blocks import (
    CharBlock,
    ChoiceBlock,
    IntegerBlock,
    ListBlock,
    StructBlock,
    StructBlockValidationError,
    StructValue,
)

from portal.blocks.fields import block_title, item_title, sentence, sentences, titled_texts
from portal.blocks.groups import WORKSHOP
from portal.blocks.library import block

SUITS = ("event", "report", "cycle", "chapter")
# The viewpoint that editors name themselves.
OTHER = "other"
VIEWPOINTS = [
    ("doubts", _("Doubts")),
    ("levers", _("Levers")),
    ("wild_ideas", _("Wild ideas")),
    ("steps", _("Steps and prerequisites")),
    (OTHER, _("Another viewpoint")),
]


class TrackTestBlock(StructBlock):
    """What is tried, and how far it has come."""

    text = sentence(_("Test"))
    state = ChoiceBlock(
        [
            ("idea", pgettext_lazy("test", "At the stage of an idea")),
            ("in_progress", pgettext_lazy("test", "In progress")),
            ("done", pgettext_lazy("test", "Done")),
            ("stopped", pgettext_lazy("test", "Stopped")),
        ],
        default="idea",
        label=_("State"),
    )

    class Meta:
        icon = "tasks"
        label = _("Test")


class TrackBlock(StructBlock):
    """One track: its number, its hypotheses, the tests that emerge."""

    number = IntegerBlock(label=_("Number"), min_value=1)
    title = item_title()
    hypotheses = sentences(_("Hypotheses"), _("Hypothesis"), "help", min_num=0, default=[])
    tests = ListBlock(TrackTestBlock(), label=_("Tests"), min_num=0, default=[])

    class Meta:
        icon = "redirect"
        label = _("Track")


@block("tracks", group=WORKSHOP, suits=SUITS)
class TracksBlock(StructBlock):
    """A panorama of numbered tracks."""

    title = block_title()
    tracks = ListBlock(TrackBlock(), label=_("Tracks"), min_num=1)

    class Meta:
        icon = "redirect"
        label = _("Tracks")
        description = _("Numbered tracks, each with its hypotheses and the tests that emerge, with their state.")
        preview_value = {
            "title": "Le panorama des pistes",
            "tracks": [
                {
                    "number": 1,
                    "title": "Aller vers",
                    "hypotheses": [{"text": "On vient plus volontiers là où l’on est déjà venu pour autre chose."}],
                    "tests": [
                        {"text": "Une permanence à la sortie de l’école", "state": "in_progress"},
                        {"text": "Un bus des services, le mercredi", "state": "idea"},
                    ],
                },
                {
                    "number": 2,
                    "title": "Faire ensemble",
                    "hypotheses": [{"text": "Un chantier rapproche mieux qu’une réunion."}],
                    "tests": [{"text": "Repeindre la salle commune", "state": "done"}],
                },
            ],
        }


class ViewpointValue(StructValue):
    """What a group saw from one viewpoint."""

    @property
    def heading(self) -> str:
        """The editor's own words, else the name of the viewpoint."""
        return str(self["title"] or dict(VIEWPOINTS)[self["viewpoint"]])


class ViewpointBlock(StructBlock):
    """What a group saw from one viewpoint."""

    viewpoint = ChoiceBlock(VIEWPOINTS, default="doubts", label=_("Viewpoint"))
    title = CharBlock(
        label=_("Title"),
        required=False,
        max_length=100,
        help_text=_("Only for another viewpoint than the four; or to name one of the four in other words."),
    )
    points = sentences(_("Points"), _("Point"), "minus")

    class Meta:
        icon = "view"
        label = _("Viewpoint")
        value_class = ViewpointValue

    def clean(self, value: StructValue) -> StructValue:
        """Require a title where none of the four viewpoints gives one. Raises a validation error at the title."""
        cleaned = super().clean(value)
        if cleaned["viewpoint"] == OTHER and not cleaned["title"].strip() and not self.is_deferred_validation:
            raise StructBlockValidationError({"title": ValidationError(_("Say what this viewpoint is."))})
        return cleaned


@block("viewpoints", group=WORKSHOP, suits=SUITS)
class ViewpointsBlock(StructBlock):
    """One subject seen from several sides."""

    title = block_title()
    viewpoints = ListBlock(ViewpointBlock(), label=_("Viewpoints"), min_num=1)

    class Meta:
        icon = "view"
        label = _("Viewpoints")
        description = _("One subject seen from four sides, or more: doubts, levers, wild ideas, steps.")
        preview_value = {
            "title": "La piste 1, de quatre côtés",
            "viewpoints": [
                {"viewpoint": "doubts", "title": "", "points": [{"text": "Qui tiendra la permanence en août ?"}]},
                {"viewpoint": "levers", "title": "", "points": [{"text": "L’école prête déjà une salle."}]},
                {"viewpoint": "wild_ideas", "title": "", "points": [{"text": "Un guichet dans la laverie."}]},
                {"viewpoint": "steps", "title": "", "points": [{"text": "Demander aux parents quelle heure."}]},
            ],
        }


@block("checklist", group=WORKSHOP, suits=(*SUITS, "resource"))
class ChecklistBlock(StructBlock):
    """Boxes to tick on paper."""

    title = block_title()
    items = sentences(_("Boxes to tick"), _("To check"), "tick-inverse")

    class Meta:
        icon = "tick-inverse"
        label = _("Checklist")
        description = _("Things to check, with a box to tick on paper.")
        preview_value = {
            "title": "Avant d’ouvrir les portes",
            "items": [
                {"text": "La salle se trouve sans demander son chemin."},
                {"text": "Quelqu’un garde les enfants."},
                {"text": "On sait qui écrit, et où cela sera lu."},
            ],
        }


@block("proposals", group=WORKSHOP, suits=SUITS)
class ProposalsBlock(StructBlock):
    """Proposals, numbered in order."""

    title = block_title()
    proposals = titled_texts(_("Proposals"), _("Proposal"), "list-ol", title=_("Proposal"))

    class Meta:
        icon = "list-ol"
        label = _("Proposals")
        description = _("What the participants propose, numbered by the page.")
        preview_value = {
            "title": "Financer autrement",
            "proposals": [
                {"title": "Un fonds commun des bailleurs", "text": "<p>Un euro par logement et par an.</p>"},
                {"title": "Des budgets sur trois ans", "text": "<p>Pour ne plus recruter en septembre.</p>"},
            ],
        }
