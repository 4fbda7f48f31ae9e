"""Papers of training: whole tables, bars as long as their shares, a chart in Excel, the same bytes, and the log."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pypdfium2  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from config import i18n
from config.errors import InputError
from config.settings.loading import load_settings
from exports.papers.form.bars import BarSection
from exports.papers.form.paper import Paper
from exports.papers.form.pdf import write_paper_pdf
from exports.papers.form.workbook import write_paper_xlsx
from exports.papers.training import Written, write_figures, write_history
from exports.sheets import SheetColumn
from records.domain.people.person import Person
from records.domain.training import Event
from records.services.lists import exports_made, log_export
from records.services.office import Office, furnish
from records.services.training import events
from records.services.training.figures import figures
from records.services.training.past import past_of
from records.services.training.results import Certificate, ResultCell, reissue, write_results
from records.store.book import Book
from tests.exports.conftest import PACKAGED, words_of
from tests.records.services.conftest import ON, staff

TODAY = date(2025, 7, 1)
_PATH = pypdfium2.raw.FPDF_PAGEOBJ_PATH


@pytest.fixture(autouse=True)
def _vietnamese() -> Iterator[None]:
    i18n.use("vi")
    yield
    i18n.use("en")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office in which An went to a course and a conference."""
    settings = load_settings()
    with Book.create(tmp_path / "test.sovang", office=settings.office.code, actor="tester") as book:
        made = Office(book, settings)
        furnish(made)
        people = staff(made)
        for kind, day, hours in (("course", date(2022, 5, 10), "24"), ("conference", date(2025, 6, 10), "0")):
            event = events.save_event(
                made,
                Event(id="", kind=kind, title=f"Buổi {kind}", day=day, hours=Decimal(hours)),  # type: ignore[arg-type]
            )
            events.mark(made, {(event.id, people[0].id): "present", (event.id, people[1].id): "absent"})
        yield made


def bars(values: list[Decimal | None], full: Decimal | None = Decimal(100)) -> Paper:
    columns = (SheetColumn("Đơn vị", 20), SheetColumn("Tỷ lệ", 10, "number"))
    rows = [(f"Đơn vị {n}", value) for n, value in enumerate(values)]
    section = BarSection(columns, rows, label=0, value=1, full=full)
    return Paper(
        style=load_settings().styles.on("party", ON), office="Ban Mẫu", title=("SỐ LIỆU",), day=ON, sections=(section,)
    )


def boxes(path: Path) -> list[float]:
    """Widths of the filled boxes on all pages, in points, in the order they were drawn."""
    document = pypdfium2.PdfDocument(path)
    try:
        bounds = [each.get_bounds() for page in document for each in page.get_objects() if each.type == _PATH]
        return [right - left for left, bottom, right, top in bounds if 9 < top - bottom < 11]
    finally:
        document.close()


def test_bars_are_as_long_as_their_shares_and_of_many_only_the_ends_are_drawn(tmp_path: Path) -> None:
    values: list[Decimal | None] = [Decimal(100), Decimal(50), Decimal(0), None, *[Decimal(25)] * 60]
    write_paper_pdf(bars(values), tmp_path / "a.pdf", families=PACKAGED)
    whole, *_ = found = boxes(tmp_path / "a.pdf")
    parts = [round(each / whole, 2) for each in found]
    assert parts == [1, 1, 1, 0.5, 1, *[1, 0.25] * 17]
    write_paper_pdf(bars(values), tmp_path / "b.pdf", families=PACKAGED)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


@given(st.lists(st.one_of(st.none(), st.decimals(0, 500, places=1)), min_size=1, max_size=12))
def test_the_longest_value_is_never_nought_and_holds_all(values: list[Decimal | None]) -> None:
    (section,) = bars(values, full=None).sections
    assert isinstance(section, BarSection)
    assert section.longest() > 0
    assert all(value is None or value <= section.longest() for _, value in section.bars())


def test_the_spreadsheet_has_the_table_and_a_chart_of_it(tmp_path: Path) -> None:
    write_paper_xlsx(bars([Decimal(90), Decimal(40)]), tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    cells = [value for row in sheet.values for value in row]
    assert "Đơn vị 1" in cells
    assert 40 in cells
    (chart,) = sheet._charts  # type: ignore[attr-defined]  # openpyxl tells of charts nowhere else
    column, first, last = _ends(chart.series[0].val.numRef.f)
    assert [sheet[f"{column}{row}"].value for row in range(first, last + 1)] == [90, 40]


def _ends(reference: str) -> tuple[str, int, int]:
    begin, end = reference.split("!")[1].replace("$", "").split(":")
    return begin[0], int(begin[1:]), int(end[1:])


def test_a_record_of_training_tells_years_events_certificates_and_gaps(office: Office, tmp_path: Path) -> None:
    person = next(each for each in past_people(office) if each.name == "Lê Thị An")
    course = events.events(office, kind="course")[0]
    row = events.attendance_of(office, course.id)[person.id]
    cells = [ResultCell(row.id, "result", "đ"), ResultCell(row.id, "certificate", "12/GCN")]
    (row,) = write_results(office, cells, today=TODAY)
    reissue(office, row, Certificate("15/GCN"), why="bị mất", today=TODAY)
    path = tmp_path / "past.pdf"
    write_history(office, past_of(office, person.id, ON), Written(path, TODAY, lambda made: log_export(office, made)))
    told = " ".join(words_of(path))
    for words in ("QUÁ TRÌNH BỒI DƯỠNG", "Lê Thị An", "Buổi course", "15/GCN", "thay giấy số 12/GCN", "Còn thiếu"):
        assert words in told
    assert "2020 0 2021 0 2022 24 2023 0" in told
    (made,) = exports_made(office)
    assert made.export.people == (person.id,)


def past_people(office: Office) -> list[Person]:
    """Everybody in the book."""
    return office.book.table(Person).all()


def test_figures_leave_in_both_forms_logged_and_never_over_a_file(office: Office, tmp_path: Path) -> None:
    wanted = events.events(office)
    found = figures(office, wanted, by="person", on=ON)
    for name in ("figures.pdf", "figures.xlsx"):
        to = Written(tmp_path / name, TODAY, lambda made: log_export(office, made))
        write_figures(office, found, wanted, "person", to)
        with pytest.raises(InputError):
            write_figures(office, found, wanted, "person", to)
    assert "SỐ LIỆU THAM DỰ" in words_of(tmp_path / "figures.pdf")[0]
    assert len(exports_made(office)) == 2
    assert len(exports_made(office)[0].export.people) == 2
    with pytest.raises(InputError, match="no kind of paper"):
        write_figures(office, found, wanted, "person", Written(tmp_path / "a.doc", TODAY, lambda made: made))
