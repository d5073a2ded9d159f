"""The same client for asyncio: each call is the other client's, in a thread, so that the event loop goes on.

The threads are the client's own: those of asyncio.to_thread() stay free for others. Each feed that is waited for has one more.

    from vault_mock.aio import start

    async with await start() as mock:
        vault = mock.space("checkout-17")
        await vault.when(consumer_id="acme").error(402).once()

`Space(vault)` makes a space of the other client one of these, as that of the pytest fixture.
"""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import functools
import threading
import weakref
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, AsyncIterator, Callable, Coroutine, Generator, Generic, Mapping, Optional, TypeVar

from . import _feed, _mock, _resources, _rule, _space
from ._errors import VaultMockError
from .types import RequestSummary

if TYPE_CHECKING:
    from typing_extensions import Concatenate, ParamSpec

    P = ParamSpec("P")

S = TypeVar("S")
T = TypeVar("T")


_CALLS_AT_ONCE = 32
_executors: "weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, ThreadPoolExecutor]" = weakref.WeakKeyDictionary()


async def _run(function: Callable[[], T], undo: Optional[Callable[[T], object]] = None) -> T:
    """In a thread. When the task is canceled and the call can no longer be stopped, `undo` is called with what it brought."""
    loop = asyncio.get_running_loop()
    executor = _executors.get(loop)
    if executor is None:
        executor = _executors[loop] = ThreadPoolExecutor(_CALLS_AT_ONCE, "vault-mock")
    call = executor.submit(contextvars.copy_context().run, function)

    def take_back(call: "Future[T]") -> None:
        if undo is not None and not call.cancelled() and call.exception() is None:
            with contextlib.suppress(VaultMockError):  # a mock that is gone keeps nothing
                undo(call.result())

    try:
        return await asyncio.wrap_future(call)
    except asyncio.CancelledError:
        call.cancel()
        call.add_done_callback(take_back)
        raise


def _waiting(function: Callable[[], T]) -> "asyncio.Future[T]":
    """In a thread of its own, which nobody has to wait for: it may take forever."""
    loop = asyncio.get_running_loop()
    future: "asyncio.Future[T]" = loop.create_future()

    def settle(how: Callable[[Any], None], value: Any) -> None:
        if not future.done():
            how(value)

    def work() -> None:
        how: Callable[[Any], None] = future.set_result
        try:
            value: Any = function()
        except Exception as error:
            how, value = future.set_exception, error
        with contextlib.suppress(RuntimeError):  # the loop is closed
            loop.call_soon_threadsafe(settle, how, value)

    threading.Thread(target=contextvars.copy_context().run, args=(work,), name="vault-mock feed", daemon=True).start()
    return future


class _Async(Generic[S]):
    def __init__(self, sync: S) -> None:
        self._sync = sync


def _in_thread(method: "Callable[Concatenate[S, P], T]") -> "Callable[Concatenate[_Async[S], P], Coroutine[Any, Any, T]]":
    @functools.wraps(method)
    async def call(self: "_Async[S]", /, *args: "P.args", **kwargs: "P.kwargs") -> T:
        return await _run(functools.partial(method, self._sync, *args, **kwargs))

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
        return await self._added(times)

    async def always(self) -> AddedRule:
        return await self._added(None)

    async def _added(self, times: Optional[int]) -> AddedRule:
        self._is_added = True  # if the task is canceled, nobody has forgotten an end
        return AddedRule(await _run(functools.partial(self._end, times), undo=_rule.AddedRule.remove))

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
    """Whoever stops waiting, as with asyncio.wait_for(), loses nothing: the next one who waits gets the request. It ends with
    `async with`, or aclose()."""

    def __init__(self, sync: _feed.Feed) -> None:
        self._sync = sync
        self._pending: "Optional[asyncio.Future[Optional[RequestSummary]]]" = None
        self._turn = asyncio.Lock()

    async def __anext__(self) -> RequestSummary:
        async with self._turn:
            if self._pending is None:
                self._pending = _waiting(functools.partial(next, self._sync, None))
            await asyncio.wait([self._pending])  # which does not cancel it
            pending, self._pending = self._pending, None
        request = pending.result()
        if request is None:
            raise StopAsyncIteration
        return request

    async def aclose(self) -> None:
        self._close()

    def _close(self) -> None:
        self._sync.close()
        if self._pending is not None:
            self._pending.add_done_callback(lambda ended: ended.cancelled() or ended.exception())  # which nobody asks for any more

    def __del__(self) -> None:
        self._sync.close()  # or the thread would wait on

    async def __aenter__(self) -> "Feed":
        return self

    async def __aexit__(self, *_: object) -> None:
        self._close()


class Requests(_Async[_resources.Requests]):
    list = _in_thread(_resources.Requests.list)
    get = _in_thread(_resources.Requests.get)
    why = _in_thread(_resources.Requests.why)
    clear = _in_thread(_resources.Requests.clear)

    async def live(
        self, *, after: Optional[int] = None, per_second: Optional[int] = None, on_missed: Optional[_feed.OnMissed] = None
    ) -> Feed:
        """`on_missed` is called in another thread."""
        live = functools.partial(self._sync.live, after=after, per_second=per_second, on_missed=on_missed)
        return Feed(await _run(live, undo=_feed.Feed.close))


class Rules(_Async[_resources.Rules]):
    list = _in_thread(_resources.Rules.list)
    patch = _in_thread(_resources.Rules.patch)
    remove = _in_thread(_resources.Rules.remove)
    check = _in_thread(_resources.Rules.check)

    async def add(self, rule: Mapping[str, Any]) -> AddedRule:
        return AddedRule(await _run(functools.partial(self._sync.add, rule), undo=_rule.AddedRule.remove))


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
        return Mock(await _run(functools.partial(make, *args, **kwargs), undo=_mock.Mock.stop))

    return call


start = _mock_in_thread(_mock.start)
connect = _mock_in_thread(_mock.connect)
