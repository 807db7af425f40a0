"""What the documents are made of: values that the scalars take, and words that the demo's registry knows."""

from random import Random
from typing import Any

import schemathesis
from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLInputObjectType,
    GraphQLSchema,
    ObjectFieldNode,
    ObjectValueNode,
    StringValueNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    get_named_type,
    get_nullable_type,
    print_ast,
    visit,
)
from hypothesis import strategies as st
from schemathesis.graphql import nodes

ODDITIES = ("", " ", "a\\b", "'\"", "${x}", "ü", "\u202e", "😀", "a" * 300, "../..", "0", "-1", "null", "MATCH (n)")
SHARE_OF_KNOWN = 0.7


def declare_scalars() -> None:
    """Tell schemathesis what our scalars take, and now and then what they do not."""
    odd = st.sampled_from(ODDITIES).map(nodes.String)
    right = st.datetimes().map(lambda moment: nodes.String(f"{moment.isoformat()}Z"))
    instants = right | right | right | right | odd
    numbers = st.integers(-(2**54), 2**54).map(nodes.Int)
    for name, strategy in {
        "DateTime": instants,
        "Date": st.dates().map(lambda day: nodes.String(day.isoformat())) | odd,
        "Long": numbers,
        "Double": numbers | st.sampled_from(("NaN", "Infinity", "-Infinity", "x")).map(nodes.String),
        "Digest": st.sampled_from("0123456789abcdef").map(lambda digit: nodes.String(f"sha256:{digit * 64}")) | odd,
        "JSON": odd | numbers | st.just(nodes.Null) | st.booleans().map(nodes.Boolean),
    }.items():
        schemathesis.graphql.scalar(name, strategy)


class Mended(Visitor):
    """Puts known words in the place of random ones, and keeps one key where just one is allowed."""

    def __init__(self, types: TypeInfo, known: dict[str, list[str]], rng: Random) -> None:
        super().__init__()
        self.types = types
        self.known = known
        self.rng = rng

    def leave_object_value(self, node: ObjectValueNode, *_: Any) -> ObjectValueNode | None:
        type_ = get_named_type(self.types.get_input_type())
        if isinstance(type_, GraphQLInputObjectType) and type_.is_one_of and len(node.fields) > 1:
            return ObjectValueNode(fields=(self.rng.choice(node.fields),))
        return None

    def enter_string_value(self, node: StringValueNode, key: Any, parent: Any, *_: Any) -> StringValueNode | None:
        name = parent.name.value if isinstance(parent, ObjectFieldNode | FieldNode) else getattr(parent, "name", None)
        word = getattr(name, "value", name)
        type_ = str(get_nullable_type(self.types.get_input_type()))
        words = self.known["id"] if type_ == "ID" else self.known.get(str(word), self.known["name"])
        if type_ in ("ID", "String") and self.rng.random() < SHARE_OF_KNOWN:
            return StringValueNode(value=self.rng.choice(words))
        return None


def mended(schema: GraphQLSchema, document: DocumentNode, known: dict[str, list[str]]) -> DocumentNode:
    """The document with words that lead somewhere. The same document is always mended in the same way."""
    types = TypeInfo(schema)
    found: DocumentNode = visit(document, TypeInfoVisitor(types, Mended(types, known, Random(print_ast(document)))))
    return found
