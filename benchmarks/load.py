"""A small closed-loop load generator: one keep-alive connection a thread, as fast as answers come.

Requests are bytes made beforehand and answers are read raw, so that the generator, which shares the machine
with what it measures, costs as little of it as Python allows.
"""

import socket
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

MakeRequest = Callable[[int], bytes]
"""The n-th request of a connection."""


def requests_per_second(
    address: tuple[str, int], connections: Sequence[MakeRequest], seconds: float
) -> float:
    """How many requests were answered each second; every answer must be a 200."""
    until = time.monotonic() + seconds
    with ThreadPoolExecutor(len(connections)) as threads:
        answered = threads.map(lambda make: _drive(address, make, until), connections)
        return sum(answered) / seconds


def _drive(address: tuple[str, int], make: MakeRequest, until: float) -> int:
    count = 0
    with socket.create_connection(address, timeout=10) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while time.monotonic() < until:
            connection.sendall(make(count))
            _read_answer(connection)
            count += 1
    return count


def _read_answer(connection: socket.socket) -> None:
    data = connection.recv(65536)
    while b"\r\n\r\n" not in data:
        data += _more(connection)
    head, _, body = data.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200"), data[:500]
    missing = _length(head) - len(body)
    while missing > 0:
        missing -= len(_more(connection))


def _more(connection: socket.socket) -> bytes:
    data = connection.recv(65536)
    assert data, "the server closed the connection in the middle of an answer"
    return data


def _length(head: bytes) -> int:
    _, _, rest = head.lower().partition(b"content-length:")
    return int(rest.partition(b"\r\n")[0])
