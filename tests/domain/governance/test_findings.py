"""Exceptions are made by those who may, and policies heed them, as they heed findings and recalls."""

from typing import Any

import pytest

from app.domain.governance.findings import (
    CloseFinding,
    RecordFinding,
    UpdateFinding,
    close_finding,
    record_finding,
    update_finding,
)
from app.domain.governance.mitigations import MitigateRecall, mitigate_recall
from app.domain.governance.recalls import OpenRecall, open_recall
from app.domain.lineage.removal import DeleteDatasetVersion, delete_dataset_version
from app.domain.vocabulary import Role
from app.domain.writing import Writer
from app.errors import Forbidden, InUse
from tests.domain.governance.story import data, place, trained, use
from tests.domain.governance.test_library import held, unmet
from tests.domain.permission.people import somebody
from tests.domain.registered import environment


async def noted(writer: Writer, about: str, **more: Any) -> str:
    said = {"kind": "INCIDENT", "severity": "CRITICAL", "title": "it harms", "about": [{"id": about}], **more}
    return (await record_finding(writer, RecordFinding.model_validate(said))).id


@pytest.fixture
async def registry(writer: Writer) -> Writer:
    await environment(writer)
    await data(writer, "customers")
    return writer


async def test_an_exception_takes_a_permission_of_its_own(registry: Writer) -> None:
    version = await trained(registry, evaluations=[])
    contributor = await somebody(registry, "robot", role=Role.CONTRIBUTOR)
    await noted(contributor, version)
    with pytest.raises(Forbidden, match=r"finding\.except"):
        await noted(contributor, version, kind="EXCEPTION")
    approver = await somebody(registry, "auditor", role=Role.APPROVER)
    await noted(approver, version, kind="EXCEPTION")


async def test_personal_data_is_allowed_by_an_exception_until_that_is_closed(registry: Writer) -> None:
    calls = await data(registry, "calls", classifications=["PII"])
    version = await trained(registry, inputs=(use("calls"),), evaluations=[])
    assert unmet(await held(registry, version, "personal-data")) == ["no personal data"]
    for about in (calls, version):
        id = await noted(registry, about, kind="EXCEPTION")
        assert unmet(await held(registry, version, "personal-data")) == []
        await close_finding(registry, CloseFinding.model_validate({"finding": {"id": id}, "resolution": "it is over"}))
        assert unmet(await held(registry, version, "personal-data")) == ["no personal data"]


async def test_critical_findings_of_the_version_its_ancestors_and_its_deployments_count(registry: Writer) -> None:
    calls = await data(registry, "calls")
    version = await trained(registry, inputs=(use("calls"),), evaluations=[])
    assert unmet(await held(registry, version, "nothing-open")) == []
    deployment = await place(registry, version)
    await noted(registry, version, severity="HIGH")
    for about in (calls, version, deployment):
        id = await noted(registry, about)
        result = await held(registry, version, "nothing-open")
        assert unmet(result) == ["no critical finding"]
        await close_finding(registry, CloseFinding.model_validate({"finding": {"id": id}, "resolution": "mended"}))
    assert unmet(await held(registry, version, "nothing-open")) == []


async def test_a_recall_denies_until_it_is_mitigated(registry: Writer) -> None:
    calls = await data(registry, "calls")
    version = await trained(registry, inputs=(use("calls"),), evaluations=[])
    said = {"targets": [{"id": calls}], "reason": "consent", "severity": "HIGH"}
    recall = (await open_recall(registry, OpenRecall.model_validate(said))).id
    assert unmet(await held(registry, version, "nothing-open")) == ["not recalled"]
    stop = {"recall": {"id": recall}, "on": {"id": version}, "reason": "trained without it"}
    await mitigate_recall(registry, MitigateRecall.model_validate(stop))
    assert unmet(await held(registry, version, "nothing-open")) == []


async def test_its_severity_is_changed_by_who_may_close_it(registry: Writer) -> None:
    version = await trained(registry, evaluations=[])
    contributor = await somebody(registry, "robot", role=Role.CONTRIBUTOR)
    finding = {"finding": {"id": await noted(contributor, version)}}
    await update_finding(contributor, UpdateFinding.model_validate({**finding, "title": "it harms people"}))
    with pytest.raises(Forbidden, match=r"finding\.close"):
        await update_finding(contributor, UpdateFinding.model_validate({**finding, "severity": "LOW"}))


async def test_what_is_recalled_is_not_deleted(registry: Writer) -> None:
    calls = await data(registry, "calls")
    said = {"targets": [{"id": calls}], "reason": "consent", "severity": "HIGH"}
    await open_recall(registry, OpenRecall.model_validate(said))
    with pytest.raises(InUse, match="Recall"):
        await delete_dataset_version(registry, DeleteDatasetVersion.model_validate({"version": {"id": calls}}))
