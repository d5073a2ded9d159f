"""Calls to the mock's own API. Each has a connection of its own, so that threads share nothing."""

from __future__ import annotations

import contextlib
import http.client
import json
import socket
import threading
from typing import Any, Mapping, Optional
from urllib.parse import urlencode, urlsplit

from ._errors import VaultMockError

_LIMIT_S = 60.0  # an answer takes milliseconds: only a mock that hangs is given up after that


class Stream:
    """An answer that goes on, line by line."""

    def __init__(self, connection: http.client.HTTPConnection, response: http.client.HTTPResponse) -> None:
        self._connection = connection
        self._socket = connection.sock  # the response takes it over, and forgets it at the end
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
            self._connection.close()


class Caller:
    def __init__(self, url: str, admin_token: Optional[str]) -> None:
        self.url = url.rstrip("/")
        self._admin_token = admin_token
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query or parts.fragment:
            raise VaultMockError(f"{url!r} is not the address of a mock, as http://127.0.0.1:4010; space() gives one of its spaces")
        self._is_https = parts.scheme == "https"
        self._host, self._port = parts.hostname, parts.port

    def call(self, method: str, path: str, body: Any = None, query: Optional[Mapping[str, Any]] = None) -> Any:
        """The JSON of the answer, or None where it has none."""
        with_query = path + ("?" + urlencode(query) if query else "")
        connection, response = self._send(method, with_query, body, {})
        try:
            return self._read(response)
        except OSError as error:
            raise self._unreachable(error) from error
        finally:
            connection.close()

    def stream(self, path: str, headers: Mapping[str, str]) -> Stream:
        connection, response = self._send("GET", path, None, headers)
        if response.status != 200:
            with contextlib.closing(connection):
                self._read(response)
        return Stream(connection, response)

    def _send(
        self, method: str, path: str, body: Any, more: Mapping[str, str]
    ) -> "tuple[http.client.HTTPConnection, http.client.HTTPResponse]":
        headers = dict(more)
        if body is not None:
            headers["content-type"] = "application/json"
        if self._admin_token is not None:
            headers["x-mock-admin-token"] = self._admin_token
        kind = http.client.HTTPSConnection if self._is_https else http.client.HTTPConnection
        connection = kind(self._host, self._port, timeout=_LIMIT_S)
        try:
            text = None if body is None else json.dumps(body, ensure_ascii=False).encode("utf-8")
            connection.request(method, path, text, headers)
            return connection, connection.getresponse()
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            raise self._unreachable(error) from error

    def _unreachable(self, error: Exception) -> VaultMockError:
        return VaultMockError(f"No mock answers at {self.url} ({error}): is it running, and is this its address?")

    def _read(self, response: http.client.HTTPResponse) -> Any:
        text = response.read()
        if not text and response.status < 300:
            return None
        try:
            answer = json.loads(text)
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            raise VaultMockError(f"What answers at {self.url} is not vault-mock: its answer is not JSON", response.status)
        if response.status >= 400:
            raise VaultMockError(str(answer.get("error", "")), response.status, answer)
        return answer
