"""The socket of the web server, opened before anything slow is started."""

import errno
import socket
from ipaddress import ip_address

from app.errors import PedigreeError


class PortTaken(PedigreeError):
    """Port {port} on {host} is taken: stop what listens there, or choose another with --port."""


class AddressUnusable(PedigreeError):
    """Cannot listen on {host}, port {port}: {reason}."""


class NotLoopback(PedigreeError):
    """Nobody signs in yet, so whoever reaches {host} could change the registry: keep to 127.0.0.1, or set \
PEDIGREE_ALLOW_NETWORK=true if something in front of it decides who may pass."""


def listen(host: str, port: int, *, allow_network: bool) -> socket.socket:
    """A socket that listens. Raises PortTaken, AddressUnusable, or NotLoopback for an address that others reach."""
    place = {"host": host, "port": port}
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        if not allow_network and not ip_address(address[0]).is_loopback:
            raise NotLoopback((NotLoopback.__doc__ or "").format(**place))
        return socket.create_server(address[:2], family=family)
    except OSError as error:
        kind = PortTaken if error.errno == errno.EADDRINUSE else AddressUnusable
        raise kind((kind.__doc__ or "").format(**place, reason=error.strerror)) from error


def url(host: str, listener: socket.socket) -> str:
    """Where a browser on this machine finds the server."""
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{listener.getsockname()[1]}"
