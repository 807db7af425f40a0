"""Makes the lock of a Neo4j version. For developers: it asks Maven, which the machine must have."""

import subprocess
from fnmatch import fnmatch
from pathlib import Path
from tempfile import TemporaryDirectory

from app.database.local.download import sha256
from app.database.local.errors import LocalNeo4jFailure
from app.database.local.lock import Jar, Lock

POM = """<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>pedigree</groupId>
  <artifactId>neo4j</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency><groupId>org.neo4j.app</groupId><artifactId>neo4j-server</artifactId><version>{0}</version></dependency>
    <dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>{0}</version></dependency>
  </dependencies>
</project>
"""
COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"

# What the database never loads when it serves Bolt alone.
HTTP_SERVER = """
    jetty-* jersey-* hk2-* jaxb-* jakarta.* javax.annotation* jackson-jaxrs* jackson-module-jaxb* FastInfoset* istack*
    javassist* stax-ex* txw2* osgi-resource*
"""
TOOLS = """
    parquet-* hadoop-* snappy-java* neo4j-import-tool* neo4j-push-to-cloud* neo4j-consistency-check* jProcesses*
    WMI4Java* jPowerShell* commons-configuration2* commons-logging* commons-pool*
"""
CLIENT = """
    neo4j-java-driver* neo4j-bolt-connection* reactor-core* reactive-streams* netty-transport-native-kqueue*
    netty-tcnative*
"""
LEFT_OUT = (HTTP_SERVER + TOOLS + CLIENT).split()


class ResolutionFailed(LocalNeo4jFailure):
    """Maven could not list the jars of Neo4j {version}: {reason}"""


def resolve(version: str) -> Lock:
    """The lock of a version, from what Maven resolves. Raises ResolutionFailed."""
    with TemporaryDirectory() as folder:
        copy_jars(version, Path(folder))
        jars = Path(folder, "jars")
        kept = sorted(file for file in jars.rglob("*.jar") if is_needed(file.name))
        return Lock(version=version, jars=tuple(pin(file, jars) for file in kept))


def copy_jars(version: str, folder: Path) -> None:
    """Let Maven lay out a version and its dependencies below `folder`/jars as in a repository."""
    pom = folder / "pom.xml"
    pom.write_text(POM.format(version))
    options = ["-DincludeScope=runtime", "-Dmdep.useRepositoryLayout=true", f"-DoutputDirectory={folder / 'jars'}"]
    try:
        subprocess.run(
            ["mvn", "-q", "-B", "-f", str(pom), COPY, *options], check=True, stdout=subprocess.PIPE, text=True
        )
    except FileNotFoundError:
        raise ResolutionFailed(version=version, reason="there is no mvn on the PATH") from None
    except subprocess.CalledProcessError as error:
        raise ResolutionFailed(version=version, reason=error.stdout.strip()) from error


def is_needed(name: str) -> bool:
    return not any(fnmatch(name, pattern) for pattern in LEFT_OUT)


def pin(file: Path, root: Path) -> Jar:
    return Jar(path=file.relative_to(root).as_posix(), sha256=sha256(file), size=file.stat().st_size)
