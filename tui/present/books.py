"""Where a book lies, who writes in it and by which settings: the same for screens and commands."""

from __future__ import annotations

import getpass
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from config.errors import AppError, BookError, ConfigError
from config.i18n import spoken_at, tr
from config.paths import typed_path
from config.plain import visible
from config.reasons import system_reason
from config.text import Text, t

if TYPE_CHECKING:
    from config.settings.loading import Settings
    from records.services.office import Office
    from records.store.book import Book
    from records.store.contract import Problem, Store
    from records.store.safety.backup import Backup
    from records.store.safety.parcel import Parcel
    from records.store.safety.rollback_guard import RollbackGuard
    from records.store.sealing.ring import Ring, Unlocked

# The screen asks who is at the keyboard before it paints itself: what a book needs is imported by who opens one.


def actor() -> str:
    """Who is at the keyboard, as the journal names them."""
    try:
        return visible(os.environ.get("SOVANG_USER") or getpass.getuser())
    except (OSError, KeyError):
        return "?"


def heads(settings: Settings | None = None) -> RollbackGuard:
    """Where heads of books are kept outside: SOVANG_STATE, else this user's folder; and a second that settings name."""
    from records.store.safety.rollback_guard import RollbackGuard  # noqa: PLC0415

    second = typed_path(settings.office.backups.heads) if settings and settings.office.backups.heads else None
    return RollbackGuard(state_folder(), second)


def state_folder() -> Path:
    """Where this user's program remembers the books it saw: SOVANG_STATE, else a folder of the system."""
    if given := os.environ.get("SOVANG_STATE"):
        return Path(given)
    from platformdirs import user_state_path  # noqa: PLC0415  # only needed when nothing is named

    return user_state_path("sovang", appauthor=False) / "heads"


def backup_folder(path: Path, settings: Settings) -> Path:
    """Where backups of the book at `path` go: SOVANG_BACKUPS, else what the settings say, else a folder beside it."""
    given = os.environ.get("SOVANG_BACKUPS") or settings.office.backups.folder
    return typed_path(given) if given else path.absolute().parent / f"{path.stem}-backups"


def backed_up(path: Path, settings: Settings) -> date | None:
    """The day of the newest backup of the book at `path`; None when there is none, or its folder cannot be read."""
    from records.store.safety import routine  # noqa: PLC0415

    try:
        return routine.backed_up(path, backup_folder(path, settings))
    except (BookError, OSError):
        return None


def settings_of(path: Path | None) -> Settings:
    """The shipped settings under those of the book at `path`, if it has its own."""
    from config.kept import kept_settings  # noqa: PLC0415

    if path is None or not (own := path / "config").is_dir():
        return kept_settings(cache_folder())
    try:
        return kept_settings(cache_folder(), own)
    except ConfigError as error:
        from records.store.safety import routine  # noqa: PLC0415

        if routine.may_mend_settings(path):
            error.do = t("{do}; or “book repair --from FILE” brings the file back from a backup", do=error.do)
        raise


def settings_at(path: Path | None) -> Settings:
    """The same for what looks after the book: where its own settings cannot be read, which verifying tells, without."""
    try:
        return settings_of(path)
    except AppError:
        return settings_of(None)


def cache_folder() -> Path:
    """Where what can be made anew is kept between two starts: under SOVANG_STATE, else this user's folder."""
    if given := os.environ.get("SOVANG_STATE"):
        return Path(given) / "cache"
    from platformdirs import user_cache_path  # noqa: PLC0415  # only needed when nothing is named

    return user_cache_path("sovang", appauthor=False)


def take_example(book: Book) -> None:
    """Give a made-up book the shipped office, which is an example."""
    from config.settings.loading import SHIPPED  # noqa: PLC0415

    for name in ("office.yaml", "issuers.yaml"):
        book.settings.write(name, (SHIPPED / name).read_bytes())


@contextmanager
def demo_office(parent: Path) -> Iterator[Office]:
    """A demo office in a temporary folder under `parent`, removed at the end."""
    from records.demo.fill import fill  # noqa: PLC0415  # it works with every service, and only the demo needs it
    from records.services.office import Office, furnish  # noqa: PLC0415
    from records.store.book import Book  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="sovang-", dir=parent, ignore_cleanup_errors=True) as folder:
        settings = settings_of(None)
        with Book.create(
            Path(folder) / "demo.sovang", office=settings.office.code, actor="demo", lasting=False
        ) as book:
            take_example(book)
            made_up = Office(book, settings)
            furnish(made_up)
            fill(made_up)
            yield made_up


