"""A space: a world of its own, with rules, journal, clock and sessions."""

from __future__ import annotations

from typing import Any, Dict, Iterable, List, Mapping, Optional, Sequence, Union, cast

from ._caller import Caller
from ._errors import VaultMockError, VerificationError
from ._resources import Clock, Connections, Requests, Resource, Rules, Sessions
from ._rule import RuleBuilder
from .types import Verification

_VERIFICATION = {"pass": bool, "message": str, "nearest": list}


class Space(Resource):
    """`url` is the base URL for the code under test. Code that cannot change it sends `headers` instead."""

    def __init__(self, caller: Caller, name: str, encoded: str) -> None:
        path = "" if name == "default" else f"/@{encoded}"
        super().__init__(caller, f"{path}/_mock")
        self.name = name
        self.url = caller.url + path
        self.headers: Dict[str, str] = {"x-mock-space": encoded}
        self.clock = Clock(caller, self._prefix)
        self.sessions = Sessions(caller, self._prefix)
        self.requests = Requests(caller, self._prefix)
        self.rules = Rules(caller, self._prefix)
        self.connections = Connections(caller, self._prefix)
        self._path = path

    def when(self, when: Optional[Mapping[str, Any]] = None, /, **conditions: Any) -> RuleBuilder:
        """Begins a rule for these requests: when(consumer_id="acme"), or with the object that a rule file has."""
        return RuleBuilder(self.rules.add, {**(when or {}), **conditions})

    def verify(
        self,
        when: Optional[Mapping[str, Any]] = None,
        /,
        *,
        times: Optional[int] = None,
        at_least: Optional[int] = None,
        at_most: Optional[int] = None,
        status: Union[int, Sequence[int], None] = None,
        **conditions: Any,
    ) -> Verification:
        """So many of these requests came (without a number: at least one), and were answered so; else VerificationError."""
        __tracebackhide__ = True
        if times is not None and (at_least, at_most) != (None, None):
            raise VaultMockError("verify() takes times, or at_least and at_most, not both")
        bounds = {name: bound for name, bound in (("at_least", at_least), ("at_most", at_most)) if bound is not None}
        expected = {"when": {**(when or {}), **conditions}, "times": times if times is not None else bounds or None, "status": status}
        return self._verify({name: value for name, value in expected.items() if value is not None})

    def verify_order(self, conditions: Iterable[Mapping[str, Any]]) -> Verification:
        """Such requests came one after the other, others between them or not."""
        __tracebackhide__ = True
        return self._verify({"order": list(conditions)})

    def verify_every_rule_used(self, file: Optional[str] = None) -> Verification:
        """Each rule that was added has matched; with the name of a rule file, each of its rules."""
        __tracebackhide__ = True
        return self._verify({"every_rule_used": file or True})

    def _verify(self, expected: Mapping[str, Any]) -> Verification:
        __tracebackhide__ = True
        verification = cast(Verification, self._call("POST", "/verify", expected, shape=_VERIFICATION))
        if not verification["pass"]:
            raise VerificationError(verification["message"], verification["nearest"])
        return verification

    def seed(self, seed: int) -> int:
        """Everything random in the space begins anew from this number."""
        return int(self._call("PUT", "/seed", {"seed": seed}, shape={"seed": int})["seed"])

    def reset(self, only: Union[str, Sequence[str], None] = None) -> List[str]:
        """Takes back what changed: everything, or some of rules, counters, journal, clock, sessions and oauth."""
        body = {} if only is None else {"only": [only] if isinstance(only, str) else list(only)}
        return cast(List[str], self._call("POST", "/reset", body, shape={"reset": [str]})["reset"])

    def forget(self) -> None:
        """Deletes the space."""
        if self.name == "default":
            raise VaultMockError("The default space is always there: reset() puts it back to how it began")
        self._caller.call("DELETE", self._path)
