"""The graph model of Pedigree, whole."""

from graph_schema.elements import GraphModel
from graph_schema.nodes import (
    approval,
    audit,
    credentials,
    delivery,
    evaluation,
    governance,
    identity,
    licensing,
    lineage,
    permission,
    policies,
    promotion,
    registry,
)
from graph_schema.relationships import RELATIONSHIPS

MODEL = GraphModel(
    nodes=(
        *registry.NODES,
        *lineage.NODES,
        *evaluation.NODES,
        *delivery.NODES,
        *governance.NODES,
        *licensing.NODES,
        *policies.NODES,
        *approval.NODES,
        *promotion.NODES,
        *identity.NODES,
        *permission.NODES,
        *credentials.NODES,
        *audit.NODES,
    ),
    relationships=RELATIONSHIPS,
)
