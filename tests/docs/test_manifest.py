"""The guide's definition of an artifact's digest is the registry's: its example is computed by both."""

import json
import re
from hashlib import sha256
from pathlib import Path
from typing import Any

from app.domain.manifest import ArtifactInput, artifact_properties

PAGE = (Path(__file__).parents[2] / "docs/manifest.md").read_text(encoding="utf-8")
Files = list[dict[str, Any]]
FILES: Files = [
    {"path": "über.txt", "digest": f"sha256:{'0' * 64}", "sizeBytes": 2**53 - 1},
    {"path": "z", "digest": f"sha1:{'1' * 40}", "sizeBytes": 0},
    {"path": "Z", "digest": f"blake3:{'2' * 64}"},
    {"path": "a b/c", "digest": f"md5:{'3' * 32}", "sizeBytes": None},
]


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


def registered(files: Files) -> object:
    """The digest that the registry takes of an artifact that is registered without one."""
    return artifact_properties(ArtifactInput.model_validate({"uri": "s3://x", "files": files}))["artifactDigest"]


def test_the_example_has_the_digest_that_the_guide_shows() -> None:
    (files,) = blocks("json")
    manifest, digest = blocks("text")
    assert f"sha256:{sha256(manifest.encode()).hexdigest()}" == digest.strip()
    assert registered(json.loads(files)) == digest.strip()


def test_the_code_that_the_guide_shows_computes_what_the_registry_does() -> None:
    (code,) = blocks("python")
    shown: dict[str, Any] = {}
    exec(compile(code, "docs/manifest.md", "exec"), shown)
    example: Files = json.loads(blocks("json")[0])
    for files in (example, FILES, FILES[:1]):
        assert shown["digest"](files) == registered(files)
