"""What goes wrong, in the program's own words."""

from __future__ import annotations

from typing import Any, List, Mapping, Optional

from .types import Mistake, Nearest


class VaultMockError(Exception):
    """The mock refused a call (`status` and `mistakes` are of its answer), did not start, or is not there (`status` is 0)."""

    def __init__(self, message: str, status: int = 0, answer: Optional[Mapping[str, Any]] = None) -> None:
        answer = answer or {}
        self.status = status
        self.message = message
        self.mistakes: List[Mistake] = list(answer.get("mistakes", []))
        super().__init__(str(answer.get("text") or message).rstrip())


class VerificationError(AssertionError):
    """The requests were not as expected. `nearest` are those that came closest, with what differed."""

    def __init__(self, message: str, nearest: List[Nearest]) -> None:
        super().__init__(message)
        self.nearest = nearest
