"""Lists of registrations as CSV and XLSX files, for spreadsheets."""

import io
from collections.abc import Callable, Iterable
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from portal.csv_files import csv_file
from registrations.models import Registration
from registrations.questions import QuestionTable

Column = tuple[object, Callable[[Registration, dict[int, int]], object]]

LAST_NAME: Column = (_("Last name"), lambda row, positions: row.participant.last_name)
FIRST_NAME: Column = (_("First name"), lambda row, positions: row.participant.first_name)
JOB_TITLE: Column = (_("Job title"), lambda row, positions: row.participant.job_title)
ORGANISATION: Column = (_("Organisation"), lambda row, positions: row.participant.booking.organisation_name)
TERRITORY: Column = (_("Territory"), lambda row, positions: row.participant.booking.territory_name)
STATE: Column = (_("State"), lambda row, positions: row.get_state_display())
RANK: Column = (_("Waiting position"), lambda row, positions: positions.get(row.pk, ""))
COLUMNS: list[Column] = [
    LAST_NAME,
    FIRST_NAME,
    (_("E-mail"), lambda row, positions: row.participant.email),
    JOB_TITLE,
    (_("Takes part as"), lambda row, positions: row.participant.get_category_display()),
    ORGANISATION,
    (_("Kind of organisation"), lambda row, positions: row.participant.booking.get_organisation_kind_display()),
    (_("Commune"), lambda row, positions: row.participant.booking.organisation_commune),
    (_("SIRET"), lambda row, positions: row.participant.booking.organisation_siret),
    STATE,
    RANK,
    (_("Price"), lambda row, positions: _due(row)),
    (_("Currency"), lambda row, positions: row.price_currency),
    (_("Ground of the price"), lambda row, positions: row.get_price_rule_display()),
    (_("Membership"), lambda row, positions: row.membership_label),
    (
        _("Registered on"),
        lambda row, positions: date_format(timezone.localtime(row.created_at), "SHORT_DATETIME_FORMAT"),
    ),
    (_("Invoice"), lambda row, positions: row.participant.booking.get_billing_route_display()),
    (_("Service code"), lambda row, positions: row.participant.booking.service_code),
    (_("Engagement number"), lambda row, positions: row.participant.booking.engagement_number),
    (_("Contact"), lambda row, positions: row.participant.booking.contact_name),
    (_("E-mail of the contact"), lambda row, positions: row.participant.booking.email),
    (_("Phone of the contact"), lambda row, positions: row.participant.booking.phone),
]
# What a badge and an attendance list need: all that leaves with a co-organiser.
OWN_COLUMNS: list[Column] = [LAST_NAME, FIRST_NAME, JOB_TITLE, ORGANISATION, TERRITORY, STATE, RANK]


def _due(row: Registration) -> object:
    """Return what is due as a number, for who has a place: a sum over the column is what is to be paid.

    The rest is told in words, which no spreadsheet adds: both amounts while a membership is to be proven, the price on
    condition for who has no place yet, nothing for who has none any longer.
    """
    if not row.is_active:
        return ""
    if not row.takes_part:
        return gettext("%(price)s, if a place is taken") % {"price": row.price}
    return row.price.most if row.price.is_known else str(row.price)


def columns_with(tables: Iterable[QuestionTable]) -> list[Column]:
    """Return the columns of the officer's list, those of the questions last."""

    def of(table: QuestionTable) -> Column:
        return table.question.wording, lambda row, positions: table.text_of(row.participant_id)

    return [*COLUMNS, *(of(table) for table in tables)]


def registrations_csv(rows: Iterable[Registration], positions: dict[int, int], columns: list[Column]) -> bytes:
    """Return a list as CSV in the active language."""
    lines = [[label for label, _value in columns]]
    lines += [[_written(value(row, positions)) for _label, value in columns] for row in rows]
    return csv_file(lines)


def _written(value: object) -> str:
    return number_format(value, 2, use_l10n=True) if isinstance(value, Decimal) else str(value)


def registrations_xlsx(rows: Iterable[Registration], positions: dict[int, int], columns: list[Column]) -> bytes:
    """Return a list as a spreadsheet in the active language. Amounts are numbers; no text is ever a formula."""
    book = Workbook()
    sheet = book.active
    sheet.title = gettext("Registrations")[:31]
    lines = [[str(label) for label, _value in columns]]
    lines += [[value(row, positions) for _label, value in columns] for row in rows]
    for number, line in enumerate(lines, 1):
        for column, value in enumerate(line, 1):
            _write_cell(sheet.cell(number, column), value)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = 22
    sheet.freeze_panes = "A2"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _write_cell(cell: Cell, value: object) -> None:
    """Write a number as a number, anything else as text: openpyxl takes «=…» for a formula unless it is told."""
    if isinstance(value, Decimal | int):
        cell.value = value
        cell.number_format = "#,##0.00" if isinstance(value, Decimal) else "0"
        return
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", str(value))
    cell.data_type = "s"
