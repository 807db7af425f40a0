"""The scalars of the API. Each names its specification."""

import math
from datetime import UTC, date, datetime
from typing import Any

import strawberry
from strawberry.schema.types.scalar import DEFAULT_SCALAR_REGISTRY
from strawberry.types.scalar import ScalarDefinition

from app.domain.scalars import ID, JSON, Digest, Double, Long
from app.errors import InvalidInput

LONGEST = 2**53 - 1


def write_datetime(value: Any) -> str:
    """In UTC, with Z, to the microsecond. Neo4j's instants carry nanoseconds, which are never set."""
    moment: datetime = value if isinstance(value, datetime) else value.to_native()
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def read_datetime(value: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise InvalidInput(f"{value!r} is not a date and time of RFC 3339, like 2026-03-03T14:00:00Z.") from error
    if moment.tzinfo is None:
        raise InvalidInput(f"{value!r} has no offset: add Z for UTC, or one like +01:00.")
    return moment


def write_date(value: Any) -> str:
    return str(value.iso_format() if hasattr(value, "iso_format") else value.isoformat())


def read_date(value: Any) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise InvalidInput(f"{value!r} is not a calendar day like 2026-03-03.") from error


def write_double(value: float) -> float | str:
    """A JSON number when finite: JSON has no others."""
    if math.isfinite(value):
        return float(value)
    return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"


def read_double(value: Any) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if value in ("NaN", "Infinity", "-Infinity"):
        return float(value)
    raise InvalidInput(f'{value!r} is not a number, nor one of "NaN", "Infinity", "-Infinity".')


def read_long(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and -LONGEST <= value <= LONGEST:
        return value
    raise InvalidInput(f"{value!r} is not an integer between -(2^53-1) and 2^53-1.")


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
        read_datetime,
    ),
    date: scalar(
        "Date", "A calendar day, without a zone.", "https://www.rfc-editor.org/rfc/rfc3339", write_date, read_date
    ),
    Long: scalar(
        "Long",
        "An integer between -(2^53-1) and 2^53-1, which JSON carries exactly.",
        "https://www.rfc-editor.org/rfc/rfc8259#section-6",
        int,
        read_long,
    ),
    Double: scalar(
        "Double",
        'A double: a JSON number when finite, else "NaN", "Infinity" or "-Infinity".',
        "https://ieeexplore.ieee.org/document/8766229",
        write_double,
        read_double,
    ),
    Digest: scalar(
        "Digest",
        "A digest as algorithm:value, in lower-case hex: sha256:..., md5:..., sha1:..., blake3:...",
        "https://github.com/opencontainers/image-spec/blob/main/descriptor.md#digests",
        str,
        str,
    ),
    JSON: scalar(
        "JSON", "Any JSON value.", "https://www.rfc-editor.org/rfc/rfc8259", lambda value: value, lambda value: value
    ),
}
