"""The types are written by hand; the mock's own description of its API says whether they are right."""

import inspect
import json
import os
import typing
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from vault_mock import RuleBuilder, Space, types

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


def test_the_journal_is_filtered_by_all_that_it_can_be(vault: Space):
    headers = {"x-mock-admin-token": os.environ.get("VAULT_MOCK_ADMIN_TOKEN", "")}
    with urlopen(Request(f"{vault.url}/_mock/admin.json", headers=headers)) as answer:
        described = json.load(answer)["paths"]["/_mock/requests"]["get"]["parameters"]
    # A space lists itself, whole and in JSON, and turns the pages.
    others = {"spaces", "summary", "format", "cursor"}
    assert set(inspect.signature(vault.requests.list).parameters) == {one["name"] for one in described} - others


def test_an_answer_in_words_takes_what_that_of_a_rule_file_takes(vault: Space):
    schema = json.loads((Path(__file__).parents[3] / "fixtures/fixture.schema.json").read_text("utf-8"))
    # pass_() has no other words with it; a weight is one of "random".
    described = set(schema["definitions"]["answer"]["properties"]) - {"pass", "weight"}
    assert set(inspect.signature(RuleBuilder.respond).parameters) - {"self"} == described


def test_a_mistake_has_the_keys_that_are_sent(vault: Space):
    check = vault.rules.check({"respond": {"eror": 402}})
    assert set(check["mistakes"][0]) == set(types.Mistake.__annotations__)
