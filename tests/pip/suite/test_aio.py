import asyncio
import threading

import pytest

from vault_mock import Mock, Space, VaultMockError, VerificationError, _program, _resources, _rule, aio


def run(main):
    return asyncio.run(asyncio.wait_for(main, 60))


def test_every_method_has_its_twin(vault: Space):
    both = [(vault, aio.Space), (vault.clock, aio.Clock), (vault.sessions, aio.Sessions), (vault.requests, aio.Requests),
            (vault.rules, aio.Rules), (vault.connections, aio.Connections)]
    for sync, twin in both:
        names = [name for name in dir(sync) if not name.startswith("_")]
        other = twin(sync)
        assert [name for name in names if not hasattr(other, name)] == []


def test_the_calls_are_awaited(vault: Space, ask):
    async def main():
        space = aio.Space(vault)
        assert (space.name, space.url, space.headers) == (vault.name, vault.url, vault.headers)
        once = await space.when(consumer_id="acme").error(402).once()
        assert (await once.get())["remaining"] == 1
        await space.when(consumer_id="globex").sequence([503, "pass"])
        added = await space.rules.add({"when": {"consumer_id": "initech"}, "respond": {"error": 500}})
        await added.remove()
        statuses = [(await asyncio.to_thread(ask, name))["status"] for name in ("acme", "acme", "globex", "globex", "initech")]
        assert statuses == [402, 200, 503, 200, 200]
        await space.verify(consumer_id="acme", times=2)
        await space.verify_order([{"consumer_id": "acme"}, {"consumer_id": "globex"}])
        await space.clock.freeze("2027-01-01")
        assert (await space.clock.get())["frozen"]
        assert len(await space.requests.list(limit=4)) == 4
        with pytest.raises(VerificationError, match="Nearest"):
            await space.verify(consumer_id="acne", times=1)
        with pytest.raises(VaultMockError, match="did you mean"):
            await space.when(consmer_id="acme").error(402).times(2)

    run(main())


def test_the_feed_is_iterated_and_ends_with_its_task(vault: Space, ask):
    async def main():
        space = aio.Space(vault)
        seen = []

        async def follow():
            async with await space.requests.live(after=0) as feed:
                async for request in feed:
                    seen.append(request["consumer_id"])
                    if request["consumer_id"] == "last":
                        arrived.set()

        arrived = asyncio.Event()
        following = asyncio.create_task(follow())
        for consumer in ("one", "last"):
            await asyncio.to_thread(ask, consumer)
        await arrived.wait()
        following.cancel()
        with pytest.raises(asyncio.CancelledError):
            await following
        assert seen == ["one", "last"]

    run(main())


def test_feeds_that_wait_leave_threads_for_other_calls(vault: Space, ask):
    async def main():
        space = aio.Space(vault)
        feeds = [await space.requests.live() for _ in range(60)]
        waiting = [asyncio.ensure_future(feed.__anext__()) for feed in feeds]
        await asyncio.sleep(0)  # each begins to wait
        await space.clock.get()
        await asyncio.to_thread(ask, "one")
        assert [request["consumer_id"] for request in await asyncio.gather(*waiting)] == ["one"] * 60
        for feed in feeds:
            await feed.aclose()

    run(main())


def test_who_stops_waiting_for_a_feed_loses_nothing(vault: Space, ask):
    async def main():
        async with await aio.Space(vault).requests.live() as feed:
            for consumer in ("one", "two"):
                with pytest.raises(asyncio.TimeoutError):
                    await asyncio.wait_for(feed.__anext__(), 0.01)
                await asyncio.to_thread(ask, consumer)
                assert (await feed.__anext__())["consumer_id"] == consumer

    run(main())


async def canceled(awaitable, begun: threading.Event):
    """Cancels it when the call has begun in its thread."""
    task = asyncio.ensure_future(awaitable)
    assert await asyncio.to_thread(begun.wait, 30)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


def test_a_rule_is_taken_back_when_its_task_is_canceled(vault: Space, monkeypatch):
    begun, go_on, ended = threading.Event(), threading.Event(), threading.Event()
    post, remove = _resources.Rules.add, _rule.AddedRule.remove

    def slow(rules, rule):
        begun.set()
        go_on.wait()
        return post(rules, rule)

    def told(rule):
        remove(rule)
        ended.set()

    monkeypatch.setattr(_resources.Rules, "add", slow)
    monkeypatch.setattr(_rule.AddedRule, "remove", told)

    async def main():
        await canceled(aio.Space(vault).when(consumer_id="acme").error(402).once(), begun)
        go_on.set()
        assert await asyncio.to_thread(ended.wait, 30)
        assert [rule for rule in vault.rules.list() if rule["rule"].get("when") == {"consumer_id": "acme"}] == []

    run(main())


def test_a_mock_is_stopped_when_the_task_that_starts_it_is_canceled(monkeypatch):
    begun, stopped, made = threading.Event(), threading.Event(), []
    init, stop = _program.Program.__init__, _program.Program.stop

    def told_init(program, *args):
        begun.set()
        init(program, *args)
        made.append(program)

    def told_stop(program):
        stop(program)
        stopped.set()

    monkeypatch.setattr(_program.Program, "__init__", told_init)
    monkeypatch.setattr(_program.Program, "stop", told_stop)

    async def main():
        await canceled(aio.start(), begun)
        assert await asyncio.to_thread(stopped.wait, 30)
        assert made[0]._process.poll() is not None

    run(main())


def test_a_mock_is_started_and_found(vault_mock: Mock):
    async def main():
        async with await aio.start(seed=1) as mock:
            found = await aio.connect(mock.url)
            await found.space("a").verify(consumer_id="acme", times=0)
        with pytest.raises(VaultMockError, match="No mock answers"):
            await aio.connect(mock.url)

    run(main())
