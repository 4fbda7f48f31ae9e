"""A day in any form is refused by the label of its own field."""

from __future__ import annotations

from datetime import date

import pytest

from config import i18n
from config.errors import InputError
from config.text import t
from tui.screens.form import day_field

TODAY = date(2025, 6, 15)


def test_a_day_is_read_or_refused_by_its_label() -> None:
    i18n.use("en")
    field = day_field("lapses", t("Lapses on"), TODAY)
    assert field.judge is not None
    assert field.judge("1/7/2025") == date(2025, 7, 1)
    assert field.judge(" ") is None
    with pytest.raises(InputError, match="Lapses on"):
        field.judge("31/2/2025")
    needed = day_field("since", t("From"), TODAY, needed=True)
    assert needed.judge is not None
    with pytest.raises(InputError, match="From"):
        needed.judge("")
