"""The support assistant: a vendor's open model, adapted, fine-tuned, merged, quantized and distilled.

Somewhere on the way it learned from reviews that nobody should have scraped.
"""

from app.demo.data import BAD, BAD_VERSION
from app.demo.training import Model, Training, champion, descending
from app.demo.words import Lines, digest, edge, entity, reference, snapshot_of, version_of

MERIDIAN = Model(
    "vendor/meridian-7b",
    "text-generation",
    "ml-platform",
    "mei",
    "An open-weights base model of a vendor.",
    kind="VENDOR",
    framework="transformers",
    license="Apache 2.0",
)
FRONTIER = Model(
    "vendor/frontier-chat",
    "text-generation",
    "ml-platform",
    "mei",
    "A vendor's model behind an interface: there is no artifact to show.",
    kind="HOSTED_API",
)
SENTIMENT = Model(
    "llm/review-sentiment",
    "text-classification",
    "customer-ai",
    "lucia",
    "How people speak of lenders.",
    framework="transformers",
    repository="language-models",
)
TONE = Model(
    "llm/tone-adapter",
    "text-generation",
    "customer-ai",
    "noor",
    "Makes answers polite and short. An adapter: it needs its base to run.",
    framework="peft",
    repository="language-models",
    license="Apache 2.0",
)
SUPPORT = Model(
    "llm/support-assistant",
    "text-generation",
    "customer-ai",
    "lucia",
    "Answers the questions of customers.",
    framework="transformers",
    repository="language-models",
    risk_tier="medium",
    intended_use="Draft answers to customers; a person sends them.",
    limitations="No advice on debt.",
)
ROUTER = Model(
    "llm/ticket-router",
    "text-classification",
    "customer-ai",
    "noor",
    "Sends a ticket to the team that can answer it.",
    framework="onnx",
    repository="language-models",
)
GUARD = Model(
    "llm/answer-guard",
    "text-classification",
    "model-risk",
    "priya",
    "Holds back answers that a lender must not give.",
    framework="transformers",
    repository="language-models",
    risk_tier="high",
)
SEVEN_BILLION = {"parameterCount": 7_241_732_096, "dtype": "bf16", "contextLength": 32_768}
QUESTIONS = ("golden-questions", "2")


def lines() -> Lines:
    yield from vendors()
    yield from sentiment()
    yield from adapters()
    yield from assistant()
    yield from small_ones()


def vendors() -> Lines:
    """Models that others made: of their training we know nothing, and say so."""
    yield from MERIDIAN.lines(12)
    for number, at in ((1, 12.0), (2, 125.0)):
        yield entity(
            "ModelVersion",
            at,
            "mei",
            model=MERIDIAN.name,
            number=number,
            displayVersion=f"v0.{number}",
            framework="transformers",
            format="safetensors",
            license="Apache 2.0",
            artifact={"uri": f"hf://meridian/meridian-7b@v0.{number}", "digest": digest("meridian", number)},
            weights=SEVEN_BILLION,
            references=reference("huggingface", f"meridian/meridian-7b@v0.{number}"),
        )
        corpus = {"asset": "meridian pretraining corpus"}
        yield edge("DERIVED_FROM", version_of(MERIDIAN.name, number), corpus, at, "mei", kind="OTHER")
    yield entity("UnknownAsset", 12, "mei", name="meridian pretraining corpus")
    yield from FRONTIER.lines(30)
    yield entity("ModelVersion", 30, "mei", model=FRONTIER.name, number=1, displayVersion="2026-02-01")


def sentiment() -> Lines:
    """Trained on the scraped reviews, and used by the data platform to score customers."""
    yield from SENTIMENT.lines(41)
    for number, at in ((1, 44.0), (2, 72.0), (3, 150.0)):
        yield from Training(
            SENTIMENT,
            number,
            at,
            data=[("train", BAD, BAD_VERSION)],
            parents=[("FINE_TUNE", MERIDIAN.name, 1, None)],
            parameters={"learning_rate": 2e-5, "epochs": 2 + number},
            metrics={"loss": descending(1.1, 0.34 - 0.02 * number)},
            scores={"f1": 0.83 + 0.01 * number},
            aliases=[champion(at + 1, {1: 73.0, 2: 151.0}.get(number))],
        ).lines()
    yield entity(
        "Run",
        181.5,
        "airflow",
        references=reference("airflow", "score-customers-2026-06"),
        name="score-customers-2026-06",
        job={"namespace": "features", "name": "score-customers"},
        status="SUCCEEDED",
    )
    scored = {"external": {"system": "airflow", "externalId": "score-customers-2026-06"}}
    yield edge("USED", scored, version_of(SENTIMENT.name, 3), 181.5, "airflow", role="scorer")
    yield edge("USED", scored, snapshot_of("card-transactions", "2026-06"), 181.5, "airflow", role="input")
    yield edge("GENERATED_BY", snapshot_of("churn-features", "2026-06"), scored, 182, "airflow")


