"""The checklist of `docs/papers.md`: each kind is written as Word and PDF, and every phrase of its row stands in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from config import i18n
from config.settings.loading import SHIPPED
from tests.tui.cli.conftest import OFFICE, Run
from tests.tui.cli.test_papers import PERIOD, READ, SIGNER, STANDING, assert_word_opens

_ROW = re.compile(r"^\| (?P<kind>[^|]+) \| `(?P<command>[a-z -]+)` \| (?P<phrases>.+) \|$", re.MULTILINE)
_DOCS = Path(__file__).parents[3] / "docs" / "papers.md"
ROWS = {found["command"]: found["phrases"] for found in _ROW.finditer(_DOCS.read_text("utf-8"))}
ARGUMENTS: dict[str, tuple[str, ...]] = {
    "award paper proposal": ("--number", "12-TTr/BXDĐ", "--day", "28/5/2026", *SIGNER, "--to", "Đảng ủy phường Mẫu"),
    "award paper minutes": (),
    "award paper votes": (),
    "award paper decision": ("--decision", "05-QĐ/ĐU"),
    "award paper annex": ("--decision", "05-QĐ/ĐU"),
    "award paper notice": ("--decision", "05-QĐ/ĐU", "--day", "2/6/2026", *SIGNER),
    "award paper money": ("--decision", "05-QĐ/ĐU"),
    "award paper register": ("--year", "2026"),
    "award paper summary": ("--year", "2026", "--day", "3/6/2026", *SIGNER, "--to", "Đảng ủy phường Mẫu"),
    "award paper achievement": ("--people", "TN-P-00001", "--day", "3/6/2026"),
    "award paper profile": ("--people", "TN-P-00001", "--day", "3/6/2026"),
    "award paper profiles": ("--people", "TN-P-00001,TN-P-00002,TN-P-00003", "--day", "3/6/2026", *SIGNER),
    "review paper decision": ("--issuer", "Đảng ủy phường Mẫu", "--field", "enactor=Đảng ủy phường Mẫu"),
    "review paper list": (),
    "training paper invitation": ("TN-E-00001", "--day", "1/6/2026", *SIGNER),
    "training paper summons": ("TN-E-00001", "--day", "1/6/2026", *SIGNER),
    "training paper signing": ("TN-E-00001", "--day", "1/6/2026", "--money", "200000"),
}
"""Command -> what it is told beside its kind."""
OTHERS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "book bind": (("2026",), ("pdf",)),
    "book hand-over": (("--to", "Người Nhận Mẫu"), ("pdf", "docx")),
    "config compare": (("{compared}",), ("pdf", "docx")),
}
"""Commands that write a paper of their own -> what they are told, and the endings they write."""


def phrases(command: str) -> Iterator[str]:
    """The phrases of a row: of one that ends in `…` what stands before it."""
    for each in ROWS[command].split("; "):
        yield each.removesuffix("…").strip()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book in which everything happened that papers tell of."""
    import main

    folder = tmp_path_factory.mktemp("papers")
    book = folder / "office.sovang"
    people = folder / "people.csv"
    names = ("Nguyễn Thị Thử", "Trần Văn Mẫu", "Lê Văn Ví", "Phạm Thị Dụ", "Hoàng Văn Thí")
    people.write_text("Họ và tên,Ngày sinh\n" + "".join(f"{each},1980\n" for each in names), "utf-8")
    three, day = "TN-P-00001,TN-P-00002,TN-P-00003", ("--day", "28/5/2026")
    said = ("--prize", "party-merit-year", "--citation", "Đã hoàn thành xuất sắc nhiệm vụ")
    council = ("--members", "9", "--present", "8", "--all", "8", "--number", "2-BB", "--chair", "Chủ Trì Mẫu")
    signed = ("--number", "40-QĐ/ĐU", "--day", "3/6/2026", "--signer-title", "PHÓ BÍ THƯ", "--signer", "Người Ký Mẫu")
    for words in (
        ("book", "new", str(book), *OFFICE),
        ("roster", "import", str(people), "--role", "reporter", "--level", "commune"),
        ("award", "open", "Khen thưởng năm 2025", *day),
        ("award", "propose", *said, *PERIOD, "--people", three, *day),
        ("award", "appraise", "--verdict", "agreed", *day),
        ("award", "council", *council, "--secretary", "Thư Ký Mẫu", *day),
        ("award", "decide", "--list", "", "--number", "05-QĐ/ĐU", "--day", "1/6/2026", "--prize", "party-merit-year",
         *STANDING, "--signer-name", "Người Ký Mẫu"),
        ("review", "open", "Rà soát", "--role", "reporter", "--on", "1/6/2026"),
        ("review", "set", "last", "--people", *(f"TN-P-0000{n}" for n in range(1, 6)), "--outcome", "keep", "--reason",
         "Giữ"),
        ("review", "sign", "last", *signed),
        ("training", "add", "--title", "Hội nghị tháng 6", "--day", "10/6/2026", "--place", "Hội trường", "--call",
         "reporter"),
    ):  # fmt: skip
        assert main.main(["--lang", "vi", *(() if words[0] == "book" else ("--book", str(book))), *words]) == 0, words
    return book


def test_the_checklist_and_the_program_have_the_same_kinds() -> None:
    assert set(ROWS) == {*ARGUMENTS, *OTHERS}


@pytest.mark.parametrize("ending", ["pdf", "docx"])
@pytest.mark.parametrize("command", sorted(ARGUMENTS))
def test_a_paper_says_what_a_clerk_looks_for(office: Path, tmp_path: Path, command: str, ending: str) -> None:
    import main

    out = tmp_path / f"a.{ending}"
    i18n.use("vi")
    try:
        words = (*command.split(), *ARGUMENTS[command], "--out", str(out))
        assert main.main(["--lang", "vi", "--book", str(office), *words]) == 0
    finally:
        i18n.use("en")
    if ending == "docx":
        assert_word_opens(out)
    text = READ[ending](out)
    wanted = list(phrases(command))
    assert wanted
    assert [each for each in wanted if each not in text] == []


@pytest.mark.parametrize(("command", "ending"), [(each, end) for each, (_, ends) in OTHERS.items() for end in ends])
def test_a_paper_of_another_command_says_what_a_clerk_looks_for(
    office: Path, tmp_path: Path, command: str, ending: str
) -> None:
    import main

    compared = tmp_path / "collaborator.yaml"
    shipped = (SHIPPED / "standards" / "collaborator.yaml").read_text("utf-8")
    compared.write_text(shipped.replace("{value: 60,", "{value: 80,"), "utf-8")
    parcel = command == "book hand-over"
    out = tmp_path / ("parcel" if parcel else f"a.{ending}")
    i18n.use("vi")
    try:
        words = (*command.split(), *(each.format(compared=compared) for each in OTHERS[command][0]), "--out", str(out))
        assert main.main(["--lang", "vi", "--book", str(office), *words]) == 0
    finally:
        i18n.use("en")
    made = next(out.glob(f"*.{ending}")) if parcel else out
    if ending == "docx":
        assert_word_opens(made)
    text = READ[ending](made)
    assert [each for each in phrases(command) if each not in text] == []


def test_no_paper_is_written_twice_over(office: Path, tmp_path: Path, run: Run) -> None:
    """A file that is there stays as it was, whatever its ending."""
    for ending in ("pdf", "docx", "xlsx"):
        out = tmp_path / f"a.{ending}"
        out.write_bytes(b"kept")
        code, told = run("--book", office, "award", "paper", "register", "--year", "2026", "--out", out)
        assert (code, out.read_bytes(), bool(told["error"]["do"])) == (2, b"kept", True)
