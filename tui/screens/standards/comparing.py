"""New settings beside the present ones: every value that differs, who gains and who falls, and taking them over."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.binding import BindingType

from config.errors import AppError
from config.i18n import tr, tr_
from config.text import Text, t
from records.domain.people.names import fold, person_key, sort_key
from records.services.standards.comparing import (
    Comparison,
    Moved,
    about_words,
    accept,
    compare,
    cost_words,
    side_words,
)
from records.services.standards.differences import Changed, value_words
from tui.present.rows import Column, Row
from tui.screens.base import key
from tui.screens.files import ChooseFile
from tui.screens.list_screen import ListScreen
from tui.screens.paper_out import ask_paper
from tui.widgets.dialogs import Confirm, Report
from tui.widgets.table import VirtualTable

_PARTS: dict[str, tuple[Text, str, str]] = {
    "changes": (t("Changes"), "≠", ""),
    "gain": (t("Gain"), "+", "good"),
    "fall": (t("Fall"), "−", "bad"),
    "unknown": (t("Unknown"), "?", "warn"),
}
"""Part of a comparison -> its name, its mark and its look."""

_CHOOSE = t("Ins: choose a file of new rules, to see what it would change and for whom")


class CompareScreen(ListScreen):
    """A file of settings beside the present ones; nothing is changed until it is accepted."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("choose", t("File")),
        key("next_part", t("Part")),
        key("accept", t("Take over")),
        key("export", t("Paper (PDF, Word, Excel)")),
        key("back", t("Back")),
    ]
    empty = _CHOOSE
    counted = True

    def __init__(self, path: Path | None = None) -> None:
        super().__init__()
        self._path, self._part = path, ""
        self._seen: Comparison | None = None
        self._rows: dict[str, Changed | Moved] = {}

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        return (tr_("Standards"), tr_("Compare new rules"), *([self._path.name] if self._path else []))

    def columns(self) -> list[Column]:
        """What is shown of each value, and of each whom it concerns."""
        return [
            Column("part", tr_("Part"), 11, sort=str),
            Column("what", tr_("What or who"), 22, sort=person_key, grow=True),
            Column("before", tr_("Before"), 14, sort=sort_key),
            Column("after", tr_("After"), 14, sort=sort_key),
            Column("source", tr_("Source, role, unit"), 24, sort=sort_key, grow=True),
        ]

    def refresh_office(self) -> None:
        """Compare again: the book or the day is another."""
        if self._path is not None:
            self._compare(self._path)
        else:
            self._show()

    # -- comparing ----------------------------------------------------------------------------------------------------

    def action_choose(self) -> None:
        """Choose the file."""

        def take(path: Path | None) -> None:
            if path is not None:
                self._compare(path)

        self.app.push_screen(ChooseFile(t("A file of rules (.yaml)"), (".yaml", ".yml")), take)

    def _compare(self, path: Path) -> None:
        office, day = self.office, self.on
        self._path, self._seen, self._part = path, None, ""
        self._show()
        self.show_place()
        self.behind(
            t("Judging everybody twice"),
            lambda job: compare(office, path, day, progress=job.progress, stop=job.is_stopped),
            self._take,
            failed=self._not_compared,
            on_stop=t("Stopped; Ins chooses the file again"),
        )

    def _not_compared(self, error: AppError) -> None:
        self._path = None
        self._show()
        self.show_place()
        self.complain(error)

    def _take(self, seen: Comparison) -> None:
        self._seen = seen
        self._show()

    # -- showing ------------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        seen = self._seen
        told = (
            []
            if seen is None
            else [_counts(seen), tr(cost_words(seen) or ""), tr_("Nothing is changed until it is accepted.")]
        )
        self.show_counts("\n".join(filter(None, told)))
        rows = [] if seen is None else self._rows_of(seen)
        listing = self.listing
        if seen is not None:
            listing.table.empty = tr_("No value differs: there is nothing to take over")
        else:
            listing.table.empty = tr(_CHOOSE) if self._path is None else tr_("Comparing… Esc: stop")
        listing.chips([tr(_PARTS[self._part][0])] if self._part else [])
        listing.set_rows(rows)

    def _rows_of(self, seen: Comparison) -> list[Row]:
        found: list[Row] = []
        self._rows = {}
        parts: dict[str, tuple[Changed | Moved, ...]] = {
            "changes": seen.changes, "gain": seen.gain, "fall": seen.fall, "unknown": seen.unknown,
        }  # fmt: skip
        for part, held in parts.items():
            for number, each in enumerate(held):
                if self._part in ("", part):
                    self._rows[f"{part}-{number}"] = each
                    found.append(self._row(f"{part}-{number}", part, each))
        return found

    def _row(self, row_id: str, part: str, each: Changed | Moved) -> Row:
        name, mark, look = _PARTS[part]
        if isinstance(each, Changed):
            before, after = (tr(value_words(value, self.office.settings)) for value in (each.before, each.after))
            cells = (f"{mark} {tr(name)}", tr(each.label) or each.place, before, after, each.source)
        else:
            before, after = map(tr, side_words(each, short=True))
            about = tr(about_words(self.office, each.about))
            cells = (f"{mark} {tr(name)}", each.name, before, after, f"{about} · {each.unit}".strip(" ·"))
        return Row(row_id, cells, {0: look} if look else {}, fold(" ".join(cells)))

    @on(VirtualTable.Opened)
    def _open(self, event: VirtualTable.Opened) -> None:
        each = self._rows[event.row_id]
        if isinstance(each, Changed):
            before, after = (tr(value_words(value, self.office.settings)) for value in (each.before, each.after))
            lines = [
                f"{before} → {after}",
                "",
                *([tr_("Source") + ": " + each.source] if each.source else []),
                each.place,
            ]
            self.app.push_screen(Report(tr(each.label) or each.place, lines))
            return
        before, after = map(tr, side_words(each))
        lines = [tr(about_words(self.office, each.about)), *([each.unit] if each.unit else []), f"{before} → {after}"]
        self.app.push_screen(Report(f"{each.name} · {each.subject}", lines))

    # -- keys ---------------------------------------------------------------------------------------------------------

    def action_next_part(self) -> None:
        """Show only the next part, and at last all of them again."""
        order = ["", *_PARTS]
        self._part = order[(order.index(self._part) + 1) % len(order)]
        self._show()
        self.news(t("Shown: {what}", what=_PARTS[self._part][0] if self._part else t("everything")))

    def action_accept(self) -> None:
        """Take the file over into the settings of the book, once the person has said yes."""
        seen, path = self._seen, self._path
        if seen is None or path is None:
            self.news(t("Choose a file first: Ins"), bad=True)
            return
        if not seen.changes:
            self.news(t("No value differs: there is nothing to take over"), bad=True)
            return
        if not self.may_write():
            return

        def answered(yes: bool | None) -> None:  # noqa: FBT001  # the dialog answers so
            if yes:
                self.attempt(lambda: self._accept(path, seen))

        lines = [
            _counts(seen),
            *([tr(cost)] if (cost := cost_words(seen)) else []),
            tr_("Undo takes it back (Ctrl+Z)."),
        ]
        title = t("Take {file} over into the settings of this book?", file=seen.file)
        self.app.push_screen(Confirm(title, lines, yes=t("Take over")), answered)

    def _accept(self, path: Path, seen: Comparison) -> None:
        office = accept(self.office, path, seen, self.today)
        self.app.take_settings(office)  # type: ignore[attr-defined]  # the app of the office
        self.catch_up()
        self.news(t("Changed: written to the settings of this book, and to its history"))

    def action_back(self) -> None:
        """Stop comparing; else leave."""
        if self._seen is None and self.stop_work():
            self._path = None
            self.numbers_wait(None)  # nothing of the file is shown any more
            self._show()
            self.show_place()
        else:
            super().action_back()

    def action_export(self) -> None:
        """Write the comparison as a paper."""
        from exports.papers.comparing import write_comparison  # noqa: PLC0415  # ReportLab is heavy

        seen, office, on_day = self._seen, self.office, self.on
        if seen is None:
            self.news(t("Choose a file first: Ins"), bad=True)
            return
        name = f"{tr_('comparison of rules')} {on_day:%d-%m-%Y}"
        ask_paper(
            self,
            name,
            lambda to: write_comparison(office, seen, on_day, to.path, day=to.day, log=to.log, overwrite=to.overwrite),
        )


def _counts(seen: Comparison) -> str:
    ways = [f"{tr(_PARTS[way][0])}: {len(getattr(seen, way))}" for way in ("gain", "fall", "unknown")]
    return " · ".join([tr_("{n} changes", n=len(seen.changes)), *ways])
