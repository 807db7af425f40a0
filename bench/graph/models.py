"""Models and versions that belong to no landmark: most of the registry."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha1
from itertools import pairwise
from random import Random

from bench.graph import data, landmarks
from bench.graph.data import Snapshot
from bench.graph.people import TEAMS, actor
from bench.graph.sizes import Sizes
from bench.graph.training import Parent, Training, deployment, evaluation
from bench.graph.words import DAYS, Line, Lines, by_power_law, day, edge, entity

LONGEST_CHAIN = 12
KINDS = ("RETRAIN", "FINE_TUNE", "QUANTIZATION", "DISTILLATION", "PRUNING")
DEPLOYED_EVERY = 20
VERSIONS_PER_COMMIT = 10
CHAMPION, CANDIDATE = "champion", "candidate"


@dataclass(frozen=True)
class Model:
    """A model, and the days on which its versions were made. The n-th version has number n."""

    name: str
    days: Sequence[float]

    @property
    def deployed(self) -> list[int]:
        """The numbers of the versions that were in production, one after the other: the last one is there now."""
        return [*range(DEPLOYED_EVERY // 2, len(self.days), DEPLOYED_EVERY), len(self.days)]


def models(sizes: Sizes) -> list[Model]:
    """Few models have thousands of versions, most have a handful."""
    random = Random(f"models {sizes.seed}")
    days: list[list[float]] = [[] for _ in range(sizes.models)]
    for place in range(sizes.other_versions):
        model = place if place < sizes.models else by_power_law(random, sizes.models)
        days[model].append(1 + DAYS * (place + 1) / sizes.other_versions)
    return [Model(f"{TEAMS[place % len(TEAMS)]}/model-{place:05}", own) for place, own in enumerate(days)]


def lines(sizes: Sizes) -> Lines:
    """The lines of models, versions with their lineage, evaluations, deployments and applications."""
    random = Random(f"versions {sizes.seed}")
    snapshots = [*landmarks.deep_snapshots(sizes.deep), *data.names(sizes)]
    random.shuffle(snapshots)
    found = models(sizes)
    for place, model in enumerate(found):
        yield model_line(model.name, place / len(found))
        yield edge("OWNS", actor(TEAMS[place % len(TEAMS)]), {"model": model.name})
    versions = list(trainings(found, snapshots, random))
    yield from commits(versions)
    for training in versions:
        yield from training.lines(random)
    for place in range(sizes.other_evaluations):
        training = random.choice(versions)
        yield evaluation(training, random.choice(snapshots), training.at + 0.5, random, place)
    for model in found:
        yield from deployments(model)
    for place in range(max(5, len(found) // 10)):
        yield from application(f"application-{place:04}", random.choice(found))


def model_line(name: str, at: float) -> Line:
    return entity("RegisteredModel", at, name=name, task="classification", description=f"What {name} predicts.")


def trainings(found: Sequence[Model], snapshots: Sequence[Snapshot], random: Random) -> Iterator[Training]:
    """Every version in the order of time, made from earlier ones and from much-used data."""
    order = sorted((at, model.name, number) for model in found for number, at in enumerate(model.days, start=1))
    last = {model.name: len(model.days) for model in found}
    depths: dict[tuple[str, int], int] = {}
    for at, model, number in order:
        source = (model, number - 1) if random.random() < 0.9 else random.choice(order)[1:]
        is_derived = random.random() < 0.7 and depths.get(source, LONGEST_CHAIN) < LONGEST_CHAIN
        depths[model, number] = depths[source] + 1 if is_derived else 0
        parents: list[Parent] = [(random.choice(KINDS), *source)] if is_derived else []
        chosen = [snapshots[by_power_law(random, len(snapshots))] for _ in range(random.randint(1, 3))]
        aliases = {"aliases": list(aliases_of(model, number, at))} if number == last[model] else {}
        yield Training(model, number, at, chosen, parents, code_of(model, number), aliases)


def code_of(model: str, number: int) -> Line:
    """The commit that a version was trained with. Some versions share one."""
    sha = sha1(f"{model} {number // VERSIONS_PER_COMMIT}".encode(), usedforsecurity=False).hexdigest()
    return {"repository": f"https://github.com/example/{model}", "sha": sha}


def commits(versions: Iterable[Training]) -> Lines:
    """The lines of all commits that versions were trained with."""
    first = {str(training.code["sha"]): training for training in versions if training.code}
    for training in first.values():
        yield entity("Commit", training.at - 1, message="Better features", **(training.code or {}))


def aliases_of(model: str, number: int, at: float) -> Iterator[Line]:
    """The latest version is the champion, and the candidate to come."""
    for name in (CHAMPION, CANDIDATE):
        yield {"name": name, "setBy": "trainer", "validFrom": day(at)}


def deployments(model: Model) -> Lines:
    """What was in production, each until the next."""
    placed = [(Training(model.name, number, 0), model.days[number - 1] + 1) for number in model.deployed]
    for (training, since), (_, until) in pairwise([*placed, (None, None)]):
        if training is not None and since is not None:
            yield deployment(training, "production", since, until)


def application(name: str, model: Model) -> Lines:
    yield entity("Application", DAYS, name=name, purpose=f"Stands on {model.name}.", isUserFacing=True)
    champion = {"model": model.name, "number": len(model.days)}
    yield edge("DEPENDS_ON", {"application": name}, champion, kind="score")
