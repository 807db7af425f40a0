"""The line of an edge: what leads from one entity to another."""

from typing import Any, Self

from pydantic import Field, model_validator

from app.domain.command import optional
from app.domain.resolution import Key
from app.domain.scalars import FreeJSON, Id, Instant, Line, Reason, Share
from app.domain.vocabulary import DerivationKind
from app.transfer.lines.entity import actor
from app.transfer.lines.interval import Interval
from app.transfer.references import Ref
from graph_schema.model import MODEL

LINEAGE = frozenset(MODEL.lineage_types)
TIES = frozenset({"PART_OF", "FORK_OF", "PROMOTES_TO", "MEMBER_OF", "OWNS", "ABOUT", "RECALLS", "ADDRESSED_TO"})
TYPES = LINEAGE | TIES
INTERVALS = LINEAGE | {"MEMBER_OF", "OWNS"}
PROPERTIES = {
    each.type: {p.name: p.required for p in each.properties} for each in MODEL.relationships if each.type in TYPES
}
MADE_BY_US = frozenset({"id", "validFrom", "recordedAt"})
ASSERTED_BY = "assertedById"


class EdgeLine(Interval):
    """An edge. It is the same edge as another one of that type, ends, kind, role, via and first instant."""

    type: str = Field(description="Its type in the graph.")
    source: Ref = Field(alias="from", description="The later thing; of OWNS and MEMBER_OF, the actor.")
    target: Ref = Field(alias="to", description="What it came from; what is owned, the team.")
    id: Id | None = optional("Its id; made when there is none.")
    asserted_by: Line | None = optional("Name of who asserted it. null says that nobody knows; left out, the importer.")
    recorded_at: Instant | None = optional("Ignored: it is always the registry's own.")
    role: Line | None = optional("USED: train, validation, test, base, code ...")
    via: Ref | None = optional("USED: the part of the run that really used it.")
    kind: Line | None = optional("DERIVED_FROM: FINE_TUNE, MERGE ...; DEPENDS_ON: base, tokenizer ...")
    weight: Share | None = optional("DERIVED_FROM: its share in a merge.")
    detail: FreeJSON | None = optional("DERIVED_FROM and DEPENDS_ON: what else there is to say.")
    retraction_reason: Reason | None = optional("Why it was retracted.")
    replaced_by_id: Id | None = optional("Id of the edge that took its place.")
    closes_cycle: bool | None = optional("Whether it closed a cycle.")

    @model_validator(mode="after")
    def _says_what_its_type_allows(self) -> Self:
        if self.type not in TYPES:
            raise ValueError(f"an edge is one of {', '.join(sorted(TYPES))}; what else belongs together, entities say")
        allowed = PROPERTIES[self.type]
        said = {*self.properties(), *(["via"] if self.via else [])}
        if surplus := said - allowed.keys():
            raise ValueError(f"{self.type} has no {', '.join(sorted(surplus))}")
        missing = {name for name, is_required in allowed.items() if is_required} - said - MADE_BY_US
        if missing:
            raise ValueError(f"{self.type} needs {', '.join(sorted(missing))}")
        if self.type == "DERIVED_FROM" and self.kind not in list(DerivationKind):
            raise ValueError(f"kind is one of {', '.join(DerivationKind)}")
        return self

    @property
    def author(self) -> Key | None:
        """The key of who asserted it."""
        return actor(self.asserted_by).key if self.asserted_by else None

    def properties(self) -> dict[str, Any]:
        """What it says, as the graph keeps it, without the ids of what it mentions."""
        besides = {"type", "source", "target", "recorded_at", "asserted_by", "via"}
        return self.model_dump(by_alias=True, exclude=besides, exclude_none=True)
