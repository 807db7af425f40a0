"""What Harbor Lane decided: the scraped reviews must not be used, but for a router that never saw their text."""

from app.demo.data import BAD, BAD_VERSION
from app.demo.language import ROUTER
from app.demo.words import Lines, day, edge, entity, external, reference, snapshot_of, version_of

RECALL = ("jira", "RISK-118")


def lines() -> Lines:
    yield entity(
        "Recall",
        200,
        "priya",
        references=reference(*RECALL),
        severity="HIGH",
        reason="The reviews were scraped without consent, and hold the names of customers.",
        validFrom=day(200),
    )
    yield edge("RECALLS", external(*RECALL), snapshot_of(BAD, BAD_VERSION), 200, None)
    yield entity(
        "Mitigation",
        202,
        "oliver",
        references=reference("jira", "RISK-121"),
        recall=external(*RECALL),
        on=version_of(ROUTER.name, 3),
        reason="It learned from the topics of the reviews alone, and answers nobody.",
        validFrom=day(202),
    )
