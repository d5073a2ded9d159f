"""Rules that a test adds, in words: vault.when(consumer_id="acme").error(402).once()"""

from __future__ import annotations

import warnings
from typing import Any, Callable, Dict, Mapping, Optional, Sequence, TypeVar, Union

from ._caller import Caller
from .types import Rule

Delay = Union[int, str, Mapping[str, Any]]
Fault = Union[str, Mapping[str, Any]]
Answer = Union[int, str, Mapping[str, Any]]
RULE = {"id": str, "label": str}  # what must be in an answer that is a rule
B = TypeVar("B", bound="Words")


def _answer(answer: Answer) -> Mapping[str, Any]:
    """503 is an error, "pass" the usual answer, and an object what fixtures/README.md says of answers."""
    if answer == "pass":
        return {"pass": True}
    if isinstance(answer, int):
        return {"error": answer} if answer >= 400 else {"status": answer}
    return {"error": answer} if isinstance(answer, str) else answer


class Words:
    """What a rule answers. An end adds it: without one nothing is added, and a warning says so."""

    def __init__(self, add: Callable[[Mapping[str, Any]], "AddedRule"], when: Mapping[str, Any]) -> None:
        self._add = add
        self._rule: Dict[str, Any] = {"when": when}
        self._respond: Dict[str, Any] = {}
        self._is_added = False

    def named(self: B, name: str) -> B:
        """What the header x-mock-rule, the log and explanations call it."""
        self._rule["name"] = name
        return self

    def error(self: B, error: Union[int, str]) -> B:
        """An error in the vendor's shape: a status from 400 to 599, or a type name as "RequestLimitError"."""
        self._respond["error"] = error
        return self

    def respond(
        self: B,
        status: Optional[int] = None,
        *,
        body: Any = None,
        text: Optional[str] = None,
        headers: Optional[Mapping[str, Union[str, int, Sequence[Union[str, int]]]]] = None,
        session: Union[bool, Mapping[str, Any], None] = None,
        error: Union[int, str, None] = None,
        type_name: Optional[str] = None,
        message: Optional[str] = None,
        detail: Union[str, Mapping[str, Any], None] = None,
        ref: Optional[str] = None,
        delay: Optional[Delay] = None,
        fault: Optional[Fault] = None,
    ) -> B:
        """An answer as written: JSON in `body`, or anything else in `text`; a `session` with its token changed; or an `error`
        with other words than its usual ones. fixtures/README.md says what goes together."""
        given = {
            "status": status,
            "body": body,
            "text": text,
            "headers": headers,
            "session": session,
            "error": error,
            "type_name": type_name,
            "message": message,
            "detail": detail,
            "ref": ref,
            "delay": delay,
            "fault": fault,
        }
        self._respond.update({name: value for name, value in given.items() if value is not None})
        return self

    def fault(self: B, fault: Fault) -> B:
        """A broken connection: reset, close, truncate, malformed, drip or hang, or an object with more of it."""
        self._respond["fault"] = fault
        return self

    def delay(self: B, delay: Delay) -> B:
        """The answer comes later: "2s", "200ms", or an object, for a time that is drawn."""
        self._respond["delay"] = delay
        return self

    def pass_(self: B) -> B:
        """The usual answer."""
        self._respond["pass"] = True
        return self

    def sequence(self: B, answers: Sequence[Answer], *, then: Optional[str] = None) -> B:
        """One answer after the other, then the last one again: [503, 503, "pass"]. `then` is last, repeat or pass."""
        self._rule["sequence"] = [_answer(answer) for answer in answers]
        if then is not None:
            self._rule["then"] = then
        return self

    def _end(self, times: Optional[int]) -> "AddedRule":
        self._is_added = True
        more = {"respond": self._respond or None, "times": times}
        return self._add({**self._rule, **{name: value for name, value in more.items() if value is not None}})

    def __del__(self) -> None:
        if not getattr(self, "_is_added", True):
            warnings.warn("A rule was not added: end it with once(), times(n) or always()", RuntimeWarning, stacklevel=2)


class RuleBuilder(Words):
    def once(self) -> "AddedRule":
        """For the next request that it matches."""
        return self._end(1)

    def times(self, times: int) -> "AddedRule":
        """For so many requests."""
        return self._end(times)

    def always(self) -> "AddedRule":
        return self._end(None)


class AddedRule:
    """A rule that was added at run time."""

    def __init__(self, caller: Caller, path: str, rule: Rule) -> None:
        self._caller = caller
        self._path = f"{path}/{rule['id']}"
        self.id = rule["id"]
        self.label = rule["label"]

    def get(self) -> Rule:
        """The rule as it is now: `hits`, `last_hit`, `remaining`."""
        rule: Rule = self._caller.call("GET", self._path, shape=RULE)
        return rule

    def remove(self) -> None:
        self._caller.call("DELETE", self._path)
