"""The file of the issuers: what it may hold, and how its faults are told."""

from pathlib import Path

import pytest

from app.access.oidc.configuration import BadIssuers, check_address, issuers_of

WHOLE = """
[[issuers]]
issuer = "https://token.actions.githubusercontent.com"
audience = "pedigree"
rules = [
  {when = {repository = "acme/*", ref = "refs/heads/main"}, service_account = "ci/{repository}", permissions = ["a"]},
]

[[issuers]]
issuer = "https://login.example"
audience = ["pedigree", "other"]
algorithms = ["ES256"]
tolerance = 10
jwks_uri = "https://login.example/keys"
people = {name = "email", adopts = true, when = {hd = "example.org"}}
groups = {claim = "groups", teams = {"ml-risk" = "model-risk"}}
client = {id = "pedigree", secret_file = "/run/secrets/oidc", title = "Example"}
"""
LEAST = """
[[issuers]]
issuer = "https://login.example"
audience = "pedigree"
people = {}
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "oidc.toml"
    file.write_text(text)
    return file


def test_without_a_file_nobody_is_trusted() -> None:
    assert issuers_of(None) == ()


def test_the_file_is_read(tmp_path: Path) -> None:
    github, login = issuers_of(written(tmp_path, WHOLE))
    assert (github.audiences, github.algorithms, github.tolerance) == (["pedigree"], ("RS256", "ES256"), 60)
    assert github.rules[0].when == {"repository": "acme/*", "ref": "refs/heads/main"}
    assert (login.audiences, login.algorithms, login.tolerance) == (["pedigree", "other"], ("ES256",), 10)
    assert login.people is not None
    assert (login.people.name, login.people.adopts) == ("email", True)
    assert login.groups is not None
    assert login.groups.teams == {"ml-risk": "model-risk"}
    assert login.client is not None
    assert login.client.secret_file == Path("/run/secrets/oidc")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "issuers: Field required."),
        ("issuers = []", "issuers: Tuple should have at least 1 item after validation, not 0."),
        ("[[issuers", "is no TOML"),
        (LEAST.replace("people = {}", ""), "it needs `people` or `rules`"),
        (LEAST.replace("people = {}", "rules = [{when = {}, service_account = 'x'}]"), "issuers.0.rules.0.when"),
        (LEAST + "algorithms = ['HS256']", "issuers.0.algorithms.0"),
        (LEAST + "algorithms = ['none']", "issuers.0.algorithms.0"),
        (LEAST + "algorithms = []", "issuers.0.algorithms"),
        (LEAST + "tolerance = 3600", "issuers.0.tolerance"),
        (LEAST + "secret = 'x'", "issuers.0.secret: Extra inputs are not permitted."),
        (LEAST.replace("https://", "http://"), "issuers.0.issuer: Value error, an address with https:// is expected"),
        (LEAST + "jwks_uri = 'http://login.example/keys'", "issuers.0.jwks_uri"),
        (LEAST + "jwks_uri = 'https://a.example'\njwks_file = '/keys'", "its keys are at `jwks_uri` or in `jwks_file`"),
        (LEAST + LEAST, "an issuer is named twice"),
        (
            LEAST.replace("people = {}", "rules = [{when = {a = 'b'}, service_account = 'x'}]\nclient = {id = 'x'}"),
            "it ",
        ),
    ],
)
def test_a_file_that_cannot_be_used_is_told_with_the_place(tmp_path: Path, text: str, told: str) -> None:
    file = written(tmp_path, text)
    with pytest.raises(BadIssuers) as refused:
        issuers_of(file)
    assert str(file) in refused.value.message
    assert told in refused.value.message


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadIssuers, match="No such file"):
        issuers_of(tmp_path / "oidc.toml")


def test_a_fault_is_told_without_the_value(tmp_path: Path) -> None:
    file = written(tmp_path, LEAST + "client = {id = 'x', secret = 'do-not-tell'}")
    with pytest.raises(BadIssuers) as refused:
        issuers_of(file)
    assert "do-not-tell" not in refused.value.message


@pytest.mark.parametrize("address", ["https://a.example", "http://127.0.0.1:1/x", "http://localhost", "http://[::1]:2"])
def test_keys_travel_by_tls_or_stay_on_the_machine(address: str) -> None:
    assert check_address(address) == address


@pytest.mark.parametrize(
    "address", ["http://a.example", "ftp://a.example", "a.example", "", "https://", "http://127.evil"]
)
def test_other_addresses_are_refused(address: str) -> None:
    with pytest.raises(ValueError, match="https://"):
        check_address(address)
