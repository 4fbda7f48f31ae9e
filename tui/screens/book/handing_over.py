"""Handing a book over on the screen: what is asked, the parcel made behind it, and taking one over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from config.errors import InputError
from config.i18n import tr, tr_
from config.paths import typed_path
from config.text import t
from records.rules.awards.words import FORM_WORDS
from tui.present import books
from tui.screens import filters
from tui.screens.base import Job, OfficeScreen
from tui.screens.form import OfficeForm
from tui.widgets.dialogs import Report
from tui.widgets.fields import Field

if TYPE_CHECKING:
    from exports.papers.handing_over import HandingOver
    from records.store.safety.parcel import Parcel


def ask_hand_over(screen: OfficeScreen) -> None:
    """Ask to whom the book goes and where its parcel is made, make it, and say what is to be done with it."""
    if not screen.may_write():
        return
    form = HandOverForm()

    def done(folder: str | None) -> None:
        if folder and form.said is not None:
            _make(screen, typed_path(folder), form.said, form.number)

    screen.app.push_screen(form, done)


class HandOverForm(OfficeForm):
    """Who hands over to whom, what is held elsewhere, and the folder of the parcel; answers with the folder."""

    def __init__(self) -> None:
        super().__init__()
        self.said: HandingOver | None = None
        self.number = ""

    def heading(self) -> str:
        """What the form is for."""
        return tr_("Hand the book over")

    def fields(self) -> list[Field]:
        """The fields, from the top."""
        forms = [(each, tr(FORM_WORDS[each])) for each in ("party", "state")]
        return [
            Field("giver", t("Handed over by"), judge=_judge_named),
            Field("to", t("Taken over by"), judge=_judge_named),
            Field("held", t("Held where (what: where;)")),
            Field("number", t("Number of the paper")),
            Field("form", t("Form of the paper"), "choice", options=forms),
            Field("folder", t("Folder to make"), judge=_judge_folder),
        ]

    def first_values(self) -> dict[str, str]:
        """The user, and a folder among the documents."""
        name = f"ban-giao-{self.office.book.path.stem}-{self.on:%Y%m%d}"
        return {"giver": self.office.book.actor, "form": "party", "folder": str(filters.documents_folder() / name)}

    def store(self, values: Mapping[str, Any]) -> str:
        """Keep what was said."""
        from exports.papers.handing_over import HandingOver  # noqa: PLC0415  # pages are heavy

        held = (each.strip() for each in str(values["held"] or "").split(";"))
        self.number = str(values["number"] or "")
        self.said = HandingOver(
            giver=str(values["giver"] or ""), to=str(values["to"] or ""), held=tuple(filter(None, held)),
            form=str(values["form"] or "party"),
            backups=books.backup_folder(self.office.book.path, self.office.settings),
        )  # fmt: skip
        return str(values["folder"])


def _judge_named(typed: str) -> str:
    if not typed.strip():
        raise InputError(t("Nobody is named"), do=t("name the person or the office"))
    return typed


def _judge_folder(typed: str) -> str:
    if not typed.strip() or typed_path(typed).exists():
        raise InputError(t("There is already something at this place"), do=t("name a folder that does not exist"))
    return typed


def _make(screen: OfficeScreen, folder: Path, said: HandingOver, number: str) -> None:
    office, now = screen.office, datetime.now()  # noqa: DTZ005  # the office's own clock

    def work(job: Job) -> Parcel:
        from exports.papers.handing_over import hand_over, note_handed_over  # noqa: PLC0415  # pages are heavy
        from exports.papers.kinds.composing import Given  # noqa: PLC0415

        return hand_over(
            office, folder, said, now=now, heads=books.heads(office.settings), given=Given(number=number),
            progress=job.progress, note=lambda made: job.tell(note_handed_over, office, made),
        )  # fmt: skip

    def done(made: Parcel) -> None:
        screen.catch_up()
        lines = [
            t("Parcel made: {path}", path=folder),
            t("From {giver} to {to}", giver=made.giver, to=made.to),
            t("It holds the book up to change {n} ({digest})", n=made.seq, digest=made.hash[:12]),
            t("Check code: {code}; it stands on the paper", code=made.check),
            t("The paper lies in it, as Word and PDF: print it, and let both sides sign"),
            t("On the other side: main.py book take-over FOLDER, or “Take a book over” where there is no book yet"),
            t("What is entered in this book from now on is not in the parcel"),
        ]
        screen.app.push_screen(Report(t("The book is handed over"), lines))

    screen.behind(t("Making the parcel"), work, done, group="backup", writes=True)