def language_of(path: Path) -> str | None:
    """The language that the book at `path` is opened in, read before anything else is; None where it says nothing."""
    return spoken_at(path / "config" / "screen.yaml")


@contextmanager
def empty_office() -> Iterator[Office]:
    """An office with nobody in it, for reading a spreadsheet where there is no book yet."""
    from records.services.office import Office, furnish  # noqa: PLC0415
    from records.store.book import Book  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="sovang-", ignore_cleanup_errors=True) as folder:
        settings = settings_of(None)
        with Book.create(
            Path(folder) / "empty.sovang", office=settings.office.code, actor="preview", lasting=False
        ) as book:
            made = Office(book, settings)
            furnish(made)
            yield made


def take_over(
    parcel: Path, target: Path, *, check: str = "", progress: Callable[[int, int], None] | None = None
) -> Parcel:
    """Make the book of a parcel at `target`, once everything in it is found to be what was handed over.

    Args:
        parcel: the folder of the parcel.
        target: where the book shall lie.
        check: the signs that stand on the paper, to be held against the parcel; empty: they are not held against it.
        progress: told (done, all) now and then.

    Raises:
        BookError: when the parcel is damaged, none, or another one; or there is something at `target`.
    """
    from records.store.safety import parcel as parcels  # noqa: PLC0415  # only who takes over a book needs it

    now = datetime.now()  # noqa: DTZ005  # the office's own clock
    return parcels.take_over(
        parcel, target, now=now, actor=actor(), judge=lambda part, told: _judge_taken(part, told, check),
        progress=progress,
    )  # fmt: skip


def judge_check(told: Parcel, check: str) -> None:
    """Refuse a parcel whose check code is not the one on the paper; an empty one is not held against it."""
    if check.strip() and check.strip().lower() != told.check:
        raise _not_taken(t("The parcel has the check code {code}, not the one on the paper", code=told.check))


def _judge_taken(part: Path, told: Parcel, check: str) -> None:
    from records.services.book.backups import verify  # noqa: PLC0415
    from records.services.certificates.keys import noted  # noqa: PLC0415
    from records.store.book import Book  # noqa: PLC0415

    judge_check(told, check)
    with Book.open(part, actor=actor(), read_only=True) as book:
        report = verify(book, deep=True)
        if not report.whole:
            problem = report.problems[0].what if report.problems else report.lines[0]
            raise _not_taken(t("The book in the parcel is not whole: {what}", what=problem))
        if noted(book) != told.key:
            raise _not_taken(t("The key in the parcel is not the one that it names"))
        if (told.office, told.seq + 1) != (book.office, book.head()[0]):
            raise _not_taken(t("The book in the parcel is not the one that it names"))


def _not_taken(what: Text) -> BookError:
    return BookError(what, do=t("ask for the parcel to be made again; nothing was taken over"))


def look(path: Path, book: Store | None = None) -> tuple[list[Problem], bool]:
    """What `book verify` finds in the book at `path`, and whether it could look at everything.

    It cannot where the passphrase is not known, or the book has an older form, which nothing here changes. What is
    found is looked at once more: somebody may have written meanwhile.
    """
    from records.store.about import FORMAT, read_about  # noqa: PLC0415
    from records.store.contract import Problem  # noqa: PLC0415
    from records.store.safety.inspection import inspect_locked  # noqa: PLC0415
    from records.store.sealing.unlocking import is_locked  # noqa: PLC0415

    try:
        if is_locked(path):
            return list(inspect_locked(path).problems), False
        if read_about(path)["format"] < FORMAT:
            return [], False
        return _verified(path, book) and _verified(path, book), True
    except BookError as error:
        return [Problem("", error.what)], False
    except OSError as error:
        return [Problem("", system_reason(error))], False


def _verified(path: Path, book: Store | None) -> list[Problem]:
    from records.services.book.backups import verify  # noqa: PLC0415
    from records.store.book import Book  # noqa: PLC0415

    if book is not None:
        return list(verify(book).problems)
    with Book.open(path, actor=actor(), read_only=True) as opened:
        return list(verify(opened).problems)


def back_up(
    path: Path,
    folder: Path,
    settings: Settings,
    *,
    now: datetime,
    book: Store | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Backup, list[Path]]:
    """Back the book at `path` up into `folder` as the settings say; a book that is not whole is marked in its backup.

    Args:
        path: the book.
        folder: where backups go.
        settings: how many are kept, and where heads are.
        now: names the backup.
        book: the same, where it is open already; else it is opened to be verified.
        progress: told (done, all) now and then.

    Returns:
        The new backup, read back, and what age made needless and was deleted: nothing while the book is not whole.

    Raises:
        BookError: when the journal is damaged, the book is older than it was, or the backup cannot be written.
    """
    from records.store.safety import routine  # noqa: PLC0415

    if progress is not None:
        progress(0, 1)
    problems, everything = look(path, book)
    wrong = [each.where or tr(each.what) for each in problems]
    return routine.back_up(
        path, folder, settings, now=now, heads=heads(settings), progress=progress, wrong=wrong,
        thin=everything and not wrong and _are_usable(path),
    )  # fmt: skip


