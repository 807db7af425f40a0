"""What was said about the obligations of licenses."""

from graph_schema.elements import FREE_TEXT, Type, optional, required
from graph_schema.nodes.shared import entity

LICENSE_WAIVER = entity(
    "LicenseWaiver",
    "That some obligations of a license do not hold, for one thing or for whatever came from what has it",
    required("assetId", Type.STRING, "id of what has the license"),
    required("kinds", Type.STRINGS, "the obligations: ATTRIBUTION, SHARE_ALIKE, NON_COMMERCIAL ..."),
    optional("waivedForId", Type.STRING, "id of what they do not hold for; absent when that is all that came from it"),
    required("reason", Type.STRING, "why they do not hold", FREE_TEXT),
    optional("url", Type.STRING, "where that is agreed", FREE_TEXT),
    optional("expiresAt", Type.DATETIME, "first instant at which they hold again by themselves"),
    optional("revokedById", Type.STRING, "id of the actor that revoked it"),
    optional("endReason", Type.STRING, "why it was revoked", FREE_TEXT),
    required("validFrom", Type.DATETIME, "when it was granted"),
    optional("validTo", Type.DATETIME, "when it was revoked; absent unless it was"),
    optional("open", Type.BOOLEAN, "true until it is revoked, absent afterwards"),
    optional("scopes", Type.STRINGS, "ids of the models and datasets that it tells of: who sees these sees it"),
    indexes=(("assetId",), ("waivedForId",)),
)

NODES = (LICENSE_WAIVER,)
