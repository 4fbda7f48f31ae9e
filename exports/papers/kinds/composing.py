"""From the words of a kind and the fields of the book to a paper; what is missing is told before it is written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from config.errors import ConfigError, InputError
from config.i18n import language, tr
from config.settings.offices import PaperUse, held_on
from config.settings.offices import Signer as OfficeSigner
from config.settings.styles import PaperKind, PaperSide, PaperText
from config.text import Text, t
from exports.heads import spoken
from exports.papers.form.paper import Paper, Section, Signer
from records.domain.dates import in_words
from records.services import paper_numbers
from records.services.awards.issuing import Issued, own
from records.services.book.backups import mark
from records.services.office import Office
from records.services.paper_numbers import side_of

Value = str | Sequence[str]
Fields = Mapping[str, Value]
_FIELD = re.compile(r"\{([a-z_0-9]+)([?*]?)\}")

FIELD_WORDS: dict[str, Text] = {
    "signer": t("who signs, by name and title (--signer-name, --signer-title)"),
    "number": t("the number (--number)"),
    "addressee": t("to whom it goes (--to)"),
    "to": t("who is asked to come (--to)"),
    "enactor": t("on whose behalf it is decided (--signer-body)"),
    "chair": t("who took the chair of the council (award council --chair)"),
    "secretary": t("who wrote the minutes (award council --secretary)"),
    "meeting_day": t("the meeting of the council (award council)"),
    "present": t("how many of the council were present (award council)"),
    "event_place": t("the place of the event (training add --place, or --field event_place=…)"),
    "issuer": t("who issues it (--issuer)"),
}
"""What a missing field is called, and how it is given; others are given with --field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What whoever asks for a paper says of it, where the book and the settings say otherwise or nothing.

    Attributes:
        number: its own, as on the paper.
        to: whom it goes to.
        issuer, issuer_above, place: at its head.
        signers: the last stands on the right.
        fields: any field of the words, by name.
    """

    number: str = ""
    to: str = ""
    issuer: str = ""
    issuer_above: str = ""
    place: str = ""
    signers: tuple[OfficeSigner, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)


NOTHING = Given()


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What the book says of one paper.

    Attributes:
        kind: key of the kind in the settings.
        form: of the awards: Party, State or the office's own, which takes the Party's side.
        issued: who issues and signs it.
        fields: what its words may name.
        signers: who signs, where it is not whom the settings or the decision name.
        about: id of the record that it is of and that may bear its number.
    """

    kind: str
    form: str
    day: date
    issued: Issued
    fields: Fields = field(default_factory=dict)
    number: str = ""
    sections: tuple[Section, ...] = ()
    annexes: tuple[Paper, ...] = ()
    signers: tuple[Signer, ...] | None = None
    gaps: bool = False
    about: str = ""


def compose(office: Office, draft: Draft, given: Given = NOTHING) -> Paper:
    """The paper of a draft, in the words of its kind.

    Raises:
        InputError: naming everything that is missing.
        ConfigError: for a kind that the side does not have.
    """
    kind, side = kind_of(office, draft.kind), side_of(draft.form)
    words = words_of(kind, side, draft.day)
    paper = base(office, draft, given)
    fields = _fields(office, draft, given, paper)
    missing: dict[str, None] = {}
    if "signer" in kind.needs and not any(each.name for each in paper.signers):
        missing["signer"] = None
    if "number" in kind.needs and not paper.number:
        missing["number"] = None
    filled = _filled(words, fields, missing)
    if missing:
        raise lacking(kind, list(missing))
    filled["recipients"] = _recipients(office, paper, filled, draft)
    return _ended(replace(paper, **filled), words)


def kind_of(office: Office, kind: str) -> PaperKind:
    """A kind of paper by its key. Raises ConfigError for one that there is not."""
    found = office.settings.paper_kinds.get(kind)
    if found is None:
        raise ConfigError(t("There is no kind of paper “{kind}”", kind=kind), do=t("see papers/ in the settings"))
    return found


