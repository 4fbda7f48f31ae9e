"""What stands for a value in the help (`--out FILE`), in the language in use."""

from __future__ import annotations

import re

from config.i18n import tr
from config.text import Text, t

_WORDS: tuple[Text, ...] = (
    t("DIR"), t("FILE"), t("CODE"), t("NAME"), t("PLACE"), t("KIND"), t("ROLES"), t("LANG"), t("THEME"), t("KEY"),
    t("VALUE"), t("N"), t("ID"), t("TEXT"), t("DAY"), t("SHEET"), t("MAP"), t("ROLE"), t("LEVEL"), t("ROWS"),
    t("ROW"), t("UNIT"), t("FIELD"), t("NUMBER"), t("RECOGNISED_BY"), t("MANAGED_BY"), t("REASON"), t("DAYS"),
    t("OPENED"), t("DECIDED"), t("LAPSES"), t("CLOSED"), t("FIRST"), t("LAST"), t("HEADING"), t("PARENT"),
    t("PLAN"), t("CRITERION"), t("PERSON"), t("BY"), t("NOTE"), t("TITLE"), t("LAST_DAY"), t("HOURS"),
    t("ORGANISER"), t("TOPIC"), t("EVENT"), t("MARK"), t("RESULT"), t("SCORE"), t("RANK"), t("CERTIFICATE"),
    t("ISSUER"), t("ISSUED"), t("WHY"), t("MONTH"), t("YEAR"), t("TO"), t("ISSUER_ABOVE"), t("SIGNER"),
    t("SIGNER_MODE"), t("SIGNER_BODY"), t("SIGNER_TITLE"), t("SIGNER_NAME"), t("SIGNER2_MODE"), t("SIGNER2_BODY"),
    t("SIGNER2_TITLE"), t("SIGNER2_NAME"), t("TEMPLATE"), t("REVIEW"), t("MOVEMENT"), t("START"), t("END"),
    t("CYCLE"), t("PLEDGE"), t("PERCENT"), t("POINTS"), t("PRIZE"), t("LIST"), t("CITATION"), t("CHAIR"),
    t("SECRETARY"), t("VOUCHER"), t("GROUND"), t("UNIT_NAME"), t("POSITION"), t("ACHIEVED_FROM"), t("ACHIEVED_TO"),
    t("CONDITION"), t("PAGE"), t("PRINTER"), t("SHARE"), t("APPLIED"), t("RECOGNISED"), t("COLUMN"), t("PERIOD"),
    t("FORM"), t("SOURCE"), t("AMOUNT"), t("AUTHORS"),
)  # fmt: skip
_KNOWN = {each.pattern: each for each in _WORDS}


def placeholder(text: str) -> str:
    """`FILE.pdf` or `ROW=ID` with each of its words in the language in use; what is no word of ours stays."""
    return re.sub(r"[A-Z][A-Z0-9_]*(?![A-Za-z])", lambda found: tr(_KNOWN.get(found[0], found[0])), text)
