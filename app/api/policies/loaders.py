"""How the dry run of policies is answered: its arguments are read, and the domain is asked."""

from collections.abc import Mapping
from typing import Any

from app.api.arguments import read
from app.api.policies.showing import Shelf, shown_rule
from app.database.connection import Connection
from app.domain.governance.dry_run import Question, Tried, dry_run
from app.domain.governance.judgement import Verdict
from app.domain.governance.rules import PolicyRuleInput
from app.domain.governance.telling import source, told_rule
from app.domain.lineage.records import NEEDED
from app.domain.references import ModelVersionRef
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


def told(verdict: Verdict, tried: Tried) -> dict[str, Any]:
    snapshot, shelf = verdict.snapshot, Shelf(tried.nodes, tried.edges)
    return {
        "version": tried.nodes[snapshot.ancestry.start["id"]],
        "allowed": verdict.allowed,
        "complete": snapshot.complete,
        "ancestors": len(snapshot.ancestry.nodes),
        "at": snapshot.at,
        "snapshotDigest": snapshot.digest,
        "ancestryDigest": snapshot.ancestry.digest,
        "rules": [shown_rule(told_rule(each, policy), shelf) for policy in verdict.policies for each in policy.rules],
    }


LOADERS: Mapping[tuple[str, str], Loader] = {("Query", "policyDryRun"): policy_dry_run}
