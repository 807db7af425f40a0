"""How the dry run of policies is answered: its arguments are read, and the domain is asked."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from app.database.connection import Connection
from app.domain.governance.ancestry import Edge
from app.domain.governance.dry_run import Question, Tried, dry_run
from app.domain.governance.judgement import Demand, PolicyResult, RuleResult, Verdict
from app.domain.governance.rules import PolicyRuleInput
from app.domain.lineage.records import NEEDED
from app.domain.references import ModelVersionRef
from app.domain.vocabulary import PolicyMode
from app.errors import InvalidInput, PathItem
from app.planner.kinds import Asked, Loader

ROOT = ""  # the key of Query, which has no id


async def policy_dry_run(connection: Connection, asked: Asked) -> Mapping[str, Any]:
    properties = sorted({*asked.properties, *NEEDED})
    tried = await dry_run(connection, question(asked.arguments), properties, asked.sight)
    return {
        ROOT: {
            "policies": [{**source(each), "digest": each.digest} for each in tried.demands],
            "verdicts": [told(each, tried) for each in tried.verdicts],
            "omitted": tried.omitted,
        }
    }


def question(given: Mapping[str, Any]) -> Question:
    version = given.get("version")
    rules = given.get("rules") or ()
    return Question(
        environment=given["environment"],
        version=read(ModelVersionRef, version, "version") if version else None,
        policy=given.get("policy"),
        number=given.get("number"),
        rules=tuple(read(PolicyRuleInput, each, "rules", index) for index, each in enumerate(rules)),
        as_of=given.get("asOf"),
    )


def read(class_: Any, given: Mapping[str, Any], *path: PathItem) -> Any:
    """An argument as the domain reads it. Raises InvalidInput with its path."""
    try:
        return class_.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        raise InvalidInput(f"{first['msg'].removeprefix('Value error, ')}.", path=(*path, *first["loc"])) from error


def told(verdict: Verdict, tried: Tried) -> dict[str, Any]:
    snapshot = verdict.snapshot
    return {
        "version": tried.nodes[snapshot.ancestry.start["id"]],
        "allowed": verdict.allowed,
        "complete": snapshot.complete,
        "ancestors": len(snapshot.ancestry.nodes),
        "at": snapshot.at,
        "snapshotDigest": snapshot.digest,
        "ancestryDigest": snapshot.ancestry.digest,
        "rules": [rule(each, policy, tried) for policy in verdict.policies for each in policy.rules],
    }


def source(demand: Demand) -> dict[str, Any]:
    return {"policy": demand.policy, "number": demand.number, "mode": demand.mode.value}


def rule(result: RuleResult, policy: PolicyResult, tried: Tried) -> dict[str, Any]:
    judgement, said = result.judgement, result.rule
    first = next(iter(result.ways.values()), ())
    return {
        **source(policy.demand),
        "rule": said["name"],
        "outcome": judgement.outcome.value,
        "denies": policy.demand.mode is PolicyMode.ENFORCE and not result.passed,
        "reason": judgement.reason,
        "message": said["message"],
        "fix": said.get("fix"),
        "subjectCount": judgement.count,
        "subjects": [tried.nodes[id] for id in result.ways if id in tried.nodes],
        "path": path(first, tried) if first else None,
    }


def path(way: Sequence[Edge], tried: Tried) -> dict[str, Any]:
    ids = [way[0]["sourceId"], *(edge["targetId"] for edge in way)]
    return {
        "length": len(way),
        "nodes": [tried.nodes[id] for id in ids],
        "edges": [tried.edges[edge["id"]] for edge in way],
    }


LOADERS: Mapping[tuple[str, str], Loader] = {("Query", "policyDryRun"): policy_dry_run}
