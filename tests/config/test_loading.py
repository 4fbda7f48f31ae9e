"""Mistakes in settings: each file in `broken/` must be refused with these words, at this line."""

from __future__ import annotations

import os
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from config import i18n
from config.errors import ConfigError
from config.settings.criteria import Standard
from config.settings.dated import Dated, DatedValue, Words
from config.settings.explaining import said_shortly
from config.settings.loading import SHIPPED, Settings, check_folder, judge_file, load_settings
from config.settings.reading import read_shape
from config.settings.shapes import BaseSalary, Levels
from records.rules.awards.money import prize_money
from tui.present.errors import sentence

BROKEN = Path(__file__).parent / "broken"
CASES: list[tuple[str, Any, int, str]] = [
    ("unknown-key", Standard, 6, "did you mean “criteria”"),
    ("missing-key", Standard, 1, "“reviewed_on” is missing"),
    ("duplicate-key", Standard, 3, "“id” stands twice"),
    ("impossible-date", Standard, 4, "“2021-02-30” is a day that does not exist"),
    ("date-as-word", Standard, 4, "“hôm qua”"),
    ("wrong-type", Standard, 6, "“commune” is of the wrong kind"),
    ("wrong-kind", Standard, 7, "did you mean “no_discipline”"),
    ("wrong-confidence", Standard, 11, "did you mean “confirmed”"),
    ("no-source", Standard, 7, "“source” is missing"),
    ("mixed-values", BaseSalary, 7, "“hai triệu” is of the wrong kind"),
    ("value-without-source", BaseSalary, 6, "“source” is missing"),
    ("not-a-number", BaseSalary, 3, "“.nan” is not a number"),
    ("python-tag", Standard, 1, "is not allowed"),
    ("alias", Standard, 2, "alias"),
    ("tab", Standard, 2, "not YAML"),
    ("unclosed", Standard, 3, "not YAML"),
    ("two-documents", Standard, 2, "more than one document"),
    ("list-instead", Standard, 1, "of the wrong kind"),
    ("empty", Standard, 1, "The file is empty"),
    ("comment-only", Standard, 1, "The file is empty"),
    ("latin1", Standard, 0, "not UTF-8"),
]


@pytest.mark.parametrize(("name", "shape", "line", "said"), CASES, ids=[case[0] for case in CASES])
def test_a_broken_file_is_refused_with_its_place_and_what_was_meant(
    name: str, shape: Any, line: int, said: str
) -> None:
    with pytest.raises(ConfigError) as refused:
        read_shape(BROKEN / f"{name}.yaml", shape)
    told = str(refused.value)
    assert said in told
    assert f"{name}.yaml" in told
    assert f"line {line}" in told or line == 0
    assert refused.value.do


def test_every_broken_file_has_its_case() -> None:
    assert {path.stem for path in BROKEN.glob("*.yaml")} == {case[0] for case in CASES}


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "huge.yaml").write_text("a: " + "x" * 2_100_000, "utf-8")
    # A reader written in C dies of these, and the program with it.
    (tmp_path / "deep.yaml").write_text("[" * 200_000 + "]" * 200_000, "utf-8")
    (tmp_path / "deep-lines.yaml").write_text("[\n" * 200_000 + "]\n" * 200_000, "utf-8")
    (tmp_path / "deep-list.yaml").write_text("- " * 200_000, "utf-8")
    for name, said in (
        ("huge", "too large"),
        ("deep", "too deeply"),
        ("deep-lines", "too deeply"),
        ("deep-list", "too deeply"),
        ("missing", "cannot be read"),
        ("", "cannot be read"),
    ):
        with pytest.raises(ConfigError, match=said):
            read_shape(tmp_path / f"{name}.yaml" if name else tmp_path, Standard)


@pytest.fixture(scope="module")
def settings() -> Settings:
    return load_settings()


def test_a_file_is_read_once_and_anew_when_one_letter_changed(tmp_path: Path) -> None:
    path = tmp_path / "levels.yaml"
    shipped = (SHIPPED / "levels.yaml").read_text(encoding="utf-8")
    path.write_text(shipped, encoding="utf-8")
    stamp = path.stat().st_mtime_ns
    before = read_shape(path, Levels)
    assert read_shape(path, Levels) is before
    path.write_text(shipped.replace("Province", "Provincf", 1), encoding="utf-8")
    os.utime(path, ns=(stamp, stamp))  # a file system with coarse times
    assert "Provincf" in str(read_shape(path, Levels))
    assert "Provincf" not in str(before)


def test_the_shipped_settings_are_in_order() -> None:
    assert [str(problem) for problem in check_folder(SHIPPED)] == []


