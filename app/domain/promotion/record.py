"""What is kept of a decision, and told of a dry run: what came of each rule, approval and recall, by ids alone.

Pure. Whoever shows it looks the ids up, and leaves out what must not be seen.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from app.domain.approval.counting import Disregarded
from app.domain.approval.requirements import asks_of
from app.domain.governance.telling import source, told_rule, way
from app.domain.promotion.admission import UNFIT, Admission, Asked
from app.domain.vocabulary import BlockerKind, RuleOutcome

Record = dict[str, Any]
MITIGATE = "Let the recall stop where it does no harm (mitigateRecall), or promote a version that it does not reach."
TAKE_BACK = "Settle it with who rejected, who may take it back (revokeApproval)."
DESCRIBE = "It has more than 10,000 ancestors: promote a version that has fewer, or let the policy warn."
OTHER_VERSION = "Promote another version, or bring this one back first."


def recorded(admission: Admission) -> Record:
    """All that a decision was made by."""
    snapshot = admission.snapshot
    record: Record = {
        "isEmergency": admission.is_emergency,
        "allowed": admission.allowed,
        "complete": snapshot.complete,
        "ancestors": len(snapshot.ancestry.nodes),
        "state": snapshot.values["version"]["state"],
        "isRecalled": admission.is_recalled,
        "policies": [{**source(each.demand), "digest": each.demand.digest} for each in admission.verdict.policies],
        "rules": [told_rule(rule, policy) for policy in admission.verdict.policies for rule in policy.rules],
        "incomplete": [source(p.demand) for p in admission.verdict.policies if p.denies and not p.complete],
        "approvals": [told_approvals(each) for each in admission.approvals],
        "requestId": admission.standing.request["id"] if admission.standing.request else None,
        "rejections": [each.id for each in admission.rejections],
        "recalls": [
            {"recallId": each["id"], "targetId": each["targetId"], "way": way(snapshot.ancestry.way(each["targetId"]))}
            for each in snapshot.values["recalls"]
            if not each["isMitigated"]
        ],
    }
    return {**record, "blockers": list(blockers(record))}


def told_approvals(asked: Asked) -> Record:
    """What came of approvals that a policy asks for."""
    found = asked.counted
    return {
        **source(asked.demand),
        "name": found.requirement["name"],
        "asksFor": asks_of(found.requirement),
        "count": found.requirement["count"],
        "missing": found.missing,
        "denies": asked.denies,
        "approvalIds": list(found.approvals),
        "disregarded": [told_disregarded(each) for each in found.disregarded],
    }


def told_disregarded(each: Disregarded) -> Record:
    return {
        "approvalId": each.approval,
        "reason": each.reason.value,
        "message": each.message,
        "nodeIds": list(each.nodes),
    }


def blockers(record: Mapping[str, Any]) -> Iterator[Record]:
    """What is in the way, the worst first."""
    yield from blockers_of_version(record)
    yield from blockers_of_policies(record)
    if not record["isEmergency"]:
        yield from (missing_approvals(each, record["requestId"]) for each in record["approvals"] if each["denies"])


def blockers_of_version(record: Mapping[str, Any]) -> Iterator[Record]:
    """That it is recalled, out of use, or rejected: whatever policies say."""
    for recall in (record["recalls"] or [{}]) if record["isRecalled"] else ():
        yield blocker(BlockerKind.RECALL, "A recall reaches the version.", MITIGATE, **recall)
    if record["state"] in UNFIT:
        yield blocker(BlockerKind.LIFECYCLE, f"The version is {record['state'].lower()}.", OTHER_VERSION)
    for approval in record["rejections"]:
        yield blocker(BlockerKind.REJECTION, "It was rejected.", TAKE_BACK, approvalId=approval)


def blockers_of_policies(record: Mapping[str, Any]) -> Iterator[Record]:
    """Rules that are not met, and what cannot be judged."""
    for rule in record["rules"]:
        if rule["denies"]:
            yield blocker(BlockerKind.RULE, message_of(rule), rule["fix"], **of(rule), **seen(rule))
    for policy in record["incomplete"]:
        said = "Something is missing from the ancestry, and what is not known cannot be judged."
        yield blocker(BlockerKind.INCOMPLETE_LINEAGE, said, DESCRIBE, **of(policy))


def blocker(kind: BlockerKind, message: str, fix: str | None, **more: Any) -> Record:
    return {"kind": kind.value, "message": message, "fix": fix, **more}


def of(policy: Mapping[str, Any]) -> Record:
    return {name: policy[name] for name in ("policy", "number")}


def seen(rule: Mapping[str, Any]) -> Record:
    return {name: rule[name] for name in ("rule", "subjectIds", "way")}


def message_of(rule: Mapping[str, Any]) -> str:
    if rule["outcome"] == RuleOutcome.ERROR:
        return f"{rule['message']} (It could not be evaluated.)"
    return str(rule["message"])


def missing_approvals(asked: Mapping[str, Any], request_id: str | None) -> Record:
    message = f"{asked['missing']} of {asked['asksFor']} missing ({asked['name']})."
    fix = "Ask those who may: requestApproval." if request_id is None else "They approve with approveRequest."
    return blocker(BlockerKind.APPROVAL, message, fix, **of(asked), rule=asked["name"])
