"""Every operation that changes something, with an input that is right, and the roles that may do it over all."""

import inspect
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, get_type_hints

from app.domain import commands
from app.domain.command import Command
from app.domain.registry import registration
from app.domain.writing import Writer

Act = Callable[[Writer, Any], Awaitable[Any]]

CHURN = {"name": "team/churn"}
FIRST = {"number": {"model": "team/churn", "number": 1}}
SECOND = {"number": {"model": "team/churn", "number": 2}}
ENTITY = {"modelVersion": FIRST}
RUN = {"external": {"system": "airflow", "externalId": "1"}}
CLICKS = {"datasetVersion": {"version": {"dataset": "clicks", "version": "1"}}}
MEMBERSHIP = {"team": {"name": "board"}, "member": {"name": "ada"}}
GATE = {"policy": {"name": "gate"}}
RULE = {"name": "described", "expression": "!version.isStub", "message": "Nobody described it."}
WHY = {"reason": "to see who may"}

# c: contributor, a: approver, m: maintainer, A: admin. A viewer may do none of it, everybody what has a dash.
TABLE: dict[str, tuple[str, dict[str, Any]]] = {
    "create_registered_model": ("cmA", {"name": "other"}),
    "update_registered_model": ("cmA", {"model": CHURN, "task": "t"}),
    "register_model_version": ("cmA", {"model": "team/churn"}),
    "update_model_version": ("cmA", {"version": FIRST, "description": "d"}),
    "set_model_alias": ("camA", {"alias": "candidate", "version": FIRST}),
    "remove_model_alias": ("camA", {"model": CHURN, "alias": "candidate"}),
    "create_dataset": ("cmA", {"name": "other", "kind": "files"}),
    "update_dataset": ("cmA", {"dataset": {"name": "spare"}, "description": "d"}),
    "register_dataset_version": ("cmA", {"record": {"dataset": "spare", "version": "3"}}),
    "start_run": ("cmA", {}),
    "log_run": ("cmA", {"run": RUN, "parameters": {"x": 1}}),
    "finish_run": ("cmA", {"run": RUN}),
    "record_lineage": ("cmA", {"source": ENTITY, "target": CLICKS, "kind": "DERIVED_FROM", "derivation": "ADAPTER"}),
    "record_evaluation": ("cmA", {"version": FIRST, "metrics": [{"name": "auc", "value": 0.9}]}),
    "create_application": ("cmA", {"name": "shop"}),
    "update_application": ("cmA", {"application": {"name": "app"}, "description": "d"}),
    "set_tags": ("cmA", {"entity": ENTITY, "tags": [{"key": "a", "value": "b"}]}),
    "remove_tags": ("cmA", {"entity": ENTITY, "keys": ["a"]}),
    "add_link": ("cmA", {"entity": ENTITY, "link": {"kind": "page", "url": "https://example.org"}}),
    "remove_link": ("cmA", {"entity": ENTITY, "url": "https://example.org"}),
    "add_reference": ("cmA", {"entity": ENTITY, "reference": {"system": "hf", "externalId": "1"}}),
    "remove_reference": ("cmA", {"entity": ENTITY, "reference": {"system": "hf", "externalId": "1"}}),
    "place_deployment": ("amA", {"version": SECOND, "environment": {"name": "production"}, "endpoint": "e"}),
    "activate_deployment": ("amA", {"deployment": {"id": "ROLLING_OUT"}}),
    "report_deployment": (
        "amA",
        {"endpoint": {"endpoint": {"environment": "production", "name": "scores"}}, "version": FIRST},
    ),
    "stop_deployment": ("amA", {"deployment": {"id": "DEPLOYMENT"}}),
    "roll_back_deployment": ("amA", {"endpoint": {"endpoint": {"environment": "production", "name": "scores"}}, **WHY}),
    "waive_license_obligation": (
        "amA",
        {"asset": CLICKS, "kinds": ["NON_COMMERCIAL"], "waivedFor": ENTITY, **WHY},
    ),
    "revoke_license_waiver": ("amA", {"id": "WAIVER"}),
    "record_finding": ("camA", {"kind": "INCIDENT", "severity": "LOW", "title": "it broke", "about": [ENTITY]}),
    "update_finding": ("camA", {"finding": {"id": "FINDING"}, "title": "it broke again"}),
    "close_finding": ("amA", {"finding": {"id": "FINDING"}, "resolution": "it works again"}),
    "open_recall": ("amA", {"targets": [CLICKS], "severity": "LOW", **WHY}),
    "mitigate_recall": ("amA", {"recall": {"id": "RECALL"}, "on": ENTITY, **WHY}),
    "end_mitigation": ("amA", {"mitigation": {"id": "MITIGATION"}, **WHY}),
    "lift_recall": ("amA", {"recall": {"id": "RECALL"}, **WHY}),
    "deprecate_model_version": ("amA", {"version": FIRST, **WHY}),
    "retire_model_version": ("amA", {"version": FIRST, **WHY}),
    "archive_model_version": ("mA", {"version": FIRST}),
    "restore_model_version": ("mA", {"version": FIRST}),
    "delete_model_version": ("mA", {"version": SECOND, **WHY}),
    "rename_registered_model": ("mA", {"model": CHURN, "name": "churn"}),
    "archive_registered_model": ("mA", {"model": CHURN}),
    "restore_registered_model": ("mA", {"model": CHURN}),
    "delete_registered_model": ("mA", {"model": CHURN, **WHY}),
    "delete_dataset_version": ("mA", {"version": {"version": {"dataset": "spare", "version": "1"}}, **WHY}),
    "delete_dataset": ("mA", {"dataset": {"name": "spare"}, **WHY}),
    "retract_lineage": ("mA", {"edgeId": "EDGE", **WHY}),
    "retract_evaluation": ("mA", {"evaluation": {"id": "EVALUATION"}, **WHY}),
    "archive_application": ("mA", {"application": {"name": "app"}}),
    "restore_application": ("mA", {"application": {"name": "app"}}),
    "set_visibility": ("mA", {"entity": {"model": "team/churn"}, "visibility": "PRIVATE"}),
    "set_retention": ("mA", {"subject": {"model": "team/churn"}, "until": "2099-01-01T00:00:00Z", **WHY}),
    "set_owner": ("mA", {"entity": {"model": "team/churn"}, "owner": {"name": "ada"}}),
    "update_environment": ("mA", {"environment": {"name": "staging"}, "description": "d"}),
    "draft_policy": ("mA", {"name": "other", "rules": [RULE]}),
    "update_policy_draft": ("mA", {**GATE, "description": "d"}),
    "publish_policy": ("mA", GATE),
    "retire_policy": ("mA", {**GATE, "number": 2}),
    "attach_policy": ("mA", {**GATE, "environment": {"name": "production"}}),
    "detach_policy": ("mA", {**GATE, "environment": {"name": "staging"}}),
    "request_approval": ("camA", {"version": FIRST, "environment": {"name": "staging"}}),
    "approve_request": ("amA", {"request": {"id": "REQUEST"}}),
    "reject_request": ("amA", {"request": {"id": "REQUEST"}, **WHY}),
    "revoke_approval": ("mA", {"approval": {"id": "APPROVAL"}, **WHY}),
    "withdraw_approval_request": ("mA", {"request": {"id": "REQUEST"}, **WHY}),
    "delegate_approval": ("-", {"to": {"name": "ada"}, "endsAt": "2999-01-01T00:00:00Z"}),
    "end_delegation": ("mA", {"delegation": {"id": "DELEGATION"}}),
    "promote_model_version": ("amA", {"version": SECOND, "environment": {"name": "production"}, "endpoint": "p"}),
    "add_team_member": ("mA", MEMBERSHIP),
    "remove_team_member": ("mA", MEMBERSHIP),
    "create_grant": ("mA", {"to": {"name": "ada"}, "role": "VIEWER"}),
    "revoke_grant": ("mA", {"id": "GRANT"}),
    "create_environment": ("A", {"name": "test", "position": 5}),
    "archive_environment": ("A", {"environment": {"name": "staging"}}),
    "restore_environment": ("A", {"environment": {"name": "staging"}}),
    "create_user": ("A", {"name": "grace"}),
    "create_team": ("A", {"name": "others"}),
    "create_service_account": ("A", {"name": "robot"}),
    "update_actor": ("A", {"actor": {"name": "ada"}, "displayName": "Ada"}),
    "erase_person": ("A", {"person": {"name": "ada"}, **WHY}),
    "redact_text": ("A", {"event": "EVENT", **WHY}),
    "create_api_token": ("-", {"name": "own"}),
    "revoke_api_token": ("-", {"id": "TOKEN"}),
}


def acts() -> Mapping[str, tuple[Act, type[Command]]]:
    """Every function that does a command, by its name."""
    modules = [*(getattr(commands, name) for name in commands.__all__), registration]
    return {
        name: (act, get_type_hints(act)["command"])
        for module in modules
        for name, act in vars(module).items()
        if inspect.iscoroutinefunction(act) and "command" in get_type_hints(act) and name in TABLE
    }
