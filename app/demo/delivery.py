"""Where the models of Harbor Lane run: what is live, what was live before, and what stands on it."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from app.demo import documents, language, tabular
from app.demo.people import actor
from app.demo.words import Line, Lines, day, edge, entity, external, reference, version_of

PRODUCTION = "production"
ENVIRONMENTS = (("development", 1, False), ("staging", 2, False), (PRODUCTION, 3, True))

# endpoint, location, model, and when each version took over: (version, day)
PLACED: tuple[tuple[str, str, str, Sequence[tuple[int, float]]], ...] = (
    ("credit-score", "eu-west", tabular.DEFAULT_RISK.name, ((4, 103), (5, 131), (6, 160), (7, 188))),
    ("credit-score", "us-east", tabular.DEFAULT_RISK.name, ((5, 134), (6, 163))),
    ("credit-limit", "eu-west", tabular.LIMIT_ADVISOR.name, ((2, 110), (3, 154))),
    ("card-fraud", "eu-west", tabular.CARD_FRAUD.name, ((5, 122), (6, 145), (7, 166), (8, 189))),
    ("account-takeover", "eu-west", tabular.TAKEOVER.name, ((3, 134), (4, 174))),
    ("next-offer", "eu-west", tabular.NEXT_OFFER.name, ((3, 160), (4, 190))),
    ("id-check", "eu-west", documents.IDENTITY.name, ((3, 113), (4, 155))),
    ("income-reader", "eu-west", documents.INCOME.name, ((2, 110), (3, 140))),
    ("support-chat", "eu-west", language.SUPPORT.name, ((2, 95), (4, 143), (5, 152))),
    ("ticket-routing", "eu-west", language.ROUTER.name, ((1, 106), (2, 147), (3, 163))),
    ("answer-guard", "eu-west", language.GUARD.name, ((1, 128), (2, 158))),
)
# application, owner, purpose, risk class, faces customers, what it needs: (model, number, kind)
APPLICATIONS = (
    (
        "loan-origination",
        "credit-science",
        "Decides on applications for loans.",
        "high",
        True,
        (
            (tabular.DEFAULT_RISK.name, 7, "score"),
            (documents.INCOME.name, 3, "reader"),
            (documents.IDENTITY.name, 4, "check"),
        ),
    ),
    (
        "card-shield",
        "fraud-science",
        "Stops fraud with cards.",
        "high",
        False,
        ((tabular.CARD_FRAUD.name, 8, "score"),),
    ),
    (
        "session-guard",
        "fraud-science",
        "Ends sessions that are not the customer's.",
        "limited",
        True,
        ((tabular.TAKEOVER.name, 4, "score"),),
    ),
    (
        "support-desk",
        "customer-ai",
        "Drafts answers to customers.",
        "limited",
        True,
        (
            (language.SUPPORT.name, 5, "writer"),
            (language.ROUTER.name, 3, "router"),
            (language.GUARD.name, 2, "guard model"),
            (language.FRONTIER.name, 1, "fallback"),
        ),
    ),
    (
        "retention-desk",
        "customer-ai",
        "Calls customers who may leave.",
        "minimal",
        False,
        ((tabular.CHURN.name, 6, "score"), (tabular.NEXT_OFFER.name, 4, "ranking")),
    ),
)


def lines() -> Lines:
    yield from environments()
    for endpoint, location, model, placed in PLACED:
        yield from succession(endpoint, location, model, placed)
    yield from batches()
    yield from trials()
    yield from roll_outs()
    yield from roll_backs()
    yield from applications()


def environments() -> Lines:
    for name, position, is_protected in ENVIRONMENTS:
        yield entity("Environment", 1, "mei", name=name, position=position, isProtected=is_protected)
    for (name, _, _), (following, _, _) in pairwise(ENVIRONMENTS):
        yield edge("PROMOTES_TO", {"environment": name}, {"environment": following}, 1, None)


def succession(endpoint: str, location: str, model: str, placed: Sequence[tuple[int, float]]) -> Lines:
    """Versions that followed each other at one endpoint in production."""
    ends = [at for _, at in placed[1:]]
    for index, (number, at) in enumerate(placed):
        ended = {"validTo": day(ends[index]), "status": "SUPERSEDED"} if index < len(ends) else {"status": "ACTIVE"}
        yield entity(
            "Deployment",
            at,
            "release-bot",
            references=reference("argocd", f"{endpoint}-{location}-{number}"),
            version=version_of(model, number),
            environment=PRODUCTION,
            location=location,
            endpoint=endpoint,
            kind="ONLINE",
            role="PRIMARY",
            trafficPercent=100.0,
            validFrom=day(at),
            **ended,
        )


def batches() -> Lines:
    """What runs at night."""
    yield entity(
        "Deployment",
        185,
        "release-bot",
        references=reference("argocd", "churn-nightly-6"),
        version=version_of(tabular.CHURN.name, 6),
        environment=PRODUCTION,
        endpoint="churn-nightly",
        kind="BATCH",
        role="PRIMARY",
        validFrom=day(185),
        status="ACTIVE",
    )


def trials() -> Lines:
    """What is tried before it may go to production, and what is watched beside it."""
    yield entity(
        "Deployment",
        189,
        "lucia",
        references=reference("argocd", "support-chat-staging-6"),
        version=version_of(language.SUPPORT.name, 6),
        environment="staging",
        location="eu-west",
        endpoint="support-chat",
        kind="ONLINE",
        role="PRIMARY",
        trafficPercent=100.0,
        validFrom=day(189),
        status="ACTIVE",
    )
    yield entity(
        "Deployment",
        190,
        "release-bot",
        references=reference("argocd", "support-chat-shadow-6"),
        version=version_of(language.SUPPORT.name, 6),
        environment=PRODUCTION,
        location="eu-west",
        endpoint="support-chat",
        kind="ONLINE",
        role="SHADOW",
        trafficPercent=0.0,
        mirrorPercent=10.0,
        validFrom=day(190),
        status="ACTIVE",
    )


def roll_outs() -> Lines:
    """What is on its way to its place."""
    yield entity(
        "Deployment",
        190.5,
        "release-bot",
        references=reference("argocd", "account-takeover-us-east-4"),
        version=version_of(tabular.TAKEOVER.name, 4),
        environment=PRODUCTION,
        location="us-east",
        endpoint="account-takeover",
        kind="ONLINE",
        role="PRIMARY",
        trafficPercent=100.0,
        validFrom=day(190.5),
        status="ROLLING_OUT",
    )


def roll_backs() -> Lines:
    """What was taken back, and what took its place again."""
    first, second, again = (f"id-check-us-east-{name}" for name in ("3", "4", "3-again"))
    refused = "It refuses passports of this year."
    yield checked(first, 3, 120, validTo=day(156), status="SUPERSEDED")
    yield checked(second, 4, 156, validTo=day(157.5), status="ROLLED_BACK", endReason=refused)
    yield checked(again, 3, 157.5, status="ACTIVE", restores=external("argocd", first), reason=refused)


def checked(name: str, number: int, at: float, **ended: Any) -> Line:
    """A version that checks papers in the other region."""
    return entity(
        "Deployment",
        at,
        "release-bot",
        references=reference("argocd", name),
        version=version_of(documents.IDENTITY.name, number),
        environment=PRODUCTION,
        location="us-east",
        endpoint="id-check",
        kind="ONLINE",
        role="PRIMARY",
        trafficPercent=100.0,
        validFrom=day(at),
        **ended,
    )


def applications() -> Lines:
    for name, owner, purpose, risk_class, is_user_facing, needs in APPLICATIONS:
        application = {"application": name}
        yield entity(
            "Application",
            3,
            "mei",
            name=name,
            purpose=purpose,
            riskClass=risk_class,
            isUserFacing=is_user_facing,
        )
        yield edge("OWNS", actor(owner), application, 3, None)
        for model, number, kind in needs:
            yield edge("DEPENDS_ON", application, version_of(model, number), 190, "mei", kind=kind)
