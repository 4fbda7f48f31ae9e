"""A design that is being changed: step by step, each can be taken back, and what is no design yet says why."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from config.settings.certificates import Template
from config.settings.designs.elements import Box
from config.settings.explaining import said_shortly
from config.text import Text

Plain = dict[str, Any]
FRONT, BACK, FLOWS = "elements", "back", "flows"
_LEAST = 1.0  # mm: a box is never made smaller
_FINE = 0.25  # points: the step of sizes


@dataclass(frozen=True, slots=True)
class Piece:
    """What can be chosen on a page: an element, or a block of elements.

    Attributes:
        side: key of the template's list that holds it.
        kind: of the element; `flow` for a block.
        flow: id of the block in which it stands, or nothing.
    """

    side: str
    id: str
    kind: str
    flow: str = ""


class Draft:
    """Changes of one template.

    Attributes:
        shown: the newest state that is a template; what is drawn.
        problem: why the state in force is none, or None.
    """

    def __init__(self, template: Template) -> None:
        self.shown = self.first = template
        self.problem: Text | None = None
        self._steps: list[Plain] = [msgspec.to_builtins(template)]
        self._taken_back: list[Plain] = []

    @property
    def changed(self) -> bool:
        """Whether it differs from what it began with, or was saved as."""
        return self.problem is not None or self.shown != self.first

    @property
    def plain(self) -> Plain:
        """The state in force; not to be changed."""
        return self._steps[-1]

    def saved(self, template: Template) -> None:
        """It was saved as this."""
        self.first = self.shown = template
        self._steps.append(msgspec.to_builtins(template))

    # -- what is on the page ------------------------------------------------------------------------------------------

    def pieces(self) -> list[Piece]:
        """All that can be chosen, in the order of the page; the members of a block behind it."""
        return [*self._side(FRONT), *self._side(BACK)]

    def _side(self, side: str) -> Iterator[Piece]:
        seen: set[str] = set()
        for each in self.plain[side]:
            flow = each["flow"]
            if flow and flow not in seen:
                seen.add(flow)
                yield Piece(side, flow, "flow")
                members = [one for one in self.plain[side] if one["flow"] == flow]
                yield from (Piece(side, one["id"], one["kind"], flow) for one in members)
            elif not flow:
                yield Piece(side, each["id"], each["kind"])

    def values(self, piece: Piece) -> Mapping[str, Any]:
        """What is written of a piece."""
        return self._find(self.plain, piece)

    def box(self, piece: Piece) -> Box:
        """The box that is written: of a member of a block, the block's."""
        x, y, w, h = self._find(self.plain, _holder(piece))["box"]
        return x, y, w, h

    # -- steps --------------------------------------------------------------------------------------------------------

    def move(self, piece: Piece, right: float, down: float) -> None:
        """Move a piece by mm, never beyond the paper; a member of a block takes the block along."""
        wide, high = self.shown.size

        def change(plain: Plain) -> None:
            held = self._find(plain, _holder(piece))
            x, y, w, h = held["box"]
            held["box"] = [_held_in(x + right, 0, wide - w), _held_in(y + down, 0, high - h), w, h]

        self._step(change)

    def grow(self, piece: Piece, step: float) -> None:
        """Make words larger by half points, anything else by mm, round its middle."""
        wide, high = self.shown.size

        def change(plain: Plain) -> None:
            held = self._find(plain, piece)
            if piece.kind == "text":
                size = max(held["size"] + step / 2, 1)
                held["size"] = round(size / _FINE) * _FINE
                if held["floor"] is not None:
                    held["floor"] = min(held["floor"], held["size"])
                return
            x, y, w, h = held["box"]
            new_w, new_h = _held_in(w + step, _LEAST, wide), _held_in(h + step * h / w, _LEAST, high)
            left, top = _held_in(x + (w - new_w) / 2, 0, wide - new_w), _held_in(y + (h - new_h) / 2, 0, high - new_h)
            held["box"] = [left, top, new_w, new_h]

        self._step(change)

    def put(self, piece: Piece, values: Mapping[str, Any]) -> None:
        """Write values of a piece."""
        self._step(lambda plain: self._find(plain, piece).update(values))

    def put_whole(self, change: Callable[[Plain], None]) -> None:
        """Change the whole, such as its frame."""
        self._step(change)

    def stretch(self, piece: Piece, right: float, down: float) -> None:
        """Make the box of a piece, or of its block, wider and higher by mm, never beyond the paper."""
        wide, high = self.shown.size

        def change(plain: Plain) -> None:
            held = self._find(plain, _holder(piece))
            x, y, w, h = held["box"]
            held["box"] = [x, y, _held_in(w + right, _LEAST, wide - x), _held_in(h + down, _LEAST, high - y)]

        self._step(change)

    def mark(self) -> int:
        """The state in force, to come back to."""
        return len(self._steps)

    def back_to(self, mark: int) -> None:
        """Forget all steps since a mark."""
        if len(self._steps) > mark:
            del self._steps[mark:]
            self._judge()

    def undo(self) -> bool:
        """Take back a step; whether there was one."""
        if len(self._steps) < 2:
            return False
        self._taken_back.append(self._steps.pop())
        self._judge()
        return True

    def redo(self) -> bool:
        """Do again what was taken back; whether there was anything."""
        if not self._taken_back:
            return False
        self._steps.append(self._taken_back.pop())
        self._judge()
        return True

    def _step(self, change: Callable[[Plain], None]) -> None:
        plain = copy.deepcopy(self.plain)
        change(plain)
        if plain != self.plain:
            self._steps.append(plain)
            self._taken_back.clear()
            self._judge()

    def _judge(self) -> None:
        try:
            self.shown = msgspec.convert(self.plain, Template)
        except msgspec.ValidationError as error:
            self.problem = said_shortly(str(error))
        else:
            self.problem = None
            self._steps[-1] = msgspec.to_builtins(self.shown)  # with every key, also of what was added

    def _find(self, plain: Plain, piece: Piece) -> Plain:
        held = plain[FLOWS if piece.kind == "flow" else piece.side]
        found: Plain = next(each for each in held if each["id"] == piece.id)
        return found


def _holder(piece: Piece) -> Piece:
    """What has the box in which a piece stands."""
    return Piece(piece.side, piece.flow, "flow") if piece.flow else piece


def _held_in(value: float, least: float, most: float) -> float:
    """The value within limits, to a hundredth of a millimetre."""
    return round(max(least, min(value, most)), 2)
