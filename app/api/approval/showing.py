"""Why approvals lapsed, as it is shown."""

from typing import Any

from app.api.policies.showing import Shelf
from app.domain.approval.lapse import Lapse


def shown_lapse(lapse: Lapse, shelf: Shelf) -> dict[str, Any]:
    """Who may not see everything hears why, and neither of what nor of how much."""
    return {
        "reason": lapse.reason.value,
        "message": lapse.plain if shelf.is_partial else lapse.message,
        "nodes": [] if shelf.is_partial else shelf.some(lapse.nodes),
    }
