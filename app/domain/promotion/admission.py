"""Whether a version is let into an environment: recalls, its life, the policies that hold there, and their approvals.

Decided with the sight of the registry, whoever asks. What somebody may see of it is another question.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.database.connection import Connection
from app.domain.approval.counting import Counted, Decided, counted
from app.domain.approval.standing import Standing
from app.domain.governance.holding import policies_in
from app.domain.governance.judgement import Demand, Verdict, judge
from app.domain.governance.snapshot import Snapshot
from app.domain.governance.snapshot_reading import read_snapshot
from app.domain.vocabulary import ApprovalDecision, PolicyMode, VersionState

UNFIT = (VersionState.RETIRED, VersionState.ARCHIVED)


@dataclass(frozen=True)
class Asked:
    """What came of approvals that a policy asks for."""

    demand: Demand
    counted: Counted

    @property
    def denies(self) -> bool:
        return self.demand.mode is PolicyMode.ENFORCE and self.counted.missing > 0


@dataclass(frozen=True)
class Admission:
    """All that it is decided by. In an emergency missing approvals are passed over, and nothing else."""

    verdict: Verdict
    approvals: Sequence[Asked]
    is_emergency: bool = False

    @property
    def snapshot(self) -> Snapshot:
        return self.verdict.snapshot

    @property
    def standing(self) -> Standing:
        return self.snapshot.standing

    @property
    def is_recalled(self) -> bool:
        return bool(self.snapshot.values["isRecalled"])

    @property
    def is_unfit(self) -> bool:
        """Whether the version was retired or archived."""
        return self.snapshot.values["version"]["state"] in UNFIT

    @property
    def rejections(self) -> Sequence[Decided]:
        return [each for each in self.standing.decisions if each.decision is ApprovalDecision.REJECTED]

    @property
    def lacks_approval(self) -> bool:
        return any(each.denies for each in self.approvals)

    @property
    def allowed(self) -> bool:
        stands = self.verdict.allowed and not (self.is_recalled or self.is_unfit or self.rejections)
        return stands and (self.is_emergency or not self.lacks_approval)


async def read_admission(
    connection: Connection,
    version_id: str,
    environment_id: str,
    *,
    as_of: datetime | None = None,
    is_emergency: bool = False,
) -> Admission:
    """Whether a version is let in, now or at an instant. The epochs of its snapshot were read before all else."""
    snapshot = await read_snapshot(connection, version_id, environment_id, as_of=as_of)
    demands = await policies_in(connection, environment_id, as_of)
    (verdict,) = await judge(demands, [snapshot])
    return Admission(verdict, asked_of(demands, snapshot.standing, snapshot.at), is_emergency)


def asked_of(demands: Sequence[Demand], standing: Standing, at: datetime) -> list[Asked]:
    """What came of all approvals that policies ask for."""
    return [
        Asked(demand, counted(requirement, standing.decisions, standing.involved, at))
        for demand in demands
        for requirement in demand.approvals
    ]
