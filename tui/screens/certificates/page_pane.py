"""The page in the designer: arrows move what is chosen by a millimetre, the mouse drags it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import ClassVar, Protocol, cast

from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.events import MouseDown, MouseMove
from textual.geometry import Region

from config.settings.designs.elements import Box
from exports.certificates.design.draft import Draft, Piece
from records.services.office import Office

Point = tuple[float, float]


class DesignerApp(Protocol):
    """What the designer asks of the app."""

    today: date

    def take_settings(self, office: Office) -> None:
        """Go on with the same book under other settings."""


class Designs(Protocol):
    """What the page asks of its screen."""

    def action_turn(self) -> None:
        """Turn to the next colour."""

    def grab(self, at: Point, cell: Point) -> bool:
        """Take what stands at a point of the page, mm; a cell of the screen is so many mm."""

    def drag(self, to: Point) -> None:
        """Bring what was taken there."""

    def release(self) -> None:
        """Let go of it."""


class Page(Container, can_focus=True):
    """The page: arrows move what is chosen by a millimetre, with Shift by a tenth; the mouse drags it by whole ones."""

    DEFAULT_CSS = """
    Page { height: 1fr; width: 1fr; border: none; }
    Page:focus { background: $primary 20%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(f"{shift}{name}", f"screen.nudge({right * step}, {down * step})", show=False)
            for shift, step in (("", 1), ("shift+", 0.1))
            for name, right, down in (("left", -1, 0), ("right", 1, 0), ("up", 0, -1), ("down", 0, 1))
        ),
        Binding("pagedown", "screen.next_piece(1)", show=False),
        Binding("pageup", "screen.next_piece(-1)", show=False),
        Binding("space", "turn", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._room, self._paper = Region(), (1.0, 1.0)

    @property
    def _designer(self) -> Designs:
        return cast("Designs", self.screen)

    def action_turn(self) -> None:
        """Turn to the next colour."""
        self._designer.action_turn()

    def stands(self, room: Region, size: tuple[float, float]) -> None:
        """The page stands in this region of the screen, and is so many mm wide and high."""
        self._room, self._paper = room, size

    def on_mouse_down(self, event: MouseDown) -> None:
        """Take what stands there."""
        if event.button == 1 and self._room.area and self._designer.grab(self._point(event), self._cell):
            self.capture_mouse()

    def on_mouse_move(self, event: MouseMove) -> None:
        """Bring it along."""
        if self.app.mouse_captured is self:
            self._designer.drag(self._point(event))

    def on_mouse_up(self) -> None:
        """Let go."""
        if self.app.mouse_captured is self:
            self.capture_mouse(capture=False)
            self._designer.release()

    @property
    def _cell(self) -> Point:
        return self._paper[0] / self._room.width, self._paper[1] / self._room.height

    def _point(self, event: MouseDown | MouseMove) -> Point:
        wide, high = self._cell
        return (event.screen_x + 0.5 - self._room.x) * wide, (event.screen_y + 0.5 - self._room.y) * high


class Drag:
    """What is dragged: one step of the draft, however far it goes.

    Args:
        draft: that is changed.
        piece: an element by itself, or a block; a member of a block takes the block along.
        at: where it was taken, mm.
        resizes: whether its right lower corner follows, not the whole.
    """

    def __init__(self, draft: Draft, piece: Piece, at: Point, *, resizes: bool) -> None:
        self._draft, self.piece, self._at, self._resizes = draft, piece, at, resizes
        self._mark = draft.mark()

    def to(self, point: Point) -> None:
        """Follow to a point, by whole millimetres."""
        right, down = round(point[0] - self._at[0]), round(point[1] - self._at[1])
        self._draft.back_to(self._mark)
        if self._resizes:
            self._draft.stretch(self.piece, right, down)
        else:
            self._draft.move(self.piece, right, down)

    def take_back(self) -> None:
        """It stands where it stood."""
        self._draft.back_to(self._mark)


def grabbed(
    draft: Draft, pieces: Sequence[Piece], boxes: Mapping[str, Sequence[Box]], at: Point, cell: Point
) -> Drag | None:
    """What is taken at a point of the page: what is chosen, the first of `pieces`; else the smallest that stands there.

    Args:
        draft: that is changed.
        pieces: on the side that is seen, what is chosen before all.
        boxes: where each stands, mm.
        at: the point, mm.
        cell: how many mm a cell of the screen is: the corner of what is chosen is found so near.
    """
    chosen = pieces[0]
    if not chosen.flow and _at_corner(draft.box(chosen), at, cell):
        return Drag(draft, chosen, at, resizes=True)
    found = [
        (piece is not chosen, w * h, piece)
        for piece in pieces
        for x, y, w, h in boxes.get(piece.id) or [draft.box(piece)]
        if x <= at[0] <= x + w and y <= at[1] <= y + h
    ]
    if not found:
        return None
    return Drag(draft, min(found, key=lambda each: each[:2])[2], at, resizes=False)


def _at_corner(box: Box, at: Point, cell: Point) -> bool:
    right, bottom = box[0] + box[2], box[1] + box[3]
    large = box[2] > 2 * cell[0] and box[3] > 2 * cell[1]  # else it could not be moved without being stretched
    return large and abs(at[0] - right) <= cell[0] and abs(at[1] - bottom) <= cell[1]
