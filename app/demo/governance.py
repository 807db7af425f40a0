"""What Harbor Lane found and decided: the scraped reviews must not be used, but for a router that never saw them."""

from app.demo.data import BAD, BAD_VERSION
from app.demo.language import ROUTER, SUPPORT
from app.demo.people import actor
from app.demo.words import Lines, day, edge, entity, external, reference, snapshot_of, version_of

INCIDENT = ("jira", "RISK-117")
RECALL = ("jira", "RISK-118")
LIMIT = ("jira", "RISK-95")


def lines() -> Lines:
    yield from findings()
    yield from recalls()


def findings() -> Lines:
    """An assistant that knows customers by name, and a limit that everybody accepted."""
    yield entity(
        "Finding",
        199,
        "noor",
        references=reference(*INCIDENT),
        kind="INCIDENT",
        severity="HIGH",
        title="The assistant calls strangers by the names of customers.",
        dueOn="2026-08-15",
        validFrom=day(199),
    )
    yield edge("ABOUT", external(*INCIDENT), version_of(SUPPORT.name, 5), 199, None)
    yield edge("OWNS", actor("customer-ai"), external(*INCIDENT), 199, None)
    yield entity(
        "Finding",
        156,
        "oliver",
        references=reference(*LIMIT),
        kind="LIMITATION",
        severity="LOW",
        title="It answers in English and Spanish alone.",
        resolution="It is told in the model's limitations.",
        validFrom=day(156),
        validTo=day(170),
    )
    yield edge("ABOUT", external(*LIMIT), version_of(SUPPORT.name, 5), 156, None)


def recalls() -> Lines:
    """The reviews are recalled, and the recall stops where it does no harm."""
    yield entity(
        "Recall",
        200,
        "priya",
        references=reference(*RECALL),
        severity="HIGH",
        finding=external(*INCIDENT),
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
