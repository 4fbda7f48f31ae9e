"""A paper in the dossier."""

from __future__ import annotations

from datetime import date

from config.settings.criteria import DocumentPresent
from config.text import Text, t
from records.domain.findings import Verdict
from records.domain.people.dossier import Dossier
from records.rules.criteria.kind import PAGE, Kind
from records.rules.standards.answers import Answer
from records.rules.words import document_words


def _judge(criterion: DocumentPresent, dossier: Dossier, role: str) -> Answer:  # noqa: ARG001
    """A paper that nobody entered is unknown, not missing: it may lie in the cupboard."""
    if criterion.document in dossier.person.documents:
        return Answer(Verdict.MET, t("The paper is in the dossier"))
    words = document_words(criterion.document)
    return Answer(Verdict.UNKNOWN, t("The paper is not recorded in the dossier"), missing=(words,))


def _asks(criterion: DocumentPresent, on: date) -> Text:  # noqa: ARG001  # one signature
    return t("in the dossier: {document}", document=document_words(criterion.document))


KIND = Kind(_judge, _asks, PAGE, private=False)
