"""One table of a person's fields: every place follows it, and a further field is an attribute and a row."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

import main
from config import i18n
from config.i18n import tr
from exports.lists.people_columns import BY_KEY
from records.domain.people.person import Credential, Person
from records.domain.people.person_fields import FIELD, FIELDS
from records.intake.layout.headings import meaning
from tests.tui.cli.conftest import Run
from tui.present.imports import FIELDS as COLUMNS

_ROOT = Path(__file__).parents[3]
_ELSEWHERE = {"id", "before", "credentials", "documents", "left", "left_reason", "photo"}
"""What is no field that is typed: histories, papers with their own forms, and the picture."""
_TYPED = {
    "name": "Đỗ Hồng Thúy",
    "sex": "female",
    "born": "05/02/1980",
    "national_id": "019180000001",
    "unit": "Phường Túc Duyên",
    "position": "Bí thư TP.",
    "phone": "0900 000 001",
    "email": "thuy@mau.vn",
    "education": "bachelor",
    "field_of_study": "Luật",
    "political_theory": "intermediate",
    "language": "Anh B1; Nga A",
    "informatics": "A",
    "party_member": "yes",
    "party_probation": "1/2/2010",
    "party_official": "1/2/2011",
    "party_card": "012345",
    "ethnicity": "Tày",
    "religion": "Không ghi",
    "native_place": "Đại Từ.",
    "residence": "Tổ 5",
    "note": "Nghỉ phép.",
}
_OTHER = {"education": "profession"}
"""Columns that tell a field in another way."""
_SET = [f"{key}={value}" for key, value in _TYPED.items()]


def test_every_attribute_of_a_person_is_a_field_or_has_a_form_of_its_own() -> None:
    kept = {each.key for each in FIELDS if not each.in_credentials}
    assert set(Person.__struct_fields__) - kept == _ELSEWHERE
    assert set(_TYPED) == set(FIELD) <= COLUMNS.keys() & BY_KEY.keys()
    assert {meaning(word) for each in FIELDS for word in each.headings.split("|")} >= FIELD.keys() - {"education"}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_head_that_we_write_over_a_field_is_read_again(language: str) -> None:
    i18n.use(language)
    for field in FIELDS:
        column = BY_KEY[field.key]
        written = meaning(tr(column.title), tr(column.group) if column.group else ""), meaning(tr(column.label))
        asked = meaning(tr(field.title)), meaning(tr(field.title))
        for found in (written, asked):
            assert {found[0], found[1]} <= {field.key, _OTHER.get(field.key, field.key)}, field.key
    i18n.use("en")


def test_a_field_put_keeps_every_paper_that_it_does_not_change() -> None:
    diploma = Credential(kind="education", level="bachelor", evidence="diploma", issuer="ĐH Mẫu")
    english = Credential(kind="language", level="Anh B1", evidence="confirmation")
    person = Person(id="TN-P-00001", name="Thúy", credentials=(diploma, english))
    assert FIELD["education"].put(person, "bachelor") is person
    studied = FIELD["field_of_study"].put(person, "Luật").best("education")
    assert studied is not None
    assert (studied.evidence, studied.issuer, studied.field) == ("diploma", "ĐH Mẫu", "Luật")
    spoken = FIELD["language"].put(person, ("Nga A", "Anh B1"))
    assert [each.evidence for each in spoken.credentials if each.kind == "language"] == ["", "confirmation"]
    higher = FIELD["education"].put(person, "master")
    assert [(each.level, each.evidence) for each in higher.credentials if each.kind == "education"] == [("master", "")]
    assert FIELD["education"].put(higher, "").credentials == (english,)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_is_typed_field_by_field_comes_back_from_the_list_written(
    tmp_path: Path, book: Path, run: Run, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    code, made = run("roster", "add", *_SET, "--book", book)
    assert code == 0, made
    shown = run("roster", "show", made["id"], "--book", book)[1]["person"]
    assert (shown["phone"], shown["native_place"], shown["note"]) == ("0900000001", "Đại Từ", "Nghỉ phép.")
    out = tmp_path / "list.xlsx"
    keys = ",".join(("id", *FIELD))
    words = ["roster", "export", str(out), "--columns", keys, "--sensitive", "--book", str(book)]
    assert main.main(["--lang", language, *words]) == 0
    capsys.readouterr()
    seen = run("roster", "import", out, "--update", "--dry-run", "--book", book)[1]
    assert [(each["changes"], each["kept"]) for each in seen["updates"]] == [([], [])]
    other = tmp_path / "other.sovang"
    assert run("book", "new", other)[0] == 0
    assert run("roster", "import", out, "--new", "--book", other)[0] == 0
    (person,) = run("roster", "list", "--book", other)[1]["people"]
    again = run("roster", "show", person["id"], "--book", other)[1]["person"]
    drop = {"id", "unit"}
    assert {k: v for k, v in again.items() if k not in drop} == {k: v for k, v in shown.items() if k not in drop}


@pytest.mark.parametrize(
    ("given", "named"),
    [("phone=12", "Phone"), ("email=thuy", "Email"), ("education=high", "bachelor"), ("height=3", "height=3")],
)
def test_a_typed_value_that_cannot_be_is_refused_in_a_sentence(book: Path, run: Run, given: str, named: str) -> None:
    code, told = run("roster", "add", "name=Đỗ Hồng Thúy", given, "--book", book)
    assert code == 2
    assert named in told["error"]["what"] + told["error"]["do"]
    assert run("roster", "list", "--book", book)[1]["people"] == []


_WALK = """
import asyncio, sys
from pathlib import Path
import main
from tests.tui.offices import DAY, see, small_app
from tui.present.person import parts

