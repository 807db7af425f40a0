"""What a report says, as it was read. What is told of it, over GraphQL or as a document, is made of this alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.approval.counting import Decided
from app.domain.governance.ancestry import Ancestry
from app.domain.governance.judgement import Verdict
from app.domain.promotion.admission import Asked
from app.domain.references import ReportRef
from app.domain.vocabulary import EvidenceState, ReproductionNeed
from app.errors import InvalidInput

DISCLAIMER = (
    "Put together from what people and programs declared and recorded in this registry. It is no legal advice, and no "
    "statement that any law is kept."
)

Nodes = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Question:
    """What is asked: a report about something, as of an instant, with the changes since another."""

    of: ReportRef
    as_of: datetime | None = None
    since: datetime | None = None

    def __post_init__(self) -> None:
        if self.since and self.as_of and self.since > self.as_of:
            raise InvalidInput("This is later than the instant that the report is for.", path=("since",))


@dataclass(frozen=True)
class Evidence:
    """Whether something that it takes to make a version anew was recorded, and of which node: the one that has it, or
    lacks it."""

    need: ReproductionNeed
    state: EvidenceState
    node_id: str
    detail: str | None = None


@dataclass(frozen=True)
class Placement:
    """A deployment of a version that is live, and where."""

    id: str
    environment_id: str


@dataclass(frozen=True)
class Measured:
    """An evaluation with its figures."""

    id: str
    figures: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Approving:
    """How the approval of a version for an environment stands: the request, if one is open, what was decided on it, and
    what came of approvals that policies ask for."""

    environment_id: str
    request_id: str | None
    decisions: Sequence[Decided]
    asked: Sequence[Asked]


@dataclass(frozen=True)
class Promoted:
    """What was decided when a version was to be promoted: who wanted that, which policies held, and what was in the
    way."""

    id: str
    by: str | None
    policies: Sequence[str]
    blockers: Sequence[str]


@dataclass(frozen=True)
class Part:
    """A version that a report covers. `verdicts` are those of the policies that hold where it is placed, by the ids of
    the environments; `approvals` are told of these, and of where it was asked to be let in; `findings` are about it,
    its deployments and its ancestors."""

    id: str
    ancestry: Ancestry
    placements: Sequence[Placement]
    verdicts: Mapping[str, Verdict]
    approvals: Sequence[Approving]
    promotions: Sequence[Promoted]
    promotion_count: int
    measured: Sequence[Measured]
    evaluation_count: int
    obligations: Mapping[str, Any]
    recall_status: Mapping[str, Any]
    findings: Sequence[str]
    reproducibility: Sequence[Evidence]

    @property
    def environments(self) -> list[str]:
        """The ids of the environments that it is placed in, in their order."""
        return list(dict.fromkeys(each.environment_id for each in self.placements))


@dataclass(frozen=True)
class System:
    """What is known of an application as a whole: what its own license and those below ask for, whether it is recalled,
    what is open about it, and what it needs that is no version of a model."""

    obligations: Mapping[str, Any]
    recall_status: Mapping[str, Any]
    findings: Sequence[str]
    others: Sequence[str]


@dataclass(frozen=True)
class Changes:
    """What happened to what a report is about: the latest events, and how many more there are."""

    events: Sequence[Mapping[str, Any]]
    omitted: int


@dataclass(frozen=True)
class Proof:
    """The last signed head of the audit log, and how many of the events in the report it does not stand for yet."""

    size: int
    at: datetime | None
    note: str
    waiting: int


@dataclass(frozen=True)
class Report:
    """The whole report. `nodes` and `edges` are all that it names, by their ids; `labels` are what to call the nodes.
    `proof` is there once something is sealed, for who may see everything: it tells how much has happened.

    `omitted` versions were left out; `is_covered_whole` says whether all that it is about could be found, `is_partial`
    whether there is anything that who asks must not see.
    """

    subject_id: str
    at: datetime
    since: datetime | None
    parts: Sequence[Part]
    omitted: int
    is_covered_whole: bool
    is_partial: bool
    system: System | None
    changes: Changes
    proof: Proof | None
    nodes: Nodes
    edges: Nodes
    labels: Mapping[str, str]

    @property
    def complete(self) -> bool:
        """Whether nothing is missing: no version, and nothing of what these came from."""
        return self.is_covered_whole and not self.omitted and all(part.ancestry.complete for part in self.parts)

    @property
    def environments(self) -> list[str]:
        """The ids of the environments in which something of it is placed."""
        return list(dict.fromkeys(id for part in self.parts for id in part.environments))

    def label(self, id: str | None) -> str:
        """What to call a node; nothing for one that must not be seen."""
        if id is None:
            return ""
        return self.labels.get(id) or str(self.nodes.get(id, {}).get("name") or "")
