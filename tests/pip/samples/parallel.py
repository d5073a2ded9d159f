"""Fifty tests that would disturb each other if they shared anything: each has the same consumer and an answer of its own."""

import json
from urllib.request import Request, urlopen

import pytest

from vault_mock import Space

headers = {"authorization": "Bearer k", "x-apideck-app-id": "app", "x-apideck-consumer-id": "acme"}


@pytest.mark.parametrize("number", range(50))
def test_only_its_own_rules_and_requests(vault: Space, number: int) -> None:
    assert vault.name.startswith(f"parallel.py::test_only_its_own_rules_and_requests[{number}]")
    vault.when(consumer_id="acme").respond(body={"number": number}).times(3)
    for _ in range(3):
        with urlopen(Request(f"{vault.url}/vault/sessions", headers=headers, method="POST")) as answer:
            assert json.load(answer) == {"number": number}
    vault.verify(consumer_id="acme", times=3)
    assert len(vault.requests.list()) == 3
