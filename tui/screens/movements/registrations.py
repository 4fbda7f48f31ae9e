"""Titles registered for a year or a movement: entered, sent, returned with a reason, approved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from textual import on
from textual.binding import BindingType

from config.i18n import language, tr, tr_
from config.text import t
from records.domain.awards.registrations import STATES, TitleRegistration
from records.domain.dates import shown
from records.domain.emulation import Movement
from records.domain.people.names import fold, sort_key
from records.rules.awards.words import REGISTRATION_WORDS
from records.services.awards.award_checks import prize_of
from records.services.movements import registrations as services
from records.services.movements.movements import movements
from tui.present.rows import Column, Row
from tui.screens.awards.forms import prize_options
from tui.screens.awards.subjects import ChooseSubjects
from tui.screens.base import Act, key
from tui.screens.form import OfficeForm, day_field
from tui.screens.imports.lists import ask_list, ask_template
from tui.screens.more import ask_act_of
from tui.screens.movements.dossiers import ask_dossier
from tui.screens.movements.lists import ActingList
from tui.screens.paper_out import ask_paper
from tui.widgets.dialogs import Choose, Report
from tui.widgets.fields import Field
from tui.widgets.table import VirtualTable

_LOOKS = {"approved": "good", "returned": "bad", "sent": "warn", "not_sent": ""}
_STEPS = (Act("send", t("Sent")), Act("approve", t("Approved")), Act("give_back", t("Return with a reason")))


class RegistrationsScreen(ActingList):
    """Registrations by year, the latest first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("new", t("Register a title")),
        key("change", t("Pledge")),
        key("step", t("Next step")),
        key("year", t("Year")),
        key("papers", t("Papers")),
        key("more", t("More"), show=False),
        key("withdraw", t("Take out"), show=False),
        key("back", t("Back"), show=False),
    ]
    more_acts = (Act("files", t("Files of the dossier")), Act("take_list", t("From a spreadsheet")),
                 Act("blank_list", t("An empty workbook to fill in")))  # fmt: skip
    empty = t("Nobody has registered a title. Ins: register one")

    def __init__(self, year: int = 0) -> None:
        super().__init__()
        self._year = year

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        return tr_("Emulation"), tr_("Registration of titles"), *((str(self._year),) if self._year else ())

    def columns(self) -> list[Column]:
        """What is shown of each."""
        return [
            Column("name", tr_("Name"), 22, sort=sort_key, grow=True),
            Column("title", tr_("Title registered"), 22, grow=True),
            Column("year", tr_("Year"), 4, align="right"),
            Column("state", tr_("State"), 10, sort=str),
            Column("day", tr_("Day"), 10),
            Column("unit", tr_("Unit"), 20, grow=True),
            Column("reason", tr_("Reason"), 20, grow=True),
            Column("movement", tr_("Movement"), 18, grow=True),
        ]

    def refresh_office(self) -> None:
        """Read them."""
        found = services.registrations_of(self.office, services.Wanted(year=self._year), self.on)
        names, place = self.office.names(), services.place_of(self.office, self.on)
        titles = {each.id: each.title for each in self.office.book.table(Movement)}
        self.listing.set_rows(
            self._row(each, names.get(each.subject, ""), place(each.subject), titles.get(each.movement, ""))
            for each in found
        )
        counts = Counter(each.state for each in found)
        self.show_counts(
            " · ".join(f"{tr(REGISTRATION_WORDS[each])} {counts[each]}" for each in STATES if counts[each])
        )
        self.show_place()

    def _row(self, each: TitleRegistration, name: str, unit: str, movement: str) -> Row:
        title = prize_of(self.office, each.prize).title.in_language(language())
        last = each.steps[-1] if each.steps else None
        day = shown(last.day if last else each.registered)
        reason = last.reason if last else ""
        cells = (name, title, str(each.year), tr(REGISTRATION_WORDS[each.state]), day, unit, reason, movement)
        return Row(id=each.id, cells=cells, styles={3: _LOOKS[each.state]}, find=fold(" ".join((*cells, each.subject))))

    def chosen(self) -> list[TitleRegistration]:
        """Those marked, else the one under the cursor."""
        table = self.office.book.table(TitleRegistration)
        return [found for each in self.chosen_ids() if (found := table.get(each)) is not None]

    @on(VirtualTable.Opened)
    def _open(self, event: VirtualTable.Opened) -> None:
        each = services.registration_named(self.office, event.row_id)
        lines = [prize_of(self.office, each.prize).title.in_language(language()), each.pledge, ""]
        lines += [f"{shown(each.registered)} · {tr_('registered')}"] if each.registered else []
        lines += [
            " · ".join(
                part
                for part in (shown(one.day), tr(REGISTRATION_WORDS[one.to]), one.number, one.reason, one.by)
                if part
            )
            for one in each.steps
        ]
        self.app.push_screen(Report(self.office.names().get(each.subject, ""), lines))

    # -- acts ---------------------------------------------------------------------------------------------------------

    def action_new(self) -> None:
        """Ask for which title, then who registers it."""
        form = RegistrationForm(self._year or self.on.year)

        def named(subjects: list[str] | None) -> None:
            if subjects and form.pledge is not None:
                pledge, day = form.pledge, form.day or self.on
                told = t("Registered: {n}. Ctrl+Z takes it back", n=len(subjects))
                self.act(lambda: services.register(self.office, subjects, pledge, day), told)

        def asked(prize: str | None) -> None:
            if prize:
                units = prize_of(self.office, prize).subject == "collective"
                self.app.push_screen(ChooseSubjects(self.office, self.on, units=units), named)

        if self.may_write():
            self.app.push_screen(form, asked)

    def action_change(self) -> None:
        """Write the pledge of the one under the cursor anew."""
        chosen = self.chosen()
        if chosen:
            self.ask_words(
                t("Pledge"), t("What they set out to do"),
                lambda words: services.amend(self.office, chosen[0], words), t("The pledge is written anew"),
            )  # fmt: skip

    def action_step(self) -> None:
        """Ask what became of the marked."""
        if self.chosen() and self.may_write():
            ask_act_of(self, t("What became of {n} registrations?", n=len(self.chosen())), _STEPS)

    def action_send(self) -> None:
        """They went up."""
        chosen = self.chosen()
        self.ask_words(
            t("Sent"), t("Number of the paper (may be empty)"),
            lambda number: services.send(self.office, chosen, self.on, number=number),
            t("Sent: {n} registrations", n=len(chosen)), empty=True,
        )  # fmt: skip

    def action_approve(self) -> None:
        """They were approved."""
        chosen = self.chosen()
        self.ask_words(
            t("Approved"), t("Number of the paper (may be empty)"),
            lambda number: services.approve(self.office, chosen, self.on, number=number),
            t("Approved: {n} registrations", n=len(chosen)), empty=True,
        )  # fmt: skip

    def action_give_back(self) -> None:
        """They come back, with what is missing."""
        chosen = self.chosen()
        self.ask_words(
            t("Return with a reason"), t("Reason"),
            lambda why: services.give_back(self.office, chosen, self.on, why),
            t("Returned: {n} registrations", n=len(chosen)),
        )  # fmt: skip

    def action_withdraw(self) -> None:
        """Take the marked out, and say why."""
        chosen = self.chosen()
        if chosen:
            told = t("Taken out: {n}. Ctrl+Z brings them back", n=len(chosen))
            self.ask_words(
                t("Take {n} registrations out?", n=len(chosen)), t("Reason"),
                lambda why: services.withdraw(self.office, chosen, why), told,
            )  # fmt: skip

    def action_take_list(self) -> None:
        """Take in a list of them."""
        ask_list(self, "registrations")

    def action_blank_list(self) -> None:
        """Write the workbook that such a list is filled into."""
        ask_template(self, "registrations")

    def action_files(self) -> None:
        """Show the files of the one under the cursor."""
        if chosen := self.chosen():
            ask_dossier(self, chosen[0].id, self.office.names().get(chosen[0].subject, ""))

    def action_papers(self) -> None:
        """Write the registrations of the year shown."""
        office, year = self.office, self._year or self.on.year

        def write(to: Any) -> None:
            from exports.papers.registrations import write_registrations  # noqa: PLC0415  # pages are heavy

            wanted = services.Wanted(year=year)
            write_registrations(office, wanted, to.path, day=to.day, log=to.log, overwrite=to.overwrite)

        ask_paper(self, f"registrations-{year}", write)

    def action_year(self) -> None:
        """Choose the year, or all."""
        years = sorted({each.year for each in self.office.book.table(TitleRegistration)}, reverse=True)

        def chosen(year: str | None) -> None:
            if year is not None:
                self._year = int(year)
                self.refresh_office()

        options = [("0", tr_("all years")), *((str(each), str(each)) for each in years)]
        self.app.push_screen(Choose(t("Year"), options), chosen)


