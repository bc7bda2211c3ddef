"""Where the application listens: addresses, names, ports, and a socket that does not hold answers back."""

from __future__ import annotations

import errno
import ipaddress
import os
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from streamlit.web.server.starlette import starlette_server

from ui.errors import UiError

PORTS_TRIED = 50


def is_loopback(address: str) -> bool:
    """True when only this machine can reach *address*.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0")
    (True, True, False)
    """
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def hosts_in_environment() -> list[str]:
    """The names an office gives this machine: `YUYAN_HOSTS`, separated by commas."""
    return [name.strip().lower() for name in os.environ.get("YUYAN_HOSTS", "").split(",") if name.strip()]


def known_hosts(address: str, further: Sequence[str]) -> list[str]:
    """The names under which the application answers; an office adds its own with *further*.

    >>> known_hosts("127.0.0.1", ["yuyan.example"])
    ['127.0.0.1', '::1', 'localhost', 'yuyan.example']
    """
    names = {"localhost", "127.0.0.1", "::1", *further}
    if not is_loopback(address):
        names |= {address, socket.gethostname().lower(), socket.getfqdn().lower(), *_own_addresses()}
    return sorted(names - {"0.0.0.0", "::"})


def free_port(address: str, wanted: int) -> int:
    """*wanted* or the next port nobody listens on."""
    for port in range(wanted, min(wanted + PORTS_TRIED, 65536)):
        if _is_free(address, port):
            return port
    raise UiError("port-none-free", thing="serve", field="port", rule=f"{PORTS_TRIED} ports tried", value=wanted)


@contextmanager
def answering_promptly() -> Iterator[None]:
    """Inside the block Streamlit's listening socket, and every connection it accepts, sends small pieces at once.

    An answer leaves as two writes, head and body. Streamlit makes the socket in a way asyncio does not
    recognise as TCP, so the second write waits for the browser's delayed acknowledgement: about 40 ms
    for every request on a kept connection (measured: 48 ms instead of 6).
    """
    bind = starlette_server._bind_socket

    def without_delay(address: str, port: int, backlog: int) -> socket.socket:
        bound = bind(address, port, backlog)
        bound.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return bound

    starlette_server._bind_socket = without_delay
    try:
        yield
    finally:
        starlette_server._bind_socket = bind


def _is_free(address: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                return False
            raise UiError("address-not-ours", thing="serve", field="address", value=address) from error
    return True


def _own_addresses() -> set[str]:
    try:
        return {str(entry[4][0]) for entry in socket.getaddrinfo(socket.gethostname(), None)}
    except OSError:
        return set()
