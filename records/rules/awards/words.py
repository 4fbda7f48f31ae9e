"""Words and figures that screens, commands and papers of commendation share."""

from __future__ import annotations

from config.text import Text, t
from records.domain.awards.initiatives import InitiativeLevel
from records.domain.awards.proposals import Appraisal
from records.domain.awards.registrations import RegistrationState

FORM_WORDS: dict[str, Text] = {"party": t("Party"), "state": t("The state's"), "office": t("The office's own")}
APPRAISAL_WORDS: dict[Appraisal, Text] = {
    "": t("not appraised yet"),
    "agreed": t("agreed"),
    "refused": t("refused"),
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
INITIATIVE_WORDS: dict[str, Text] = {
    "open": t("not decided yet"),
    "recognised": t("recognised"),
    "refused": t("turned down"),
}


def dong(amount: int) -> str:
    """đồng with dots: `1.410.000`."""
    return f"{amount:,}".replace(",", ".")
