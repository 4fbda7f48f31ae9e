"""Initiatives: handed in, recognised by a paper, or turned down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from textual import on
from textual.binding import BindingType

from config.errors import InputError, needs
from config.i18n import tr, tr_
from config.text import t
from records.domain.awards.initiatives import LEVELS, Author, Initiative
from records.domain.dates import shown
from records.domain.people.names import fold, sort_key
from records.domain.people.person import Person
from records.rules.awards.words import INITIATIVE_WORDS, LEVEL_WORDS
from records.services.movements import initiatives as services
from tui.present.rows import Column, Row
from tui.screens.awards.forms import filled
from tui.screens.base import Act, key
from tui.screens.form import OfficeForm, day_field
from tui.screens.imports.lists import ask_list, ask_template
from tui.screens.movements.dossiers import ask_dossier
from tui.screens.movements.lists import ActingList
from tui.widgets.dialogs import Report
from tui.widgets.fields import Field
from tui.widgets.table import VirtualTable

_LOOKS = {"recognised": "good", "refused": "bad", "open": "warn"}


class InitiativesScreen(ActingList):
    """Initiatives by year, the latest first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("new", t("Enter an initiative")),
        key("change", t("Put right")),
        key("recognise", t("Recognised")),
        key("more", t("More")),
        key("remove", t("Take out"), show=False),
        key("back", t("Back"), show=False),
    ]
    more_acts = (
        Act("refuse", t("Turned down")),
        Act("files", t("Files of the dossier")),
        Act("take_list", t("From a spreadsheet")),
        Act("blank_list", t("An empty workbook to fill in")),
    )
    empty = t("No initiative is recorded. Ins: enter one")

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        return tr_("Emulation"), tr_("Initiatives")

    def columns(self) -> list[Column]:
        """What is shown of each."""
        return [
            Column("title", tr_("Initiative"), 26, sort=sort_key, grow=True),
            Column("authors", tr_("Authors"), 20, grow=True),
            Column("level", tr_("Level"), 11),
            Column("state", tr_("State"), 14, sort=str),
            Column("year", tr_("Year"), 4, align="right"),
            Column("number", tr_("Number"), 14),
            Column("by", tr_("Recognised by"), 22, grow=True),
        ]

    def refresh_office(self) -> None:
        """Read them."""
        found = services.initiatives_of(self.office)
        self.listing.set_rows(self._row(each) for each in found)
        counts = Counter(services.state_of(each) for each in found)
        told = (f"{tr(INITIATIVE_WORDS[state])} {counts[state]}" for state in services.STATES if counts[state])
        self.show_counts(" · ".join(told))

    def _row(self, each: Initiative) -> Row:
        state = services.state_of(each)
        year = services.counted_year(self.office, each)
        authors = ", ".join(services.author_words(self.office, each))
        cells = (each.title, authors, tr(LEVEL_WORDS[each.scope]), tr(INITIATIVE_WORDS[state]), str(year or ""),
                 each.number, each.by)  # fmt: skip
        return Row(id=each.id, cells=cells, styles={3: _LOOKS[state]}, find=fold(" ".join((*cells, each.id))))

    def chosen(self) -> list[Initiative]:
        """Those marked, else the one under the cursor."""
        table = self.office.book.table(Initiative)
        return [found for each in self.chosen_ids() if (found := table.get(each)) is not None]

    @on(VirtualTable.Opened)
    def _open(self, event: VirtualTable.Opened) -> None:
        each = services.initiative_named(self.office, event.row_id)
        lines = [*services.author_words(self.office, each), tr(LEVEL_WORDS[each.scope]), ""]
        days = (
            (t("Handed in on"), each.day),
            (t("Recognised on"), each.recognised),
            (t("Turned down on"), each.refused),
        )
        lines += [f"{tr(words)}: {shown(day)}" for words, day in days if day]
        lines += [part for part in (each.by, each.number, each.applied, each.reason) if part]
        self.app.push_screen(Report(each.title, lines))

    def action_new(self) -> None:
        """Enter one."""
        if self.may_write():
            self.app.push_screen(InitiativeForm(), self.entered(t("Entered. Ctrl+Z takes it back")))

    def action_change(self) -> None:
        """Put the one under the cursor right."""
        chosen = self.chosen()
        if chosen and self.may_write():
            self.app.push_screen(InitiativeForm(chosen[0]), self.entered(t("Put right. Ctrl+Z takes it back")))

    def action_recognise(self) -> None:
        """Enter the paper that recognises the marked."""
        chosen = self.chosen()
        if chosen and self.may_write():
            told = t("Recognised: {n} initiatives", n=len(chosen))
            self.app.push_screen(RecognitionForm(chosen), self.entered(told))

    def action_refuse(self) -> None:
        """Note that the marked were turned down."""
        chosen = self.chosen()
        if chosen:
            told = t("Turned down: {n} initiatives", n=len(chosen))
            self.ask_words(
                t("Turned down"), t("Reason"), lambda why: services.refuse(self.office, chosen, self.on, why), told
            )

    def action_remove(self) -> None:
        """Take the marked out."""
        chosen = self.chosen()
        if chosen:
            title = t("Take {n} initiatives out?", n=len(chosen))
            told = t("Taken out: {n}. Ctrl+Z brings them back", n=len(chosen))
            self.ask_sure(title, t("Take out"), lambda: services.remove(self.office, chosen), told)

    def action_take_list(self) -> None:
        """Take in a list of them."""
        ask_list(self, "initiatives")

    def action_blank_list(self) -> None:
        """Write the workbook that such a list is filled into."""
        ask_template(self, "initiatives")

    def action_files(self) -> None:
        """Show the files of the one under the cursor."""
        if chosen := self.chosen():
            ask_dossier(self, chosen[0].id, chosen[0].title)


