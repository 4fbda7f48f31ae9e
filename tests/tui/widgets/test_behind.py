"""Long work: threads start in one place, what comes late is dropped, Esc stops, and what was typed meanwhile stays."""

from __future__ import annotations

import ast
import asyncio
import gc
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import pytest
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from config import i18n
from config.errors import InputError
from config.settings.dated import Words
from config.text import t
from records.domain.people.person import Person
from records.rules.standards.supposing import criteria_of
from records.services.emulation import score_sheets
from records.services.imports import scores
from records.services.standards import rule_changes
from tests.tui.offices import see, seen, small_app, until
from tests.tui.screens.test_emulation import NAMES, open_sheet, rows_of, scored
from tui.app.app import SoVangApp
from tui.screens.base import Job, OfficeScreen
from tui.screens.people.roster import RosterScreen
from tui.widgets import behind
from tui.widgets.behind import begin
from tui.widgets.listing import Listing

ROOT = Path(__file__).parents[3]
ROOMS = ("tui", "exports", "records/services")
OF_THREADS = {"threading", "_thread", "concurrent", "multiprocessing"}
ALLOWED = {"Lock", "RLock", "Event", "get_ident", "local", "current_thread", "main_thread"}
"""What holds threads apart, or says which one it is; everything else of these modules starts one or leads to it."""
STARTS = {"work", "Worker", "run_worker", "to_thread", "run_in_executor"}
"""The same by way of Textual and asyncio."""
STARTERS = {"tui/widgets/behind.py": "the one place: what it starts ends, is stopped and is told as its Job says"}


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    i18n.use("en")
    yield
    i18n.use("en")


def starts(source: str) -> set[str]:
    """What in a module starts threads or processes, or could."""
    found, named = set(), dict[str, str]()
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            package, taken = (node.module or "").partition(".")[0], {each.name for each in node.names}
            if package in OF_THREADS:
                found |= taken - ALLOWED
            elif package in ("textual", "asyncio"):
                found |= taken & STARTS
        elif isinstance(node, ast.Import):
            named |= {each.asname or each.name.partition(".")[0]: each.name for each in node.names}
            found |= {each.name for each in node.names if each.name.partition(".")[0] in OF_THREADS - {"threading"}}
        elif isinstance(node, ast.Attribute) and node.attr in STARTS - {"work", "Worker"}:
            found.add(node.attr)
    modules = {name for name, module in named.items() if module == "threading"}
    used = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr in ALLOWED}
    found |= {
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id in modules and id(node) not in used
    }
    return found


def test_threads_of_the_program_start_in_one_place_only() -> None:
    paths = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
    found = {path.relative_to(ROOT).as_posix(): starts(path.read_text("utf-8")) for path in paths}
    assert {place for place, what in found.items() if what} == set(STARTERS)


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("from threading import Timer", {"Timer"}),
        ("import threading\nclass Own(threading.Thread): ...", {"threading"}),
        ("import threading as t\nt.Timer(1, print).start()", {"t"}),
        ("import threading\nmade = getattr(threading, 'Thread')", {"threading"}),
        ("import _thread\n_thread.start_new_thread(print, ())", {"_thread"}),
        ("from _thread import start_new_thread", {"start_new_thread"}),
        ("from concurrent.futures import ProcessPoolExecutor", {"ProcessPoolExecutor"}),
        ("from concurrent import futures", {"futures"}),
        ("import concurrent.futures as f", {"concurrent.futures"}),
        ("from multiprocessing import Process", {"Process"}),
        ("import asyncio\nasyncio.to_thread(print)", {"to_thread"}),
        ("from asyncio import to_thread", {"to_thread"}),
        ("from textual import work", {"work"}),
        ("loop.run_in_executor(None, print)", {"run_in_executor"}),
        ("app.run_worker(print, thread=True)", {"run_worker"}),
        ("import threading\nlock = threading.Lock()", set()),
        ("from threading import Event, RLock, get_ident", set()),
    ],
)
def test_whatever_starts_a_thread_is_noticed(source: str, told: set[str]) -> None:
    assert starts(source) == told


