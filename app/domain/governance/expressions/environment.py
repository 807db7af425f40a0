"""The environment of expressions: the declared messages as types of CEL, and values as its messages.

Google's CEL takes types from Protocol Buffers, so the declaration becomes a file descriptor.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from cel_expr_python import cel
from google.protobuf import descriptor_pb2, timestamp_pb2, wrappers_pb2
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.json_format import ParseDict
from google.protobuf.message import Message as ProtocolMessage
from google.protobuf.message_factory import GetMessageClass

from app.domain.governance.expressions.schema import Field, Kind, Message
from app.domain.governance.snapshot_schema import SNAPSHOT

Descriptor = descriptor_pb2.FieldDescriptorProto
PACKAGE = "pedigree"
SCALARS = {
    Kind.STRING: (Descriptor.TYPE_STRING, "StringValue"),
    Kind.INT: (Descriptor.TYPE_INT64, "Int64Value"),
    Kind.DOUBLE: (Descriptor.TYPE_DOUBLE, "DoubleValue"),
    Kind.BOOL: (Descriptor.TYPE_BOOL, "BoolValue"),
}
TYPES = {
    Kind.STRING: cel.Type.STRING,
    Kind.INT: cel.Type.INT,
    Kind.DOUBLE: cel.Type.DOUBLE,
    Kind.BOOL: cel.Type.BOOL,
    Kind.TIMESTAMP: cel.Type.TIMESTAMP,
}


@dataclass(frozen=True)
class Environment:
    """Compiles expressions that speak of the fields of one message, and binds these to values."""

    root: Message
    pool: DescriptorPool
    compiler: cel.Env

    def compile(self, expression: str) -> cel.Expression:
        """The checked expression. RuntimeError says where it is wrong."""
        return self.compiler.compile(expression)

    def bound(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Values in the words of JSON as the variables of expressions. Raises for what was not declared."""
        class_ = GetMessageClass(self.pool.FindMessageTypeByName(f"{PACKAGE}.{self.root.name}"))
        message = ParseDict(dict(values), class_())
        return {field.name: variable(message, field) for field in self.root.fields}


def variable(message: ProtocolMessage, field: Field) -> Any:
    value = getattr(message, field.name)
    return list(value) if field.is_list else value


@cache
def environment(root: Message = SNAPSHOT) -> Environment:
    """The environment of the fields of a message."""
    pool = described(root)
    return Environment(root, pool, cel.NewEnv(pool, variables={each.name: type_of(each) for each in root.fields}))


def type_of(field: Field) -> cel.Type:
    """The type of a variable."""
    single = cel.Type(f"{PACKAGE}.{field.type.name}") if isinstance(field.type, Message) else TYPES[field.type]
    return cel.Type.List(single) if field.is_list else single


def described(root: Message) -> DescriptorPool:
    """The messages in a pool of their own, beside the well-known types that they are made of."""
    pool = DescriptorPool()
    file = descriptor_pb2.FileDescriptorProto(name=f"{PACKAGE}.proto", package=PACKAGE, syntax="proto3")
    for known in (wrappers_pb2, timestamp_pb2):
        pool.AddSerializedFile(known.DESCRIPTOR.serialized_pb)
        file.dependency.append(known.DESCRIPTOR.name)
    for message in root.messages:
        described_message = file.message_type.add(name=message.name)
        for number, field in enumerate(message.fields, start=1):
            describe(described_message.field.add(name=field.name, number=number), field)
    pool.Add(file)
    return pool


def describe(described_field: Descriptor, field: Field) -> None:
    described_field.label = Descriptor.LABEL_REPEATED if field.is_list else Descriptor.LABEL_OPTIONAL
    if isinstance(field.type, Message):
        described_field.type, described_field.type_name = Descriptor.TYPE_MESSAGE, f".{PACKAGE}.{field.type.name}"
    elif field.type is Kind.TIMESTAMP:
        described_field.type, described_field.type_name = Descriptor.TYPE_MESSAGE, ".google.protobuf.Timestamp"
    elif field.may_be_null:
        wrapper = SCALARS[field.type][1]
        described_field.type, described_field.type_name = Descriptor.TYPE_MESSAGE, f".google.protobuf.{wrapper}"
    else:
        described_field.type = SCALARS[field.type][0]
