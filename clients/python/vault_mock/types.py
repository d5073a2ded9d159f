"""The JSON of the mock's own API, as GET /_mock/admin.json describes it."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, TypedDict, Union


class Mistake(TypedDict):
    """What is wrong with a rule, and where. `suggestion` is the word that was probably meant, or empty."""

    severity: str
    line: int
    column: int
    pointer: str
    message: str
    suggestion: str


class Nearest(TypedDict):
    id: str
    differences: List[str]


class Origin(TypedDict):
    file: str
    line: int


class _Rule(TypedDict):
    id: str
    label: str
    name: str
    description: str
    origin: Union[str, Origin]
    enabled: bool
    ends_at: Optional[str]
    hits: int
    last_hit: Optional[str]
    remaining: Optional[int]
    rule: Dict[str, Any]


class Rule(_Rule, total=False):
    would_match: Optional[bool]
    differences: List[str]


class _RuleCheck(TypedDict):
    valid: bool
    mistakes: List[Mistake]
    text: str


class RuleCheck(_RuleCheck, total=False):
    would_match: Optional[bool]
    differences: List[str]


class _RequestSummary(TypedDict):
    sequence: int
    id: str
    space: str
    at: str
    method: str
    path: str
    status: int
    kind: str


class RequestSummary(_RequestSummary, total=False):
    """One line of the journal."""

    operation: str
    consumer_id: str
    rule: str
    decided_by: str
    us: int


class Request(RequestSummary, total=False):
    """One request of the journal, with its answer and the trace of how it came about."""

    sentence: str
    token: Dict[str, Any]
    request: Dict[str, Any]
    answer: Dict[str, Any]
    trace: Dict[str, Any]


class Why(TypedDict):
    sentence: str
    trace: Dict[str, Any]


class Missed(TypedDict):
    """Requests that the feed does not show one by one."""

    count: int
    by_status: Dict[str, int]


class Clock(TypedDict):
    now: str
    frozen: bool
    offset: str


class _Session(TypedDict):
    token: str
    state: str
    issued: str
    expires: str
    claims: Dict[str, Any]


class Session(_Session, total=False):
    """A session that was handed out. `state` is active, expired or revoked."""

    consumer_id: str
    application_id: str
    session_uri: str


class Connection(TypedDict):
    id: str
    unified_api: str
    service_id: str
    name: str
    icon: str
    auth_type: str
    state: str
    enabled: bool
    states: List[str]


Verification = TypedDict(
    "Verification",
    {
        "pass": bool,
        "count": int,
        "dropped": int,
        "undecided": int,
        "conclusive": bool,
        "message": str,
        "nearest": List[Nearest],
    },
)
