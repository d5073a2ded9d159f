import gc

import pytest

from vault_mock import Space, VaultMockError


def test_an_answer_comes_as_often_as_asked_for(vault: Space, ask):
    vault.when(consumer_id="acme").error(402).once()
    vault.when(consumer_id="globex").error(503).times(2)
    vault.when(consumer_id="initech").respond(418, body={"a": [1, "é"]}, headers={"x-a": "b"}).always()
    assert [ask()["status"] for _ in range(2)] == [402, 200]
    assert [ask("globex")["status"] for _ in range(3)] == [503, 503, 200]
    assert [ask("initech") for _ in range(2)] == [{"status": 418, "text": '{"a":[1,"é"]}'}] * 2


def test_an_answer_takes_what_a_rule_file_takes(vault: Space, ask):
    vault.when(consumer_id="acme").respond(error=503, message="Later", detail={"a": 1}, ref="r", headers={"x-a": [1, "b"]}).once()
    text = ask()["text"]
    assert all(words in text for words in ('"message":"Later"', '"detail":{"a":1}', '"ref":"r"'))
    vault.when(consumer_id="acme").respond(session={"token": "fixed"}, delay=1).once()
    assert ask()["data"]["session_token"] == "fixed"


def test_answers_follow_each_other(vault: Space, ask):
    vault.when(consumer_id="acme").sequence([503, "RequestLimitError", {"status": 418}, 204, "pass"]).always()
    assert [ask().get("status") for _ in range(3)] == [503, 402, 418]
    assert vault.rules.list()[0]["rule"]["sequence"][3:] == [{"status": 204}, {"pass": True}]
    vault.when(consumer_id="globex").sequence([503, "pass"], then="repeat").always()
    assert [ask("globex")["status"] for _ in range(4)] == [503, 200, 503, 200]


def test_connections_break_and_answers_are_late(vault: Space, ask):
    vault.when(consumer_id="acme").fault("reset").once()
    with pytest.raises(ConnectionResetError):
        ask()
    vault.when(consumer_id="acme").delay("20ms").pass_().once()
    assert ask()["status"] == 200
    assert vault.requests.list()[0]["rule"]
    vault.when(consumer_id="acme").delay({"min": 1, "max": "2ms"}).fault({"kind": "drip", "chunk": 4096, "gap": 1}).once()
    assert ask()["status"] == 200 and "4096 bytes at a time" in vault.requests.why()["sentence"]


def test_conditions_are_those_of_rule_files(vault: Space, ask):
    vault.when({"not": {"consumer_id": "acme"}}, method="POST").respond(text="other").always()
    assert "text" not in ask() and vault.rules.list()[0]["rule"]["when"] == {"not": {"consumer_id": "acme"}, "method": "POST"}
    vault.when().error(500).always()
    assert ask()["status"] == 500


def test_a_rule_that_was_added_can_be_looked_at_changed_and_removed(vault: Space, ask):
    rule = vault.when(consumer_id="acme").error(402).named("limit").always()
    ask()
    assert rule.get()["hits"] == 1 and rule.label.endswith("#limit")
    assert vault.rules.patch(rule.id, enabled=False)["enabled"] is False
    assert vault.rules.patch(rule.id, enabled=True, ends_in="10m")["ends_at"]
    assert [one["id"] for one in vault.rules.list()][0] == rule.id and len(vault.rules.list()) > 5
    rule.remove()
    with pytest.raises(VaultMockError) as error:
        rule.get()
    assert error.value.status == 404
    other = vault.rules.add({"respond": {"error": 500}})
    vault.rules.remove(other.id)
    assert ask()["status"] == 200


def test_a_misspelt_key_is_told_with_its_place_and_the_word_that_was_meant(vault: Space):
    with pytest.raises(VaultMockError) as error:
        vault.when(consmer_id="acme").error(402).once()
    assert error.value.status == 400
    assert error.value.mistakes[0]["pointer"] == "/when/consmer_id"
    assert 'unknown key "consmer_id" in when; did you mean "consumer_id"?\n' in str(error.value)
    assert "^~~~" in str(error.value)


def test_a_rule_can_be_checked_without_being_added(vault: Space, ask):
    ask()
    check = vault.rules.check({"when": {"consumer_id": "acme"}, "respond": {"error": 402}}, request=vault.requests.list()[0]["id"])
    assert check["valid"] and check["would_match"] is True
    assert vault.rules.check({"respond": {"eror": 402}})["mistakes"][0]["suggestion"] == '"error"'
    assert ask()["status"] == 200


def test_a_rule_without_an_end_is_warned_of(vault: Space):
    with pytest.warns(RuntimeWarning, match=r"end it with once\(\)"):
        vault.when(consumer_id="acme").error(402)
        gc.collect()
