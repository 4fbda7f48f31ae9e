"""The one gate of a book with accounts: here every line written is judged and signed, and every line read is proven.

A book without accounts has no gate, and its lines no signature.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from config.errors import BookError, ForbiddenError, RefusedError
from config.text import Text, t
from records.domain.access.accounts import ACT_WORDS, ROLE_WORDS, ActRight
from records.store.access.rights import ACCOUNTS, OF_ACCESS, OWN_KEY, RIGHTS, UNSIGNED, Change, needed
from records.store.access.signing import Signer, held, is_signed
from records.store.contract import Problem

_REVERSING = ("undo", "redo")
Row = Mapping[str, Any]
Rows = Callable[[str], Mapping[int, Row]]


class Me(NamedTuple):
    """Who is signed in: number of the account, the account, and the key."""

    number: int
    account: Row
    signer: Signer

    @property
    def name(self) -> str:
        """By which they sign in."""
        return str(self.account["name"])

    def sign(self, digest: bytes) -> tuple[int, str]:
        """What a line says of its signature: number of the account, and the signature over the SHA-256 of the line."""
        return self.number, self.signer.sign(digest)


class Gate:
    """Knows the accounts and rights of a book as its tables have them at the moment.

    Args:
        rows: the rows of a table as they are now.

    Attributes:
        looks: number and hash of the last look that a line read here remembers.
    """

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self.looks: tuple[int, str] | None = None
        self._unproven = 0

    @property
    def stands(self) -> bool:
        """Whether the book has accounts."""
        return bool(self._rows(ACCOUNTS))

    def row(self, table: str, number: int) -> Row | None:
        """One row as it is now, or None."""
        return self._rows(table).get(number)

    def me(self) -> Me | None:
        """Who is signed in, or None."""
        accounts = self._rows(ACCOUNTS)
        if not accounts:
            return None
        known = {str(row.get("public")): (number, row) for number, row in accounts.items()}
        signer = held(known)
        if signer is None:
            return None
        number, row = known[signer.public]
        return Me(number, row, signer)

    def acts(self, role: str) -> frozenset[str]:
        """What a role may do."""
        return frozenset(
            act for row in self._rows(RIGHTS).values() if row.get("role") == role for act in row.get("acts", ())
        )

    def may(self, act: ActRight) -> bool:
        """Whether whoever is signed in may do this; in a book without accounts everybody may."""
        if not self.stands:
            return True
        me = self.me()
        return me is not None and not me.account.get("removed") and act in self.acts(str(me.account.get("role")))

    def who_may(self, act: str) -> list[str]:
        """Names of those who may."""
        found = [row for row in self._rows(ACCOUNTS).values() if not row.get("removed")]
        return sorted(str(row.get("name")) for row in found if act in self.acts(str(row.get("role"))))

    def judge(self, *acts: ActRight) -> None:
        """Refuse what whoever is signed in may not do.

        Raises:
            BookError: when nobody is signed in, or the account was taken away.
            RefusedError: that says who may.
        """
        if self.stands:
            me = self._signed_in()
            for act in acts:
                if act not in self.acts(str(me.account.get("role"))):
                    raise self._refusal(me, act)

    def judge_some(self) -> None:
        """Refuse whoever may do nothing but look, before anything is asked of the book on the way to a change.

        Raises as `judge`.
        """
        if self.stands:
            me = self._signed_in()
            if not self.acts(str(me.account.get("role"))) - {"sensitive"}:
                raise self._refusal(me, "enter")

    def keepers(self) -> list[int]:
        """Numbers of the accounts that give accounts."""
        found = self._rows(ACCOUNTS).items()
        return [number for number, row in found if not row.get("removed") and "accounts" in self.acts(str(row["role"]))]

    def judge_keeper(self, numbers: Sequence[int]) -> None:
        """Refuse an older book to who gives accounts in it and in the newer one, whose are `numbers`, no more.

        Raises BookError when nobody is signed in, ForbiddenError.
        """
        if numbers and not (self.stands and self._signed_in().number in numbers):
            raise ForbiddenError(
                t("In the newer book others give accounts: by an older one nobody gets back a right that was taken"),
                do=t("ask who gives accounts there, or restore the older one as another book"),
            )

    def _signed_in(self) -> Me:
        me = self.me()
        if me is None:
            raise BookError(
                t("This book has accounts, and nobody is signed in"),
                do=t("sign in: --sign-as NAME --passphrase-file FILE, or on the screen under “The book”"),
            )
        if me.account.get("removed"):
            day = date.fromisoformat(str(me.account["removed"]))
            raise BookError(
                t("The account “{name}” was taken away on {day}", name=me.account["name"], day=day),
                do=t("ask who may give accounts: {names}", names=", ".join(self.who_may("accounts"))),
            )
        return me

    def _refusal(self, me: Me, act: ActRight) -> ForbiddenError:
        names = ", ".join(self.who_may(act))
        return ForbiddenError(
            t("{name} ({role}) may not do this: {act}", name=me.account["name"],
              role=ROLE_WORDS[str(me.account["role"])], act=ACT_WORDS[act]),
            do=t("ask who may: {names}", names=names) if names else t("nobody of this book may"),
        )  # fmt: skip

    # -- writing ------------------------------------------------------------------------------------------------------

    def sign(self, action: str, changes: Sequence[Change], *, stately: bool = False) -> Me | None:
        """Who signs a line, once its rights were judged; None where the book has no accounts and gets none.

        `stately` is a line that vouches for a state.

        Raises:
            BookError: when nobody is signed in, or the account was taken away.
            RefusedError: for a right that is missing, or accounts that would leave nobody to give accounts.
        """
        touching = any(each[0] in OF_ACCESS for each in changes)
        if not self.stands:
            return self._founder(changes) if touching else None
        if _may_be_unsigned(action, changes) and not stately and self.me() is None:
            return None
        me = self._signed_in()
        if action == OWN_KEY and _is_own_key(changes, me.number):
            return me
        self.judge(*sorted(needed(action, changes)))
        if touching:
            _judge_accounts(action, changes)
            after = Gate(_after(self._rows, changes))
            if not after.who_may("accounts"):
                raise RefusedError(
                    t("Nobody would be left who gives accounts and rights"),
                    do=t("give another account the role of keeper first"),
                )
        return me

    def _founder(self, changes: Sequence[Change]) -> Me:
        """Who signs the line that makes the first account: that account. Raises RefusedError."""
        after = Gate(_after(self._rows, changes))
        me = after.me()
        if me is None or "accounts" not in after.acts(str(me.account.get("role"))):
            raise RefusedError(
                t("The first account must be one that gives accounts"), do=t("give it the role of keeper")
            )
        return me

    # -- reading ------------------------------------------------------------------------------------------------------

    def problem(self, body: Mapping[str, Any]) -> Text | None:
        """What is wrong with the signature of a line that follows on what the tables hold, or None."""
        self.looks = body.get("looks", self.looks)
        signed, changes = body.get("signed"), body["changes"]
        if "was" in body:  # rewritten when the book was sealed: proven by the line that did it, and so by those after
            self._unproven = body["seq"]
            return None
        if signed is None:
            stands = self.stands or any(each[0] in OF_ACCESS for each in changes)
            if not stands or (_may_be_unsigned(body["action"], changes) and not _states(body)):
                return None
            return t("Change {seq} is signed by nobody", seq=body["seq"])
        known = self._rows if self.stands else _after(self._rows, changes)
        account = known(ACCOUNTS).get(signed[0])
        if account is None:
            return t("Change {seq} is signed by nobody whom the book knows", seq=body["seq"])
        if not is_signed(str(account.get("public")), bytes.fromhex(body["proof"]), signed[1]):
            return t("Change {seq}: the signature is not of “{name}”", seq=body["seq"], name=account.get("name"))
        self._unproven = 0
        return _unfit(body, account, Gate(known))

    def unproven(self) -> list[Problem]:
        """What no signature stands behind, when all lines were read: lines rewritten by nobody known."""
        if not self._unproven or not self.stands:
            return []
        return [Problem("", t("Change {seq} was rewritten, and no signature follows it", seq=self._unproven))]


def _may_be_unsigned(action: str, changes: Sequence[Change]) -> bool:
    """Whether a line needs no signature, for it changes nothing: a copy was made where nobody had signed in."""
    return action in UNSIGNED and not changes


def _states(body: Mapping[str, Any]) -> bool:
    """Whether a line vouches for a state, which is as good as changing everything."""
    return bool({"base", "snapshot"} & body.get("vouches", {}).keys())


def _unfit(body: Mapping[str, Any], account: Row, gate: Gate) -> Text | None:
    """Why a line whose signature is good could not be of this account, or None."""
    name = account.get("name")
    if account.get("removed"):
        return t("Change {seq} is signed by “{name}”, whose account was taken away before", seq=body["seq"],
                 name=name)  # fmt: skip
    if name != body["actor"]:
        return t("Change {seq} is signed by “{name}” and names “{actor}”", seq=body["seq"], name=name,
                 actor=body["actor"])  # fmt: skip
    if body["action"] == OWN_KEY and _is_own_key(body["changes"], body["signed"][0]):
        return None
    missing = sorted(needed(body["action"], body["changes"]) - gate.acts(str(account.get("role"))))
    if missing:
        return t("Change {seq} is signed by “{name}”, who might not do this: {act}", seq=body["seq"], name=name,
                 act=ACT_WORDS[missing[0]])  # fmt: skip
    return None


def _is_own_key(changes: Sequence[Change], number: int) -> bool:
    """Whether a change gives one account another key, and changes nothing else."""
    if len(changes) != 1:
        return False
    table, key, before, after = changes[0]
    rest = [
        {name: value for name, value in (row or {}).items() if name not in ("public", "wrap")}
        for row in (before, after)
    ]
    return (table, key) == (ACCOUNTS, number) and rest[0] == rest[1]


def _judge_accounts(action: str, changes: Sequence[Change]) -> None:
    """An account is taken away, never out of the book: its lines stand.

    Nor is one put back as it was, which would give somebody a key again that they had given up. Raises RefusedError.
    """
    for table, _, before, after in changes:
        gone = before is not None and after is None
        if table in OF_ACCESS and (gone or action in _REVERSING):
            raise RefusedError(
                t("An account or a right is not taken back by undoing"),
                do=t("take the account away with “access remove”, or change its role with “access role”"),
            )


def _after(rows: Rows, changes: Sequence[Change]) -> Rows:
    """The rows as they are after changes."""

    def told(table: str) -> Mapping[int, Row]:
        found = dict(rows(table))
        for name, number, _, row in changes:
            if name == table:
                found.pop(number, None)
                if row is not None:
                    found[number] = row
        return found

    return told
