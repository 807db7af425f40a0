"""Credit, fraud, churn and offers: models of tables, retrained as new data comes in."""

from collections.abc import Sequence

from app.demo.training import Data, Model, Training, champion, descending
from app.demo.words import Line, Lines, day, version_of

DEFAULT_RISK = Model(
    "credit/default-risk",
    "binary-classification",
    "credit-science",
    "ines",
    "Probability that a loan is not paid back within twelve months.",
    framework="xgboost",
    repository="credit-models",
    risk_tier="high",
    license="LicenseRef-Harbor-Lane",
    intended_use="Decide on consumer loans up to 30,000.",
    limitations="Not for applicants without a bureau record.",
)
LIMIT_ADVISOR = Model(
    "credit/limit-advisor",
    "regression",
    "credit-science",
    "tomasz",
    "Advises the limit of a credit line.",
    framework="lightgbm",
    repository="credit-models",
    risk_tier="high",
)
CARD_FRAUD = Model(
    "fraud/card-fraud",
    "binary-classification",
    "fraud-science",
    "amara",
    "Scores card authorizations within 40 ms.",
    framework="lightgbm",
    repository="fraud-models",
    risk_tier="high",
)
TAKEOVER = Model(
    "fraud/account-takeover",
    "anomaly-detection",
    "fraud-science",
    "kenji",
    "Finds sessions that are not the customer's own.",
    framework="pytorch",
    repository="fraud-models",
    risk_tier="medium",
)
CHURN = Model(
    "churn",
    "binary-classification",
    "customer-ai",
    "samuel",
    "Probability that a customer leaves within three months.",
    framework="xgboost",
    repository="customer-models",
    risk_tier="low",
)
NEXT_OFFER = Model(
    "marketing/next-offer",
    "ranking",
    "customer-ai",
    "samuel",
    "Ranks the offers that a customer may like.",
    framework="pytorch",
    repository="customer-models",
    risk_tier="low",
)

APPLICATIONS: tuple[tuple[Data, ...], ...] = (
    (("train", "loan-applications", "2025-q4"), ("train", "bureau-scores", "2026-01")),
    (("train", "loan-applications", "2026-q1"), ("train", "bureau-scores", "2026-04")),
    (("train", "loan-applications", "2026-q2"), ("train", "bureau-scores", "2026-04")),
)
TRANSACTIONS: tuple[tuple[Data, ...], ...] = tuple(
    (("train", "card-transactions", month), ("labels", "chargebacks", month))
    for month in ("2026-01", "2026-03", "2026-06")
)
CUSTOMERS: tuple[tuple[Data, ...], ...] = (
    (("train", "churn-features", "2026-03"),),
    (("train", "churn-features", "2026-03"),),
    (("train", "churn-features", "2026-06"),),
)


def lines() -> Lines:
    yield from retrained(DEFAULT_RISK, 15, 28, 7, APPLICATIONS, 0.861, ("credit-reference", "2026-01"))
    yield from retrained(LIMIT_ADVISOR, 60, 45, 3, APPLICATIONS, 0.781, ("credit-reference", "2026-01"))
    yield from retrained(CARD_FRAUD, 31, 22, 8, TRANSACTIONS, 0.943, ("chargebacks", "2026-01"))
    yield from retrained(TAKEOVER, 50, 40, 4, TRANSACTIONS, 0.902, None)
    yield from retrained(CHURN, 94, 18, 6, CUSTOMERS, 0.801, None)
    yield from retrained(NEXT_OFFER, 95, 30, 4, CUSTOMERS, 0.744, None)


def retrained(
    model: Model,
    first: int,
    every: int,
    count: int,
    data: Sequence[Sequence[Data]],
    auc: float,
    judged_on: tuple[str, str] | None,
) -> Lines:
    """A model and its versions: each learns from the newest data of its day, and starts from the one before."""
    yield from model.lines(first - 1)
    for number in range(1, count + 1):
        at = first + every * (number - 1)
        newest = data[min(len(data) - 1, max(0, int(at // 92)))]
        yield from Training(
            model,
            number,
            at,
            data=newest,
            parents=[("RETRAIN", model.name, number - 1, None)] if number > 1 else [],
            parameters={"learning_rate": 0.05, "max_depth": 6 + number % 3, "n_estimators": 400 + 50 * number},
            metrics={"logloss": descending(0.69, 0.31 - 0.004 * number)},
            scores={"auc": round(auc + 0.003 * number, 4), "brier": round(0.142 - 0.002 * number, 4)},
            judged_on=judged_on,
            format="json" if model.framework == "xgboost" else "txt",
            aliases=[champion(at + 3, at + every + 3 if number < count else None)],
            lifecycle=life(model, number, count, at, every),
        ).lines()


def life(model: Model, number: int, count: int, at: float, every: int) -> list[Line]:
    """The last two versions are in use; the one before is deprecated, older ones are retired."""
    if number >= count - 1:
        return []
    deprecated_at, retired_at = at + every + 3, at + 2 * every + 3
    is_retired = number < count - 2
    deprecated: Line = {
        "state": "DEPRECATED",
        "reason": f"Version {number + 1} learned from newer data.",
        "successor": version_of(model.name, number + 1),
        "setBy": model.author,
        "validFrom": day(deprecated_at),
        "validTo": day(retired_at) if is_retired else None,
    }
    retired: Line = {
        "state": "RETIRED",
        "reason": "No longer served.",
        "setBy": model.author,
        "validFrom": day(retired_at),
    }
    active: Line = {"state": "ACTIVE", "validFrom": day(at), "validTo": day(deprecated_at)}
    return [active, deprecated, *([retired] if is_retired else [])]
