"""What a line may say, and how a bad one is told from a good one."""

import orjson
import pytest

from app.transfer.file import read
from app.transfer.lines.parsing import Unreadable, parse
from app.transfer.references import FORMS, Ref
from tests.transfer.transferred import Line, derived, model, ref, run, version

BAD: list[tuple[Line | bytes, str]] = [
    (b"{", "this is not JSON"),
    (b"[1]", "a line is a JSON object"),
    (b"\xff", "this is not JSON"),
    ({"name": "churn"}, "type is one of RegisteredModel, "),
    ({"type": "Alias"}, "type is one of RegisteredModel, "),
    (model(nmae="churn"), "nmae: Extra inputs are not permitted"),
    (model(""), "name: String should have at least 1 character"),
    (model("a\nb"), "name: control characters are not allowed"),
    (model(createdAt="2026-01-01T00:00:00"), "createdAt: Input should have timezone info"),
    (model(createdAt="2999-01-01T00:00:00Z"), "createdAt: this is in the future"),
    (derived(1, 2, validFrom="2999-01-01T00:00:00Z"), "validFrom: this is in the future"),
    (run("1", endedAt="2999-01-01T00:00:00Z"), "endedAt: this is in the future"),
    (
        run("1", startedAt="2026-01-02T00:00:00Z", endedAt="2026-01-01T00:00:00Z"),
        "endedAt is before startedAt",
    ),
    (b'{"type": "RegisteredModel", "name": "a", "name": "b"}', "name is said twice"),
    (
        b'{"type": "ModelVersion", "model": "m", "number": 1, "parameters": {"x": 18446744073709551616}}',
        "parameters: this is not JSON: Integer exceeds 64-bit range",
    ),
    (
        b'{"type": "RegisteredModel", "name": "a", "metadata": {"x": [{"y": 1, "z": 2, "y": 1}]}}',
        "y is said twice",
    ),
    (b'{"type": "RegisteredModel", "name": "a", "metadata": ' + 1_010 * b"[" + 1_010 * b"]" + b"}", "too deep"),
    (model(kind="BLACK_BOX"), "kind: Input should be 'TRAINED', "),
    (version(0), "number: Input should be greater than or equal to 1"),
    ({"type": "ModelVersion", "model": "churn", "number": "3"}, "number: Input should be a valid integer"),
    (version(1, artifact={"uri": "s3://x", "digest": "md5:zz"}), "artifact.digest: a md5 digest has 32 "),
    (version(1, aliases=[{"name": "a", "validTo": "2026-01-01T00:00:00Z"}]), "validTo needs a validFrom before it"),
    (version(1, lifecycle=[{"state": "ACTIVE"}, {"state": "RETIRED"}]), "lifecycle says something twice"),
    ({"type": "Run", "status": "SUCCEEDED"}, "it has no natural key: an id is needed, or one of references"),
    (
        {"type": "Run", "id": "r", "metrics": [{"name": "loss", "values": [1.0], "steps": [1, 2]}]},
        "metrics.0: steps, times and values have the same length",
    ),
    (derived(1, 2, kind="MAGIC"), "kind is one of FINE_TUNE, "),
    (derived(1, 2, role="train"), "DERIVED_FROM has no role"),
    ({"type": "USED", "from": {"id": "r"}, "to": {"id": "d"}}, "USED needs role"),
    ({"type": "HAS_VERSION", "from": {"id": "r"}, "to": {"id": "d"}}, "type is one of "),
    (derived(1, 2, **{"from": {"model": "churn", "sha": "abcdef1"}}), "from: a reference has exactly these fields"),
    (
        derived(1, 2, validFrom="2026-02-01T00:00:00Z", validTo="2026-01-01T00:00:00Z"),
        "validTo needs a validFrom before it",
    ),
]


@pytest.mark.parametrize(("line", "reason"), BAD, ids=[reason for _, reason in BAD])
def test_a_bad_line_is_told_with_its_reason(line: Line | bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as told:
        parse(line if isinstance(line, bytes) else orjson.dumps(line))
    assert reason in str(told.value)


def test_lines_have_the_numbers_that_an_editor_shows() -> None:
    file = read([b"\xef\xbb\xbf" + orjson.dumps(model()) + b"\r\n", b"\n", b"nonsense\n", orjson.dumps(version(1))])
    assert [entry.number for entry in file.entities] == [1, 4]
    assert [problem.number for problem in file.problems] == [3]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_reference_is_a_key(form: tuple[str, ...]) -> None:
    fields = {name: 1 if name == "number" else "abcdef1" for name in form}
    assert Ref.model_validate(fields).key.kind == FORMS[form][0]


def test_a_reference_may_leave_out_what_is_usual() -> None:
    whole = Ref.model_validate({"environment": "prod", "location": "", "endpoint": "api"})
    assert Ref.model_validate({"environment": "prod", "endpoint": "api"}).key == whole.key
    job = Ref.model_validate({"namespace": "default", "job": "train"})
    assert Ref.model_validate({"job": "train"}).key == job.key


def test_a_repository_is_the_same_in_all_its_spellings() -> None:
    keys = {Ref(repository=url).key for url in ("git@github.com:Org/X.git", "https://github.com/org/x/")}
    assert len(keys) == 1


def test_the_same_edge_has_the_same_text_however_it_is_written() -> None:
    spaced = b'{"to": {"number": 1, "model": "churn"}, "kind": "RETRAIN", "type":"DERIVED_FROM", "from":%s}' % (
        orjson.dumps(ref(2))
    )
    one, other = read([orjson.dumps(derived(2, 1)), spaced]).edges
    assert one.text == other.text
