"""Accounts of people of the office: who may what, signing in, and who looked at what."""

from __future__ import annotations

from collections.abc import Mapping
from time import monotonic
from typing import Any, ClassVar

from textual import on
from textual.binding import BindingType

from config.errors import InputError
from config.i18n import tr, tr_
from config.text import t
from records.domain.access.accounts import ACT_WORDS, ROLE_WORDS, ROLES, Account
from records.domain.dates import shown, shown_time
from records.domain.people.names import fold
from records.services.access import accounts, looking
from records.store.sealing.secrets import WrongPassphraseError
from records.store.sealing.tries import waiting
from tui.present import books
from tui.present.changes import Spoken
from tui.present.rights.access import field_words, who_may
from tui.present.rows import Column, Row
from tui.screens.base import Act, key
from tui.screens.book.sealing import ask_renewing
from tui.screens.form import OfficeForm
from tui.screens.list_screen import ListScreen
from tui.widgets.dialogs import Confirm, Report
from tui.widgets.fields import Field
from tui.widgets.table import VirtualTable

_SHOWN = 500
"""Looks that are listed; the command lists all."""


def as_typed(text: str) -> str:
    """A passphrase letter for letter."""
    return text


class SignInForm(OfficeForm):
    """Asks who works, and for their passphrase; answers with the name."""

    def __init__(self) -> None:
        super().__init__()
        self._not_before = 0.0

    def heading(self) -> str:
        """What it is for."""
        return tr_("This book has accounts. Sign in to change it, and to see sensitive data")

    def fields(self) -> list[Field]:
        """Name and passphrase."""
        names = [(each.name, each.name) for each in accounts.accounts(self.office) if each.removed is None]
        return [
            Field("name", t("Name"), "choice", options=names),
            Field("passphrase", t("Passphrase"), "secret", judge=as_typed),
        ]

    def first_values(self) -> dict[str, str]:
        """Whoever is at the keyboard, where they have an account."""
        return {"name": self.office.book.actor}

    def unsaved(self) -> bool:
        """Nothing that was typed here is worth a question."""
        return False

    def store(self, values: Mapping[str, Any]) -> str:
        """Sign in; after a wrong passphrase the next one is looked at later and later."""
        left = self._not_before - monotonic()
        if left > 0:
            raise InputError(t("Wait {n} seconds before the next try", n=int(left) + 1), do=t("then save again"))
        began = monotonic()
        try:
            found, wrong = accounts.sign_in(
                self.office, values["name"], values["passphrase"], books.state_folder(), slowly=False
            )
        except WrongPassphraseError as error:
            typed = dict(error.what.blanks).get("n", 1)
            self._not_before = began + waiting(int(str(typed)))
            raise
        if wrong:
            told = tr_("Since you signed in last, a wrong passphrase was typed {n} times", n=wrong)
            self.app.notify(told, severity="warning", timeout=20, markup=False)
        return found.name


class AccountForm(OfficeForm):
    """Gives an account; answers with the name."""

    def heading(self) -> str:
        """What it is for."""
        if not self.office.book.access.stands:
            return tr_("The first account is yours, and gives the others. From then on nobody works without signing in")
        return tr_("A new account; its person changes the passphrase afterwards")

    def fields(self) -> list[Field]:
        """Name, role and the passphrase twice."""
        first = not self.office.book.access.stands
        roles = [(each, tr(ROLE_WORDS[each])) for each in ROLES if each == "keeper" or not first]
        return [Field("name", t("Name")), Field("role", t("Role"), "choice", options=roles), *passphrase_fields()]

    def store(self, values: Mapping[str, Any]) -> str:
        """Give it."""
        return accounts.add(self.office, values["name"], values["role"], same(values)).name


class RoleForm(OfficeForm):
    """Gives an account another role; answers with the name."""

    def __init__(self, known: Account) -> None:
        super().__init__()
        self._known = known

    def heading(self) -> str:
        """Whose."""
        return tr_("Role of {name}", name=self._known.name)

    def fields(self) -> list[Field]:
        """The role."""
        return [Field("role", t("Role"), "choice", options=[(each, tr(ROLE_WORDS[each])) for each in ROLES])]

    def first_values(self) -> dict[str, str]:
        """As it is."""
        return {"role": self._known.role}

    def store(self, values: Mapping[str, Any]) -> str:
        """Change it."""
        return accounts.set_role(self.office, self._known.name, values["role"]).name


class PassphraseForm(OfficeForm):
    """Gives somebody another passphrase: oneself, or who forgot theirs; answers with the name."""

    def __init__(self, known: Account) -> None:
        super().__init__()
        self._known = known

    def heading(self) -> str:
        """Whose."""
        return tr_("Another passphrase for {name}, and with it another key", name=self._known.name)

    def fields(self) -> list[Field]:
        """The passphrase twice."""
        return passphrase_fields()

    def store(self, values: Mapping[str, Any]) -> str:
        """Change it."""
        if self._known.name == self.office.book.access.name:
            return accounts.renew(self.office, same(values)).name
        return accounts.reset(self.office, self._known.name, same(values)).name


def passphrase_fields() -> list[Field]:
    """A new passphrase, twice."""
    return [
        Field("passphrase", t("Passphrase"), "secret", judge=as_typed),
        Field("again", t("The same once more"), "secret", judge=as_typed),
    ]


