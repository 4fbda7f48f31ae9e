"""New rules beside the present ones: what is seen, for whom, and taking over exactly that."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import msgspec
import pytest

from config import i18n
from config.errors import InputError, RefusedError
from config.settings.criteria import Standard
from config.settings.dated import Dated
from config.settings.loading import SHIPPED
from config.settings.scoring import ScoreTable
from config.settings.shapes import Prizes
from config.settings.titles import AwardTitle
from exports.papers.comparing import comparison_paper
from records.domain.emulation import Cycle
from records.domain.rule_changes import SettingChange
from records.services.office import Office
from records.services.standards import differences
from records.services.standards.comparing import accept, compare, cost_words, side_words
from tests.records.services.conftest import made_office, staff

DAY = date(2026, 2, 15)


def changed(folder: Path, name: str, *pairs: tuple[str, str]) -> Path:
    text = (SHIPPED / name).read_text("utf-8")
    for was, becomes in pairs:
        assert was in text
        text = text.replace(was, becomes)
    path = folder / "new.yaml"
    path.write_text(text, "utf-8")
    return path


def test_another_source_for_the_same_values_is_a_change(tmp_path: Path) -> None:
    path = changed(
        tmp_path,
        "standards/collaborator.yaml",
        ("2015-01-01: {value: 60, source: office-practice}", "2015-01-01: {value: 60, source: baclieu-2018}"),
    )
    with made_office(tmp_path) as office:
        seen = compare(office, path, DAY)
        (one,) = seen.changes
        assert (one.before, one.after) == ("office-practice", "baclieu-2018")
        assert one.place.endswith("values.2015-01-01.source")
        assert one.source.startswith("Quy chế cộng tác viên")
        i18n.use("vi")
        assert i18n.tr(one.label).endswith("từ 01/01/2015 · căn cứ")
        i18n.use("en")
        assert (seen.gain, seen.fall, seen.unknown, cost_words(seen)) == ((), (), (), None)


def test_only_what_was_compared_is_taken_over_and_as_one_line(tmp_path: Path) -> None:
    same = changed(tmp_path, "standards/collaborator.yaml")
    with made_office(tmp_path) as office:
        with pytest.raises(InputError, match="nothing to take over"):
            accept(office, same, compare(office, same, DAY), DAY)
        path = changed(tmp_path, "awards/prizes.yaml", ("0.3, source: nd-152", "0.4, source: nd-152"))
        seen = compare(office, path, DAY)
        path.write_text(path.read_text("utf-8").replace("0.4, source: nd-152", "0.5, source: nd-152"), "utf-8")
        head = office.book.head()
        with pytest.raises(RefusedError, match="changed after it was compared"):
            accept(office, path, seen, DAY)
        assert office.book.head() == head
        later = accept(office, path, compare(office, path, DAY), DAY)
        assert office.book.head()[0] == head[0] + 1
        assert later.settings.prizes != office.settings.prizes
        assert [each.file for each in office.book.table(SettingChange)] == ["awards/prizes.yaml"]


def test_a_comparison_tells_how_far_it_is_and_stops(tmp_path: Path) -> None:
    path = changed(tmp_path, "awards/prizes.yaml", ("0.3, source: nd-152", "0.4, source: nd-152"))
    with made_office(tmp_path) as office:
        staff(office)
        told: list[tuple[int, int]] = []
        compare(office, path, DAY, progress=lambda done, total: told.append((done, total)))
        assert [done for done, _ in told] == sorted(done for done, _ in told)
        assert len({total for _, total in told[1:]}) == 1
        asked: list[int] = []

        def stop() -> bool:
            asked.append(1)
            return len(asked) > 3

        with pytest.raises(RefusedError, match="stopped"):
            compare(office, path, DAY, stop=stop)


def test_a_standard_or_table_of_another_name_stands_beside_what_it_follows(tmp_path: Path) -> None:
    pairs = (
        ("id: reporter\n", "id: reporter-2026\n"),
        ("since: 2015-01-01", "since: 2026-01-01"),
        ("2015-01-01: {value: bachelor", "2015-01-01: {value: null"),
    )
    path = changed(tmp_path, "standards/reporter.yaml", *pairs)
    with made_office(tmp_path) as office:
        seen = compare(office, path, DAY)
        places = {each.place: (each.before, each.after) for each in seen.changes}
        assert places["id"] == ("reporter", "reporter-2026")
        assert places["criteria.education.at_least.values.2015-01-01.value"] == ("bachelor", None)
        later = accept(office, path, seen, DAY)
        standard = later.settings.standard_for
        assert [getattr(standard("reporter", "commune", day), "id", "") for day in (date(2025, 12, 31), DAY)] == [
            "reporter",
            "reporter-2026",
        ]


def _cycle(office: Office) -> None:
    with office.book.change("test.cycle") as change:
        given: dict[str, Any] = {"key": "2025", "title": "Năm 2025", "kind": "year", "subject": "person"}
        given |= {"first_day": date(2025, 1, 1), "last_day": date(2025, 12, 31), "role": "reporter"}
        change.put(Cycle(id=change.new_id(Cycle), table="reporter", **given))


def test_a_score_table_is_compared_by_the_newest_cycle_it_would_score(tmp_path: Path) -> None:
    pairs = (("id: reporter\n", "id: reporter-2\n"), ("since: 2015-01-01", "since: 2016-01-01"))
    text = (SHIPPED / "scoring/reporter.yaml").read_text("utf-8")
    path = changed(tmp_path, "scoring/reporter.yaml", *[pair for pair in pairs if pair[0] in text])
    with made_office(tmp_path) as office:
        _cycle(office)
        seen = compare(office, path, DAY)
        assert seen.file == "scoring/reporter-2.yaml"
        assert seen.changes[0].place == "id"
        assert seen.moved() == ()


def test_the_paper_says_each_change_and_each_name(tmp_path: Path) -> None:
    # Nobody's term is in force on this day; a standard that does not ask for one knows too little of two people.
    path = changed(tmp_path, "standards/reporter.yaml", ("kind: appointment_in_force", "kind: no_discipline"))
    with made_office(tmp_path) as office:
        staff(office)
        seen = compare(office, path, DAY)
        assert [each.name for each in seen.unknown] == ["Lê Thị An", "Nguyễn Văn Đức"]
        assert [each.place for each in seen.changes] == ["criteria.appointment.kind"]
        paper = comparison_paper(office, seen, DAY, DAY)
        cells = [str(cell) for section in paper.sections for row in section.rows for cell in row]
        assert {"no_discipline", "appointment_in_force", "Lê Thị An", "Nguyễn Văn Đức", "Not met"} <= set(cells)
        assert [str(each) for each in side_words(seen.unknown[0])] == ["Not met", "Not enough data"]
        assert any("Nothing is changed" in each for each in paper.opening)


def _fields_of(kind: Any, seen: set[type]) -> set[str]:
    """Names of the fields that a file of this shape may change, but for dated values, which say what they are."""
    if get_origin(kind) is not None:
        return set() if get_origin(kind) is Dated else set().union(*(_fields_of(each, seen) for each in get_args(kind)))
    if not (isinstance(kind, type) and issubclass(kind, msgspec.Struct)) or kind in seen:
        return set()
    seen.add(kind)
    found: set[str] = set()
    for name in kind.__struct_fields__:
        hint = get_type_hints(kind)[name]
        dated = any(get_origin(each) is Dated for each in (hint, *get_args(hint)))
        found |= (set() if dated else {name}) | _fields_of(hint, seen)
    return found


def test_every_field_of_the_files_that_are_compared_has_words() -> None:
    fields = set().union(*(_fields_of(each, set()) for each in (Standard, AwardTitle, ScoreTable, Prizes)))
    assert len(fields) > 40
    assert fields - set(differences.FIELDS) - differences.SILENT == set()


def test_a_change_within_a_score_table_is_told_in_words_and_counted_from_one(tmp_path: Path) -> None:
    i18n.use("en")
    path = changed(tmp_path, "scoring/reporter.yaml", ("{at_least: 12, points: 20}", "{at_least: 16, points: 20}"))
    with made_office(tmp_path) as office:
        (told,) = compare(office, path, DAY).changes
    assert (
        str(told.label)
        == "Results of the tasks · Talks given · computed from the records · bands of points · no. 4 · at least"
    )
