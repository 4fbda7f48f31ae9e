"""A paper as text and back: what was issued is drawn again from its own words, whatever the book says since."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from config.settings.styles import Style
from exports.papers.form.paper import Paper, Section, Signer
from exports.sheets import SheetColumn
from records.domain.dates import PartialDate

_PLAIN = ("office", "parent", "number", "numbered", "place", "enactor", "enacts", "appended_to", "mark", "gaps", "side",
          "kind", "landscape")  # fmt: skip
_TEXTS = ("title", "addressees", "grounds", "opening", "articles", "closing", "recipients")


def packed(paper: Paper) -> str:
    """A paper as JSON."""
    return msgspec.json.encode(_told(paper)).decode()


def unpacked(text: str, skeletons: Path | None) -> Paper:
    """The paper that `packed` made a text of."""
    return _paper(msgspec.json.decode(text), skeletons)


def _told(paper: Paper) -> dict[str, Any]:
    return {
        **{name: getattr(paper, name) for name in (*_PLAIN, *_TEXTS)},
        "fields": dict(paper.fields),
        "day": paper.day,
        "style": msgspec.to_builtins(paper.style),
        "signers": [asdict(each) for each in paper.signers],
        "sections": [_section_told(each) for each in paper.sections],
        "annexes": [_told(each) for each in paper.annexes],
    }


def _section_told(section: Section) -> dict[str, Any]:
    return {
        "columns": [asdict(each) for each in section.columns],
        "rows": [[_cell_told(value) for value in row] for row in section.rows],
        "totals": [_cell_told(value) for value in section.totals],
        **{name: getattr(section, name) for name in ("heading", "notes", "every_column", "same")},
    }


def _cell_told(value: object) -> Any:
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    if isinstance(value, PartialDate):
        return {"part": [value.year, value.month, value.day]}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return value if value is None or isinstance(value, int) else str(value)


def _paper(told: dict[str, Any], skeletons: Path | None) -> Paper:
    plain: dict[str, Any] = {name: told[name] for name in _PLAIN}
    plain |= {name: tuple(told[name]) for name in _TEXTS}
    return Paper(
        **plain,
        fields=told["fields"],
        day=date.fromisoformat(told["day"]),
        style=msgspec.convert(told["style"], Style),
        signers=tuple(Signer(tuple(each["titles"]), each["name"]) for each in told["signers"]),
        sections=tuple(_section(each) for each in told["sections"]),
        annexes=tuple(_paper(each, skeletons) for each in told["annexes"]),
        skeletons=skeletons,
    )


def _section(told: dict[str, Any]) -> Section:
    names = {each.name for each in fields(SheetColumn)}
    columns = [SheetColumn(**{key: value for key, value in each.items() if key in names}) for each in told["columns"]]
    return Section(
        tuple(columns),
        [tuple(_cell(value) for value in row) for row in told["rows"]],
        heading=told["heading"],
        totals=tuple(_cell(value) for value in told["totals"]),
        notes=tuple(told["notes"]),
        every_column=told["every_column"],
        same=told["same"],
    )


def _cell(value: Any) -> object:
    if not isinstance(value, dict):
        return value
    if "decimal" in value:
        return Decimal(value["decimal"])
    return PartialDate(*value["part"]) if "part" in value else date.fromisoformat(value["day"])
