"""The values that commands are made of, and the forms in which they are kept."""

import math
from datetime import UTC, datetime, timedelta, timezone

import pytest
import rfc8785
from hypothesis import given, strategies
from pydantic import TypeAdapter, ValidationError

from app.domain.canonical import canonical, plain
from app.domain.code import normalized_repository
from app.domain.figures import POINT_LIMIT, Point, flattened, thinned
from app.domain.licenses import spdx_of
from app.domain.manifest import ArtifactFileInput, ArtifactInput, artifact_properties, manifest_digest
from app.domain.references import ModelVersionRef
from app.domain.scalars import (
    CLOCK_SKEW,
    JSON,
    ContentDigest,
    Count,
    Figure,
    FreeJSON,
    Instant,
    Name,
    PastInstant,
    WebAddress,
    Whole,
    Word,
)

TEXTS = strategies.text(strategies.characters(codec="utf-8"))
SCALARS = strategies.none() | strategies.booleans() | strategies.integers() | strategies.floats() | TEXTS
DIGESTS = ("sha256:" + "a" * 64, "md5:" + "0" * 32, "sha1:" + "f" * 40, "blake3:" + "1" * 64)


@pytest.mark.parametrize("text", DIGESTS)
def test_a_digest_names_its_algorithm(text: str) -> None:
    assert TypeAdapter(ContentDigest).validate_python(text) == text


@pytest.mark.parametrize("text", ["", "sha256", "sha256:", "sha256:" + "A" * 64, "sha256:" + "a" * 63, "crc:00"])
def test_another_text_is_no_digest(text: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(ContentDigest).validate_python(text)


@pytest.mark.parametrize("name", ["", " a", "a ", "a//b", "/a", "a/", "a/ /b", "a\nb", "a\x00", "a\u2028b", "a" * 251])
def test_a_name_is_one_line_without_empty_parts(name: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Name).validate_python(name)


@pytest.mark.parametrize("name", ["a", "team/model", "Ünïcode 模型 🦙", "a" * 250])
def test_a_name_may_hold_what_people_write(name: str) -> None:
    assert TypeAdapter(Name).validate_python(name) == name


def test_a_word_has_no_slash() -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Word).validate_python("a/b")


@pytest.mark.parametrize("value", [2**53, -(2**53), 1.5, True, "7", math.nan, math.inf])
def test_what_is_no_whole_number_of_53_bits_is_refused(value: object) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Whole).validate_python(value)


def test_a_count_is_not_negative() -> None:
    assert TypeAdapter(Count).validate_python(2**53 - 1) == 2**53 - 1
    with pytest.raises(ValidationError):
        TypeAdapter(Count).validate_python(-1)


def test_a_figure_may_be_infinite_or_no_number() -> None:
    figures = TypeAdapter(list[Figure]).validate_python([1, 0.5, "NaN", "-Infinity", "Infinity"])
    assert math.isnan(figures.pop(2))
    assert figures == [1.0, 0.5, -math.inf, math.inf]


@pytest.mark.parametrize("value", ["nan", "1", True, None, [], 10**400])
def test_what_is_no_figure_is_refused(value: object) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Figure).validate_python(value)


def test_free_json_has_a_size() -> None:
    assert TypeAdapter(FreeJSON).validate_python({"a": [1, None]}) == JSON({"a": [1, None]})
    with pytest.raises(ValidationError, match="65536 bytes"):
        TypeAdapter(FreeJSON).validate_python("a" * 65536)


def test_an_instant_has_an_offset_and_is_kept_in_utc() -> None:
    instant = TypeAdapter(Instant).validate_python("2026-03-03T14:00:00+01:00")
    assert instant == datetime(2026, 3, 3, 13, tzinfo=UTC)
    assert instant.tzinfo is UTC
    with pytest.raises(ValidationError):
        TypeAdapter(Instant).validate_python("2026-03-03T14:00:00")


def test_what_has_happened_is_over_give_or_take_what_clocks_differ() -> None:
    now = datetime.now(UTC)
    for instant in (now, now + CLOCK_SKEW - timedelta(seconds=10), now - timedelta(days=9_000)):
        assert TypeAdapter(PastInstant).validate_python(instant) == instant
    with pytest.raises(ValidationError, match="this is in the future"):
        TypeAdapter(PastInstant).validate_python(now + CLOCK_SKEW + timedelta(minutes=1))


