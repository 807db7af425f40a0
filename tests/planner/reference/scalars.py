"""The custom scalars, written anew from their descriptions."""

import math
import re
from datetime import UTC, date, datetime
from typing import Any

from graphql import GraphQLScalarType, GraphQLSchema

OFFSET = re.compile(r"(Z|[+-]\d\d:\d\d)$")


def write_instant(value: Any) -> str:
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def write_double(value: float) -> float | str:
    if math.isnan(value):
        return "NaN"
    return value if math.isfinite(value) else ("Infinity" if value > 0 else "-Infinity")


def write_long(value: int) -> int:
    return value


def write_day(value: date) -> str:
    return f"{value:%Y-%m-%d}"


def as_it_is(value: Any) -> Any:
    return value


SERIALIZERS = {
    "DateTime": write_instant,
    "Date": write_day,
    "Double": write_double,
    "Long": write_long,
    "Digest": str,
    "JSON": as_it_is,
}
PARSERS = {"DateTime": datetime.fromisoformat, "Double": float}


def define(schema: GraphQLSchema) -> None:
    """Give the scalars of a schema that was built from SDL their behaviour. Documents hold valid values alone."""
    for name, serialize in SERIALIZERS.items():
        scalar = schema.type_map[name]
        assert isinstance(scalar, GraphQLScalarType)
        scalar.coerce_output_value = serialize  # type: ignore[assignment]  # as graphql-core's own constructor does
        if name in PARSERS:
            scalar.coerce_input_value = PARSERS[name]  # type: ignore[assignment]  # likewise
