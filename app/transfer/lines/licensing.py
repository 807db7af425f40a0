"""What was said about the obligations of licenses."""

from typing import Any, Literal, Self

from pydantic import Field, model_validator

from app.domain.command import optional
from app.domain.licensing.waivers import BENEFICIARIES
from app.domain.resolution import ASSETS
from app.domain.scalars import Instant, Line, PastInstant, Reason, WebAddress
from app.domain.vocabulary import LicenseObligationKind
from app.transfer.lines.entity import Mention, UnnamedLine, actor
from app.transfer.lines.interval import Interval
from app.transfer.references import Ref


class LicenseWaiverLine(UnnamedLine, Interval):
    """That some obligations of a license do not hold, from when to when."""

    label = "LicenseWaiver"

    type: Literal["LicenseWaiver"]
    asset: Ref = Field(description="What has the license.")
    kinds: tuple[LicenseObligationKind, ...] = Field(min_length=1, description="The obligations.")
    waived_for: Ref | None = optional("What they do not hold for; all that came from the asset, when left out.")
    reason: Reason = Field(description="Why they do not hold.")
    url: WebAddress | None = optional("Where that is agreed.")
    expires_at: Instant | None = optional("First instant at which they hold again by themselves.")
    revoked_by: Line | None = optional("Name of who revoked it.")
    end_reason: Reason | None = optional("Why it was revoked.")
    valid_from: PastInstant = Field(description="When it was granted.")

    @model_validator(mode="after")
    def _ends_once(self) -> Self:
        if self.valid_to is None and (self.revoked_by or self.end_reason):
            raise ValueError("what was revoked has a validTo")
        return self

    def properties(self) -> dict[str, Any]:
        return {**super().properties(), "kinds": [kind.value for kind in LicenseObligationKind if kind in self.kinds]}

    def mentions(self) -> dict[str, Mention]:
        return {
            **super().mentions(),
            "assetId": Mention(self.asset.key, ASSETS),
            **({"waivedForId": Mention(self.waived_for.key, BENEFICIARIES)} if self.waived_for else {}),
            **({"revokedById": actor(self.revoked_by)} if self.revoked_by else {}),
        }


LINES = (LicenseWaiverLine,)
