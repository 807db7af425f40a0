"""The scalars of the API. Each names its specification."""

import math
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import strawberry
from strawberry.schema.types.scalar import DEFAULT_SCALAR_REGISTRY
from strawberry.types.scalar import ScalarDefinition

from app.domain.scalars import (
    ID,
    JSON,
    Digest,
    Double,
    Long,
    parse_day,
    parse_digest,
    parse_double,
    parse_instant,
    parse_json,
    parse_long,
)
from app.errors import InvalidInput

LONGEST_SHOWN = 100  # characters of a value in a message


def write_datetime(value: datetime) -> str:
    """In UTC, with Z, to the microsecond."""
    return f"{value.astimezone(UTC).isoformat(timespec='microseconds')[:26]}Z"


def write_date(value: Any) -> str:
    return str(value.iso_format() if hasattr(value, "iso_format") else value.isoformat())


def write_double(value: float) -> float | str:
    """A JSON number when finite: JSON has no others."""
    if math.isfinite(value):
        return float(value)
    return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"


def reader(parse: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Reads a value as the domain does; what it does not take is refused with its reason."""

    def read(value: Any) -> Any:
        try:
            return parse(value)
        except ValueError as error:
            raise InvalidInput(f"{shown(value)}: {error}.") from error

    return read


def shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}..."


def scalar(name: str, description: str, url: str, write: Any, read: Any) -> ScalarDefinition:
    return strawberry.scalar(
        name=name, description=description, specified_by_url=url, serialize=write, parse_value=read
    )


SCALARS: dict[object, ScalarDefinition] = {
    ID: DEFAULT_SCALAR_REGISTRY[strawberry.ID],
    datetime: scalar(
        "DateTime",
        "An instant, answered in UTC with microseconds; an input needs an offset.",
        "https://www.rfc-editor.org/rfc/rfc3339",
        write_datetime,
        reader(parse_instant),
    ),
    date: scalar(
        "Date",
        "A calendar day, without a zone.",
        "https://www.rfc-editor.org/rfc/rfc3339",
        write_date,
        reader(parse_day),
    ),
    Long: scalar(
        "Long",
        "An integer between -(2^53-1) and 2^53-1, which JSON carries exactly.",
        "https://www.rfc-editor.org/rfc/rfc8259#section-6",
        int,
        reader(parse_long),
    ),
    Double: scalar(
        "Double",
        'A double: a JSON number when finite, else "NaN", "Infinity" or "-Infinity".',
        "https://ieeexplore.ieee.org/document/8766229",
        write_double,
        reader(parse_double),
    ),
    Digest: scalar(
        "Digest",
        "A digest as algorithm:value, in lower-case hex: sha256:..., md5:..., sha1:..., blake3:...",
        "https://github.com/opencontainers/image-spec/blob/main/descriptor.md#digests",
        str,
        reader(parse_digest),
    ),
    JSON: scalar(
        "JSON",
        "Any JSON value.",
        "https://www.rfc-editor.org/rfc/rfc8259",
        lambda value: value,
        reader(parse_json),
    ),
}
