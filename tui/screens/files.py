"""Choosing a file: a path to type, and below it the folder to walk through."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from config.i18n import tr, tr_
from config.paths import typed_path
from config.text import Text
from records.domain.people.names import fold, sort_key
from tui.present.errors import of_system
from tui.present.rows import Column, Row
from tui.widgets.frame import Leaving
from tui.widgets.inputs import VnInput
from tui.widgets.table import VirtualTable

_UP, _WHOLE = "..", "*"


class ChooseFile(Leaving[Path | None], ModalScreen[Path | None]):
    """Gives the file chosen, with `folders` also a whole folder, which is remembered for the next time in this run."""

    last_folder: ClassVar[Path | None] = None
    DEFAULT_CSS = """
    ChooseFile { align: center middle; }
    ChooseFile > Vertical { width: 76; max-width: 100%; height: 20; max-height: 100%; padding: 1 2; }
    ChooseFile > Vertical { background: $panel; }
    ChooseFile .title { text-style: bold; }
    ChooseFile VnInput { height: 1; border: none; margin: 1 0; }
    ChooseFile #problem { color: $text-error; height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(self, title: Text, endings: tuple[str, ...], *, folders: bool = False) -> None:
        super().__init__()
        self._title, self._endings, self._folders = title, endings, folders
        self._folder = ChooseFile.last_folder or Path.cwd()

    def compose(self) -> ComposeResult:
        """Lay out the field and the folder."""
        with Vertical():
            yield Static(tr(self._title), classes="title", markup=False)
            yield VnInput(placeholder=tr_("type or paste a path, or choose below"))
            yield Static("", id="problem", markup=False)
            yield VirtualTable(
                [Column("name", tr_("Name"), 40, grow=True), Column("size", tr_("Size"), 12, align="right")]
            )

    def on_mount(self) -> None:
        """Show the folder."""
        self._walk(self._folder)
        self.query_one(VnInput).focus()

    def _walk(self, folder: Path) -> None:
        try:
            found = sorted(folder.iterdir(), key=lambda path: (not path.is_dir(), sort_key(path.name)))
        except OSError:
            self._tell(tr_("The folder cannot be read"))
            return
        self._folder = ChooseFile.last_folder = folder
        rows = [Row(id=str(folder.parent), cells=(_UP, ""), find="..")] if folder.parent != folder else []
        files = [path for path in found if not path.is_dir() and path.suffix.lower() in self._endings]
        if self._folders and files:
            whole = tr_("all {n} files of this folder", n=len(files))
            rows.append(Row(id=_WHOLE, cells=(whole, ""), find=fold(whole)))
        for path in found:
            if path.name.startswith("."):
                continue
            if path.is_dir():
                rows.append(Row(id=str(path), cells=(f"{path.name}/", ""), find=fold(path.name)))
            elif path in files:
                rows.append(Row(id=str(path), cells=(path.name, _size(path)), styles={1: "dim"}, find=fold(path.name)))
        self.query_one(VirtualTable).set_rows(rows)
        self.query_one(".title", Static).update(f"{tr(self._title)} · {folder}")

    def _tell(self, problem: str) -> None:
        self.query_one("#problem", Static).update(problem)

    @on(VirtualTable.Opened)
    def _opened(self, event: VirtualTable.Opened) -> None:
        if event.row_id == _WHOLE:
            self.dismiss(self._folder)
        else:
            self._take(Path(event.row_id))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        if event.value.strip():
            self._take(self._folder / typed_path(event.value))
        else:
            self.query_one(VirtualTable).focus()

    def _take(self, path: Path) -> None:
        try:
            is_folder, is_there = path.is_dir(), path.exists()
        except OSError as error:  # a name too long, a folder closed to this user
            self._tell(tr(of_system(error).what))
            return
        if is_folder:
            self._tell("")
            self._walk(path)
        elif is_there:
            self.dismiss(path)
        else:
            self._tell(tr_("There is no such file"))

    def key_down(self) -> None:
        """From the field to the list."""
        if self.query_one(VnInput).has_focus:
            self.query_one(VirtualTable).focus()

    def action_leave(self) -> None:
        """Choose none."""
        self.dismiss(None)


def _size(path: Path) -> str:
    """The size of a file, or nothing where the system does not tell: a link to a file that is gone."""
    try:
        return f"{path.stat().st_size // 1024 + 1} KB"
    except OSError:
        return ""