def _are_usable(path: Path) -> bool:
    """Whether the settings of a book are any: else an older backup may be the last with such ones."""
    try:
        settings_of(path)
    except AppError:
        return False
    return True


def wrong_in(backup: Backup) -> list[Text]:
    """What a backup says of the book that it was made of, when that was not whole."""
    if not backup.wrong:
        return []
    return [
        t("The book was not whole when it was backed up: {names}", names=", ".join(backup.wrong)),
        t("“book verify” says what is wrong; no older backup is deleted until it is put right"),
    ]


def accept(path: Path) -> tuple[int, str]:
    """Take a book that is older than it was for the right one; gives number and hash of its last change.

    Raises:
        BookError: when it is damaged, somebody works in it, or it cannot be written.
    """
    from records.store.book import Book  # noqa: PLC0415

    with Book.open(path, actor=actor(), heads=heads(settings_at(path)), accept=True) as book:
        if (damage := book.settled().damage) is not None:
            raise BookError(damage, where=str(book.path), do=t("see “book repair”"))
        if book.read_only:
            what = t("The book can only be read: its folder is not writable")
            raise BookError(what, where=str(book.path), do=t("ask who may write there"))
        return book.head()


class Repaired(NamedTuple):
    """What a repair did, and what is still wrong."""

    done: list[Text]
    wrong: list[Problem]

    @property
    def told(self) -> list[Text]:
        """Both in sentences."""
        told = [*self.done, *(t("Still wrong: {what}", what=each.what) for each in self.wrong)]
        return told or [t("Nothing was wrong; nothing was changed")]


def mend(path: Path, source: Path | None, *, now: datetime) -> Repaired:
    """Repair the book at `path`, with the help of a backup if there is one. Raises BookError as `repair` does."""
    from records.store.contract import Problem  # noqa: PLC0415
    from records.store.journal.lock import WriterLock  # noqa: PLC0415
    from records.store.safety.repair import repair  # noqa: PLC0415

    done = repair(path, actor=actor(), now=now, source=source)
    if done:
        _note_key(path)
    if source is None:
        return Repaired(done, look(path)[0])
    lock = WriterLock(path)
    try:
        lock.take(actor=actor(), now=now)  # nobody seals the book between what is read and what is put there
    except BookError as error:  # what was repaired is told all the same
        return Repaired(done, [Problem("", error.what)])
    try:
        brought = bring_back(path, source, now=now)
    finally:
        lock.release()
    return Repaired(list(dict.fromkeys([*done, *brought.done])), brought.wrong)  # both tell of one folder


def _note_key(path: Path) -> None:
    """Note the key for certificates again, where what was known of it was lost; it is looked at in any case."""
    from records.services.certificates.keys import note_again  # noqa: PLC0415
    from records.store.book import Book  # noqa: PLC0415

    with suppress(AppError), Book.open(path, actor=actor()) as book:
        note_again(book)


def bring_back(path: Path, source: Path, *, now: datetime) -> Repaired:
    """Bring back from a backup what is missing beside the journal, or was changed there."""
    from records.services.certificates.keys import is_key  # noqa: PLC0415
    from records.store.book import Book  # noqa: PLC0415
    from records.store.contract import Problem  # noqa: PLC0415
    from records.store.safety import from_backup  # noqa: PLC0415

    wrong, everything = look(path)
    if not wrong or not everything:
        return Repaired([], wrong)
    try:
        with Book.open(path, actor=actor(), read_only=True) as book:
            brought = from_backup.bring_back(
                book, [each.where for each in wrong], source, is_key=partial(is_key, book), now=now
            )
    except BookError as error:  # what was repaired before is told all the same
        return Repaired([], [*wrong, Problem("", error.what)])
    done = [t("{name} was brought back from the backup", name=each) for each in brought.names]
    if brought.aside is not None:
        done.append(t("What was there before is kept in {folder}", folder=brought.aside))
    return Repaired([*done, *brought.failed], look(path)[0])