class RegistrationForm(OfficeForm):
    """Which title is registered; answers with its key, and keeps the rest."""

    def __init__(self, year: int) -> None:
        super().__init__()
        self._year = year
        self.pledge: services.Pledge | None = None
        self.day: date | None = None

    def heading(self) -> str:
        """What the form is for."""
        return tr_("Which title is registered?")

    def fields(self) -> list[Field]:
        """Title, year, movement, pledge, day."""
        titles = [each for each in prize_options(self.office, "") if prize_of(self.office, each[0]).type == "title"]
        known = [("", "—"), *((each.id, each.title) for each in movements(self.office) if each.summed is None)]
        return [
            Field("prize", t("Title registered"), "choice", options=titles or prize_options(self.office, "")),
            Field("year", t("Year"), judge=_year),
            Field("movement", t("Movement"), "choice", options=known),
            Field("pledge", t("Pledge")),
            day_field("day", t("Registered on"), self.on, needed=True),
        ]

    def first_values(self) -> dict[str, str]:
        """This year, on this day."""
        return {"year": str(self._year), "day": shown(self.on)}

    def store(self, values: Mapping[str, Any]) -> str:
        """Keep what was said; it is entered once people are chosen."""
        services.judge_year(values["year"])
        self.day = values["day"]
        self.pledge = services.Pledge(
            prize=values["prize"], year=values["year"], movement=values["movement"], pledge=values["pledge"]
        )
        return str(values["prize"])


def _year(typed: str) -> int:
    return int(typed) if typed.strip().isdecimal() else 0
