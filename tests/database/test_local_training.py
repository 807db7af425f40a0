"""What the JVM has learned of Neo4j: used when it is there, and harmless when it does not fit."""

import shutil
from pathlib import Path

from app.database.local import LocalNeo4j, fetch_jars
from app.database.local.configuration import aot_cache, command
from app.settings import Settings


def test_a_start_builds_on_what_was_learned(neo4j: LocalNeo4j, own_settings: Settings) -> None:
    learned = aot_cache(fetch_jars(own_settings))
    told = Path(f"/proc/{neo4j.pid}/cmdline").read_text().split("\0")
    assert (f"-XX:AOTCache={learned}" in told) is learned.is_file()
    assert "[aot]" not in neo4j.log.text  # or it does not fit


def test_it_is_of_one_version_of_neo4j_and_one_jvm(own_settings: Settings, tmp_path: Path) -> None:
    jars = tmp_path / "2026.08.1"
    jars.mkdir()
    for name in ("b.jar", "a.jar"):
        (jars / name).touch()
    before = command(own_settings, jars, tmp_path)
    aot_cache(jars).touch()
    after = command(own_settings, jars, tmp_path)
    assert set(after) - set(before) == {f"-XX:AOTCache={aot_cache(jars)}"}
    assert after[after.index("-cp") + 1] == f"{jars / 'a.jar'}:{jars / 'b.jar'}"
    assert set(command(own_settings, jars, tmp_path, ["-XX:AOTCacheOutput=x"])) - set(before) == {
        "-XX:AOTCacheOutput=x"
    }
    other = shutil.copytree(jars, tmp_path / "5.26.30")
    assert command(own_settings, other, tmp_path)[:-4] == before[:-4]
