"""Lists of people out: the right columns, nothing sensitive unasked, letter for letter, and never without a log."""

from __future__ import annotations

import csv
import gc
import hashlib
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.errors import BookError, InputError, RefusedError
from config.settings.loading import load_settings
from config.text import t
from exports.lists.people import PeopleList, write_people
from exports.lists.people_columns import ALL, BY_KEY, LAYOUTS, Known, columns_of
from records.domain.appointments import Appointment
from records.domain.dates import PartialDate
from records.domain.lists import ListExport
from records.domain.people.person import SENSITIVE, Credential, Person
from records.services.people.roster import RosterLine
from tests.exports.conftest import words_of

ON = date(2025, 6, 15)
SETTINGS = load_settings()


def person(number: int = 1, name: str = "Đỗ Hồng Thúy", **other: object) -> RosterLine:
    given = {"sex": "female", "born": PartialDate(1980, 2, 5), "phone": "0900000001", "national_id": "019180000001"}
    made = Person(id=f"TN-P-{number:05d}", name=name, **{**given, **other})  # type: ignore[arg-type]  # made-up fields
    held = Appointment(id="TN-A-00001", person=made.id, role="reporter", level="commune", number="5-QĐ/ĐU")
    return RosterLine(person=made, unit_name="Phường Thử Nghiệm", appointments=(held,))


def people(*lines: RosterLine, columns: tuple[str, ...] = ("no", "id", "name", "born", "unit")) -> PeopleList:
    return PeopleList(lines=lines, columns=columns_of(columns), known=Known(SETTINGS, {}), on=ON, day=ON)


def written(made: PeopleList, path: Path, *, overwrite: bool = False) -> ListExport:
    logged: list[ListExport] = []
    write_people(made, path, overwrite=overwrite, log=logged.append)
    (export,) = logged
    return export


def rows_of(path: Path) -> list[list[str]]:
    if path.suffix == ".csv":
        return list(csv.reader(path.read_text("utf-8-sig").splitlines(keepends=True)))
    page = openpyxl.load_workbook(path).active
    assert page is not None
    return [["" if cell is None else str(cell) for cell in row] for row in page.values]


def test_every_sensitive_field_has_a_column_that_says_so_and_no_ready_layout_has_one() -> None:
    marked = {column.key for column in ALL if column.sensitive}
    assert marked == SENSITIVE - {"photo"} | {"why"}, "a picture is no column"
    for _, keys in LAYOUTS.values():
        assert columns_of(keys)
        assert not SENSITIVE & set(keys)


def test_every_column_has_a_value_for_somebody_known_and_for_somebody_unknown() -> None:
    full = person(
        credentials=(Credential(kind="education", level="master"), Credential(kind="language", level="Tiếng Anh B1")),
        party_official=PartialDate(2010),
    )
    bare = RosterLine(person=Person(id="TN-P-00002", name="Ước"), unit_name="", appointments=())
    known = Known(SETTINGS, {})
    told = {column.key: column.value(full, known, 7) for column in ALL}
    assert told["no"] == 7
    assert (told["born_female"], told["born_male"]) == (PartialDate(1980, 2, 5), None)
    assert (told["education"], told["language"], told["party_member"]) == ("Master's degree", "Tiếng Anh B1", "yes")
    assert (told["number"], told["roles"]) == ("5-QĐ/ĐU", "Reporter")
    assert {column.value(bare, known, 1) for column in ALL} <= {None, "", 1, "TN-P-00002", "Ước", "Not applicable"}


def test_of_several_appointments_each_is_told_where_they_differ() -> None:
    line = person()
    other = Appointment(
        id="TN-A-00002", person=line.person.id, role="collaborator", level="commune", number="5-QĐ/ĐU",
        decided=date(2024, 1, 2),
    )  # fmt: skip
    both = RosterLine(person=line.person, unit_name="", appointments=(*line.appointments, other))
    known = Known(SETTINGS, {})
    assert BY_KEY["number"].value(both, known, 1) == "5-QĐ/ĐU"
    assert BY_KEY["decided"].value(both, known, 1) == "—; 02/01/2024"
    roles = [SETTINGS.roles.roles[role].title.en for role in ("reporter", "collaborator")]
    assert BY_KEY["roles"].value(both, known, 1) == "; ".join(roles)


