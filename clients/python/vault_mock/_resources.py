"""What a space has: clock, sessions, requests, rules, connections. One class for each resource of the mock's own API."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, List, Mapping, Optional, Sequence, Union, cast
from urllib.parse import quote

from ._caller import Caller
from ._errors import VaultMockError
from ._feed import Feed, OnMissed
from ._rule import RULE, AddedRule
from .types import Clock as ClockState
from .types import Connection, Request, Rule, RuleCheck, Session, Why

_LONGEST_PAGE = 1000

# What must be in an answer.
_CLOCK = {"now": str, "frozen": bool, "offset": str}
_SESSION = {"token": str, "state": str}
_REQUEST = {"id": str, "sequence": int}
_CONNECTION = {"id": str, "state": str}

Duration = Union[str, timedelta]


def _one(text: str) -> str:
    return quote(text, safe="")


def _duration(duration: Duration) -> str:
    return f"{round(duration / timedelta(milliseconds=1))}ms" if isinstance(duration, timedelta) else duration


def time_of(moment: Union[str, datetime]) -> str:
    return moment.astimezone().isoformat() if isinstance(moment, datetime) else moment


class Resource:
    def __init__(self, caller: Caller, prefix: str) -> None:
        self._caller = caller
        self._prefix = prefix

    def _call(self, method: str, path: str, body: Any = None, query: Optional[Mapping[str, Any]] = None, shape: Any = None) -> Any:
        given = {name: value for name, value in (query or {}).items() if value is not None}
        return self._caller.call(method, self._prefix + path, body, given, shape)

    def _pages(self, path: str, key: str, shape: Any, query: Mapping[str, Any]) -> List[Any]:
        """All that there is, page by page; with `limit` at most so many."""
        limit = query.get("limit")
        items: List[Any] = []
        cursor = None
        while True:
            room = _LONGEST_PAGE if limit is None else min(limit - len(items), _LONGEST_PAGE)
            page = self._call("GET", path, query={**query, "limit": room, "cursor": cursor}, shape={key: [shape]})
            items += page[key]
            cursor = page.get("next")
            if cursor is None or len(items) == limit:
                return items


class Clock(Resource):
    """The time of the space. A datetime without a zone is local time."""

    def get(self) -> ClockState:
        return cast(ClockState, self._call("GET", "/clock", shape=_CLOCK))

    def freeze(self, at: Union[str, datetime]) -> ClockState:
        """It stands still at this time: "2027-01-01T00:00:00Z"."""
        return self._set({"freeze": time_of(at)})

    def advance(self, duration: Duration) -> ClockState:
        """It jumps: "61m", "-1h"."""
        return self._set({"advance": _duration(duration)})

    def offset(self, duration: Duration) -> ClockState:
        """It runs, so far from real time."""
        return self._set({"offset": _duration(duration)})

    def resume(self) -> ClockState:
        """It runs with real time again."""
        return self._set({"resume": True})

    def _set(self, change: Mapping[str, Any]) -> ClockState:
        return cast(ClockState, self._call("PUT", "/clock", change, shape=_CLOCK))


class Sessions(Resource):
    """The sessions that were handed out. A token that is not among them is an error."""

    def list(self) -> List[Session]:
        """Newest first."""
        return self._pages("/sessions", "sessions", _SESSION, {})

    def get(self, token: str) -> Session:
        return cast(Session, self._call("GET", f"/sessions/{_one(token)}", shape=_SESSION))

    def expire(self, token: str) -> Session:
        """As if its time had run out."""
        return cast(Session, self._call("PATCH", f"/sessions/{_one(token)}", {"state": "expired"}, shape=_SESSION))

    def revoke(self, token: str) -> None:
        self._call("DELETE", f"/sessions/{_one(token)}")


class Requests(Resource):
    """The journal."""

    def list(
        self,
        *,
        status: Union[int, str, None] = None,
        consumer_id: Optional[str] = None,
        operation: Optional[str] = None,
        rule: Optional[str] = None,
        kind: Optional[str] = None,
        method: Optional[str] = None,
        text: Union[str, Sequence[str], None] = None,
        since: Optional[str] = None,
        limit: Optional[int] = None,
    ) -> List[Request]:
        """Newest first. `status` is one, or a class: "4xx". `since` is a time, or the id of a request.

        `kind` is what decided: operation, rule, prefer, magic, contract, … Of several words in `text` each must be there.
        """
        return self._pages(
            "/requests",
            "requests",
            _REQUEST,
            {
                "status": status,
                "consumer_id": consumer_id,
                "operation": operation,
                "rule": rule,
                "kind": kind,
                "method": method,
                "text": text,
                "since": since,
                "limit": limit,
            },
        )

    def get(self, id: str) -> Request:
        """With its whole trace. `id` is the answer's header x-apideck-request-id."""
        return cast(Request, self._call("GET", f"/requests/{_one(id)}", shape={**_REQUEST, "sentence": str, "trace": dict}))

    def why(self, id: Optional[str] = None) -> Why:
        """What decided the answer, in a sentence and step by step. Without an id, of the latest request."""
        if id is None:
            latest = self.list(limit=1)
            if not latest:
                raise VaultMockError("There was no request in this space yet")
            id = latest[0]["id"]
        request = self.get(id)
        return {"sentence": request["sentence"], "trace": request["trace"]}

    def live(
        self, *, after: Optional[int] = None, per_second: Optional[int] = None, on_missed: Optional[OnMissed] = None
    ) -> Feed:
        """Those that come from now on, or behind the sequence `after` (0: all)."""
        if after is None:
            newest = self._call("GET", "/requests", query={"summary": 1, "limit": 1}, shape={"requests": [_REQUEST]})["requests"]
            after = newest[0]["sequence"] if newest else 0
        path = self._prefix + "/events" + (f"?per_second={per_second}" if per_second is not None else "")
        return Feed(self._caller, path, after, on_missed)

    def clear(self) -> None:
        self._call("DELETE", "/requests")


