"""What the team does about a search that finds nothing."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from search.desk.enums import Decision
from search.desk.models import AskedQuery, FailedQuery
from search.desk.stems import stem_of
from search.enums import TermDirection
from search.expressions import read_form
from search.models import Term

CHANGE_TERM, ADD_TERM = "search.change_term", "search.add_term"
ADD_PROMOTION, DECIDE = "search.add_promotion", "search.change_failedquery"
MAX_NOTE = 300
MOST_SPELLINGS = 10


class CannotRemedy(Exception):
    """What is asked cannot be done; its text says why, for the editor."""


@dataclass(frozen=True)
class Request:
    """What an editor asks for: a search in its language, and what came with it in the form."""

    user: AbstractBaseUser
    text: str
    language: str
    term: str = ""
    note: str = ""

    @property
    def stem(self) -> str:
        """What the forms of the search have in common."""
        return stem_of(self.text, self.language)

    @property
    def other_spellings(self) -> list[str]:
        """How else the search was written, as far as the desk shows it: «co-voiturage» beside «covoiturage»."""
        same = AskedQuery.objects.shown().filter(language=self.language, stem=self.stem).exclude(stem="")
        return sorted(set(same.values_list("shown", flat=True)))[:MOST_SPELLINGS]

    @property
    def is_known(self) -> bool:
        """Whether somebody asked it."""
        same = {"language": self.language, "stem": self.stem}
        return bool(self.stem) and any(model.objects.filter(**same).exists() for model in (AskedQuery, FailedQuery))


def add_synonym(request: Request) -> str:
    """Let a term stand for the search too, however it was written."""
    term = Term.objects.filter(pk=int(request.term)).first() if request.term.isdecimal() else None
    if term is None or not term.active or term.direction != TermDirection.BOTH:
        raise CannotRemedy(_("Choose the term of which it is a synonym."))
    name = f"synonyms_{request.language}"
    known = {
        read_form(each, request.language) for each in (term.form(request.language), *term.other_forms(request.language))
    }
    spellings = {read_form(each, request.language): each for each in (*request.other_spellings, request.text)}
    new = [spellings[form] for form in spellings if form not in known]
    if not new:
        raise CannotRemedy(_("“%(term)s” has this form already.") % {"term": term})
    setattr(term, name, "\n".join([*getattr(term, name).splitlines(), *new]).strip())
    term.save(update_fields=[name])
    log(instance=term, action="wagtail.edit", user=request.user)
    return _("“%(search)s” is now a synonym of “%(term)s”.") % {"search": request.text, "term": term}


def request_content(request: Request) -> str:
    """Note that something is to be written."""
    decide(request, Decision.WANTED)
    return _("Content is requested about “%(search)s”.") % {"search": request.text}


def tell_done(request: Request) -> str:
    """Note that what was requested is there."""
    decide(request, Decision.DONE)
    return _("The request about “%(search)s” is done.") % {"search": request.text}


def set_aside(request: Request) -> str:
    """Show a search no more among those that wait."""
    decide(request, Decision.DISMISSED)
    return _("“%(search)s” is set aside.") % {"search": request.text}


def take_up_again(request: Request) -> str:
    """Forget what was decided."""
    FailedQuery.objects.filter(language=request.language, stem=request.stem).delete()
    return _("“%(search)s” waits for a decision again.") % {"search": request.text}


def decide(request: Request, decision: Decision) -> None:
    """Write a decision over the one before it; its note stays unless another is given."""
    values = {"decision": decision, "decided_by": request.user, "decided_at": timezone.now()}
    if note := request.note.strip()[:MAX_NOTE]:
        values["note"] = note
    FailedQuery.objects.update_or_create(
        language=request.language,
        stem=request.stem,
        defaults=values,
        create_defaults={**values, "shown": request.text[:100]},
    )


# By the word of the address: what is done, and the permission that it asks for.
REMEDIES: dict[str, tuple[Callable[[Request], str], str]] = {
    "synonym": (add_synonym, CHANGE_TERM),
    "request": (request_content, DECIDE),
    "done": (tell_done, DECIDE),
    "set-aside": (set_aside, DECIDE),
    "again": (take_up_again, DECIDE),
}
