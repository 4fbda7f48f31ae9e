"""Writing a list of people behind the screen: asked, made in a thread, logged in the book, and said."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from config.i18n import tr, tr_
from config.text import t
from exports.lists.people import PeopleList, write_people
from exports.lists.people_columns import Known, columns_of
from records.domain.findings import Judgement
from records.services import lists
from records.services.book import backups
from records.services.people.roster import RosterLine, roster
from records.services.standards.checks import check
from tui.screens import filters
from tui.screens.base import Job, OfficeScreen
from tui.screens.people.export_form import ExportDialog, Wish
from tui.widgets.dialogs import Confirm


def write_list(screen: OfficeScreen, ids: Sequence[str], *, ending: str = ".xlsx") -> None:
    """Ask how the people `ids` are written, in this order, and write them; without the log nothing is written."""
    if not ids:
        screen.news(t("There is nobody to write"), bad=True)
        return
    if not screen.may_write():
        return

    def take(wish: Wish | None) -> None:
        if wish is None:
            return
        if not wish.path.exists():
            _start(screen, ids, wish, overwrite=False)
            return

        def replace(yes: bool | None) -> None:  # noqa: FBT001  # the dialog answers so
            if yes:
                _start(screen, ids, wish, overwrite=True)

        title = t("Replace the file that is there?")
        screen.app.push_screen(Confirm(title, (str(wish.path),), yes=t("Replace the file")), replace)

    default = filters.documents_folder() / (tr_("people") + ending)
    screen.app.push_screen(ExportDialog(screen.office, len(ids), default, screen.today), take)


def print_list(screen: OfficeScreen, ids: Sequence[str]) -> None:
    """Ask how the people `ids` are written as a PDF to print."""
    write_list(screen, ids, ending=".pdf")


def _start(screen: OfficeScreen, ids: Sequence[str], wish: Wish, *, overwrite: bool) -> None:
    screen.behind(
        t("Writing the list (Esc: stop)"),
        lambda job: _write(job, screen, ids, wish, overwrite=overwrite),
        lambda n: screen.tell_end(t("Written: {path} · {n} people, logged", path=wish.path, n=n)),
        group="export",
        on_stop=t("The writing is being stopped"),
        writes=True,
    )


def _write(job: Job, screen: OfficeScreen, ids: Sequence[str], wish: Wish, *, overwrite: bool) -> int:
    """Write the list in the thread of `job`; gives how many people it holds."""
    office = screen.office

    def progress(done: int, whole: int) -> None:
        if done < whole:
            job.progress(done, whole)
        elif not job.stopped:
            # The first PDF of a machine waits for its fonts to be made.
            job.tell(screen.progress, t("Setting the pages; the first time takes longer"), 0, 0)

    people = _people(screen, ids, wish, stopped=job.is_stopped)
    write_people(
        people,
        wish.path,
        overwrite=overwrite,
        log=lambda export: job.tell(lists.log_export, office, export),
        progress=progress,
        stop=job.is_stopped,
    )
    return len(people.lines)


def _people(screen: OfficeScreen, ids: Sequence[str], wish: Wish, *, stopped: Callable[[], bool]) -> PeopleList:
    office, day = screen.office, screen.on
    columns = columns_of(wish.layout.columns)
    lists.judge_leaving(office, sensitive=any(each.sensitive for each in columns))
    known = {line.person.id: line for line in roster(office, day)}
    judged: dict[str, list[Judgement]] = {}
    if any(column.judged for column in columns):
        for person, each in check(office, day, stop=stopped):
            judged.setdefault(person.id, []).append(each)
    lines: list[RosterLine] = [known[each] for each in ids if each in known]
    return PeopleList(
        lines=lines,
        columns=columns,
        known=Known(office.settings, office.unit_names(day), judged),
        on=day,
        day=wish.day,
        heading=wish.layout.heading,
        signer=wish.layout.signer,
        signer_name=wish.layout.signer_name,
        mark=tr(backups.mark(office)),
    )
