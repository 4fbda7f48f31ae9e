"""A nomination comes with its files, goes back with a reason, comes again, and is decided; the files stay whole."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.tui.cli.conftest import Run

PDF = b"%PDF-1.4\n" + b"x" * 500
TO = ("--citation", "Đã hoàn thành xuất sắc nhiệm vụ", "--from", "1/1/2024", "--to", "31/12/2024")


@pytest.fixture
def demo(small_demo: Path, tmp_path: Path) -> Path:
    path = tmp_path / "demo.sovang"
    shutil.copytree(small_demo, path)
    return path


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "Báo cáo thành tích.pdf"
    path.write_bytes(PDF)
    return path


def candidate(run: Run, book: Path) -> str:
    who = run("--book", book, "award", "eligible", "--year", "2024", "--title", "party-merit-year", "--verdict", "met",
              "--day", "1/6/2025")[1]["judged"][-1]["subject"]  # fmt: skip
    assert run("--book", book, "award", "open", "Thử", "--form", "party", "--day", "1/6/2025")[0] == 0
    proposed = ("award", "propose", "--list", "Thử", "--people", who, "--prize", "party-merit-year", *TO)
    code, told = run("--book", book, *proposed, "--day", "1/6/2025")
    assert code == 0, told
    found: dict[str, Any] = run("--book", book, "award", "candidates", "--list", "Thử")[1]
    return str(found["candidates"][0]["id"])


def test_a_nomination_is_returned_with_a_reason_comes_again_and_is_decided(run: Run, demo: Path, report: Path) -> None:
    own = candidate(run, demo)
    appraise = ("award", "appraise", "--list", "Thử", "--day", "2/6/2025")
    code, told = run("--book", demo, *appraise, "--verdict", "returned")
    assert (code, "reason" in told["error"]["what"]) == (2, True)
    assert run("--book", demo, *appraise, "--verdict", "returned", "--reason", "Thiếu báo cáo")[0] == 0
    state = run("--book", demo, "award", "candidates", "--list", "Thử")[1]["candidates"][0]
    assert (state["appraisal"], state["appraisal_reason"]) == ("returned", "Thiếu báo cáo")
    assert run("--book", demo, "award", "budget", "--list", "Thử", "--day", "2/6/2025")[1]["total"] == 0
    signed = ("--prize", "party-merit-year", "--number", "77-QĐ/BTG", "--day", "9/6/2025")
    decide = ("award", "decide", "--list", "Thử", *signed)
    assert run("--book", demo, *decide)[0] == 2  # nobody was agreed to
    assert run("--book", demo, "dossier", "add", own, report)[0] == 0
    assert run("--book", demo, "award", "candidates", "--list", "Thử")[1]["candidates"][0]["files"] == 1
    assert run("--book", demo, *appraise, "--verdict", "agreed")[0] == 0
    came = ("--members", "9", "--present", "9", "--all", "9", "--day", "3/6/2025")
    council = ("award", "council", "--list", "Thử", *came)
    assert run("--book", demo, *council)[0] == 0
    code, told = run("--book", demo, *decide)
    assert (code, len(told["awards"])) == (0, 1)


def test_a_file_is_kept_whole_given_out_and_missed_when_it_is_gone(
    run: Run, demo: Path, report: Path, tmp_path: Path
) -> None:
    own = candidate(run, demo)
    (made,) = run("--book", demo, "dossier", "add", own, report)[1]["files"]
    assert run("--book", demo, "dossier", "add", own, report)[1]["files"] == []  # not twice
    assert (made["title"], made["size"]) == (report.name, len(PDF))
    out = tmp_path / "ra.pdf"
    assert run("--book", demo, "dossier", "take", made["id"], "--out", out)[0] == 0
    assert out.read_bytes() == PDF
    assert run("--book", demo, "book", "verify")[0] == 0
    (kept,) = (demo / "files").glob(f"{made['id']}-*.pdf")
    kept.write_bytes(PDF + b"y")
    code, told = run("--book", demo, "dossier", "take", made["id"], "--out", tmp_path / "b.pdf")
    assert (code != 0, kept.name in told["error"]["what"]) == (True, True)
    kept.unlink()
    code, told = run("--book", demo, "book", "verify")
    assert (code != 0, kept.name in str(told)) == (True, True)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [("a.exe", b"MZ", "a.exe"), ("a.pdf", b"<html>", "ending"), ("a.docx", PDF, "ending"), ("a.png", b"", "ending")],
)
def test_what_is_no_paper_is_not_taken(  # one case of many
    run: Run, demo: Path, tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    code, told = run("--book", demo, "dossier", "add", candidate(run, demo), path)
    assert (code, says in f"{told['error']['what']}{told['error']['where']}") == (2, True)
    assert not list((demo / "files").glob("TN-HS-*"))


def test_a_file_that_is_too_large_and_a_dossier_of_nothing_are_refused(run: Run, demo: Path, tmp_path: Path) -> None:
    large = tmp_path / "lon.pdf"
    with large.open("wb") as file:
        file.write(PDF)
        file.truncate(20_000_001)
    code, told = run("--book", demo, "dossier", "add", candidate(run, demo), large)
    assert (code, "20 MB" in told["error"]["what"]) == (2, True)
    large.write_bytes(PDF)
    assert run("--book", demo, "dossier", "add", "TN-UV-99999", large)[0] == 2
    assert run("--book", demo, "dossier", "add", "TN-P-00001", large)[0] == 2