class Waiting(OfficeScreen):
    """Works behind until it is told to go on, one gate for each call."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f2", "begin"), Binding("escape", "stop")]

    def __init__(self) -> None:
        super().__init__()
        self.gates: list[threading.Event] = []
        self.shown: list[int] = []
        self.fault: Exception | None = None

    def body(self) -> ComposeResult:
        yield Static("probe")

    def action_begin(self) -> None:
        gate, number = threading.Event(), len(self.gates)
        self.gates.append(gate)

        def work(_job: Job) -> int:
            gate.wait()
            if self.fault is not None:
                raise self.fault
            return number

        self.behind(t("Checking"), work, self.shown.append, on_stop=t("Stopped; F8 checks again"))

    def action_stop(self) -> None:
        if not self.stop_work():
            self.news("nothing to stop")


async def test_only_the_newest_call_is_shown_and_a_left_screen_gets_nothing(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 30)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            screen = Waiting()
            app.push_screen(screen)
            await see(pilot, "probe")
            await pilot.press("f2", "f2")
            await see(pilot, "Checking")
            screen.gates[1].set()
            await until(pilot, lambda: screen.shown == [1], "the newer one")
            screen.gates[0].set()
            await pilot.press("f2")
            screen.dismiss()
            await see(pilot, "Nguyễn Thị Ánh")
            screen.gates[2].set()
            await app.workers.wait_for_complete()
            assert screen.shown == [1]


async def test_escape_stops_what_runs_and_after_an_error_there_is_nothing_to_stop(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            screen = Waiting()
            app.push_screen(screen)
            await see(pilot, "probe")
            await pilot.press("f2", "escape")
            await see(pilot, "Stopped; F8 checks again")
            assert "Checking" not in seen(app)
            screen.gates[0].set()
            screen.fault = InputError(t("There is no such thing"))
            await pilot.press("f2")
            screen.gates[1].set()
            await see(pilot, "There is no such thing")
            await pilot.press("escape")
            await see(pilot, "nothing to stop")
            assert screen.shown == []


async def test_what_is_typed_while_the_records_are_read_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ready, go = threading.Event(), threading.Event()
    computed = score_sheets.computed_cells

    def slowly(*given: Any, **more: Any) -> list[score_sheets.CellText]:
        found = computed(*given, **more)
        first = rows[NAMES[0]]
        found = [score_sheets.CellText(first.id, "2.1", "15"), score_sheets.CellText(first.id, "2.2", "10"), *found]
        ready.set()
        go.wait()
        return found

    monkeypatch.setattr(score_sheets, "computed_cells", slowly)
    async with scored(tmp_path) as (app, pilot):
        screen = await open_sheet(pilot)
        rows = rows_of(app)
        screen.write_cells(
            "own",
            [score_sheets.CellText(rows[NAMES[0]].id, "2.1", ""), score_sheets.CellText(rows[NAMES[0]].id, "2.2", "")],
        )
        screen._compute()
        await until(pilot, ready.is_set, "the records to be read")
        screen.write_cells("own", [score_sheets.CellText(rows[NAMES[0]].id, "2.1", "1")])
        go.set()
        await see(pilot, "Filled in")
        points = rows_of(app)[NAMES[0]].own.points
        assert (str(points["2.1"]), str(points["2.2"])) == ("1", "10")


async def test_a_sheet_is_read_away_from_the_screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tui.screens.files import ChooseFile

    threads: list[int] = []

    def preview(*_given: object, **_more: object) -> None:
        threads.append(threading.get_ident())
        raise InputError(t("There is no such sheet"))

    monkeypatch.setattr(scores, "preview_sheet", preview)
    async with scored(tmp_path) as (app, pilot):
        await open_sheet(pilot)
        await pilot.press("ctrl+o")
        await until(pilot, lambda: isinstance(app.screen, ChooseFile), "the choice of a file")
        app.screen.dismiss(tmp_path / "sheet.xlsx")
        await until(pilot, lambda: threads, "the reading")
        assert threads != [threading.get_ident()]


@pytest.mark.parametrize("section", ["history", "people"])
async def test_a_rule_taken_back_judges_no_more_wherever_it_was_taken_back(tmp_path: Path, section: str) -> None:
    new = rule_changes.NewValue(
        criterion="training", name="months", value=36, since=date(2025, 1, 1),
        source="office-practice", note="Họp 02/01",
    )  # fmt: skip

    def months(office: Any) -> object:
        standard = rule_changes.the_standard(office, "reporter")
        return criteria_of(standard)["training"].months.on(new.since).value  # type: ignore[union-attr]

    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 30)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            before = months(app.office)
            app.take_settings(rule_changes.set_value(app.office, "reporter", new, new.since))
            assert months(app.office) == 36
            await app.run_action(f"section('{section}')")
            await see(pilot, "Rule of the office changed" if section == "history" else "Nguyễn Thị Ánh")
            await pilot.press("ctrl+z")
            await see(pilot, "Undone: ")
            assert months(app.office) == before != 36


async def test_a_page_that_comes_late_is_not_drawn_over_a_newer_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from types import SimpleNamespace

    from exports.certificates import picture
    from tui.screens.certificates.preview import CertificatePreview

    gates = {name: threading.Event() for name in ("one", "two")}
    drawn: list[str] = []

    def page_picture(_template: object, certificate: Any, **_more: object) -> str:
        gates[certificate.fields["name"]].wait()
        return str(certificate.fields["name"])

    monkeypatch.setattr(picture, "page_picture", page_picture)
    pages = [SimpleNamespace(fields={"name": name}) for name in gates]
    template = SimpleNamespace(id="probe", title=Words(vi="Mẫu thử", en="Probe"), back=None)
    job: Any = SimpleNamespace(certificates=pages, template=template)
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 30)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            screen = CertificatePreview(job)
            show: Callable[[Any], None] = drawn.append
            monkeypatch.setattr(screen._preview, "show", show)
            app.push_screen(screen)
            await see(pilot, "Preparing the page")
            await pilot.press("pagedown")
            gates["two"].set()
            await see(pilot, "2/2")
            gates["one"].set()
            await app.workers.wait_for_complete()
            assert drawn == ["two"]


async def test_what_comes_while_its_screen_is_taken_away_is_dropped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, gone, shown = threading.Event(), asyncio.Event(), list[bool]()

    async def slowly(_listing: Listing) -> None:
        await gone.wait()

    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh", "verdicts")
            screen = app.screen
            assert isinstance(screen, RosterScreen)
            await until(pilot, lambda: not screen.works, "everybody judged")
            screen.behind(None, lambda _job: gate.wait(), shown.append, group="judging")
            monkeypatch.setattr(Listing, "on_unmount", slowly, raising=False)
            await app.switch_mode("units")
            taken = app.remove_mode("people")
            await until(pilot, lambda: not screen.listing.children, "the list without its table")
            gate.set()
            await until(pilot, lambda: not any(each.group == "behind" for each in app.workers if each.is_running))
            gone.set()
            await taken
    assert shown == []


async def test_work_that_the_end_of_the_program_overtakes_is_never_begun(tmp_path: Path) -> None:
    """Else Python complains of a coroutine that nobody awaited, now and then, in whatever runs next."""
    begun: list[int] = []
    with closing(small_app(tmp_path)) as app, warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        async with app.run_test(size=(100, 30)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            begin(Job(app), lambda _job: begun.append(1), done=lambda _: None, failed=lambda _: None)
            app.workers.cancel_all()
        gc.collect()
    assert begun == []
    assert [str(each.message) for each in told if "never awaited" in str(each.message)] == []


@pytest.mark.parametrize("writes", [False, True])
async def test_only_who_reads_stands_back_between_the_pieces_of_a_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, writes: bool
) -> None:
    """Who writes may hold what the screen waits for."""
    monkeypatch.setattr(behind, "_FREELY", 0.0)
    asked, ended = threading.Event(), threading.Event()
    with closing(small_app(tmp_path)) as app:
        async with app.run_test() as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            job, table = Job(app, writes=writes), app.office.book.table(Person)
            monkeypatch.setattr(job, "_give_way", asked.set)
            begin(
                job,
                lambda _job: list(table.columns("name")),
                done=lambda _: ended.set(),
                failed=lambda error: pytest.fail(str(error)),
            )
            await until(pilot, ended.is_set)
            assert asked.is_set() is not writes


async def test_work_goes_on_where_the_screen_waits_for_what_it_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(behind, "_FREELY", 0.0)
    monkeypatch.setattr(behind, "_PART", 0.0)
    monkeypatch.setattr(behind, "_LONGEST", 0.5)
    times, started, begun, held = 0, threading.Event(), threading.Event(), threading.Event()

    def counted(give_way: Callable[[], None]) -> None:
        nonlocal times
        times += 1
        give_way()

    def work(job: Job) -> None:
        started.set()
        begun.wait()
        for _ in range(100):
            job.is_stopped()
        held.set()

    with closing(small_app(tmp_path)) as app:
        async with app.run_test() as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            job = Job(app)
            monkeypatch.setattr(job, "_give_way", partial(counted, job._give_way))
            begin(job, work, done=lambda _: None, failed=lambda error: pytest.fail(str(error)))
            await until(pilot, started.is_set)
            begun.set()
            assert held.wait(30), "the screen's own thread stands still here"
    assert times < 10, "it does not stand back each time from who does not move"


async def test_long_work_lets_the_screen_go_first_and_ends_however_busy_that_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(behind, "_FREELY", 0.0)
    monkeypatch.setattr(behind, "_PART", 0.0)
    busy, parts, asked = True, list[bool](), threading.Event()

    def quiet(_: SoVangApp) -> bool:
        asked.set()
        return not busy

    def wrong(error: Exception) -> None:
        raise error

    def work(job: Job) -> None:
        for _ in range(3):
            job.is_stopped()
            parts.append(busy)

    with closing(small_app(tmp_path)) as app:
        async with app.run_test() as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            with monkeypatch.context() as patched:
                patched.setattr(SoVangApp, "is_quiet", quiet)
                patched.setattr(behind, "_LONGEST", 3600.0)
                begin(Job(app), work, done=lambda _: None, failed=wrong)
                await until(pilot, asked.is_set)
                await asyncio.sleep(3 * behind._AGAIN)
                assert not parts, "as long as the screen is busy"
                busy = False
                await until(pilot, lambda: len(parts) == 3)
                assert parts == [False] * 3
                busy = True
                patched.setattr(behind, "_LONGEST", 0.01)
                begin(Job(app), work, done=lambda _: None, failed=wrong)
                await until(pilot, lambda: parts[3:] == [True] * 3, "that it goes on all the same")
