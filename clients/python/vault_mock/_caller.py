"""Calls to the mock's own API. Each has a connection of its own, so that threads share nothing."""

from __future__ import annotations

import http.client
import json
import socket
import threading
from typing import Any, Callable, Mapping, Optional
from urllib.parse import urlencode, urlsplit

from ._errors import VaultMockError

_LIMIT_S = 60.0  # an answer takes milliseconds: only a mock that hangs is given up after that


def _fits(value: Any, shape: Any) -> bool:
    """A shape is a type, a dict of the keys that must be there with their shapes, or a list of the shape of each item."""
    if isinstance(shape, dict):
        return isinstance(value, dict) and all(name in value and _fits(value[name], one) for name, one in shape.items())
    if isinstance(shape, list):
        return isinstance(value, list) and all(_fits(one, shape[0]) for one in value)
    return isinstance(value, shape)


class Stream:
    """An answer that goes on, line by line."""

    def __init__(self, connection: http.client.HTTPConnection, response: http.client.HTTPResponse, sock: socket.socket) -> None:
        self._connection = connection
        self._socket = sock
        self._response = response
        self._reading = threading.Lock()

    def line(self) -> str:
        """The next line without its end; OSError where there is none any more."""
        with self._reading:
            line = self._response.readline()
        if not line:
            raise ConnectionError("the answer ended")
        return line.decode("utf-8").rstrip("\r\n")

    def close(self) -> None:
        """Also ends a line() that another thread waits for."""
        try:
            self._socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # it is closed already
        with self._reading:
            self._response.close()
            self._connection.close()


class Caller:
    """`how_it_ended` says how a program that was started ended, or nothing while it runs."""

    def __init__(self, url: str, admin_token: Optional[str], how_it_ended: Callable[[], str] = str) -> None:
        self.url = url.rstrip("/")
        self._admin_token = admin_token
        self._how_it_ended = how_it_ended
        try:
            parts = urlsplit(self.url)
            is_address = parts.scheme in ("http", "https") and parts.hostname and not (parts.path or parts.query or parts.fragment)
            self._port = parts.port
        except ValueError:  # as of a port over 65535
            is_address = False
        if not is_address:
            raise VaultMockError(f"{url!r} is not the address of a mock, as http://127.0.0.1:4010; space() gives one of its spaces")
        self._is_https = parts.scheme == "https"
        self._host = parts.hostname or ""

    def call(self, method: str, path: str, body: Any = None, query: Optional[Mapping[str, Any]] = None, shape: Any = None) -> Any:
        """The JSON of the answer, which has this shape, or None where it has none."""
        with_query = path + ("?" + urlencode(query, doseq=True) if query else "")
        connection, response, _ = self._send(method, with_query, body, {})
        try:
            answer = self._read(response)
        finally:
            connection.close()
        return answer if shape is None else self.checked(answer, shape, f"{method} {path}")

    def stream(self, path: str, headers: Mapping[str, str]) -> Stream:
        connection, response, sock = self._send("GET", path, None, headers)
        if response.status == 200:
            return Stream(connection, response, sock)
        try:
            self._read(response)
        finally:
            connection.close()
        raise self._other(f"GET {path} answers {response.status}", response.status)

    def checked(self, value: Any, shape: Any, what: str) -> Any:
        if not _fits(value, shape):
            raise self._other(f"what it answers to {what} is not what a mock of this version answers")
        return value

    def parsed(self, text: str, shape: Any, what: str) -> Any:
        try:
            value = json.loads(text)
        except ValueError:
            value = None
        return self.checked(value, shape, what)

    def _send(
        self, method: str, path: str, body: Any, more: Mapping[str, str]
    ) -> "tuple[http.client.HTTPConnection, http.client.HTTPResponse, socket.socket]":
        headers = dict(more)
        if body is not None:
            headers["content-type"] = "application/json"
        if self._admin_token is not None:
            headers["x-mock-admin-token"] = self._admin_token
        kind = http.client.HTTPSConnection if self._is_https else http.client.HTTPConnection
        connection = kind(self._host, self._port, timeout=_LIMIT_S)
        text = None if body is None else json.dumps(body, ensure_ascii=False).encode("utf-8")
        try:
            connection.request(method, path, text, headers)
            sock: socket.socket = connection.sock  # with "Connection: close" the connection forgets it when the answer begins
            return connection, connection.getresponse(), sock
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            raise self._unreachable(error) from error

    def _unreachable(self, error: Exception) -> VaultMockError:
        ended = self._how_it_ended()
        if ended:
            return VaultMockError(f"No mock answers at {self.url}: {ended}")
        why = str(error) or type(error).__name__
        return VaultMockError(f"No mock answers at {self.url} ({why}): is it running, and is this its address?")

    def _other(self, why: str, status: int = 0) -> VaultMockError:
        return VaultMockError(f"What answers at {self.url} is not vault-mock: {why}", status)

    def _read(self, response: http.client.HTTPResponse) -> Any:
        try:
            text = response.read()
        except (OSError, http.client.HTTPException) as error:  # as half an answer
            raise self._unreachable(error) from error
        if response.status == 204:
            return None
        try:
            answer = json.loads(text)
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            raise self._other("its answer is not JSON", response.status)
        if response.status >= 300:
            if response.status < 400 or not isinstance(answer.get("error"), str):
                raise self._other(f"it answers {response.status}, without an error in words", response.status)
            raise VaultMockError.of(response.status, answer)
        return answer
