"""The types are written by hand; the mock's own description of its API says whether they are right."""

import json
import os
import typing
from urllib.request import Request, urlopen

import pytest

from vault_mock import Space, types

names = ["Rule", "RuleCheck", "RequestSummary", "Request", "Verification", "Clock", "Session", "Connection"]


def keys_of(schema, schemas):
    """All that a schema and those it is made of describe, and those of them that are always there."""
    parts = [*schema.get("allOf", []), *([schemas[schema["$ref"].rsplit("/", 1)[1]]] if "$ref" in schema else [])]
    described, required = set(schema.get("properties", {})), set(schema.get("required", []))
    for more in (keys_of(part, schemas) for part in parts):
        described, required = described | more[0], required | more[1]
    return described, required


@pytest.mark.parametrize("name", names)
def test_a_type_has_the_keys_of_its_schema(vault: Space, name: str):
    headers = {"x-mock-admin-token": os.environ.get("VAULT_MOCK_ADMIN_TOKEN", "")}
    with urlopen(Request(f"{vault.url}/_mock/admin.json", headers=headers)) as answer:
        schemas = json.load(answer)["components"]["schemas"]
    described, required = keys_of(schemas[name], schemas)
    declared = getattr(types, name)
    assert described and described - set(typing.get_type_hints(declared)) == set()
    assert declared.__required_keys__ - required == set()


def test_a_mistake_has_the_keys_that_are_sent(vault: Space):
    check = vault.rules.check({"respond": {"eror": 402}})
    assert set(check["mistakes"][0]) == set(types.Mistake.__annotations__)
