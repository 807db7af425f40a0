"""Whatever exists can be named by its name in another system."""

from app.domain.delivery.environments import (
    CreateEnvironment,
    UpdateEnvironment,
    create_environment,
    update_environment,
)
from app.domain.delivery.placement import PlaceDeployment, place_deployment
from app.domain.identity import CreateTeam, UpdateActor, create_team, update_actor
from app.domain.labelling import AddReference, add_reference
from app.domain.lineage.datasets import CreateDataset, UpdateDataset, create_dataset, update_dataset
from app.domain.registry.models import CreateRegisteredModel, create_registered_model
from app.domain.registry.upkeep import UpdateRegisteredModel, update_registered_model
from app.domain.writing import Writer
from tests.domain.registered import version
from tests.fixtures.snapshot import found

KEY = {"system": "backstage", "externalId": "churn"}
ELSEWHERE = {"external": KEY}
STATUS = "MATCH (d:Deployment) WITH d ORDER BY d.validFrom RETURN collect(d.status) AS found"


async def test_a_model(writer: Writer) -> None:
    made = await create_registered_model(
        writer, CreateRegisteredModel.model_validate({"name": "churn", "references": [KEY]})
    )
    update = UpdateRegisteredModel.model_validate({"model": ELSEWHERE, "task": "classification"})
    assert (await update_registered_model(writer, update)).id == made.id


async def test_a_dataset(writer: Writer) -> None:
    made = await create_dataset(
        writer, CreateDataset.model_validate({"name": "clicks", "kind": "table", "references": [KEY]})
    )
    update = UpdateDataset.model_validate({"dataset": ELSEWHERE, "kind": "files"})
    assert (await update_dataset(writer, update)).id == made.id


async def test_an_environment(writer: Writer) -> None:
    made = await create_environment(
        writer, CreateEnvironment.model_validate({"name": "production", "position": 1, "references": [KEY]})
    )
    update = UpdateEnvironment.model_validate({"environment": ELSEWHERE, "isProtected": True})
    assert (await update_environment(writer, update)).id == made.id


async def test_an_actor(writer: Writer) -> None:
    made = await create_team(writer, CreateTeam.model_validate({"name": "risk", "references": [KEY]}))
    update = UpdateActor.model_validate({"actor": ELSEWHERE, "displayName": "Risk"})
    assert (await update_actor(writer, update)).id == made.id


async def test_a_deployment_that_is_replaced(writer: Writer) -> None:
    await create_environment(writer, CreateEnvironment(name="production", position=1))
    place = {"version": {"id": await version(writer)}, "environment": {"name": "production"}, "endpoint": "api"}
    first = await place_deployment(writer, PlaceDeployment.model_validate(place))
    reference = {"entity": {"id": first.id}, "reference": KEY}
    await add_reference(writer, AddReference.model_validate(reference))
    await place_deployment(writer, PlaceDeployment.model_validate({**place, "replaces": [ELSEWHERE]}))
    assert await found(writer.connection, STATUS) == ["SUPERSEDED", "ACTIVE"]