@pytest.mark.parametrize("reference", [{}, {"id": "a", "digest": DIGESTS[0]}, {"id": None}])
def test_a_reference_is_one_of_its_fields(reference: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        ModelVersionRef.model_validate(reference)


def test_canonical_json_has_one_text_for_one_value() -> None:
    moment = datetime(2026, 3, 3, 14, tzinfo=timezone(timedelta(hours=1)))
    value = {"b": [math.nan, -math.inf, 1.0, True, None], "a": moment, "big": 2**60}
    text = b'{"a":"2026-03-03T13:00:00.000000Z","b":["NaN","-Infinity",1,true,null],"big":"1152921504606846976"}'
    assert canonical(value) == text


@given(strategies.recursive(SCALARS, lambda inner: strategies.lists(inner) | strategies.dictionaries(TEXTS, inner)))
def test_canonical_json_is_that_of_rfc_8785(value: object) -> None:
    assert canonical(value) == rfc8785.dumps(plain(value))


@pytest.mark.parametrize("number", [0.0, -0.0, 1e-5, 1e-7, 0.1, 123.0, 1e15, 1e16, 1e21, 1.5e300, 5e-324, 0.1 + 0.2])
def test_canonical_numbers_are_written_as_javascript_does(number: float) -> None:
    for value in (number, [number], [1, number, 2], {"a": number}, {"a": -number, "b": "1.0"}):
        assert canonical(value) == rfc8785.dumps(plain(value))


def test_the_digest_of_a_manifest_does_not_depend_on_its_order_nor_on_roles() -> None:
    one = {"path": "b/x.bin", "digest": DIGESTS[0], "sizeBytes": 5, "role": "weights"}
    other = {"path": "a.json", "digest": DIGESTS[1]}
    first = ArtifactInput.model_validate({"uri": "s3://a", "files": [one, other]})
    second = ArtifactInput.model_validate({"uri": "s3://b", "files": [other, {**one, "role": "code"}]})
    assert manifest_digest(first.files) == manifest_digest(second.files)
    assert artifact_properties(first)["artifactSizeBytes"] is None
    assert artifact_properties(first)["artifactIsVerified"]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "JavaScript:x", "data:text/html,x", "file:///etc", "host:80", " a", ""]
)
def test_a_link_leads_nowhere_but_to_the_web(url: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(WebAddress).validate_python(url)


@pytest.mark.parametrize(
    "url", ["https://a.example/b?c=d:e#f", "HTTP://a", "mailto:ada@example.org", "a.example", "/runbook"]
)
def test_a_link_is_kept_as_it_is(url: str) -> None:
    assert TypeAdapter(WebAddress).validate_python(url) == url


@pytest.mark.parametrize("path", ["/a", "../a", "a/../b", "a\\b", "a//b", "./a", ".", ""])
def test_a_path_stays_inside_its_artifact(path: str) -> None:
    with pytest.raises(ValidationError):
        ArtifactFileInput.model_validate({"path": path, "digest": DIGESTS[0]})


@pytest.mark.parametrize(
    "url",
    [
        "git@github.com:Org/Churn.git",
        "https://github.com/org/churn",
        "https://github.com/org/churn/",
        "https://user:secret@GitHub.com/Org/Churn.git",
        "ssh://git@github.com:22/org/churn.git",
        "git+https://www.github.com/org/churn.git#main",
    ],
)
def test_a_repository_has_one_url(url: str) -> None:
    assert normalized_repository(url) == "https://github.com/org/churn"


def test_what_is_no_url_stays_what_it_is() -> None:
    assert normalized_repository("/srv/code") == "/srv/code"
    assert normalized_repository("https://git.example.org/Org/X") == "https://git.example.org/Org/X"


@pytest.mark.parametrize(
    ("declared", "spdx"),
    [
        ("Apache 2.0", "Apache-2.0"),
        ("apache-2.0", "Apache-2.0"),
        ("MIT", "MIT"),
        ("mit", "MIT"),
        ("MIT OR Apache-2.0", "MIT OR Apache-2.0"),
        ("CC BY-NC 4.0", "CC-BY-NC-4.0"),
        ("BSD 3-Clause", "BSD-3-Clause"),
        ("unknown", None),
        ("", None),
        ("whatever we agreed on by phone", None),
        ("MIT AND (", None),
    ],
)
def test_a_license_is_recognized_in_its_messy_spellings(declared: str, spdx: str | None) -> None:
    assert spdx_of(declared) == spdx


def test_parameters_are_flattened_and_keep_their_lists() -> None:
    assert flattened({"a": {"b": {"c": 1}}, "d": [1, {"e": 2}], "f": {}}) == {"a.b.c": 1, "d": [1, {"e": 2}], "f": {}}


def test_a_thinned_series_keeps_its_ends_and_is_the_same_each_time() -> None:
    points = [Point(step, "", float(step)) for step in range(12_345)]
    kept = thinned(points)
    assert (len(kept), kept[0].step, kept[-1].step) == (POINT_LIMIT, 0, 12_344)
    assert kept == thinned(points)
    assert len(set(kept)) == POINT_LIMIT