def others_in(book: Store) -> list[str]:
    """Who works in a book by an account, other than whoever is signed in."""
    from records.domain.access.accounts import Account  # noqa: PLC0415

    standing = [each.name for each in book.table(Account).all() if each.removed is None]
    return [each for each in standing if each != book.access.name]


def others_at(path: Path) -> list[str]:
    """The same of the book at `path`."""
    from records.store.book import Book  # noqa: PLC0415

    with Book.open(path, actor=actor(), read_only=True) as book:
        return others_in(book)


class Sealed(msgspec.Struct, frozen=True):
    """What a sealing did.

    Attributes:
        printed: the recovery key.
        left: unsealed files that could not be wiped.
        backups: older backups that are not sealed.
        name: by which who sealed it opens it.
        others: people with accounts, who open it by the passphrases they have.
    """

    printed: str
    left: list[Path]
    backups: list[Path]
    name: str = ""
    others: list[str] = msgspec.field(default_factory=list)

    @property
    def told(self) -> list[Text]:
        """What is to be known afterwards."""
        told = [
            t("The unsealed files were overwritten and removed. What a disk keeps elsewhere by itself (flash memory, "
              "snapshots of the system, the cloud) nobody can overwrite from here")
        ]  # fmt: skip
        if self.others:
            told.append(t("{name} opens the book by the new passphrase; by the passphrases that they have: {others}",
                          name=self.name, others=", ".join(self.others)))  # fmt: skip
        told += [t("Not overwritten, remove it by hand: {path}", path=each) for each in self.left]
        if self.backups:
            told.append(t("These backups from before are not sealed: everything can be read in them. Lock them away or "
                          "delete them:"))  # fmt: skip
            told += [Text("  {path}", (("path", each),)) for each in self.backups]
        return told


def seal(
    path: Path, passphrase: str, *, name: str, now: datetime, kept: Callable[[str], None],
    progress: Callable[[int, int], None] | None = None,
) -> Sealed:  # fmt: skip
    """Seal the book at `path`, once it is found whole.

    Args:
        path: the book.
        passphrase: of its first person, who signs in by `name`.
        name: see above; in a book with accounts it is that of whoever is signed in.
        now: the moment.
        kept: is given the recovery key before anything is done, to keep it.
        progress: told lines done and lines in all.

    Raises:
        InputError: for a passphrase that is too easy.
        BookError: when the book is sealed already, damaged, held, or cannot be written; it is as it was then.
    """
    from records.store.book import Book  # noqa: PLC0415
    from records.store.safety.backup import backups  # noqa: PLC0415
    from records.store.sealing.converting import seal_book, unsealed_backups  # noqa: PLC0415
    from records.store.sealing.ring import is_sealed  # noqa: PLC0415

    settings = settings_of(path)
    _judge_whole(path, settings)
    older = backups(backup_folder(path, settings), path.stem)
    ring, opened, printed, others = _new_ring(path, passphrase, name)
    kept(printed)
    left = seal_book(path, ring, actor=actor(), now=now, progress=progress)
    for each in cache_folder().glob("*.settings"):  # made anew when they are needed
        each.unlink(missing_ok=True)
    with Book.open(path, actor=actor(), heads=heads(settings)):
        pass  # its head is known outside from now on
    before = [each for each in sorted(path.parent.glob(f"{path.stem}-before-*")) if each.is_dir()]
    unsealed = [*unsealed_backups(older), *(each for each in before if not is_sealed(each))]
    return Sealed(printed, left, unsealed, opened.holder.name, others)


def _new_ring(path: Path, passphrase: str, name: str) -> tuple[Ring, Unlocked, str, list[str]]:
    """The keys for a book to be sealed, who seals it, the recovery key, and who else opens it by an account."""
    from records.domain.access.accounts import Account  # noqa: PLC0415
    from records.services.access import keyring  # noqa: PLC0415
    from records.store.book import Book  # noqa: PLC0415
    from records.store.sealing.tries import new_keys  # noqa: PLC0415

    with Book.open(path, actor=actor(), read_only=True) as book:
        held, name = book.table(Account).all(), book.access.name or name
    ring, opened, printed = new_keys(passphrase, name=name)
    ring, opened, others = keyring.taken_over(ring, opened, held)
    return ring, opened, printed, others


def _judge_whole(path: Path, settings: Settings) -> None:
    """Bring a book to the form of this program, and refuse one that is damaged or behind. Raises BookError."""
    from records.store.book import Book  # noqa: PLC0415

    with Book.open(path, actor=actor(), heads=heads(settings)) as book:
        wrong = book.settled().damage or book.behind
    if wrong is not None:
        raise BookError(wrong, where=str(path), do=t("see “book repair”; a damaged book is not sealed"))
