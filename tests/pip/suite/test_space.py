from datetime import datetime, timedelta, timezone

import pytest
from conftest import create_session

from vault_mock import Mock, Space, VaultMockError, VerificationError
from vault_mock.pytest_plugin import _name_of


def test_two_spaces_share_nothing(vault_mock: Mock, vault: Space, ask):
    other = vault_mock.space(vault.name[:150] + " other")
    vault.when(consumer_id="acme").error(402).always()
    assert (ask()["status"], create_session(other.url)["status"]) == (402, 200)
    other.forget()


def test_code_that_cannot_change_its_url_names_the_space_by_header(vault_mock: Mock, vault: Space):
    create_session(vault_mock.url, headers=vault.headers)
    vault.verify(consumer_id="acme", times=1)


def test_any_name_is_a_space(vault_mock: Mock):
    space = vault_mock.space("a/b?c=%41#é [1]")
    create_session(space.url)
    assert space.requests.list()[0]["space"] == space.name
    space.forget()


@pytest.mark.parametrize("name", ["a" * 300 + "b", "a" * 300 + "c"])
def test_the_name_of_a_long_test_is_cut_and_still_its_own(vault: Space, ask, name: str):
    assert len(vault.name) <= 200 and vault.name.startswith("test_space.py::test_the_name_of_a_long_test")
    assert _name_of(name) != _name_of(name[:-1])
    ask()
    vault.verify(consumer_id="acme", times=1)


def test_a_space_that_was_forgotten_knows_nothing(vault: Space, ask):
    ask()
    vault.forget()
    assert vault.requests.list() == []


def test_the_default_space_can_be_reset_only(vault_mock: Mock):
    default = vault_mock.space()
    assert (default.name, default.url) == ("default", vault_mock.url)
    with pytest.raises(VaultMockError, match=r"reset\(\)"):
        default.forget()
    with pytest.raises(VaultMockError, match="needs a name"):
        vault_mock.space("")
    for name in ("a\x01", "a" * 201):
        with pytest.raises(VaultMockError, match="a space name has 1 to 200 characters") as error:
            vault_mock.space(name).clock.get()
        assert error.value.status == 400


def test_verify_counts_and_looks_at_the_answer(vault: Space, ask):
    vault.when(consumer_id="acme").error(402).once()
    ask(), ask(), ask("globex")
    assert vault.verify(consumer_id="acme", times=2)["count"] == 2
    vault.verify({"consumer_id": "acme"}, at_least=1, at_most=2, status=[200, 402])
    vault.verify(consumer_id="acme", status=402, times=1)
    vault.verify(consumer_id="nobody", times=0)
    vault.verify_order([{"consumer_id": "acme"}, {"consumer_id": "globex"}])
    vault.verify_every_rule_used()


def test_a_verify_that_fails_shows_the_nearest_request_and_what_differed(vault: Space, ask):
    ask("acne")
    with pytest.raises(VerificationError, match=r"Expected exactly 1 .*\n.*consumer 'acne'.*expected \"acme\", was \"acne\"") as failure:
        vault.verify(consumer_id="acme", times=1)
    assert failure.value.nearest[0]["differences"] == ['consumer_id: expected "acme", was "acne"']
    assert isinstance(failure.value, AssertionError)
    with pytest.raises(VerificationError):
        vault.verify_order([{"consumer_id": "acme"}])
    vault.when(consumer_id="acme").error(402).named("never asked").once()
    with pytest.raises(VerificationError, match="never asked"):
        vault.verify_every_rule_used()


def test_verify_takes_a_number_or_bounds(vault: Space):
    with pytest.raises(VaultMockError, match="not both"):
        vault.verify(consumer_id="acme", times=1, at_most=2)


def test_the_clock_is_the_spaces(vault: Space, ask):
    vault.clock.freeze("2027-01-01T00:00:00Z")
    token = ask()["data"]["session_token"]
    vault.clock.advance(timedelta(minutes=61))
    assert vault.clock.get()["now"] == "2027-01-01T01:01:00.000Z"
    assert vault.sessions.get(token)["state"] == "expired"
    moment = datetime(2027, 5, 1, 12, tzinfo=timezone(timedelta(hours=2)))
    assert vault.clock.freeze(moment)["now"] == "2027-05-01T10:00:00.000Z"
    assert vault.clock.resume()["frozen"] is False
    assert vault.clock.offset("-1h")["offset"] == "-1h"
    with pytest.raises(VaultMockError, match="'an hour'") as error:
        vault.clock.advance("an hour")
    assert error.value.status == 400


def test_sessions_expire_and_are_revoked(vault: Space, ask):
    first, second = ask()["data"]["session_token"], ask("globex")["data"]["session_token"]
    assert [session["claims"]["consumer_id"] for session in vault.sessions.list()] == ["globex", "acme"]
    assert vault.sessions.expire(first)["state"] == "expired"
    vault.sessions.revoke(second)
    assert vault.sessions.get(second)["state"] == "revoked"
    with pytest.raises(VaultMockError, match="No session with this token") as error:
        vault.sessions.get("x/../y")
    assert error.value.status == 404


def test_the_journal_is_listed_whole_and_filtered(vault: Space, ask):
    vault.when(consumer_id="globex").error("RequestLimitError").named("limit").always()
    for _ in range(15):
        ask(settings={"note": "x" * 100_000})  # a page ends after a megabyte
    ask("globex")
    assert [len(vault.requests.list(limit=limit)) for limit in (None, 14, 3, 2000)] == [16, 14, 3, 16]
    (refused,) = vault.requests.list(status="4xx", consumer_id="globex", operation="sessionsCreate")
    assert vault.requests.get(refused["id"])["answer"]["status"] == 402
    assert vault.requests.list(kind="rule", method="POST", text=["limit", "globex"]) == [refused]
    assert vault.requests.list(method="GET") == vault.requests.list(kind="magic") == []
    vault.requests.clear()
    assert vault.requests.list() == []


def test_why_says_what_decided(vault: Space, ask):
    with pytest.raises(VaultMockError, match="no request"):
        vault.requests.why()
    vault.when(consumer_id="acme").error(402).named("limit").always()
    ask()
    why = vault.requests.why()
    assert "402" in why["sentence"] and "limit" in why["trace"]["decided_by"]
    assert vault.requests.why(vault.requests.list()[0]["id"]) == why


def test_a_connection_is_put_into_a_state(vault: Space):
    with pytest.raises(VaultMockError, match="application_id"):
        vault.connections.set("acme", "crm", "hubspot", state="callable")
    assert vault.connections.set("acme", "crm", "hubspot", state="callable", application_id="app")["state"] == "callable"
    assert "crm+hubspot" in [one["id"] for one in vault.connections.list("acme") if one["state"] == "callable"]


def test_a_seed_and_a_frozen_clock_repeat_the_same_token(vault: Space, ask):
    tokens = []
    for _ in range(2):
        vault.reset()
        assert vault.seed(7) == 7
        vault.clock.freeze("2027-01-01")
        tokens.append(ask()["data"]["session_token"])
    assert tokens[0] == tokens[1]


def test_reset_takes_back_parts(vault: Space, ask):
    ask()
    vault.when(consumer_id="acme").error(402).always()
    assert vault.reset("journal") == ["journal"]
    assert vault.requests.list() == [] and ask()["status"] == 402
    assert "rules" in vault.reset()
    assert ask()["status"] == 200
