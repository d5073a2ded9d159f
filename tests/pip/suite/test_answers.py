"""Answers that no mock gives are errors in words, whichever call they are for."""

import pytest
from impostor import HEALTH, http, impostor

from vault_mock import VaultMockError, connect

calls = {
    "clock": lambda space: space.clock.get(),
    "journal": lambda space: space.requests.list(),
    "rule": lambda space: space.rules.add({"respond": {"error": 500}}),
    "verify": lambda space: space.verify(),
    "reset": lambda space: space.reset(),
    "feed": lambda space: space.requests.live(),
}


@pytest.mark.parametrize("call", calls.values(), ids=calls.keys())
@pytest.mark.parametrize(
    "answer, words",
    [
        (b'HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{"now":', "No mock answers at .*IncompleteRead"),
        (http("200 OK", "{}"), "is not vault-mock: what it answers to (GET|POST) "),
        (http("200 OK", '{"now": 1, "requests": [3], "id": [], "pass": "no", "reset": "x"}'), "is not vault-mock: what it answers to"),
        (http("200 OK", ""), "is not vault-mock: its answer is not JSON"),
        (http("204 No Content", ""), "is not vault-mock: what it answers to"),
        (http("302 Found", "{}", "location: /login\r\n"), "is not vault-mock: it answers 302"),
        (http("500 Internal Server Error", '{"error": ["a"], "mistakes": 3}'), "is not vault-mock: it answers 500"),
        (http("400 Bad Request", '{"error": "Bad Request", "detail": {"a": 1}, "mistakes": "x", "text": 3}'), "^Bad Request$"),
        (b"hello\r\n", "No mock answers at .*hello"),
    ],
)
def test_what_no_mock_answers(call, answer, words):
    with impostor(HEALTH, answer) as url, pytest.raises(VaultMockError, match=words):
        call(connect(url).space("a"))


@pytest.mark.parametrize("event", ["id: abc\nevent: request\ndata: {}", "id: 1\nevent: request\ndata: {", "event: missed\ndata: [1]"])
def test_what_no_feed_has(event):
    stream = f"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n{event}\n\n".encode()
    with impostor(HEALTH, stream) as url, connect(url).space("a").requests.live(after=0) as feed:
        with pytest.raises(VaultMockError, match=r"is not vault-mock: what it answers to /@a/_mock/events"):
            next(feed)


def test_a_feed_whose_connection_closes_goes_on():
    def stream(number):
        event = f'id: {number}\nevent: request\ndata: {{"id": "r", "sequence": {number}}}'
        return f"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n{event}\n\n".encode()

    with impostor(HEALTH, stream(1), stream(2)) as url, connect(url).space("a").requests.live(after=0) as feed:
        assert [next(feed)["sequence"] for _ in range(2)] == [1, 2]