from tests.tui.cli.conftest import OFFICE

folder = Path(sys.argv[1])
def run(*words):
    code = main.main(["--lang", "en", *map(str, words)])
    assert code == 0, words
book = folder / "one.sovang"
run("book", "new", book, *OFFICE)
run("roster", "add", "name=Đỗ Hồng Thúy", "nickname=Thúy Tày", "--book", book)
run("roster", "export", folder / "out.xlsx", "--columns", "id,name,nickname", "--book", book)
run("roster", "template", "--out", folder / "empty.xlsx")
two = folder / "two.sovang"
run("book", "new", two, *OFFICE)
run("roster", "import", folder / "out.xlsx", "--new", "--book", two)
run("roster", "export", folder / "again.csv", "--columns", "nickname", "--book", two)

async def screens():
    app = small_app(folder)
    async with app.run_test(size=(80, 60)) as pilot:
        await see(pilot, "Nguyễn Thị Ánh")
        await pilot.press("insert")
        await see(pilot, "Nickname", "Party official")
        dossier = app.office.dossier("TN-P-00001", DAY)
        told = [line.text for part in parts(app.office, dossier) for line in part.lines]
        assert any("Nickname" in line for line in told), told
asyncio.run(screens())
print("walked")
"""


def test_a_further_field_is_an_attribute_and_a_row(tmp_path: Path) -> None:
    place = tmp_path / "program"
    place.mkdir()
    for name in ("config", "records", "exports", "tui", "main.py"):
        source = _ROOT / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, place / name)
    _write_in(place / "records/domain/people/person.py", '    note: str = ""\n', '    nickname: str = ""\n')
    row = '    PersonField(key="nickname", title=t("Nickname"), headings="biet danh|nickname"),\n'
    _write_in(place / "records/domain/people/person_fields.py", "FIELDS: tuple[PersonField, ...] = (\n", row)
    known = {**os.environ, "PYTHONPATH": os.pathsep.join((str(place), str(_ROOT)))}
    done = subprocess.run(
        [sys.executable, "-c", _WALK, str(tmp_path)], cwd=place, env=known, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("walked\n")
    page = openpyxl.load_workbook(tmp_path / "empty.xlsx").active
    assert page is not None
    assert "Nickname" in [cell for row in page.values for cell in row]
    assert "Thúy Tày" in (tmp_path / "again.csv").read_text("utf-8-sig")


def _write_in(path: Path, after: str, line: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(after) == 1
    path.write_text(text.replace(after, after + line), "utf-8")
