"""Everything that can be set, and the only reader of the environment. `docs/configuration.md` is printed from here."""

from pathlib import Path
from typing import Literal

from platformdirs import user_cache_path, user_data_path
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

MEMORY = r"^[1-9][0-9]*[kmg]$"
ADDRESS = r"^(bolt|neo4j)(\+s|\+ssc)?://."
OPTIONS = r"^\s*([\w.]+=\S+(\s+|$))*$"
VERSION = r"^[0-9]+(\.[0-9]+){1,3}$"


class Settings(BaseSettings):
    """Read from the environment: `PEDIGREE_` and the field's name, or the alias."""

    model_config = SettingsConfigDict(
        env_prefix="PEDIGREE_", env_ignore_empty=True, frozen=True, extra="forbid", populate_by_name=True
    )

    host: str = Field("127.0.0.1", description="Address that the web server listens on.")
    port: int = Field(8000, ge=0, le=65535, description="Port of the web server; 0 takes a free one.")
    workers: int = Field(1, ge=1, le=64, description="Processes that serve, on one port and one database.")
    shutdown_timeout: int = Field(
        30, ge=0, description="Seconds that the server, told to stop, has to finish what it has accepted."
    )
    shutdown_delay: int = Field(
        0,
        ge=0,
        description="Seconds that the server, told to stop, still accepts while `/readyz` says 503: "
        "as long as a load balancer takes to notice.",
    )
    auth: bool = Field(
        True, description="Whether who asks has to sign in. Without, the server listens on loopback and nowhere else."
    )
    actor: str = Field(
        "local", min_length=1, description="Name of the user that everybody is where nobody signs in, and who imports."
    )
    public_url: str = Field(
        "",
        pattern=r"^$|^https?://[^/?#\s]+$",
        description="Address like `https://registry.example` by which browsers reach the server, if it is another one "
        "than they ask for: behind a proxy that ends TLS, say.",
    )
    public_pages: bool = Field(
        True, description="Whether who is not signed in may read the guides, the schema and the empty GraphiQL."
    )
    sign_in_link: bool = Field(
        True, description="Whether the start prints a link that signs in as `admin`, once, when there is no other way."
    )
    session_hours: float = Field(12.0, gt=0, le=24 * 31, description="Hours after which a browser has to sign in anew.")
    credential_cache: float = Field(
        5.0,
        ge=0,
        le=60,
        description="Seconds for which it is remembered who holds a credential, and so until one that was revoked lets "
        "nobody in; 0 asks the database each time.",
    )
    oidc_file: Path | None = Field(
        None, description="TOML file of the issuers whose tokens are trusted: see `signing-in.md`."
    )
    rate: int = Field(
        10_000,
        ge=0,
        description="Points of cost that who asks is given each second, by each worker; 0 counts nothing.",
    )
    rate_burst: int = Field(1_000_000, ge=1, description="Most points of cost that who asks can save up.")
    allowed_hosts: str = Field(
        "",
        description="Names that browsers may reach the server by, between spaces, besides localhost and its addresses. "
        "Beyond loopback and none given, any.",
    )
    allowed_origins: str = Field(
        "",
        description="Origins like `https://registry.example`, between spaces, whose pages may send requests, "
        "besides the server's own.",
    )
    introspection: bool = Field(True, description="Whether clients may ask for the schema.")
    max_body_bytes: int = Field(256 * 1024, ge=1024, description="Most bytes of a request's body or a message.")
    max_tokens: int = Field(2_000, ge=1, description="Most tokens of a document.")
    max_depth: int = Field(15, ge=1, description="Most levels of fields in a document.")
    max_fields: int = Field(500, ge=1, description="Most fields of a document, its fragments written out.")
    max_aliases: int = Field(30, ge=0, description="Most aliases of a document, its fragments written out.")
    max_cost: int = Field(50_000, ge=1, description="Most points that an operation may cost: see `limits.md`.")
    request_timeout: float = Field(
        10.0, gt=0, description="Seconds in which the head of a request has to come, its body, and a WebSocket's hello."
    )
    execution_timeout: float = Field(10.0, gt=0, description="Seconds after which an operation is ended.")
    max_running: int = Field(32, ge=1, description="Most operations that run at a time.")
    max_waiting: int = Field(128, ge=0, description="Most operations that wait for one of these to end.")
    max_wait: float = Field(5.0, gt=0, description="Seconds after which an operation that waits is refused.")
    max_connections: int = Field(500, ge=1, description="Most connections of clients.")
    max_sockets: int = Field(100, ge=0, description="Most open WebSockets.")
    socket_idle_timeout: float = Field(600.0, gt=0, description="Seconds of silence after which a WebSocket is closed.")
    sequencer: bool = Field(
        True, description="Whether this server seals audit events, in turn with others on the same database."
    )
    seal_key_file: Path | None = Field(
        None,
        description="Private key that heads of the audit log are signed with, the same for all servers on one "
        "database; made when there is none. Without it, `seal.key` in the data folder.",
    )
    checkpoint_file: Path | None = Field(
        None,
        description="File that signed heads of the audit log are appended to, to be kept elsewhere; `-` is standard "
        "output. Without it, none are written.",
    )
    checkpoint_interval: float = Field(3600.0, gt=0, description="Seconds between two of them, if anything happened.")
    graphiql: bool = Field(True, description="Whether a browser finds GraphiQL at `/graphql`.")
    plan_ahead: bool = Field(True, description="Whether statements are planned in the background at start.")
    compose_after: int = Field(
        3,
        ge=0,
        description="Times that a shape of query is answered level by level before it is composed; 0 never composes.",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="Least level that is logged.")
    log_format: Literal["auto", "text", "json"] = Field(
        "auto", description="`text` for people, `json` for machines; `auto` is JSON unless a terminal shows it."
    )
    metrics_dir: Path | None = Field(
        None,
        validation_alias="PROMETHEUS_MULTIPROC_DIR",
        description="Folder in which several processes count together. Workers are given one.",
    )
    otlp_endpoint: str | None = Field(
        None,
        validation_alias="OTEL_EXPORTER_OTLP_ENDPOINT",
        description="Collector that traces are sent to, as OTLP over HTTP. Without it, there are none. "
        "OpenTelemetry's other variables mean what they always do.",
    )
    otlp_traces_endpoint: str | None = Field(
        None,
        validation_alias="OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
        description="The same for traces alone, with the whole path.",
    )

    neo4j_uri: str | None = Field(
        None,
        validation_alias="NEO4J_URI",
        pattern=ADDRESS,
        description="Your own Neo4j, as `bolt://` or `neo4j://`. Without it, Pedigree starts one of its own.",
    )
    neo4j_username: str = Field("neo4j", validation_alias="NEO4J_USERNAME", description="User name at your Neo4j.")
    neo4j_password: SecretStr | None = Field(
        None,
        validation_alias="NEO4J_PASSWORD",
        description="Password at your Neo4j. Without it, none is sent.",
    )
    neo4j_database: str = Field("neo4j", validation_alias="NEO4J_DATABASE", description="Database at your Neo4j.")
    pool_size: int = Field(100, ge=1, description="Most connections to Neo4j at a time.")
    read_timeout: float = Field(10.0, gt=0, description="Seconds after which Neo4j ends a statement that reads.")
    write_timeout: float = Field(10.0, gt=0, description="Seconds after which Neo4j ends a transaction that writes.")
    takeover_lead: float = Field(
        0.5,
        ge=0,
        le=10,
        description="Seconds from the write that lets a deployment take over to the instant at which it does. Longer "
        "than a commit takes, so that whoever reads meanwhile sees the one or the other.",
    )

    data_dir: Path = Field(
        default_factory=lambda: user_data_path("pedigree"),
        description="Folder of what must be kept: the data, password and log of Pedigree's own Neo4j.",
    )
    cache_dir: Path = Field(
        default_factory=lambda: user_cache_path("pedigree"),
        description="Folder of what can be fetched again: the jars of Pedigree's own Neo4j.",
    )
    maven_url: str = Field(
        "https://repo1.maven.org/maven2",
        pattern=r"^https?://",
        description="Maven repository, or a mirror of it, that the jars are fetched from.",
    )
    neo4j_version: str = Field("2026.08.1", pattern=VERSION, description="Version of Pedigree's own Neo4j.")
    neo4j_port: int = Field(
        0, ge=0, le=65535, description="Loopback port of Pedigree's own Neo4j; 0 takes a free one at each start."
    )
    neo4j_heap: str = Field("512m", pattern=MEMORY, description="Heap of Pedigree's own Neo4j.")
    neo4j_page_cache: str = Field("128m", pattern=MEMORY, description="Page cache of Pedigree's own Neo4j.")
    neo4j_jvm_flags: str = Field("", description="More flags for the JVM of Pedigree's own Neo4j, between spaces.")
    neo4j_options: str = Field(
        "", pattern=OPTIONS, description="More settings of Pedigree's own Neo4j, as `name=value`, between spaces."
    )

    @property
    def seal_key(self) -> Path:
        """The file of the private key that heads of the audit log are signed with."""
        return self.seal_key_file or self.data_dir / "seal.key"


def variable(field: str) -> str:
    """The environment variable that a field of the settings is read from."""
    alias = Settings.model_fields[field].validation_alias
    return str(alias) if alias else f"{Settings.model_config.get('env_prefix')}{field}".upper()
