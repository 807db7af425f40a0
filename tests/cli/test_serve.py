import os
import signal
import socket
from pathlib import Path

import pytest
from neo4j import Driver, GraphDatabase

from app.settings import Settings
from tests.fixtures.command import command
from tests.fixtures.pedigree_process import served, spawn, wait_until_unclaimed

pytestmark = pytest.mark.long


@pytest.fixture
def fresh(own_settings: Settings, tmp_path: Path) -> Settings:
    """Settings of a server with a data folder of its own, on a free port."""
    return own_settings.model_copy(update={"data_dir": tmp_path / "data", "port": 0})


def driver(settings: Settings) -> Driver:
    """A driver of the Neo4j that a server has started, found as an administrator would find it."""
    home = settings.data_dir / "neo4j"
    conf = dict(line.split("=", 1) for line in (home / "conf" / "neo4j.conf").read_text().splitlines())
    address = conf["server.bolt.listen_address"]
    return GraphDatabase.driver(f"bolt://{address}", auth=("neo4j", (home / "password").read_text()))


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_neo4j_ends_with_a_server_that_is_killed_and_its_data_survive(fresh: Settings) -> None:
    with served(fresh) as server:
        assert server.get("/").status_code == 200
        neo4j = int((fresh.data_dir / "neo4j" / "neo4j.pid").read_text())
        with driver(fresh) as graph:
            graph.execute_query("CREATE (:Survivor)")

        server.process.send_signal(signal.SIGKILL)

        assert server.process.wait() == -signal.SIGKILL
        wait_until_unclaimed(fresh.data_dir)
        assert not is_alive(neo4j)

    with served(fresh) as server:
        with driver(fresh) as graph:
            assert graph.execute_query("MATCH (s:Survivor) RETURN count(s) AS n").records[0]["n"] == 1
        neo4j = int((fresh.data_dir / "neo4j" / "neo4j.pid").read_text())

        server.interrupt()

        assert server.process.wait() == 0
        assert not is_alive(neo4j)
        assert server.output() == ""


def test_your_own_neo4j_is_used_and_outlives_the_server(settings: Settings, tmp_path: Path) -> None:
    ours = settings.model_copy(update={"data_dir": tmp_path / "data", "port": 0, "plan_ahead": True})

    with served(ours) as server:
        assert server.get("/").status_code == 200
        server.process.terminate()
        assert server.process.wait() == 0

    assert not ours.data_dir.exists()
    assert settings.neo4j_uri is not None
    assert settings.neo4j_password is not None
    auth = (settings.neo4j_username, settings.neo4j_password.get_secret_value())
    with GraphDatabase.driver(settings.neo4j_uri, auth=auth) as graph:
        graph.verify_connectivity()


def test_a_port_that_is_taken_is_one_line_and_nothing_was_started(fresh: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        with spawn(fresh, "serve", "--port", str(port)) as process:
            output, _ = process.communicate()

    assert process.returncode == 1
    assert output == f"Port {port} on 127.0.0.1 is taken: stop what listens there, or choose another with --port.\n"
    assert not fresh.data_dir.exists()


def test_a_data_folder_in_use_is_one_line(fresh: Settings, own_settings: Settings, neo4j: object) -> None:
    refused = command(fresh, "serve", "--data-dir", str(own_settings.data_dir))

    assert refused.exit_code == 1
    assert refused.output.splitlines()[1:] == [
        f"The data folder {own_settings.data_dir} is in use by process {os.getpid()}: "
        "stop it, or choose another with --data-dir."
    ]


def test_a_wrong_setting_is_one_line_with_its_variable(fresh: Settings) -> None:
    refused = command(fresh.model_copy(update={"neo4j_heap": "lots"}), "serve")

    assert refused.exit_code == 1
    assert (
        refused.output
        == "The setting PEDIGREE_NEO4J_HEAP is wrong: String should match pattern '^[1-9][0-9]*[kmg]$'.\n"
    )


def test_a_host_that_is_none_is_one_line(fresh: Settings) -> None:
    refused = command(fresh, "serve", "--host", "256.0.0.1", "--port", "8000")

    assert refused.exit_code == 1
    assert refused.output.startswith("Cannot listen on 256.0.0.1, port 8000: ")
    assert refused.output.count("\n") == 1


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_an_address_that_others_reach_is_refused_where_nobody_signs_in(fresh: Settings, host: str) -> None:
    signing_in = fresh.model_copy(update={"auth": True})
    refused = command(signing_in, "serve", "--host", host, "--no-auth")

    assert refused.exit_code == 1
    assert refused.output == (
        f"Without authentication whoever reaches {host} could change the registry: keep to 127.0.0.1, or leave out "
        "--no-auth.\n"
    )
    assert not fresh.data_dir.exists()


def test_others_may_reach_it_where_they_have_to_sign_in(settings: Settings, tmp_path: Path) -> None:
    changes = {"data_dir": tmp_path / "data", "port": 0, "host": "0.0.0.0", "auth": True}

    with served(settings.model_copy(update=changes)) as server:
        response = server.get(server.url.replace("0.0.0.0", "127.0.0.1"), {"Host": "registry.example"})

    assert response.status_code == 200
