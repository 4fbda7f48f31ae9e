"""From the start to a print without one call that only POSIX has."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import as_windows

ROOT = Path(__file__).parents[1]
_HEAD = """
import asyncio, io, json, os, sys
from contextlib import redirect_stdout
from pathlib import Path
from tests import as_windows
as_windows.install()
import main
place = Path(sys.argv[1])

def run(*words):
    out = io.StringIO()
    with redirect_stdout(out):
        code = main.main(["--lang", "en", "--json", *map(str, words)])
    assert code == 0, (words, code, out.getvalue())
    return json.loads(out.getvalue())

book = place / "own.sovang"
OFFICE = ("--office-code", "PDP", "--office-name", "Ban Mẫu", "--above", "ĐẢNG ỦY MẪU", "--place", "Mẫu")
run("book", "new", book, *OFFICE, "--units", "thai-nguyen")
"""
_COMMANDS = """
(place / "list.csv").write_text("Họ và tên,Ngày sinh,Đơn vị\\nNguyễn Văn Mẫu,05/02/1980,Phường Túc Duyên\\n", "utf-8")
run("--book", book, "roster", "import", place / "list.csv", "--role", "reporter", "--level", "commune")
run("--book", book, "roster", "set", "PDP-P-00001", "phone=0912345678")
run("--book", book, "award", "decide", "--prize", "party-merit-year", "--number", "12-QĐ/ĐU", "--day", "2025-06-15",
    "--from", "2024-01-01", "--to", "2024-12-31",
    "--people", "PDP-P-00001", "--citation", "Đã có thành tích mẫu",
    "--signer-title", "TRƯỞNG BAN", "--signer-name", "Người Ký Mẫu")
run("--book", book, "certificate", "print", "--decision", "12-QĐ/ĐU", "--out", place / "a.pdf")
run("--book", book, "roster", "export", place / "list.xlsx")
run("--book", book, "book", "backup", "--to", place / "usb")
run("--book", book, "book", "undo")
run("--book", book, "book", "verify")
run("--book", book, "config", "set", "office.code", "ABC")
assert (place / "a.pdf").read_bytes().startswith(b"%PDF")
from records.intake.files import child
child.limit(512, 5)
"""
_PRINT = """
from exports import printing
(place / "a.pdf").write_bytes(b"%PDF")
printing.open_in_viewer(place / "a.pdf")
printing.send_to_printer(place / "a.pdf")
assert [verb for verb, _ in as_windows.STARTED] == ["open", "print"]
"""
_SCREEN = """
from tests.tui.offices import see
from tui.app.app import SoVangApp
from tui.app import opening
from tui.cli import parser
from datetime import date
args = parser.parse(["--book", str(book)])

async def look():
    app = SoVangApp(lambda: opening.open_office(args), on=date(2025, 6, 15), who="thu", section="people")
    async with app.run_test(size=(80, 24)) as pilot:
        await see(pilot, "Ins")
        await pilot.press("insert")
        await see(pilot, "Ctrl+S")
        await pilot.press(*"Nguyễn", "space", *"Văn", "space", *"Mẫu", "ctrl+s")
        await see(pilot, "PDP-P-000")
    app.close()

asyncio.run(look())
"""


@pytest.mark.parametrize("body", [_COMMANDS, _SCREEN, _PRINT], ids=["commands", "screen", "opening a file"])
def test_nothing_needs_what_only_posix_has(tmp_path: Path, body: str) -> None:
    script = tmp_path / "script.py"
    script.write_text(_HEAD + body, "utf-8")
    (tmp_path / "place").mkdir()
    words = [sys.executable, str(script), str(tmp_path / "place")]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "SOVANG_STATE": str(tmp_path / "state")}
    done = subprocess.run(words, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("line", ["import fcntl", "import os; os.geteuid()", "import os; os.fork()",
                                  "import signal; signal.SIGKILL", "import select; select.poll()"])  # fmt: skip
def test_the_trial_would_notice(tmp_path: Path, line: str) -> None:
    (tmp_path / "exports.py").write_text(line, "utf-8")
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
    code += "from tests import as_windows\nas_windows.install()\nimport exports"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "on Windows" in done.stderr


def test_the_trial_hides_nothing_that_windows_has() -> None:
    assert not {"chmod", "umask", "replace", "fsync", "ftruncate", "getpid", "startfile"} & as_windows.ABSENT["os"]
