"""A standard in plain words: what it asks, on what texts, and changing or confirming a value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from textual import on
from textual.binding import BindingType

from config.errors import InputError
from config.i18n import language, tr, tr_
from config.settings.criteria import Standard
from config.settings.dated import Dated
from config.text import t
from records.domain.dates import parse_day, shown
from records.domain.people.names import fold
from records.rules.standards.plain_words import PlainLine, standard_lines
from records.rules.standards.supposing import criteria_of, values_of
from records.services.office import Office
from records.services.standards.outlook import Effect, what_if_value
from records.services.standards.rule_changes import NewValue, read_value, set_value
from tui.present.rows import Column, Row
from tui.screens.base import Act, key
from tui.screens.form import OfficeForm
from tui.screens.list_screen import ListScreen
from tui.screens.standards.comparing import CompareScreen
from tui.widgets.dialogs import AskText, Report
from tui.widgets.fields import Field
from tui.widgets.table import VirtualTable


class StandardScreen(ListScreen):
    """Every standard of the settings, criterion by criterion."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("change", t("Change or confirm")),
        key("more", t("What if, compare")),
        key("back", t("Back"), show=False),
    ]
    more_acts = (Act("suppose", t("What if")), Act("compare", t("Compare new rules")))

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[tuple[Standard, PlainLine]] = []

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        return (tr_("Check against the standard"), tr_("Standards"))

    def columns(self) -> list[Column]:
        """What is shown of each."""
        return [Column("text", tr_("The standards, as they are read on this day"), 40, grow=True)]

    def refresh_office(self) -> None:
        """Read the standards."""
        settings = self.office.settings
        self._lines = [
            (standard, line)
            for standard in settings.standards
            for line in standard_lines(standard, settings.sources.sources, self.on)
        ]
        rows = []
        for number, (standard, line) in enumerate(self._lines):
            words = tr(line.text)
            if not line.criterion:
                words = f"{standard.title.in_language(language())} · {words}"
            indent = "  " * (line.depth + 1) if line.criterion else ""
            look = "warn" if tr_("to confirm") in words else "" if line.criterion else "good"
            rows.append(Row(str(number), (indent + words,), {0: look} if look else {}, fold(words)))
        self.listing.set_rows(rows)

    def _chosen(self) -> tuple[Standard, PlainLine] | None:
        chosen = self.listing.table.cursor_id
        found = self._lines[int(chosen)] if chosen is not None else None
        if found is None or not found[1].value:
            self.news(t("Put the cursor on a value, such as a number of months"), bad=True)
            return None
        return found

    @on(VirtualTable.Opened)
    def _open(self, _event: VirtualTable.Opened) -> None:
        standard, line = self._lines[int(self.listing.table.cursor_id or 0)]
        told = [tr(line.text)]
        named = criteria_of(standard).get(line.criterion)
        source = self.office.settings.sources.sources.get(named.source) if named else None
        if source is not None:
            told += ["", tr_("Source") + ": " + source.title, *([source.note] if source.note else [])]
        self.app.push_screen(Report(standard.title.in_language(language()), told))

    def action_change(self) -> None:
        """Change or confirm the value under the cursor."""
        chosen = self._chosen()
        if chosen is None or not self.may_write():
            return

        def changed(done: str | None) -> None:
            if done:
                self.refresh_office()
                self.catch_up()
                self.news(t("Changed: written to the settings of this book, and to its history"))

        self.app.push_screen(ValueForm(*chosen), changed)

    def action_suppose(self) -> None:
        """Say how many more or fewer would meet the standard with another value; nothing is written."""
        chosen = self._chosen()
        if chosen is None:
            return
        standard, line = chosen

        def show(typed: str | None) -> None:
            if typed and typed.strip():
                office, day, place = self.office, self.on, (line.criterion, line.value)
                self.behind(
                    t("Judging everybody twice"),
                    lambda _job: what_if_value(office, day, standard.id, place, read_value(typed)),
                    lambda effect: self._show_effect(standard, effect),
                    group="supposing",
                )

        self.app.push_screen(AskText(t("What if the value were another?"), tr(line.text), ""), show)

    def _show_effect(self, standard: Standard, effect: Effect) -> None:
        more = f"{effect.would - effect.met:+d}"
        told = [
            tr_("Meet it now: {met}; would: {would} ({more})", met=effect.met, would=effect.would, more=more),
            tr_("Nothing was written."),
            "",
        ]
        for mark, people in (("+", effect.gained), ("-", effect.lost), ("~", effect.unsettled)):
            told += [f"{mark} {each.name} · {each.id}" for each in people]
        self.app.push_screen(Report(standard.title.in_language(language()), told))

    def action_compare(self) -> None:
        """See what a file of new rules would change, and for whom."""
        self.app.push_screen(CompareScreen())


class ValueForm(OfficeForm):
    """Asks for a value, its first day, its source, and whether the office confirms it."""

    def __init__(self, standard: Standard, line: PlainLine) -> None:
        super().__init__()
        self._standard, self._line = standard, line

    @property
    def _dated(self) -> Dated[Any]:
        return values_of(criteria_of(self._standard)[self._line.criterion])[self._line.value]

    def heading(self) -> str:
        """Which value."""
        return f"{self._standard.title.in_language(language())} · {self._dated.description.in_language(language())}"

    def fields(self) -> list[Field]:
        """The value, what it rests on, and whether that was read."""
        sources = [(each, found.title) for each, found in self.office.settings.sources.sources.items()]
        ways = [
            ("", tr_("a new value, from that day on")),
            ("correct", tr_("a wrong entry is corrected: past days change")),
        ]
        confirm = [("to_confirm", tr_("to confirm")), ("confirmed", tr_("confirmed: the text was read"))]
        return [
            Field("value", t("Value (- for no longer asked)"), judge=_value),
            Field(
                "since",
                t("Holds from"),
                "date",
                judge=lambda typed: parse_day(typed, field="", today=self.today),
            ),
            Field("way", t("What it is"), "choice", options=ways),
            Field("source", t("Source"), "choice", options=sources),
            Field("confidence", t("Confirmed"), "choice", options=confirm),
            Field("note", t("Note")),
        ]

    def first_values(self) -> dict[str, str]:
        """The value that holds on the day asked about, or the first one; a new one begins today, or on a later one."""
        dated = self._dated
        since = max((day for day in dated.values if day <= self.on), default=min(dated.values))
        held = dated.values[since]
        return {
            "value": "-" if held.value is None else str(held.value),
            "since": shown(max(self.today, self.on, since)),
            "way": "",
            "source": held.source,
            "confidence": held.confidence or dated.confidence,
            "note": held.note,
        }

    def store(self, values: Mapping[str, Any]) -> str:
        """Write the office's own file; the settings are read anew."""
        told = {name: each for name, each in values.items() if name != "way"}
        correcting = values["way"] == "correct"
        new = NewValue(criterion=self._line.criterion, name=self._line.value, correcting=correcting, **told)
        office: Office = set_value(self.office, self._standard.id, new, self.today)
        self.app.take_settings(office)  # type: ignore[attr-defined]  # the app of the office
        return self._standard.id


def _value(typed: str) -> Any:
    if not typed.strip():
        raise InputError(t("The value is empty"), do=t("enter a value"))
    return read_value(typed)
