"""The question for a report at the root."""

from datetime import datetime
from typing import Annotated, TypeAlias

import strawberry

from app.api.compliance.types import ComplianceReport
from app.api.fields import everybody, planned
from app.domain.references import ReportRef

Of: TypeAlias = Annotated[ReportRef, strawberry.argument(description="What it is about.")]
Since: TypeAlias = Annotated[
    datetime | None, strawberry.argument(description="List the changes after this instant; all, when left out.")
]


@strawberry.type
class ComplianceQuery:
    @everybody
    @planned
    def compliance_report(self, of: Of, as_of: datetime | None = None, since: Since = None) -> ComplianceReport | None:
        """What is known of a version, an application or an environment, put together as evidence. It shows what who
        asks may see, and says when that makes it incomplete."""
