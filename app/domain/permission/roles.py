"""Roles: sets of permissions under a name that people know. A permission is the action of a command."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from app.domain.vocabulary import Role
from app.errors import InvalidInput, PathItem

GIVE, REVOKE = "grant.create", "grant.revoke"
MAKE_EXCEPTION = "finding.except"  # policies may heed exceptions: not everybody makes them
PROMOTE_IN_EMERGENCY = "modelVersion.promoteInEmergency"
SET_PROTECTED_ALIAS = "alias.setProtected"
TOKENS_OF_OTHERS = "token.administer"
READ_AUDIT = "audit.read"
SHORTEN_RETENTION = "retention.shorten"  # to put it off takes less
SET_VISIBILITY = "visibility.set"
ANYWHERE = frozenset({"run.start", "run.log", "run.finish"})  # to be held over anything at all

SEES = frozenset({READ_AUDIT})
CONTRIBUTES = SEES | {
    "registeredModel.create",
    "registeredModel.update",
    "modelVersion.register",
    "modelVersion.update",
    "alias.set",
    "alias.remove",
    "dataset.create",
    "dataset.update",
    "datasetVersion.register",
    "run.start",
    "run.log",
    "run.finish",
    "lineage.record",
    "evaluation.record",
    "finding.record",
    "finding.update",
    "approval.request",
    "application.create",
    "application.update",
    "tags.set",
    "tags.remove",
    "link.add",
    "link.remove",
    "reference.add",
    "reference.remove",
}
APPROVES = SEES | {
    SET_PROTECTED_ALIAS,
    "alias.set",
    "alias.remove",
    "approval.request",
    "approval.approve",
    "approval.reject",
    "modelVersion.promote",
    "deployment.place",
    "deployment.activate",
    "deployment.stop",
    "deployment.rollBack",
    "deployment.report",
    "finding.record",
    "finding.update",
    "finding.close",
    MAKE_EXCEPTION,
    "recall.open",
    "recall.lift",
    "recall.mitigate",
    "recall.endMitigation",
    "modelVersion.deprecate",
    "modelVersion.retire",
    "licenseObligation.waive",
    "licenseWaiver.revoke",
}
MAINTAINS = (
    CONTRIBUTES
    | APPROVES
    | {
        "registeredModel.rename",
        "registeredModel.archive",
        "registeredModel.restore",
        "registeredModel.delete",
        "modelVersion.archive",
        "modelVersion.restore",
        "modelVersion.delete",
        "dataset.delete",
        "datasetVersion.delete",
        "lineage.retract",
        "evaluation.retract",
        "application.archive",
        "application.restore",
        "environment.update",
        "approval.withdraw",
        "approval.revoke",
        "approval.endDelegation",
        PROMOTE_IN_EMERGENCY,
        "policy.draft",
        "policy.update",
        "policy.publish",
        "policy.retire",
        "policy.attach",
        "policy.detach",
        "owner.set",
        SET_VISIBILITY,
        "retention.set",
        "team.addMember",
        "team.removeMember",
        GIVE,
        REVOKE,
    }
)
ADMINISTERS = MAINTAINS | {
    "environment.create",
    "environment.archive",
    "environment.restore",
    "user.create",
    "team.create",
    "serviceAccount.create",
    "actor.update",
    "person.erase",
    "text.redact",
    SHORTEN_RETENTION,
    TOKENS_OF_OTHERS,
}
PERMISSIONS: Mapping[Role, frozenset[str]] = {
    Role.VIEWER: SEES,
    Role.CONTRIBUTOR: CONTRIBUTES,
    Role.APPROVER: APPROVES,
    Role.MAINTAINER: MAINTAINS,
    Role.ADMIN: ADMINISTERS,
}


def check_known(permission: str, *path: PathItem) -> None:
    """Raise InvalidInput for a permission that there is not."""
    if permission not in ADMINISTERS:
        near = get_close_matches(permission, ADMINISTERS, 1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise InvalidInput(f"There is no permission {permission}.{hint}", path=path)


def check_all_known(permissions: Iterable[str]) -> None:
    """Raise InvalidInput for the first of a list that there is not."""
    for index, permission in enumerate(permissions):
        check_known(permission, "permissions", index)


def roles_with(permission: str) -> list[str]:
    """The roles that have a permission."""
    return [role.value for role, permissions in PERMISSIONS.items() if permission in permissions]
