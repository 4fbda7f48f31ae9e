"""Looking at a certificate before it is printed, and trying values of its template."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from pathlib import Path
from typing import Any, ClassVar

import msgspec
from textual.app import ComposeResult
from textual.binding import BindingType

from config.errors import InputError
from config.i18n import language, tr_
from config.settings.certificates import Template
from config.text import Text, t
from exports.certificates.jobs import Job
from tui.screens.base import OfficeScreen, key
from tui.widgets.dialogs import AskText
from tui.widgets.frame import StatusLine
from tui.widgets.graphic import GraphicPreview, picture_widget
from tui.widgets.preview import Preview

_DOTS = 110.0


class CertificatePreview(OfficeScreen):
    """One page at a time; nothing is noted in the book."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("back", t("Back")),
        key("page(1)", t("Next")),
        key("page(-1)", t("Previous"), show=False),
        key("zoom_in", t("Closer")),
        key("zoom_out", t("Farther")),
        key("attempt_value", t("Try a value")),
        key("view", t("Open in the viewer")),
        key("other_side", t("Other side"), show=False),
    ]

    def __init__(self, job: Job, at: int = 0) -> None:
        super().__init__()
        self._job, self._page, self._side = job, at, 0
        self._template: Template = job.template
        self._tried: list[str] = []
        self._preview = GraphicPreview() if picture_widget() else Preview()

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        return (tr_("Certificates"), tr_("Preview"), self._template.title.in_language(language()))

    def body(self) -> ComposeResult:
        """Lay out the page."""
        yield self._preview
        yield StatusLine()

    def on_mount(self) -> None:
        """Draw the first page."""
        self._preview.focus()
        self._draw()

    def action_page(self, step: int) -> None:
        """Go to the next or the previous certificate."""
        self._page = min(max(self._page + step, 0), len(self._job.certificates) - 1)
        self._draw()

    def action_other_side(self) -> None:
        """Look at the other side."""
        self._side = 1 - self._side if self._template.back else 0
        self._draw()

    def action_zoom_in(self) -> None:
        """Look closer."""
        self._zoom(1.5)

    def action_zoom_out(self) -> None:
        """Look from farther away."""
        self._zoom(1 / 1.5)

    def _zoom(self, factor: float) -> None:
        self._preview.set_zoom(self._preview.zoom * factor)
        self._draw()

    def action_attempt_value(self) -> None:
        """Change a value of the template, for this look only."""

        def take(typed: str | None) -> None:
            if typed:
                self._try(typed)

        ids = ", ".join(each.id for each in self._template.elements)
        label = t("element.key = value, such as name.size = 34 or name.box = [40, 80, 217, 15]")
        self.app.push_screen(AskText(t("Try a value: {ids}", ids=ids), label), take)

    def _try(self, typed: str) -> None:
        try:
            self._template = tried(self._template, typed)
        except InputError as error:
            self.complain(error)
            return
        self._tried.append(typed)
        self._draw()

    def action_view(self) -> None:
        """Open this page in the system's viewer."""
        from exports.certificates.batch import print_batch  # noqa: PLC0415  # ReportLab is heavy
        from exports.printing import open_in_viewer  # noqa: PLC0415

        def act() -> None:
            # The viewer reads it after we are gone: the folder stays until the system clears its own.
            out = Path(tempfile.mkdtemp(prefix="sovang-view-"), "preview.pdf")
            if self.office.book.sealed:  # of a sealed book nothing stays behind
                atexit.register(shutil.rmtree, out.parent, ignore_errors=True)
            one = [self._job.certificates[self._page]]
            print_batch(self._template, one, out, means=self._means())
            open_in_viewer(out)
            self.news(t("Opened {path}", path=out))

        self.attempt(act)

    def _means(self) -> Any:
        from exports.certificates.template import office_means  # noqa: PLC0415  # ReportLab is heavy

        return office_means(self.office.book.settings.folder)

    def _draw(self) -> None:
        from exports.certificates.picture import page_picture  # noqa: PLC0415  # ReportLab is heavy

        page, side, template, means = self._page, self._side, self._template, self._means()
        dots = _DOTS * min(self._preview.zoom, 3)
        certificate = self._job.certificates[page]
        self.behind(
            t("Preparing the page"),
            lambda _job: page_picture(template, certificate, dots=dots, side=side, means=means),
            lambda picture: self._show(picture, page),
        )

    def _show(self, picture: Any, page: int) -> None:
        self._preview.show(picture)
        certificate = self._job.certificates[page]
        name = certificate.fields.get("name", "") + "".join(f" · {each}" for each in self._tried)
        self.query_one(StatusLine).show_ends(name, f"{page + 1}/{len(self._job.certificates)}")


def tried(template: Template, typed: str) -> Template:
    """The template with one value changed, as `element.key = value`.

    Raises:
        InputError: when there is no such element or key, or the value cannot be.
    """
    left, _, right = typed.partition("=")
    name, _, part = left.strip().partition(".")
    plain = msgspec.to_builtins(template)
    element = next((each for each in plain["elements"] if each["id"] == name), None)
    if element is None or not part or not right.strip():
        known = ", ".join(each.id for each in template.elements)
        raise InputError(
            t("“{typed}” names no element of this template", typed=typed), do=t("use one of: {known}", known=known)
        )
    try:
        element[part] = msgspec.yaml.decode(right.strip().encode())
        return msgspec.convert(plain, Template)
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        raise InputError(_cannot(typed, str(error)), do=t("write it as in the template's file")) from error


def _cannot(typed: str, said: str) -> Text:
    return t("“{typed}” cannot be: {said}", typed=typed, said=said)
