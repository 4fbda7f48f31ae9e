"""A grid that feels like Excel: cells are typed where they stand, and nothing is mounted for it.

The grid holds no values. It asks its model what stands in a cell and whether a typed text may, and tells its screen
what was typed (`Grid.Edited`); the screen writes it and calls `reload`. One paste or fill is one message, and so one
change that Ctrl+Z takes back. What is being typed is never dropped: under another model it stays in its cell, and is
taken before that cell goes away.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from config.text import t
from tui.widgets.clipboard import block_cells, block_text, one_line
from tui.widgets.grid.base import GridBase
from tui.widgets.grid.editor import CellEditor
from tui.widgets.grid.model import CellEdit, CodedModel, GridColumn, GridModel, Refusal
from tui.widgets.grid.paste import filled_down, pasted
from tui.widgets.keys import key

__all__ = ["CellEdit", "Grid", "GridColumn", "GridModel", "Refusal"]

_LOCKED = t("This cell is worked out or closed and cannot be typed in")
_LEAVING = {
    "enter": "enter", "tab": "tab(1)", "shift+tab": "tab(-1)", "up": "move(-1, 0)", "down": "move(1, 0)",
    "left": "move(0, -1)", "right": "move(0, 1)", "pageup": "page(-1)", "pagedown": "page(1)",
}  # fmt: skip
"""Keys that take what is typed and then move; left and right only when the cell was typed over."""


class Grid(GridBase):
    """Cells with a cursor and a block; see the module."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(keys, _LEAVING[keys], show=False) for keys in _LEAVING),
        Binding("shift+up", "extend(-1, 0)", show=False),
        Binding("shift+down", "extend(1, 0)", show=False),
        Binding("shift+left", "extend(0, -1)", show=False),
        Binding("shift+right", "extend(0, 1)", show=False),
        Binding("home", "ends(0, 0)", show=False),
        Binding("end", "ends(1, 0)", show=False),
        Binding("ctrl+home", "ends(0, 1)", show=False),
        Binding("ctrl+end", "ends(1, 1)", show=False),
        Binding("ctrl+a", "all_cells", show=False),
        Binding("backspace", "type_over", show=False),
        key("edit", t("Edit the cell")),
        key("fill_down", t("Fill down"), show=False),
        key("copy", t("Copy cells"), show=False),
        key("paste", t("Paste cells"), show=False),
        key("clear", t("Clear cells"), show=False),
    ]

    @dataclass
    class Edited(Message):
        """Cells of `model` were typed, filled, pasted or cleared; each was judged and may hold its text.

        The grid may show another model when the message arrives.
        """

        model: GridModel
        changes: tuple[CellEdit, ...]

    @dataclass
    class Refused(Message):
        """Some cells of a paste or fill could not take their text; the foot names the first."""

        refusals: tuple[Refusal, ...]

    @dataclass
    class Finished(Message):
        """What was being typed is taken; comes after its `Edited`, so that `act` finds it written."""

        act: Callable[[], object]

    # -- keys, in the order they come ---------------------------------------------------------------------------------

    async def _on_key(self, event: events.Key) -> None:
        # Letters and bound keys run here one after another: an input method sends them in one burst.
        if not self._has_cells():
            return
        self._notice = None
        moved, self._went_down = self._went_down, False
        if moved and event.key == "enter":
            pass  # whoever ends a code with Enter, as everywhere else, is where they want to be
        elif event.is_printable and event.character and event.key not in ("tab", "enter"):
            self._type(event.character)
        elif event.key in ("escape", "ctrl+z") and (self.editor is not None or self._anchor != (self.row, self.column)):
            self.editor, self._anchor = None, (self.row, self.column)
        elif self.editor is None or not self._edit_key(event.key):
            binding = next((b for b in self._bindings.key_to_bindings.get(event.key, ()) if not b.priority), None)
            if binding is None:
                return
            if self.editor is None or self.finish():
                await self.run_action(binding.action)
        event.stop()
        event.prevent_default()
        self.refresh()

    def _edit_key(self, name: str) -> bool:
        assert self.editor is not None  # only asked while typing
        if name in ("left", "right", "home", "end") and not self.editor.staying:
            return False
        return self.editor.key(name)

    def _type(self, letter: str) -> None:
        if self.editor is None and not self._begin("", staying=False):
            return
        assert self.editor is not None  # begun just now
        self.editor.insert(letter)
        whole = isinstance(self.model, CodedModel) and self.model.is_code(self.editor.text)
        if whole and not self.editor.staying and self.finish():
            self._went_down = True
            super().go_to(self.row + 1, self.column)

    def _begin(self, text: str, *, staying: bool) -> bool:
        if not self.model.editable(self.row, self.column):
            self._notice = _LOCKED
            return False
        self._anchor = (self.row, self.column)
        self.editor = CellEditor(text, staying=staying)
        return True

    def finish(self) -> bool:
        """Take what is being typed; False when it cannot stay, and then it is still being typed."""
        if self.editor is None:
            return True
        typed = self.editor.text.strip()
        problem = self.model.judge(self.row, self.column, typed)
        if problem is not None:
            self.editor.replacing, self._notice = True, problem
            return False
        self.editor = None
        self._edited([CellEdit(self.row, self.column, typed)], [])
        return True

    def then(self, act: Callable[[], object]) -> None:
        """Take what is being typed and do `act` once the screen has written it; not when it cannot stay.

        For what shows something else in these cells, or leaves them: done at once, it would be written there.
        """
        if self.finish():
            self._tell(self.Finished(act))

    def unsaved(self) -> bool:
        """Whether a cell is being typed in."""
        return self.editor is not None

    def _edited(self, edits: list[CellEdit], refusals: list[Refusal]) -> None:
        changed = [each for each in edits if each.typed != self.shown_text(each.row, each.column)]
        self._typed.update({(each.row, each.column): each.typed for each in changed})
        self._painter.forget()
        if changed:
            self._tell(self.Edited(self.model, tuple(changed)))
        if refusals:
            first = refusals[0]
            place = self._place(first.row, first.column)
            self._notice = t(
                "{n} cells refused; first {place}: {problem}", n=len(refusals), place=place, problem=first.problem
            )
            self._tell(self.Refused(tuple(refusals)))
        self.refresh()

    def _place(self, row: int, column: int) -> str:
        return f"{self.model.row_title(row)} · {self.model.columns[column].title}"

    def set_model(self, model: GridModel) -> None:
        """Show another model. What is being typed stays in its cell, or is taken when the cell goes or closes."""
        if self.editor is not None:
            row, column = self.found_in(model, self.row, self.column)
            if row is None or column is None or not model.editable(row, column):
                self._leave_cell()
        super().set_model(model)

    def _leave_cell(self) -> None:
        """Take what is being typed; what cannot stay is said, for there is no cell any more to go on typing in."""
        assert self.editor is not None  # only asked while typing
        typed = self.editor.text.strip()
        if typed and not self.finish():
            place, problem = self._place(self.row, self.column), self._notice or ""
            self._notice = t(
                "“{typed}” was not written for {place}: {problem}", typed=typed, place=place, problem=problem
            )
        self.editor = None

    def go_to(self, row: int, column: int) -> None:
        """Put the cursor on a cell, or on the nearest there is; not while what is being typed cannot stay."""
        if self.finish():
            super().go_to(row, column)

    def on_blur(self) -> None:
        """Take what is being typed when the person goes elsewhere; what cannot stay waits here."""
        if self.editor is not None and self.typing_problem() is None:
            self.finish()

    # -- what keys do -------------------------------------------------------------------------------------------------

    def action_edit(self) -> None:
        """Change the text of the cell instead of replacing it."""
        self._begin(self.shown_text(self.row, self.column), staying=True)

    def action_type_over(self) -> None:
        """Begin with an empty cell."""
        self._begin("", staying=False)

    def action_clear(self) -> None:
        """Empty the cells of the block."""
        self._edited(*pasted(self.model, self.block, [[""]]))

    def action_fill_down(self) -> None:
        """Copy the first row of the block into the rows below; a single row takes the one above it."""
        self._edited(*filled_down(self.model, self.block, self.shown_text))

    def action_copy(self) -> None:
        """Put the block on the clipboard, as Excel does."""
        rows = [[self.shown_text(row, column) for column in self.block.cols] for row in self.block.rows]
        self.app.copy_to_clipboard(block_text(rows))

    def action_paste(self) -> None:
        """Paste what was copied here; what comes from Excel arrives through the terminal's own paste."""
        if self.app.clipboard:
            self._paste(self.app.clipboard)

    def on_paste(self, event: events.Paste) -> None:
        """Take a block from another program."""
        event.stop()
        if self._has_cells():
            self._paste(event.text)

    def _paste(self, text: str) -> None:
        if self.editor is not None:
            self.editor.insert(one_line(text))
            self.refresh()
            return
        self._edited(*pasted(self.model, self.block, block_cells(text)))

    async def on_click(self, event: events.Click) -> None:
        """Choose a cell, or with Shift a block; a second click begins to edit."""
        place = self._cell_at(event)
        if place is None or not self._has_cells() or not self.finish():
            return
        self._notice = None
        if event.shift:
            self._go(*place, extend=True)
            return
        self.go_to(*place)
        if event.chain > 1:
            self.action_edit()
            self.refresh()
