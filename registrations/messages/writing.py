"""The messages of a change, written in its transaction: one to the contact, one to each other participant."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import override

from directory.models import Membership
from events.documents import reserved_documents
from events.models import Occurrence
from outbox.identity import the_centre
from outbox.services import Attachment, Draft, known_keys, queue_messages
from outbox.texts import words_of
from registrations.enums import RegistrationState
from registrations.messages.addresses import page_url, private_url, proof_url
from registrations.messages.bodies import PRICED, Links, ToDo, body_of
from registrations.messages.calendar import Invitations
from registrations.messages.descriptions import DateLines, by_date, read_together
from registrations.messages.tellings import Before, Reader, Telling, readers_of
from registrations.models import Registration
from registrations.questions import owing

# Whose messages carry the date for calendars.
WITH_CALENDAR = frozenset(
    {
        "booked",
        "accepted",
        "cancelled",
        "moved",
        "replaced",
        "corrected",
        "contact_now",
        "called_off",
        "changed",
        "joining_instructions",
    }
)
# Who reads one of these is told that an answer is lacking.
ASKS_FOR_ANSWERS = frozenset({"booked", "accepted", "moved", "replaced", "joining_instructions", "reminder"})


def write_messages(
    event: str, registrations: Iterable[Registration], before: Before | None = None, reason: str = "", again: str = ""
) -> int:
    """Write the messages of an event (see `registrations.message_kinds`) for registrations; return how many.

    Each is in the language of its booking. `before` maps keys to the states they left; `reason` is the officer's. The
    same event of the same registrations is told once; one that may come back says in `again` which time it is.
    """
    return tell(Telling(event, before or {}, reason, again=again), registrations)


def tell(telling: Telling, registrations: Iterable[Registration]) -> int:
    """Write the messages of a telling to whoever has not received them yet; return how many."""
    readers = readers_of(telling, registrations)
    told = told_already(readers)
    return write_to(telling, [reader for reader in readers if reader.key not in told])


def told_already(readers: list[Reader]) -> set[str]:
    """Return the keys of the readers who have received their message."""
    return known_keys(reader.key for reader in readers) if readers else set()


def write_to(telling: Telling, readers: list[Reader]) -> int:
    """Write the messages of readers; return how many.

    What all messages of a language need is read once: their number costs no query.
    """
    by_language: dict[str, list[Reader]] = {}
    for reader in readers:
        by_language.setdefault(reader.booking.language, []).append(reader)
    drafts = []
    for language, group in by_language.items():
        with override(language):
            writer = _Writer(telling, language, group)
            drafts += [writer.draft(reader) for reader in group]
    if drafts:
        queue_messages(drafts)
    return len(drafts)


class _Writer:
    """Writes the messages of one telling in one language."""

    def __init__(self, telling: Telling, language: str, readers: list[Reader]) -> None:
        rows = [row for reader in readers for row in reader.rows]
        self.telling, self.language = telling, language
        self.centre = the_centre()
        self.root = self.centre.url
        self.read = read_together(rows, language)
        self.words = words_of({telling.kind_of(reader.rows) for reader in readers}, language)
        keys = {page.translation_key for page in self.read.pages.values()}
        self.documents = reserved_documents(keys) if telling.event == "documents_available" else {}
        self.page_urls = {key: page_url(page) for key, page in self.read.pages.items()}
        shown = {row.occurrence_id: telling.shown(row.occurrence) for row in rows}
        dates = [*shown.values(), *([telling.was] if telling.was else [])]
        self.invitations = Invitations(dates, language, self.read.pages, self.centre.name)
        self.owed = self._read_owed(rows)
        self.coded = self._read_coded(rows)

    def draft(self, reader: Reader) -> Draft:
        """Return the message of one reader."""
        dates = by_date(reader.rows, self.language, self.read)
        for date in dates:
            date.occurrence = self.telling.shown(date.occurrence)
            date.documents = self.documents.get(date.page.translation_key, [])
        kind = self.telling.kind_of(reader.rows)
        links, to_do = self._links(reader, dates), self._to_do(reader)
        body = body_of(self.telling, reader, self.words[kind], dates, links, self.centre, to_do)
        return Draft(
            kind=kind,
            to=reader.email,
            language=self.language,
            subject=body.subject,
            text=body.text,
            html=body.html,
            attachments=self._files(reader, dates),
            about=reader.booking,
            parts=tuple(sorted({row.occurrence_id for row in reader.rows})),
            key=reader.key,
        )

    def _links(self, reader: Reader, dates: list[DateLines]) -> Links:
        return Links(
            private=private_url(reader.booking, self.root) if reader.is_contact else "",
            space=f"{self.root}{reverse('registrations:space')}",
            pages={date.occurrence.pk: self.page_urls[date.occurrence.page_id] for date in dates},
            register={
                other.pk: f"{self.root}{reverse('registrations:register', args=[other.pk])}"
                for other in self.telling.alternatives
            },
            proof=proof_url(reader.booking, self.root) if self._waits_for_proof(reader) else "",
        )

    def _read_owed(self, rows: list[Registration]) -> set[tuple[int, int]]:
        """Return the dates to come with those who owe an answer there, where the message tells of it."""
        ahead = [row for row in rows if row.may_be_handed_over] if self.telling.event in ASKS_FOR_ANSWERS else []
        told = ((row.occurrence_id, row.occurrence.page_id, row.participant_id) for row in ahead)
        return owing({row.occurrence.page_id for row in ahead}, told) if ahead else set()

    def _read_coded(self, rows: list[Registration]) -> set[int]:
        """Return the memberships with a code that prices of these registrations wait for."""
        waiting = {row.membership_id for row in rows if row.is_active and not row.price.is_known}
        if not waiting or self.telling.event not in PRICED:
            return set()
        return set(Membership.objects.filter(pk__in=waiting).exclude(code="").values_list("pk", flat=True))

    def _to_do(self, reader: Reader) -> ToDo:
        owing = [row for row in reader.rows if (row.occurrence_id, row.participant_id) in self.owed]
        return ToDo(
            answers_of=tuple(dict.fromkeys(row.participant.name for row in owing)),
            waits_for_proof=self._waits_for_proof(reader),
            has_code=any(row.membership_id in self.coded for row in reader.rows),
        )

    def _waits_for_proof(self, reader: Reader) -> bool:
        is_told = reader.is_contact and self.telling.event in PRICED
        return is_told and any(row.is_active and not row.price.is_known for row in reader.rows)

    def _files(self, reader: Reader, dates: list[DateLines]) -> tuple[Attachment, ...]:
        """Return the calendar file of each date where a place was given, moved or given back."""
        if self.telling.event not in WITH_CALENDAR:
            return ()
        files = []
        for date in dates:
            rows = [line.registration for line in date.lines]
            if reader.participant is not None:
                rows = [row for row in rows if row.participant_id == reader.participant.pk]
            occurrence, method = self._method(date.occurrence, rows, reader)
            if method and occurrence.day:
                files.append(self.invitations.file(occurrence, method, reader.participant))
        return tuple(files)

    def _method(self, occurrence: Occurrence, rows: list[Registration], reader: Reader) -> tuple[Occurrence, str]:
        """Return what becomes of a date in the reader's calendar (RFC 5546), and the date as it is to be found there.

        Whoever takes part is invited, or uninvited; a contact who does not is only informed.
        """
        takes_part = any(row.takes_part for row in rows)
        had_part = any(self.telling.before.get(row.pk) == RegistrationState.CONFIRMED for row in rows)
        is_off = self.telling.event == "called_off"
        if takes_part and not is_off and occurrence.day is None and self.telling.was is not None:
            # The day is open again: the entry leaves the calendars until the next one is known.
            occurrence, is_off = self.telling.was, True
        if is_off and (takes_part or had_part):
            return occurrence, "CANCEL" if reader.participant else "PUBLISH"
        if takes_part:
            return occurrence, "REQUEST" if reader.participant else "PUBLISH"
        return occurrence, "CANCEL" if had_part and reader.participant else ""
