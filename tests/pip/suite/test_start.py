import os
import socket
from datetime import datetime, timezone

import pytest
from conftest import create_session
from impostor import http, impostor

from vault_mock import VaultMockError, connect, start


def test_the_options_reach_the_program(tmp_path):
    rules = tmp_path / "rules.json"
    rules.write_text('{"rules": [{"when": {"consumer_id": "acme"}, "respond": {"error": 402}}]}')
    now = datetime(2027, 1, 1, tzinfo=timezone.utc)
    with start(rules=rules, strict=True, seed=1, now=now, arguments=["--app-id", "app"], env={"VAULT_MOCK_API_KEY": "k"}) as mock:
        space = mock.space("a")
        assert create_session(space.url)["status"] == 402
        assert create_session(space.url, "globex", settings={"session_length": "soon"})["status"] == 422  # --strict
        assert create_session(space.url, "globex", {"authorization": "Bearer other"})["status"] == 401
        assert space.clock.get() == {"now": "2027-01-01T00:00:00.000Z", "frozen": True, "offset": space.clock.get()["offset"]}
        token = create_session(space.url, "globex")["data"]["session_token"]
    with start(rules=[str(rules)], seed=1, now="2027-01-01T00:00:00Z") as mock:
        assert create_session(mock.space("a").url, "globex")["data"]["session_token"] == token


def test_a_port_can_be_chosen_and_is_free_again_after_the_end():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    for _ in range(2):
        with start(port=port) as mock:
            assert mock.url == f"http://127.0.0.1:{port}"
    mock.stop()  # twice is no harm


def test_an_admin_token_is_asked_for_and_sent(monkeypatch):
    monkeypatch.delenv("VAULT_MOCK_ADMIN_TOKEN", raising=False)
    with start(admin_token="s3cret") as mock:
        mock.space("a").verify(consumer_id="acme", times=0)
        connect(mock.url, admin_token="s3cret").space("a").requests.list()
        with pytest.raises(VaultMockError, match="token") as error:
            connect(mock.url).space("a").requests.list()
        assert error.value.status == 401
        monkeypatch.setenv("VAULT_MOCK_ADMIN_TOKEN", "s3cret")
        connect(mock.url).space("a").clock.get()


def test_a_program_that_does_not_start_says_why(tmp_path, monkeypatch):
    rules = tmp_path / "rules.json"
    rules.write_text('{"rules": [{"when": {"consmer_id": "acme"}, "respond": {"error": 402}}]}')
    with pytest.raises(VaultMockError, match=r'rules.json:1:22: error: unknown key "consmer_id".*did you mean "consumer_id"'):
        start(rules=rules)
    with pytest.raises(VaultMockError, match=r"(?s)exit code 2.*--sede.*--seed"):
        start(arguments=["--sede", "1"])
    monkeypatch.setenv("VAULT_MOCK_BINARY", str(rules))
    with pytest.raises(VaultMockError, match="VAULT_MOCK_BINARY names .*rules.json"):
        start()
    rules.chmod(0o755)
    with pytest.raises(VaultMockError, match="cannot be run: Exec format error"):
        start()


def test_what_is_not_a_mock_is_told():
    with pytest.raises(VaultMockError, match="not the address of a mock"):
        connect("127.0.0.1:4010")
    with pytest.raises(VaultMockError, match=r"space\(\) gives one"):
        connect("http://127.0.0.1:4010/@a")
    for status, body in (("200 OK", "hi"), ("200 OK", "{}"), ("404 Not Found", '{"error": "Not Found"}')):
        with impostor(http(status, body)) as url, pytest.raises(VaultMockError, match="is not vault-mock"):
            connect(url)


def test_a_mock_that_ended_says_how(tmp_path, monkeypatch):
    with start() as mock:
        space = mock.space("a")
        mock._program._process.kill()
        for call in (space.clock.get, space.requests.live, space.forget):
            with pytest.raises(VaultMockError, match=r"No mock answers at http://.*: the mock ended \(SIGKILL\)"):
                call()
    with pytest.raises(VaultMockError, match=r"\(SIGKILL\)"):
        space.clock.get()
    with start() as mock:
        pass
    with pytest.raises(VaultMockError, match=r"No mock answers at .*: stop\(\) ended it"):
        mock.space("a").clock.get()
    talkative = tmp_path / "talkative"
    talkative.write_text("#!/bin/sh\necho http://127.0.0.1:9 > $3\nread line\necho out of paper >&2\nexit 3\n")
    talkative.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VAULT_MOCK_BINARY", "talkative")
    mock = start()
    mock._program._process.stdin.close()
    with pytest.raises(VaultMockError, match=r"No mock answers at .*: the mock ended \(exit code 3\): out of paper$"):
        mock.space("a").clock.get()
    mock.stop()


def test_proxies_of_the_environment_are_not_used(monkeypatch):
    with start() as mock:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
            monkeypatch.setenv(name, "http://127.0.0.1:9")
        connect(mock.url).space("a").clock.get()
    assert os.environ["http_proxy"]
