"""The levels a person has reached, with the papers that prove them, as a list to edit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Static

from config.errors import InputError
from config.i18n import tr, tr_
from config.text import t
from records.domain.dates import PartialDate, parse_partial, shown
from records.domain.people.names import clean, fold
from records.domain.people.person import EDUCATION, POLITICAL_THEORY, Credential
from records.domain.people.person_fields import EDUCATION_WORDS
from records.rules.words import POLITICAL_THEORY_WORDS, study_words
from tui.present.life import CREDENTIAL_WORDS, EVIDENCE_WORDS
from tui.present.rows import Column, Row
from tui.screens.base import key
from tui.screens.form import FormScreen, OfficeForm
from tui.widgets.fields import Field
from tui.widgets.frame import KeyLine
from tui.widgets.listing import Listing
from tui.widgets.table import VirtualTable

_KINDS = tuple(CREDENTIAL_WORDS)


class CredentialForm(OfficeForm):
    """Enters or corrects one level; it is in `made` when the form answers."""

    def __init__(self, credential: Credential | None) -> None:
        super().__init__()
        self._before = credential
        self.made: Credential | None = None

    def heading(self) -> str:
        """What the form is for."""
        return tr_("A level and its paper")

    def fields(self) -> list[Field]:
        """Kind, level, paper."""
        levels = [("", tr_("as written below"))]
        levels += [(each, tr(EDUCATION_WORDS[each])) for each in EDUCATION]
        levels += [(each, tr(POLITICAL_THEORY_WORDS[each])) for each in POLITICAL_THEORY]
        return [
            Field("kind", t("Kind"), "choice", options=[(each, tr(CREDENTIAL_WORDS[each])) for each in _KINDS]),
            Field("level", t("Level"), "choice", options=levels),
            Field("other", t("Language or informatics level"), "text"),
            Field("evidence", t("Paper shown"), "choice", options=[(k, tr(v)) for k, v in EVIDENCE_WORDS.items()]),
            Field("issuer", t("Issued by"), "text"),
            Field("issued", t("Issued on"), "date", judge=self._day),
            Field("field", t("Field of study"), "text"),
        ]

    def _day(self, typed: str) -> PartialDate | None:
        return parse_partial(typed, field=tr_("Issued on"), today=self.today) if typed.strip() else None

    def first_values(self) -> dict[str, str]:
        """The level as it is."""
        held = self._before
        if held is None:
            return {"kind": "education", "level": "bachelor"}
        listed = held.level in (*EDUCATION, *POLITICAL_THEORY)
        place = {"level": held.level} if listed else {"level": "", "other": held.level}
        return {
            **place,
            "kind": held.kind,
            "field": held.field,
            "evidence": held.evidence,
            "issuer": held.issuer,
            "issued": shown(held.issued),
        }

    def store(self, values: Mapping[str, Any]) -> str:
        """Make the level."""
        kind = str(values["kind"])
        known = {"education": EDUCATION, "political_theory": POLITICAL_THEORY}.get(kind)
        level = str(values["level"]) if known else clean(str(values["other"]))
        if known is not None and level not in known:
            raise InputError(t("The level does not belong to this kind"), do=t("choose a level of the kind"))
        if not level:
            raise InputError(t("The level is empty"), do=t("write it as on the paper, such as English B1"))
        self.made = Credential(
            kind=cast("Any", kind),
            level=level,
            evidence=values["evidence"] or "",
            issuer=clean(str(values["issuer"])),
            issued=values["issued"],
            field=clean(str(values["field"])) if kind == "education" else "",
        )
        return level


class CredentialsScreen(FormScreen["tuple[Credential, ...]"]):
    """The list; Ctrl+S gives it to the form that asked, Esc leaves it as it was."""

    DEFAULT_CSS = """
    CredentialsScreen { align: center middle; }
    CredentialsScreen > Vertical { width: 78; max-width: 100%; height: 20; max-height: 100%; background: $panel; }
    CredentialsScreen .title { text-style: bold; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("new", t("New")),
        key("edit", t("Edit")),
        key("remove", t("Remove")),
        key("take", t("Done"), priority=True),
        key("leave", t("Cancel")),
    ]

    def __init__(self, held: tuple[Credential, ...]) -> None:
        super().__init__()
        self._before, self._held = held, list(held)

    def unsaved(self) -> bool:
        """Whether the list is another than it was."""
        return tuple(self._held) != self._before

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        columns = [
            Column("kind", tr_("Kind"), 16),
            Column("level", tr_("Level"), 16, grow=True),
            Column("evidence", tr_("Paper"), 13),
            Column("issuer", tr_("Issued by"), 10, grow=True),
            Column("issued", tr_("Issued on"), 10),
        ]
        with Vertical():
            yield Static(tr_("Levels and papers"), classes="title", markup=False)
            yield Listing(columns, empty=t("None yet. Ins: enter one"))
            yield KeyLine()

    def on_mount(self) -> None:
        """Fill the list."""
        self._show()

    def _show(self) -> None:
        rows = []
        for number, each in enumerate(self._held):
            level = tr(study_words(each))
            paper = tr(EVIDENCE_WORDS[each.evidence])
            cells = (tr(CREDENTIAL_WORDS[each.kind]), level, paper, each.issuer, shown(each.issued))
            styles = {} if each.evidence else {2: "warn"}
            rows.append(Row(id=str(number), cells=cells, styles=styles, find=fold(" ".join(cells))))
        self.query_one(Listing).set_rows(rows)

    @property
    def _place(self) -> int | None:
        chosen = self.query_one(Listing).table.cursor_id
        return None if chosen is None else int(chosen)

    def action_new(self) -> None:
        """Enter a level."""
        self._ask(None)

    @on(VirtualTable.Opened)
    def action_edit(self) -> None:
        """Correct the level under the cursor."""
        if self._place is not None:
            self._ask(self._place)

    def _ask(self, place: int | None) -> None:
        form = CredentialForm(None if place is None else self._held[place])

        def take(answered: str | None) -> None:
            if answered is None or form.made is None:
                return
            if place is None:
                self._held.append(form.made)
            else:
                self._held[place] = form.made
            self._show()

        self.app.push_screen(form, take)

    def action_remove(self) -> None:
        """Take the level under the cursor off the list."""
        if self._place is not None:
            del self._held[self._place]
            self._show()

    def action_take(self) -> None:
        """Give the list."""
        if self.app.screen is self:
            self.dismiss(tuple(self._held))
