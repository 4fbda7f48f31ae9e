"""Running the program as a person does: words in, words and an exit code out."""

from __future__ import annotations

import json
import os
import shutil
import warnings
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import IO, Any

import pytest

import main
from config.errors import InputError
from records.domain.awards.fund import FundEntry
from records.domain.awards.initiatives import Initiative
from records.domain.awards.proposals import Payment
from records.domain.awards.registrations import TitleRegistration
from records.intake.files import sheets, wire
from records.intake.files.opening import open_file
from records.store.book import Book

Run = Callable[..., tuple[int, Any]]
OFFICE = (
    *("--office-code", "TN", "--place", "Thái Nguyên", "--units", "thai-nguyen"),
    *("--office-name", "Ban Tuyên giáo Thành ủy Thái Nguyên", "--above", "THÀNH ỦY THÁI NGUYÊN"),
    *("--office-name", "2025-07-01=Ban Xây dựng Đảng Đảng ủy phường Phan Đình Phùng"),
    *("--above", "2025-07-01=ĐẢNG ỦY PHƯỜNG PHAN ĐÌNH PHÙNG"),
)
"""What an office says when its book is made."""


@pytest.fixture(autouse=True)
def _sheets_read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of tables are read by what the process reads them with that else begins anew for each file.

    The process itself is proven where this fixture is put out of force, as in `test_importing.py`, and by
    `tests/records/intake`.
    """

    def read(path: Path, source: IO[bytes], *_: Any) -> tuple[sheets.Sheet, ...]:
        with warnings.catch_warnings(action="ignore"):
            try:
                answer = wire.pack(open_file(Path(path.name), source.read()))
            except InputError as error:
                answer = wire.pack_problem(error)
        return wire.unpack(path, answer)

    monkeypatch.setattr(sheets, "_read", read)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command with `--json` in English; gives the exit code and the object printed."""

    def call(*words: str | Path) -> tuple[int, Any]:
        code = main.main(["--lang", "en", "--json", *(str(word) for word in words)])
        return code, json.loads(capsys.readouterr().out)

    return call


@pytest.fixture(scope="session")
def _new_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book as `book new` makes it, made once a worker. Only copied."""
    folder = tmp_path_factory.mktemp("new")
    path = folder / "office.sovang"
    with pytest.MonkeyPatch.context() as patched, redirect_stdout(StringIO()):
        patched.setenv("SOVANG_STATE", str(folder / "state"))
        assert main.main(["--lang", "en", "--json", "book", "new", str(path), *OFFICE]) == 0
    return path


@pytest.fixture
def book(tmp_path: Path, run: Run, request: pytest.FixtureRequest) -> Path:
    """A new book."""
    path = tmp_path / "office.sovang"
    if os.environ.get("SOVANG_TEST_SEALED"):  # a key is known to the test alone that made it
        assert run("book", "new", path, *OFFICE)[0] == 0
    else:
        shutil.copytree(request.getfixturevalue("_new_book"), path)
    return path


@pytest.fixture
def bare_demo(small_demo: Path, tmp_path: Path) -> Path:
    """The demo office before anybody registered a title, handed in an initiative or paid: for what the first does."""
    path = tmp_path / "demo.sovang"
    shutil.copytree(small_demo, path)
    with Book.open(path, actor="tester") as book, book.change("test.bare") as change:
        for kind in (TitleRegistration, Initiative, FundEntry, Payment):
            for each in book.table(kind).all():
                change.remove(each)
    return path


@pytest.fixture
def roster_file(tmp_path: Path) -> Path:
    """A roster as offices send it: title block, two header rows with merged cells, a signature block."""
    from openpyxl import Workbook

    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(["BAN TUYÊN GIÁO THÀNH ỦY"])
    sheet.append([])
    sheet.append(["DANH SÁCH BÁO CÁO VIÊN"])
    sheet.merge_cells("A3:H3")
    sheet.append(["STT", "Họ và tên", "Ngày sinh", None, "Số CCCD", "Điện thoại", "Đơn vị", "Ghi chú"])
    sheet.append([None, None, "Nam", "Nữ"])
    for merged in ("A4:A5", "B4:B5", "C4:D4", "E4:E5", "F4:F5", "G4:G5", "H4:H5"):
        sheet.merge_cells(merged)
    sheet.append([1, "Nguyễn Văn Mẫu", "05/02/1980", None, "019080000001", "0900000001", "Phường Túc Duyên", None])
    sheet.append([2, "Lê  Thị Ví Dụ", None, 1975, "019175000002", 900000002, "Phường Túc Duyên", None])
    sheet.append([])
    sheet.append([3, "Trần Văn Sai", "31/02/1980", None, "", "", "Phường Túc Duyên", None])
    sheet.append([4, "Nguyễn Văn Mẫu", "05/02/1980", None, "019080000001", "", "Phường Túc Duyên", None])
    sheet.append([5, "Hoà Văn Mới", "02/1990", None, "", "", "Chi bộ Mẫu 7", None])
    sheet.append([])
    sheet.append([None, None, None, None, None, "Thái Nguyên, ngày 05 tháng 02 năm 2025"])
    sheet.append([None, "NGƯỜI LẬP BIỂU", None, None, None, "TRƯỞNG BAN"])
    path = tmp_path / "danh sách.xlsx"
    workbook.save(path)
    return path
