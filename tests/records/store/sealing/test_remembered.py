"""The keyring of the system: it opens the book for one person, and nothing once their passphrase or key is another."""

from __future__ import annotations

import base64
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail
from keyring.errors import PasswordDeleteError, PasswordSetError

from config.errors import InputError
from records.store.sealing import remembered
from records.store.sealing.remembered import KeyringError, forget, is_remembered, recalled, remember
from records.store.sealing.ring import added, changed, new_ring, removed, unlocked
from tests.records.store.sealing.sealed import CHEAP, OTHER, WORDS


class Memory(KeyringBackend):
    """A keyring that lasts as long as the test."""

    priority = 1

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], str] = {}
        self.refuses = False
        self.fault: Exception | None = None
        self.hangs: Event | None = None
        """Until it is set, nothing is answered."""

    @property
    def name(self) -> str:
        return "Test keyring"

    def _act(self) -> None:
        if self.hangs is not None:
            self.hangs.wait()
        if self.fault is not None:
            raise self.fault

    def get_password(self, service: str, username: str) -> str | None:
        self._act()
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._act()
        if self.refuses:
            raise PasswordSetError("locked")
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._act()
        if self.held.pop((service, username), None) is None:
            raise PasswordDeleteError("not there")


@pytest.fixture
def memory() -> Iterator[Memory]:
    before = keyring.core._keyring_backend
    made = Memory()
    keyring.set_keyring(made)
    yield made
    keyring.core._keyring_backend = before


def test_it_opens_the_book_for_its_person_and_holds_neither_passphrase_nor_book_key(
    memory: Memory, tmp_path: Path
) -> None:
    ring, key = new_ring()
    ring, opened = added(ring, WORDS, key, name="lan", cost=CHEAP)
    assert recalled(ring, tmp_path) is None
    assert remember(opened, tmp_path) == "Test keyring"
    assert is_remembered(ring.id, tmp_path)
    assert recalled(ring, tmp_path) == opened
    (told,) = memory.held.values()
    assert WORDS not in told
    assert base64.b64encode(key).decode() not in told
    assert [each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()] == [b""], "no key lies in a file"
    assert forget(ring.id, tmp_path)
    assert not memory.held
    assert recalled(ring, tmp_path) is None
    assert not forget(ring.id, tmp_path)


def test_what_it_has_opens_nothing_after_another_passphrase_or_without_the_key(memory: Memory, tmp_path: Path) -> None:
    ring, key = new_ring()
    ring, opened = added(ring, WORDS, key, name="lan", cost=CHEAP)
    ring, _ = added(ring, OTHER, key, name="binh", cost=CHEAP)
    remember(opened, tmp_path)
    other, _ = changed(ring, opened, "một câu hoàn toàn khác", cost=CHEAP)
    for each in (other, removed(ring, "lan")):
        with pytest.raises(KeyringError, match="no more"):
            recalled(each, tmp_path)
    memory.held.clear()
    with pytest.raises(KeyringError, match="no more"):
        recalled(ring, tmp_path)


def test_one_sentence_where_it_refuses_is_not_there_or_is_a_plain_file(
    memory: Memory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring, key = new_ring()
    ring, opened = added(ring, WORDS, key, name="lan", cost=CHEAP)
    memory.refuses = True
    with pytest.raises(KeyringError, match="locked"):
        remember(opened, tmp_path)
    assert not is_remembered(ring.id, tmp_path)
    keyring.set_keyring(fail.Keyring())  # type: ignore[no-untyped-call]
    with pytest.raises(InputError, match="no keyring"):
        remember(opened, tmp_path)
    keyring.set_keyring(memory)
    monkeypatch.setattr(Memory, "__module__", "keyrings.alt.file")
    with pytest.raises(InputError, match="others can read"):
        remember(opened, tmp_path)
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(InputError, match="extra"):
        remember(opened, tmp_path)


def test_the_recovery_key_is_not_kept_there(memory: Memory, tmp_path: Path) -> None:
    ring, key = new_ring()
    ring, _ = added(ring, "A" * 40, key, name="", recovery=True, cost=CHEAP)
    with pytest.raises(InputError, match="recovery key"):
        remember(unlocked(ring, "A" * 40, recovery=True), tmp_path)
    assert not memory.held


def test_whatever_a_keyring_of_a_strange_system_raises_is_one_sentence(memory: Memory, tmp_path: Path) -> None:
    """As a service of the bus that went away, which `keyring` hands through as it is."""
    ring, key = new_ring()
    ring, opened = added(ring, WORDS, key, name="lan", cost=CHEAP)
    remember(opened, tmp_path)
    memory.fault = ConnectionResetError("the bus went away.")
    asked: tuple[Callable[[], object], ...] = (
        lambda: recalled(ring, tmp_path), lambda: forget(ring.id, tmp_path), lambda: remember(opened, tmp_path),
    )  # fmt: skip
    for act in asked:
        with pytest.raises(KeyringError, match="refused: the bus went away open"):
            act()
    memory.fault = ZeroDivisionError()
    with pytest.raises(KeyringError, match="refused: ZeroDivisionError"):
        recalled(ring, tmp_path)
    memory.fault = None
    assert recalled(ring, tmp_path) == opened


def test_one_that_does_not_answer_is_not_waited_for_and_keeps_nothing_afterwards(
    memory: Memory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring, key = new_ring()
    ring, opened = added(ring, WORDS, key, name="lan", cost=CHEAP)
    monkeypatch.setattr(remembered, "_SECONDS", 0.01)
    memory.hangs = Event()
    with pytest.raises(KeyringError, match="did not answer within"):
        remember(opened, tmp_path)
    assert not is_remembered(ring.id, tmp_path)
    asking = [each for each in threading.enumerate() if each.name == "keyring"]
    memory.hangs.set()
    for each in asking:
        each.join()
    assert memory.held == {}, "what came too late is taken out again"
    monkeypatch.undo()
    remember(opened, tmp_path)
    memory.hangs.clear()
    monkeypatch.setattr(remembered, "_SECONDS", 0.01)
    with pytest.raises(KeyringError, match="did not answer within"):
        recalled(ring, tmp_path)
    memory.hangs.set()
