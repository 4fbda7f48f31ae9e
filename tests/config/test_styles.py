"""Papers by their day: Hướng dẫn 36 until 26/5/2026, Hướng dẫn 05 after it, Nghị định 30 for the State."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from config.settings.loading import SHIPPED, check_folder, load_settings, load_templates
from config.settings.looking import uncited

STYLES = load_settings().styles
CHANGE = date(2026, 5, 27)


def test_a_party_paper_follows_the_guide_of_its_own_day() -> None:
    before, since = (STYLES.on("party", day) for day in (CHANGE - timedelta(days=1), CHANGE))
    assert (since.margins.top, since.margins.bottom, since.margins.left, since.margins.right) == (20, 20, 30, 15)
    assert (since.body.size, since.body.leading, since.body.first_line) == (14, 19, 10)
    assert before.body.leading != since.body.leading
    assert (since.minutes.recorder, since.minutes.chair) == ("NGƯỜI GHI BIÊN BẢN", "CHỦ TRÌ HỘI NGHỊ")
    assert (before.addressed.submission, since.addressed.submission) == ("Kính gửi:", "Kính trình:")
    assert not since.signature.office_bold
    assert (since.numbering.within, since.numbering.zero_below) == ("term", 10)
    assert since.head.number == "Số {number}"


def test_a_state_paper_does_not_change_that_day() -> None:
    assert STYLES.on("state", CHANGE) == STYLES.on("state", CHANGE - timedelta(days=1))
    assert STYLES.on("state", CHANGE).text.ending == "./."
    assert STYLES.on("office", CHANGE) == STYLES.on("party", CHANGE)


def test_what_was_not_read_is_to_be_confirmed() -> None:
    party, state = STYLES.sides["party"], STYLES.sides["state"]
    for name in party.__struct_fields__:
        assert getattr(party, name).on(CHANGE).confidence == "to_confirm"
    read = [name for name in state.__struct_fields__ if getattr(state, name).on(CHANGE).confidence == "confirmed"]
    assert read == ["margins", "zeros"]


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ('number: "Số: {number}"', 'number: "Số:"', "does not say where the number stands"),
        ('value: {ground: "", ending: "./."}', "value: null", "cannot do without"),
        ("sides:\n  party:", "sides:\n  partei:", "Invalid enum|partei|party"),
    ],
)
def test_a_style_that_no_paper_can_have_is_named(tmp_path: Path, was: str, becomes: str, says: str) -> None:
    text = (SHIPPED / "styles.yaml").read_text("utf-8")
    assert was in text
    (tmp_path / "styles.yaml").write_text(text.replace(was, becomes), "utf-8")
    (problem, *_) = check_folder(tmp_path)
    assert any(each in str(problem) for each in says.split("|"))


def test_the_size_of_a_certificate_names_its_source(tmp_path: Path) -> None:
    folder = tmp_path / "certificates"
    folder.mkdir()
    text = (SHIPPED / "certificates" / "state-merit.yaml").read_text("utf-8")
    cited = next(line for line in text.splitlines() if line.startswith("  paper: {source"))
    (folder / "state-merit.yaml").write_text(text.replace("cites:\n" + cited + "\n", ""), "utf-8")
    assert check_folder(tmp_path) == []
    assert uncited(load_settings(tmp_path), load_templates(tmp_path)) == ["certificates/state-merit: paper"]
    (folder / "state-merit.yaml").write_text(text.replace("office-practice", "nobody-knows"), "utf-8")
    assert ["nobody-knows" in str(each) for each in check_folder(tmp_path)] == [True]
