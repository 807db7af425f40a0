"""The data of Harbor Lane, and what is wrong with some of it."""

from dataclasses import dataclass

from app.demo.people import actor
from app.demo.words import Line, Lines, day, digest, edge, entity, reference, snapshot_of

# Scraped without asking, under a license that forbids commercial use. Nobody noticed in February.
BAD = "web-reviews"
BAD_VERSION = "2026-02"


@dataclass(frozen=True)
class Source:
    """A dataset: its snapshots are (version, day, rows)."""

    name: str
    kind: str
    description: str
    owner: str
    snapshots: tuple[tuple[str, int, int], ...]
    license: str | None = None
    classifications: tuple[str, ...] = ()
    system: str = "delta"
    is_pinned: bool = True


PII = ("PII",)
SOURCES = (
    Source(
        "loan-applications",
        "table",
        "Every application for a loan, with its outcome after twelve months.",
        "credit-science",
        (("2025-q4", 2, 412_880), ("2026-q1", 88, 438_102), ("2026-q2", 178, 451_377)),
        license="LicenseRef-Harbor-Lane",
        classifications=("PII", "financial"),
    ),
    Source(
        "bureau-scores",
        "table",
        "Scores of the credit bureau, bought each quarter.",
        "credit-science",
        (("2026-01", 6, 1_204_551), ("2026-04", 96, 1_233_019)),
        license="LicenseRef-Bureau-2026",
        classifications=("PII", "financial"),
    ),
    Source(
        "card-transactions",
        "table",
        "Authorizations of cards, one row each.",
        "data-platform",
        (("2026-01", 28, 88_401_223), ("2026-03", 87, 91_777_410), ("2026-06", 178, 97_013_884)),
        classifications=PII,
    ),
    Source(
        "chargebacks",
        "table",
        "Transactions that turned out to be fraud.",
        "fraud-science",
        (("2026-01", 29, 41_220), ("2026-03", 88, 44_871), ("2026-06", 179, 47_310)),
    ),
    Source(
        BAD,
        "text",
        "Reviews of banks and lenders, collected from public web pages.",
        "customer-ai",
        ((BAD_VERSION, 40, 2_918_004),),
        license="CC BY-NC 4.0",
        classifications=("scraped",),
        system="s3",
    ),
    Source(
        "support-tickets",
        "text",
        "Conversations with customers, names removed.",
        "customer-ai",
        (("2026-02", 45, 188_204), ("2026-05", 140, 214_930)),
        classifications=PII,
        system="dvc",
    ),
    Source(
        "support-preferences",
        "text",
        "Pairs of answers, the better one marked.",
        "customer-ai",
        (("1", 80, 9_800), ("2", 130, 14_400)),
        system="dvc",
    ),
    Source(
        "id-documents",
        "images",
        "Photographs of identity documents, made for training.",
        "customer-ai",
        (("2026-01", 20, 64_000), ("2026-04", 104, 81_500)),
        license="LicenseRef-Harbor-Lane",
        classifications=("PII", "biometric"),
        system="lakefs",
    ),
    Source(
        "payslips",
        "images",
        "Scanned payslips with the fields that people read off them.",
        "customer-ai",
        (("2026-03", 70, 22_310),),
        classifications=("PII", "financial"),
        system="lakefs",
    ),
    Source(
        "churn-features",
        "feature view",
        "What is known of a customer on the first of the month.",
        "data-platform",
        (("2026-03", 90, 604_112), ("2026-06", 182, 633_870)),
        classifications=PII,
        system="feature-view",
    ),
    Source(
        "golden-questions",
        "text",
        "Questions of customers with the answers that a person would give.",
        "model-risk",
        (("1", 60, 1_200), ("2", 150, 1_850)),
        system="dvc",
    ),
    Source(
        "credit-reference",
        "table",
        "Loans that no model was ever trained on.",
        "model-risk",
        (("2026-01", 10, 50_000),),
        classifications=("PII", "financial"),
    ),
    Source(
        "collections-calls",
        "text",
        "Transcripts of calls about late payments; a folder that people add to.",
        "customer-ai",
        (("rolling", 50, 71_000),),
        classifications=PII,
        system="s3",
        is_pinned=False,
    ),
)


def lines() -> Lines:
    """Datasets with their owners, and every snapshot."""
    for source in SOURCES:
        first = source.snapshots[0][1]
        yield entity("Dataset", first, "greta", name=source.name, kind=source.kind, description=source.description)
        yield edge("OWNS", actor(source.owner), {"dataset": source.name}, first, None)
        for version, at, rows in source.snapshots:
            yield entity(
                "DatasetVersion",
                at,
                "airflow",
                dataset=source.name,
                version=version,
                snapshot={
                    "system": source.system,
                    "uri": f"s3://harbor-lane-data/{source.name}/{version}",
                    "revision": digest(source.name, version)[7:19] if source.is_pinned else None,
                },
                digest=digest(source.name, version, "content") if source.is_pinned else None,
                license=source.license,
                classifications=list(source.classifications),
                rowCount=rows,
            )
    yield waiver()
    yield derived("churn-features", "2026-03", "card-transactions", "2026-03", 90)
    yield derived("churn-features", "2026-06", "card-transactions", "2026-06", 182)
    yield derived("support-preferences", "2", "support-preferences", "1", 130)


def waiver() -> Line:
    """What the owner of the reviews agreed to, once somebody had asked."""
    return entity(
        "LicenseWaiver",
        165,
        "priya",
        references=reference("contracts", "2026-097"),
        asset=snapshot_of(BAD, BAD_VERSION),
        kinds=["NON_COMMERCIAL"],
        waivedFor={"model": "llm/ticket-router"},
        reason="Sorting our own tickets is no commercial use, says the owner of the site.",
        url="https://contracts.harborlane.example/2026-097",
        validFrom=day(165),
    )


def derived(dataset: str, version: str, source: str, of: str, at: int) -> dict[str, object]:
    kind = "AUGMENT" if dataset == source else "JOIN"
    return edge("DERIVED_FROM", snapshot_of(dataset, version), snapshot_of(source, of), at, "airflow", kind=kind)
