"""The commands that only add to the graph: what they name is looked up, what they add is written at once."""

from collections.abc import Callable, Iterable

from app.database.queries import query
from app.domain.command import Command
from app.domain.draft import Draft
from app.domain.idempotency import Claim
from app.domain.lineage.edges import commit_lineage
from app.domain.permission.asking import also_within, need_of
from app.domain.resolution import Mention
from app.domain.writing import Change, Writer, Written, forbidden_first, once

ADD = query("graph/add")


async def added(
    writer: Writer, command: Command, mentions: Iterable[Mention], compose: Callable[[Draft], str]
) -> Written:
    """Write what `compose` puts into a draft; it returns the id of the command's subject."""
    wanted = list(mentions)
    allow_stubs = bool(getattr(command, "allow_stubs", False))

    async def attempt(claim: Claim | None) -> Written:
        draft = Draft(await writer.resolve(wanted), allow_stubs)
        need = need_of(command, wanted, draft.resolution)
        async with forbidden_first(writer, command, need):
            id = compose(draft)
        bundle = draft.bundle
        change = Change(
            query=ADD,
            action=command.action,
            parameters={"id": id, **bundle.parameters()},
            counts=bundle.counts(),
            facts=bundle.facts,
            claim=claim,
            need=also_within(need, bundle.new_names),
        )
        await commit_lineage(writer, change)
        is_written = any(node["id"] == id for node in bundle.nodes)
        return Written(id, created=is_written, stubs=tuple(bundle.stubs), warnings=tuple(draft.warnings))

    return await once(writer, command, attempt)
