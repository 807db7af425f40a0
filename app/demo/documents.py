"""Models that read documents."""

from app.demo.training import Model, Training, champion, descending
from app.demo.words import Lines, digest, entity

LAYOUT = Model(
    "vendor/layout-base",
    "document-understanding",
    "ml-platform",
    "mei",
    "A vendor's model of the layout of documents.",
    kind="VENDOR",
    license="MIT",
)
IDENTITY = Model(
    "documents/id-check",
    "image-classification",
    "customer-ai",
    "noor",
    "Whether a photograph shows a valid identity document.",
    framework="pytorch",
    repository="document-models",
    risk_tier="high",
    limitations="Not for documents issued before 2010.",
)
INCOME = Model(
    "documents/income-reader",
    "document-understanding",
    "credit-science",
    "tomasz",
    "Reads the income off a payslip.",
    framework="transformers",
    repository="document-models",
    risk_tier="high",
)


def lines() -> Lines:
    yield from LAYOUT.lines(16)
    yield entity(
        "ModelVersion",
        16,
        "mei",
        model=LAYOUT.name,
        number=1,
        displayVersion="3.1",
        license="MIT",
        artifact={"uri": "s3://vendors/layout-base/3.1", "digest": digest("layout-base", "3.1")},
    )
    yield from family(IDENTITY, 24, 42, "id-documents", ("2026-01", "2026-01", "2026-04", "2026-04"))
    yield from family(INCOME, 75, 30, "payslips", ("2026-03", "2026-03", "2026-03"))


def family(model: Model, first: float, every: float, dataset: str, snapshots: tuple[str, ...]) -> Lines:
    """Versions that were fine-tuned from the vendor's model, each on the data of its day."""
    yield from model.lines(first - 2)
    for number, snapshot in enumerate(snapshots, start=1):
        at = first + every * (number - 1)
        yield from Training(
            model,
            number,
            at,
            data=[("train", dataset, snapshot)],
            parents=[("FINE_TUNE", LAYOUT.name, 1, None)],
            parameters={"learning_rate": 3e-5, "epochs": 4, "image_size": 384},
            metrics={"loss": descending(2.3, 0.22)},
            scores={"f1": round(0.91 + 0.01 * number, 3)},
            format="safetensors",
            aliases=[champion(at + 4, at + every + 4 if number < len(snapshots) else None)],
        ).lines()