def test_all_mistakes_of_a_folder_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "standards").mkdir()
    for name in ("unknown-key", "wrong-kind"):
        (tmp_path / "standards" / f"{name}.yaml").write_bytes((BROKEN / f"{name}.yaml").read_bytes())
    (tmp_path / "ofice.yaml").write_text("code: TN\n", "utf-8")
    told = [str(problem) for problem in check_folder(tmp_path)]
    assert len(told) == 3
    assert "did you mean “office.yaml”" in told[0]


def test_an_overlay_replaces_a_file_of_the_same_name_and_is_held_against_the_others(
    tmp_path: Path, settings: Settings
) -> None:
    (tmp_path / "standards").mkdir()
    shipped = (SHIPPED / "standards" / "reporter.yaml").read_text("utf-8")
    own = tmp_path / "standards" / "reporter.yaml"
    own.write_text(shipped.replace("Tiêu chuẩn báo cáo viên", "Tiêu chuẩn của cơ quan"), "utf-8")
    titles = [each.title.vi for each in load_settings(tmp_path).standards]
    assert "Tiêu chuẩn của cơ quan" in titles
    assert len(titles) == len(settings.standards)
    own.write_text(shipped.replace("source: qd-69-2022", "source: qd-69-2202"), "utf-8")
    with pytest.raises(ConfigError, match="did you mean “qd-69-2022”"):
        load_settings(tmp_path)
    own.write_text(shipped.replace("role: reporter", "role: reportre"), "utf-8")
    with pytest.raises(ConfigError, match="did you mean “reporter”"):
        load_settings(tmp_path)


def test_the_32_units_become_8_and_two_of_them_were_split(settings: Settings) -> None:
    units = settings.units["thai-nguyen-city"].units
    old = {key: unit for key, unit in units.items() if unit.until == date(2025, 6, 30)}
    new = {key for key, unit in units.items() if unit.since == date(2025, 7, 1)}
    assert (len(old), len(new)) == (32, 8)
    assert {heir for unit in old.values() for heir in unit.into} == new
    assert [unit.name for unit in old.values() if len(unit.into) > 1] == ["Phường Gia Sàng", "Phường Cam Giá"]
    names = [unit.name for unit in old.values()]
    assert len(set(names)) == 32


def test_the_district_level_ended_with_june_2025(settings: Settings) -> None:
    assert settings.levels.levels["district"].until == date(2025, 6, 30)


@pytest.mark.parametrize(
    ("prize", "day", "amount"),
    [
        ("advanced-worker", date(2024, 6, 30), 540_000),
        ("advanced-worker", date(2024, 7, 1), 710_000),
        ("advanced-worker", date(2026, 7, 1), 760_000),
        ("commemorative-medal", date(2026, 6, 30), 1_410_000),
        ("commemorative-medal", date(2026, 7, 1), 1_520_000),
        ("state-merit", date(2025, 6, 30), 360_000),
        ("state-merit", date(2025, 7, 1), 710_000),
    ],
)
def test_trap_13_money_follows_the_day_of_the_decision(settings: Settings, prize: str, day: date, amount: int) -> None:
    assert prize_money(settings.prizes.prizes[prize], settings.money, day).amount == amount


def test_what_nobody_confirmed_is_said_so(settings: Settings) -> None:
    salary = settings.money.base_salary
    told = {day: (salary.on(day).value, salary.on(day).confidence) for day in salary.values}
    assert told[date(2016, 5, 1)] == (1_210_000, "to_confirm")
    assert told[date(2017, 7, 1)] == (1_300_000, "to_confirm")
    assert told[date(2026, 7, 1)] == (2_530_000, "confirmed")
    # The decree whose words on rounding were read ended on 1 July 2025.
    for day, sure in ((date(2025, 6, 30), "confirmed"), (date(2025, 7, 1), "to_confirm")):
        assert prize_money(settings.prizes.prizes["advanced-worker"], settings.money, day).confidence == sure
    assert settings.office.name.on(date(2026, 1, 1)).confidence == "to_confirm"


days = st.dates(date(2000, 1, 1), date(2030, 1, 1))


