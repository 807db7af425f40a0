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
    """Without authentication whoever reaches {host} could change the registry: keep to 127.0.0.1, or leave out \
--no-auth."""


def listen(host: str, port: int, *, auth: bool) -> socket.socket:
    """A socket that listens. Raises PortTaken, AddressUnusable, or NotLoopback: others may reach only what they have to
    sign in to."""
    place = {"host": host, "port": port}
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        if not auth and not ip_address(address[0]).is_loopback:
            raise NotLoopback((NotLoopback.__doc__ or "").format(**place))
        return socket.create_server(address[:2], family=family)
    except OSError as error:
        kind = PortTaken if error.errno == errno.EADDRINUSE else AddressUnusable
        raise kind((kind.__doc__ or "").format(**place, reason=error.strerror)) from error


def here(address: str) -> str:
    """The same for a browser on this machine, when the server listens on all addresses: that is none to go to."""
    return address.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:")


def url(host: str, listener: socket.socket) -> str:
    """Where a browser on this machine finds the server."""
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{listener.getsockname()[1]}"
