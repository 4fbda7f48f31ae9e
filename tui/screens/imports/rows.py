"""What every preview of a spreadsheet does with single rows: where a fault stands, the whole row, a cell put right."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Literal

from config.i18n import tr, tr_
from config.text import Text, t
from records.intake.drafts import Refusal
from records.intake.files.cells import Sheet, letter, shown_cell
from records.intake.layout.columns import Layout
from records.intake.layout.headings import meaning
from records.intake.mending import column_in_label, name_in_row
from records.intake.notices import spans
from records.services.lists import log_export
from tui.present.imports import heading_of
from tui.screens.base import OfficeScreen
from tui.screens.filters import ask_export
from tui.widgets.dialogs import AskText, Choose, Confirm

Unseen = Literal["take", "leave"]
"""What becomes of people whose row is hidden, or whose name is struck out."""


def ask_cell(
    screen: OfficeScreen,
    source: Sheet,
    layout: Layout,
    row: int,
    faults: tuple[Refusal, ...],
    take: Callable[[int, str], None],
) -> None:
    """Ask what shall stand in a cell of a row: the one at fault, or one to be chosen where several may be meant."""
    wrong = {at: each for each in faults if (at := column_in_label(each.column)) is not None}

    def ask(chosen: str | None) -> None:
        if chosen is None:
            return
        at = int(chosen)
        place, name = f"{heading_of(layout, at)} ({letter(at)})".strip(), name_in_row(source, layout, row)
        title = t("Row {row}: {name}", row=row, name=place)
        if name:
            title = t("Row {row}, {name}: {place}", row=row, name=name, place=place)
        why: Text | str = wrong[at].problem if at in wrong else t("What shall stand there; the file stays as it is")

        def typed(text: str | None) -> None:
            if text is not None:
                take(at, text)

        screen.app.push_screen(AskText(title, why, shown_cell(source.at(row, at))), typed)

    if len(wrong) == 1:
        ask(str(next(iter(wrong))))
        return
    known = sorted({*layout.headings, *layout.columns.values()}, key=lambda at: (at not in wrong, at))
    options = [(str(at), f"{heading_of(layout, at)} ({letter(at)})", shown_cell(source.at(row, at))) for at in known]
    screen.app.push_screen(Choose(t("Row {row}: which cell is to be put right?", row=row), options), ask)


def ask_entering(
    screen: OfficeScreen,
    title: Text | str,
    lines: Sequence[Text | str],
    *,
    yes: Text,
    enter: Callable[[], None],
    closed: Text | None = None,
) -> None:
    """Say in numbers what will happen; Enter does it, and closing it says that nothing was entered."""

    def done(agreed: bool | None) -> None:  # noqa: FBT001  # the dialog answers so
        if agreed:
            enter()
        else:
            screen.news(closed or t("Nothing was entered; the preview is still open"))

    screen.app.push_screen(Confirm(title, lines, yes=yes, ready=True), done)


def ask_unseen(screen: OfficeScreen, rows: Collection[int], now: Unseen, take: Callable[[Unseen], None]) -> None:
    """Ask whether the rows that the sheet hides or strikes out are taken; the other choice than `now` comes first."""
    if not rows:
        screen.news(t("The sheet hides no row with a person, and none is struck out"))
        return

    def chosen(answer: str | None) -> None:
        if answer is not None and answer != now:
            take("take" if answer == "take" else "leave")

    options = [("leave", tr_("leave them out")), ("take", tr_("take them like the others"))]
    options.sort(key=lambda each: each[0] == now)
    screen.app.push_screen(Choose(t("Rows hidden or struck out: {rows}", rows=spans(rows)), options), chosen)


def write_refused(
    screen: OfficeScreen,
    path: Path,
    source: Sheet,
    layout: Layout,
    reasons: Mapping[int, str],
    fields: Mapping[str, Text],
) -> None:
    """Ask where to, and write the rows that cannot be entered with their reasons, to be mended and imported again."""
    from exports.lists.refused_rows import write_refused_rows  # noqa: PLC0415  # spreadsheets are heavy

    if not reasons:
        screen.news(t("No row is refused"), bad=True)
        return
    if not screen.may_write():  # a list with data of people does not leave without a line in the book
        return
    office, heads = screen.office, _heads(layout, fields)
    ask_export(
        screen,
        tr_("{file} refused", file=path.stem),
        lambda out, overwrite: write_refused_rows(
            source, heads, reasons, out, on=screen.on, log=lambda made: log_export(office, made), overwrite=overwrite
        ),
    )


def _heads(layout: Layout, fields: Mapping[str, Text]) -> dict[int, tuple[str, str]]:
    """Column -> its key and the heading to write, which is read as that key again though it stands in one row."""
    keys = {at: key for key, at in layout.columns.items()}
    return {
        at: (keys.get(at, ""), _head(keys.get(at, ""), heading_of(layout, at), fields))
        for at in sorted({*layout.headings, *keys})
    }


def _head(key: str, heading: str, fields: Mapping[str, Text]) -> str:
    leaf = heading.rpartition(" / ")[2]
    others = ["Male", "Female"] if key in ("born_male", "born_female") else []
    titles = [tr(fields[key])] if key in fields else []
    candidates = [heading, leaf, heading.replace(" / ", " "), *titles, *others]
    return next((each for each in candidates if key and meaning(each) == key), heading)
