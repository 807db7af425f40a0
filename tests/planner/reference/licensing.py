"""What waives obligations of licenses."""

from datetime import UTC, datetime

from tests.planner.graph import Graph, Node
from tests.planner.reference.fields import Arguments, answers, by_id, current


@answers("Licensed.licenseWaivers")
def license_waivers(graph: Graph, asset: Node, arguments: Arguments) -> list[Node]:
    moment = arguments.get("asOf")
    own = [waiver for waiver in graph.of("LicenseWaiver") if waiver["assetId"] == asset["id"]]
    then = moment or datetime.now(UTC)
    return by_id(w for w in current(own, moment) if w["expiresAt"] is None or w["expiresAt"] > then)


@answers("LicenseWaiver.asset")
def asset_of(graph: Graph, waiver: Node, arguments: Arguments) -> Node | None:
    return graph.by_id.get(waiver["assetId"])


@answers("LicenseWaiver.waivedFor")
def waived_for(graph: Graph, waiver: Node, arguments: Arguments) -> Node | None:
    return graph.by_id.get(waiver["waivedForId"])


@answers("LicenseWaiver.revokedBy")
def revoked_by(graph: Graph, waiver: Node, arguments: Arguments) -> Node | None:
    return graph.by_id.get(waiver["revokedById"])
