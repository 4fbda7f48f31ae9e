"""Words into lines of a given width, in a font that ReportLab knows."""

from __future__ import annotations

from functools import lru_cache

_EDGE = 0.01


@lru_cache(maxsize=65536)
def _unit_width(text: str, font: str) -> float:
    from reportlab.pdfbase.pdfmetrics import stringWidth  # noqa: PLC0415  # heavy

    return float(stringWidth(text, font, 1000)) / 1000


def width_of(text: str, font: str, size: float) -> float:
    """Width of `text` in points."""
    return _unit_width(text, font) * size


def longest_word(text: str, font: str, size: float) -> float:
    """Width of the widest word of `text` in points; 0 without words."""
    return max((width_of(word, font, size) for word in text.split()), default=0)


@lru_cache(maxsize=65536)
def wrap(text: str, font: str, size: float, width: float, first: float = 0) -> tuple[str, ...]:
    """The lines of `text` in a width; its own line ends are kept, and a word too wide for a line is cut by letters.

    Args:
        text: words; runs of blanks count as one.
        font: name in ReportLab.
        size: in points.
        width: of a line, in points.
        first: how much the first line is set in.
    """
    lines: list[str] = []
    blank = width_of(" ", font, size)
    for paragraph in text.split("\n"):
        line, taken = "", 0.0 if lines else first
        for word in paragraph.split():
            needed = width_of(word, font, size)
            if line and taken + blank + needed > width + _EDGE:
                lines.append(line)
                line, taken = "", 0.0
            if line:
                line, taken = f"{line} {word}", taken + blank + needed
                continue
            *whole, line = _cut(word, font, size, width - taken) if needed > width - taken + _EDGE else (word,)
            lines += whole
            taken += width_of(line, font, size)
        lines.append(line)
    return tuple(lines)


def balanced(text: str, font: str, size: float, width: float) -> tuple[str, ...]:
    """The lines of `text`, as few as `wrap` makes them but as even as they can be, for texts set in the middle."""
    lines = wrap(text, font, size, width)
    least = max(width_of(text.replace("\n", " "), font, size) / len(lines), longest_word(text, font, size))
    while least < width:
        found = wrap(text, font, size, least)
        if len(found) == len(lines):
            return found
        least += size
    return lines


_NEVER_LAST = frozenset(
    ("của", "và", "theo", "về", "từ", "đến", "các", "những", "số", "năm", "tháng", "ngày", "cho", "tại")
)
_BODIES = (
    *("ban thường vụ", "ban chấp hành", "ban chỉ đạo", "ban", "đảng ủy", "đảng bộ", "chi bộ", "tỉnh ủy", "thành ủy"),
    *("huyện ủy", "ủy ban", "hội đồng", "văn phòng", "trung tâm", "trường", "sở", "phòng", "phường", "xã", "thị trấn"),
    *("tỉnh", "thành phố", "huyện", "quận", "đặc khu", "khối", "tổng công ty", "công ty", "viện"),
)
_HEADS = frozenset(tuple(each.split()) for each in _BODIES)
_PLACES = frozenset(("phường", "xã", "tỉnh", "huyện", "quận", ("thị", "trấn"), ("thành", "phố"), ("đặc", "khu")))
_FLOOR = 0.84  # of a size: a head is set no smaller
_WITHIN = 8.0  # sizes of a letter: what a break within a name costs


def sensible(text: str, font: str, size: float, width: float) -> tuple[str, ...]:
    """Like `balanced`, but a line breaks where the sense does: before the name of a body or a place.

    It breaks neither after a number or a small word nor within such a name (`ỦY BAN`).
    """
    words = text.split()
    least = balanced(text, font, size, width)
    if len(least) < 2 or longest_word(text, font, size) > width or len(words) > _MOST_WORDS or "\n" in text:
        return least
    lower = [word.casefold() for word in words]
    mean = width_of(" ".join(words), font, size) / len(least)
    costs = [_break_cost(lower, at) * size for at in range(len(words) + 1)]
    # best[n][at]: the cheapest way to set the first `at` words in n lines, and where its last line begins.
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for _ in least:
        found: dict[int, tuple[float, int]] = {}
        for begin, (cost, _from) in best[-1].items():
            for end in range(begin + 1, len(words) + 1):
                wide = width_of(" ".join(words[begin:end]), font, size)
                if wide > width + _EDGE:
                    break
                paid = cost + abs(wide - mean) / 2 + (costs[end] if end < len(words) else 0)
                if end not in found or paid < found[end][0]:
                    found[end] = (paid, begin)
        best.append(found)
    if len(words) not in best[-1]:
        return least
    lines, end = [], len(words)
    for row in reversed(best[1:]):
        begin = row[end][1]
        lines.append(" ".join(words[begin:end]))
        end = begin
    return tuple(reversed(lines))


_MOST_WORDS = 60


def headed(text: str, font: str, size: float, width: float) -> tuple[float, tuple[str, ...]]:
    """The lines of a name at the head of a paper, and their size: it may be a little smaller, so that it stays whole.

    One line if that is enough, else as `sensible`, at the first size at which no line breaks within a name.
    """
    one = shrunk(text, font, size, width, size * _FLOOR)
    if width_of(text, font, one) <= width + _EDGE:
        return one, (text,)
    smaller = size
    while smaller >= size * _FLOOR:
        pieces = sensible(text, font, smaller, width)
        if _by_sense(pieces):
            return smaller, pieces
        smaller -= 0.25
    return size, sensible(text, font, size, width)


def _by_sense(lines: tuple[str, ...]) -> bool:
    words = [word.casefold() for line in lines for word in line.split()]
    at = 0
    for line in lines[:-1]:
        at += len(line.split())
        if _break_cost(words, at) >= _WITHIN:
            return False
    return True


def _break_cost(words: list[str], at: int) -> float:
    """What a break before word `at` costs, in sizes of a letter: less than nothing before the name of a body."""
    if not 0 < at < len(words):
        return 0
    inside = any(tuple(words[at - 1 : at - 1 + len(head)]) == head for head in _HEADS if len(head) > 1)
    begun = any(tuple(words[at - len(head) : at]) == head for head in _HEADS)
    starts = any(tuple(words[at : at + len(head)]) == head for head in _HEADS)
    if inside or (begun and not starts) or words[at - 1].strip(",.").isdigit() or words[at - 1] in _NEVER_LAST:
        return 12
    return -4 if starts else _WITHIN if _in_place(words, at) else 2


def _in_place(words: list[str], at: int) -> bool:
    """Whether a break before word `at` would cut the name of a place: all behind `phường` up to the next body."""
    for place in range(at - 1, -1, -1):
        if words[place] in _PLACES or tuple(words[place - 1 : place + 1]) in _PLACES:
            return True
        if any(tuple(words[place - len(head) + 1 : place + 1]) == head for head in _HEADS):
            return False
    return False


def _cut(word: str, font: str, size: float, width: float) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and width_of(pieces[-1] + letter, font, size) > width + _EDGE:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def shrunk(text: str, font: str, size: float, width: float, floor: float) -> float:
    """The size, from `size` down to `floor`, at which `text` fits one line (or `floor`)."""
    needed = width_of(text, font, size)
    return max(floor, size * width / needed) if needed > width else size
