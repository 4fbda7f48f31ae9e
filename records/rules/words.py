"""Names of codes as people read them: roles, levels, verdicts, credentials. Made of `Text`, spoken later."""

from __future__ import annotations

from config.text import Text, t
from records.domain.people.person import Credential
from records.domain.people.person_fields import EDUCATION_WORDS

POLITICAL_THEORY_WORDS = {
    "elementary": t("elementary political theory"),
    "intermediate": t("intermediate political theory"),
    "advanced": t("advanced political theory"),
}
VERDICT_WORDS = {
    "met": t("Met"),
    "not_met": t("Not met"),
    "unknown": t("Not enough data"),
    "not_applicable": t("Not applicable"),
    "withheld": t("Withheld"),
}
VERDICT_SHORT = {**VERDICT_WORDS, "unknown": t("Unknown"), "not_applicable": t("Not judged")}
"""The same where a column has twelve letters."""
CONFIDENCE_WORDS = {"confirmed": t("confirmed"), "to_confirm": t("to confirm")}

DOCUMENT_WORDS = {
    "decision": t("the decision"),
    "contract": t("the contract"),
    "resume": t("the resume"),
    "photo": t("the photo"),
}
OUTCOME_WORDS = {
    "": t("Not decided"),
    "keep": t("Keep"),
    "train": t("Train"),
    "complete_papers": t("Complete papers"),
    "replace": t("Replace"),
    "end": t("End"),
    "add": t("Add"),
}


def document_words(document: str) -> Text:
    """A paper of the dossier in words; one of another kind stays as the settings name it."""
    return DOCUMENT_WORDS.get(document, Text("{document}", (("document", document),)))


def study_words(credential: Credential) -> Text:
    """The level of a credential with its field of study: `university degree, Luật`."""
    if not credential.field:
        return level_words(credential.kind, credential.level)
    if not credential.level:
        return Text("{field}", (("field", credential.field),))
    return t("{level}, {field}", level=level_words(credential.kind, credential.level), field=credential.field)


def level_words(credential: str, level: str) -> Text:
    """A credential's level in words; a level of another kind is data and stays as entered."""
    words = EDUCATION_WORDS if credential == "education" else POLITICAL_THEORY_WORDS
    return words.get(level, Text("{level}", (("level", level),)))