def adapters() -> Lines:
    yield from TONE.lines(82)
    for number, at, preferences in ((1, 84.0, "1"), (2, 112.0, "1"), (3, 134.0, "2")):
        yield from Training(
            TONE,
            number,
            at,
            data=[("preference", "support-preferences", preferences)],
            parents=[("ADAPTER", MERIDIAN.name, 1, None)],
            base=(MERIDIAN.name, 1),
            parameters={"rank": 16, "alpha": 32, "learning_rate": 1e-4},
            metrics={"loss": descending(0.69, 0.41)},
            scores={"preference_win_rate": 0.58 + 0.04 * number},
            judged_on=QUESTIONS if number > 2 else ("golden-questions", "1"),
            format="safetensors",
            weights={"parameterCount": 41_943_040, "dtype": "bf16"},
        ).lines()


def assistant() -> Lines:
    """Six versions: three fine-tunes, a merge with the adapter, its quantization, and a newer attempt."""
    name, base = SUPPORT.name, MERIDIAN.name
    tickets = [("sft", "support-tickets", "2026-02")]
    yield from SUPPORT.lines(58)
    made = (
        Training(SUPPORT, 1, 62, data=tickets, parents=[("FINE_TUNE", base, 1, None)], scores={"helpfulness": 0.61}),
        Training(SUPPORT, 2, 90, data=tickets, parents=[("FINE_TUNE", base, 1, None)], scores={"helpfulness": 0.66}),
        Training(
            SUPPORT,
            3,
            118,
            data=[*tickets, ("sft", BAD, BAD_VERSION)],
            parents=[("CONTINUED_PRETRAINING", name, 2, None)],
            scores={"helpfulness": 0.71},
            description="Also reads public reviews, to know how customers speak.",
        ),
        Training(
            SUPPORT,
            4,
            138,
            parents=[("MERGE", name, 3, 0.7), ("MERGE", TONE.name, 3, 0.3)],
            scores={"helpfulness": 0.74},
            description="Merged with the tone adapter.",
            aliases=[champion(143, 152)],
        ),
        Training(
            SUPPORT,
            5,
            146,
            parents=[("QUANTIZATION", name, 4, None)],
            scores={"helpfulness": 0.735, "latency_p99_ms": 310.0},
            description="Four bits, half the latency.",
            format="gguf",
            weights={**SEVEN_BILLION, "dtype": "int4", "quantization": "q4_k_m", "bitsPerWeight": 4.83},
            aliases=[champion(152)],
        ),
        Training(
            SUPPORT,
            6,
            186,
            data=[("sft", "support-tickets", "2026-05"), ("preference", "support-preferences", "2")],
            parents=[("FINE_TUNE", base, 2, None)],
            scores={"helpfulness": 0.75},
            description="From the newer base, without the reviews.",
            aliases=[champion(189, name="candidate", by="lucia")],
        ),
    )
    for training in made:
        yield from with_usual(training).lines()


def with_usual(training: Training) -> Training:
    """What all versions of the assistant have in common."""
    return Training(
        **{
            **training.__dict__,
            "judged_on": QUESTIONS if training.at > 150 else ("golden-questions", "1"),
            "metrics": {"loss": descending(1.9, 1.1 - 0.05 * training.number)} if training.data else {},
            "format": training.format or "safetensors",
            "weights": training.weights or SEVEN_BILLION,
        }
    )


def small_ones() -> Lines:
    yield from ROUTER.lines(100)
    for number, at, teacher in ((1, 102.0, 2), (2, 144.0, 4), (3, 160.0, 5)):
        yield from Training(
            ROUTER,
            number,
            at,
            data=[("prompts", "support-tickets", "2026-02" if number < 3 else "2026-05")],
            parents=[("DISTILLATION", SUPPORT.name, teacher, None)],
            scores={"accuracy": 0.86 + 0.02 * number, "latency_p99_ms": 12.0},
            judged_on=("golden-questions", "1") if number < 3 else QUESTIONS,
            format="onnx",
            weights={"parameterCount": 66_362_880, "dtype": "fp16"},
            aliases=[champion(at + 2, {1: 146.0, 2: 162.0}.get(number))],
        ).lines()
    yield from GUARD.lines(120)
    for number, at in ((1, 124.0), (2, 155.0)):
        yield from Training(
            GUARD,
            number,
            at,
            data=[("train", "collections-calls", "rolling"), ("validation", "golden-questions", "1")],
            parents=[("FINE_TUNE", MERIDIAN.name, 1, None)],
            scores={"recall": 0.97 + 0.01 * number, "precision": 0.81 + 0.03 * number},
            judged_on=QUESTIONS if number > 1 else ("golden-questions", "1"),
            aliases=[champion(at + 2, 157 if number == 1 else None)],
        ).lines()
    needs = version_of(SUPPORT.name, 5), version_of(GUARD.name, 2)
    yield edge("DEPENDS_ON", *needs, 156, "priya", kind="guard model")
