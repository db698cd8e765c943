"""As much of HTTP/2 as it takes to misbehave: frames by hand, where a good library would refuse to send them."""

from __future__ import annotations

import socket
import struct
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

DATA, HEADERS, RST_STREAM, SETTINGS, PING, GOAWAY, WINDOW_UPDATE = 0, 1, 3, 4, 6, 7, 8
END_STREAM, END_HEADERS, ACK = 1, 4, 1
INITIAL_WINDOW = 4
PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"


class Frame(NamedTuple):
    """A frame: its type, flags and stream, and what it holds."""

    kind: int
    flags: int
    stream: int
    payload: bytes


def frame(kind: int, flags: int, stream: int, payload: bytes = b"") -> bytes:
    return struct.pack(">I", len(payload))[1:] + bytes((kind, flags)) + struct.pack(">I", stream) + payload


def headers(stream: int, method: str, flags: int = END_HEADERS, **more: str) -> bytes:
    """Return the frame that begins a gRPC call; every header literal and not indexed."""
    fields = {":method": "POST", ":scheme": "http", ":path": method, ":authority": "x", "te": "trailers"}
    fields |= {"content-type": "application/grpc"} | {name.replace("_", "-"): value for name, value in more.items()}
    block = b"".join(b"\x00" + _text(name) + _text(value) for name, value in fields.items())
    return frame(HEADERS, flags, stream, block)


def _text(text: str) -> bytes:
    data = text.encode()
    assert len(data) < 127
    return bytes((len(data),)) + data


def message(data: bytes, *, compressed: bool = False) -> bytes:
    """Return a gRPC message as it stands in DATA frames."""
    return bytes((compressed,)) + struct.pack(">I", len(data)) + data


class Connection:
    """A connection to a server."""

    def __init__(self, address: str) -> None:
        host, _, port = address.rpartition(":")
        self.socket = socket.create_connection((host, int(port)), timeout=30)
        self.socket.sendall(PREFACE + frame(SETTINGS, 0, 0, struct.pack(">HI", INITIAL_WINDOW, (1 << 31) - 1)))
        self._rest = b""
        self._updates: Counter[int] = Counter()
        self._sent: Counter[int] = Counter()
        self._initial = 65_535

    def send(self, *frames: bytes) -> None:
        self.socket.sendall(b"".join(frames))

    def frames(self) -> Iterator[Frame]:
        """Yield what the server sends until it closes the connection; its settings and pings are acknowledged."""
        while True:
            while len(self._rest) < 9 or len(self._rest) < 9 + int.from_bytes(self._rest[:3]):
                try:
                    data = self.socket.recv(65536)
                except ConnectionResetError:
                    return
                if not data:
                    return
                self._rest += data
            size = int.from_bytes(self._rest[:3])
            found = Frame(self._rest[3], self._rest[4], int.from_bytes(self._rest[5:9]), self._rest[9 : 9 + size])
            self._rest = self._rest[9 + size :]
            if found.kind in (SETTINGS, PING) and not found.flags & ACK:
                self.send(frame(found.kind, ACK, 0, found.payload if found.kind == PING else b""))
            if found.kind == WINDOW_UPDATE:
                self._updates[found.stream] += int.from_bytes(found.payload)
            elif found.kind == SETTINGS:
                for key, value in struct.iter_unpack(">HI", found.payload):
                    self._initial = value if key == INITIAL_WINDOW else self._initial
            yield found

    def upload(self, stream: int, data: bytes) -> None:
        """Send data as fast as the server's flow control lets it, to the end or until the call has ended."""
        incoming = self.frames()
        while data:
            room = min(16_384, self._window(0), self._window(stream))
            if room <= 0:
                got = next(incoming)
                if got.stream == stream and got.flags & END_STREAM:
                    return
                continue
            self.send(frame(DATA, END_STREAM if len(data) <= room else 0, stream, data[:room]))
            self._sent.update({0: len(data[:room]), stream: len(data[:room])})
            data = data[room:]

    def _window(self, stream: int) -> int:
        # The settings speak of streams; a connection begins with what the specification gives it.
        return (self._initial if stream else 65_535) + self._updates[stream] - self._sent[stream]

    def status(self) -> str:
        """Return the block of trailers of the first call that ends; the names and values in it are readable."""
        for found in self.frames():
            if found.kind == HEADERS and found.flags & END_STREAM:
                return found.payload.decode("latin-1")
        return "closed"

    def close(self) -> None:
        self.socket.close()
