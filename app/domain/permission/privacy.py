"""What can be private: what has a name that others cannot find out."""

from app.domain.vocabulary import Visibility
from app.errors import InvalidInput, PathItem

SCOPES = ("RegisteredModel", "Dataset")  # what things belong to, and what can be private
NAMELESS = (
    "What is private has a name in a team's namespace, team/name: whether any other name is taken is for everybody to "
    "find out."
)


def privacy(visibility: Visibility, name: str, *path: PathItem) -> bool | None:
    """What the graph keeps of it: true, or nothing. Raises InvalidInput for what cannot be private."""
    if visibility is Visibility.PUBLIC:
        return None
    if "/" not in name:
        raise InvalidInput(NAMELESS, path=path)
    return True
