"""Asking who issues and signs certificates of a class, or cards: nothing is printed that nobody signs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from config.i18n import tr_
from config.text import Text, t
from exports.certificates.jobs import ISSUED, issued_parts
from records.services.awards.issuing import Issued
from tui.screens.awards.forms import filled
from tui.screens.form import OfficeForm
from tui.widgets.fields import Field

_LABELS: dict[str, Text] = {
    "issuer": t("Issued by"),
    "issuer_above": t("Body above the issuer"),
    "place": t("Place"),
    "signer_mode": t("T/M or K/T"),
    "signer_body": t("Signed for"),
    "signer_title": t("Title of the signer"),
    "signer_name": t("Name of the signer"),
}
_NEEDED = ("issuer", "signer_title", "signer_name")


class IssuedForm(OfficeForm):
    """Who issues and signs, as the settings say until it is typed otherwise; `given` holds it once it is saved."""

    def __init__(self, usual: Issued, *, number: str | None = None) -> None:
        super().__init__()
        self._usual, self._number = usual, number
        self.given: dict[str, str] = {}

    def heading(self) -> str:
        """What the form is for."""
        return tr_("Who issues and signs? Nothing is printed without a signature")

    def fields(self) -> list[Field]:
        """The number of a class first, then issuer and signer."""
        asked = [Field(each, _LABELS[each], judge=_judge(each)) for each in ISSUED]
        return [Field("number", t("First number")), *asked] if self._number is not None else asked

    def first_values(self) -> dict[str, str]:
        """As the settings and the register say."""
        return {**issued_parts(self._usual, {}), "number": self._number or ""}

    def store(self, values: Mapping[str, Any]) -> str:
        """Keep what was typed."""
        self.given = {key: str(value or "") for key, value in values.items()}
        return "given"


def _judge(part: str) -> Any:
    return filled(_LABELS[part]) if part in _NEEDED else None