class Rules(Resource):
    """Rules as in rule files (fixtures/README.md)."""

    def list(self) -> List[Rule]:
        """Those that were added, newest first, then those of files."""
        return [*self._pages("/rules", "added", RULE, {}), *self._pages("/rules", "files", RULE, {})]

    def add(self, rule: Mapping[str, Any]) -> AddedRule:
        """In front of all others."""
        return AddedRule(self._caller, f"{self._prefix}/rules", self._call("POST", "/rules", rule, shape=RULE))

    def patch(self, id: str, *, enabled: Optional[bool] = None, ends_in: Optional[Duration] = None, ends_at: Optional[str] = None) -> Rule:
        """Switch one on or off, or let it end, in this space. What is left out stays as it is."""
        change = {"enabled": enabled, "ends_in": None if ends_in is None else _duration(ends_in), "ends_at": ends_at}
        given = {name: value for name, value in change.items() if value is not None}
        return cast(Rule, self._call("PATCH", f"/rules/{_one(id)}", given, shape=RULE))

    def remove(self, id: str) -> None:
        self._call("DELETE", f"/rules/{_one(id)}")

    def check(self, rule: Mapping[str, Any], *, request: Optional[str] = None) -> RuleCheck:
        """Whether it could be added, and whether it would match the request of this id. Nothing is added."""
        return cast(RuleCheck, self._call("POST", "/rules", rule, {"check": 1, "request": request}, {"valid": bool, "mistakes": list}))


class Connections(Resource):
    def list(self, consumer_id: str, *, application_id: Optional[str] = None) -> List[Connection]:
        """The consumer's connections to all connectors."""
        query = {"consumer_id": consumer_id, "application_id": application_id}
        return cast(List[Connection], self._call("GET", "/connections", query=query, shape={"connections": [_CONNECTION]})["connections"])

    def set(
        self, consumer_id: str, unified_api: str, service_id: str, *, state: str, application_id: Optional[str] = None
    ) -> Connection:
        """Puts one into a state, without the way that leads there. A consumer whom the mock does not know needs an application."""
        path = f"/connections/{_one(unified_api)}/{_one(service_id)}"
        query = {"consumer_id": consumer_id, "application_id": application_id}
        return cast(Connection, self._call("PUT", path, {"state": state}, query, _CONNECTION))
