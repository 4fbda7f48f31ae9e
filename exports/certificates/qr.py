"""QR codes fast: one size of code is measured once, then every text of that size is only bits put in their places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any

_GENERATOR = 0x11D  # x^8 + x^4 + x^3 + x^2 + 1, of ISO/IEC 18004
_SHORT_COUNT = 9  # up to this version the length of a text is written in eight bits
_VERSION_SHOWN = 7  # from this version on the code says which it is
_PADDING = b"\xec\x11" * 1500


@dataclass(frozen=True, slots=True)
class _Form:
    """What all codes of one version have in common, at level M with mask 0.

    Attributes:
        size: modules on a side.
        wide: bits of a row, whole bytes.
        fixed: the modules that carry no data and the mask over the others, one bit each, row after row.
        gather: takes, from the data and then the check bytes of every block as digits preceded by a zero, one for each
            bit of the rows.
        blocks: data bytes in each block.
        check: bytes of correction in each block.
        short: whether the length of a text is written in eight bits.
    """

    size: int
    wide: int
    fixed: int
    gather: Any
    blocks: tuple[int, ...]
    check: int
    short: bool


def stencil(content: str) -> tuple[int, bytes]:
    """The QR code of `content`: modules on a side, and its rows as whole bytes, a bit for each module, 1 for dark.

    Level M, mask 0, the smallest that holds it.

    Raises:
        ValueError: for a text that no QR code can hold.
    """
    data, digits = parts(content)
    form = _form(_version(len(data), len(digits)))
    stream, bits = 4 << (8 if form.short else 16) | len(data), 12 if form.short else 20
    stream, bits = stream << 8 * len(data) | int.from_bytes(data), bits + 8 * len(data)
    if digits:
        wide, told = _as_bits(digits)
        count = 10 if form.short else 12
        stream = ((stream << 4 | 1) << count | len(digits)) << wide | told
        bits += 4 + count + wide
    room = sum(form.blocks)
    end = min(4, 8 * room - bits)  # the mark of the end, cut short where the code is full
    fill = 8 - (bits + end) % 8
    # What follows the end mark is read by nobody; it begins as segno begins it, so that the two can be compared.
    words = ((stream << end + fill).to_bytes((bits + end + fill) // 8) + _PADDING)[:room]
    start = 0
    checks = []
    for length in form.blocks:
        checks.append(_check_bytes(words[start : start + length], form.check))
        start += length
    octets = b"0" + b"".join(map(_OCTETS.__getitem__, words + b"".join(checks)))
    square = int(bytes(form.gather(octets)), 2) ^ form.fixed
    return form.size, square.to_bytes(form.size * form.wide // 8)


def parts(content: str) -> tuple[bytes, str]:
    """What is written as bytes, and the many digits at its end, which take less room as such."""
    found = _DIGITS.search(content)
    start = found.start() if found else len(content)
    return content[:start].encode("utf-8"), content[start:]


def _as_bits(digits: str) -> tuple[int, int]:
    """Digits as three in ten bits, the last two in seven, the last one in four: how many bits, and their number."""
    whole = len(digits) - len(digits) % 3
    told = "".join([_TRIPLES[digits[start : start + 3]] for start in range(0, whole, 3)])
    if rest := digits[whole:]:
        told += f"{int(rest):0{3 * len(rest) + 1}b}"
    return len(told), int(told, 2)


_DIGITS = re.compile(r"[0-9]{30,}\Z")
_TRIPLES = {f"{number:03d}": f"{number:010b}" for number in range(1000)}
_OCTETS = tuple(f"{number:08b}".encode() for number in range(256))


def _check_bytes(block: Sequence[int], count: int) -> bytes:
    """Reed-Solomon: the remainder of the block, as one number of `count` bytes."""
    table = _products(count)
    top, keep = 8 * (count - 1), (1 << 8 * (count - 1)) - 1
    rest = 0
    for value in block:
        rest = ((rest & keep) << 8) ^ table[(rest >> top) ^ value]
    return rest.to_bytes(count)


@lru_cache(maxsize=8)
def _products(count: int) -> tuple[int, ...]:
    """Every byte times the generator polynomial of `count` check bytes."""
    polynomial = [1]
    root = 1
    for _ in range(count):
        polynomial = [high ^ _times(low, root) for high, low in zip([*polynomial, 0], [0, *polynomial], strict=True)]
        root = _times(root, 2)
    tail = polynomial[1:]
    return tuple(int.from_bytes(bytes(_times(value, each) for each in tail)) for value in range(256))


def _times(one: int, other: int) -> int:
    product = 0
    while other:
        if other & 1:
            product ^= one
        one = one << 1 ^ (_GENERATOR if one & 0x80 else 0)
        other >>= 1
    return product


@lru_cache(maxsize=256)
def _version(length: int, digits: int) -> int:
    """The smallest version for so many bytes and, after them, digits."""
    import segno  # noqa: PLC0415  # only where a code is printed
    from segno import consts, encoder  # noqa: PLC0415

    encode: Any = encoder.encode
    content: Any = [(b"\xff" * length, consts.MODE_BYTE), *([("1" * digits, consts.MODE_NUMERIC)] if digits else [])]
    try:
        return int(encode(content, error="m", mask=0, micro=False, boost_error=False).version)
    except segno.DataOverflowError as error:
        raise ValueError(str(error)) from error


@lru_cache(maxsize=8)
def _form(version: int) -> _Form:
    import segno  # noqa: PLC0415  # only where a code is printed
    from segno import consts  # noqa: PLC0415

    code: Any = segno.make_qr("0", version=version, error="m", mask=0, boost_error=False)
    size = len(code.matrix)
    reserved = _reserved(size, version, consts.ALIGNMENT_POS[version - 2] if version > 1 else ())
    free = [[(row, column) not in reserved for column in range(size)] for row in range(size)]
    corrections: Any = consts.ECC
    groups = corrections[version][consts.ERROR_LEVEL_M]
    blocks = tuple(group.num_data for group in groups for _ in range(group.num_blocks))
    check = groups[0].num_total - groups[0].num_data
    digits = [8 * word + bit for word in _interleaved(blocks, check) for bit in range(1, 9)]
    # Modules beyond the last bit stay zero before the mask: index 0 is that zero.
    place = dict(zip(_path(free), digits, strict=False))
    wide = size + -size % 8
    cells = [(row, column) for row in range(size) for column in range(wide)]

    def fixed(row: int, column: int) -> bool:
        if column >= size:
            return False
        return (row + column) % 2 == 0 if free[row][column] else bool(code.matrix[row][column])

    return _Form(
        size=size,
        wide=wide,
        fixed=int("".join(str(int(fixed(*cell))) for cell in cells), 2),
        gather=itemgetter(*(place.get(cell, 0) for cell in cells)),
        blocks=blocks,
        check=check,
        short=version <= _SHORT_COUNT,
    )


def _interleaved(blocks: Sequence[int], check: int) -> Iterator[int]:
    """Which byte, of all data and then all check bytes, is written when: the first of every block, the second, ..."""
    begins = [sum(blocks[:number]) for number in range(len(blocks) + 1)]
    for nth in range(max(blocks)):
        yield from (begin + nth for begin, length in zip(begins, blocks, strict=False) if nth < length)
    for nth in range(check):
        yield from (begins[-1] + number * check + nth for number in range(len(blocks)))


def _reserved(size: int, version: int, centres: Sequence[int]) -> set[tuple[int, int]]:
    """The modules that carry patterns, format and version instead of data."""
    corners = ((0, 0, 9, 9), (0, size - 8, 9, size), (size - 8, 0, size, 9))
    boxes = [*corners, (6, 0, 7, size), (0, 6, size, 7)]
    edge = {6, size - 7}
    for row in centres:
        for column in centres:
            beside_a_corner = row in edge and column in edge and (row, column) != (size - 7, size - 7)
            boxes += [] if beside_a_corner else [(row - 2, column - 2, row + 3, column + 3)]
    if version >= _VERSION_SHOWN:
        boxes += [(0, size - 11, 6, size - 8), (size - 11, 0, size - 8, 6)]
    return {
        (row, column)
        for top, left, bottom, right in boxes
        for row in range(top, bottom)
        for column in range(left, right)
    }


def _path(free: Sequence[Sequence[bool]]) -> Iterator[tuple[int, int]]:
    """The free modules in the order of the standard: pairs of columns from the right, up and down by turns."""
    size = len(free)
    upwards = True
    right = size - 1
    while right > 0:
        if right == 6:  # the column of the timing pattern
            right -= 1
        for row in range(size - 1, -1, -1) if upwards else range(size):
            for column in (right, right - 1):
                if free[row][column]:
                    yield row, column
        upwards = not upwards
        right -= 2
