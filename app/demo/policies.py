"""What Harbor Lane demands of a version before it goes to customers: policies of the library, and two who approve."""

from app.demo.delivery import PRODUCTION
from app.domain.governance.attachments import AttachPolicy, attach_policy
from app.domain.governance.library import library
from app.domain.governance.policies import DraftPolicy, PublishPolicy, draft_policy, publish_policy
from app.domain.writing import Writer

# policy, mode, where it was attached, and whether it holds beyond
DEMANDED: tuple[tuple[str, str, str, bool], ...] = (
    ("licenses", "ENFORCE", "staging", True),
    ("personal-data", "WARN", PRODUCTION, False),
    ("four-eyes", "ENFORCE", PRODUCTION, False),
)
OF_MODEL_RISK = {
    "name": "two of model risk",
    "count": 2,
    "teams": ["model-risk"],
    "separateFrom": ["TRAINED", "WROTE_CODE", "OWNS_DATA"],
}


async def demand(writer: Writer) -> None:
    """Draft, publish and attach them. What was done before an interruption is not done again."""
    for name, mode, environment, holds_beyond in DEMANDED:
        policy, key = {"policy": {"name": name}}, {"idempotencyKey": f"demo/{name}"}
        ours = {"approvals": [OF_MODEL_RISK]} if library()[name].get("approvals") else {}
        await draft_policy(writer, DraftPolicy.model_validate({**library()[name], **ours, "mode": mode, **key}))
        await publish_policy(writer, PublishPolicy.model_validate({**policy, **key}))
        attached = {**policy, "environment": {"name": environment}, "holdsBeyond": holds_beyond, **key}
        await attach_policy(writer, AttachPolicy.model_validate(attached))