class InitiativeForm(OfficeForm):
    """A new initiative, or one to be put right; answers with its id."""

    def __init__(self, held: Initiative | None = None) -> None:
        super().__init__()
        self._held = held

    def heading(self) -> str:
        """What the form is for."""
        return tr_("Put an initiative right") if self._held else tr_("Enter an initiative")

    def fields(self) -> list[Field]:
        """Title, authors, level, days and paper."""
        levels = [(each, tr(LEVEL_WORDS[each])) for each in LEVELS]
        return [
            Field("title", t("Initiative"), judge=filled(t("Initiative"))),
            Field("authors", t("Authors (name or code = %, …)"), judge=self._authors),
            Field("scope", t("Level of recognition"), "choice", options=levels),
            day_field("day", t("Handed in on"), self.on),
            day_field("recognised", t("Recognised on"), self.on),
            Field("by", t("Recognised by")),
            Field("number", t("Decision number")),
            Field("applied", t("Where it is applied")),
        ]

    def first_values(self) -> dict[str, str]:
        """What the held one says."""
        held = self._held
        if held is None:
            return {"day": shown(self.on), "scope": "grassroots"}
        authors = ", ".join(
            f"{each.person or each.name}{f'={each.share}' if each.share else ''}" for each in held.authors
        )
        texts = {name: getattr(held, name) for name in ("title", "scope", "by", "number", "applied")}
        return {**texts, "authors": authors, "day": shown(held.day), "recognised": shown(held.recognised)}

    def _authors(self, typed: str) -> tuple[Author, ...]:
        """Authors as typed: a code, or the name of somebody in the book or outside, each with its percent or none."""
        found = []
        for each in (part.strip() for part in typed.split(",") if part.strip()):
            who, equals, share = (part.strip() for part in each.partition("="))
            if equals and not share.rstrip("% ").isdecimal():
                raise needs(tr_("Authors"), each, t("write CODE or CODE=PERCENT, such as TN-P-00012=60"))
            found.append(self._author(who, int(share.rstrip("% ")) if equals else 0))
        if not found:
            raise InputError(t("The initiative has no author"), do=t("name them by their codes, such as TN-P-00012"))
        return tuple(found)

    def _author(self, who: str, share: int) -> Author:
        people = self.office.book.table(Person)
        if people.get(who.upper()) is not None:
            return Author(person=who.upper(), share=share)
        named = [each.id for each in people.glances() if fold(each.name) == fold(who)]
        if len(named) > 1:
            raise InputError(t("{n} in the book are called {name}: give the code", n=len(named), name=who))
        return Author(person=named[0], share=share) if named else Author(name=who, share=share)

    def store(self, values: Mapping[str, Any]) -> str:
        """Enter it, or put it right."""
        if self._held is None:
            return services.enter(self.office, Initiative(id="", **values), today=self.today).id
        return services.correct(self.office, self._held, today=self.today, **values).id


class RecognitionForm(OfficeForm):
    """The paper that recognises initiatives; answers with the id of the first."""

    def __init__(self, chosen: Sequence[Initiative]) -> None:
        super().__init__()
        self._chosen = chosen

    def heading(self) -> str:
        """What the form is for."""
        return tr_("The paper that recognises {n} initiatives", n=len(self._chosen))

    def fields(self) -> list[Field]:
        """Paper, body and level."""
        levels = [("", tr_("as asked")), *((each, tr(LEVEL_WORDS[each])) for each in LEVELS)]
        return [
            Field("number", t("Decision number")),
            day_field("day", t("Recognised on"), self.on, needed=True),
            Field("by", t("Recognised by"), judge=filled(t("Recognised by"))),
            Field("scope", t("Level of recognition"), "choice", options=levels),
        ]

    def first_values(self) -> dict[str, str]:
        """The day asked about."""
        return {"day": shown(self.on)}

    def store(self, values: Mapping[str, Any]) -> str:
        """Recognise them."""
        paper = {name: values[name] for name in ("number", "by", "scope")}
        return services.recognise(self.office, self._chosen, values["day"], today=self.today, **paper)[0].id
