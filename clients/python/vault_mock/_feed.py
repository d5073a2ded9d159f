"""The feed: requests as they come, by server-sent events."""

from __future__ import annotations

import http.client
import time
from typing import Callable, Iterator, List, Optional, Tuple

from ._caller import Caller, Stream
from ._errors import VaultMockError
from .types import Missed, RequestSummary

OnMissed = Callable[[Missed], object]

_GIVE_UP_S = 5.0  # how long a mock may be away
_PAUSE_S = 0.1


class Feed(Iterator[RequestSummary]):
    """Iterate over it, and close() it, or use it in a `with`. It begins where it was made.

    When the connection breaks it goes on behind the last request. Requests that the mock only counts, because too many came
    at once or they had left its journal, go to `on_missed`; without it they are an error.
    """

    def __init__(self, caller: Caller, path: str, last: int, on_missed: Optional[OnMissed]) -> None:
        self._on_missed = on_missed
        self._caller = caller
        self._path = path
        self._last = last
        self._is_closed = False
        self._stream: Optional[Stream] = self._open()

    def _open(self) -> Stream:
        return self._caller.stream(self._path, {"last-event-id": str(self._last)})

    def _open_again(self) -> Optional[Stream]:
        """A pause comes before each connection: one that breaks at once is not made again without end and rest."""
        end = time.monotonic() + _GIVE_UP_S
        while not self._is_closed:
            time.sleep(_PAUSE_S)
            try:
                return self._open()
            except VaultMockError as error:
                if error.status or time.monotonic() > end:
                    raise
        return None

    def _event(self, line: Callable[[], str]) -> Tuple[str, str, str]:
        """Name, id and data of the next one."""
        name, identity, data = "", "", []  # type: str, str, List[str]
        while True:
            field, _, value = line().partition(":")
            value = value[1:] if value.startswith(" ") else value
            if field == "event":
                name = value
            elif field == "id":
                identity = value
            elif field == "data":
                data.append(value)
            elif not field and not value and data:
                return name, identity, "\n".join(data)

    def __next__(self) -> RequestSummary:
        while not self._is_closed:
            if self._stream is None:
                self._stream = self._open_again()
                continue  # close() may have come meanwhile
            try:
                name, identity, data = self._event(self._stream.line)
            except (OSError, ValueError, http.client.HTTPException):
                self._stream.close()
                self._stream = None
                continue
            if identity:
                self._last = self._caller.parsed(identity, int, self._path)
            if name == "missed":
                self._tell(self._caller.parsed(data, {"count": int, "by_status": dict}, self._path))
            if name == "request":
                request: RequestSummary = self._caller.parsed(data, {"id": str, "sequence": int}, self._path)
                return request
        self.close()
        raise StopIteration

    def _tell(self, missed: Missed) -> None:
        if self._on_missed is None:
            raise VaultMockError(
                f"live() missed {missed['count']} requests, more than it may show: pass per_second (100, up to 1000) or on_missed"
            )
        self._on_missed(missed)

    def close(self) -> None:
        self._is_closed = True
        stream = self._stream
        if stream is not None:
            stream.close()

    def __enter__(self) -> "Feed":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
