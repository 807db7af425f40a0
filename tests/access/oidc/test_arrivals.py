"""Who comes with which claims."""

from typing import Any

import pytest

from app.access.oidc.arrivals import Arrival, arrival
from app.access.oidc.configuration import Issuer
from app.domain.credentials.people import Person
from app.errors import Unauthenticated

GITHUB = Issuer.model_validate(
    {
        "issuer": "https://token.actions.githubusercontent.com",
        "audience": "pedigree",
        "rules": [
            {
                "when": {"repository": "acme/churn", "ref": "refs/heads/main"},
                "service_account": "release-churn",
                "permissions": ["deployment.place"],
            },
            {"when": {"repository_owner": "acme"}, "service_account": "ci/{repository}"},
        ],
    }
)
GITLAB = Issuer.model_validate(
    {
        "issuer": "https://gitlab.example",
        "audience": "pedigree",
        "rules": [
            {"when": {"project_path": "ml/*", "ref_protected": "true"}, "service_account": "gitlab/{project_path}"}
        ],
    }
)
KUBERNETES = Issuer.model_validate(
    {
        "issuer": "https://kubernetes.default.svc",
        "audience": "pedigree",
        "rules": [
            {
                "when": {"kubernetes.io/namespace": "ml"},
                "service_account": "k8s/{kubernetes.io/namespace}/{kubernetes.io/serviceaccount/name}",
            }
        ],
    }
)
LOGIN = Issuer.model_validate(
    {
        "issuer": "https://login.example",
        "audience": "pedigree",
        "people": {"name": "email", "when": {"hd": "example.org"}, "permissions": ["read"]},
        "groups": {
            "claim": "groups",
            "teams": {"ml-risk": "model-risk", "ml-all": "ml-platform", "risk": "model-risk"},
        },
        "rules": [{"when": {"sub": "robot"}, "service_account": "robot"}],
    }
)
POD = {"namespace": "ml", "serviceaccount": {"name": "trainer"}}
ADA = {"sub": "1", "email": "ada@example.org", "email_verified": True, "name": "Ada Lovelace", "hd": "example.org"}


@pytest.mark.parametrize(
    ("issuer", "claims", "name", "allowed"),
    [
        (
            GITHUB,
            {"sub": "x", "repository": "acme/churn", "ref": "refs/heads/main", "repository_owner": "acme"},
            "release-churn",
            frozenset({"deployment.place"}),
        ),
        (
            GITHUB,
            {"sub": "x", "repository": "acme/churn", "ref": "refs/heads/mine", "repository_owner": "acme"},
            "ci/acme/churn",
            None,
        ),
        (GITLAB, {"sub": "x", "project_path": "ml/churn", "ref_protected": "true"}, "gitlab/ml/churn", None),
        (KUBERNETES, {"sub": "x", "kubernetes.io": POD}, "k8s/ml/trainer", None),
        (LOGIN, {"sub": "robot"}, "robot", None),
    ],
)
def test_a_program_is_the_service_account_of_the_first_rule_that_fits(
    issuer: Issuer, claims: dict[str, Any], name: str, allowed: frozenset[str] | None
) -> None:
    assert arrival(issuer, claims) == Arrival(name, allowed=allowed)


def test_a_person_is_named_by_the_claims_that_the_file_says() -> None:
    person = Person("https://login.example", "1", "ada@example.org", "Ada Lovelace", "ada@example.org")
    groups = ["ml-all", "ml-risk", "risk", "unknown", 7]
    assert arrival(LOGIN, {**ADA, "groups": groups}) == Arrival(
        person, ("ml-platform", "model-risk"), frozenset({"read"})
    )
    assert arrival(LOGIN, ADA).teams == ()


@pytest.mark.parametrize(
    ("issuer", "claims"),
    [
        (GITHUB, {"sub": "x", "repository": "evil/churn", "ref": "refs/heads/main", "repository_owner": "evil"}),
        (GITHUB, {"sub": "x", "repository_owner": "acme"}),
        (GITHUB, {"sub": "x", "repository": "acme/line\nbreak", "repository_owner": "acme"}),
        (GITHUB, {"sub": "x", "repository": "acme/" + "x" * 300, "repository_owner": "acme"}),
        (GITLAB, {"sub": "x", "project_path": "ml/churn", "ref_protected": "false"}),
        (GITLAB, {"sub": "x", "project_path": "ml/sub/churn", "ref_protected": "true"}),
        (KUBERNETES, {"sub": "x", "kubernetes.io": {**POD, "namespace": "web"}}),
        (KUBERNETES, {"sub": "system:serviceaccount:ml:trainer"}),
        (LOGIN, {**ADA, "hd": "evil.example"}),
        (LOGIN, {**ADA, "email": None}),
        (LOGIN, {**ADA, "email": " ada@example.org"}),
        (LOGIN, {**ADA, "email_verified": False}),
    ],
)
def test_whom_no_rule_means_is_nobody(issuer: Issuer, claims: dict[str, Any]) -> None:
    with pytest.raises(Unauthenticated):
        arrival(issuer, claims)


def test_what_cannot_be_kept_in_a_line_is_left_out() -> None:
    who = arrival(LOGIN, {**ADA, "name": "Ada\nLovelace"}).who
    assert isinstance(who, Person)
    assert who.display_name is None
