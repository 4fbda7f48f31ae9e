"""Asking for a paper of the book on a screen: which, what it says beside the book, and where it goes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from config.errors import AppError, InputError
from config.i18n import tr, tr_
from config.paths import typed_path
from config.settings.offices import Signer
from config.text import Text, t
from records.domain.awards.awards import SIGNERS
from records.services.awards.decisions import HEAD
from records.services.lists import log_export
from tui.screens import filters
from tui.screens.base import Job, OfficeScreen
from tui.screens.form import OfficeForm
from tui.screens.paper_out import judge_new_paper
from tui.widgets.dialogs import AskText, Choose
from tui.widgets.fields import Field

if TYPE_CHECKING:
    from exports.papers.award_papers import BookPaper
    from exports.papers.kinds.composing import Given

Papers = Callable[["Given"], dict[str, "BookPaper"]]
"""Gives the papers by kind, with what is said of them."""
_PARTS = SIGNERS[:4]
_LABELS: dict[str, Text] = {
    "number": t("Number"),
    "to": t("To whom"),
    "issuer": t("Issued by"),
    "issuer_above": t("Body above the issuer"),
    "place": t("Place"),
    "signer_mode": t("T/M or K/T"),
    "signer_body": t("Signed for"),
    "signer_title": t("Title of the signer"),
    "signer_name": t("Name of the signer"),
}


def ask_papers(screen: OfficeScreen, papers: Papers) -> None:
    """Let the person choose a paper, ask what is to be asked, and write it."""
    from exports.papers.kinds.composing import NOTHING  # noqa: PLC0415  # pages are heavy

    known = papers(NOTHING)

    def chosen(kind: str | None) -> None:
        if kind:
            ask_paper(screen, papers, kind)

    screen.app.push_screen(Choose(t("Papers"), [(kind, tr(each.title)) for kind, each in known.items()]), chosen)


def ask_paper(screen: OfficeScreen, papers: Papers, kind: str) -> None:
    """Ask what one paper says beside the book and where it goes, and write it."""
    from exports.papers.kinds.composing import NOTHING  # noqa: PLC0415  # pages are heavy

    paper = papers(NOTHING)[kind]
    default = str(filters.documents_folder() / f"{paper.stem}.docx")
    if not screen.may_write():
        return
    if not paper.asks or paper.kept() is not None:

        def place(typed: str | None) -> None:
            if typed:
                _write(screen, paper, typed_path(typed))

        label = t("File (.pdf, .docx or .xlsx)")
        default = default if paper.asks else default.replace(".docx", ".pdf")
        screen.app.push_screen(AskText(paper.title, label, default, judge=judge_new_paper), place)
        return
    form = PaperForm(papers, kind, default)

    def given(done: str | None) -> None:
        if done and form.paper is not None:
            _write(screen, form.paper, typed_path(done), issue=form.issue)

    screen.app.push_screen(form, given)


class PaperForm(OfficeForm):
    """What a paper says beside the book; what is missing is told here, before anything is written."""

    def __init__(self, papers: Papers, kind: str, path: str) -> None:
        super().__init__()
        self._papers, self._kind, self._path = papers, kind, path
        self.paper: BookPaper | None = None
        self.issue = False

    def heading(self) -> str:
        """Which paper."""
        from exports.papers.kinds.composing import NOTHING  # noqa: PLC0415  # pages are heavy

        return tr(self._papers(NOTHING)[self._kind].title)

    def fields(self) -> list[Field]:
        """What the paper says, whether it is issued with this, and its file."""
        kept = [("no", tr_("no, a draft")), ("yes", tr_("yes: it is kept as it is"))]
        return [
            *(Field(each, words) for each, words in _LABELS.items()),
            Field("issue", t("Issued with this"), "choice", options=kept),
            Field("path", t("File"), judge=_judge),
        ]

    def first_values(self) -> dict[str, str]:
        """What the book and the settings say where it can be read off."""
        number = self._usual.get("number") or self._usual.get("next", "")
        return {"path": self._path, **self._usual, "number": number}

    @cached_property
    def _usual(self) -> dict[str, str]:
        from exports.papers.kinds.composing import Given, next_number  # noqa: PLC0415  # pages are heavy

        # A signer that stands for the one still to be asked: the rest of the paper can then be made.
        nobody = Signer(name="?")
        try:
            made = self._papers(Given(signers=(nobody,)))[self._kind].make()
        except AppError:
            return {}
        usual = {"number": made.number, "issuer": made.office, "issuer_above": made.parent, "place": made.place}
        return {**usual, "next": next_number(self.office, made)}

    def store(self, values: Mapping[str, Any]) -> str:
        """Make the paper, so that what is missing is told; gives the file."""
        from exports.papers.kinds.commending import signer_given  # noqa: PLC0415  # pages are heavy
        from exports.papers.kinds.composing import Given  # noqa: PLC0415

        typed = {each: str(values[each] or "") for each in _LABELS}
        said = {each: text for each, text in typed.items() if text != self._usual.get(each, "")}
        signer = {each: typed[each] for each in _PARTS} if any(each in said for each in _PARTS) else {}
        head: dict[str, Any] = {each: said.get(each, "") for each in ("number", "to", *HEAD)}
        paper = self._papers(Given(**head, signers=signer_given(signer)))[self._kind]
        paper.make()
        self.paper, self.issue = paper, values["issue"] == "yes"
        return str(values["path"])


def _judge(typed: str) -> str:
    wrong = judge_new_paper(typed)
    if wrong is not None:
        raise InputError(wrong if isinstance(wrong, Text) else t("The file cannot be written"))
    return typed


def _write(screen: OfficeScreen, paper: BookPaper, path: Path, *, issue: bool = False) -> None:
    def work(job: Job) -> None:
        paper.write(path, log=lambda made: job.tell(log_export, screen.office, made), issue=issue)

    screen.behind(
        t("Setting the pages; the first time takes longer"),
        work,
        lambda _done: _tell(screen, path),
        group="export",
        writes=True,
    )


def _tell(screen: OfficeScreen, path: Path) -> None:
    screen.catch_up()
    screen.tell_end(t("Written: {path}", path=path))
