"""Traps of the trade that no one rule or service answers for; the others are named where their part is tested."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace as replace_dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import get_type_hints

import pytest
from msgspec.structs import replace

from config import i18n
from config.errors import ConflictError, RefusedError
from config.settings.loading import load_settings
from config.text import t
from exports.certificates.fields import certificate_of
from exports.papers.award_register import register_paper
from exports.papers.commendations import awards_list, money_paper
from exports.papers.form.paper import Paper
from records.domain.appointments import Appointment
from records.domain.awards.awards import Decision
from records.domain.findings import Finding, Verdict
from records.domain.people.names import matching_key
from records.domain.people.person import Person
from records.domain.training import Attendance, DutyCount, Event
from records.rules.emulation.scoring import Totals, classify
from records.services.appointments.appointing import appoint
from records.services.awards.decisions import Proposal, decide
from records.services.book import history
from records.services.people.roster import roster
from tests.law.__main__ import mutations
from tests.records.services.conftest import made_office, staff

ROOT = Path(__file__).parents[2]


def _texts(paper: Paper) -> Iterator[str]:
    yield from (*paper.title, *paper.opening, *paper.closing, paper.appended_to, paper.office, paper.parent)
    for section in paper.sections:
        yield from (section.heading, *section.notes, *(each.title for each in section.columns))
        yield from (str(cell) for row in (*section.rows, section.totals) for cell in row if cell is not None)


@pytest.fixture
def _vietnamese() -> Iterator[None]:
    i18n.use("vi")
    yield
    i18n.use("en")


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
        papers = (awards_list(office, decision), money_paper(office, decision), register_paper(office, 2025, decision.day))  # fmt: skip  # noqa: E501
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


def _traps_in(path: Path) -> set[int]:
    """Numbers of the traps that the tests or cases of a file are of."""
    text = path.read_text("utf-8")
    names = re.findall(r"def (test_trap_[a-z0-9_]+)", text)
    lists = re.findall(r"traps: \[([\d, ]+)\]", text) if path.suffix == ".yaml" else []
    found = {int(number) for name in names for number in re.findall(r"(?:trap|and)_(\d+)(?=_|$)", name)}
    return found | {int(each) for numbers in lists for each in numbers.split(",")}


def test_every_trap_has_the_tests_and_the_mutation_that_the_list_names() -> None:
    text = (ROOT / "tests" / "law" / "README.md").read_text("utf-8")
    rows = re.findall(r"^\| (\d+) \| ([^|]+) \| ([^|]+) \|$", text, re.MULTILINE)
    assert [int(number) for number, _, _ in rows] == list(range(1, 37))
    for number, tests, mutation in rows:
        for each in tests.split("; "):
            assert int(number) in _traps_in(ROOT / "tests" / each), (number, each)
        assert mutation.strip()


def test_every_trap_has_a_mutation_that_can_be_tried_on_a_test_of_the_list() -> None:
    text = (ROOT / "tests" / "law" / "README.md").read_text("utf-8")
    listed = dict(re.findall(r"^\| (\d+) \| ([^|]+) \|", text, re.MULTILINE))
    found = mutations()
    assert sorted(found) == list(range(1, 37))
    for trap, each in found.items():
        assert each.was in (ROOT / each.file).read_text("utf-8"), (trap, each.was)
        assert each.was != each.becomes
        assert (ROOT / "tests" / each.test).is_file(), (trap, each.test)
        folders = [path.rpartition("/")[0] for path in listed[str(trap)].split("; ")]
        assert any(folder.startswith(each.test.rpartition("/")[0]) for folder in folders), (trap, each.test)


def test_trap_27_a_reporter_is_recognised_by_the_party_committee_and_managed_by_its_department(tmp_path: Path) -> None:
    roles = load_settings().roles.roles
    told = {key: (each.recognised_by.vi, each.managed_by.vi, each.instruments) for key, each in roles.items()}
    assert told["reporter"] == ("Cấp ủy", "Ban Tuyên giáo cùng cấp", ("decision",))
    assert told["communicator"][0] == "Cấp ủy cơ sở"
    assert told["collaborator"] == ("Ban Tuyên giáo", "Ban Tuyên giáo", ("contract", "decision"))
    with made_office(tmp_path) as office:
        an, *_ = staff(office)
        blank = Appointment(id="", person=an.id, role="communicator", level="commune", number="3-QĐ/ĐU")
        made = appoint(office, replace(blank, since=date(2025, 1, 1)))
        assert (made.recognised_by, made.managed_by, made.instrument) == ("Cấp ủy cơ sở", "Đảng ủy cơ sở", "decision")
        with pytest.raises(RefusedError):
            appoint(office, replace(blank, role="reporter", instrument="contract", since=date(2026, 1, 1)))


def test_trap_10_lists_go_by_given_name_then_middle_then_family_and_d_before_dd(tmp_path: Path) -> None:
    names = ["Trần Văn Đức", "Lê Thị An", "Nguyễn Văn Dũng", "Nguyễn Ánh An", "Phạm Văn Dung", "An Văn Zung"]
    with made_office(tmp_path) as office:
        with office.book.change("test.people") as change:
            for name in names:
                person = change.put(Person(id=change.new_id(Person), name=name))
                post = Appointment(id=change.new_id(Appointment), person=person.id, role="reporter", level="commune")
                change.put(replace(post, since=date(2020, 1, 1)))
        found = [line.person.name for line in roster(office, date(2025, 6, 15))]
    assert found == ["Nguyễn Ánh An", "Lê Thị An", "Phạm Văn Dung", "Nguyễn Văn Dũng", "Trần Văn Đức", "An Văn Zung"]


def test_trap_17_every_total_has_exactly_one_class_half_points_too() -> None:
    table = next(each for each in load_settings().tables if each.id == "frame-30-70")
    day = date(2025, 12, 31)
    yes = Finding(criterion="c", title=table.title, verdict=Verdict.MET, reason=t("yes"), source="", confidence="confirmed")  # fmt: skip  # noqa: E501
    found = []
    for points in ("49.99", "50", "69.5", "70", "89.75", "90", "90.5", "91", "100"):
        totals = Totals(base=Decimal(points), bonus=Decimal(0), penalty=Decimal(0), total=Decimal(points), missing=())
        found.append(classify(table, totals, day, lambda _condition: yes).rating)
    assert found == ["not_completed", "completed", "completed", "good", "good", *["excellent"] * 4]


def test_trap_33_nobody_with_a_history_can_be_deleted_and_a_decision_is_not_edited(tmp_path: Path) -> None:
    with made_office(tmp_path) as office:
        an, *_ = staff(office)
        decision, _ = decide(office, _merit([an.id]))
        entered = next(each for each in office.book.history() if each.action == "test.staff")
        with pytest.raises(ConflictError):
            history.undo(office, entered.seq)
        assert office.person(an.id).name == an.name
        folders = (ROOT / "records" / "services", ROOT / "tui")
        assert all(folder.is_dir() for folder in folders)
        code = "".join(path.read_text("utf-8") for folder in folders for path in folder.rglob("*.py"))
        assert re.findall(r"remove\((?:Person|Award|Decision|Appointment|Discipline|Unit)\b", code) == []
        with pytest.raises(RefusedError, match="already in the book"):
            decide(office, _merit([an.id]))
        assert [each.id for each in office.book.table(Decision)] == [decision.id]


def test_trap_2_a_state_decision_is_headed_by_the_chair_and_no_party_body(tmp_path: Path) -> None:
    with made_office(tmp_path) as office:
        an, *_ = staff(office)
        day = date(2026, 2, 1)
        state = replace_dataclass(_merit([an.id]), number="15/QĐ-UBND", prize="state-merit", day=day)
        decision, _ = decide(office, replace_dataclass(state, achieved_to=date(2025, 12, 31)))
        paper = awards_list(office, decision)
        own = "Ban Thường vụ"
        written = replace_dataclass(
            _merit([an.id]), number="05-QĐ/ĐU", citation="B", day=day, issuer=own, issuer_above="ĐẢNG BỘ TỈNH"
        )
        said, _ = decide(office, written)
    assert (paper.style.head.number, paper.office, paper.parent) == ("Số: {number}", decision.issuer, "")
    assert decision.issuer.startswith("CHỦ TỊCH ỦY BAN NHÂN DÂN")
    assert "ĐẢNG" not in f"{paper.office} {paper.parent}".upper()
    assert (said.issuer, said.issuer_above) == (own, "ĐẢNG BỘ TỈNH")


def test_trap_1_a_certificate_says_the_decision_letter_for_letter(tmp_path: Path) -> None:
    with made_office(tmp_path) as office:
        an, *_ = staff(office)
        with office.book.change("test.name") as change:
            change.put(replace(an, name="Lê Thị Hoà Thuý"), was=an)
        words = "Có thành tích  “xuất sắc” – năm 2024 (đợt 1)"
        decision, (award,) = decide(office, replace_dataclass(_merit([an.id]), citation=words))
        with office.book.change("test.later") as change:
            change.put(replace(office.person(an.id), name="Lê Thị Hòa Thúy"), was=office.person(an.id))
        fields = certificate_of(award, decision, office.settings).fields
    told = [fields[each] for each in ("name", "citation", "decision_number", "decision_date", "award_title")]
    assert told == ["Lê Thị Hoà Thuý", words, "7-QĐ/BTG", "ngày 15 tháng 01 năm 2025", "Giấy khen"]


def _merit(people: list[str]) -> Proposal:
    return Proposal(
        number="7-QĐ/BTG",
        day=date(2025, 1, 15),
        prize="party-merit-year",
        people=people,
        citation="Hoàn thành xuất sắc nhiệm vụ",
        achieved_from=date(2024, 1, 1),
        achieved_to=date(2024, 12, 31),
    )
