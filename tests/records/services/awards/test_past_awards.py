from __future__ import annotations

from pathlib import Path

from records.domain.units import Unit
from records.services.awards.award_history import story
from records.services.awards.merits import merits
from records.services.imports import list_intake
from records.services.imports.list_kinds import LIST_KINDS
from records.services.office import Office
from tests.records.intake.building import save
from tests.records.services.conftest import ON, staff


def test_an_award_of_the_past_does_not_say_that_the_register_tells_every_award_since(
    office: Office, tmp_path: Path
) -> None:
    person = staff(office)[0]
    head = ["Mã", "Họ và tên", "Danh hiệu", "Số quyết định", "Ngày quyết định", "Cơ quan khen thưởng", "Năm"]
    row = [person.id, person.name, "Giấy khen", "12/QĐ-UBND", "05/01/2018", "UBND huyện Mẫu", 2017]
    before = merits(office, ON.year)[person.id].register_since
    seen = list_intake.preview(office, LIST_KINDS["awards"], save(tmp_path / "past.xlsx", [head, row]), today=ON)
    assert list_intake.accept(office, seen) == 1
    after = merits(office, ON.year)[person.id]
    assert [each.achieved_to.year for each in after.awards] == [2017]
    assert after.register_since == before


def test_an_award_of_the_past_counts_for_the_collective_by_its_achievement(office: Office, tmp_path: Path) -> None:
    staff(office)
    unit = next(iter(office.book.table(Unit)))
    head = ["Tập thể", "Danh hiệu", "Số quyết định", "Ngày quyết định", "Cơ quan khen thưởng", "Năm"]
    row = [unit.name, "Tập thể lao động xuất sắc", "12/QĐ-UBND", "05/01/2018", "UBND huyện Mẫu", 2017]
    seen = list_intake.preview(office, LIST_KINDS["awards"], save(tmp_path / "past.xlsx", [head, row]), today=ON)
    assert list_intake.accept(office, seen) == 1
    held = merits(office, ON.year)[unit.id].awards
    assert [(each.prize, each.achieved_to.year) for each in held] == [("excellent-collective", 2017)]
    told = [str(each.what) for each in story(office, held[0])]
    assert told[-1] == "Entered from a list of the past; it has no number in our register"
