"""`mlflow server` on SQLite, as it comes, in an environment of its own; asked over REST by our client."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

import orjson

from app.database.local.server import free_port
from bench.http import Failed, exchanges, request
from bench.processes import server

ROOT = Path(__file__).parents[1]
REQUIREMENTS = ROOT / "bench" / "requirements-mlflow.txt"
HOME = ROOT / ".venv-bench-mlflow"
UV = ROOT / ".venv" / "bin" / "uv"
PYTHON = ROOT / ".venv" / "bin" / "python"
QUIET = {"MLFLOW_DISABLE_TELEMETRY": "true", "DO_NOT_TRACK": "true"}
PATIENCE = 180.0  # seconds until its workers have been imported


def installed() -> Path:
    """The command, installed by hash when it is not there or not that of the requirements."""
    stamp = HOME / "requirements.txt"
    if not stamp.exists() or stamp.read_bytes() != REQUIREMENTS.read_bytes():
        shutil.rmtree(HOME, ignore_errors=True)
        subprocess.run([PYTHON, "-m", "venv", "--without-pip", HOME], check=True)
        where = ("--python", HOME / "bin" / "python")
        subprocess.run([UV, "pip", "install", "--quiet", "--require-hashes", *where, "-r", REQUIREMENTS], check=True)
        shutil.copyfile(REQUIREMENTS, stamp)
    return HOME / "bin" / "mlflow"


@contextmanager
def mlflow() -> Iterator[str]:
    """A server with an empty registry. Gives its URL."""
    command = installed()
    with TemporaryDirectory() as folder:
        address = ("--host", "127.0.0.1", "--port", str(free_port()))
        store = ("--backend-store-uri", f"sqlite:///{folder}/mlflow.db", "--artifacts-destination", folder)
        path = {"PATH": f"{HOME / 'bin'}:{os.environ['PATH']}"}
        with server([command, "server", *address, *store], r"running on (http://\S+)", {**QUIET, **path}) as url:
            yield url


async def ready(url: str) -> None:
    """Return once it answers."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            async with exchanges(url, 1) as (exchange,):
                await exchange.ask(request("GET", f"{url}/health"))
                return
        except (Failed, OSError):
            if time.monotonic() > deadline:
                raise


class REST:
    """The requests that are measured."""

    def __init__(self, url: str) -> None:
        self.api = f"{url}/api/2.0/mlflow"

    def create_model(self, name: str) -> bytes:
        return request("POST", f"{self.api}/registered-models/create", {"name": name})

    def create_version(self, model: str) -> bytes:
        source = {"name": model, "source": f"s3://models/{model}"}
        return request("POST", f"{self.api}/model-versions/create", source)

    def set_alias(self, model: str, alias: str, version: str) -> bytes:
        body = {"name": model, "alias": alias, "version": version}
        return request("POST", f"{self.api}/registered-models/alias", body)

    def by_alias(self, model: str, alias: str) -> bytes:
        return request("GET", f"{self.api}/registered-models/alias?name={quote(model)}&alias={alias}")

    def search(self, model: str) -> bytes:
        chosen = quote(f"name='{model}'")
        return request("GET", f"{self.api}/model-versions/search?filter={chosen}&max_results=100")


async def filled(url: str, rest: REST, models: list[str], versions: int, alias: str) -> None:
    """Make models with one version and an alias each, the first of them with so many versions."""
    async with exchanges(url, 1) as (exchange,):
        for name in models:
            await exchange.ask(rest.create_model(name))
            made = orjson.loads(await exchange.ask(rest.create_version(name)))
            await exchange.ask(rest.set_alias(name, alias, made["model_version"]["version"]))
        for _ in range(versions - 1):
            await exchange.ask(rest.create_version(models[0]))
