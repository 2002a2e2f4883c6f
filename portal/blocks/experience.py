"""Blocks that tell an experience: why it was chosen, what was done, what it took, what remains open."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.blocks import CharBlock, ChoiceBlock, ListBlock, StructBlock

from portal.blocks.fields import block_title, rich_text, sentence, sentences, titled_texts
from portal.blocks.groups import EXPERIENCE
from portal.blocks.library import block
from portal.blocks.links import LinkItemBlock

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


@block("focus_sections", group=EXPERIENCE, suits=SUITS)
class FocusSectionsBlock(StructBlock):
    """The angles of a case study, numbered in order."""

    title = block_title()
    sections = titled_texts(_("Focus sections"), _("Focus section"), "list-ol", text_required=True)

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


@block("concrete_actions", group=EXPERIENCE, suits=SUITS)
class ConcreteActionsBlock(StructBlock):
    """What was done."""

    title = block_title()
    actions = titled_texts(_("Concrete actions"), _("Concrete action"), "tasks", title=_("Action"))

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


@block("success_conditions", group=EXPERIENCE, suits=SUITS)
class SuccessConditionsBlock(StructBlock):
    """What it takes."""

    title = block_title()
    conditions = sentences(_("Conditions for success"), _("Condition"), "circle-check")

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
    documents = ListBlock(LinkItemBlock(), label=_("Documents they come from"), min_num=0, default=[])

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
            "documents": [{"label": "Le rapport public", "url": "https://example.org/rapport", "language": "fr"}],
        }


@block("open_questions", group=EXPERIENCE, suits=SUITS)
class OpenQuestionsBlock(StructBlock):
    """What nobody knows yet."""

    title = block_title()
    questions = sentences(_("Open questions"), _("Question"), "help")

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
