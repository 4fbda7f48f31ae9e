"""Handing a book over: the parcel with the whole book, and its paper, “biên bản bàn giao”."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path

from config.errors import BookError, InputError
from config.i18n import tr, tr_
from config.text import Text, t
from exports.papers.form.docx import write_paper_docx
from exports.papers.form.paper import Paper, Section, Signer
from exports.papers.form.pdf import write_paper_pdf
from exports.papers.kinds.composing import NOTHING, Draft, Given, compose
from exports.sheets import SheetColumn
from records.domain.people.names import clean
from records.services.awards.issuing import own
from records.services.book import closing
from records.services.book.backups import verify
from records.services.certificates.keys import noted
from records.services.office import Office
from records.store.safety.backup import Progress, backups
from records.store.safety.copies import whole_folder
from records.store.safety.parcel import Parcel, close_parcel, pack
from records.store.safety.rollback_guard import RollbackGuard

HANDED_OVER = "book.hand_over"
PAPER = "bien-ban-ban-giao"
_MOST = 200
"""Open matters that are named; the rest are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandingOver:
    """What is said of a handing over.

    Attributes:
        giver, to: who hands over, and to whom, as the paper names them.
        held: what is held elsewhere and where, a line each, such as `Con dấu: tủ số 2`.
        backups: folder of the backups.
        form: whose form the paper has: Party or State.
    """

    giver: str
    to: str
    backups: Path
    held: tuple[str, ...] = ()
    form: str = "party"


def hand_over(
    office: Office,
    folder: Path,
    said: HandingOver,
    *,
    now: datetime,
    heads: RollbackGuard | None = None,
    given: Given = NOTHING,
    progress: Progress | None = None,
    note: Callable[[Parcel], object] | None = None,
) -> Parcel:
    """Make the parcel `folder`: the whole book, what it says of itself, its paper as Word and PDF; one line says so.

    `note` writes the line where it must be written on another thread; else it is written here.

    No folder stays when anything is wrong, and the line is written when all of it is there.

    Raises:
        InputError: when nobody is named to whom it goes, or something that the paper needs is missing.
        BookError: when the book is damaged, there is something at `folder`, or it cannot be written.
    """
    if not clean(said.to):
        raise InputError(t("Nobody is named to whom the book goes"), do=t("name the person or the office"))
    office.judge_named(now.date())
    name = own(office, now.date()).name
    blank = Parcel(
        kind="", format=0, book="", office=office.book.office, name=name, seq=0, hash="", key=noted(office.book),
        giver=clean(said.giver), to=clean(said.to), made="", backup="", files={},
    )  # fmt: skip
    report = verify(office.book)
    if not report.whole:  # nobody could take it over
        raise BookError(t("The book is not whole: {what}", what=report.problems[0].what), do=t("see “book verify”"))
    with whole_folder(folder) as part:
        told = pack(office.book.path, part, blank, now=now, heads=heads, progress=progress)
        paper = handover_paper(office, told, said, now.date(), given)
        write_paper_docx(paper, part / f"{PAPER}.docx")
        write_paper_pdf(paper, part / f"{PAPER}.pdf")
        whole = close_parcel(part, told)
        (note or partial(note_handed_over, office))(whole)
    return whole


def note_handed_over(office: Office, made: Parcel) -> None:
    """Have history tell that the book was handed over. Raises BookError when the line cannot be written."""
    office.book.note(HANDED_OVER, about=tr(t("to {to}, change {seq}", to=made.to, seq=made.seq)))


def handover_paper(office: Office, told: Parcel, said: HandingOver, day: date, given: Given = NOTHING) -> Paper:
    """The paper of a parcel: who, what, up to which change, what is still open, the settings, and what is held where.

    Raises:
        InputError: naming everything that is missing.
    """
    fields = {
        "giver": told.giver,
        "receiver": told.to,
        "office_code": told.office,
        "seq": str(told.seq),
        "hash": told.hash[:16],
        "key": told.key[:16],
        "check": told.check,
    }
    signers = (Signer((tr_("HANDED OVER BY"),), told.giver), Signer((tr_("TAKEN OVER BY"),), told.to))
    sections = (_contents(office, told, said), _settings(office), _open(office, day))
    return compose(
        office,
        Draft(kind="handover", form=said.form, day=day, issued=own(office, day), fields=fields, signers=signers,
              sections=sections),
        given,
    )  # fmt: skip


def _contents(office: Office, told: Parcel, said: HandingOver) -> Section:
    columns = (SheetColumn(tr_("No."), 5, "number"), SheetColumn(tr_("Thing"), 30), SheetColumn(tr_("Where"), 50))
    book, kept = office.book, backups(said.backups, office.book.path.stem)
    rows: list[tuple[Text, str]] = [
        (t("Book with all its records and its history"), told.backup),
        (t("Records"), tr_("{n} records", n=sum(book.counts().values()))),
        (t("Book until now"), str(book.path)),
        (t("Backups, {n} files", n=len(kept)), str(said.backups)),
    ]
    if kept:
        rows.append((t("Newest backup"), kept[0].name))
    if told.key:
        rows.append((t("Key that signs the codes of certificates"), tr_("in the parcel and in the book, files/keys")))
    if second := office.settings.office.backups.heads:
        rows.append((t("Second memory of the newest change"), second))
    told_rows = [(tr(what), where) for what, where in rows]
    told_rows += [(what.strip(), where.strip()) for what, _, where in (each.partition(":") for each in said.held)]
    made = [(number, *each) for number, each in enumerate(told_rows, 1)]
    return Section(columns, made, heading=tr_("What is handed over"), every_column=True)


def _settings(office: Office) -> Section:
    columns = (
        SheetColumn(tr_("No."), 5, "number"),
        SheetColumn(tr_("File"), 60),
        SheetColumn(tr_("Bytes"), 12, "number"),
    )
    own_files = office.book.settings
    names = sorted(
        path.relative_to(own_files.folder).as_posix() for path in own_files.folder.rglob("*") if path.is_file()
    )
    rows = [(number, name, len(own_files.read(name) or b"")) for number, name in enumerate(names, 1)]
    notes = () if rows else (tr_("The office has changed no setting."),)
    return Section(columns, rows, heading=tr_("The office’s own settings"), every_column=True, notes=notes)


def _open(office: Office, day: date) -> Section:
    matters = open_work(office, day)
    columns = (
        SheetColumn(tr_("No."), 5, "number"),
        SheetColumn(tr_("Year"), 8, "year"),
        SheetColumn(tr_("Matter"), 70),
    )
    rows = [(number, year, tr(each.words)) for number, (year, each) in enumerate(matters[:_MOST], 1)]
    more = [tr_("… and {n} more", n=len(matters) - _MOST)] if len(matters) > _MOST else []
    notes = tuple(more) if rows else (tr_("Nothing is left open."),)
    return Section(columns, rows, heading=tr_("Open work"), every_column=True, notes=notes)


def open_work(office: Office, day: date) -> Sequence[tuple[int, closing.Matter]]:
    """What is open in the years that are not closed, the newest first; that one is not over yet is no matter here."""
    years = [each.year for each in closing.years(office) if not each.closed and each.year <= day.year]
    return [
        (year, each) for year in years for each in closing.open_matters(office, year, today=day) if each.kind != "year"
    ]
