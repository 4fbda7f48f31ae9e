"""Today: what is to be seen to, each line opening its place, beside pictures of how the office stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from config.i18n import tr, tr_
from config.text import Text, t
from records.domain.dates import shown
from records.domain.people.names import fold
from records.domain.people.person import Person
from records.rules.words import VERDICT_WORDS
from records.services.access.looking import may_see
from tui.present import books
from tui.present.rows import Column, Row
from tui.present.titles import level_title, role_title
from tui.screens.base import Job, key
from tui.screens.list_screen import ListScreen
from tui.screens.today.pictures import bars, columns
from tui.widgets.table import VirtualTable

if TYPE_CHECKING:
    from records.services.today import figures
    from records.services.today.items import Item

# The screen stands before anything is counted: what counts is imported by the work behind it.


@dataclass(frozen=True, slots=True)
class Place:
    """Where the items of a kind are seen to.

    Attributes:
        words: the kind, in a word or two.
        section: the section, for an item about nothing in particular.
        screen: module and class of the screen of one record, made with its id; empty where only the section is.
        whole: module and class of the screen of them all, where it is not a section.
    """

    words: Text
    section: str
    screen: str = ""
    whole: str = ""


_PERSON = "tui.screens.people.person:PersonScreen"
_DECISION = "tui.screens.awards.decision:DecisionScreen"
_EVENT = "tui.screens.training.attendance:AttendanceScreen"
_COMING = "tui.screens.appointments.coming:ComingScreen"
PLACES: dict[str, Place] = {
    "damage": Place(t("Damage"), "book"),
    "event": Place(t("This week"), "training", _EVENT),
    "unrecorded": Place(t("Not recorded"), "training", _EVENT),
    "term": Place(t("Term"), "people", _PERSON, _COMING),
    "retirement": Place(t("Retirement"), "people", _PERSON, _COMING),
    "review": Place(t("Review"), "review"),
    "cycle": Place(t("Emulation"), "emulation", "tui.screens.emulation.score_sheet:ScoreSheetScreen"),
    "proposal": Place(t("Proposal"), "awards", "tui.screens.awards.proposals:ProposalScreen"),
    "unprinted": Place(t("To print"), "awards", _DECISION),
    "unpaid": Place(t("To pay"), "awards", _DECISION),
    "rules": Place(t("Rules"), "check", whole="tui.screens.standards.standard:StandardScreen"),
    "retention": Place(t("Keeping"), "people", _PERSON),
    "backup": Place(t("Backup"), "book"),
    "changes": Place(t("Changes"), "history"),
    "papers": Place(t("Lacking papers"), "check", _PERSON),
}
_WIDE = 120
_FIRST = t("The book holds nobody yet. Alt+2, then Ins: enter a person · Alt+9: import a list")


class TodayScreen(ListScreen):
    """The list of today; everything is counted behind it, and no number stands there before it is known."""

    DEFAULT_CSS = """
    TodayScreen #today { height: 1fr; layout: vertical; }
    TodayScreen #pictures { height: 10; layout: grid; grid-size: 2 2; grid-gutter: 0 1; grid-rows: 5; }
    TodayScreen #pictures Static { height: 5; padding: 0 1; text-wrap: nowrap; }
    TodayScreen.-mid #today, TodayScreen.-wide #today { layout: horizontal; }
    TodayScreen.-mid #pictures, TodayScreen.-wide #pictures { width: 52; height: 1fr; layout: vertical; }
    TodayScreen.-mid #pictures Static, TodayScreen.-wide #pictures Static { height: auto; margin-bottom: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [key("stop", t("Stop"), show=False)]
    empty = t("Nothing is due. F10: sections")

    def __init__(self) -> None:
        super().__init__()
        self._items: dict[str, Item] = {}
        self._pictures: dict[str, Callable[[int, bool], list[str]] | None] = dict.fromkeys(_TITLES)

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        return (tr_("Today"),)

    def columns(self) -> list[Column]:
        """What is shown of each."""
        return [
            Column("due", tr_("Day"), 10, sort=lambda cell: tuple(reversed(cell.split("/")))),
            Column("kind", tr_("Kind"), 11, sort=str),
            Column("text", tr_("What"), 30, sort=str, grow=True),
        ]

    def body(self) -> ComposeResult:
        """Lay out the list beside the pictures."""
        with Container(id="today"):
            yield from super().body()
            with Container(id="pictures"):
                for name in _TITLES:
                    yield Static("", id=name, markup=False)

    def on_mount(self) -> None:
        """Say what stands in each place before its numbers are known."""
        self._draw()

    # -- counting -----------------------------------------------------------------------------------------------------

    def refresh_office(self) -> None:
        """Count anew: the book or the day is another."""
        office, day = self.office, self.on
        self._pictures = dict.fromkeys(_TITLES)
        self._draw()

        def work(job: Job) -> None:
            from records.services.today import figures  # noqa: PLC0415
            from records.services.today.items import Asked  # noqa: PLC0415
            from records.services.today.listing import today  # noqa: PLC0415

            backed_up = books.backed_up(office.book.path, office.settings)
            asked = Asked(office, day, backed_up=backed_up, progress=job.progress, stop=job.is_stopped)
            found = today(asked, late=False)
            self._tell(job, lambda: self._show(found))
            months, points = figures.attendance(office, day), figures.spread(office, day)
            people = figures.ages(office, day)
            self._tell(job, lambda: self._count(months, points, people))
            shares = figures.shares(asked.judged)
            whole = [] if job.stopped else today(asked)
            self._tell(job, lambda: self._count_checked(whole, shares))

        self.behind(t("Counting"), work, lambda _: None, on_stop=t("Stopped; F5 counts again"))

    def _tell(self, job: Job, act: Callable[[], None]) -> None:
        """Show what is known so far, unless nobody waits for it any more."""

        def unless_left() -> None:
            if not job.stopped and self.is_running:
                act()

        if not job.stopped:
            job.tell(unless_left)

    def _show(self, items: list[Item]) -> None:
        if not self.office.book.table(Person):
            self.listing.say_empty(_FIRST)
        self._items = {f"{each.kind} {each.about or number}": each for number, each in enumerate(items)}
        self.listing.set_rows(self._row(*each) for each in self._items.items())

    def _row(self, record: str, item: Item) -> Row:
        cells = (shown(item.due), tr(PLACES[item.kind].words), tr(item.text))
        look = "bad" if item.kind == "damage" or item.due < self.on else "warn" if item.due == self.on else ""
        return Row(id=record, cells=cells, styles={0: look} if look else {}, find=fold(" ".join(cells)))

    def _count(self, months: list[figures.Month], points: figures.Spread, people: figures.Ages) -> None:
        self._pictures["attendance"] = lambda _width, tall: columns(
            [f"{each.first:%m}" for each in months],
            [each.percent for each in months],
            most=100,
            height=4 if tall else 2,
        )
        self._pictures["scores"] = lambda _width, tall: _scores(points, 4 if tall else 2)
        self._pictures["ages"] = lambda _width, tall: _ages(people, 4 if tall else 2)
        self._draw()

    def _count_checked(self, items: list[Item], shares: list[figures.Share]) -> None:
        self._show(items)
        nobody = [tr_("nobody holds a role") if may_see(self.office) else tr(VERDICT_WORDS["withheld"])]
        self._pictures["standard"] = lambda width, tall: bars(self._rows_of(shares, levels=tall), width) or nobody
        self._draw()

    def _rows_of(self, shares: list[figures.Share], *, levels: bool) -> list[tuple[str, int, int, int]]:
        """Name, met, unknown, judged: of each role at each level, or where there is little room of each role."""
        rows: dict[str, tuple[int, int, int]] = {}
        for each in shares:
            role, level = role_title(self.office, each.role), level_title(self.office, each.level)
            name = f"{role} · {level}" if levels else role
            met, unknown, judged = rows.get(name, (0, 0, 0))
            rows[name] = (met + each.met, unknown + each.unknown, judged + each.judged)
        return [(name, *counted) for name, counted in rows.items()]

    def _draw(self) -> None:
        if not self.query("#pictures"):
            return
        tall = self.size.width >= _WIDE
        width = 50 if tall else max(self.size.width // 2 - 3, 20)
        for name, title in _TITLES.items():
            made = self._pictures[name]
            lines = [tr_("counting…")] if made is None else made(width, tall)
            self.query_one(f"#{name}", Static).update(Content.assemble((tr(title), "bold"), "\n", "\n".join(lines)))

    def on_resize(self, _event: events.Resize) -> None:
        """Draw for the room there is; Textual calls the base's own as well."""
        self._draw()

    # -- keys ---------------------------------------------------------------------------------------------------------

    def action_stop(self) -> None:
        """Stop counting."""
        self.stop_work()

    @on(VirtualTable.Opened)
    def _open(self, event: VirtualTable.Opened) -> None:
        item = self._items[event.row_id]
        place = PLACES[item.kind]
        if item.about and place.screen:
            made = _class(place.screen)
            self.app.push_screen(made([item.about] if place.screen == _EVENT else item.about))
        elif place.whole:
            self.app.push_screen(_class(place.whole)())
        else:
            self.app.switch_mode(place.section)


_TITLES: dict[str, Text] = {
    "standard": t("Meet their standard (▒ not enough data)"),
    "attendance": t("Came to conferences, % by month"),
    "scores": t("Points of the latest cycle"),
    "ages": t("Ages · months left of terms"),
}


def _scores(points: figures.Spread, height: int) -> list[str]:
    from records.services.today import figures  # noqa: PLC0415

    if not points.counts:
        return [tr_("no cycle is scored yet")]
    names = [f"<{figures.BANDS[0]}", *(f"{each}+" for each in figures.BANDS)]
    return columns(names, points.counts, most=max(points.counts), height=height)


def _ages(people: figures.Ages, height: int) -> list[str]:
    from records.services.today import figures  # noqa: PLC0415

    ages = [f"<{figures.AGES[0]}", *(f"{each}+" for each in figures.AGES)]
    over, *later = figures.TERMS
    terms = [f"<{over}", *(f"≤{each}" for each in later), f">{later[-1]}"]
    left = columns(ages, people.ages, most=max(people.ages), height=height)
    right = columns(terms, people.terms, most=max(people.terms), height=height)
    wide = max(map(len, left))
    return [f"{a:<{wide}} │ {b}" for a, b in zip(left, right, strict=True)]


def _class(place: str) -> Callable[..., ListScreen]:
    module, _, name = place.partition(":")
    made: Callable[..., ListScreen] = getattr(import_module(module), name)
    return made
