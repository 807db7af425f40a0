"""Random histories: one write after the other, each drawn from a seed and from what was made before."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.api.conftest import Client

VERSIONS = [("base", 1), ("base", 2), ("churn", 1), ("churn", 2)]
SNAPSHOTS = ["1", "2"]
# What a write may be refused for: a history tries what comes to mind.
EXPECTED = {"BLOCKED", "IN_USE", "CONFLICT", "INVALID_INPUT", "ALREADY_EXISTS", "NOT_FOUND", "CYCLE"}
WHY = {"reason": "The seed says so."}

Input = dict[str, Any]
# A mutation, its input, and the field of its payload whose id is to be remembered.
Drawn = tuple[str, Input, str | None]


@dataclass
class History:
    """Draws writes, and remembers what was done, and the ids of what that made."""

    rng: Random
    made: dict[str, list[str]] = field(default_factory=dict)
    done: list[str] = field(default_factory=list)

    async def step(self, client: Client) -> bool:
        """Write once. Returns whether that was done."""
        name, given, kept = self.drawn()
        type_ = f"{name[0].upper()}{name[1:]}Input"
        below = f"{kept} {{ id }}" if kept else "replayed"
        text = f"mutation ($input: {type_}!) {{ {name}(input: $input) {{ {below} }} }}"
        answer = await client.send(text, input=given)
        if "errors" in answer:
            (error,) = answer["errors"]
            assert error["extensions"]["code"] in EXPECTED, (name, given, error)
            return False
        if kept:
            self.made.setdefault(kept, []).append(answer["data"][name][kept]["id"])
        self.done.append(f"{name} {given}")
        return True

    def drawn(self) -> Drawn:
        """The next write: one that ends something, when there is something to end, as often as one that begins it."""
        choices = list(self.choices())
        return self.rng.choice(choices)()

    def choices(self) -> Iterator[Callable[[], Drawn]]:
        yield from (self.set_alias, self.place, self.place, self.roll_back, self.deprecate, self.record_lineage)
        yield from (self.open_recall, self.set_owner, self.member, self.attach, self.find, self.waive, self.life)
        yield from (self.publish, self.remove_alias, self.detach)
        for kind, ends in ENDS.items():
            if self.made.get(kind):
                yield from (lambda end=end: end(self) for end in ends)

    def any_of(self, kind: str) -> str:
        """The id of something that was made, which may have ended since."""
        return self.rng.choice(self.made[kind])

    def version(self) -> Input:
        model, number = self.rng.choice(VERSIONS)
        return {"number": {"model": model, "number": number}}

    def asset(self) -> Input:
        snapshot = {"version": {"dataset": "clicks", "version": self.rng.choice(SNAPSHOTS)}}
        return self.rng.choice([{"modelVersion": self.version()}, {"datasetVersion": snapshot}])

    def environment(self) -> Input:
        return {"name": self.rng.choice(["staging", "production", "production"])}

    def alias(self) -> str:
        return self.rng.choice(["champion", "champion", "candidate"])

    def set_alias(self) -> Drawn:
        return "setModelAlias", {"alias": self.alias(), "version": self.version()}, None

    def remove_alias(self) -> Drawn:
        return "removeModelAlias", {"alias": self.alias(), "model": {"name": self.rng.choice(["base", "churn"])}}, None

    def place(self) -> Drawn:
        role = self.rng.choice(["PRIMARY", "PRIMARY", "PRIMARY", "CANARY"])
        is_rolling_out = self.rng.random() < 0.4
        where = {"environment": self.environment(), "endpoint": self.rng.choice("ab")}
        given = {"version": self.version(), **where, "role": role, "isRollingOut": is_rolling_out}
        return "placeDeployment", given, "deployment"

    def activate(self) -> Drawn:
        return "activateDeployment", {"deployment": {"id": self.any_of("deployment")}}, None

    def stop(self) -> Drawn:
        status = self.rng.choice(["STOPPED", "FAILED", "ROLLED_BACK"])
        return "stopDeployment", {"deployment": {"id": self.any_of("deployment")}, "status": status}, None

    def roll_back(self) -> Drawn:
        endpoint = {"environment": self.environment()["name"], "name": self.rng.choice("ab")}
        return "rollBackDeployment", {"endpoint": {"endpoint": endpoint}, **WHY}, None

    def deprecate(self) -> Drawn:
        return "deprecateModelVersion", {"version": self.version(), "successor": self.version(), **WHY}, None

    def life(self) -> Drawn:
        name = self.rng.choice(["retireModelVersion", "archiveModelVersion", "restoreModelVersion"])
        return name, {"version": self.version()}, None

    def record_lineage(self) -> Drawn:
        ends = {"source": self.asset(), "target": self.asset()}
        if self.rng.random() < 0.3:
            needed = {"kind": "DEPENDS_ON", "dependency": "guard", "source": {"application": "shop"}}
            return "recordLineage", {**ends, **needed}, "edge"
        return "recordLineage", {**ends, "kind": "DERIVED_FROM", "derivation": "OTHER"}, "edge"

    def retract(self) -> Drawn:
        return "retractLineage", {"edgeId": self.any_of("edge"), **WHY}, None

    def open_recall(self) -> Drawn:
        return "openRecall", {"targets": [self.asset()], "severity": "HIGH", **WHY}, "recall"

    def lift(self) -> Drawn:
        return "liftRecall", {"recall": {"id": self.any_of("recall")}, **WHY}, None

    def mitigate(self) -> Drawn:
        return "mitigateRecall", {"recall": {"id": self.any_of("recall")}, "on": self.asset(), **WHY}, "mitigation"

    def end_mitigation(self) -> Drawn:
        return "endMitigation", {"mitigation": {"id": self.any_of("mitigation")}, **WHY}, None

    def set_owner(self) -> Drawn:
        entity = self.rng.choice(
            [{"model": "churn"}, {"model": "base"}, {"dataset": "clicks"}, {"application": "shop"}]
        )
        owner = self.rng.choice([None, {"name": "growth"}, {"name": "risk"}, {"name": "ada"}])
        return "setOwner", {"entity": entity, "owner": owner}, None

    def member(self) -> Drawn:
        name = self.rng.choice(["addTeamMember", "removeTeamMember"])
        return name, {"team": {"name": "growth"}, "member": {"name": self.rng.choice(["ada", "risk"])}}, None

    def attach(self) -> Drawn:
        beyond = self.rng.random() < 0.5
        return (
            "attachPolicy",
            {"policy": {"name": "gate"}, "environment": self.environment(), "holdsBeyond": beyond},
            None,
        )

    def detach(self) -> Drawn:
        return "detachPolicy", {"policy": {"name": "gate"}, "environment": self.environment()}, None

    def publish(self) -> Drawn:
        return "publishPolicy", {"policy": {"name": "gate"}}, None

    def find(self) -> Drawn:
        about = [{"id": self.any_of("deployment")} if self.made.get("deployment") else self.asset(), self.asset()]
        given = {
            "kind": "INCIDENT",
            "severity": "LOW",
            "title": "It answers 500.",
            "about": about[: self.rng.randint(1, 2)],
        }
        return "recordFinding", {**given, "owner": {"name": "ada"}}, "finding"

    def close(self) -> Drawn:
        return "closeFinding", {"finding": {"id": self.any_of("finding")}, "resolution": "Done."}, None

    def waive(self) -> Drawn:
        given = {"asset": self.asset(), "kinds": ["UNKNOWN", "ATTRIBUTION"], **WHY}
        return "waiveLicenseObligation", given, "licenseWaiver"

    def revoke(self) -> Drawn:
        return "revokeLicenseWaiver", {"id": self.any_of("licenseWaiver")}, None


# What can be done to what was made.
ENDS: dict[str, list[Callable[[History], Drawn]]] = {
    "deployment": [History.activate, History.stop],
    "edge": [History.retract],
    "recall": [History.lift, History.mitigate, History.mitigate],
    "mitigation": [History.end_mitigation],
    "finding": [History.close],
    "licenseWaiver": [History.revoke],
}
