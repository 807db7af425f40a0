"""The approvals that a policy asks for, as they are given, checked and kept."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import Field

from app.domain.command import Input, many, optional
from app.domain.resolution import Key, Mention
from app.domain.scalars import Line
from app.domain.vocabulary import Involvement, Role
from app.errors import InvalidInput, PathItem

MOST_APPROVERS = 20
LONGEST_DAYS = 3_660


class ApprovalRequirementInput(Input):
    """Approvals that a policy asks for. A person counts once, and one approval may count for several of these."""

    name: Line = Field(description="What it is called; unique in its policy.")
    count: int = Field(default=1, ge=1, le=MOST_APPROVERS, description="How many have to approve.")
    teams: tuple[Line, ...] = many("Names of teams: who approves belongs to one of them. To any, when none is named.")
    roles: tuple[Role, ...] = many(
        "Who approves has one of these roles over the environment. Any that may approve, when none is named."
    )
    separate_from: tuple[Involvement, ...] = many(
        "Separation of duties: who has had this to do with the version does not count, nor who decides in their place."
    )
    max_age_days: int | None = optional("How many days an approval counts.", ge=1, le=LONGEST_DAYS)


def kept_approvals(requirements: Sequence[ApprovalRequirementInput]) -> list[dict[str, Any]]:
    """The requirements as they are kept."""
    return [each.model_dump(mode="json", by_alias=True) for each in requirements]


def check_names(requirements: Sequence[ApprovalRequirementInput], *path: PathItem) -> None:
    """Raise InvalidInput when two have one name."""
    seen: set[str] = set()
    for index, each in enumerate(requirements):
        if each.name in seen:
            raise InvalidInput("Another of them has this name already.", path=(*path, index, "name"))
        seen.add(each.name)


def team_mentions(requirements: Sequence[ApprovalRequirementInput], *path: PathItem) -> Iterator[Mention]:
    """The teams that requirements name, to see that there are such."""
    for index, each in enumerate(requirements):
        for place, team in enumerate(each.teams):
            yield Mention(Key.of("actors_by_name", name=team), ("Team",), (*path, index, "teams", place))


def asks_of(requirement: Mapping[str, Any]) -> str:
    """Whose approvals a requirement asks for, in words: 2 of the team risk who are APPROVER."""
    whose = [f"of {' or '.join(requirement['teams'])}"] if requirement["teams"] else []
    role = [f"who is {' or '.join(requirement['roles'])}"] if requirement["roles"] else []
    count = requirement["count"]
    return " ".join([f"{count} approval{'' if count == 1 else 's'}", *whose, *role])
