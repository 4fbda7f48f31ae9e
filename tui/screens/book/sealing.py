"""Sealing from the screen: a new passphrase is asked twice, and the recovery key is shown once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from config.errors import InputError
from config.i18n import tr, tr_
from config.text import Text, t
from records.services.book.keys import change_key, renew_book_key
from records.store.sealing import remembered
from records.store.sealing.secrets import judge_new
from records.store.sealing.unlocking import unlocked_by
from tui.present import books
from tui.screens.base import Job, OfficeScreen, key, office_app, speak_keys
from tui.widgets.dialogs import Confirm, Report
from tui.widgets.frame import Leaving
from tui.widgets.inputs import VnInput


class NewPassphrase(Leaving[str | None], ModalScreen[str | None]):
    """Asks twice for a new passphrase; answers with it, or None."""

    DEFAULT_CSS = """
    NewPassphrase { align: center middle; }
    NewPassphrase > Vertical { width: 70; max-width: 96%; height: auto; background: $panel; padding: 1 2; }
    NewPassphrase .title { text-style: bold; margin-bottom: 1; }
    NewPassphrase .line { height: auto; margin-top: 1; }
    NewPassphrase #problem { color: $text-error; height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [key("leave", t("Back"))]

    def __init__(self, title: Text) -> None:
        super().__init__()
        speak_keys(self._bindings)
        self._title = title

    def compose(self) -> ComposeResult:
        """Lay out both fields."""
        with Vertical():
            yield Static(tr(self._title), classes="title", markup=False)
            yield Static(tr_("New passphrase, four or five words"), classes="line", markup=False)
            yield VnInput(password=True, id="first")
            yield Static(tr_("The same once more"), classes="line", markup=False)
            yield VnInput(password=True, id="second")
            yield Static("", id="problem", markup=False)
            yield Static(tr_("Enter: go on · Esc: cancel"), classes="line", markup=False)

    @on(Input.Submitted)
    def _given(self, event: Input.Submitted) -> None:
        event.stop()
        first, second = (self.query_one(f"#{each}", VnInput) for each in ("first", "second"))
        try:
            judge_new(first.value)
            if event.input is first:
                second.focus()
                return
            _judge_same(first.value, second.value)
        except InputError as error:
            self.query_one("#problem", Static).update(f"{tr(error.what)}: {tr(error.do)}")
            first.value = second.value = ""
            first.focus()
        else:
            self.dismiss(first.value)

    def action_leave(self) -> None:
        """Give none."""
        self.dismiss(None)


def _judge_same(first: str, second: str) -> None:
    if first != second:
        raise InputError(t("The two passphrases are not the same"), do=t("type both again"))


def recovery_told(printed: str) -> list[Text]:
    """The recovery key, to be shown once."""
    return [
        t("Recovery key, shown this once: {key}", key=printed),
        t("Print it or write it down, and lock it away: it opens the book when every passphrase is forgotten"),
    ]


def ask_sealing(screen: OfficeScreen) -> None:
    """Seal the open book, or give whoever opened it another passphrase where it is sealed."""
    if screen.office.book.sealed:
        screen.app.push_screen(NewPassphrase(t("Another passphrase")), lambda typed: _change(screen, typed))
    else:
        screen.app.push_screen(NewPassphrase(t("Seal the book")), lambda typed: _confirm(screen, typed))


def _change(screen: OfficeScreen, typed: str | None) -> None:
    book = screen.office.book
    by = unlocked_by(book.path)
    if typed and by is not None:
        told = t("The passphrase of {name} is another now", name=by.holder.name)

        def work(_job: Job) -> Text | None:
            return remembered.follow(change_key(book, by, typed), books.state_folder())

        def done(unknown: Text | None) -> None:
            screen.news(told)
            if unknown is not None:
                screen.app.notify(tr(unknown), severity="warning", timeout=20, markup=False)

        screen.behind(t("Another passphrase"), work, done, writes=True)


def ask_renewing(screen: OfficeScreen) -> None:
    """Give the open book a new key, once asked."""
    if not _judge_sealed(screen) or not screen.may_write():
        return
    book = screen.office.book
    lines = [
        t("Everybody who opens the book now opens it as before. Whose key was taken away reads nothing that is written "
          "from now on."),
        t("What they read before, in the book and in copies and backups of it, they can still read"),
        t("A key once replaced does not come back"),
    ]  # fmt: skip

    def done(printed: str) -> None:
        screen.catch_up()
        if printed:
            screen.app.push_screen(Report(t("New book key"), recovery_told(printed)))
        else:
            screen.news(t("The book has a new key; the printed recovery key opens it as before"))

    def answered(yes: bool | None) -> None:  # noqa: FBT001  # as dialogs answer
        now = datetime.now()  # noqa: DTZ005  # the office's own clock
        if yes:
            screen.behind(t("New book key"), lambda _job: renew_book_key(book, now), done, writes=True)

    screen.app.push_screen(Confirm(t("Give the book a new key?"), lines, yes=t("New key")), answered)


def ask_remembering(screen: OfficeScreen) -> None:
    """Let the keyring of this computer open the book, or forget it where it does."""
    if not _judge_sealed(screen):
        return
    state, opened = books.state_folder(), unlocked_by(screen.office.book.path)
    assert opened is not None  # it is sealed and open
    known = remembered.is_remembered(opened.ring, state)

    def act(_job: Job) -> Text:
        if known:
            remembered.forget(opened.ring, state)
            return t("The keyring of this computer opens the book no more")
        keyring = remembered.remember(opened, state)
        return t("{keyring} opens the book for {name} from now on", keyring=keyring, name=opened.holder.name)

    def answered(yes: bool | None) -> None:  # noqa: FBT001  # as dialogs answer
        if yes:  # it may be slow, or ask for a password of its own
            screen.behind(t("Keyring of this computer"), act, screen.news, writes=True)

    title = t("Let the keyring of this computer forget the book?") if known else t("Let the keyring open the book?")
    told = t("The passphrase is asked for from then on") if known else remembered.LIMIT
    screen.app.push_screen(Confirm(title, [told], yes=t("Forget it") if known else t("Remember it")), answered)


def _judge_sealed(screen: OfficeScreen) -> bool:
    """Whether the open book is sealed; says so where it is not."""
    sealed = screen.office.book.sealed
    if not sealed:
        screen.news(t("This book is not sealed"))
    return sealed


def _confirm(screen: OfficeScreen, typed: str | None) -> None:
    if not typed:
        return
    lines = [
        t("From now on nobody reads this book without a passphrase or the recovery key, we neither."),
        t("Sealing a book is not taken back"),
    ]
    if others := books.others_in(screen.office.book):
        lines.append(t("These people open it with the passphrases that they have: {names}", names=", ".join(others)))
    path, name, reopen = screen.office.book.path, screen.office.book.actor, office_app(screen).reopen

    def answered(yes: bool | None) -> None:  # noqa: FBT001  # as dialogs answer
        if yes:
            screen.app.call_later(reopen, _sealing(path, typed, name))

    screen.app.push_screen(Confirm(t("Seal the book?"), lines, yes=t("Seal it"), danger=True), answered)


def _sealing(path: Path, typed: str, name: str) -> Callable[[], Sequence[Text]]:
    """The act itself, done while the book is closed."""

    def act() -> Sequence[Text]:
        now = datetime.now()  # noqa: DTZ005  # the office's own clock
        done = books.seal(path, typed, name=name, now=now, kept=lambda _printed: None)
        return [t("The book is sealed: {path}", path=path), *recovery_told(done.printed), *done.told]

    return act
