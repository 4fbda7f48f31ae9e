"""Texts that nobody has looked at for too long, as services and `config check` tell them."""

from __future__ import annotations

from dataclasses import replace as replace_dataclass
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from config import i18n
from config.settings.dated import DatedValue
from config.settings.loading import SHIPPED
from main import main
from records.services.office import Office
from records.services.standards.texts import unchecked_texts
from tests.records.services.conftest import made_office


def test_texts_are_told_from_the_month_the_settings_name_on(tmp_path: Path) -> None:
    with made_office(tmp_path) as office:
        assert unchecked_texts(office, date(2027, 11, 22)) == []
        found = unchecked_texts(office, date(2027, 11, 23))
        assert {each.months for each in found} == {12}
        reporter = next(each for each in found if each.about == "standards/reporter")
        assert "standards/reporter (Standard of a reporter)" in str(reporter.text)
        assert {"awards/titles/party-merit-year", "scoring/reporter"} <= {each.about for each in found}
        standards = tuple(
            msgspec.structs.replace(each, reviewed_on=date(2025, 9, 20)) if each.id == "reporter" else each
            for each in office.settings.standards
        )
        older = Office(office.book, replace_dataclass(office.settings, standards=standards))
        (first,) = unchecked_texts(older, date(2026, 11, 27))
        assert (first.about, first.months) == ("standards/reporter", 14)
        practice = office.settings.practice
        rule = practice.review_months
        never = DatedValue[Any](value=None, source="office-practice")
        silent = msgspec.structs.replace(rule, values={**rule.values, date(2020, 1, 1): never})
        quiet = replace_dataclass(office.settings, practice=msgspec.structs.replace(practice, review_months=silent))
        assert unchecked_texts(Office(office.book, quiet), date(2030, 1, 1)) == []


def test_config_check_reads_the_settings_of_the_book_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with made_office(tmp_path) as office:
        path = office.book.path
        text = (SHIPPED / "standards/reporter.yaml").read_text("utf-8")
        office.book.settings.write(
            "standards/reporter.yaml", text.replace("reviewed_on: 2026-11-23", "reviewed_on: 2020-01-01").encode()
        )
    i18n.use("en")
    assert main(["--lang", "en", "--book", str(path), "config", "check"]) == 0
    assert "standards/reporter (Standard of a reporter)" in capsys.readouterr().out
