"""Kinds of units as people read them."""

from __future__ import annotations

from config.text import Text, t

KIND_WORDS: dict[str, Text] = {
    "province": t("province"),
    "city": t("city"),
    "ward": t("ward"),
    "commune": t("commune"),
    "party_organisation": t("Party organisation"),
    "office": t("office"),
}
