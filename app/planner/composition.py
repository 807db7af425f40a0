"""Second gear: a field and everything that is fetched below it, as one statement.

Each step becomes a branch, a subquery that stands below that of its parents and collects what it finds under a number:
`_r4` are the rows of branch 4, `_c4` their count. Subqueries see nothing but what they are given, so the files of
`cypher/` stand in them as they are. The text depends on the tree of relations and on the forms of their filters and
pages; branches are ordered by what they are, not by where a document names them, and values are parameters.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from graphql import get_nullable_type, is_list_type

from app.database.queries import PARAMETER
from app.planner.kinds import Embedded, Facet, Fetched
from app.planner.relations import Relation
from app.planner.statements import PREFIX, counted, within
from app.planner.steps import Step

MOST_BRANCHES = 40
LONGEST_TEXT = 40_000  # characters

Place = tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Branch:
    """A step in a composed statement. Its parents are what the branch above found, or maps in that, at `place`."""

    step: Step
    place: Place
    below: tuple["Branch", ...]

    @property
    def relation(self) -> Relation:
        assert self.step.relation is not None
        return self.step.relation

    @cached_property
    def sign(self) -> str:
        """All that decides the text, as text."""
        step, outline = self.step, self.step.outline
        types = ",".join(sorted(outline.types)) if outline.is_partial else ""
        flags = f"{outline.is_labelled:d}{outline.counted:d}"
        form = step.page.form.sign if step.page else ""
        below = "".join(each.sign for each in self.below)
        return f"({self.relation.query.name} {'.'.join(self.place)} {types} {flags} {form} {step.where}{below})"

    @property
    def whole(self) -> Iterator["Branch"]:
        """It, and all below it."""
        yield self
        for each in self.below:
            yield from each.whole


def branch(step: Step, place: Place = ()) -> Branch:
    """A step with all that can be fetched in the same statement."""
    below = (branch(*each) for each in below_of(step))
    return Branch(step, place, tuple(sorted(below, key=lambda each: each.sign)))


def below_of(step: Step) -> Iterator[tuple[Step, Place]]:
    """The steps that are fetched for what a step finds, and where in that their parents stand."""
    if step.page is None:
        yield from placed(step.selection, ())
        return
    for inner in step.selection:
        if inner.outline.name == "nodes":
            yield from placed(inner.selection, ())
        elif inner.outline.name == "edges":
            nodes = (each for each in inner.selection if each.outline.name == "node")
            yield from (found for each in nodes for found in placed(each.selection, ()))


def placed(steps: Iterable[Step], place: Place) -> Iterator[tuple[Step, Place]]:
    for step in steps:
        kind = step.outline.kind
        if isinstance(kind, Fetched) and step.error is None:
            yield step, place
        elif isinstance(kind, Facet):
            yield from placed(step.selection, place)
        elif isinstance(kind, Embedded) and not is_list_type(get_nullable_type(step.outline.field.type)):
            yield from placed(step.selection, (*place, kind.field))


@dataclass(frozen=True, eq=False)
class Composition:
    """The statement of a branch and all below it."""

    root: Branch

    @cached_property
    def numbers(self) -> Mapping[int, int]:
        """The numbers of the branches, by the identity of their steps."""
        return {id(each.step): number for number, each in enumerate(self.root.whole)}

    def number(self, of: Branch) -> int:
        return self.numbers[id(of.step)]

    def parameters(self, parents: Sequence[str] | None, plain: Any) -> Mapping[str, Any]:
        """The values of a request, each branch's in a map of its own."""
        own = {
            f"s{number}": {**plain(each.step.arguments), **(each.step.page.parameters if each.step.page else {})}
            for number, each in enumerate(self.root.whole)
        }
        return {"given": {"parents": parents, **own}}

    @property
    def text(self) -> str:
        """`rows`: a list of [parent, item], as in first gear, an item's own branches inside it."""
        root, relation = self.root, self.root.relation
        head, scope, parent = "", "", "null"
        if relation.key is not None:
            find = "\nMATCH (this:Entity {id: root})" if relation.binds_this else ""
            scope, parent = ("this" if relation.binds_this else "parent"), "root"
            keyed = "" if relation.binds_this else "\nWITH root, root AS parent"
            head = f"UNWIND $given.parents AS root{find}{keyed}\n"
        kept = "root, " if relation.key is not None else ""
        found = f"CALL ({scope}) {{\n{self.within(root)}\n}}\nWITH {kept}{self.bound(root)}"
        return f"{PREFIX}\n{head}{found}\n{self.below(root)}RETURN collect([{parent}, {self.item(root)}]) AS rows"

    def branch(self, branch: Branch, source: str, is_node: bool) -> str:
        """The subquery of a branch for one parent, which stands in the variable `source`."""
        number, relation = self.number(branch), branch.relation
        head, scope = bound_to(branch, source, is_node)
        lines = [
            f"CALL ({source}) {{",
            head,
            f"CALL ({scope}) {{\n{self.within(branch)}\n}}",
            f"WITH {self.bound(branch)}",
            f"{self.below(branch)}RETURN collect({self.item(branch)}) AS r{number}",
            "}",
        ]
        if branch.step.outline.counted:
            inner = self.own(branch, counted(relation, branch.step.where))
            returned = f"RETURN head(collect(value)) AS c{number}"
            lines += [f"CALL ({source}) {{", head, f"CALL ({scope}) {{\n{inner}\n}}", returned, "}"]
        return "\n".join(lines)

    def below(self, branch: Branch) -> str:
        """The subqueries of the branches below one."""
        is_node = branch.relation.binds == "node"
        texts = (
            self.branch(each, self.variable(branch, each.place), is_node and not each.place) for each in branch.below
        )
        return "".join(f"{text}\n" for text in texts)

    def within(self, branch: Branch) -> str:
        form = branch.step.page.form if branch.step.page else None
        return self.own(branch, within(branch.relation, branch.step.where, form))

    def own(self, branch: Branch, text: str) -> str:
        """A text that reads its parameters from the branch's own map."""
        return PARAMETER.sub(rf"$given.s{self.number(branch)}.\1", text)

    def variable(self, branch: Branch, place: Place = ()) -> str:
        """The variable of what a branch found, or of a map in that."""
        return "_".join((f"x{self.number(branch)}", *place))

    def bound(self, branch: Branch) -> str:
        """What a branch found, under names of its own: with the place in a page, and with the maps that are parents."""
        name, found = self.variable(branch), branch.relation.binds
        sort = f", sort AS s{self.number(branch)}" if branch.step.page else ""
        places = sorted({each.place[:n] for each in branch.below for n in range(1, len(each.place) + 1)})
        maps = "".join(f", {found}.{'.'.join(place)} AS {self.variable(branch, place)}" for place in places)
        return f"{found} AS {name}{sort}{maps}"

    def item(self, branch: Branch) -> str:
        labels = branch.step.outline.is_labelled and branch.relation.binds == "node"
        item = self.shown(branch, (), [f"labels: labels({self.variable(branch)})"] if labels else [])
        return f"[{item}, s{self.number(branch)}]" if branch.step.page else item

    def shown(self, branch: Branch, place: Place, entries: list[str]) -> str:
        """What a branch found, or a map in that, with what the branches below it found."""
        name = self.variable(branch, place)
        for each in branch.below:
            if each.place == place:
                number = self.number(each)
                entries.append(f"_r{number}: r{number}")
                entries.extend([f"_c{number}: c{number}"] if each.step.outline.counted else [])
        inner = {each.place[len(place)] for each in branch.below if each.place[: len(place)] == place != each.place}
        entries.extend(f"{key}: {self.shown(branch, (*place, key), [])}" for key in sorted(inner))
        is_whole = branch.relation.binds == "value" and not place and not entries
        return name if is_whole else f"{name} {{{', '.join(['.*', *entries])}}}"


def bound_to(branch: Branch, source: str, is_node: bool) -> tuple[str, str]:
    """How a branch binds its parent, and the name of that: `this`, or `parent` for the value of a property."""
    relation, outline = branch.relation, branch.step.outline
    types = sorted(outline.types) if outline.is_partial else []
    if not relation.binds_this:
        labels = f"labels({source})" if is_node else f"{source}.labels"
        only = f"\nWHERE any(label IN {labels} WHERE label IN {types})" if types else ""
        return f"WITH {source}.{relation.key} AS parent{only}", "parent"
    only = f"\nWHERE {' OR '.join(f'this:{name}' for name in types)}" if types else ""
    if is_node:
        return f"WITH {source} AS this{only}", "this"
    return f"WITH {source}.id AS id\nMATCH (this:Entity {{id: id}}){only}", "this"
