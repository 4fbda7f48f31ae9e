"""Traps of the trade that no one rule or desk answers for; the others are named where their part is tested."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import get_type_hints

import pytest

from config import speech
from exports.award_register import register_paper
from exports.commendations import decision_paper, money_paper
from exports.reports.paper import Paper
from records.desks.awards import Proposal, decide
from records.domain.names import matching_key
from records.domain.people import Person
from records.domain.training import Attendance, DutyCount, Event
from tests.records.desks.conftest import made_office, staff

ROOT = Path(__file__).parents[2]


def _texts(paper: Paper) -> Iterator[str]:
    yield from (*paper.title, *paper.opening, *paper.closing, paper.appended_to, paper.office, paper.parent)
    for section in paper.sections:
        yield from (section.heading, *section.notes, *(each.title for each in section.columns))
        yield from (str(cell) for row in (*section.rows, section.totals) for cell in row if cell is not None)


@pytest.fixture
def _vietnamese() -> Iterator[None]:
    speech.use("vi")
    yield
    speech.use("en")


@pytest.mark.usefixtures("_vietnamese")
def test_trap_36_no_english_and_nothing_empty_by_name_stands_on_a_vietnamese_paper(tmp_path: Path) -> None:
    with made_office(tmp_path) as office:
        people = staff(office)
        decision, _ = decide(
            office,
            Proposal(
                number="7-QĐ/BTG",
                day=date(2025, 1, 15),
                prize="party-merit-year",
                people=[each.id for each in people],
                citation="Hoàn thành xuất sắc nhiệm vụ",
                achieved_from=date(2024, 1, 1),
                achieved_to=date(2024, 12, 31),
            ),
        )
        papers = (decision_paper(office, decision), money_paper(office, decision), register_paper(office, 2025, decision.day))  # fmt: skip  # noqa: E501
        texts = "\n".join(text for paper in papers for text in _texts(paper))
    assert "Bằng chữ: Hai triệu một trăm ba mươi nghìn đồng." in texts
    found = re.findall(r"\b(?:the|of|and|is|was|none|None|NaN|null|Mr|Mrs|register|award)\b", texts)
    assert found == []


def test_trap_32_a_duty_is_counts_and_a_month_and_has_no_room_for_a_word() -> None:
    kinds = {name: hint for name, hint in get_type_hints(DutyCount).items() if name not in ("id", "person")}
    assert set(kinds.values()) == {int, date}


def test_trap_32_no_record_has_room_for_what_somebody_reported() -> None:
    told = {name for kind in (Event, Attendance, DutyCount, Person) for name in kind.__struct_fields__}
    assert not told & {"content", "report", "opinion", "opinions", "text", "body", "citizen", "message"}


@pytest.mark.parametrize(("one", "other"), [("Hòa", "Hoà"), ("Thúy", "Thuý"), ("NGUYỄN VĂN HÙNG", "Nguyễn Văn Hùng")])
def test_trap_9_where_the_accent_stands_does_not_split_a_person(one: str, other: str) -> None:
    assert matching_key(one) == matching_key(other)


def test_every_trap_is_named_somewhere() -> None:
    told: set[int] = set()
    for path in (ROOT / "tests").rglob("*.py"):
        for name in re.findall(r"def (test_trap_[a-z0-9_]+)", path.read_text("utf-8")):
            told |= {int(number) for number in re.findall(r"(?:trap|and)_(\d+)(?=_|$)", name)}
    for path in (ROOT / "tests" / "law").rglob("*.yaml"):
        for numbers in re.findall(r"traps: \[([\d, ]+)\]", path.read_text("utf-8")):
            told |= {int(each) for each in numbers.split(",")}
    assert set(range(1, 37)) - told == set()
