"""What Harbor Lane demands of a version before it goes to its customers: two policies of the library."""

from app.demo.delivery import PRODUCTION
from app.domain.governance.attachments import AttachPolicy, attach_policy
from app.domain.governance.library import library
from app.domain.governance.policies import DraftPolicy, PublishPolicy, draft_policy, publish_policy
from app.domain.writing import Writer

# policy, mode, where it was attached, and whether it holds beyond
DEMANDED = (("licenses", "ENFORCE", "staging", True), ("personal-data", "WARN", PRODUCTION, False))


async def demand(writer: Writer) -> None:
    """Draft, publish and attach them. What was done before an interruption is not done again."""
    for name, mode, environment, holds_beyond in DEMANDED:
        policy, key = {"policy": {"name": name}}, {"idempotencyKey": f"demo/{name}"}
        await draft_policy(writer, DraftPolicy.model_validate({**library()[name], "mode": mode, **key}))
        await publish_policy(writer, PublishPolicy.model_validate({**policy, **key}))
        attached = {**policy, "environment": {"name": environment}, "holdsBeyond": holds_beyond, **key}
        await attach_policy(writer, AttachPolicy.model_validate(attached))
