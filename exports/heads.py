"""The two lines of a head: the body above, and the body that issues, without naming the first one twice."""

from __future__ import annotations

from records.domain.people.names import matching_key


def short_issuer(issuer: str, above: str) -> str:
    """The issuer as it stands under the body above, whose name at its end is left out; in running text it stays.

    `Ban Xây dựng Đảng Đảng ủy phường X` under `ĐẢNG ỦY PHƯỜNG X` is `Ban Xây dựng Đảng`.
    """
    words, over = issuer.split(), above.split()
    rest = words[: len(words) - len(over)]
    tail = " ".join(words[len(rest) :])
    if over and rest and matching_key(tail) == matching_key(" ".join(over)):
        return " ".join(rest)
    return issuer
