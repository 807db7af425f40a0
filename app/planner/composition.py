"""Second gear: a field and everything that is fetched below it, as one statement.

Each step becomes a branch, a subquery that stands below that of its parents and collects what it finds: `r4` are the
items of branch 4, `c4` is their count, and both are further items of what its parent is. Subqueries see nothing but
what they are given, so the files of `cypher/` stand in them as they are. The text depends on the tree of relations and
on the forms of their filters and pages; branches are ordered by what they are, not by where a document names them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

from app.domain.permission.sight import seen
from app.planner.aims import Aim
from app.planner.kinds import Embedded, Facet, Fetched
from app.planner.relations import Relation
from app.planner.statements import PREFIX, bindings, counted, found, own, shown, within
from app.planner.steps import Step

MOST_BRANCHES = 40
LONGEST_TEXT = 40_000  # characters

SELF = ""


@dataclass(frozen=True, eq=False)
class Branch:
    """A step in a composed statement. Its parents are the nodes that the branch above found, or those at `part` of the
    maps that it found."""

    step: Step
    part: str
    below: tuple["Branch", ...]

    @property
    def relation(self) -> Relation:
        assert self.step.relation is not None
        return self.step.relation

    @property
    def aim(self) -> Aim:
        assert isinstance(self.step.outline.kind, Fetched)
        return self.step.outline.kind.aim

    @cached_property
    def sign(self) -> str:
        """All that decides the text, as text."""
        step, outline = self.step, self.step.outline
        types = ",".join(sorted(outline.types)) if outline.is_partial else ""
        form = step.page.form.sign if step.page else ""
        below = "".join(each.sign for each in self.below)
        name = f"{self.relation.query.name} {self.aim.label} {outline.counted:d}"
        return f"({name} {self.part} {types} {form} {step.where}{below})"

    @cached_property
    def whole(self) -> tuple["Branch", ...]:
        """It, and all below it."""
        return self, *chain.from_iterable(each.whole for each in self.below)


def branch(step: Step, part: str = SELF) -> Branch:
    """A step with all that can be fetched in the same statement."""
    if part not in step.branches:
        below = (branch(*each) for each in below_of(step))
        step.branches[part] = Branch(step, part, tuple(sorted(below, key=lambda each: each.sign)))
    found: Branch = step.branches[part]
    return found


def below_of(step: Step) -> Iterator[tuple[Step, str]]:
    """The steps that are fetched for what a step finds, and where in that their parents stand."""
    if step.relation is not None and step.relation.binds == "value":
        maps = (inner for inner in step.selection if isinstance(inner.outline.kind, Embedded))
        yield from ((each, inner.outline.name) for inner in maps for each in fetched(inner.selection))
    elif step.page is None:
        yield from ((each, SELF) for each in fetched(step.selection))
    else:
        for inner in step.selection:
            edges = inner.selection if inner.outline.name == "edges" else (inner,)
            nodes = (each for each in edges if each.outline.name in ("node", "nodes"))
            yield from ((each, SELF) for node in nodes for each in fetched(node.selection))


def fetched(steps: Iterable[Step]) -> Iterator[Step]:
    """The steps that are fetched for a node: its own, and those of its facets."""
    for step in steps:
        if isinstance(step.outline.kind, Fetched) and step.error is None:
            yield step
        elif isinstance(step.outline.kind, Facet):
            yield from fetched(step.selection)


@dataclass(frozen=True, eq=False)
class Composition:
    """The statement of a branch and all below it. `is_partial`: for somebody from whom something is hidden."""

    root: Branch
    is_partial: bool = False

    @property
    def sign(self) -> str:
        """All that decides the text, as text."""
        return f"{self.root.sign}{'partial' if self.is_partial else ''}"

    @cached_property
    def numbers(self) -> Mapping[int, int]:
        """The numbers of the branches, by the identity of their steps."""
        return {id(each.step): number for number, each in enumerate(self.root.whole)}

    def number(self, of: Branch) -> int:
        return self.numbers[id(of.step)]

    @cached_property
    def names(self) -> Mapping[int, Mapping[str, Sequence[str]]]:
        """The names of the further items that a branch's nodes have, by its number and their part."""
        return {number: self.inner(each) for number, each in enumerate(self.root.whole)}

    @property
    def parameters(self) -> Mapping[str, Mapping[str, Any]]:
        """The values of a request, each branch's in a map of its own."""
        return {f"s{number}": each.step.values for number, each in enumerate(self.root.whole)}

    @property
    def text(self) -> str:
        """`rows`: a list of [parent, item], as in first gear."""
        root, relation = self.root, self.root.relation
        head, scope, parent = "", "", "null"
        if relation.key is not None:
            parent, scope = "root", "this" if relation.binds_this else "parent"
            named = "MATCH (this:Entity {id: root})" if relation.binds_this else "WITH root, root AS parent"
            head = f"UNWIND $given.parents AS root\n{named}\n"
        kept = "root, " if relation.key is not None else ""
        inside = f"CALL ({scope}) {{\n{self.within(root)}\n}}\nWITH {kept}{self.bound(root)}"
        text = f"{PREFIX}\n{head}{inside}\n{self.below(root)}RETURN collect([{parent}, {self.item(root)}]) AS rows"
        return seen(text, is_partial=self.is_partial)

    def branch(self, branch: Branch, source: str) -> str:
        """The subquery of a branch for one parent, which stands in the variable `source`."""
        number = self.number(branch)
        head, scope = bound_to(branch, source)
        lines = [
            f"CALL ({source}) {{",
            head,
            f"CALL ({scope}) {{\n{self.within(branch)}\n}}",
            f"WITH {self.bound(branch)}",
            f"{self.below(branch)}RETURN collect({self.item(branch)}) AS r{number}",
            "}",
        ]
        if branch.step.outline.counted:
            inner = self.own(branch, counted(branch.relation, branch.step.where, is_partial=self.is_partial))
            returned = f"RETURN head(collect(value)) AS c{number}"
            lines += [f"CALL ({source}) {{", head, f"CALL ({scope}) {{\n{inner}\n}}", returned, "}"]
        return "\n".join(lines)

    def below(self, branch: Branch) -> str:
        """The subqueries of the branches below one."""
        own = self.variable(branch)
        texts = (self.branch(each, f"{own}_{each.part}" if each.part else own) for each in branch.below)
        return "".join(f"{text}\n" for text in texts)

    def within(self, branch: Branch) -> str:
        form = branch.step.page.form if branch.step.page else None
        return self.own(branch, within(branch.relation, branch.step.where, form, is_partial=self.is_partial))

    def own(self, branch: Branch, text: str) -> str:
        """A text that reads its parameters from the branch's own map."""
        return own(text, f"$given.s{self.number(branch)}")

    def variable(self, branch: Branch) -> str:
        return f"x{self.number(branch)}"

    def bound(self, branch: Branch) -> str:
        """What a branch found, under names of its own; in a page with what it is ordered by."""
        sort = f", sort AS o{self.number(branch)}" if branch.step.page else ""
        variable = self.variable(branch)
        hiding = shown(branch.relation, branch.aim, variable, self.is_partial)
        return f"{bindings(branch.relation, branch.aim, variable)}{sort}{hiding}"

    def item(self, branch: Branch) -> str:
        item = self.own(branch, found(branch.relation, branch.aim, self.variable(branch), self.inner(branch)))
        return f"[{item}, o{self.number(branch)}]" if branch.step.page else item

    def inner(self, branch: Branch) -> Mapping[str, Sequence[str]]:
        """What the branches below one brought, by the part of it that they are of."""
        names: dict[str, list[str]] = {}
        for each in branch.below:
            number = self.number(each)
            counts = [f"c{number}"] if each.step.outline.counted else []
            names.setdefault(each.part, []).extend([f"r{number}", *counts])
        return names


def bound_to(branch: Branch, source: str) -> tuple[str, str]:
    """How a branch binds its parent, and the name of that: `this`, or `parent` for the value of a property."""
    outline = branch.step.outline
    types = " OR ".join(f"{source}:{name}" for name in sorted(outline.types))
    only = f"\nWHERE {types}" if outline.is_partial else ""
    if branch.relation.binds_this:
        return f"WITH {source} AS this{only}", "this"
    return f"WITH {source}.{branch.relation.key} AS parent{only}", "parent"