def words_of(kind: PaperKind, side: PaperSide, day: date) -> PaperText:
    """The words of a kind on one side and day. Raises ConfigError where it has none."""
    told = kind.state if side == "state" else kind.party
    words = None if told is None else held_on(told, day)
    if words is None:
        raise ConfigError(
            t(
                "“{kind}” has no words for a paper of this side on {day}",
                kind=kind.title.in_language(language()),
                day=day,
            ),
            do=t("write them in papers/{id}.yaml of the settings", id=kind.id),
        )
    return words


def lacking(kind: PaperKind, missing: Sequence[str]) -> InputError:
    """That a paper cannot be written, and everything it lacks."""
    told = "; ".join(tr(FIELD_WORDS.get(each, t("{name} (--field {name}=…)", name=each))) for each in missing)
    return InputError(
        t("“{kind}” lacks: {list}", kind=kind.title.in_language(language()), list=told),
        do=t("give what is missing; nothing was written"),
    )


def base(office: Office, draft: Draft, given: Given) -> Paper:
    """The paper with its head and signatures, and nothing said yet."""
    issued = draft.issued
    named = given.issuer
    return Paper(
        style=office.settings.styles.on(draft.form, draft.day),
        side=side_of(draft.form),
        kind=draft.kind,
        office=given.issuer or issued.name,
        parent=given.issuer_above or ("" if named else issued.above),
        place=given.place or issued.place,
        number=number_of(office, draft, given),
        title=(),
        day=draft.day,
        sections=draft.sections,
        signers=_signers(draft, given),
        annexes=draft.annexes,
        gaps=draft.gaps,
        mark=tr(mark(office)),
        landscape=None,
        numbered=bool(kind_of(office, draft.kind).sign),
        skeletons=office.book.settings.folder / "skeletons",
    )


def number_of(office: Office, draft: Draft, given: Given) -> str:
    """The number of the paper; one that is said now is completed, and free. Raises InputError and RefusedError."""
    sign = kind_of(office, draft.kind).sign
    if not (sign and given.number):
        return given.number or draft.number
    issuer = given.issuer or draft.issued.name
    body = paper_numbers.body_named(office, issuer, draft.day)
    number = paper_numbers.completed(office, given.number, sign, draft.form, draft.day, body=body)
    paper_numbers.judge_free(office, number, sign, draft.form, draft.day, about=draft.about)
    return number


def with_annex(paper: Paper, annex: Paper) -> Paper:
    """A paper with a list behind it, headed and signed as the paper is, whatever was said of it."""
    head = replace(annex, office=paper.office, parent=paper.parent, place=paper.place, signers=paper.signers)
    return replace(paper, annexes=(*paper.annexes, head))


def next_number(office: Office, paper: Paper) -> str:
    """The next number of the kind of a paper that has none; empty where it takes none, or is not numbered so."""
    known = office.settings.paper_kinds.get(paper.kind)
    if known is None or not known.sign or paper.number or paper.day is None:
        return ""
    body = paper_numbers.body_named(office, paper.office, paper.day)
    return paper_numbers.suggested(office, known.sign, paper.side, paper.day, body=body)


def _signers(draft: Draft, given: Given) -> tuple[Signer, ...]:
    if given.signers:
        return blocks_of(given.signers)
    return blocks_of(draft.issued.signers) if draft.signers is None else draft.signers


def blocks_of(signers: Sequence[OfficeSigner]) -> tuple[Signer, ...]:
    """Signatures as they are set: what gives the power to sign over the office held."""
    found = []
    for each in signers:
        above = " ".join(part for part in (each.mode, each.body) if part)
        found.append(Signer(tuple(part for part in (above, each.title) if part), each.name))
    return tuple(found)


