"""Records as JSON documents and back: what the journal keeps, and what goes between offices."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

import msgspec

from records.domain.dates import PartialDate

T = TypeVar("T")


def encoded(record: Any) -> bytes:
    """A record as the journal keeps it: JSON, fields with their default left out."""
    return _ENCODER.encode(record)


def from_document(document: dict[str, Any], kind: type[T]) -> T:
    """A document as a record. Raises msgspec.ValidationError when it is none."""
    return msgspec.convert(document, kind, dec_hook=decode_hook, strict=False)


def plain(value: Any) -> Any:
    """A value of a record as it stands in a document."""
    return msgspec.to_builtins(value, enc_hook=_encode)


@cache
def decoder_of(kind: type[T]) -> msgspec.json.Decoder[T]:
    """Reads documents of one kind of record. Its `decode` raises msgspec.DecodeError or ValueError for what is none."""
    return msgspec.json.Decoder(kind, dec_hook=decode_hook, strict=False)


def _encode(value: Any) -> Any:
    if isinstance(value, PartialDate):
        return str(value)
    raise NotImplementedError(type(value).__name__)


_ENCODER = msgspec.json.Encoder(enc_hook=_encode)


def decode_hook(kind: type, value: Any) -> Any:
    """How msgspec reads what it does not know."""
    if kind is PartialDate:
        return PartialDate.stored(value)
    raise NotImplementedError(kind.__name__)
