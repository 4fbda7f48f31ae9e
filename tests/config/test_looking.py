"""The shipped settings: every value that decides names its source, and each text says when it ended."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from config.settings.loading import SHIPPED, check_folder, load_settings, load_templates
from config.settings.looking import notices, uncited, unreviewed

SETTINGS = load_settings()


def test_every_shipped_value_that_decides_names_a_source() -> None:
    assert uncited(SETTINGS, load_templates()) == []
    assert check_folder(SHIPPED) == []


def test_a_text_is_unchecked_only_after_the_months_of_the_settings() -> None:
    assert unreviewed(SETTINGS, date(2027, 11, 22)) == []
    told = dict(unreviewed(SETTINGS, date(2027, 11, 23)))
    assert told["standards/reporter"] == 12
    assert len(notices(SETTINGS, date(2027, 11, 23))) == len(told)


def test_replaced_texts_stop_being_confirmed_on_their_day() -> None:
    sources = SETTINGS.sources.sources
    day = date(2026, 10, 1)
    assert not sources["luat-06-2022"].holds_on(day)
    assert sources["luat-06-2022"].holds_on(day, received=date(2026, 9, 30))
    assert not sources["qd-69-2022"].holds_on(date(2026, 8, 17), received=date(2026, 8, 1))
    assert {each.replaced_by for each in sources.values()} - {""} <= set(sources)


def test_state_law_is_no_source_of_a_party_award_nor_the_other_way_round() -> None:
    state, party = ("luat-", "nd-", "tt-"), ("hd-", "qd-", "cv-")
    for title in SETTINGS.titles:
        form = SETTINGS.prizes.prizes[title.prize].form
        named = {each.source for each in title.conditions} | {each.source for each in title.cites.values()}
        foreign = {"party": state, "state": party}.get(form, ())
        if title.id == "commemorative-medal":  # a medal of the Party's department, paid by the state's decree
            continue
        assert not [each for each in named if each.startswith(foreign)] if foreign else True, title.id


def test_an_office_with_sources_of_its_own_still_knows_the_shipped_ones(tmp_path: Path) -> None:
    own = 'sources:\n  nghi-quyet: {title: "Nghị quyết 5"}\n  office-practice: {title: "Quy chế của cơ quan"}\n'
    (tmp_path / "sources.yaml").write_text(own, "utf-8")
    known = load_settings(tmp_path).sources.sources
    assert (known["nghi-quyet"].title, known["office-practice"].title) == ("Nghị quyết 5", "Quy chế của cơ quan")
    assert "qd-212-2026" in known
