"""The files of an artifact, and the digest that stands for all of them, as `docs/manifest.md` tells clients.

The canonical manifest is one line for each file, `<digest> <size> <path>\\n`, in UTF-8, sorted by the bytes of the
path; the size is `-` where it is not known. Its SHA-256 is the digest of the artifact. Media types and roles are no
part of it: they say how a file is read, not what it is.
"""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from app.domain.command import Input, optional
from app.domain.scalars import ContentDigest, Count, Line, Uri

FILE_LIMIT = 5_000


def check_path(value: str) -> str:
    parts = PurePosixPath(value).parts
    if value.startswith("/") or "\\" in value or ".." in parts or str(PurePosixPath(value)) != value or value == ".":
        raise ValueError("a path is relative, with forward slashes and without . and ..")
    return value


FilePath = Annotated[Uri, AfterValidator(check_path)]


class ArtifactFileInput(Input):
    """One file of an artifact."""

    path: FilePath = Field(description="Path inside the artifact, with forward slashes.")
    digest: ContentDigest = Field(description="Digest of its content.")
    size_bytes: Count | None = optional("Bytes.")
    media_type: Line | None = optional("MIME type.")
    role: Line | None = optional("weights, tokenizer, config, adapter, code ...")


class ArtifactInput(Input):
    """Where the artifact of a version lies, and what is in it."""

    uri: Uri = Field(description="Where the artifact lies.")
    digest: ContentDigest | None = optional(
        "Digest of the whole; without it, and with files, that of the canonical manifest is taken."
    )
    size_bytes: Count | None = optional("Bytes; without it, and with sizes of all files, their sum is taken.")
    files: tuple[ArtifactFileInput, ...] = Field(
        default=(), description="The files that it consists of.", max_length=FILE_LIMIT
    )
    signature_bundle_uri: Uri | None = optional("Where the signature of the artifact lies.")

    @model_validator(mode="after")
    def _names_each_path_once(self) -> Self:
        if len({file.path for file in self.files}) != len(self.files):
            raise ValueError("each path may be listed once")
        return self


def manifest_digest(files: Iterable[ArtifactFileInput]) -> str:
    """The digest of the canonical manifest of these files."""
    lines = sorted((file.path.encode(), file.digest, file.size_bytes) for file in files)
    text = b"".join(b"%s %s %s\n" % (digest.encode(), size_text(size), path) for path, digest, size in lines)
    return f"sha256:{sha256(text).hexdigest()}"


def size_text(size: int | None) -> bytes:
    return b"-" if size is None else str(size).encode()


def artifact_properties(artifact: ArtifactInput) -> dict[str, object]:
    """The artifact as properties of its version."""
    computed = manifest_digest(artifact.files) if artifact.files else None
    return {
        "artifactUri": artifact.uri,
        "artifactDigest": artifact.digest or computed,
        "artifactIsVerified": is_verified(artifact),
        "artifactSizeBytes": artifact.size_bytes if artifact.size_bytes is not None else total_size(artifact),
        "artifactFileCount": len(artifact.files) or None,
        "artifactSignatureBundleUri": artifact.signature_bundle_uri,
    }


def is_verified(artifact: ArtifactInput) -> bool:
    """Whether the artifact's digest is that of its canonical manifest."""
    return bool(artifact.files) and artifact.digest in (None, manifest_digest(artifact.files))


def total_size(artifact: ArtifactInput) -> int | None:
    sizes = [file.size_bytes for file in artifact.files]
    known = [size for size in sizes if size is not None]
    return sum(known) if known and len(known) == len(sizes) else None
