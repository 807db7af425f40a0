"""Every command there is, so that the API can declare them all."""

from app.domain import evaluation, identity, labelling, membership, ownership, retention, visibility
from app.domain.approval import decisions, delegations, requests
from app.domain.audit import erasure
from app.domain.credentials import tokens
from app.domain.delivery import activation, applications, ending, environments, placement, reporting, rollback
from app.domain.governance import attachments, findings, mitigations, policies, recalls
from app.domain.licensing import waivers
from app.domain.lineage import datasets, execution, recording, removal, retraction
from app.domain.permission import grants
from app.domain.promotion import promotion
from app.domain.registry import aliases, life, models, publication, upkeep

__all__ = [
    "activation",
    "aliases",
    "applications",
    "attachments",
    "datasets",
    "decisions",
    "delegations",
    "ending",
    "environments",
    "erasure",
    "evaluation",
    "execution",
    "findings",
    "grants",
    "identity",
    "labelling",
    "life",
    "membership",
    "mitigations",
    "models",
    "ownership",
    "placement",
    "policies",
    "promotion",
    "publication",
    "recalls",
    "recording",
    "removal",
    "reporting",
    "requests",
    "retention",
    "retraction",
    "rollback",
    "tokens",
    "upkeep",
    "visibility",
    "waivers",
]
