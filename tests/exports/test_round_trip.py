"""What this program writes, it reads again: without a refusal and without a difference."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from openpyxl import load_workbook

from config import i18n
from config.settings.loading import load_settings
from exports.lists.people import PeopleList, write_people
from exports.lists.people_columns import ALL, BY_KEY, Known, columns_of
from records.demo.people import DEMO_DAY
from records.domain.findings import Judgement
from records.domain.people.person import Person
from records.services.imports import entering, intake
from records.services.lists import log_export
from records.services.office import Office
from records.services.people.roster import roster, save_person
from records.services.standards.checks import check
from records.store.book import Book


@pytest.fixture(scope="module")
def demo(small_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The made-up office, with one person as it was typed once."""
    path = tmp_path_factory.mktemp("demo") / "demo.sovang"
    shutil.copytree(small_demo, path)
    with Book.open(path, actor="demo") as book:
        office = Office(book, load_settings())
        person = next(each for each in office.book.table(Person) if each.phone and each.position)
        typed = msgspec.structs.replace(person, phone="0900 000 009", native_place="Đại Từ.")
        save_person(office, typed, was=person)  # as older books have it, from before typed values were read like cells
        yield office


def _written(office: Office, path: Path) -> Path:
    judged: dict[str, list[Judgement]] = {}
    for person, each in check(office, DEMO_DAY):
        judged.setdefault(person.id, []).append(each)
    people = PeopleList(
        lines=roster(office, DEMO_DAY),
        columns=columns_of([each.key for each in ALL]),
        known=Known(office.settings, office.unit_names(DEMO_DAY), judged),
        on=DEMO_DAY,
        day=DEMO_DAY,
        signer=("TRƯỞNG BAN",),
        signer_name="Âu Trầm Hương",
        mark="Bản in thử",
    )
    write_people(people, path, log=lambda export: log_export(office, export))
    return path


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_every_column_of_everybody_comes_back_as_it_left(
    demo: Office, tmp_path: Path, language: str, ending: str
) -> None:
    i18n.use(language)
    seen = intake.preview(demo, _written(demo, tmp_path / f"list.{ending}"), today=DEMO_DAY)
    assert seen.refused == ()
    assert len(seen.layout.unread) == len({"verdict", "why", "signature"}), seen.layout.unread
    assert seen.rows == len(demo.book.table(Person).all())
    assert {(each.confidence, str(each.why)) for each in seen.duplicates} == {("certain", "code")}
    assert len(seen.duplicates) == seen.rows
    planned = entering.plan(demo, seen, {each.row: each.of for each in seen.duplicates})
    assert [(each.row, told, each.roles) for each in planned.updates if (told := each.changes) or each.roles] == []
    assert (planned.new, planned.units) == ((), ())


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_changed_cell_is_a_shown_update_of_that_person(demo: Office, tmp_path: Path, ending: str) -> None:
    i18n.use("vi")
    path = _written(demo, tmp_path / f"list.{ending}")
    phone, changed = BY_KEY["phone"], "0900999999"
    line = next(each for each in roster(demo, DEMO_DAY) if each.person.phone)
    _replace(path, str(phone.value(line, Known(demo.settings, {}), 1)), changed)
    seen = intake.preview(demo, path, today=DEMO_DAY)
    choices = entering.first_choices(demo, seen)
    (update,) = [each for each in entering.plan(demo, seen, choices).updates if each.before.id == line.person.id]
    assert [(each.field, each.before, each.after) for each in update.changes] == [("phone", line.person.phone, changed)]


def _replace(path: Path, old: str, new: str) -> None:
    if path.suffix == ".csv":
        path.write_text(path.read_text("utf-8-sig").replace(old, new, 1), "utf-8-sig")
        return
    workbook = load_workbook(path)
    sheet = workbook.active
    assert sheet is not None
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == old)
    sheet.cell(cell.row, cell.column, new)
    workbook.save(path)
