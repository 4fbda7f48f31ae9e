"""The book itself: how it is, its backups, and keeping it safe."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from config.i18n import tr, tr_
from config.paths import typed_path
from config.settings.offices import held_on
from config.text import Text, t
from records.domain.people.names import fold
from records.services.book.backups import verify
from records.store.safety.backup import Backup, backups, check_backup
from records.store.safety.copies import restore
from tui.present import books
from tui.present.rows import Column, Row
from tui.screens.base import Act, Job, key
from tui.screens.book.accounts import AccountsScreen
from tui.screens.book.handing_over import ask_hand_over
from tui.screens.book.sealing import ask_remembering, ask_renewing, ask_sealing
from tui.screens.book.years import YearsScreen
from tui.screens.list_screen import ListScreen
from tui.widgets.dialogs import AskText, Report
from tui.widgets.table import VirtualTable


class BookScreen(ListScreen):
    """What the book is, and the list of its backups, newest first."""

    DEFAULT_CSS = "BookScreen #facts { height: auto; padding: 0 1 1 1; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("back_up", t("Back up")),
        key("verify", t("Check")),
        key("views", t("Years")),
        key("more", t("Elsewhere, restore, hand over")),
    ]
    more_acts = (
        Act("elsewhere", t("Elsewhere")),
        Act("restore", t("Restore")),
        Act("bring_back", t("Bring missing or changed files back from this backup")),
        Act("hand_over", t("Hand the book over")),
        Act("accounts", t("Accounts: who may what, and who looked")),
        Act("sealing", t("Seal the book; another passphrase")),
        Act("renew_key", t("Give the sealed book a new key")),
        Act("remember", t("Keyring of this computer: open without typing")),
    )
    other_views = (Act("years", t("Years: closing and opening")),)
    empty = t("There is no backup yet. Ins: back up now")

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        return (tr_("The book"),)

    def body(self) -> ComposeResult:
        """Lay out the facts and the list."""
        yield Static(id="facts", markup=False)
        yield from super().body()

    def columns(self) -> list[Column]:
        """What is shown of each."""
        return [
            Column("made", tr_("Made"), 16),
            Column("size", tr_("Size"), 10, align="right"),
            Column("file", tr_("File"), 40, grow=True),
        ]

    @property
    def _folder(self) -> Path:
        return books.backup_folder(self.office.book.path, self.office.settings)

    def refresh_office(self) -> None:
        """Show the facts and the backups."""
        book = self.office.book
        seq, digest = book.head()
        wrong = self.office_app.read_only_reason
        named = self.office.settings.office.name
        facts = [
            (t("Book"), str(book.path)),
            (t("Office"), " · ".join(part for part in (held_on(named, self.on), book.office) if part)),
            (t("Last change"), f"{seq} · {digest[:16]}"),
            (t("State"), tr(wrong) if wrong else tr_("it can be read and changed")),
            (t("Backups in"), str(self._folder)),
        ]
        self.query_one("#facts", Static).update("\n".join(f"{tr(name)}: {value}" for name, value in facts))
        self._list()

    def _list(self) -> None:
        self.listing.set_rows(_row(path) for path in backups(self._folder, self.office.book.path.stem))

    # -- backing up ---------------------------------------------------------------------------------------------------

    def action_back_up(self) -> None:
        """Back up where backups go."""
        self._back_up(self._folder)

    def action_elsewhere(self) -> None:
        """Back up to a folder that is asked for, such as a USB stick."""

        def take(typed: str | None) -> None:
            if typed and typed.strip():
                self._back_up(typed_path(typed))

        self.app.push_screen(AskText(t("Back up elsewhere"), t("Folder, such as a USB stick"), ""), take)

    def _back_up(self, folder: Path) -> None:
        now = datetime.now()  # noqa: DTZ005  # the office's own clock
        book, settings = self.office.book, self.office.settings

        def write(job: Job) -> Backup:
            return books.back_up(book.path, folder, settings, now=now, book=book, progress=job.progress)[0]

        def done(made: Backup) -> None:
            written = t("Backup written and read back: {path}", path=made.path.name)
            self.tell_end(written)
            if made.wrong:
                self.app.push_screen(Report(t("The book is not whole"), [written, *books.wrong_in(made)]))
            if self.is_running:
                self._list()

        self.behind(t("Backing up and reading back"), write, done, group="backup", writes=True)

    def action_years(self) -> None:
        """Show the years, and which are closed."""
        self.app.push_screen(YearsScreen())

    def action_accounts(self) -> None:
        """Show who may what."""
        self.app.push_screen(AccountsScreen())

    def action_sealing(self) -> None:
        """Let the book open by a passphrase only, or by another one."""
        ask_sealing(self)

    def action_renew_key(self) -> None:
        """Give a sealed book a new key."""
        ask_renewing(self)

    def action_remember(self) -> None:
        """Let the keyring of this computer open the book, or forget it."""
        ask_remembering(self)

    def action_hand_over(self) -> None:
        """Hand the book over to somebody else."""
        ask_hand_over(self)

    # -- checking -----------------------------------------------------------------------------------------------------

    def action_verify(self) -> None:
        """Read everything and say what was found."""
        book, title = self.office.book, t("Check the whole book")
        self.behind(
            t("Reading the whole book"),
            lambda _job: verify(book),
            lambda report: self.app.push_screen(Report(title, report.lines)),
        )

    @on(VirtualTable.Opened)
    def _open(self, event: VirtualTable.Opened) -> None:
        self._look_into(Path(event.row_id))

    def _look_into(self, path: Path) -> None:
        self.behind(
            t("Reading the backup"),
            lambda _job: check_backup(path),
            lambda backup: self.app.push_screen(Report(path.name, _told(backup))),
        )

    def action_bring_back(self) -> None:
        """Bring back from the backup under the cursor the files of the book that are missing or not what was kept."""
        chosen = self.listing.table.cursor_id
        if chosen is None or not self.may_write():
            return
        path, now = self.office.book.path, datetime.now()  # noqa: DTZ005  # the office's own clock

        def done(found: books.Repaired) -> None:
            none = [t("Nothing was brought back from this backup")] if found.wrong and not found.done else []
            self.app.push_screen(Report(Path(chosen).name, [*none, *found.told]))

        self.behind(
            t("Reading the whole book"),
            lambda _job: books.bring_back(path, Path(chosen), now=now),
            done,
            group="backup",
            writes=True,
        )

    # -- restoring ----------------------------------------------------------------------------------------------------

    def action_restore(self) -> None:
        """Restore the backup under the cursor as a book of its own; this one is not touched."""
        chosen = self.listing.table.cursor_id
        if chosen is None:
            return
        source = Path(chosen)
        book = self.office.book.path
        target = book.with_name(f"{book.stem}-restored{book.suffix}")

        def judge(typed: str) -> Text | None:
            there = typed_path(typed).exists()
            return t("There is already something at this place") if there else None

        def take(typed: str | None) -> None:
            if typed and typed.strip():
                self._restore(source, typed_path(typed))

        dialog = AskText(t("Restore as a new book"), t("Folder to make"), str(target), judge=judge)
        self.app.push_screen(dialog, take)

    def _restore(self, source: Path, target: Path) -> None:
        now = datetime.now()  # noqa: DTZ005  # the office's own clock

        def done(backup: Backup) -> None:
            lines = [
                t("Restored the book up to change {n} as {path}", n=backup.seq, path=target),
                t("To work in it, leave and open it with: main.py --book {path}", path=target),
                *books.wrong_in(backup),
            ]
            self.app.push_screen(Report(t("Restored"), lines))

        self.behind(
            t("Restoring"),
            lambda job: restore(source, target, now=now, actor=books.actor(), progress=job.progress)[0],
            done,
            group="backup",
            writes=True,
        )


def _row(path: Path) -> Row:
    made = size = ""
    with suppress(OSError):  # a link to nowhere, or one that went meanwhile: what it is, is told when it is opened
        facts = path.stat()
        made = f"{datetime.fromtimestamp(facts.st_mtime):%Y-%m-%d %H:%M}"  # noqa: DTZ006  # the office's own clock
        size = _size(facts.st_size)
    return Row(id=str(path), cells=(made, size, path.name), styles={1: "dim"}, find=fold(path.name))


def _size(count: int) -> str:
    return f"{count / 1e6:,.1f} MB" if count >= 100_000 else f"{count / 1e3:,.1f} kB"


def _told(backup: Backup) -> list[Text]:
    return [
        t("The backup is whole"),
        t("It holds the book up to change {n} ({digest})", n=backup.seq, digest=backup.digest[:12]),
        t("Made: {made}", made=backup.made[:16].replace("T", " ")),
        *books.wrong_in(backup)[:1],
    ]
