"""Commits: revisions of code, which never change. What nobody has said of one yet can be said later."""

from collections.abc import Iterator

from pydantic import Field

from app.domain.agreement import contradictions
from app.domain.bundle import stored
from app.domain.code import normalized_repository
from app.domain.command import Input, optional
from app.domain.draft import Draft
from app.domain.references import ActorRef
from app.domain.resolution import Key, Known, Mention, commit_key, mention
from app.domain.scalars import Instant, Text, Uri
from app.errors import AlreadyExists, PathItem

RECORDED_AS = {"authorId": "author"}  # what has another name in an input


class CommitInput(Input):
    """A revision of code; it and its repository are made when there are none."""

    repository: Uri = Field(description="URL of the repository, in any of its spellings.")
    sha: str = Field(pattern="^[0-9a-fA-F]{7,64}$", description="Its hash.")
    is_clean: bool | None = optional("Whether the work tree had no change beside it.")
    authored_at: Instant | None = optional("When it was written.")
    author: ActorRef | None = optional("Who wrote it: policies may want somebody else to approve.")
    message: Text | None = optional("Its message.")


def commit_mentions(commit: CommitInput, *path: PathItem) -> Iterator[Mention]:
    yield repository_mention(commit)
    yield commit_mention(commit)
    if commit.author is not None:
        yield mention(commit.author, *path, "author")


def repository_mention(commit: CommitInput) -> Mention:
    return Mention(Key.of("repositories_by_url", url=normalized_repository(commit.repository)), ("CodeRepository",))


def commit_mention(commit: CommitInput) -> Mention:
    return Mention(commit_key(commit.repository, commit.sha), ("Commit",), is_compared=True)


def commit_id(draft: Draft, commit: CommitInput, *path: PathItem) -> str:
    """The commit with what is said of it, made when there is none."""
    known = draft.resolution.find(commit_mention(commit))
    said = {
        "authoredAt": commit.authored_at,
        "message": commit.message,
        "authorId": draft.id_of(commit.author, *path, "author") if commit.author else None,
    }
    if known is not None:
        return described(draft, known, stored("Commit", said), *path)
    repository = draft.resolution.find(repository_mention(commit))
    url = normalized_repository(commit.repository)
    home_id = repository.id if repository else draft.bundle.add("CodeRepository", {"url": url})
    id = draft.bundle.add("Commit", {"repositoryId": home_id, "sha": commit.sha.lower(), **said})
    draft.bundle.tie("IN_REPOSITORY", id, home_id)
    return id


def described(draft: Draft, known: Known, said: dict[str, object], *path: PathItem) -> str:
    """A commit that is there, with what was not known of it. Raises AlreadyExists for what is said otherwise."""
    new = {name: value for name, value in said.items() if known.properties.get(name) is None}
    differing = contradictions("Commit", {name: said[name] for name in said.keys() - new.keys()}, known.properties)
    if differing:
        names = [RECORDED_AS.get(name, name) for name in differing]
        message = f"The commit is there already, with another {', '.join(names)}."
        raise AlreadyExists(message, path=(*path, names[0]), id=known.id, fields=names)
    if new:
        draft.bundle.fill("Commit", known.id, new)
    return known.id
