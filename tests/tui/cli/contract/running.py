"""Where the cases are run: a copy of the demo office, a folder for what is written, and the program asked in words."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

import main
from config.settings.loading import SHIPPED
from exports.packages import write_identity, write_package
from records.domain.dates import PartialDate
from records.domain.people.person import Person
from records.services.exchange.contents import wanted
from records.services.exchange.packing import pack
from tests.records.services.exchange.offices import now, office_of, person
from tests.tui.cli.contract.commands import Case, Subject


@dataclass(slots=True)
class Desk:
    """One office at work on the cases of a subject."""

    book: Path
    out: Path
    files: Path
    capsys: pytest.CaptureFixture[str]

    def typed(self, case: Case, words: str) -> list[str]:
        backups = sorted((self.out / "backups").glob("*.zip"))
        places = {"book": self.book, "out": self.out, "files": self.files, "photo": self.files / "photo.png"}
        return case.typed(words, {**places, "backup": backups[-1] if backups else self.out})

    def asked(self, words: Iterable[str], *before: str | Path) -> tuple[int, str, str]:
        """The exit code and what was printed on each stream."""
        try:
            code = main.main([*map(str, before), *words])
        except SystemExit as left:  # argparse leaves this way after --help alone
            raise AssertionError(f"the program left by itself: {left.code}") from None
        seen = self.capsys.readouterr()
        return code, seen.out, seen.err

    def told(self, case: Case, words: str, *, book: Path | None = None) -> tuple[int, dict[str, Any]]:
        """The exit code and the object that `--json` prints; anything else on either stream is a failure."""
        code, out, err = self.asked(self.typed(case, words), "--lang", "en", "--json", "--book", book or self.book)
        assert err == "", f"{case.command} {words}: beside the JSON: {err}"
        assert out.count("\n") == 1, f"{case.command} {words}: not one line: {out[:300]}"
        found = json.loads(out)
        assert isinstance(found, dict)
        return code, found

    def lines(self) -> int:
        """How many changes the book holds: the number of the last line of its newest segment."""
        last = max(self.book.glob("journal-*.jsonl")).read_bytes().rstrip(b"\0").splitlines()[-1]
        return int(json.loads(last)["seq"])


def desk(subject: Subject, small_demo: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """A desk in `folder` with a copy of the demo office and the files of the subject."""
    made = Desk(folder / "office.sovang", folder / "out", folder / "files", capsys)
    shutil.copytree(small_demo, made.book)
    made.out.mkdir()
    made.files.mkdir()
    for name, content in subject.files.items():
        (made.files / name).write_text(_text(content), "utf-8")
    if subject.name == "exchange":
        _neighbour(folder, made.files)
    Image.new("RGB", (300, 400), (120, 90, 60)).save(made.files / "photo.png")
    return made


def _neighbour(folder: Path, files: Path) -> None:
    """Another office, which made its identity and two packages for the demo office."""
    with office_of(folder, "SC", "Ban Mẫu Sông Công") as other:
        write_identity(other, files / "sc.json", now=now())
        person(other, "Hoàng Thị Ví Dụ", born=PartialDate(1990, 2, 3))
        for name in ("sc.svx", "sc2.svx"):
            made = pack(other, wanted("roster", "2026"), "TN", now=now())
            write_package(other, made, files / name, day=now().date())
            with other.book.change("test") as change:
                change.put(Person(id=change.new_id(Person), name="Người Mẫu"))


def _text(content: Any) -> str:
    """A file as it is, as rows of a .csv, or a shipped file of settings with more at its end."""
    if isinstance(content, str):
        return content
    if isinstance(content, dict):
        shipped: Path = SHIPPED / content["shipped"]
        return shipped.read_text("utf-8") + str(content["append"])
    return "\n".join(",".join(f'"{cell}"' for cell in row) for row in content) + "\n"
