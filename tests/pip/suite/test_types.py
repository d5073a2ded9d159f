"""The types are written by hand; the mock's own description of its API says whether they are right."""

import json
import typing
from urllib.request import Request, urlopen

import pytest

from vault_mock import Space, types

schemas = ["Rule", "RuleCheck", "RequestSummary", "Request", "Verification", "Clock", "Session", "Connection"]


@pytest.mark.parametrize("name", schemas)
def test_a_type_has_the_keys_of_its_schema(vault: Space, name: str):
    headers = {"x-mock-admin-token": vault._caller._admin_token or ""}
    with urlopen(Request(f"{vault.url}/_mock/admin.json", headers=headers)) as answer:
        schema = json.load(answer)["components"]["schemas"][name]
    parts = schema.get("allOf", [schema])
    described = {key for part in parts for key in part.get("properties", {})}
    if "$ref" not in json.dumps(parts):
        assert set(typing.get_type_hints(getattr(types, name))) == described
        assert set(getattr(types, name).__required_keys__) == set(schema["required"])


def test_a_mistake_has_the_keys_that_are_sent(vault: Space):
    check = vault.rules.check({"respond": {"eror": 402}})
    assert set(check["mistakes"][0]) == set(types.Mistake.__annotations__)
