"""Movements: launched with their criteria, joined, with results, summed up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from textual import on
from textual.binding import BindingType

from config.i18n import tr_
from config.text import t
from records.domain.dates import shown
from records.domain.emulation import Movement
from records.domain.people.names import fold, sort_key
from records.services.movements import movements as services
from tui.present.rows import Column, Row
from tui.screens.awards.forms import filled
from tui.screens.awards.subjects import ChooseSubjects
from tui.screens.base import Act, key
from tui.screens.form import OfficeForm, day_field
from tui.screens.movements.dossiers import ask_dossier
from tui.screens.movements.lists import ActingList
from tui.widgets.fields import Field
from tui.widgets.table import VirtualTable


class MovementsScreen(ActingList):
    """Movements, the latest first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("new", t("Enter a movement")),
        key("change", t("Put right")),
        key("more", t("More")),
        key("back", t("Back"), show=False),
    ]
    more_acts = (Act("sum_up", t("Sum it up")), Act("files", t("Files of the dossier")))
    empty = t("No movement is recorded. Ins: enter one")

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        return tr_("Emulation"), tr_("Movements")

    def columns(self) -> list[Column]:
        """What is shown of each."""
        return [
            Column("title", tr_("Movement"), 24, sort=sort_key, grow=True),
            Column("launched", tr_("From"), 10),
            Column("until", tr_("To"), 10),
            Column("people", tr_("Participants"), 12, align="right"),
            Column("noted", tr_("With a result"), 7, align="right"),
            Column("registered", tr_("Titles"), 8, align="right"),
            Column("reached", tr_("Reached"), 7, align="right"),
            Column("state", tr_("State"), 14),
        ]

    def refresh_office(self) -> None:
        """Read them."""
        found = services.movements(self.office)
        self.listing.set_rows(self._row(each) for each in found)
        self.show_counts(tr_("{n} movements", n=len(found)))

    def _row(self, each: Movement) -> Row:
        told = services.outcome(self.office, each)
        state = tr_("summed up") if each.summed else tr_("theme") if each.theme else ""
        numbers = (told.participants, told.noted, told.registered, told.reached)
        cells = (each.title, shown(each.launched, "…"), shown(each.until, "…"), *map(str, numbers), state)
        return Row(id=each.id, cells=cells, styles={7: "good" if each.summed else ""}, find=fold(" ".join(cells)))

    def _chosen(self) -> Movement | None:
        chosen = self.listing.table.cursor_id
        return self.office.book.table(Movement).get(chosen) if chosen else None

    @on(VirtualTable.Opened)
    def _open(self, event: VirtualTable.Opened) -> None:
        self.app.push_screen(ParticipantsScreen(event.row_id))

    def action_new(self) -> None:
        """Enter one."""
        if self.may_write():
            self.app.push_screen(MovementForm(), self.entered(t("Entered. Enter: who takes part")))

    def action_change(self) -> None:
        """Put the one under the cursor right."""
        held = self._chosen()
        if held is not None and self.may_write():
            self.app.push_screen(MovementForm(held), self.entered(t("Put right. Ctrl+Z takes it back")))

    def action_sum_up(self) -> None:
        """Sum the one under the cursor up."""
        held = self._chosen()
        if held is not None:
            self.ask_words(
                t("Sum it up"), t("What it came to, in words"),
                lambda words: services.sum_up(self.office, held, self.on, words), t("Summed up. Ctrl+Z takes it back"),
            )  # fmt: skip

    def action_files(self) -> None:
        """Show the files of the one under the cursor."""
        held = self._chosen()
        if held is not None:
            ask_dossier(self, held.id, held.title)


