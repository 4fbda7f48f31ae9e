"""Designing a certificate with the keys: its pieces at the left, the page at the right, nothing to be written."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ClassVar, cast

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from config.errors import AppError
from config.i18n import language, tr, tr_
from config.settings.certificates import Template
from config.settings.dated import Words
from config.settings.designs.elements import Box
from config.text import Text, t
from exports.certificates.design import looks
from exports.certificates.design.draft import FRONT, Draft, Piece
from exports.certificates.design.samples import SAMPLES, sample
from exports.certificates.design.seen import Seen, look, outlined
from exports.certificates.design.words import piece_name, with_names
from exports.certificates.design.writing import rewritten, written
from exports.certificates.template import Templates, office_means
from records.services.certificates.designs import file_of, id_for, keep_design, keep_emblem
from records.services.certificates.pictures import ENDINGS
from tui.present.rows import Column, Row
from tui.screens.base import Act, OfficeScreen, key
from tui.screens.certificates.choosing import ChooseSeen
from tui.screens.certificates.page_pane import DesignerApp, Drag, Page, Point, grabbed
from tui.screens.certificates.piece_form import PieceForm
from tui.screens.files import ChooseFile
from tui.screens.form import ask_leaving
from tui.widgets.dialogs import AskText, Confirm
from tui.widgets.frame import StatusLine
from tui.widgets.graphic import GraphicPreview, picture_widget
from tui.widgets.preview import Preview
from tui.widgets.table import VirtualTable

_DOTS, _FINE_DOTS = 55.0, 110.0


class Designer(OfficeScreen):
    """One template being changed; nothing is in the book before it is saved."""

    DEFAULT_CSS = """
    Designer #pieces { width: 34; height: 1fr; }
    Designer.-narrow #pieces { width: 27; }
    Designer #chosen { height: auto; max-height: 4; padding: 0 1; background: $panel; }
    Designer #fits { height: auto; max-height: 3; padding: 0 1; background: $panel; }
    Designer #fits.-bad { background: $error; color: $text; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("back", t("Back")),
        key("save", t("Save")),
        key("change", t("Values")),
        key("preview", t("PDF")),
        key("next_text", t("Test words")),
        key("frame", t("Frame")),
        key("more", t("Colours, emblem")),
        key("larger", t("Larger"), show=False),
        key("smaller", t("Smaller"), show=False),
        key("undo", t("Undo"), show=False),
        key("redo", t("Redo"), show=False),
    ]
    more_acts = (
        Act("colours", t("Set of colours")),
        Act("colour", t("Colour of the piece")),
        Act("emblem", t("Emblem from a file")),
    )

    def __init__(self, template: Template, *, new_title: str = "") -> None:
        super().__init__()
        self._new_title, self._text = new_title, ""
        self._draft = Draft(template)
        self._read = template  # of which `_text` is the text
        self._preview = GraphicPreview() if picture_widget() else Preview()
        self._preview.can_focus = False
        self._sample = 0
        self._seen: Seen | None = None
        self._drawing = self._stale = False
        self._drag: Drag | None = None

    # -- the screen ---------------------------------------------------------------------------------------------------

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        title = self._new_title or self._draft.shown.title.in_language(language())
        return (tr_("Certificates"), tr_("Templates"), title)

    def pending(self) -> str:
        """That something is not saved."""
        return tr_("not saved") if self._draft.changed or self._new_title else ""

    def body(self) -> ComposeResult:
        """Lay out the pieces beside the page."""
        with Horizontal(id="body"):
            with Vertical(id="pieces"):
                yield VirtualTable([Column("name", tr_("Piece (Tab: to the page)"), 24, grow=True)])
            with Page():
                yield self._preview
        yield Static("", id="chosen", markup=False)
        yield Static("", id="fits", markup=False)
        yield StatusLine()

    def on_mount(self) -> None:
        """Read the file, and begin in the list."""
        templates = Templates(self.office.book.settings.folder)
        found = templates.files.get(self._read.id)
        # Taken away since the list was drawn: it is written anew when it is saved.
        self._text = found.read_text("utf-8-sig") if found else written(self._read)
        self._own = found is not None and templates.is_own(self._read) and not self._new_title
        self._table.set_rows(self._row(each) for each in self._draft.pieces())
        self._table.focus()
        self._redraw()

    @property
    def _table(self) -> VirtualTable:
        return self.query_one(VirtualTable)

    def _row(self, piece: Piece) -> Row:
        name = piece_name(self._draft, piece)
        back = "" if piece.side == FRONT else f"{tr_('back')} · "
        return Row(_row_id(piece), (f"{'  ' if piece.flow else ''}{back}{name}",), data=piece)

    @property
    def _piece(self) -> Piece:
        table = self._table
        rows = table.view_rows
        return cast("Piece", rows[table.cursor].data)

    def unsaved(self) -> bool:
        """Whether leaving would lose something."""
        return self._draft.changed

    def action_back(self) -> None:
        """Leave, after asking where something is not saved; while something is dragged, put it back."""
        if self._drag is not None:
            self._drag.take_back()
            self._drag = None
            self._changed()
        elif self._draft.changed:
            ask_leaving(self, self.dismiss)
        else:
            super().action_back()

    # -- looking ------------------------------------------------------------------------------------------------------

    @on(VirtualTable.CursorMoved)
    def _chosen(self) -> None:
        seen_side = self._side
        self._tell()
        if seen_side != self._side_shown:
            self._redraw()
        else:
            self._outline()

    @on(VirtualTable.Opened)
    def _opened(self, event: VirtualTable.Opened) -> None:
        event.stop()
        self.query_one(Page).focus()

    @property
    def _side(self) -> int:
        return 0 if self._piece.side == FRONT else 1

    _side_shown = 0

    def _means(self) -> Any:
        return office_means(self.office.book.settings.folder)

    def _redraw(self) -> None:
        """Look at the page anew; while a look is under way, once more when it has ended."""
        if self._drawing:
            self._stale = True
            return
        design, key_, side, means = self._draft.shown, SAMPLES[self._sample][0], self._side, self._means()
        dots = _DOTS if isinstance(self._preview, Preview) else _FINE_DOTS
        dots *= max(1.0, 297 / max(design.size))
        self._drawing, self._stale = True, False

        def done(found: Seen) -> None:
            self._drawing = False
            self._seen, self._side_shown = found, side
            self._outline()
            self._tell()
            if self._stale:
                self._redraw()

        def failed(error: AppError) -> None:
            self._drawing = False
            self.complain(error)

        work: Callable[[Any], Seen] = lambda _job: look(design, key_, side=side, dots=dots, means=means)  # noqa: E731
        self.behind(None, work, done, group="design", failed=failed)

    def _outline(self) -> None:
        """Show the last look with what is chosen outlined where it is written now."""
        if self._seen is None or self._seen.picture is None:
            return
        room = self._preview.size
        line = max(1, round(self._seen.picture.width / max(room.width, 1) / 2))
        picture = outlined(self._seen.picture, self._boxes(), self._draft.shown.size, line)
        self._preview.show(picture)
        self.query_one(Page).stands(self._preview.page_region, self._draft.shown.size)

    def _boxes(self) -> list[Box]:
        piece = self._piece
        found = self._seen.boxes.get(piece.id, []) if self._seen and piece.kind != "flow" else []
        return found if piece.flow or len(found) > 1 else [self._draft.box(piece)]

    def _tell(self) -> None:
        """Say what is chosen and where it stands, and what fits."""
        piece, draft = self._piece, self._draft
        x, y, w, h = draft.box(piece)
        where = tr_("left {x:g} · top {y:g} · wide {w:g} · high {h:g} mm", x=x, y=y, w=w, h=h)
        parts = [piece_name(draft, piece), where]
        if piece.kind == "text":
            size, real = draft.values(piece)["size"], self._seen.sizes.get(piece.id) if self._seen else None
            told = tr_("{size:g} pt", size=size)
            parts.append(told if real in (None, size) else tr_("{size:g} pt, here {real:g}", size=size, real=real))
        if piece.flow:
            parts.append(tr_("moves with its block"))
        self.query_one("#chosen", Static).update(" · ".join(parts))
        words, bad = self._verdict()
        fits = self.query_one("#fits", Static)
        fits.set_class(bad, "-bad")
        fits.update(words)
        keys = tr_("Tab: list or page · arrows 1 mm, with Shift 0.1 · + − size · Space: colour")
        self.query_one(StatusLine).show_ends(keys, tr(SAMPLES[self._sample][1]))
        self.show_place()

    def _verdict(self) -> tuple[str, bool]:
        """What fits and what does not, in one sentence."""
        if self._draft.problem is not None:
            return tr_("Cannot be: {why}", why=with_names(self._draft, tr(self._draft.problem))), True
        if self._seen is None:
            return tr_("looking…"), False
        unfit = self._seen.unfit
        chosen = SAMPLES[self._sample][0]
        marks = " · ".join(f"{'✗' if name in unfit else '✓'} {tr(title)}" for name, title in SAMPLES)
        if chosen in unfit:
            why = with_names(self._draft, tr(unfit[chosen].what))
            return f"{tr_('Does not fit')}: {why}", True
        if self._seen.covered:
            one, other = self._seen.covered[0]
            told = tr_("“{one}” stands on “{other}”", one=one, other=other)
            return f"{with_names(self._draft, told)} · {marks}", True
        return f"{tr_('Fits') if not unfit else tr_('Does not fit')}: {marks}", bool(unfit)

    # -- changing -----------------------------------------------------------------------------------------------------

    def _changed(self) -> None:
        self._outline()
        self._tell()
        self._redraw()

    def action_nudge(self, right: float, down: float) -> None:
        """Move what is chosen by mm."""
        self._draft.move(self._piece, right, down)
        self._changed()

    def grab(self, at: Point, cell: Point) -> bool:
        """Take what stands at a point of the page: what is chosen, where it stands there, else the smallest piece."""
        self.query_one(Page).focus()
        boxes = self._seen.boxes if self._seen else {}
        here = [each for each in self._draft.pieces() if (each.side == FRONT) == (self._side_shown == 0)]
        self._drag = grabbed(self._draft, [self._piece, *here], boxes, at, cell)
        if self._drag is None:
            return False
        self._table.move_to(_row_id(self._drag.piece))
        return True

    def drag(self, to: Point) -> None:
        """Bring what was taken to a point of the page."""
        if self._drag is not None:
            self._drag.to(to)
            self._outline()
            self._tell()

    def release(self) -> None:
        """Let go of what was dragged."""
        if self._drag is not None:
            self._drag = None
            self._changed()

    def action_larger(self) -> None:
        """Make it larger."""
        self._draft.grow(self._piece, 1)
        self._changed()

    def action_smaller(self) -> None:
        """Make it smaller."""
        self._draft.grow(self._piece, -1)
        self._changed()

    def action_next_piece(self, step: int) -> None:
        """Choose the next piece."""
        self._table.action_move(step)

    def action_turn(self) -> None:
        """Give what is chosen the next colour of the palette."""
        values = self._draft.values(self._piece)
        if "colour" not in values:
            self.news(t("This piece has no colour of its own"), bad=True)
            return
        colours = [each for each, _ in looks.PALETTE]
        place = colours.index(values["colour"]) + 1 if values["colour"] in colours else 0
        self._draft.put(self._piece, {"colour": colours[place % len(colours)]})
        self._changed()

    def action_change(self) -> None:
        """Type the values of what is chosen."""

        def done(taken: str | None) -> None:
            if taken:
                self._changed()

        self.app.push_screen(PieceForm(self._draft, self._piece), done)

    def action_next_text(self) -> None:
        """Look with the next test words."""
        self._sample = (self._sample + 1) % len(SAMPLES)
        self._tell()
        self._redraw()

    def action_undo(self) -> None:
        """Take back the last step here."""
        self._turn_back(self._draft.undo, t("There is nothing to take back here"))

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self._turn_back(self._draft.redo, t("There is nothing to do again here"))

    def _turn_back(self, act: Callable[[], bool], nothing: Text) -> None:
        if not act():
            self.news(nothing)
            return
        self._table.set_rows(self._row(each) for each in self._draft.pieces())
        self._changed()

    # -- choosing by eye ----------------------------------------------------------------------------------------------

    def action_frame(self) -> None:
        """Choose the frame by its pictures."""
        held = self._draft.plain["ornament"]
        options: list[tuple[str, Text, Sequence[str]]] = [(each.id, each.title, ()) for each in looks.FRAMES]
        changes = {each.id: looks.with_frame(each) for each in looks.FRAMES}
        self._choose(t("Frame"), options, held["style"] if held else "", changes)

    def action_colours(self) -> None:
        """Choose the colours by their pictures."""
        options = [(each.id, each.title, (each.line, each.gold, each.shade)) for each in looks.COLOUR_SETS]
        held = self._draft.plain["ornament"] or {}
        first = next((each.id for each in looks.COLOUR_SETS if each.line == held.get("line")), "")
        self._choose(
            t("Set of colours"), options, first, {each.id: looks.with_colours(each) for each in looks.COLOUR_SETS}
        )

    def action_colour(self) -> None:
        """Choose the colour of what is chosen."""
        piece = self._piece
        values = self._draft.values(piece)
        if "colour" not in values:
            self.news(t("This piece has no colour of its own"), bad=True)
            return

        options = [(colour, title, (colour,)) for colour, title in looks.PALETTE]
        self._choose(
            t("Colour of the piece"),
            options,
            values["colour"],
            {key: looks.with_colour(piece, key) for key, *_ in options},
        )

    def _choose(
        self,
        title: Text,
        options: Sequence[tuple[str, Text, Sequence[str]]],
        first: str,
        changes: dict[str, looks.Change],
    ) -> None:
        means, key_, side = self._means(), SAMPLES[self._sample][0], self._side
        current = self._draft.shown

        def draw(key: str) -> Any:
            tried = Draft(current)
            tried.put_whole(changes[key])
            return look(tried.shown, key_, side=side, dots=_DOTS, means=means).picture

        def take(key: str | None) -> None:
            if key is not None:
                self._draft.put_whole(changes[key])
                self._changed()

        self.app.push_screen(ChooseSeen(title, options, first, draw), take)

    def action_emblem(self) -> None:
        """Take a picture from a file as the emblem; it is copied into the book."""
        if self.may_write():
            self.app.push_screen(ChooseFile(t("Emblem from a file"), ENDINGS), self._take_emblem)

    def _take_emblem(self, path: Path | None) -> None:
        if path is None:
            return
        piece = self._piece

        def act() -> None:
            name = keep_emblem(self.office, str(path))
            self._draft.put_whole(looks.with_emblem(name, piece, self._draft.shown.size))

        if self.attempt(act):
            self._table.set_rows(self._row(each) for each in self._draft.pieces())
            self._changed()
            self.news(t("The picture was copied into the book"))

    # -- out ----------------------------------------------------------------------------------------------------------

    def action_preview(self) -> None:
        """Open the page as PDF in the system's viewer."""
        from exports.certificates.batch import print_batch  # noqa: PLC0415  # ReportLab is heavy
        from exports.printing import open_in_viewer  # noqa: PLC0415

        def act() -> None:
            # The viewer reads it after we are gone: the folder stays until the system clears its own.
            out = Path(tempfile.mkdtemp(prefix="sovang-view-"), "mau.pdf")
            design = self._draft.shown
            print_batch(design, [sample(design, SAMPLES[self._sample][0])], out, means=self._means())
            open_in_viewer(out)
            self.news(t("Opened {path}", path=out))

        self.attempt(act)

    def action_save(self) -> None:
        """Save as the office's own; a shipped one gets a name first."""
        if not self.may_write():
            return
        if self._draft.problem is not None:
            self.news(t("Not saved: {why}", why=with_names(self._draft, tr(self._draft.problem))), bad=True)
        elif self._own:
            self._save(self._draft.shown)
        elif self._new_title:
            self._save_as(self._new_title)
        else:
            first = self._draft.shown.title.in_language("vi")
            self.app.push_screen(AskText(t("Save as the office's own template"), t("What it is called"), first),
                                 self._save_as)  # fmt: skip

    def _save_as(self, title: str | None) -> None:
        if title and title.strip():
            named = Words(vi=title.strip(), en=title.strip())
            self.attempt(lambda: self._save(replace(self._draft.shown, id=id_for(title), title=named)))

    def _save(self, design: Template) -> None:
        """Save under the id of a design; where another stands there than was read, only after a yes."""
        read = self.office.book.settings.read(file_of(design.id))
        held = None if read is None else read.decode("utf-8-sig")
        if held == (self._text if self._own and design.id == self._read.id else None):
            self._write(design)
            return
        told = t("The template “{name}” was changed elsewhere since it was opened here", name=design.id)
        if held is None:
            told = t("The template “{name}” was taken away since it was opened here", name=design.id)
        elif not self._own:
            told = t("The office has a template “{name}” already", name=design.id)

        def answered(yes: bool | None) -> None:  # noqa: FBT001  # the dialog answers so
            if yes:
                self._write(design)

        lines = (t("History can bring back what is replaced."),)
        self.app.push_screen(Confirm(told, lines, yes=t("Save this one")), answered)

    def _write(self, design: Template) -> None:
        text, app = rewritten(self._text, self._read, design), cast("DesignerApp", self.app)

        def act() -> None:
            app.take_settings(keep_design(self.office, design.id, text, today=app.today))

        if self.attempt(act):
            self._text, self._read, self._own, self._new_title = text, design, True, ""
            self._draft.saved(design)
            self._tell()
            self.news(t("Saved as the office's own template “{name}”", name=design.id))


def _row_id(piece: Piece) -> str:
    return f"{piece.side}/{piece.kind}/{piece.id}"