_USES: dict[str, PaperUse] = {"decision": "decisions", "recognition": "decisions"}
"""Kind -> whose addresses it is sent to, where it is not those of all papers."""


def _fields(office: Office, draft: Draft, given: Given, paper: Paper) -> dict[str, Value]:
    style = paper.style
    usual: dict[str, Value] = {
        "office": own(office, draft.day).name,
        "issuer": spoken(paper.office),
        "to_word": style.addressed.submission if draft.kind == "proposal" else style.addressed.letter,
        "number": paper.number,
        "day": in_words(draft.day, style.zeros),
        "addresses": office.settings.office.addresses_on(_USES.get(draft.kind, "papers"), draft.day),
        "place": paper.place,
    }
    told = {**usual, **draft.fields}
    if given.to:
        told |= {"addressee": given.to, "to": given.to}
    return {**told, **given.fields}


def _filled(words: PaperText, fields: Fields, missing: dict[str, None]) -> dict[str, Any]:
    def lines(texts: Sequence[str]) -> tuple[str, ...]:
        return tuple(one for text in texts for one in fill(text, fields, missing))

    def one(text: str) -> str:
        return "".join(fill(text, fields, missing)) if text else ""

    articles = numbered(lines(words.articles))
    fields = {**fields, "last_article": str(len(articles))}
    plain = {key: each if isinstance(each, str) else "; ".join(each) for key, each in fields.items()}
    return {
        "title": (words.name, *lines(words.about)),
        "addressees": lines(words.to),
        "enactor": one(words.enactor).upper(),
        "grounds": lines(words.grounds),
        "opening": lines(words.opening),
        "enacts": one(words.enacts).upper(),
        "articles": articles,
        "closing": lines(words.closing),
        "recipients": lines(words.recipients),
        "fields": plain,
    }


def fill(text: str, fields: Fields, missing: dict[str, None]) -> list[str]:
    """A line with its fields filled in: none where an optional one is empty, several where a field has several values.

    `missing` is given the names of those that must be there and are not.
    """
    many: str | None = None
    for found in _FIELD.finditer(text):
        name, mark_ = found[1], found[2]
        value = fields.get(name, "")
        if value and not isinstance(value, str):
            many = name
        if not value:
            if mark_ == "?":
                return []
            if not mark_:
                missing[name] = None
    values = fields[many] if many else ("",)

    def put(each: str) -> str:
        return _FIELD.sub(lambda found: each if found[1] == many else str(fields.get(found[1], "")), text)

    return [put(each) for each in values]


_ARTICLE = re.compile(r"^Điều \d+\.")


def numbered(articles: Sequence[str]) -> tuple[str, ...]:
    """Articles numbered anew: one that has nothing to say leaves no gap."""
    return tuple(_ARTICLE.sub(f"Điều {number}.", each) for number, each in enumerate(articles, 1))


def _recipients(office: Office, paper: Paper, filled: Mapping[str, Any], draft: Draft) -> tuple[str, ...]:
    """“Như trên” where an addressee stands above, the lines of the kind, and where the paper is kept."""
    style = paper.style.recipients
    lines = list(filled["recipients"])
    if filled["addressees"] and style.as_above:
        lines = [style.as_above, *lines]
    if not lines and (not paper.numbered or draft.kind == "minutes"):
        return ()
    kept = f"{style.kept} {own(office, draft.day).name}." if style.kept else ""
    return tuple(filter(None, (*lines, kept)))


def _ended(paper: Paper, words: PaperText) -> Paper:
    """The paper with its last line ended as its style ends texts."""
    ending = paper.style.text.ending
    if not words.ends or ending == ".":
        return paper
    for name in ("closing", "articles", "opening"):
        lines: tuple[str, ...] = getattr(paper, name)
        if lines:
            last: dict[str, Any] = {name: (*lines[:-1], lines[-1].rstrip(".") + ending)}
            return replace(paper, **last)
    return paper
