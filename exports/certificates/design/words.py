"""What the pieces of a design are called."""

from __future__ import annotations

import re

from config.i18n import tr, tr_
from config.settings.certificates import Template
from config.settings.designs.elements import blanks
from config.text import Text, t
from exports.certificates.design.draft import Draft, Piece

_NAMES: dict[str, Text] = {
    "issuer-above": t("Body above the issuer"),
    "issuer": t("Who issues it"),
    "issuer-star": t("Star"),
    "emblem": t("Emblem"),
    "party-title": t("Title of the Party"),
    "state-title": t("Title of the state"),
    "motto": t("Motto"),
    "heading": t("Heading of the page"),
    "flourish": t("Flourish"),
    "presented": t("Words before the name"),
    "reached": t("Words before the title"),
    "name": t("Full name"),
    "unit": t("Unit"),
    "citation": t("Achievement"),
    "award-title": t("Award title"),
    "decision-number": t("Number of the decision"),
    "decision-date": t("Day of the decision"),
    "register": t("Number in the register"),
    "code": t("QR code"),
    "reissue": t("Mark of a re-issue"),
    "place-date": t("Place and day"),
    "signer-body": t("On whose behalf"),
    "signer-title": t("Signer's position"),
    "signer-name": t("Signer's name"),
    "seal": t("Room for signature and seal"),
    "signer2-body": t("On whose behalf, second signer"),
    "signer2-title": t("Second signer's position"),
    "signer2-name": t("Second signer's name"),
    "seal2": t("Room for the second signature"),
    "photo": t("Photo"),
    "photo-room": t("Room for a photo"),
    "photo-frame": t("Line round the photo"),
    "role": t("Role and level"),
    "number": t("Number"),
    "valid": t("Valid until"),
    "recognised": t("Decision of recognition"),
    "notice": t("Notice"),
    "born": t("Day of birth"),
    "class": t("Class attended"),
    "dates": t("Days of the class"),
    "result": t("Result"),
    "back-heading": t("Heading of the back"),
}
_FLOWS: dict[str, Text] = {
    "head": t("Block at the top"),
    "body": t("Block in the middle"),
    "sign": t("Block of the signer"),
    "sign2": t("Block of the second signer"),
}
_KINDS: dict[str, Text] = {
    "text": t("Words"),
    "rule": t("Line"),
    "star": t("Star"),
    "qr": t("QR code"),
    "image": t("Picture"),
    "keep_empty": t("Room kept empty"),
    "flow": t("Block"),
}


def piece_name(draft: Draft, piece: Piece) -> str:
    """How a piece is called: by its id where that is a usual one, else by its kind and its words."""
    known = (_FLOWS if piece.kind == "flow" else _NAMES).get(piece.id)
    if known is not None:
        return tr(known)
    said = draft.values(piece).get("text", "")
    words = said if said and not blanks(said) else piece.id
    return f"{tr(_KINDS[piece.kind])}: {words}"


def with_names(draft: Draft, said: str) -> str:
    """A sentence about a design, its ids replaced by names; what to do in a file is left out."""
    said = said.partition(";")[0]
    names = {each.id: piece_name(draft, each) for each in draft.pieces()}
    return re.sub(r"“([^”]+)”", lambda found: f"“{names.get(found[1], found[1])}”", said)


def paper_words(design: Template) -> str:
    """The paper of a design."""
    wide, high = design.size
    return tr_("{wide:g} × {high:g} mm", wide=round(wide, 1), high=round(high, 1))
