"""The same client for asyncio: each call is the other client's, in a thread, so that the event loop goes on.

    from vault_mock.aio import start

    async with await start() as mock:
        vault = mock.space("checkout-17")
        await vault.when(consumer_id="acme").error(402).once()

`Space(vault)` makes a space of the other client one of these, as that of the pytest fixture.
"""

from __future__ import annotations

import asyncio
import functools
from typing import TYPE_CHECKING, Any, AsyncIterator, Callable, Coroutine, Generator, Generic, Mapping, Optional, TypeVar

from . import _feed, _mock, _resources, _rule, _space
from .types import RequestSummary

if TYPE_CHECKING:
    from typing_extensions import Concatenate, ParamSpec

    P = ParamSpec("P")

S = TypeVar("S")
T = TypeVar("T")


class _Async(Generic[S]):
    def __init__(self, sync: S) -> None:
        self._sync = sync


def _in_thread(method: "Callable[Concatenate[S, P], T]") -> "Callable[Concatenate[_Async[S], P], Coroutine[Any, Any, T]]":
    @functools.wraps(method)
    async def call(self: "_Async[S]", /, *args: "P.args", **kwargs: "P.kwargs") -> T:
        return await asyncio.to_thread(method, self._sync, *args, **kwargs)

    return call


class AddedRule(_Async[_rule.AddedRule]):
    def __init__(self, sync: _rule.AddedRule) -> None:
        super().__init__(sync)
        self.id = sync.id
        self.label = sync.label

    get = _in_thread(_rule.AddedRule.get)
    remove = _in_thread(_rule.AddedRule.remove)


class RuleBuilder(_rule.Words):
    """Awaiting it without an end means always()."""

    async def once(self) -> AddedRule:
        return await self.times(1)

    async def times(self, times: int) -> AddedRule:
        return AddedRule(await asyncio.to_thread(self._end, times))

    async def always(self) -> AddedRule:
        return AddedRule(await asyncio.to_thread(self._end, None))

    def __await__(self) -> Generator[Any, None, AddedRule]:
        return self.always().__await__()


class Clock(_Async[_resources.Clock]):
    get = _in_thread(_resources.Clock.get)
    freeze = _in_thread(_resources.Clock.freeze)
    advance = _in_thread(_resources.Clock.advance)
    offset = _in_thread(_resources.Clock.offset)
    resume = _in_thread(_resources.Clock.resume)


class Sessions(_Async[_resources.Sessions]):
    list = _in_thread(_resources.Sessions.list)
    get = _in_thread(_resources.Sessions.get)
    expire = _in_thread(_resources.Sessions.expire)
    revoke = _in_thread(_resources.Sessions.revoke)


class Feed(AsyncIterator[RequestSummary]):
    def __init__(self, sync: _feed.Feed) -> None:
        self._sync = sync

    async def __anext__(self) -> RequestSummary:
        try:
            request = await asyncio.to_thread(next, self._sync, None)
        except asyncio.CancelledError:
            self._sync.close()  # or the thread would wait on
            raise
        if request is None:
            raise StopAsyncIteration
        return request

    async def aclose(self) -> None:
        self._sync.close()

    async def __aenter__(self) -> "Feed":
        return self

    async def __aexit__(self, *_: object) -> None:
        self._sync.close()


class Requests(_Async[_resources.Requests]):
    list = _in_thread(_resources.Requests.list)
    get = _in_thread(_resources.Requests.get)
    why = _in_thread(_resources.Requests.why)
    clear = _in_thread(_resources.Requests.clear)

    async def live(
        self, *, after: Optional[int] = None, per_second: Optional[int] = None, on_missed: Optional[_feed.OnMissed] = None
    ) -> Feed:
        """`on_missed` is called in another thread."""
        return Feed(await asyncio.to_thread(self._sync.live, after=after, per_second=per_second, on_missed=on_missed))


class Rules(_Async[_resources.Rules]):
    list = _in_thread(_resources.Rules.list)
    patch = _in_thread(_resources.Rules.patch)
    remove = _in_thread(_resources.Rules.remove)
    check = _in_thread(_resources.Rules.check)

    async def add(self, rule: Mapping[str, Any]) -> AddedRule:
        return AddedRule(await asyncio.to_thread(self._sync.add, rule))


class Connections(_Async[_resources.Connections]):
    list = _in_thread(_resources.Connections.list)
    set = _in_thread(_resources.Connections.set)


class Space(_Async[_space.Space]):
    def __init__(self, sync: _space.Space) -> None:
        super().__init__(sync)
        self.name, self.url, self.headers = sync.name, sync.url, sync.headers
        self.clock = Clock(sync.clock)
        self.sessions = Sessions(sync.sessions)
        self.requests = Requests(sync.requests)
        self.rules = Rules(sync.rules)
        self.connections = Connections(sync.connections)

    def when(self, when: Optional[Mapping[str, Any]] = None, /, **conditions: Any) -> RuleBuilder:
        return RuleBuilder(self._sync.rules.add, {**(when or {}), **conditions})

    verify = _in_thread(_space.Space.verify)
    verify_order = _in_thread(_space.Space.verify_order)
    verify_every_rule_used = _in_thread(_space.Space.verify_every_rule_used)
    seed = _in_thread(_space.Space.seed)
    reset = _in_thread(_space.Space.reset)
    forget = _in_thread(_space.Space.forget)


class Mock(_Async[_mock.Mock]):
    def __init__(self, sync: _mock.Mock) -> None:
        super().__init__(sync)
        self.url = sync.url

    def space(self, name: str = "default") -> Space:
        return Space(self._sync.space(name))

    stop = _in_thread(_mock.Mock.stop)

    async def __aenter__(self) -> "Mock":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()


def _mock_in_thread(make: "Callable[P, _mock.Mock]") -> "Callable[P, Coroutine[Any, Any, Mock]]":
    @functools.wraps(make)
    async def call(*args: "P.args", **kwargs: "P.kwargs") -> Mock:
        return Mock(await asyncio.to_thread(make, *args, **kwargs))

    return call


start = _mock_in_thread(_mock.start)
connect = _mock_in_thread(_mock.connect)