class ParticipantsScreen(ActingList):
    """Who takes part in a movement, and what they came to."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("add", t("Who takes part")),
        key("change", t("Result")),
        key("remove", t("Take out"), show=False),
        key("back", t("Back"), show=False),
    ]
    empty = t("Nobody takes part yet. Ins: enter people")

    def __init__(self, movement: str) -> None:
        super().__init__()
        self._movement = movement

    @property
    def movement(self) -> Movement | None:
        """The movement, or None once it was taken back."""
        return self.office.book.table(Movement).get(self._movement)

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        return tr_("Movements"), self.movement.title if self.movement else ""

    def columns(self) -> list[Column]:
        """What is shown of each."""
        return [
            Column("code", tr_("Code"), 11),
            Column("name", tr_("Name"), 24, sort=sort_key, grow=True),
            Column("joined", tr_("Joined on"), 10),
            Column("result", tr_("Result"), 30, grow=True),
        ]

    def refresh_office(self) -> None:
        """Read them; without the movement any more there is nothing to show."""
        movement = self.movement
        if movement is None:
            self.dismiss()
            return
        names = self.office.names()
        self.listing.set_rows(
            Row(
                id=each.subject,
                cells=(each.subject, names.get(each.subject, ""), shown(each.joined), each.result or "—"),
                find=fold(f"{each.subject} {names.get(each.subject, '')} {each.result}"),
            )
            for each in movement.participants
        )
        goals = " · ".join(movement.goals)
        self.show_counts(
            " · ".join(part for part in (tr_("{n} participants", n=len(movement.participants)), goals) if part)
        )

    def action_add(self) -> None:
        """Choose people or units; units where the people's list is left empty."""
        movement = self.movement

        def named(subjects: list[str] | None) -> None:
            if subjects and movement is not None:
                told = t("Take part: {n}. Ctrl+Z takes it back", n=len(subjects))
                self.act(lambda: services.join(self.office, movement, subjects, self.on), told)

        if movement is not None and self.may_write():
            from tui.widgets.dialogs import Choose  # noqa: PLC0415  # asked here alone

            def kind(chosen: str | None) -> None:
                if chosen:
                    self.app.push_screen(ChooseSubjects(self.office, self.on, units=chosen == "units"), named)

            options = [("people", tr_("People")), ("units", tr_("Units"))]
            self.app.push_screen(Choose(t("Who takes part"), options), kind)

    def action_change(self) -> None:
        """Note what the marked came to."""
        movement, chosen = self.movement, self.chosen_ids()
        if movement is not None and chosen:
            self.ask_words(
                t("Result"), t("What they came to, in words"),
                lambda words: services.note(self.office, movement, chosen, words, self.on),
                t("Noted: {n}", n=len(chosen)),
            )  # fmt: skip

    def action_remove(self) -> None:
        """Take the marked out."""
        movement, chosen = self.movement, self.chosen_ids()
        if movement is not None and chosen:
            told = t("Taken out: {n}. Ctrl+Z brings them back", n=len(chosen))
            title = t("Take {n} participants out?", n=len(chosen))
            self.ask_sure(title, t("Take out"), lambda: services.leave(self.office, movement, chosen), told)


class MovementForm(OfficeForm):
    """A new movement, or one to be put right; answers with its id."""

    def __init__(self, held: Movement | None = None) -> None:
        super().__init__()
        self._held = held

    def heading(self) -> str:
        """What the form is for."""
        return tr_("Put a movement right") if self._held else tr_("Enter a movement")

    def fields(self) -> list[Field]:
        """Title, paper, time, criteria."""
        kinds = [("", tr_("movement")), ("theme", tr_("theme"))]
        return [
            Field("title", t("Movement"), judge=filled(t("Movement"))),
            Field("theme", t("Kind"), "choice", options=kinds),
            Field("number", t("Number")),
            day_field("launched", t("From"), self.on, needed=True),
            day_field("until", t("To"), self.on),
            Field("goals", t("Criteria (with ; between)")),
        ]

    def first_values(self) -> dict[str, str]:
        """What the held one says."""
        held = self._held
        if held is None:
            return {"launched": shown(self.on)}
        days = {"launched": shown(held.launched), "until": shown(held.until)}
        goals = "; ".join(held.goals)
        return {
            "title": held.title,
            "theme": "theme" if held.theme else "",
            "number": held.number,
            **days,
            "goals": goals,
        }

    def store(self, values: Mapping[str, Any]) -> str:
        """Enter it, or put it right."""
        said = {**values, "theme": bool(values["theme"]), "goals": tuple(str(values["goals"]).split(";"))}
        if self._held is None:
            return services.launch(self.office, Movement(id="", **said)).id
        return services.change(self.office, self._held, **said).id
