"""From an award and its decision to the words on the certificate: letter for letter, nothing added."""

from __future__ import annotations

from config.speech import say_
from exports.certificates.batch import Certificate
from records.domain.awards import Award, Decision
from records.domain.dates import in_words


def certificate_of(award: Award, decision: Decision, *, reissue: bool = False) -> Certificate:
    """The fields of one certificate of commendation; `reissue` marks a second original."""
    return Certificate(
        id=award.id,
        fields={
            "name": award.name,
            "unit": award.unit_name,
            "citation": award.citation,
            "award_title": decision.title,
            "decision_number": decision.number,
            "decision_date": in_words(decision.day),
            "register_number": award.register,
            "place_date": f"{decision.place}, {in_words(decision.day)}" if decision.place else in_words(decision.day),
            "issuer_above": decision.issuer_above,
            "issuer": decision.issuer,
            "signer_mode": decision.signer_mode,
            "signer_body": decision.signer_body,
            "signer_title": decision.signer_title,
            "signer_name": decision.signer_name,
            "reissue": say_("RE-ISSUED") if reissue else "",
        },
    )
