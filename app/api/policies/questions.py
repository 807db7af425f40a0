"""The questions about policies at the root."""

from datetime import datetime
from typing import Annotated, TypeAlias

import strawberry

from app.api.fields import connection, everybody, planned
from app.api.policies.types import Policy, PolicyDryRun
from app.api.relay import Connection
from app.domain.governance.rules import PolicyRuleInput
from app.domain.references import ModelVersionRef

Where: TypeAlias = Annotated[str, strawberry.argument(description="Name of the environment it is tried for.")]
Version: TypeAlias = Annotated[
    ModelVersionRef | None,
    strawberry.argument(description="The version; all that is active in the environment, when left out."),
]
Name: TypeAlias = Annotated[
    str | None,
    strawberry.argument(
        description="Name of the policy; all that hold in the environment, when neither it nor rules are given."
    ),
]
Number: TypeAlias = Annotated[
    int | None,
    strawberry.argument(description="Number of its version; its draft, or else the latest published one."),
]
Rules: TypeAlias = Annotated[
    list[PolicyRuleInput] | None, strawberry.argument(description="Rules to try out that nobody has saved.")
]


@strawberry.type
class PolicyQuery:
    @everybody
    @planned
    def policy(self, name: str) -> Policy | None:
        """The policy of this name."""

    @everybody
    @connection
    def policies(self) -> Connection[Policy] | None:
        """All policies, by name."""

    @everybody
    @planned
    def policy_dry_run(
        self,
        environment: Where,
        version: Version = None,
        policy: Name = None,
        number: Number = None,
        rules: Rules = None,
        as_of: datetime | None = None,
    ) -> PolicyDryRun | None:
        """What would come of policies, a draft or rules among them, without anything being done. It sees what who asks
        may see: whatever that hides is missing from the ancestry, which denies."""
