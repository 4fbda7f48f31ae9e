"""Writing a paper, PDF or Excel, behind a screen: asked, made in a thread, logged, and said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from config.errors import InputError
from config.paths import typed_path
from config.text import Text, t
from records.services.lists import log_export
from tui.screens import filters
from tui.screens.base import Job, OfficeScreen
from tui.widgets.dialogs import AskText, Confirm

if TYPE_CHECKING:
    from exports.papers.training import Written

Write = Callable[["Written"], object]
"""Writes the paper to where it is told."""


def ask_paper(screen: OfficeScreen, name: str, write: Write) -> None:
    """Ask where to write a paper, ask again before a file is replaced, write it, and say where it is."""
    if not screen.may_write():
        return

    def take(typed: str | None) -> None:
        if typed is None:
            return
        path = typed_path(typed)
        if not path.exists():
            _start(screen, path, write, overwrite=False)
            return

        def replace(yes: bool | None) -> None:  # noqa: FBT001  # the dialog answers so
            if yes:
                _start(screen, path, write, overwrite=True)

        title = t("Replace the file that is there?")
        screen.app.push_screen(Confirm(title, (str(path),), yes=t("Replace the file")), replace)

    default = filters.documents_folder() / f"{name}.pdf"
    screen.app.push_screen(
        AskText(t("Write the paper (.pdf, .docx or .xlsx)"), t("File"), str(default), judge=_judge), take
    )


def _judge(typed: str) -> Text | str | None:
    from exports.papers.form.logged_paper import judge_paper_path  # noqa: PLC0415  # ReportLab is heavy

    try:
        judge_paper_path(typed_path(typed))
    except InputError as error:
        return error.do
    return None


def judge_new_paper(typed: str) -> Text | str | None:
    """Why a paper cannot be written there without replacing a file, or None."""
    wrong = _judge(typed)
    if wrong is None and typed_path(typed).exists():
        return t("There is a file of this name already; choose another")
    return wrong


def _start(screen: OfficeScreen, path: Path, write: Write, *, overwrite: bool) -> None:
    office, today = screen.office, screen.today

    def work(job: Job) -> None:
        from exports.papers.training import Written  # noqa: PLC0415  # ReportLab is heavy

        # The line in the book is written on the screen's thread, like every other.
        write(Written(path, today, lambda made: job.tell(log_export, office, made), overwrite))

    screen.behind(
        # The first PDF of a machine waits for its fonts to be made.
        t("Setting the pages; the first time takes longer"),
        work,
        lambda _done: screen.tell_end(t("Written: {path}", path=path)),
        group="export",
        writes=True,
    )
