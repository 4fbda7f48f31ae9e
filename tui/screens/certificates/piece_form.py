"""The values of one piece of a certificate, typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from config.errors import InputError
from config.i18n import tr
from config.text import Text, t
from exports.certificates.design.draft import Draft, Piece
from exports.certificates.design.words import piece_name
from tui.screens.form import OfficeForm
from tui.widgets.fields import Field

_ALIGN = (("left", t("left")), ("center", t("in the middle")), ("right", t("right")))
_FONTS = (
    ("display", t("display face")),
    ("serif", t("roman")),
    ("serif-bold", t("roman, bold")),
    ("serif-italic", t("roman, italic")),
    ("serif-bold-italic", t("roman, bold italic")),
    ("sans", t("sans")),
    ("sans-bold", t("sans, bold")),
    ("sans-italic", t("sans, italic")),
)
_SIDES = (("left", t("Left, mm")), ("top", t("Top, mm")), ("width", t("Width, mm")), ("height", t("Height, mm")))
_YES = (("no", t("no")), ("yes", t("yes")))
_SWITCHES = ("caps", "short_code")


class PieceForm(OfficeForm):
    """What is written of a piece; Ctrl+S takes it into the draft."""

    def __init__(self, draft: Draft, piece: Piece) -> None:
        super().__init__()
        self._draft, self._piece = draft, piece

    def heading(self) -> str:
        """The piece."""
        return piece_name(self._draft, self._piece)

    def fields(self) -> list[Field]:
        """What can be said of a piece of this kind."""
        kind = self._piece.kind
        found: list[Field] = []
        if kind == "text":
            found += [
                Field("text", t("Words"), judge=_words),
                Field("size", t("Size, points"), judge=_number(1, 200)),
                Field("floor", t("Smallest size, points"), judge=_number_or_none),
                Field("lines", t("Most lines"), judge=_whole(1, 20)),
                Field("font", t("Face"), "choice", _spoken(_FONTS)),
                Field("align", t("Stands"), "choice", _spoken(_ALIGN)),
                Field("caps", t("In capitals"), "choice", _spoken(_YES)),
            ]
        if kind == "qr":
            found.append(Field("short_code", t("Short code comes by itself"), "choice", _spoken(_YES)))
        if self._piece.flow:
            found.append(Field("space", t("Air above, mm"), judge=_number(0, 50)))
        else:
            found += [Field(key, title, judge=_number(0, 2000)) for key, title in _SIDES]
        return found

    def first_values(self) -> dict[str, str]:
        """As it is written."""
        held = self._draft.values(self._piece)
        box = dict(zip(("left", "top", "width", "height"), held["box"], strict=True))
        shown = {key: "" if value is None else f"{value:g}" for key, value in {**held, **box}.items() if _plain(value)}
        return {
            **shown,
            "text": str(held.get("text", "")).replace("\n", " / "),
            "font": str(held.get("font", "")),
            "align": str(held.get("align", "")),
            **{key: "yes" if held.get(key) else "no" for key in _SWITCHES},
        }

    def store(self, values: Mapping[str, Any]) -> str:
        """Take the values as one step."""
        made = dict(values)
        sides = [made.pop(key) for key, _ in _SIDES if key in made]
        if sides:
            made["box"] = sides
        made |= {key: made[key] == "yes" for key in _SWITCHES if key in made}
        self._draft.put(self._piece, made)
        return self._piece.id


def _plain(value: object) -> bool:
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool))


def _spoken(options: Sequence[tuple[str, Text]]) -> list[tuple[str, str]]:
    return [(key, tr(words)) for key, words in options]


def _words(typed: str) -> str:
    return "\n".join(part.strip() for part in typed.split(" / "))


def _number_or_none(typed: str) -> float | None:
    return _number(1, 200)(typed) if typed.strip() else None


def _whole(least: int, most: int) -> Any:
    def read(typed: str) -> int:
        return int(_number(least, most)(typed))

    return read


def _number(least: float, most: float) -> Any:
    """A judge of numbers within limits, with a point or a comma."""

    def read(typed: str) -> float:
        try:
            value = float(typed.strip().replace(",", "."))
        except ValueError:
            value = -1
        if not least <= value <= most:
            raise InputError(
                t("“{given}” is no number that is allowed here", given=typed),
                do=t("write a number from {least:g} to {most:g}", least=least, most=most),
            )
        return value

    return read
