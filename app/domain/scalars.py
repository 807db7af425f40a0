"""The values that commands are made of: what they may hold, checked once, at the border."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any, NewType

import orjson
from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field, StringConstraints

LONG_MAX = 2**53 - 1
METADATA_BYTES = 64 * 1024
HEX_DIGITS = {"sha256": 64, "md5": 32, "sha1": 40, "blake3": 64}
INSTANT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
# How far the clock of a client may be ahead of ours.
CLOCK_SKEW = timedelta(minutes=5)
UNREAL = {"NaN": float("nan"), "Infinity": float("inf"), "-Infinity": float("-inf")}
SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
WEB_SCHEMES = ("http", "https", "mailto")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def parse_instant(value: object) -> datetime:
    """An instant in UTC, from RFC 3339, or ValueError."""
    if not isinstance(value, str) or not INSTANT.fullmatch(value):
        hint = "; it has no offset: add Z for UTC, or one like +01:00" if is_local(value) else ""
        raise ValueError(f"a date and time like 2026-03-03T14:00:00Z is expected{hint}")
    return to_utc(datetime.fromisoformat(value.upper()))


def is_local(value: object) -> bool:
    return isinstance(value, str) and INSTANT.fullmatch(f"{value}Z") is not None


def parse_day(value: object) -> date:
    """A calendar day, or ValueError."""
    if not isinstance(value, str) or not DAY.fullmatch(value):
        raise ValueError("a calendar day like 2026-03-03 is expected")
    return date.fromisoformat(value)


def parse_digest(value: object) -> str:
    """`algorithm:value` with the right number of lower-case hexadecimal digits, or ValueError."""
    if not isinstance(value, str):
        raise ValueError("a digest is a text")
    algorithm, colon, digits = value.partition(":")
    size = HEX_DIGITS.get(algorithm)
    if not colon or size is None:
        raise ValueError(f"a digest is written algorithm:value, the algorithm being one of {', '.join(HEX_DIGITS)}")
    if not re.fullmatch(rf"[0-9a-f]{{{size}}}", digits):
        raise ValueError(f"a {algorithm} digest has {size} lower-case hexadecimal digits")
    return value


def parse_double(value: object) -> float:
    """A number, or one of "NaN", "Infinity" and "-Infinity", which JSON cannot write as numbers."""
    if isinstance(value, str) and value in UNREAL:
        return UNREAL[value]
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError('a number, "NaN", "Infinity" or "-Infinity" is expected')
    try:
        return float(value)
    except OverflowError:
        raise ValueError("the number is too large") from None


def parse_long(value: object) -> int:
    """A whole number of at most 53 bits, which every JSON reader keeps exact."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not is_whole(value):
        raise ValueError("a whole number is expected")
    if abs(value) > LONG_MAX:
        raise ValueError(f"a number between -{LONG_MAX} and {LONG_MAX} is expected")
    return int(value)


def is_whole(value: int | float) -> bool:
    return isinstance(value, int) or value.is_integer()


def check_json(value: object) -> object:
    """Any JSON value whose text takes at most 64 KB."""
    text = json_text(value)
    if len(text) > METADATA_BYTES:
        raise ValueError(f"it may take {METADATA_BYTES} bytes at most, this takes {len(text)}")
    return value


def json_text(value: object) -> bytes:
    """The text of a JSON value, or ValueError: what is infinite or has more than 64 bits, not all can read."""
    try:
        text = orjson.dumps(value)
        json.dumps(value, allow_nan=False)  # orjson would write null for what is no number
    except (ValueError, orjson.JSONEncodeError) as error:
        raise ValueError(f"this is not JSON: {error}") from None
    return text


def parse_json(value: object) -> object:
    """Any JSON value, or ValueError."""
    json_text(value)
    return value


def check_parameters(value: dict[str, Any]) -> dict[str, Any]:
    json_text(value)
    return value


def to_utc(value: datetime) -> datetime:
    try:
        return value.astimezone(UTC)
    except OverflowError:
        raise ValueError("in UTC this lies outside the years 1 to 9999") from None


def check_past(value: datetime) -> datetime:
    """What has happened did so at an instant that is over, give or take what clocks differ."""
    if value > datetime.now(UTC) + CLOCK_SKEW:
        raise ValueError("this is in the future")
    return value


def check_line(value: str) -> str:
    """One line of text: no control characters, no blanks around it."""
    if CONTROL.search(value):
        raise ValueError("control characters are not allowed")
    if value != value.strip():
        raise ValueError("blanks at its beginning or end are not allowed")
    return value


def check_web(value: str) -> str:
    """What a browser may be sent to: a link that names a scheme names one of the web."""
    scheme = SCHEME.match(value)
    if scheme is not None and scheme[1].lower() not in WEB_SCHEMES:
        raise ValueError(f"a link leads to {', '.join(WEB_SCHEMES)}, and not to {scheme[1]}")
    return value


def check_text(value: str) -> str:
    if UNPRINTABLE.search(value):
        raise ValueError("control characters are not allowed")
    return value


def check_namespaces(value: str) -> str:
    if any(not part.strip() for part in value.split("/")):
        raise ValueError("a name has no empty part before, after or between its slashes")
    return value


ID = NewType("ID", str)
Long = NewType("Long", int)
Double = NewType("Double", float)
Digest = NewType("Digest", str)
JSON = NewType("JSON", object)

Whole = Annotated[Long, BeforeValidator(parse_long)]
Count = Annotated[Long, BeforeValidator(parse_long), Field(ge=0)]
Figure = Annotated[Double, BeforeValidator(parse_double)]
ContentDigest = Annotated[Digest, AfterValidator(parse_digest)]
FreeJSON = Annotated[JSON, AfterValidator(check_json)]
Parameters = Annotated[dict[str, Any], AfterValidator(check_parameters)]
Instant = Annotated[AwareDatetime, AfterValidator(to_utc)]
PastInstant = Annotated[Instant, AfterValidator(check_past)]

Line = Annotated[str, StringConstraints(min_length=1, max_length=250), AfterValidator(check_line)]
Name = Annotated[Line, AfterValidator(check_namespaces)]
Word = Annotated[str, StringConstraints(pattern=r"^[\w.-]+$", max_length=250)]
TagKey = Annotated[str, StringConstraints(pattern=r"^[\w./-]+$", max_length=250)]
Text = Annotated[str, StringConstraints(max_length=10_000), AfterValidator(check_text)]
Reason = Annotated[str, StringConstraints(min_length=1, max_length=2_000), AfterValidator(check_text)]
Uri = Annotated[str, StringConstraints(min_length=1, max_length=2_000), AfterValidator(check_line)]
WebAddress = Annotated[Uri, AfterValidator(check_web)]
Id = Annotated[ID, Field(min_length=1, max_length=64), AfterValidator(check_line)]
Percent = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
Share = Annotated[float, Field(allow_inf_nan=False)]
