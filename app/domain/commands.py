"""Every command there is, so that the API can declare them all."""

from app.domain import labelling
from app.domain.delivery import applications, ending, environments, placement
from app.domain.lineage import datasets, execution, removal
from app.domain.registry import aliases, life, models, publication, upkeep

__all__ = [
    "aliases",
    "applications",
    "datasets",
    "ending",
    "environments",
    "execution",
    "labelling",
    "life",
    "models",
    "placement",
    "publication",
    "removal",
    "upkeep",
]
