"""Keys of a sealed book: what opens it, what does not, and what is said."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import msgspec
import pytest

from config.errors import BookError, ConflictError, InputError
from records.store.sealing import ring as rings
from records.store.sealing import secrets
from records.store.sealing.recovery import _SIGNS, new_recovery_key, read_recovery_key
from records.store.sealing.ring import FILES, added, changed, new_ring, read_ring, removed, unlocked, with_secret
from records.store.sealing.secrets import (
    COST,
    AlteredWrapError,
    Wrapped,
    WrongPassphraseError,
    derive,
    unwrap,
    wrap,
)
from tests.records.store.sealing.sealed import CHEAP, OTHER, WORDS


def test_a_passphrase_opens_whatever_way_its_accents_were_typed() -> None:
    ring, key = new_ring()
    ring, _ = added(ring, WORDS, key, name="lan", cost=CHEAP)
    assert unlocked(ring, unicodedata.normalize("NFD", WORDS) + "\n").book_key == key
    with pytest.raises(WrongPassphraseError):
        unlocked(ring, WORDS + " ")


def test_each_person_and_the_recovery_key_open_the_book_and_nobody_after_being_removed() -> None:
    ring, key = new_ring()
    ring, _ = added(ring, WORDS, key, name="lan", cost=CHEAP)
    ring, _ = added(ring, OTHER, key, name="Hùng", cost=CHEAP)
    paper = new_recovery_key()
    ring, _ = added(ring, paper, key, name="", recovery=True, cost=CHEAP)
    assert unlocked(ring, OTHER).holder.name == "Hùng"
    assert unlocked(ring, OTHER, name="hùng").book_key == key
    assert unlocked(ring, paper, recovery=True).book_key == key
    with pytest.raises(WrongPassphraseError):
        unlocked(ring, OTHER, name="lan")
    with pytest.raises(WrongPassphraseError):
        unlocked(ring, paper)
    with pytest.raises(ConflictError):
        added(ring, OTHER, key, name="LAN", cost=CHEAP)
    ring = removed(ring, "lan")
    with pytest.raises(WrongPassphraseError):
        unlocked(ring, WORDS)
    with pytest.raises(ConflictError):
        removed(ring, "Hùng")
    with pytest.raises(InputError, match="Hùng"):
        removed(ring, "lan")


def test_a_changed_passphrase_takes_every_secret_along_and_the_old_one_opens_nothing() -> None:
    ring, key = new_ring()
    ring, opened = added(ring, WORDS, key, name="lan", cost=CHEAP)
    ring, opened = with_secret(ring, opened, "signing", b"s" * 32)
    ring, _ = changed(ring, opened, OTHER, cost=CHEAP)
    again = unlocked(ring, OTHER)
    assert (again.book_key, again.secret("signing"), again.secret("none")) == (key, b"s" * 32, None)
    with pytest.raises(WrongPassphraseError):
        unlocked(ring, WORDS)


@pytest.mark.parametrize("given", ["ngắn", "aaaaaaaaaaaaaaaa", "          ", ""])
def test_a_passphrase_that_is_easy_to_guess_is_refused(given: str) -> None:
    ring, key = new_ring()
    with pytest.raises(InputError):
        added(ring, given, key, name="lan", cost=CHEAP)


def test_a_wrong_passphrase_is_told_from_a_changed_wrap() -> None:
    kek, other = derive(WORDS, b"s" * 16, CHEAP), derive(OTHER, b"s" * 16, CHEAP)
    wrapped = wrap(kek, b"secret", b"book of lan")
    assert unwrap(kek, wrapped, b"book of lan") == b"secret"
    with pytest.raises(WrongPassphraseError):
        unwrap(other, wrapped, b"book of lan")
    with pytest.raises(AlteredWrapError):
        unwrap(kek, wrapped, b"book of minh")
    for place in range(len(wrapped.secret)):
        spoilt = bytearray(wrapped.secret)
        spoilt[place] ^= 1
        with pytest.raises(AlteredWrapError):
            unwrap(kek, Wrapped(check=wrapped.check, secret=bytes(spoilt)), b"book of lan")
    with pytest.raises(AlteredWrapError):
        unwrap(kek, Wrapped(check=wrapped.check, secret=b"short"), b"book of lan")


def test_wraps_of_one_person_do_not_pass_for_those_of_another() -> None:
    ring, key = new_ring()
    ring, _ = added(ring, WORDS, key, name="lan", cost=CHEAP)
    ring, _ = added(ring, WORDS + "!", key, name="minh", cost=CHEAP)
    lan, minh = ring.holders
    swapped = msgspec.structs.replace(minh, salt=lan.salt, secrets=lan.secrets)
    with pytest.raises(AlteredWrapError):
        unlocked(msgspec.structs.replace(ring, holders=(swapped,)), WORDS)


def test_what_a_guess_costs_stands_with_the_wrap_and_is_the_second_choice_of_rfc_9106(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(secrets, "COST", COST)  # tests try cheaper ones
    ring, key = new_ring()
    ring, _ = added(ring, WORDS, key, name="lan")
    assert (COST.memory, COST.passes, COST.lanes) == (65536, 3, 4)
    again = rings.decoded(rings.encoded(ring))
    assert again == ring
    assert again.holders[0].cost == COST
    assert unlocked(again, WORDS).book_key == key
    assert key not in rings.encoded(ring)


def test_the_ring_lies_there_twice_and_a_turned_bit_of_one_locks_nobody_out(tmp_path: Path) -> None:
    ring, key = new_ring()
    ring, _ = added(ring, WORDS, key, name="lan", cost=CHEAP)
    rings.write_ring(tmp_path, ring)
    content = (tmp_path / FILES[0]).read_bytes()
    for place in range(len(content)):
        spoilt = bytearray(content)
        spoilt[place] ^= 1
        (tmp_path / FILES[0]).write_bytes(spoilt)
        assert read_ring(tmp_path) == ring
        assert rings.damaged_files(tmp_path) == [FILES[0]]
    (tmp_path / FILES[1]).unlink()
    with pytest.raises(BookError, match="nobody can open it"):
        read_ring(tmp_path)


def test_a_recovery_key_is_read_as_a_person_types_it() -> None:
    key = new_recovery_key()
    assert read_recovery_key(key) == key
    assert read_recovery_key(f" {key.lower().replace('-', ' ')} \n") == key
    assert read_recovery_key(key.replace("0", "O").replace("1", "l")) == key
    assert len({new_recovery_key() for _ in range(200)}) == 200


def test_every_wrong_sign_and_every_exchange_in_a_recovery_key_names_its_group() -> None:
    key = new_recovery_key()
    groups = key.split("-")
    for place, group in enumerate(groups):
        for at, sign in enumerate(group):
            for other in _SIGNS.replace(sign, ""):
                wrong = [*groups]
                wrong[place] = group[:at] + other + group[at + 1 :]
                with pytest.raises(InputError, match=f"Group {place + 1} "):
                    read_recovery_key("-".join(wrong))
        for at in range(4):
            wrong = [*groups]
            wrong[place] = group[:at] + group[at + 1] + group[at] + group[at + 2 :]
            if wrong[place] != group:
                with pytest.raises(InputError, match=f"Group {place + 1} "):
                    read_recovery_key("-".join(wrong))
    first, second, *rest = groups
    if first != second:
        with pytest.raises(InputError):
            read_recovery_key("-".join((second, first, *rest)))
    for short in ("", key[:-1], key + "0"):
        with pytest.raises(InputError, match="8 groups"):
            read_recovery_key(short)
