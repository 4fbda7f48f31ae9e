"""Pictures of the sections as text: what stands in each line, and in which colours; kept in `tests/looks/screens`.

Made anew by `make pictures` after a change that is meant; `tests/tui/screens/test_pictures.py` holds the screens
against them. They are text so that a change of looks is read in a diff.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

from textual.app import App
from textual.pilot import Pilot

from config import i18n
from records.domain.awards.awards import Award, Decision
from records.domain.people.person import Person
from records.domain.training import Event
from records.services.emulation.registration import Opening, open_cycle
from records.services.office import Office
from records.services.training import events
from tests.tui.offices import DAY, small_office, until
from tui.app.app import SoVangApp
from tui.app.palette import SECTIONS
from tui.screens.base import OfficeScreen

HOME = Path(__file__).parent / "screens"
SIZES = ((80, 24), (140, 40))
LANGUAGES = ("vi", "en")
_OF_THE_DAY = (
    (re.compile(r"\d\d/\d\d/\d{4} \d\d:\d\d"), "DD/MM/YYYY HH:MM"),  # when something was written
    (re.compile(r"\S*/(small[.-]\w+)"), r"\1"),
    (re.compile(r"\b[0-9a-f]{16}\b"), "DIGEST"),
    (re.compile(r"\b\d+ KB\b"), "SIZE"),
)


@contextmanager
def office_to_look_at(folder: Path) -> Iterator[Office]:
    """The small office with a conference, a class to come, a cycle and a decision with its awards."""
    with small_office(folder) as office:
        people = list(office.book.table(Person))
        held = events.save_event(
            office, Event(id="", kind="conference", title="Hội nghị tháng 4", day=date(2025, 4, 9))
        )
        events.call(office, held, [each.id for each in people])
        events.mark(
            office, {(held.id, each.id): "present" if number else "absent" for number, each in enumerate(people)}
        )
        events.save_event(office, Event(id="", kind="course", title="Lớp Mẫu", day=date(2025, 9, 22)))
        open_cycle(office, Opening(key="2025-H1", role="communicator", enter_all=True))
        with office.book.change("award.decide", about="7-QĐ/ĐU") as change:
            made = change.put(
                Decision(id=change.new_id(Decision), number="7-QĐ/ĐU", day=date(2025, 1, 15), form="party",
                         issuer="Đảng ủy Phường Mẫu", title="Giấy khen")
            )  # fmt: skip
            for number, each in enumerate(people[:2], 1):
                change.put(
                    Award(id=change.new_id(Award), decision=made.id, person=each.id, prize="party-merit-year",
                          name=each.name, unit_name="Phường Mẫu", citation="Hoàn thành xuất sắc nhiệm vụ năm 2024",
                          achieved_from=date(2024, 1, 1), achieved_to=date(2024, 12, 31), register_year=2025,
                          register_number=number)
                )  # fmt: skip
        yield office


def picture(app: App[int]) -> str:
    """The screen as text: a mark before each change of looks, and below what each mark stands for."""
    looks: dict[str, str] = {}
    lines = []
    for strip in app.screen._compositor.render_strips():
        line, last = "", ""
        for text, style, _ in strip:
            look = str(style or "")
            mark = looks.setdefault(look, f"⟦{len(looks)}⟧")
            line += (mark if mark != last and text.strip() else "") + text
            last = mark if text.strip() else last
        lines.append(line.rstrip())
    told = "\n".join([*lines, "", *(f"{mark} {look}" for look, mark in looks.items())]) + "\n"
    for pattern, instead in _OF_THE_DAY:
        told = pattern.sub(instead, told)
    return "\n".join(line.rstrip() for line in told.splitlines()) + "\n"


async def pictures(language: str, size: tuple[int, int]) -> dict[str, str]:
    """Section -> its picture, in a language and a size of the terminal; the book lies under a short path."""
    i18n.use(language)
    found = {}
    try:
        with (
            tempfile.TemporaryDirectory() as folder,
            closing(SoVangApp(lambda: office_to_look_at(Path(folder)), on=DAY, who="thu")) as app,
        ):
            async with app.run_test(size=size) as pilot:
                await until(pilot, lambda: app.is_open and isinstance(app.screen, OfficeScreen), "the office")
                for section in SECTIONS:
                    await app.switch_mode(section.id)
                    await settled(pilot)
                    found[section.id] = picture(app)
    finally:
        i18n.use("en")
    return found


async def settled(pilot: Pilot[int]) -> None:
    """Wait until nothing is done behind the screen and it changes no more."""
    app, last = pilot.app, ""
    for _ in range(200):
        await pilot.pause()
        screen = app.screen
        now = "" if not isinstance(screen, OfficeScreen) or screen._jobs else picture(app)
        if now and now == last:
            return
        last = now
        await asyncio.sleep(0.02)


def path_of(language: str, size: tuple[int, int], section: str) -> Path:
    """Where a picture is kept."""
    return HOME / f"{language}-{size[0]}x{size[1]}" / f"{section}.txt"


def main() -> None:
    """Make every picture anew."""
    shutil.rmtree(HOME, ignore_errors=True)
    for language in LANGUAGES:
        for size in SIZES:
            for section, told in asyncio.run(pictures(language, size)).items():
                path = path_of(language, size, section)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(told, "utf-8", newline="\n")


if __name__ == "__main__":
    main()
