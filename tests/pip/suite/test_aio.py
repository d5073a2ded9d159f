import asyncio

import pytest

from vault_mock import Mock, Space, VaultMockError, VerificationError, aio


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


def test_a_mock_is_started_and_found(vault_mock: Mock):
    async def main():
        async with await aio.start(seed=1) as mock:
            found = await aio.connect(mock.url)
            await found.space("a").verify(consumer_id="acme", times=0)
        with pytest.raises(VaultMockError, match="No mock answers"):
            await aio.connect(mock.url)

    run(main())