@pytest.mark.parametrize("ending", [".xlsx", ".csv", ".pdf"])
def test_a_list_holds_its_columns_and_nothing_else(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"list{ending}"
    export = written(people(person(1), person(2, "Ước")), path)
    text = words_of(path)[0] if ending == ".pdf" else str(rows_of(path))
    for words in ("Đỗ Hồng Thúy", "Ước", "TN-P-00002", "Phường Thử Nghiệm"):
        assert words in text
    assert "0900000001" not in text
    assert "019180000001" not in text
    assert export.people == ("TN-P-00001", "TN-P-00002")
    assert (export.columns, export.sensitive) == (("no", "id", "name", "born", "unit"), ())
    assert export.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_sensitive_columns_are_named_in_the_log(tmp_path: Path) -> None:
    export = written(people(person(), columns=("name", "phone", "national_id")), tmp_path / "list.csv")
    assert export.sensitive == ("phone", "national_id")
    assert rows_of(tmp_path / "list.csv")[1] == ["Đỗ Hồng Thúy", "0900000001", "019180000001"]


@pytest.mark.parametrize("ending", [".xlsx", ".csv", ".pdf"])
def test_what_cannot_be_logged_does_not_leave(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"list{ending}"
    path.write_text("kept")

    def refuse(_export: ListExport) -> None:
        assert path.read_text() == "kept"
        raise BookError(t("held"))

    with pytest.raises(BookError):
        write_people(people(person()), path, overwrite=True, log=refuse)
    assert [each.name for each in tmp_path.iterdir()] == [path.name]
    assert path.read_text() == "kept"


def test_a_stopped_export_leaves_nothing_and_is_not_logged(tmp_path: Path) -> None:
    told: list[object] = []
    many = people(*(person(number) for number in range(1, 251)))
    seen: list[tuple[int, int]] = []
    with pytest.raises(RefusedError):
        write_people(
            many, tmp_path / "list.xlsx", log=told.append,
            progress=lambda done, all_: seen.append((done, all_)), stop=lambda: len(seen) == 2,
        )  # fmt: skip
    assert (seen, told, list(tmp_path.iterdir())) == ([(100, 250), (200, 250)], [], [])


@pytest.fixture
def collector() -> Iterator[None]:
    """Python's collector at work, as in the program; between tests it rests."""
    before = gc.isenabled()
    gc.enable()
    yield
    if not before:
        gc.disable()


@pytest.mark.usefixtures("collector")
@pytest.mark.parametrize("stopped", [False, True])
def test_the_collector_rests_while_a_long_list_is_written_and_works_again_after(tmp_path: Path, stopped: bool) -> None:
    many, working = people(*(person(number) for number in range(1, 601))), []

    def stop() -> bool:
        working.append(gc.isenabled())
        return stopped

    with pytest.raises(RefusedError) if stopped else nullcontext():
        write_people(many, tmp_path / "list.xlsx", log=lambda _export: None, stop=stop)
    assert (set(working), gc.isenabled()) == ({False}, True)


def test_days_and_numbers_stand_in_a_workbook_as_such_and_their_columns_are_wide_enough(tmp_path: Path) -> None:
    made = people(*(person(number, born=PartialDate(1980, 2, number % 28 + 1)) for number in range(1, 1_051)))
    written(made, tmp_path / "list.xlsx")
    page = openpyxl.load_workbook(tmp_path / "list.xlsx").active
    assert page is not None
    cells = next(row for row in page.iter_rows() if row[0].value == 1_050)
    assert (cells[3].value, cells[3].number_format) == (datetime(1980, 2, 15), "dd/mm/yyyy")
    assert page.row_dimensions[cells[0].row or 0].height is not None
    assert page.column_dimensions["D"].width >= len("15/02/1980")
    assert page.column_dimensions["A"].width >= len("1.050")


def test_an_unknown_column_ending_or_an_empty_choice_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no column “salary”"):
        columns_of(("name", "salary"))
    with pytest.raises(InputError, match="no kind of list"):
        written(people(person()), tmp_path / "list.doc")
    with pytest.raises(InputError, match="needs a column"):
        written(people(person(), columns=()), tmp_path / "list.csv")
    assert list(tmp_path.iterdir()) == []


printable = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cn", "Co"]) | st.sampled_from("=+-@'\"; ,ĐđƯưỆệ"),
    min_size=1,
    max_size=30,
)


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
@settings(max_examples=40, deadline=None)
@given(name=printable, note=printable)
def test_names_come_back_letter_for_letter_and_are_never_formulas(ending: str, name: str, note: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"list{ending}")
        written(people(person(1, name, note=note), columns=("id", "name", "note")), path)
        (row,) = [row for row in rows_of(path) if row[0] == "TN-P-00001"]
        for read, meant in zip(row[1:3], (name, note), strict=True):
            composed = unicodedata.normalize("NFC", meant)
            if ending == ".csv" and read != composed:
                assert read == f"'{composed}"
                assert composed.lstrip(" ")[0] in "=+-@\t\r\n"
            else:
                assert read == composed
            if ending == ".csv" and len(read) > 1:
                assert read.lstrip(" ")[:1] not in tuple("=+-@")


@pytest.mark.parametrize("ending", [".xlsx", ".pdf"])
def test_a_list_bears_the_office_and_the_body_above_it_as_of_its_day(tmp_path: Path, ending: str) -> None:
    written(people(person()), tmp_path / f"list{ending}")
    text = words_of(tmp_path / "list.pdf")[0] if ending == ".pdf" else str(rows_of(tmp_path / "list.xlsx"))
    assert text.index("THÀNH ỦY THÁI NGUYÊN") < text.index("BAN TUYÊN GIÁO")
