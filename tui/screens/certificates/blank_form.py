"""Lining up a printer with a pre-printed blank: offsets, single boxes, a ruler sheet and a test page."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Static

from config.errors import AppError
from config.i18n import language, tr, tr_
from config.text import t
from records.services.certificates import blanks
from tui.screens.base import key
from tui.screens.filters import documents_folder
from tui.screens.form import FormScreen
from tui.widgets.fields import Field, Form


class BlankForm(FormScreen[str]):
    """Dismisses with the name of the profile kept, or None."""

    DEFAULT_CSS = """
    BlankForm { align: center middle; }
    BlankForm > Vertical { width: 76; height: auto; max-height: 92%; background: $panel; padding: 1 2; }
    BlankForm Form { height: auto; max-height: 14; }
    BlankForm .title { text-style: bold; margin-bottom: 1; }
    BlankForm #said { height: auto; margin-top: 1; }
    BlankForm .foot { margin-top: 1; color: $text-muted; height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("leave", t("Cancel")),
        key("keep", t("Save"), priority=True),
        key("ruler", t("Ruler sheet"), priority=True),
        key("test", t("Test page"), priority=True),
    ]

    def compose(self) -> ComposeResult:
        """Lay out the form."""
        with Vertical():
            yield Static(tr_("A pre-printed blank in a printer"), classes="title", markup=False)
            yield Form(self._fields(), {"template": "party-merit", "right": "0", "down": "0"})
            yield Static("", id="said", markup=False)
            foot = tr_("Ctrl+S: keep · F8: ruler sheet · F7: test page on plain paper · Esc: cancel")
            yield Static(foot, classes="foot", markup=False)

    def _fields(self) -> list[Field]:
        from exports.certificates.template import Templates  # noqa: PLC0415  # ReportLab is heavy

        spoken = language()
        kept = Templates(self.office.book.settings.folder)
        designs = [(name, kept.named(name).title.in_language(spoken)) for name in kept.names()]
        return [
            Field("name", t("Printer and blank")),
            Field("template", t("Template"), kind="choice", options=designs),
            Field("right", t("Right, mm"), judge=blanks.millimetres),
            Field("down", t("Down, mm"), judge=blanks.millimetres),
            Field("boxes", t("Single boxes (name=1.5,-2; …)"), judge=_boxes),
        ]

    def unsaved(self) -> bool:
        """Whether something was typed."""
        return self.query_one(Form).changed

    def action_keep(self) -> None:
        """Keep the profile."""
        if any(self.query_one(Form).problems().values()):
            return
        try:
            name = self._keep()
        except AppError as error:
            self._say(f"{tr(error.what)}. {tr(error.do)}")
            return
        self.dismiss(name)

    def _keep(self) -> str:
        values = self.query_one(Form).values()
        moved = (values["right"], values["down"])
        kept = blanks.keep_profile(self.office, values["name"], values["template"], moved, values["boxes"])
        return kept.name

    def action_ruler(self) -> None:
        """Write a ruler sheet."""
        self._write("thuoc", ruler=True)

    def action_test(self) -> None:
        """Write a test page with the moves as they stand here."""
        self._write("trang-thu", ruler=False)

    def _write(self, stem: str, *, ruler: bool) -> None:
        from exports.certificates.batch import Blank  # noqa: PLC0415  # ReportLab is heavy
        from exports.certificates.calibration import check_page, collision_words, ruler_sheet  # noqa: PLC0415
        from exports.certificates.template import load_template, office_means  # noqa: PLC0415

        own = self.office.book.settings.folder
        if any(self.query_one(Form).problems().values()):
            return
        values = self.query_one(Form).values()
        out: Path = documents_folder() / f"{stem}-{values['template']}.pdf"
        told: list[str] = []
        try:
            template = load_template(values["template"], own)
            if ruler:
                ruler_sheet(template.size, out, means=office_means(own), overwrite=True)
            else:
                pairs = {name: (float(one), float(two)) for name, (one, two) in values["boxes"].items()}
                blank = Blank(float(values["right"]), float(values["down"]), pairs)
                check_page(template, blank, out, means=office_means(own), overwrite=True)
                told = [tr(each) for each in collision_words(template, blank)]
        except AppError as error:
            self._say(f"{tr(error.what)}. {tr(error.do)}")
            return
        self._say("\n".join([tr_("Written to {path}", path=out), *told]))

    def _say(self, words: str) -> None:
        self.query_one("#said", Static).update(words)


def _boxes(typed: str) -> dict[str, tuple[Decimal, Decimal]]:
    return dict(blanks.box_move(each) for each in filter(None, (part.strip() for part in typed.split(";"))))
