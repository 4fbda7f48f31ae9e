"""Looking over settings that can be used: texts nobody looked at, values without a source."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from config.settings.criteria import Standard
from config.settings.loading import Settings
from config.settings.scoring import ScoreTable
from config.settings.shapes import Cited
from config.settings.titles import AwardTitle
from config.text import Text, t

if TYPE_CHECKING:
    from config.settings.certificates import Template, Tight


def unreviewed(settings: Settings, today: date) -> list[tuple[str, int]]:
    """(file, whole months) of texts that nobody has looked at for longer than the settings allow."""
    most = settings.practice.review_months.on(today).value
    if most is None:
        return []
    months = [(place, _months(each.reviewed_on, today)) for place, each in _texts(settings).items()]
    return [(place, each) for place, each in months if each >= most]


def unreviewed_words(settings: Settings, place: str, months: int) -> Text:
    """That nobody has checked the text at a place, with its name, in a sentence."""
    text = _texts(settings)[place]
    name = text.name if isinstance(text, AwardTitle) else text.title
    return t("Nobody has checked this text for {n} months: {place} ({name})", n=months, name=name, place=place)


def _texts(settings: Settings) -> dict[str, Standard | AwardTitle | ScoreTable]:
    """Every text that says when it was looked at, by its file."""
    return {
        **{f"standards/{each.id}": each for each in settings.standards},
        **{f"awards/titles/{each.id}": each for each in settings.titles},
        **{f"scoring/{each.id}": each for each in settings.tables},
    }


def _months(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)


def uncited(settings: Settings, templates: Iterable[Template] = ()) -> list[str]:
    """Values that decide something and name no source, as `file: field`."""
    named: list[tuple[str, Cited]] = [("review", settings.review)]
    named += [(f"roles/{key}", each) for key, each in settings.roles.roles.items()]
    named += [(f"awards/prizes/{key}", each) for key, each in settings.prizes.prizes.items()]
    named += [(f"awards/titles/{each.id}", each) for each in settings.titles]
    named += [(f"scoring/{each.id}", each) for each in settings.tables]
    named += [(f"certificates/{each.id}", each) for each in templates]
    return [f"{place}: {field}" for place, each in named for field in each.DECIDING if field not in each.cites]


def notices(settings: Settings, today: date, templates: Iterable[Template] = ()) -> list[Text]:
    """What is right but should be looked at, in sentences."""
    designs = list(templates)
    told = [unreviewed_words(settings, place, months) for place, months in unreviewed(settings, today)]
    told += [tight_words(design.id, each) for design in designs for each in design.tight()]
    return [*told, *(t("No source is named: {place}", place=each) for each in uncited(settings, designs))]


def tight_words(template: str, tight: Tight) -> Text:
    """What is wrong, as a sentence."""
    numbers = {"template": template, "id": tight.id, "needs": round(tight.needs, 1), "room": round(tight.room, 1)}
    if tight.what == "grid":
        return t("{template}: on the grid of lines “{id}” needs {needs:g} mm of height and has {room:g}", **numbers)
    if tight.what == "short_code":
        return t(
            "{template}: beside “{id}” there is no room for its short code; make room, or write short_code: false",
            **numbers,
        )
    if tight.what == "floor":
        return t("{template}: “{id}” may shrink to {room:g} points; nobody reads less than {needs:g}", **numbers)
    return t("{template}: “{id}” cannot have its written size: it needs {needs:g} mm and has {room:g}", **numbers)
