"""The text of a statement: one relation, for all parents at once, answered in one fat row.

The text depends on the relation, on what it leads to, on the form of its filter and page, and on nothing else; values
are parameters. They travel in one map, `$given`: Neo4j plans a text anew for every type and size of its parameters, and
a map is a map. Of a node only the properties in `$properties` are brought, of the nodes in a map those in `$parts`.

For somebody from whom something is hidden the text is another, `is_partial`: what one may not see is left out wherever
a node is found, before it is counted, ordered or limited.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from app.database.queries import PARAMETER
from app.domain.permission.sight import seen
from app.domain.told import told_by_name
from app.planner.aims import Aim
from app.planner.pages import Form
from app.planner.relations import Order, Relation
from graph_schema.model import MODEL

PREFIX = "CYPHER 5"
KEPT = 4_096  # texts
NOTHING: Mapping[str, Sequence[str]] = {}

# A pattern of the nodes that have the parent's id, and the properties of theirs that it says are there.
ANCHORED = re.compile(r"^MATCH \(node:(?P<label>\w+) \{(?P<key>\w+): parent\b.*$", re.MULTILINE)
HELD = re.compile(r"node\.(\w+) IS NOT NULL")


@lru_cache(KEPT)
def fetch(
    relation: Relation, aim: Aim, *, where: str = "true", form: Form | None = None, is_partial: bool = False
) -> str:
    """`rows`: a list of [parent, item], where an item is as `found` says, in a page [item, sort]."""
    parent = "" if relation.key is None else "parent, "
    sort = ", sort" if form else ""
    bound = f"WITH {parent}{bindings(relation, aim, 'found')}{sort}{shown(relation, aim, 'found', is_partial)}"
    item = found(relation, aim, "found")
    inner = within(relation, where, form, is_partial=is_partial)
    return _statement(relation, inner, bound, f"[{item}, sort]" if form else item, is_partial)


@lru_cache(KEPT)
def count(relation: Relation, *, where: str, is_partial: bool = False) -> str:
    """`rows`: a list of [parent, number of nodes]."""
    return _statement(relation, counted(relation, where, is_partial=is_partial), "", "value", is_partial)


def found(relation: Relation, aim: Aim, variable: str, inner: Mapping[str, Sequence[str]] = NOTHING) -> str:
    """What is brought of what a relation finds. Of a node a list of its properties, in their order, and its labels if
    need be; of anything else the value, the nodes in a map likewise. `inner` are further items of these lists."""
    if relation.binds == "node":
        return _node(variable, "$properties", aim.label, inner.get("", ()))
    if not aim.nodes:
        return variable
    values = [f".{name}" for name in aim.values]
    nodes = [
        f"{name}: {_node(f'{variable}_{name}', f'$parts.{name}', label, inner.get(name, ()))}"
        for name, label in aim.nodes
    ]
    return f"{variable} {{{', '.join([*values, *nodes])}}}"


def bindings(relation: Relation, aim: Aim, variable: str) -> str:
    """What binds a variable to what a relation found, and others to the nodes in it."""
    nodes = [f"{relation.binds}.{name} AS {variable}_{name}" for name, _ in aim.nodes]
    return ", ".join([f"{relation.binds} AS {variable}", *nodes])


def shown(relation: Relation, aim: Aim, variable: str, is_partial: bool) -> str:
    """What leaves out the nodes that one may not see, and the maps that hold such. Those of a page are left out before
    it is cut."""
    if not is_partial or relation.count == "page":
        return ""
    nodes = [variable] if relation.binds == "node" else [f"{variable}_{name}" for name, _ in aim.nodes]
    return f"\nWHERE {' AND '.join(f'disclosed({each})' for each in nodes)}" if nodes else ""


def within(relation: Relation, where: str, form: Form | None, *, is_partial: bool = False) -> str:
    """What a relation's statement does for one parent: it returns `node`, `node, sort` in a page, or `value`."""
    body = relation.query.body
    if relation.binds == "value":
        return body
    if form is not None:
        return _page(body, _visible(where) if is_partial else where, form)
    ending = f"\nORDER BY {relation.orders[0].expression}" if relation.orders else ""
    return f"{body}\nRETURN node{ending}"


def counted(relation: Relation, where: str, *, is_partial: bool = False) -> str:
    """What counts a relation's nodes for one parent: it returns `value`."""
    predicates = [where, *_held(relation.orders[0].expression, relation.orders[0].nullable)]
    if relation.key is None and relation.variant is None and where == "true":
        # Neo4j knows how many nodes a label has.
        predicates = ["true"]
    if is_partial:
        predicates = [_visible(where), *predicates[1:]]
    return f"{relation.query.body}\nWHERE {' AND '.join(predicates)}\nRETURN count(node) AS value"


