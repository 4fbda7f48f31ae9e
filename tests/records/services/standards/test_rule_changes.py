"""The office's own rules: written whole, checked, in the journal; looking ahead and supposing write nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from config.errors import BookError, ConfigError, InputError
from config.settings.criteria import Standard
from config.settings.loading import check_folder
from config.settings.reading import read_shape
from config.text import t
from records.domain.rule_changes import HandAnswer, SettingChange
from records.rules.standards.supposing import criteria_of
from records.services.book import history
from records.services.office import Office
from records.services.standards import outlook, rule_changes
from records.services.standards.checks import check_person
from tests.records.services.conftest import ON, course_of_long_ago, staff

NEW = rule_changes.NewValue(
    criterion="training", name="months", value=36, since=date(2025, 1, 1), source="office-practice", note="Họp 02/01"
)


def test_a_changed_value_is_the_offices_own_file_and_one_line(office: Office) -> None:
    seq = office.book.head()[0]
    changed = rule_changes.set_value(office, "reporter", NEW, NEW.since)
    path = office.book.path / "config" / "standards" / "reporter.yaml"
    assert office.book.head()[0] == seq + 1
    assert check_folder(office.book.path / "config") == []
    kept = criteria_of(rule_changes.the_standard(changed, "reporter"))["training"].months  # type: ignore[union-attr]
    assert (kept.on(date(2024, 12, 31)).value, kept.on(date(2025, 1, 1)).value) == (24, 36)
    (told,) = office.book.table(SettingChange).all()
    assert (told.before, told.after, told.file) == ("24", "36", "standards/reporter.yaml")
    again = rule_changes.set_value(changed, "reporter", replace(NEW, confidence="confirmed"), NEW.since)
    assert [each.name for each in path.parent.iterdir()] == ["reporter.yaml"]
    held = criteria_of(rule_changes.the_standard(again, "reporter"))["training"].months  # type: ignore[union-attr]
    assert held.on(ON).confidence == "confirmed"


def test_a_new_value_begins_today_unless_a_wrong_entry_is_corrected(office: Office) -> None:
    later = NEW.since + timedelta(days=1)
    with pytest.raises(InputError, match="verdicts on days that are over would change"):
        rule_changes.set_value(office, "reporter", NEW, later)
    assert office.book.table(SettingChange).all() == []
    same = replace(NEW, value=24, confidence="confirmed")  # as it is: only what it rests on is another
    held = rule_changes.set_value(office, "reporter", same, later)
    corrected = rule_changes.set_value(held, "reporter", replace(NEW, correcting=True), later)
    months = criteria_of(rule_changes.the_standard(corrected, "reporter"))["training"].months  # type: ignore[union-attr]
    assert months.on(NEW.since).value == 36


def test_a_line_that_cannot_be_written_leaves_the_file_as_it_was(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_more: object) -> None:
        raise BookError(t("The disk is full"))

    path = office.book.path / "config" / "standards" / "reporter.yaml"
    seq = office.book.head()[0]
    with monkeypatch.context() as patched:
        patched.setattr(type(office.book), "_write", full)
        with pytest.raises(BookError):
            rule_changes.set_value(office, "reporter", NEW, NEW.since)
    assert not path.exists()
    rule_changes.set_value(office, "reporter", NEW, NEW.since)
    before = path.read_bytes()
    with monkeypatch.context() as patched:
        patched.setattr(type(office.book), "_write", full)
        with pytest.raises(BookError):
            rule_changes.set_value(office, "reporter", replace(NEW, note="khác"), NEW.since)
    assert (path.read_bytes(), office.book.head()[0]) == (before, seq + 1)


@pytest.mark.parametrize("standard", ["reporter", "communicator", "collaborator"])
def test_every_shipped_standard_survives_writing(office: Office, standard: str) -> None:
    whole = rule_changes.the_standard(office, standard)
    path = office.book.path / "config" / "standards" / "again.yaml"
    path.parent.mkdir(parents=True)
    path.write_bytes(rule_changes.as_yaml(whole))
    assert read_shape(path, Standard) == whole


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"criterion": "nothing"}, "no criterion"),
        ({"name": "nothing"}, "no value"),
        ({"value": "many"}, "another kind"),
        ({"source": "nothing"}, "no source"),
    ],
)
def test_a_wrong_value_writes_nothing(office: Office, wrong: dict[str, Any], words: str) -> None:
    seq = office.book.head()[0]
    with pytest.raises(InputError, match=words):
        rule_changes.set_value(office, "reporter", replace(NEW, **wrong), NEW.since)
    assert office.book.head()[0] == seq
    assert not (office.book.path / "config" / "standards").exists()


def test_a_broken_file_beside_it_keeps_everything_as_it_was(office: Office) -> None:
    folder = office.book.path / "config" / "standards"
    folder.mkdir(parents=True)
    (folder / "broken.yaml").write_text("id: [", "utf-8")
    seq = office.book.head()[0]
    with pytest.raises(ConfigError):
        rule_changes.set_value(office, "reporter", NEW, NEW.since)
    assert office.book.head()[0] == seq
    assert [each.name for each in folder.iterdir()] == ["broken.yaml"]


def test_looking_ahead_tells_the_day_and_the_reason(office: Office) -> None:
    an, duc, hung = staff(office)
    seq = office.book.head()[0]
    falls = outlook.ahead(office, ON, 90)
    terms = [each for each in falls if each.now.criterion == "appointment"]
    assert {each.person.id for each in terms} == {an.id, duc.id, hung.id}
    assert {each.day for each in terms} == {date(2025, 8, 15)}
    assert outlook.ahead(office, ON, 30) == []
    assert office.book.head()[0] == seq
    with pytest.raises(InputError, match="days"):
        outlook.ahead(office, ON, 0)


def test_what_if_one_more_course_or_another_day(office: Office) -> None:
    an, *_ = staff(office)
    course_of_long_ago(office)
    seq = office.book.head()[0]
    given = outlook.Supposition(role="reporter", training="course", trained=date(2025, 6, 1))
    now, then = outlook.what_if_person(office, an.id, ON, given)
    assert now is not None
    was = {each.criterion: each.verdict for each in now.findings}
    would = {each.criterion: each.verdict for each in then.findings}
    assert (was["training"], would["training"]) == ("not_met", "met")
    later = outlook.what_if_person(office, an.id, ON, outlook.Supposition(role="reporter", on=date(2025, 8, 15)))[1]
    assert {each.criterion: each.verdict for each in later.findings}["appointment"] == "not_met"
    other = outlook.what_if_person(office, an.id, ON, outlook.Supposition(role="communicator", level="grassroots"))
    assert (other[0], other[1].standard) == (None, "communicator")
    assert office.book.head()[0] == seq


def test_what_if_another_value_counts_who_moves(office: Office) -> None:
    staff(office)
    course_of_long_ago(office)
    seq = office.book.head()[0]
    effect = outlook.what_if_value(office, ON, "reporter", ("training", "times"), 0)
    assert (effect.met, effect.would, effect.gained, effect.lost) == (0, 0, (), ())
    assert len(effect.unsettled) == 2
    assert office.book.head()[0] == seq


def test_an_answer_by_hand_needs_a_question_and_somebody(office: Office) -> None:
    an, *_ = staff(office)
    given = HandAnswer(id="", person=an.id, role="reporter", criterion="conduct", yes=True, day=ON, by="Chi ủy")
    with pytest.raises(InputError, match="no question"):
        rule_changes.answer(office, given)
    folder = office.book.path / "config" / "standards"
    folder.mkdir(parents=True)
    asked = rule_changes.as_yaml(rule_changes.the_standard(office, "reporter")).decode()
    question = (
        "- kind: by_hand\n  id: conduct\n  title: {vi: Phẩm chất, en: Conduct}\n  source: office-practice\n"
        '  confidence: to_confirm\n  question: {vi: "Giữ kỷ luật phát ngôn?", en: "Keeps discipline of speech?"}\n'
    )
    (folder / "reporter.yaml").write_text(asked + question, "utf-8")
    from config.settings.loading import load_settings

    office = Office(office.book, load_settings(office.book.path / "config"))
    (judged,) = check_person(office, an.id, ON)
    (finding,) = [each for each in judged.findings if each.criterion == "conduct"]
    assert finding.verdict == "unknown"
    assert "Keeps discipline" in str(finding.lacking()[0].blanks)
    made = rule_changes.answer(office, given)
    (judged,) = check_person(office, an.id, ON)
    (finding,) = [each for each in judged.findings if each.criterion == "conduct"]
    assert (finding.verdict, finding.records) == ("met", (made.id,))
    with pytest.raises(InputError, match="Nobody"):
        rule_changes.answer(office, msgspec.structs.replace(given, by=" "))


def test_undoing_a_change_takes_the_file_back_and_redoing_brings_it(office: Office) -> None:
    path = office.book.path / "config" / "standards" / "reporter.yaml"
    rule_changes.set_value(office, "reporter", NEW, NEW.since)
    first = path.read_bytes()
    history.undo(office)
    assert not path.exists()
    assert office.book.table(SettingChange).all() == []
    history.redo(office)
    assert path.read_bytes() == first
    path.write_text("# by hand", "utf-8")
    history.undo(office)
    assert path.read_text("utf-8") == "# by hand"


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("36", 36),
        (" 36 ", 36),
        ("2,5", Decimal("2.5")),
        ("0.75", Decimal("0.75")),
        ("bachelor", "bachelor"),
        ("-", None),
        (" - ", None),
        ("-5", "-5"),
        ("1,2,3", "1,2,3"),
    ],
)
def test_a_typed_value_is_a_number_a_word_or_none(typed: str, value: object) -> None:
    read = rule_changes.read_value(typed)
    assert (read, type(read)) == (value, type(value))
