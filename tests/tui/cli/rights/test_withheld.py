"""What a reader may not see is shown through no door: every command, over an office where all of it is marked."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from records.store.access import signing
from tests.tui.cli.contract.commands import Subject, subjects
from tests.tui.cli.contract.running import Desk, desk
from tests.tui.cli.rights.marked import FOUND, PHOTO, marked_book, secret, told_in

SUBJECTS = subjects()
_OTHER_BOOKS = ("book new", "book restore", "book past")
"""Commands that make another book: whoever reads the folder reads everything, as `docs/safety.md` says."""
_COPY = ".backup.zip"
"""The end of the name of a backup, which holds the whole book and of which that is true as well."""


@pytest.fixture(scope="module")
def marked(small_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The marked office, made once."""
    made = marked_book(small_demo, tmp_path_factory.mktemp("marked") / "office.sovang")
    signing.release_all()
    return made


@pytest.fixture
def at_work(
    request: pytest.FixtureRequest, marked: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Desk:  # fmt: skip
    """A desk of the subject over the marked office, at which nobody is signed in yet."""
    made = desk(request.param, marked, tmp_path, capsys)
    for name in ("SOVANG_AS", "SOVANG_PASSPHRASE_FILE", "SOVANG_PASSPHRASE"):
        monkeypatch.delenv(name, raising=False)
    signing.release_all()
    return made


def _as(office: Desk, name: str, *words: str) -> tuple[int, str]:
    """What somebody is told: the exit code, and both streams."""
    signing.release_all()
    signed = ("--sign-as", name, "--passphrase-file", secret(office.out.parent, name)) if name else ()
    code, out, err = office.asked(words, *signed, "--lang", "en", "--book", office.book)
    return code, out + err


def _doors(office: Desk, subject: Subject) -> list[str]:
    """The commands of a subject that told the reader what is marked."""
    shown = []
    for case in (each for each in subject.cases if each.command not in _OTHER_BOOKS):
        _, told = _as(office, "mai", "--json", *office.typed(case, case.words))
        if found := FOUND.search(told):
            shown.append(f"{case.command} {case.words}: {told[max(0, found.start() - 90) : found.end() + 40]!r}")
    return shown


@pytest.mark.parametrize(
    ("at_work", "subject"), [pytest.param(each, each, id=each.name) for each in SUBJECTS], indirect=["at_work"]
)
def test_no_command_tells_a_reader_what_is_sensitive(at_work: Desk, subject: Subject) -> None:
    shown = _doors(at_work, subject)
    for path in (each for each in at_work.out.rglob("*") if each.is_file() and not each.name.endswith(_COPY)):
        shown += [f"{path.name} holds it" for told in told_in(path) if FOUND.search(told)]
    assert not shown, "\n".join(shown)


_LOOKING: tuple[tuple[str, ...], ...] = (
    ("roster", "show", "TN-P-00014"),
    ("check", "--role", "reporter"),
    ("check", "ahead", "--days", "365"),
    ("check", "what-if", "--person", "TN-P-00014", "--role", "reporter", "--level", "commune"),
    ("award", "eligible", "--people", "TN-P-00014", "--why"),
    ("training", "needs"),
    ("book", "log", "--record", "TN-P-00014"),
    ("today",),
    ("retention", "due"),
    ("roster", "list"),
)


@pytest.mark.parametrize("at_work", [SUBJECTS[0]], indirect=True)
@pytest.mark.parametrize("words", _LOOKING, ids=[" ".join(each[:2]) for each in _LOOKING])
def test_what_looks_at_people_shows_a_reader_and_nobody_none_of_it(at_work: Desk, words: tuple[str, ...]) -> None:
    for name in ("mai", ""):
        code, told = _as(at_work, name, *words)
        assert code in (0, 1), told
        assert not FOUND.search(told)


@pytest.mark.parametrize("at_work", [SUBJECTS[0]], indirect=True)
def test_who_may_see_is_shown_it_where_a_reader_is_not(at_work: Desk) -> None:
    for words in (_LOOKING[0], _LOOKING[1], _LOOKING[3], _LOOKING[4]):
        assert FOUND.search(_as(at_work, "binh", *words)[1]), words


def _json(office: Desk, name: str, *words: str) -> Any:
    return json.loads(_as(office, name, "--json", *words)[1])


@pytest.mark.parametrize("at_work", [SUBJECTS[0]], indirect=True)
def test_a_verdict_that_rests_on_what_is_withheld_is_withheld_and_the_others_say_why(at_work: Desk) -> None:
    whole, told = (_json(at_work, name, "check", "--role", "reporter") for name in ("binh", "mai"))
    assert [each["id"] for each in whole["people"]] == [each["id"] for each in told["people"]]
    private = {"party_member", "no_discipline"}
    kinds = {each["criterion"]: each["verdict"] for one in told["people"] for each in one["findings"]}
    hidden = {name for name, verdict in kinds.items() if verdict == "withheld"}
    assert len(hidden) == len(private), kinds
    for seen, shown in zip(whole["people"], told["people"], strict=True):
        open_ones = [each for each in shown["findings"] if each["criterion"] not in hidden]
        assert open_ones == [each for each in seen["findings"] if each["criterion"] not in hidden]
        failing = any(each["verdict"] == "not_met" for each in open_ones)
        assert shown["verdict"] == ("not_met" if failing else "withheld")
    assert "religion" in told["withheld"]
    assert "withheld" not in whole


def _near(colour: Any) -> bool:
    return all(abs(one - other) < 12 for one, other in zip(colour, PHOTO, strict=True))


@pytest.mark.parametrize("at_work", [SUBJECTS[0]], indirect=True)
def test_a_card_on_the_screen_has_no_photo_for_a_reader(at_work: Desk) -> None:
    out = at_work.out / "card.png"
    words = ("certificate", "preview", "--cards", "--on", "2025-06-15", "--signer-name", "A", "--out", str(out))
    for name, there in (("binh", True), ("mai", False)):
        code, told = _as(at_work, name, *words)
        assert code == 0, told
        with Image.open(out) as picture:
            colours = {each for _, each in picture.convert("RGB").getcolors(1 << 24) or []}
        assert any(_near(each) for each in colours) is there, name
        os.unlink(out)  # noqa: PTH108


@pytest.mark.parametrize("at_work", [SUBJECTS[0]], indirect=True)
def test_history_tells_a_reader_of_no_matter_of_discipline(at_work: Desk) -> None:
    code, told = _as(at_work, "binh", "roster", "discipline", "TN-P-00014", "--opened", "2025-06-01")
    assert code == 0, told
    whole, shown = (
        _json(at_work, name, "book", "log", "--record", "TN-P-00014", "--limit", "1")["changes"]
        for name in ("binh", "mai")
    )
    assert not [each for each in shown if each["action"] == "roster.discipline"], shown
    (newest,), (hidden,) = (_json(at_work, name, "book", "log", "--limit", "1")["changes"] for name in ("binh", "mai"))
    assert (newest["action"], hidden["action"]) == ("roster.discipline", "withheld"), whole
    assert (newest["seq"], newest["time"], hidden["about"], hidden["records"]) == (hidden["seq"], hidden["time"], "", 0)
    assert newest["about"]


@pytest.mark.parametrize("at_work", [SUBJECTS[0]], indirect=True)
def test_who_may_only_look_is_refused_before_a_change_is_prepared(at_work: Desk) -> None:
    """Else what stands against it would tell: who is under discipline, whose number one typed."""
    nominate = ("award", "propose", "--people", "TN-P-00014", "--prize", "party-merit-year", "--citation", "Hoàn thành",
                "--from", "2025-01-01", "--to", "2025-06-30", "--day", "2025-06-16")  # fmt: skip
    for words in (
        nominate,
        ("roster", "add", "name=Ai Đó", "national_id=⟦national_id TN-P-00014"),
        ("roster", "import", str(at_work.files / "none.xlsx"), "--dry-run"),
    ):
        code, told = _as(at_work, "mai", "--json", *words)
        assert code == 1, told
        assert "mai (reader) may not do this: enter and correct records" in told
        assert "ask who may: " in told
