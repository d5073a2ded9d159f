"""What goes wrong, in the program's own words."""

from __future__ import annotations

from typing import Any, List, Mapping, Sequence

from .types import Mistake, Nearest


class VaultMockError(Exception):
    """The mock refused a call (`status` and `mistakes` are of its answer), did not start, or is not there (`status` is 0)."""

    def __init__(self, message: str, status: int = 0, mistakes: Sequence[Mistake] = (), text: str = "") -> None:
        self.status = status
        self.message = message
        self.mistakes: List[Mistake] = list(mistakes)
        super().__init__((text or message).rstrip())

    @classmethod
    def of(cls, status: int, answer: Mapping[str, Any]) -> "VaultMockError":
        """`detail` says what is wrong where `error` is only the name of the status; `text` shows the mistakes."""
        detail, text, mistakes = answer.get("detail"), answer.get("text"), answer.get("mistakes")
        return cls(
            detail if isinstance(detail, str) and detail else str(answer["error"]),
            status,
            [one for one in mistakes if isinstance(one, dict)] if isinstance(mistakes, list) else (),  # type: ignore[misc]
            text if isinstance(text, str) else "",
        )


class VerificationError(AssertionError):
    """The requests were not as expected. `nearest` are those that came closest, with what differed."""

    def __init__(self, message: str, nearest: List[Nearest]) -> None:
        super().__init__(message)
        self.nearest = nearest
