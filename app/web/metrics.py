"""`/metrics`, as Prometheus reads it."""

from prometheus_client import REGISTRY
from prometheus_client.exposition import choose_encoder
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


def metrics(request: Request) -> Response:
    """Everything that is counted and measured. Starlette runs this beside the loop: it is no coroutine."""
    encode, content_type = choose_encoder(request.headers.get("accept", ""))
    return Response(encode(REGISTRY), headers={"Content-Type": content_type})


def routes() -> list[Route]:
    return [Route("/metrics", metrics)]
