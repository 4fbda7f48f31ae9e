"""A package before it is taken: what is new, what changes, where the books differ and who is right, what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from textual.binding import BindingType

from config.i18n import tr, tr_
from config.text import Text, t
from records.domain.kinds import KINDS
from records.domain.people.names import fold
from records.domain.people.person import Person
from records.services.exchange import opening, taking
from records.services.office import Office
from tui.present.changes import Spoken
from tui.present.exchange.packages import NOTHING_NEW, manifest_lines
from tui.present.rows import Column, Row
from tui.present.titles import KIND_TITLES
from tui.screens.base import Act, key
from tui.screens.list_screen import ListScreen
from tui.widgets.dialogs import AskText, Confirm, Report

_CONFLICT = "conflict"


def read_package(office: Office, package: opening.Opened, today: date) -> taking.Plan:
    """What taking a package would do, where nothing is decided yet."""
    return taking.plan(office, package, taking.How(), today=today)


class TakeScreen(ListScreen):
    """What a package would do; F2 lets the sender be right in a field, Ctrl+S takes it as one change."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("accept", t("Take it")),
        key("decide", t("Ours or theirs")),
        key("more", t("What it is, send back")),
        key("back", t("Back")),
    ]
    more_acts = (
        Act("manifest", t("What the package says of itself")),
        Act("all_theirs", t("In every field the sender is right")),
        Act("send_back", t("Send it back with the reason")),
    )
    counted = True
    empty = t("Nothing in it is new, and the books agree")

    def __init__(self, package: opening.Opened, plan: taking.Plan) -> None:
        super().__init__()
        self._package, self._plan = package, plan
        self._theirs: set[tuple[str, str]] = set()

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        return (tr_("Exchange"), tr_("Package of {code}", code=self._package.sender.code))

    def pending(self) -> str:
        """That nothing is taken yet."""
        return tr_("not taken yet")

    def columns(self) -> list[Column]:
        """What is shown of each."""
        return [
            Column("what", tr_("What happens"), 15),
            Column("who", tr_("Record"), 18, grow=True),
            Column("field", tr_("Field"), 11, grow=True),
            Column("ours", tr_("Ours"), 12, grow=True),
            Column("theirs", tr_("Theirs"), 12, grow=True),
            Column("code", tr_("Code"), 12),
        ]

    def refresh_office(self) -> None:
        """Say what it would do."""
        plan = self._plan
        told = t("New {new} · changed {changed} · as here {same} · differing {kept} · refused {refused}",
                 new=sum(plan.new.values()), changed=sum(plan.changed.values()), same=sum(plan.same.values()),
                 kept=len(plan.conflicts), refused=len(plan.refused))  # fmt: skip
        if plan.package.taken is not None:
            told = t("{told} · taken already on {day}", told=told, day=plan.package.taken.day)
        self.show_counts(tr(told))
        self.listing.set_rows(self._rows())

    def _rows(self) -> Iterator[Row]:
        spoken, plan = Spoken(self.office), self._plan
        for number, each in enumerate(plan.conflicts):
            right = (each.record, each.field) in self._theirs
            cells = (tr_("theirs is taken") if right else tr_("ours stays"), spoken.record(each.record),
                     spoken.title(each.field), spoken.value(each.field, each.ours),
                     spoken.value(each.field, each.theirs), each.record)  # fmt: skip
            yield _row(f"{_CONFLICT} {number}", cells, {0: "good" if right else "warn", 5: "dim"})
        for number, refused in enumerate(plan.refused):
            cells = (tr_("refused"), tr(refused.reason), "", "", "", refused.record)
            yield _row(f"refused {number}", cells, {0: "bad", 5: "dim"})
        for number, alike in enumerate(plan.alike):
            cells = (tr_("new, but alike"), alike.name, tr(alike.why), alike.ours, alike.theirs, alike.theirs)
            yield _row(f"alike {number}", cells, {0: "warn", 5: "dim"})
        for theirs, ours in plan.linked.items():
            if "-P-" in ours or "-U-" in ours:
                cells = (tr_("the same"), spoken.record(ours), "", ours, theirs, theirs)
                yield _row(f"same {theirs}", cells, {5: "dim"})
        for rules in plan.rules:
            if rules.content is not None:
                yield _row(f"rules {rules.name}", (tr_("rules"), rules.name, "", "", "", ""), {})
        for record, was in plan.puts:
            what = tr_("new") if was is None else tr_("changed")
            name = record.name if isinstance(record, Person) else tr(KIND_TITLES[KINDS[type(record)].table])
            whose = spoken.record(record.person) if getattr(record, "person", "") else ""
            yield _row(f"put {record.id}", (what, name, whose, "", "", record.id), {5: "dim"})

    def _conflicts(self) -> list[tuple[str, str]]:
        """Record and field of the conflicts that are marked, or under the cursor."""
        numbers = [int(each.split()[1]) for each in self.chosen_ids() if each.startswith(_CONFLICT)]
        found = [self._plan.conflicts[each] for each in numbers]
        return [(each.record, each.field) for each in found]

    def action_decide(self) -> None:
        """Turn between ours and theirs."""
        chosen = self._conflicts()
        if not chosen:
            self.news(t("Only where the books differ there is something to decide"))
            return
        self._theirs ^= set(chosen)
        self.refresh_office()

    def action_all_theirs(self) -> None:
        """Let the sender be right everywhere."""
        self._theirs = {(each.record, each.field) for each in self._plan.conflicts}
        self.refresh_office()

    def action_manifest(self) -> None:
        """Show what it says of itself."""
        self.app.push_screen(Report(t("What the package says of itself"), manifest_lines(self._package.manifest)))

    def action_accept(self) -> None:
        """Take it, as one change."""
        if not self.may_write():
            return
        how = taking.How(fields=frozenset(self._theirs))
        plan = taking.plan(self.office, self._package, how, today=self.today)

        def answered(yes: bool | None) -> None:  # noqa: FBT001  # the dialog answers so
            if yes:
                self.attempt(lambda: self._take(plan))

        lines = [
            t("New {new}, changed {changed}, ours stays in {kept} fields, refused {refused}.",
              new=sum(plan.new.values()), changed=sum(plan.changed.values()), kept=len(plan.conflicts),
              refused=len(plan.refused)),
            t("It is one change; Ctrl+Z takes it back."),
        ]  # fmt: skip
        title = t("Take the package of {code}?", code=self._package.sender.code)
        self.app.push_screen(Confirm(title, lines, yes=t("Take it"), ready=True), answered)

    def _take(self, plan: taking.Plan) -> None:
        office, entry = taking.accept(self.office, plan)
        if office is not self.office:
            self.app.take_settings(office)  # type: ignore[attr-defined]  # the app of the office
        told: Text = t("Nothing was new; nothing was written")
        if entry is not None:
            told = NOTHING_NEW if plan.nothing else t("Taken as one change; Ctrl+Z takes it back")
        self.dismiss()
        self.office_app.say_news(told)

    def action_send_back(self) -> None:
        """Send it back instead, with the reason."""
        if not self.may_write():
            return

        def take(why: str | None) -> None:
            if why is not None and self.attempt(
                lambda: taking.send_back(self.office, self._package, why, today=self.today)
            ):
                self.dismiss()
                self.office_app.say_news(t("Noted; the next package for it with “returns” says so"))

        title = t("Send the package of {code} back", code=self._package.sender.code)
        self.app.push_screen(AskText(title, t("What is wrong with it")), take)


def _row(row_id: str, cells: tuple[str, ...], styles: dict[int, str]) -> Row:
    return Row(id=row_id, cells=cells, styles=styles, find=fold(" ".join(cells)))