@given(st.dictionaries(days, st.integers(), min_size=1, max_size=8), days)
def test_the_newest_begun_value_holds_and_before_the_first_there_is_an_error(
    values: dict[date, int], asked: date
) -> None:
    made = Dated[int](
        description=Words(vi="v", en="e"),
        unit="month",
        confidence="confirmed",
        values={day: DatedValue(value, "s") for day, value in values.items()},
    )
    begun = [day for day in values if day <= asked]
    if begun:
        found = made.on(asked)
        assert (found.value, found.since) == (values[max(begun)], max(begun))
    else:
        with pytest.raises(ConfigError, match="No value"):
            made.on(asked)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("id: [", 1, "chưa đóng"),
        ("id: 'x", 1, "chưa đóng"),
        ("id: {a: 1", 1, "chưa đóng"),
        ("a: b: c", 1, "dấu hai chấm"),
        ("\tid: 3", 1, "dấu tab"),
        ("id: @x", 1, "“@”"),
        ("a: 1\n b: 2", 2, "dấu hai chấm"),
        ("- a\nb: c", 2, "thụt vào"),
        ('id: "\\q"', 1, "“q”"),
        ("a: 1\nkey", 2, "thiếu dấu hai chấm"),
        ("---\na: 1\n---\nb: 2", 3, "nhiều hơn một tài liệu"),
        ("%x", 1, "Đây không phải YAML ("),
    ],
)
def test_what_is_no_yaml_is_said_in_vietnamese_with_its_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigError) as raised:
        read_shape(path, Standard)
    i18n.use("vi")
    told = sentence(*(i18n.tr(each) for each in (raised.value.what, raised.value.where, raised.value.do)))
    i18n.use("en")
    assert said in told
    assert f"dòng {line}," in told
    assert not [word for word in ("expected", "found", "allowed", "document") if word in told]


class _Office(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    seats: Annotated[int, msgspec.Meta(ge=1, le=20)] = 1
    units: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)] = ("a",)
    emblem: str | None = None
    pair: tuple[int, int] = (0, 0)
    places: dict[str, str] = {}
    since: date | None = None
    part: Decimal | None = None
    colour: Annotated[str, msgspec.Meta(pattern="^#[0-9]+$")] = "#1"
    is_shown: bool = False


@pytest.mark.parametrize(
    ("text", "english", "vietnamese"),
    [
        ("name: a\nplaces:", "missing: keys with their values must stand here", "chỗ này phải là các mục kèm giá trị"),
        ("name: 3", "“3” is of the wrong kind: a text must stand here, not a whole number", "phải là chữ, không phải"),
        ("name: a\nemblem: 3", "a text or nothing must stand here", "chữ hoặc để trống"),
        ("name: [a]", "What stands here is of the wrong kind: a text must stand here, not a list", "danh sách"),
        ("name: a\nis_shown: 3.5", "true or false must stand here, not a number", "true hoặc false"),
        ("name: a\nsince: hôm qua", "“hôm qua” is of the wrong kind: a day such as 2025-07-01", "ngày, như 2025-07-01"),
        ("name: a\npart: a", "a number must stand here", "phải là số"),
        ("name: a\nseats: 0", "it must be at least 1", "ít nhất là 1"),
        ("name: a\nseats: 21", "it must be at most 20", "nhiều nhất là 20"),
        ("name: a\nunits: []", "at least 1 must be there", "phải có ít nhất 1"),
        ("name: a\npair: [1]", "2 must be there, not 1", "phải có 2, không phải 1"),
        ("name: a\ncolour: đỏ", "it is not written as it has to be", "không được viết đúng dạng"),
        ("seats: 3", "The key “name” is missing", "Thiếu"),
        ("name: a\nnane: b", "The key “nane” is not known", "nane"),
        ("", "The file is empty", "trống"),
    ],
)
def test_what_the_reader_refuses_is_said_in_words_of_ours(
    tmp_path: Path, text: str, english: str, vietnamese: str
) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigError) as raised:
        read_shape(path, _Office)
    assert english in str(raised.value.what)
    i18n.use("vi")
    told = i18n.tr(raised.value.what)
    i18n.use("en")
    assert vietnamese in told
    assert not [word for word in ("xpected", "`", "None", "must", "Invalid") if word in told]


def test_what_is_drawn_is_refused_in_words_of_ours_too() -> None:
    assert str(said_shortly("Expected `float` <= 200 - at `$.x`")) == "it must be at most 200"
    assert str(said_shortly("Expected `thing`, got `str`")) == "Expected `thing`, got `str`"


@pytest.mark.parametrize(
    ("name", "content", "is_right"),
    [
        ("levels.yaml", (SHIPPED / "levels.yaml").read_bytes(), True),
        ("levels.yaml", b"\xef\xbb\xbf" + (SHIPPED / "levels.yaml").read_bytes(), True),
        ("levels.yaml", b"", False),
        ("levels.yaml", b"levels:\n", False),
        ("levels.yaml", b"\xff", False),
        ("levels.yaml", b"#" * 2_000_001, False),
        ("standards/x.yaml", (BROKEN / "unknown-key.yaml").read_bytes(), False),
        ("mine.yaml", b"anything: 1\n", True),
        ("mine.yaml", b"anything: [", False),
        ("mine.yaml", b"[" * 200_000, False),
    ],
)
def test_the_bytes_of_a_file_are_judged_as_it_would_be_read(name: str, content: bytes, is_right: bool) -> None:
    if is_right:
        judge_file(Path("config", name), name, content)
    else:
        with pytest.raises(ConfigError, match=name):
            judge_file(Path("config", name), name, content)
