"""Papers and files of the protection of personal data: what is held of a person, the record of processing, a breach."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from config.errors import InputError
from config.i18n import language, tr, tr_
from config.text import t
from exports.logged import Log, logged_file
from exports.papers.form.logged_paper import write_paper
from exports.papers.form.paper import Paper, Section, Signer
from exports.papers.kinds.composing import NOTHING, Draft, Given, compose
from exports.sheets import SheetColumn
from records.domain.appointments import Discipline
from records.domain.dates import in_words, shown, shown_time
from records.domain.kinds import KINDS, plain
from records.domain.lists import ListExport
from records.domain.people.person import Person
from records.domain.people.person_fields import FIELD
from records.services.access.looking import DISCIPLINE, sensitive_of
from records.services.awards.issuing import own
from records.services.book.history import action_words
from records.services.lists import ExportMade, exports_made, judge_leaving
from records.services.office import Office
from records.services.privacy.correcting import Corrected
from records.services.privacy.held import Held
from records.services.privacy.restricting import restricted
from records.services.privacy.retention import KINDS as RETAINED

Told = Sequence[tuple[str, Sequence[tuple[str, str]]]]
"""Heading of a part, and what stands in it: a label and its value, line by line."""
Corrections = Sequence[tuple[str, str, str]]
"""A field, what stood in it, what stands."""
_MOST = 400
"""Changes and exports that a paper names; the rest are counted, and all stand in the file (.json)."""
ENDINGS = (".json", ".pdf", ".docx", ".xlsx")


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """What is said of a breach; what is left empty stands in brackets on the paper, to be filled in."""

    happened: date | None = None
    found: date | None = None
    what: str = ""
    data: str = ""
    people: str = ""
    harm: str = ""
    measures: str = ""
    contact: str = ""
    form: str = "party"


def write_held(office: Office, held: Held, told: Told, path: Path, *, day: date, log: Log, overwrite: bool) -> None:
    """Write everything held of a person: `.json` for a machine, with the photo in it, or a paper; one line says so.

    Args:
        office: whose book it is.
        held: what is held.
        told: the same in words, for the paper.
        path: the file to make; `.json`, `.pdf`, `.docx` or `.xlsx`.
        day: the day it bears.
        log: enters the export in the book.
        overwrite: whether it may take the place of a file already there.

    Raises:
        InputError: for another ending, a file already there or a place that cannot be written.
        RefusedError: for a right that is missing.
    """
    if path.suffix.lower() not in ENDINGS:
        raise InputError(
            t("“{ending}” is no kind of file for this", ending=path.suffix),
            where=str(path),
            do=t("name the file .json, .pdf, .docx or .xlsx"),
        )
    judge_leaving(office, sensitive=True)  # whatever it turns out to hold
    export = ListExport(
        id="", file=str(path), sha256="", people=(held.person.id,), columns=("held",), on=day, sensitive=_known(held)
    )
    if path.suffix.lower() != ".json":
        write_paper(held_paper(office, held, told, day), export, path, log=log, overwrite=overwrite)
        return
    with logged_file(path, export, log, overwrite=overwrite) as part:
        part.write_text(json.dumps(as_file(office, held, day), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _known(held: Held) -> tuple[str, ...]:
    matters = (DISCIPLINE,) if KINDS[Discipline].table in held.records else ()
    return (*sensitive_of(held.person), *matters)


def as_file(office: Office, held: Held, day: date) -> dict[str, Any]:
    """Everything held of a person, for a machine."""
    photo = office.book.files.read(held.photo) if held.photo else None
    return {
        "office": own(office, day).name,
        "on": day.isoformat(),
        "book": dict(zip(("seq", "hash"), office.book.head(), strict=True)),
        "person": plain(held.person),
        "records": {table: [plain(each) for each in records] for table, records in held.records.items()},
        "photo": None if photo is None else {"name": held.photo, "base64": base64.b64encode(photo).decode()},
        "exports": [
            {"time": each.entry.time, "by": each.entry.actor, "file": each.export.file,
             "columns": list(each.export.columns), "sensitive": list(each.export.sensitive)}
            for each in held.exports
        ],
        "changes": [
            {"seq": each.seq, "time": each.time, "by": each.actor, "action": each.action,
             "words": tr(action_words(each))}
            for each in held.changes
        ],
    }  # fmt: skip


def held_paper(office: Office, held: Held, told: Told, day: date, given: Given = NOTHING) -> Paper:
    """The statement of what is held of a person, in words. Raises InputError naming what is missing."""
    held_back = restricted(office, day).get(held.person.id)
    fields = {
        "name": held.person.name,
        "code": held.person.id,
        "restriction": ""
        if held_back is None
        else f"Việc sử dụng dữ liệu đang bị hạn chế từ {shown(held_back.since)}: {held_back.reason}.",
    }
    sections = tuple(_listed(heading, lines) for heading, lines in told if lines)
    return compose(
        office,
        Draft(
            kind="held", form=given.fields.get("form", "party"), day=day, issued=own(office, day), fields=fields,
            sections=(*sections, _went_out(held.exports), _done(held)),
            signers=(Signer(("NGƯỜI NHẬN",), held.person.name), Signer(("NGƯỜI LẬP",), "")),
        ),
        given,
    )  # fmt: skip


def _listed(heading: str, lines: Sequence[tuple[str, str]]) -> Section:
    columns = (SheetColumn(tr_("What"), 26), SheetColumn(tr_("Value"), 64))
    return Section(columns, [tuple(each) for each in lines], heading=heading, every_column=True)


def _went_out(exports: Sequence[ExportMade]) -> Section:
    columns = (SheetColumn(tr_("When"), 16), SheetColumn(tr_("Who"), 16), SheetColumn(tr_("File"), 58))
    rows = [(shown_time(each.entry.time), each.entry.actor, each.export.file) for each in exports]
    return Section(
        columns, rows[:_MOST], heading=tr_("Lists and papers that were written"), every_column=True,
        notes=_notes(len(rows), tr_("None was written.")),
    )  # fmt: skip


def _done(held: Held) -> Section:
    columns = (SheetColumn(tr_("When"), 16), SheetColumn(tr_("Who"), 16), SheetColumn(tr_("What was done"), 58))
    rows = [(shown_time(each.time), each.actor, tr(action_words(each))) for each in held.changes]
    return Section(
        columns, rows[:_MOST], heading=tr_("Changes that touched these records"), every_column=True,
        notes=_notes(len(rows), tr_("None.")),
    )  # fmt: skip


def _notes(count: int, none: str) -> tuple[str, ...]:
    if count > _MOST:
        return (tr_("… and {n} more", n=count - _MOST),)
    return () if count else (none,)


def write_correction(
    office: Office, found: Corrected, rows: Corrections, path: Path, *, day: date, log: Log, overwrite: bool,
    given: Given = NOTHING,
) -> None:  # fmt: skip
    """Write the record of a correction on request: `.pdf`, `.docx` or `.xlsx`; one line says so.

    Args:
        office: whose book it is.
        found: the correction.
        rows: the same in words: a field, what stood, what stands.
        path: the file to make.
        day: the day the paper bears.
        log: enters the export in the book.
        overwrite: whether it may take the place of a file already there.
        given: what else is said of it.

    Raises:
        InputError: for another ending, a file already there or a place that cannot be written.
    """
    export = ListExport(
        id="", file=str(path), sha256="", people=(found.after.id,), columns=found.fields, on=day,
        sensitive=found.sensitive,
    )  # fmt: skip
    write_paper(correction_paper(office, found, rows, day, given), export, path, log=log, overwrite=overwrite)


def correction_paper(office: Office, found: Corrected, rows: Corrections, day: date, given: Given = NOTHING) -> Paper:
    """What stood, what stands, by whom, when and on which request; and which lists and papers may say it otherwise."""
    entry = found.entry
    fields = {
        "name": found.after.name,
        "code": found.after.id,
        "request": found.request,
        "actor": entry.actor,
        "time": shown_time(entry.time),
        "seq": str(entry.seq),
    }
    columns = (SheetColumn(tr_("Field"), 26), SheetColumn(tr_("What stood"), 32), SheetColumn(tr_("What stands"), 32))
    stood = Section(columns, list(rows), heading=tr_("What was corrected"), every_column=True)
    older = [
        each for each in exports_made(office) if each.entry.seq < entry.seq and found.after.id in each.export.people
    ]
    return compose(
        office,
        Draft(
            kind="correction", form=given.fields.get("form", "party"), day=day, issued=own(office, day), fields=fields,
            sections=(stood, _went_out(older)),
            signers=(Signer(("NGƯỜI YÊU CẦU",), found.after.name), Signer(("NGƯỜI LẬP",), "")),
        ),
        given,
    )  # fmt: skip


def processing_paper(
    office: Office, day: date, *, who: Sequence[tuple[str, str]] = (), sealed: bool = False, given: Given = NOTHING
) -> Paper:
    """The record of processing: activities, kinds of data, how long they are kept, who may, what went out this year.

    Args:
        office: whose book it is.
        day: the day it bears; terms are those of that day.
        who: people of the office and what they may.
        sealed: whether what the book keeps is encrypted.
        given: what else is said of it.
    """
    words = "Sổ được mã hóa khi lưu." if sealed else "Sổ chưa được mã hóa khi lưu."
    fields = {"people": str(len(office.book.table(Person))), "sealing": words}
    return compose(
        office,
        Draft(
            kind="processing", form=given.fields.get("form", "party"), day=day, issued=own(office, day), fields=fields,
            sections=(_activities(office), _terms(office, day), _access(who), _left(office, day)),
        ),
        given,
    )  # fmt: skip


def _activities(office: Office) -> Section:
    columns = (
        SheetColumn(tr_("No."), 5, "number"),
        SheetColumn(tr_("Activity"), 24),
        SheetColumn(tr_("Purpose"), 24),
        SheetColumn(tr_("Ground"), 22),
        SheetColumn(tr_("Of whom"), 18),
        SheetColumn(tr_("Data"), 26),
        SheetColumn(tr_("Recipients"), 22),
    )
    spoken = language()
    rows = []
    for number, each in enumerate(office.settings.privacy.processing, 1):
        said = (each.title, each.purpose, each.basis, each.whose)
        keys = [key for key in each.fields or tuple(FIELD) if key in FIELD]
        data = ", ".join(tr(FIELD[key].title) + (" *" if FIELD[key].sensitive else "") for key in keys)
        rows.append((number, *(one.in_language(spoken) for one in said), data, each.recipients.in_language(spoken)))
    notes = (tr_("* sensitive: in no list unless asked for by name."),)
    return Section(columns, rows, heading=tr_("Activities"), every_column=True, notes=notes)


def _terms(office: Office, day: date) -> Section:
    columns = (SheetColumn(tr_("Records"), 40), SheetColumn(tr_("Months kept"), 14), SheetColumn(tr_("Source"), 40))
    rows = []
    for kind in RETAINED:
        kept = office.settings.privacy.retention[kind]
        term = kept.months.on(day)
        source = office.settings.source(term.source).title
        unsure = "" if term.confidence == "confirmed" else f" ({tr_('to confirm')})"
        months = tr_("not set") if term.value is None else str(term.value)
        rows.append((kept.title.in_language(language()), months, source + unsure))
    return Section(columns, rows, heading=tr_("How long it is kept"), every_column=True)


def _access(who: Sequence[tuple[str, str]]) -> Section:
    columns = (SheetColumn(tr_("Name"), 30), SheetColumn(tr_("May do"), 64))
    notes = () if who else (tr_("The book has no accounts: whoever may read its folder may do everything."),)
    return Section(columns, list(who), heading=tr_("Who may what"), every_column=True, notes=notes)


def _left(office: Office, day: date) -> Section:
    columns = (
        SheetColumn(tr_("When"), 16),
        SheetColumn(tr_("Who"), 14),
        SheetColumn(tr_("File"), 40),
        SheetColumn(tr_("People"), 8, "number"),
        SheetColumn(tr_("Sensitive"), 26),
    )
    made = [each for each in exports_made(office) if each.entry.time[:4] == str(day.year)]
    rows = [
        (shown_time(each.entry.time), each.entry.actor, each.export.file, len(each.export.people),
         ", ".join(tr(FIELD[key].title) if key in FIELD else key for key in each.export.sensitive))
        for each in made
    ]  # fmt: skip
    heading = tr_("Lists and papers that were written in {year}", year=str(day.year))
    return Section(columns, rows[:_MOST], heading=heading, every_column=True,
                   notes=_notes(len(rows), tr_("None was written.")))  # fmt: skip


def breach_paper(office: Office, said: Breach, day: date, *, whole: bool, given: Given = NOTHING) -> Paper:
    """The report of a breach, for the office to complete: what was not said stands in brackets.

    Raises:
        InputError: for days that cannot be right.
    """
    _judge_days(said, day)
    style = office.settings.styles.on(said.form, day)
    seq, digest = office.book.head()
    hours = office.settings.privacy.breach_hours.on(day).value
    fields: Mapping[str, str] = {
        "happened": in_words(said.happened, style.zeros) if said.happened else "[ghi thời điểm]",
        "found": in_words(said.found, style.zeros) if said.found else "[ghi thời điểm]",
        "deadline": f"Thời hạn thông báo: {hours} giờ kể từ khi phát hiện (cần xác nhận)." if hours else "",
        "what": said.what or "[ghi sự việc, nơi xảy ra, ai phát hiện]",
        "data": said.data or "[ghi loại dữ liệu: họ tên, số định danh, tôn giáo, kỷ luật…]",
        "people": said.people or "[ghi số người]",
        "harm": said.harm or "[ghi hậu quả]",
        "measures": said.measures or "[ghi biện pháp]",
        "contact": said.contact or "[ghi họ tên, chức vụ, điện thoại]",
        "addressee": "[cơ quan nhận báo cáo: cần xác nhận]",
        "seq": str(seq),
        "hash": digest[:16],
        "whole": "sổ nguyên vẹn" if whole else "sổ bị hỏng, xem kết quả “book verify”",
    }
    return compose(
        office,
        Draft(kind="breach", form=said.form, day=day, issued=own(office, day), fields=fields, gaps=True),
        given,
    )


def _judge_days(said: Breach, today: date) -> None:
    if said.found is not None and said.found > today:
        raise InputError(t("The day {day} is still to come", day=said.found), do=t("correct --found"))
    if said.happened is not None and said.happened > (said.found or today):
        raise InputError(
            t("It would have happened on {happened}, after it was found on {found}", happened=said.happened,
              found=said.found or today),
            do=t("correct --happened or --found"),
        )  # fmt: skip
