"""Blocks that tell an experience: why it was chosen, what was done, what it took, what remains open."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.blocks import CharBlock, ChoiceBlock, ListBlock, StructBlock

from portal.blocks.fields import block_title, item_title, rich_text, sentence
from portal.blocks.groups import EXPERIENCE
from portal.blocks.library import block

SUITS = ("case_study", "chapter", "report")


@block("why_chosen", group=EXPERIENCE, suits=SUITS)
class WhyChosenBlock(StructBlock):
    """Why this experience rather than another."""

    title = block_title()
    text = rich_text()

    class Meta:
        icon = "pick"
        label = _("Why it was chosen")
        description = _("What made this experience worth telling.")
        preview_value = {
            "title": "Pourquoi cette expérience",
            "text": "<p>Une petite ville, sans service dédié, a fait de l’accueil l’affaire de tous ses services. "
            "C’est cette économie de moyens qui nous a retenus.</p>",
        }


class FocusSectionBlock(StructBlock):
    """One angle on the experience."""

    title = item_title()
    text = rich_text()

    class Meta:
        icon = "list-ol"
        label = _("Focus section")


@block("focus_sections", group=EXPERIENCE, suits=SUITS)
class FocusSectionsBlock(StructBlock):
    """The angles of a case study, numbered in order."""

    title = block_title()
    sections = ListBlock(FocusSectionBlock(), label=_("Focus sections"), min_num=1)

    class Meta:
        icon = "list-ol"
        label = _("Focus sections")
        description = _("The angles from which the experience is told, numbered by the page.")
        preview_value = {
            "title": "Trois entrées",
            "sections": [
                {"title": "Accueillir sans attendre", "text": "<p>Apprendre la langue dès la première semaine.</p>"},
                {"title": "Donner voix au chapitre", "text": "<p>Siéger au conseil citoyen, avec un interprète.</p>"},
                {"title": "Changer le regard", "text": "<p>Préparer la fête du quartier à plusieurs.</p>"},
            ],
        }


class ConcreteActionBlock(StructBlock):
    """Something that was done."""

    title = item_title(_("Action"))
    text = rich_text(required=False)

    class Meta:
        icon = "tasks"
        label = _("Concrete action")


@block("concrete_actions", group=EXPERIENCE, suits=SUITS)
class ConcreteActionsBlock(StructBlock):
    """What was done."""

    title = block_title()
    actions = ListBlock(ConcreteActionBlock(), label=_("Concrete actions"), min_num=1)

    class Meta:
        icon = "tasks"
        label = _("Concrete actions")
        description = _("What was done, action by action.")
        preview_value = {
            "title": "Les actions concrètes",
            "actions": [
                {"title": "Un guichet le samedi", "text": "<p>Tenu à tour de rôle par cinq services.</p>"},
                {"title": "Un carnet d’adresses en six langues", "text": "<p>Relu par celles qui s’en servent.</p>"},
            ],
        }


class ConditionBlock(StructBlock):
    """One thing without which it would not have worked."""

    text = sentence(_("Condition"))

    class Meta:
        icon = "circle-check"
        label = _("Condition for success")


@block("success_conditions", group=EXPERIENCE, suits=SUITS)
class SuccessConditionsBlock(StructBlock):
    """What it takes."""

    title = block_title()
    conditions = ListBlock(ConditionBlock(), label=_("Conditions for success"), min_num=1)

    class Meta:
        icon = "circle-check"
        label = _("Conditions for success")
        description = _("What it takes for the experience to work elsewhere.")
        preview_value = {
            "title": "Les conditions de réussite",
            "conditions": [
                {"text": "Un élu qui vient, et qui revient."},
                {"text": "De l’interprétariat payé, et non l’aide d’un enfant."},
                {"text": "Trois ans devant soi."},
            ],
        }


class RecommendationBlock(StructBlock):
    """A recommendation made elsewhere, and how the experience answers it."""

    number = CharBlock(
        label=_("Number"), required=False, max_length=12, help_text=_("As in the document it comes from.")
    )
    text = sentence(_("Recommendation"))
    answer = rich_text(_("How the experience answers it"))

    class Meta:
        icon = "clipboard-list"
        label = _("Recommendation")


@block("recommendations", group=EXPERIENCE, suits=SUITS)
class RecommendationsBlock(StructBlock):
    """Recommendations, each with its answer."""

    title = block_title()
    recommendations = ListBlock(RecommendationBlock(), label=_("Recommendations"), min_num=1)

    class Meta:
        icon = "clipboard-list"
        label = _("Recommendations answered")
        description = _("Recommendations of a public report or a network, and how the experience answers each.")
        preview_value = {
            "title": "Les recommandations auxquelles elle répond",
            "recommendations": [
                {
                    "number": "1",
                    "text": "Associer les personnes concernées dès le diagnostic.",
                    "answer": "<p>Le groupe local compte autant d’habitantes que d’agents.</p>",
                },
                {
                    "number": "4",
                    "text": "Relier l’accueil aux politiques ordinaires.",
                    "answer": "<p>Aucun service nouveau : chaque service a revu ses horaires.</p>",
                },
            ],
        }


class OpenQuestionBlock(StructBlock):
    """A question that remains."""

    text = sentence(_("Question"))

    class Meta:
        icon = "help"
        label = _("Open question")


@block("open_questions", group=EXPERIENCE, suits=SUITS)
class OpenQuestionsBlock(StructBlock):
    """What nobody knows yet."""

    title = block_title()
    questions = ListBlock(OpenQuestionBlock(), label=_("Open questions"), min_num=1)

    class Meta:
        icon = "help"
        label = _("Open questions")
        description = _("What the experience leaves without an answer.")
        preview_value = {
            "title": "Questions ouvertes",
            "questions": [
                {"text": "Qui prendra la suite quand le programme européen s’arrêtera ?"},
                {"text": "Comment faire quand personne ne parle la langue de celui qui arrive ?"},
            ],
        }


class ClaimBlock(StructBlock):
    """What people say, whether it is true, and why."""

    claim = sentence(_("What people say"), help_text=_("Without quotation marks: the page adds them."))
    verdict = ChoiceBlock(
        [
            ("myth", pgettext_lazy("verdict", "Myth")),
            ("nuanced", pgettext_lazy("verdict", "To be qualified")),
            ("fact", pgettext_lazy("verdict", "Fact")),
        ],
        default="myth",
        label=_("Verdict"),
    )
    answer = rich_text(_("Answer"))

    class Meta:
        icon = "help"
        label = _("Claim")


@block("myth_or_fact", group=EXPERIENCE, suits=SUITS)
class MythOrFactBlock(StructBlock):
    """Claims, each with a verdict and an answer."""

    title = block_title()
    claims = ListBlock(ClaimBlock(), label=_("Claims"), min_num=1)

    class Meta:
        icon = "help"
        label = _("Myth or fact")
        description = _("What people say, the verdict, and the answer.")
        preview_value = {
            "title": "Info ou intox ?",
            "claims": [
                {
                    "claim": "Ces réseaux sont réservés aux grandes villes.",
                    "verdict": "myth",
                    "answer": "<p>Une ville partenaire sur trois compte moins de 50 000 habitants.</p>",
                },
                {
                    "claim": "Il faut parler anglais pour y participer.",
                    "verdict": "nuanced",
                    "answer": "<p>Une personne suffit ; les outils existent en français.</p>",
                },
            ],
        }
