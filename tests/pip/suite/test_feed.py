import threading
import time

import pytest

from vault_mock import Space, VaultMockError, start


def test_requests_come_from_the_moment_that_the_feed_was_made(vault: Space, ask):
    ask("before")
    with vault.requests.live() as feed:
        ask("one"), ask("two")
        assert [next(feed)["consumer_id"] for _ in range(2)] == ["one", "two"]
    assert list(feed) == []
    with vault.requests.live(after=0) as feed:
        assert next(feed)["consumer_id"] == "before"


def test_what_is_not_shown_is_told(vault: Space, ask):
    with vault.requests.live(per_second=1) as feed, pytest.raises(VaultMockError, match="per_second"):
        for _ in range(20):
            ask()
        list(feed)

    class Told(Exception):
        pass

    def tell(missed):
        raise Told(missed["by_status"])

    with vault.requests.live(per_second=1, on_missed=tell) as feed, pytest.raises(Told, match="200"):
        for _ in range(20):
            ask()
        list(feed)


def test_a_connection_that_breaks_is_made_again_and_nothing_is_lost(vault: Space, ask):
    with vault.requests.live() as feed:
        ask("one")
        assert next(feed)["consumer_id"] == "one"
        feed._stream.close()
        ask("two")
        assert next(feed)["consumer_id"] == "two"


def test_closing_it_ends_who_waits(vault: Space):
    feed = vault.requests.live()
    seen = []
    waiting = threading.Thread(target=lambda: seen.extend(feed))
    waiting.start()
    while not feed._stream._reading.locked():
        time.sleep(0.001)
    feed.close()
    waiting.join(30)
    assert not waiting.is_alive() and seen == []


def test_a_mock_that_is_gone_is_an_error():
    mock = start()
    with mock.space("a").requests.live() as feed:
        mock.stop()
        with pytest.raises(VaultMockError, match="No mock answers"):
            next(feed)
