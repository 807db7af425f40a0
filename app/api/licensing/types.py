"""What an asset is obliged to by licenses, where each obligation comes from, and what waives it."""

from datetime import datetime
from typing import Annotated

import strawberry
from strawberry import lazy

from app.api.fields import node, planned
from app.api.lineage.types import COMPLETE, SETTLED, TRUNCATION, WITHHELD, LineagePath, Truncation
from app.api.nodes import Actor, Entity, LineageNode
from app.domain.vocabulary import LicenseObligationKind, ShareAlikeScope, UnknownLicenseReason

CHOSEN = (
    "What is left of the expression once alternatives are chosen: of `A OR B` the one that asks for less. Nothing when "
    "the license was not recognized."
)
EXCEPTIONS = "Exceptions in it, `A WITH B`. They allow more; what A asks for is reported as if there were none."
PATH = "A shortest way from the asset up to what has the license; of no length, when that is the asset itself."
SCOPE = "How far the same terms have to be given, for SHARE_ALIKE."


@node
class LicenseWaiver(Entity):
    kinds: list[LicenseObligationKind]
    reason: str
    url: str | None
    expires_at: datetime | None
    end_reason: str | None
    valid_from: datetime
    valid_to: datetime | None

    @planned
    def asset(self) -> LineageNode | None:
        """What has the license."""

    @planned
    def waived_for(self) -> Entity | None:
        """What the obligations do not hold for; nothing when that is all that came from the asset."""

    @planned
    def revoked_by(self) -> Actor | None:
        """Who revoked it."""


@strawberry.type(description="A license that asks for something, and the way that it came.")
class LicenseSource:
    node: LineageNode = strawberry.field(description="What has the license, or lacks one.")
    declared: str | None = strawberry.field(description="The license as it was declared, word for word.")
    spdx: str | None = strawberry.field(description="The same as an SPDX expression, when it could be recognized.")
    chosen: str | None = strawberry.field(description=CHOSEN)
    exceptions: list[str] = strawberry.field(description=EXCEPTIONS)
    described_at: list[str] = strawberry.field(description="Where it is said what it asks for.")
    unknown_because: UnknownLicenseReason | None = strawberry.field(
        description="Why nobody can say what it asks for, when that is so."
    )
    scope: ShareAlikeScope | None = strawberry.field(description=SCOPE)
    path: LineagePath | None = strawberry.field(description=PATH)
    waived_by: Annotated["LicenseWaiver", lazy("app.api.licensing.types")] | None = strawberry.field(
        description="What waives the obligation, if anything does."
    )


@strawberry.type(description="One kind of obligation, with all the licenses that ask for it.")
class LicenseObligation:
    kind: LicenseObligationKind = strawberry.field(description="The kind.")
    scope: ShareAlikeScope | None = strawberry.field(description=f"{SCOPE} The widest of its sources.")
    is_waived: bool = strawberry.field(description="Whether it is waived for all of its sources.")
    sources: list[LicenseSource] = strawberry.field(description="What asks for it, the nearest first.")


@strawberry.type(description="What an asset is obliged to by its own license and those of all that it came from.")
class LicenseObligations:
    obligations: list[LicenseObligation] = strawberry.field(
        description="The obligations, the most restrictive first, those that are waived among them."
    )
    most_restrictive: LicenseObligationKind | None = strawberry.field(
        description="The most restrictive one that is not waived; absent when nothing is asked for."
    )
    attributions: list[LicenseSource] = strawberry.field(description="The works to be named.")
    unknown: list[LicenseSource] = strawberry.field(
        description="What nobody can say the obligations of: no license was declared, or none that is recognized or "
        "described. What is waived is not among them."
    )
    complete: bool = strawberry.field(description=COMPLETE)
    withheld: bool = strawberry.field(description=WITHHELD)
    truncation: Truncation | None = strawberry.field(description=TRUNCATION)
    as_of_settled: bool | None = strawberry.field(description=SETTLED)
    disclaimer: str = strawberry.field(description="That it is no legal advice, and why.")
