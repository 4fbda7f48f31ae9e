"""Every kind of criterion by its shape. A shape that stands not here is an error of types."""

from __future__ import annotations

from typing import assert_never

from config.settings.criteria import (
    AgeBetween,
    AllOf,
    AnyCriterion,
    AnyOf,
    AppointmentInForce,
    AttendanceAtLeast,
    ByHand,
    CredentialAtLeast,
    DocumentPresent,
    NoDiscipline,
    Not,
    PartyMember,
    ServiceAtLeast,
    TrainingWithin,
)
from records.rules.criteria import (
    age,
    appointment,
    attendance,
    by_hand,
    compound,
    credential,
    discipline,
    document,
    party_membership,
    service,
    training,
)
from records.rules.criteria.kind import Asked


def asked(criterion: AnyCriterion) -> Asked:  # noqa: C901, PLR0911, PLR0912  # one for each kind
    """A criterion with its judge and its sentence."""
    match criterion:
        case CredentialAtLeast():
            return credential.KIND.of(criterion)
        case PartyMember():
            return party_membership.KIND.of(criterion)
        case AgeBetween():
            return age.KIND.of(criterion)
        case ServiceAtLeast():
            return service.KIND.of(criterion)
        case AppointmentInForce():
            return appointment.KIND.of(criterion)
        case TrainingWithin():
            return training.KIND.of(criterion)
        case AttendanceAtLeast():
            return attendance.KIND.of(criterion)
        case NoDiscipline():
            return discipline.KIND.of(criterion)
        case DocumentPresent():
            return document.KIND.of(criterion)
        case ByHand():
            return by_hand.KIND.of(criterion)
        case AllOf():
            return compound.ALL_OF.of(criterion)
        case AnyOf():
            return compound.ANY_OF.of(criterion)
        case Not():
            return compound.NOT.of(criterion)
        case _:
            assert_never(criterion)
