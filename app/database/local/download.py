"""One file over HTTP: resumed where it broke off, checked against its hash, and only then given its name."""

import hashlib
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPException, HTTPResponse
from pathlib import Path

from app.database.local.errors import NoNetwork, WrongHash
from app.database.local.lock import Jar

Advance = Callable[[int], None]

CHUNK = 1 << 18
TRIES = 4
TIMEOUT = 10.0  # seconds without a single byte
PERMANENT = frozenset({400, 401, 403, 404, 407, 410})


def probe(jar: Jar, base_url: str) -> None:
    """Ask for one file's head, so that a mirror out of reach is told at once. Raises NoNetwork."""
    url = f"{base_url}/{jar.path}"
    try:
        with requested(urllib.request.Request(url, method="HEAD")):
            pass
    except (OSError, HTTPException) as error:
        raise NoNetwork(url=url, reason=reason(error)) from error


def download(jar: Jar, folder: Path, base_url: str, advance: Advance) -> None:
    """Fetch a jar into a folder, telling `advance` of the bytes that came. Raises NoNetwork or WrongHash."""
    url = f"{base_url}/{jar.path}"
    part = folder / f"{jar.name}.part"
    resumed = part.exists()
    if resumed:
        advance(part.stat().st_size)
    fetch(url, part, jar.size, advance)
    actual = sha256(part)
    if actual == jar.sha256:
        part.rename(folder / jar.name)
        return
    advance(-part.stat().st_size)
    part.unlink()
    if not resumed:
        raise WrongHash(url=url, expected=jar.sha256, actual=actual)
    download(jar, folder, base_url, advance)


def fetch(url: str, part: Path, size: int, advance: Advance) -> None:
    """Bring a partial file to its full size, over several tries where the connection breaks."""
    for attempt in range(1, TRIES + 1):
        try:
            append(url, part, size, advance)
        except (OSError, HTTPException) as error:
            if attempt == TRIES or getattr(error, "code", None) in PERMANENT:
                raise NoNetwork(url=url, reason=reason(error)) from error
            time.sleep(0.2 * attempt)
        else:
            return


def append(url: str, part: Path, size: int, advance: Advance) -> None:
    """One request for the bytes that a partial file lacks. Raises OSError when it ends before them."""
    have = part.stat().st_size if part.exists() else 0
    if have >= size:
        return
    request = urllib.request.Request(url, headers={"Range": f"bytes={have}-"} if have else {})
    with requested(request) as response:
        if have and response.status != 206:  # the server knows no ranges: it sends the whole
            advance(-have)
            have = 0
        with part.open("ab" if have else "wb") as file:
            copy(response, file.write, advance)
    if part.stat().st_size < size:
        raise ConnectionError("the connection broke off")


@contextmanager
def requested(request: urllib.request.Request) -> Iterator[HTTPResponse]:
    """The answer to a request. Raises OSError or HTTPException, and leaves no connection open."""
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as response:
            yield response
    except urllib.error.HTTPError as refusal:
        refusal.close()
        raise


def copy(response: HTTPResponse, write: Callable[[bytes], int], advance: Advance) -> None:
    while chunk := response.read1(CHUNK):
        write(chunk)
        advance(len(chunk))


def sha256(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def reason(error: Exception) -> str:
    """What a person wants to know of a failed request, without its wrappings."""
    if isinstance(error, urllib.error.HTTPError):
        return f"it answers {error.code} {error.reason}"
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    return getattr(cause, "strerror", None) or str(cause) or type(cause).__name__
