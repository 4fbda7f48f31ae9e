"""Settings in words: their values, and from when they hold."""

from __future__ import annotations

from datetime import date
from typing import Any

from config.i18n import tr, tr_
from config.settings.offices import ALWAYS
from config.text import Text, t
from records.domain.dates import shown
from records.services.settings.keys import SettingKey, as_typed

NOTHING = "—"


def shown_value(key: SettingKey, value: Any) -> str:
    """A value of a setting as people read it."""
    if isinstance(value, bool):
        return tr_("yes") if value else tr_("no")
    if isinstance(value, date):
        return shown(value)
    words = dict(key.choices).get(str(value))
    return tr(words) if words is not None else as_typed(value) or NOTHING


def since_words(since: date) -> Text:
    """From when a value holds."""
    return t("from the beginning") if since == ALWAYS else t("from {day}", day=since)
