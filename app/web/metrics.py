"""`/metrics`, as Prometheus reads it: what this process counts, or what all workers of the server count together."""

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from prometheus_client import REGISTRY, CollectorRegistry, Metric, ProcessCollector
from prometheus_client.exposition import choose_encoder
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.web.entrance import Entrance
from app.web.hosts import is_loopback


def route(folder: Path | None, entrance: Entrance) -> Route:
    """The route of the metrics, open to this machine and to who signs in. In the folder, several processes count
    together."""
    registry = REGISTRY if folder is None else together(folder)

    async def metrics(request: Request) -> Response:
        if request.client is not None and not is_loopback(request.client.host):
            await entrance.admit(request)
        encode, content_type = choose_encoder(request.headers.get("accept", ""))
        return Response(await run_in_threadpool(encode, registry), headers={"Content-Type": content_type})

    return Route("/metrics", metrics)


def together(folder: Path) -> CollectorRegistry:
    registry = CollectorRegistry()
    MultiProcessCollector(registry, str(folder))  # type: ignore[no-untyped-call]
    registry.register(Processes(folder))
    return registry


class Processes(Collector):
    """Memory, time and files of every process that counts in a folder, by its id: that cannot be added up."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def collect(self) -> Iterable[Metric]:
        families: dict[str, Metric] = {}
        for file in self.folder.glob("gauge_livesum_*.db"):  # who ends loses this file
            pid = int(file.stem.rpartition("_")[2])
            for found in ProcessCollector(pid=partial(int, pid), registry=None).collect():
                family = families.setdefault(found.name, Metric(found.name, found.documentation, found.type))
                for sample in found.samples:
                    family.add_sample(sample.name, {"pid": str(pid)}, sample.value)
        return families.values()
