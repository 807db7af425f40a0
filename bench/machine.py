"""What was measured on."""

import os
import platform
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import orjson

from app.settings import Settings
from bench.database import HEAP, PAGE_CACHE

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "bench" / "neo4j_graphql" / "package.json"
REQUIREMENTS = ROOT / "bench" / "requirements-mlflow.txt"


def machine() -> Mapping[str, str]:
    """The machine, the versions and the date."""
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "processor": f"{processor()}, {os.cpu_count()} cores",
        "memory": f"{memory() / 2**30:.0f} GiB",
        "system": f"{platform.system()} {platform.release()}",
        "load before": " ".join(f"{load:.2f}" for load in os.getloadavg()),
        "Python": platform.python_version(),
        "Neo4j": f"{Settings().neo4j_version} Community, heap {HEAP}, page cache {PAGE_CACHE}",
        "driver": f"neo4j {version('neo4j')} with neo4j-rust-ext {version('neo4j-rust-ext')}",
        "@neo4j/graphql": str(orjson.loads(PACKAGE.read_bytes())["dependencies"]["@neo4j/graphql"]),
        "mlflow": next(pinned("mlflow")),
    }


def processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def memory() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def pinned(package: str) -> Iterator[str]:
    """The version of a package of mlflow's environment."""
    for line in REQUIREMENTS.read_text(encoding="utf-8").splitlines():
        if line.startswith(f"{package}=="):
            yield line.removeprefix(f"{package}==").split()[0]
