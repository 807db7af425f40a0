"""Random valid documents over the schema: aliases, fragments, variables, directives, merging fields, pages, interfaces.

A seed and a graph always make the same document. What it may ask is bounded, so that many documents can be tried.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any, cast

from graphql import (
    DocumentNode,
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_abstract_type,
    is_composite_type,
    parse,
    validate,
)

from tests.planner.arguments import Arguments, Placeholder, literal
from tests.planner.graph import Graph

DEEPEST = 6
RELATIONS = 14  # fields that lead to objects, about
WANTED, LEADING = 200, 20  # weights of what is lacking yet, and of what leads to it; the usual ones are about 6
# Traversal, what is decided by it, and the proof of the log are proved by tests of their own.
TRAVERSAL = frozenset(
    {
        *("upstream", "downstream", "lineage", "lineageCounts", "lineagePaths", "commonAncestors", "lineageDiff"),
        *("impact", "recallStatus", "licenseObligations", "policyDryRun", "complianceReport"),
        *("ApprovalRequest.status", "lapses", "review", "promotionReadiness", "Deployment.emergencyStatus"),
        *("auditVerification", "auditInclusion", "auditConsistency"),
    }
)

# What depends on who asks is, too.
PERSONAL = frozenset({"viewer", "can", "grants"})

Scope = dict[str, tuple[str, "Scope"]]  # response key -> what stands there, and what is below it


@dataclass(frozen=True)
class Document:
    """A document with its variables. `cursors` are variables for cursors, with the response keys of their list."""

    text: str
    tree: DocumentNode
    variables: Mapping[str, Any]
    cursors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def random_document(seed: int, schema: GraphQLSchema, graph: Graph, lacking: Collection[str] = ()) -> Document:
    """The document of a seed, and of what is lacking yet: the first valid one of a row of attempts."""
    rng = Random(seed)
    while True:
        document = Author(rng, schema, graph, lacking).document()
        if not validate(schema, document.tree):
            return document


class Author:
    """Writes one document."""

    def __init__(self, rng: Random, schema: GraphQLSchema, graph: Graph, lacking: Collection[str]) -> None:
        self.rng = rng
        self.schema = schema
        self.arguments = Arguments(rng, graph, lacking)
        self.declared: list[str] = []
        self.variables: dict[str, Any] = {}
        self.cursors: dict[str, tuple[str, ...]] = {}
        self.fragments: list[tuple[str, Any, str]] = []
        self.left = RELATIONS
        self.wanted = {found[0] for each in lacking if (found := re.match(r"\w+\.\w+", each))}
        self.owners = {coordinate.partition(".")[0] for coordinate in self.wanted}

    def document(self) -> Document:
        query = self.schema.query_type
        assert query is not None
        scope: Scope = {}
        roots = [name for name in query.fields if name not in TRAVERSAL | PERSONAL]
        known = [1 + 2 * len({"by", "orderBy", "size", "where"} & query.fields[name].args.keys()) for name in roots]
        weights = [weight + self.pull(query, name) for weight, name in zip(known, roots, strict=True)]
        chosen = set(self.rng.choices(roots, weights, k=self.rng.choice([1, 2, 2])))
        gathered = self.rng.random() < 0.5
        fields = [self.gathered(scope)] if gathered else [self.field(query, name, scope, ()) for name in sorted(chosen)]
        body = " ".join([*fields, *self.again(query, scope, ())])
        declared = f"({', '.join(self.declared)})" if self.declared else ""
        fragments = "".join(f"\nfragment {name} on {type_} {text}" for name, type_, text in self.fragments)
        text = f"query Q{declared} {{ {body} }}{fragments}"
        return Document(text, parse(text), self.variables, self.cursors)

    def gathered(self, scope: Scope) -> str:
        """Several nodes of one type: the types that lead on most are asked for most."""
        made = sorted({node.type for node in self.arguments.graph.by_id.values()})
        known = [1 + sum(map(leads_on, self.object_type(name).fields.values())) for name in made]
        weights = [weight + WANTED * (name in self.owners) for weight, name in zip(known, made, strict=True)]
        label = self.rng.choices(made, weights)[0]
        ids = [node["id"] for node in self.arguments.graph.of(label)]
        asked = literal([*self.rng.sample(ids, min(len(ids), 4)), "unknown"])
        below = scope.setdefault("gathered", (f"Query.nodes(ids: {asked})", {}))[1]
        selection = self.selection(self.object_type(label), below, ("gathered",))
        return f"gathered: nodes(ids: {asked}) {{ ... on {label} {selection} }}"

    def object_type(self, name: str) -> GraphQLObjectType:
        return cast(GraphQLObjectType, self.schema.type_map[name])

    def selection(self, type_: Any, scope: Scope, path: tuple[str, ...]) -> str:
        """A selection set, which may reach into fragments."""
        parts = [self.field(type_, name, scope, path) for name in self.names(type_, path)]
        parts.extend(self.again(type_, scope, path))
        if self.rng.random() < (0.75 if is_abstract_type(type_) else 0.12):
            parts.extend(self.fragment(type_, scope, path))
        if self.rng.random() < 0.1 or not parts:
            parts.insert(self.rng.randint(0, len(parts)), "__typename")
        return "{ " + " ".join(parts) + " }"

    def names(self, type_: Any, path: tuple[str, ...]) -> list[str]:
        """Fields to ask for: few that are values, and one or two that lead on."""
        plain = [name for name, field in type_.fields.items() if not leads_on(field)]
        leaves = [name for name in plain if f"{type_.name}.{name}" not in TRAVERSAL]
        further = [name for name, field in type_.fields.items() if leads_on(field) and name not in TRAVERSAL]
        if type_.name.endswith(("Connection", "Edge", "PageInfo")):
            chosen = self.rng.sample(list(type_.fields), self.rng.randint(1, len(type_.fields)))
            return sorted(chosen, key=lambda name: leads_on(type_.fields[name]))
        chosen = self.rng.sample(leaves, min(len(leaves), self.rng.choice([1, 1, 2, 3])))
        if len(path) < DEEPEST and self.left > 0:
            chosen += self.onward(type_, further)
        self.rng.shuffle(chosen)
        return chosen

    def onward(self, type_: Any, further: list[str]) -> list[str]:
        """Some fields that lead on: what only this type has rather than what it shares with others."""
        shared = {name for interface in type_.interfaces for name in interface.fields}
        weights = [(1 if name in shared else 6) + self.pull(type_, name) for name in further]
        size = self.rng.choice([0, 1, 2, 2, 3])
        return sorted(set(self.rng.choices(further, weights, k=size))) if further else []

    def pull(self, type_: Any, name: str) -> int:
        """How much more than usual a field is asked for: what is wanted itself, most; what leads there, some."""
        if f"{type_.name}.{name}" in self.wanted:
            return WANTED
        field_ = type_.fields[name]
        filtered = [get_named_type(field_.args["where"].type).name] if "where" in field_.args else []
        below = get_named_type(field_.type).name.removesuffix("Connection")
        return LEADING * bool(self.owners & {below, *filtered})

    def field(self, owner: Any, name: str, scope: Scope, path: tuple[str, ...]) -> str:
        """One field, under an alias when its name stands for something else already, or at random."""
        field_ = owner.fields[name]
        coordinate = f"{owner.name}.{name}"
        key = name if name not in scope and self.rng.random() < 0.85 else f"{name[0]}{len(scope)}{len(path)}"
        arguments = self.call(coordinate, field_, (*path, key)) if field_.args else ""
        if key in scope and scope[key][0] != f"{coordinate}{arguments}":
            key = f"{key}x{len(scope)}"
        return self.written(owner, name, arguments, scope, (*path, key))

    def written(self, owner: Any, name: str, arguments: str, scope: Scope, path: tuple[str, ...]) -> str:
        key = path[-1]
        below = scope.setdefault(key, (f"{owner.name}.{name}{arguments}", {}))[1]
        head = f"{key}: {name}" if key != name else name
        type_ = get_named_type(owner.fields[name].type)
        if not is_composite_type(type_):
            return f"{head}{arguments}{self.directive()}"
        self.left -= 1
        selection = self.selection(type_, below, path)
        if any(f"${variable}" in arguments for variable in self.cursors):
            selection = selection.removesuffix("}") + "edges { cursor } }"
        return f"{head}{arguments}{self.directive()} {selection}"

    def again(self, type_: Any, scope: Scope, path: tuple[str, ...]) -> Iterator[str]:
        """A field once more, at the same place with the same arguments: the two selections merge."""
        for key, (what, _) in list(scope.items()):
            owner, _, call = what.partition(".")
            name, bracket, arguments = call.partition("(")
            if owner == type_.name and self.rng.random() < 0.12:
                yield self.written(type_, name, bracket + arguments, scope, (*path, key))

    def call(self, coordinate: str, field_: GraphQLField, path: tuple[str, ...]) -> str:
        """The arguments of a field, some of them variables."""
        values = self.arguments.of(coordinate, field_.args)
        if "after" in field_.args:
            values |= self.arguments.page()
        texts = [f"{name}: {self.argument(field_.args[name], value)}" for name, value in values.items()]
        texts += self.absent(field_, values)
        if "after" in field_.args and not {"after", "before"} & values.keys() and self.rng.random() < 0.4:
            for name in self.rng.choice([["after"], ["before"], ["before", "after"]]):
                variable = self.variable("String", ...)
                self.cursors[variable] = path
                texts.append(f"{name}: ${variable}")
        return f"({', '.join(texts)})" if texts else ""

    def argument(self, argument: Any, value: Any) -> str:
        """A value as a literal, a variable, or a literal with a variable inside."""
        chance = self.rng.random()
        if chance < 0.25:
            return f"${self.variable(str(argument.type), value)}"
        if chance < 0.35 and isinstance(value, dict) and value:
            name = self.rng.choice(list(value))
            inner = get_named_type(argument.type).fields[name]
            kind = str(inner.type) if not get_named_type(argument.type).is_one_of else f"{inner.type}!"
            return literal({**value, name: Placeholder(self.variable(kind, value[name]))})
        return literal(value)

    def absent(self, field_: GraphQLField, values: Mapping[str, Any]) -> Iterator[str]:
        """Arguments whose variable is not given: as if they were not there."""
        for name, argument in field_.args.items():
            if name not in values and name not in ("after", "before") and self.rng.random() < 0.06:
                kind = str(argument.type)
                if not kind.endswith("!"):
                    yield f"{name}: ${self.variable(kind, self.rng.choice([..., None]))}"

    def variable(self, type_: str, value: Any) -> str:
        """A new variable: given, defaulted, or absent when the value is an ellipsis."""
        name = f"v{len(self.declared)}"
        if value is not ... and value is not None and self.rng.random() < 0.2:
            self.declared.append(f"${name}: {type_} = {literal(value)}")
        else:
            self.declared.append(f"${name}: {type_}")
            if value is not ...:
                self.variables[name] = value
        return name

    def fragment(self, type_: Any, scope: Scope, path: tuple[str, ...]) -> Iterator[str]:
        """Fragments on the type, on one of its types, or on an interface of theirs; some are named and used again."""
        usable = [name for name, other, _ in self.fragments if self.overlaps(type_, other)]
        if usable and self.rng.random() < 0.25:
            yield f"... {self.rng.choice(usable)}{self.directive()}"
        for _ in range(self.rng.choice([1, 1, 2]) if self.left > 0 else 0):
            condition = self.rng.choice(self.conditions(type_))
            text = self.selection(condition, scope, path)
            if self.rng.random() < 0.3:
                name = f"F{len(self.fragments)}"
                self.fragments.append((name, condition, text))
                yield f"... {name}{self.directive()}"
            else:
                on = f" on {condition}" if condition != type_ or self.rng.random() < 0.5 else ""
                yield f"...{on}{self.directive()} {text}"

    def conditions(self, type_: Any) -> list[Any]:
        possible = self.possible(type_)
        interfaces = {interface.name: interface for each in possible for interface in each.interfaces}
        return [*possible, *interfaces.values(), type_]

    def possible(self, type_: Any) -> list[GraphQLObjectType]:
        return list(self.schema.get_possible_types(type_)) if is_abstract_type(type_) else [type_]

    def overlaps(self, one: Any, other: Any) -> bool:
        return bool({t.name for t in self.possible(one)} & {t.name for t in self.possible(other)})

    def directive(self) -> str:
        chance = self.rng.random()
        if chance > 0.1:
            return ""
        word, value = self.rng.choice(["skip", "include"]), self.rng.random() < 0.5
        condition = literal(value) if chance < 0.03 else f"${self.variable('Boolean!', value)}"
        return f" @{word}(if: {condition})"


def leads_on(field_: GraphQLField) -> bool:
    return is_composite_type(get_named_type(field_.type))
