"""Words and figures that screens, commands and papers of commendation share."""

from __future__ import annotations

import re

from config.errors import needs
from config.text import Text, t
from records.domain.awards.initiatives import InitiativeLevel
from records.domain.awards.proposals import Appraisal
from records.domain.awards.registrations import RegistrationState

FORM_WORDS: dict[str, Text] = {"party": t("Party"), "state": t("The state's"), "office": t("The office's own")}
APPRAISAL_WORDS: dict[Appraisal, Text] = {
    "": t("not appraised yet"),
    "agreed": t("agreed"),
    "refused": t("refused"),
    "returned": t("returned"),
}

LEVEL_WORDS: dict[InitiativeLevel, Text] = {
    "grassroots": t("at the grassroots"),
    "province": t("province or ministry"),
    "national": t("the whole country"),
}

REGISTRATION_WORDS: dict[RegistrationState, Text] = {
    "not_sent": t("not sent"),
    "sent": t("registration: sent"),
    "returned": t("returned"),
    "approved": t("approved"),
}
MONEY_WORDS: dict[str, Text] = {
    "income": t("income"),
    "spent": t("spent"),
    "paid": t("paid for an award"),
    "recovered": t("recovered"),
}
INITIATIVE_WORDS: dict[str, Text] = {
    "open": t("not decided yet"),
    "recognised": t("recognised"),
    "refused": t("turned down"),
}


def dong(amount: int) -> str:
    """đồng with dots: `1.410.000`."""
    return f"{amount:,}".replace(",", ".")


def read_dong(typed: str, *, field: Text | str) -> int:
    """Whole đồng as people write them: `10.000.000`, `10 000 000 đ`, `10000000`. Raises InputError for what is none."""
    digits = re.sub(r"\s*(đ|đồng|vnd|vnđ)\.?$", "", typed.strip().lower())
    parts = re.split(r"[.,\s]", digits)
    grouped = all(len(each) == 3 for each in parts[1:])  # thousands
    if not (digits and grouped and all(each.isascii() and each.isdecimal() for each in parts)):
        raise needs(field, typed, t("write whole đồng, such as 10.000.000"))
    return int("".join(parts))