def _visible(where: str) -> str:
    """A predicate on `node`, for somebody from whom something is hidden."""
    return "disclosed(node)" if where == "true" else f"{where} AND disclosed(node)"


def _statement(relation: Relation, inner: str, bound: str, item: str, is_partial: bool) -> str:
    if relation.key is None:
        # Not even one row before the CALL: it would be multiplied with what is found.
        head, scope, parent = "", "", "null"
    elif relation.binds_this:
        head, scope, parent = "UNWIND $parents AS parent\nMATCH (this:Entity {id: parent})\n", "this", "parent"
    else:
        head, scope, parent = "UNWIND $parents AS parent\n", "parent", "parent"
    ending = f"{bound}\nRETURN collect([{parent}, {item}]) AS rows".lstrip()
    text = own(f"{PREFIX}\n{head}CALL ({scope}) {{\n{inner}\n}}\n{ending}", "$given")
    return seen(text, is_partial=is_partial)


def own(text: str, at: str) -> str:
    """A text that reads its parameters from the map `at`, but for what is hidden."""
    return PARAMETER.sub(lambda found: found[0] if found[1] == "given" else f"{at}.{found[1]}", text)


def _node(variable: str, properties: str, label: str | None, inner: Sequence[str]) -> str:
    labels = "null" if label else f"labels({variable})"
    values = f"[name IN {properties} | {told_by_name(variable, 'name', label)}]"
    return f"[{', '.join([values, labels, *inner])}]"


def _page(body: str, where: str, form: Form) -> str:
    order = form.order
    body = _by_index(body, order)
    keyset = " AND ".join(_keysets(form))
    limit = f"ORDER BY {_ordering(form)}\nLIMIT $limit"
    if order.clause is None:
        return f"{body}\nWHERE {where} AND {keyset}\nRETURN node, {order.expression} AS sort\n{limit}"
    return (
        f"{body}\nWHERE {where}\n{order.clause.body}\nWITH node, {order.expression} AS sort\n"
        f"WHERE {keyset}\nRETURN node, sort\n{limit}"
    )


def _by_index(body: str, order: Order) -> str:
    """The body with the index that it has to go by: the parent's, in the order that is asked for where there is one.

    Left alone, the database weighs it against the index of the order, which begins with what it wants, and guesses how
    soon that has shown enough of one parent's. At times it reads a whole registry for one page of a model.
    """
    found = ANCHORED.search(body)
    if found is None:
        return body
    label, key = found["label"], found["key"]
    own = () if order.nullable else (order.expression.removeprefix("node."), "id")
    held = {*own, *HELD.findall(found[0])}
    node = MODEL.by_label[label]
    serving = [each for each in (node.key, *node.unique, *node.indexes) if each[:1] == (key,) and held >= {*each[1:]}]
    if not serving:
        return body
    index = max(serving, key=lambda each: each[1:2] == own[:1])
    return f"{body[: found.end()]}\nUSING INDEX SEEK node:{label}({', '.join(index)}){body[found.end() :]}"


def _ordering(form: Form) -> str:
    """Nulls come last in either direction, so they come first when the list is read from its end."""
    way = " DESC" if form.reverse else ""
    nulls = f"sort IS NULL{' DESC' if form.nulls_first else ''}, " if form.order.nullable else ""
    return f"{nulls}sort{way}, node.id{way}"


def _keysets(form: Form) -> list[str]:
    it = "sort" if form.order.clause else form.order.expression
    onward, back = ("<", ">") if form.reverse else (">", "<")
    bounds = _held(it, form.order.nullable)
    if form.start:
        bounds.append(_beyond(form, it, "$start", onward, form.start == "null", not form.nulls_first))
    if form.stop:
        bounds.append(_beyond(form, it, "$stop", back, form.stop == "null", form.nulls_first))
    return bounds or ["true"]


def _held(it: str, nullable: bool) -> list[str]:
    """What an index of the order holds: it serves, and gives its order, only to predicates on all of it."""
    return [] if nullable else [f"{it} IS NOT NULL", "node.id IS NOT NULL"]


def _beyond(form: Form, it: str, at: str, sign: str, at_null: bool, with_nulls: bool) -> str:
    """Rows on one side of a position, on which nulls are, too, or not. The CASE lets a composite index serve, which the
    usual OR does not."""
    beyond = f"{it} {sign}= {at}.sort AND CASE WHEN {it} {sign} {at}.sort THEN true ELSE node.id {sign} {at}.id END"
    if not form.order.nullable:
        return beyond
    if at_null:
        return f"({it} IS {'NULL AND' if with_nulls else 'NOT NULL OR'} node.id {sign} {at}.id)"
    return f"({it} IS NULL OR ({beyond}))" if with_nulls else beyond