def same(values: Mapping[str, Any]) -> str:
    """The passphrase that was typed twice. Raises InputError."""
    typed: str = values["passphrase"]
    if typed != values["again"]:
        raise InputError(t("The two passphrases are not the same"), do=t("type both again"))
    return typed


class AccountsScreen(ListScreen):
    """Everybody who has or had an account."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("change", t("Role")),
        key("sign_in", t("Sign in")),
        key("add", t("New")),
        key("remove", t("Take the account away")),
        key("more", t("Passphrase, rights, looks")),
        key("back", t("Back")),
    ]
    more_acts = (
        Act("passphrase", t("Another passphrase")),
        Act("rights", t("What each role may")),
        Act("looks", t("Who looked at sensitive data")),
    )
    empty = t("The book has no accounts: everybody may do everything. Ins: the first account, yours")

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        return (tr_("The book"), tr_("Accounts"))

    def columns(self) -> list[Column]:
        """What is shown of each."""
        return [
            Column("name", tr_("Name"), 20, sort=str),
            Column("role", tr_("Role"), 20),
            Column("state", tr_("State"), 30, grow=True),
        ]

    def refresh_office(self) -> None:
        """List the accounts."""
        me = self.office.book.access.name
        self.listing.set_rows(_row(each, me) for each in accounts.accounts(self.office))

    def _chosen(self) -> Account | None:
        chosen = self.listing.table.cursor_id
        return next((each for each in accounts.accounts(self.office) if each.id == chosen and not each.removed), None)

    def _done(self, name: str | None) -> None:
        if name:
            self.office_app.signed_in()
            self.catch_up()
            self.news(t("Saved: {name}", name=name))

    @on(VirtualTable.Opened)
    def _open(self) -> None:
        self.action_change()

    def action_sign_in(self) -> None:
        """Sign in, or as somebody else."""
        if not self.office.book.access.stands:
            self.news(t("The book has no accounts: everybody may do everything"))
        elif self.office.book.sealed:
            self.news(t("Whoever opened the book with their passphrase is signed in; open it again to be another"))
        else:
            self.app.push_screen(SignInForm(), self._signed)

    def _signed(self, name: str | None) -> None:
        if name:
            self.office_app.signed_in()
            self.office_app.office_changed()
            self.news(t("Signed in: {name}", name=name))

    def action_add(self) -> None:
        """Give an account."""
        if self.may_write():
            self.app.push_screen(AccountForm(), self._done)

    def action_change(self) -> None:
        """Give the account under the cursor another role."""
        known = self._chosen()
        if known is not None and self.may_write():
            self.app.push_screen(RoleForm(known), self._done)

    def action_passphrase(self) -> None:
        """Give the account under the cursor another passphrase."""
        known = self._chosen()
        own = known is not None and known.name == self.office.book.access.name
        if known is None or not (own or self.may_write()):
            return
        if self.attempt(lambda: self._judge_passphrase(known)):
            self.app.push_screen(PassphraseForm(known), self._done)

    def _judge_passphrase(self, known: Account) -> None:
        if known.name == self.office.book.access.name:
            accounts.judge_renewable(self.office)
        else:
            self.office.book.access.judge("accounts")

    def action_remove(self) -> None:
        """Take the account under the cursor away, once asked."""
        known = self._chosen()
        if known is None or not self.may_write():
            return

        def answered(yes: bool | None) -> None:  # noqa: FBT001  # the dialog answers so
            today = self.today
            if yes and self.attempt(lambda: accounts.remove(self.office, known.name, today=today)):
                self._done(known.name)
                if self.office.book.sealed:
                    ask_renewing(self)

        lines = (tr_("What {name} signed stands; the name is not given again.", name=known.name),)
        title = t("Take the account of {name} away?", name=known.name)
        self.app.push_screen(Confirm(title, lines, yes=t("Take the account away")), answered)

    def action_rights(self) -> None:
        """Say what each role may; the command “access allow” changes it."""
        may = accounts.rights(self.office)
        lines = [
            f"{tr(ROLE_WORDS[role])}: {', '.join(tr(ACT_WORDS[act]) for act in acts) or tr_('read only')}"
            for role, acts in may.items()
        ]
        lines += ["", *(f"{name}: {acts}" for name, acts in who_may(self.office))]
        self.app.push_screen(Report(t("What each role may"), lines))

    def action_looks(self) -> None:
        """List who looked at sensitive data, newest first."""
        say = Spoken(self.office, self.on)

        def show() -> None:
            found = looking.looks(self.office, limit=_SHOWN)
            lines = [
                f"{shown_time(each.time)}  {each.who}  →  {say.record(each.person)}: {field_words(each.fields)} "
                f"[{each.door}]"
                for each in found
            ]
            none = [tr_("Nobody looked at sensitive data yet")]
            self.app.push_screen(Report(t("Who looked at sensitive data"), lines or none))

        self.attempt(show)


def _row(each: Account, me: str) -> Row:
    state = tr_("signed in here") if each.name == me and not each.removed else ""
    if each.removed:
        state = tr_("taken away on {day}", day=shown(each.removed))
    cells = (each.name, tr(ROLE_WORDS[each.role]), state)
    return Row(id=each.id, cells=cells, styles={2: "dim"}, find=fold(each.name))
