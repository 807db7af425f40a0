"""Grants over the API: given, listed, asked for, taken."""

from tests.api.conftest import Client

MODEL = 'mutation { createRegisteredModel(input: {name: "churn"}) { registeredModel { id } } }'
USER = 'mutation { createUser(input: {name: "ada"}) { user { id } } }'
GIVE = """mutation ($role: Role, $permissions: [String!], $on: EntityRef) {
  createGrant(input: {to: {name: "ada"}, role: $role, permissions: $permissions, on: $on, reason: "joins"}) {
    grant { id role permissions reason validTo holder { name } over { __typename id } grantedBy { name } }
  }
}"""
TAKE = "mutation ($id: ID!) { revokeGrant(input: {id: $id}) { grant { id validTo } } }"
GRANTS = "{ grants { totalCount nodes { id role } } }"


async def test_a_grant_is_given_listed_and_taken(client: Client) -> None:
    await client.data(USER)
    model = (await client.data(MODEL))["createRegisteredModel"]["registeredModel"]
    given = (await client.data(GIVE, role="CONTRIBUTOR", on={"model": "churn"}))["createGrant"]["grant"]
    assert given == {
        "id": given["id"],
        "role": "CONTRIBUTOR",
        "permissions": None,
        "reason": "joins",
        "validTo": None,
        "holder": {"name": "ada"},
        "over": {"__typename": "RegisteredModel", "id": model["id"]},
        "grantedBy": {"name": "local"},
    }
    whole = (await client.data(GIVE, permissions=["alias.set"]))["createGrant"]["grant"]
    assert (whole["over"], whole["role"], whole["permissions"]) == (None, None, ["alias.set"])
    nodes = [{"id": whole["id"], "role": None}, {"id": given["id"], "role": "CONTRIBUTOR"}]
    assert (await client.data(GRANTS))["grants"] == {"totalCount": 2, "nodes": nodes}
    taken = (await client.data(TAKE, id=given["id"]))["revokeGrant"]["grant"]
    assert taken["validTo"] is not None
    assert (await client.data(GRANTS))["grants"] == {"totalCount": 1, "nodes": nodes[:1]}


async def test_where_nobody_signs_in_everybody_can(client: Client) -> None:
    assert await client.data('{ can(action: "registeredModel.delete") }') == {"can": True}
    error = await client.error('{ can(action: "registeredModel.destroy") }')
    assert (error["code"], error["path"]) == ("INVALID_INPUT", ["action"])
