"""Fixtures for pytest: `vault` is a space for each test, in one mock for each process (so for each worker of pytest-xdist)."""

from __future__ import annotations

import os
import uuid
from typing import Any, Dict, Generator, Iterator, List

import pytest

from ._errors import VaultMockError
from ._mock import Mock, connect, start
from ._space import Space

_LONGEST_NAME = 200
_SHOWN = 50

_space_of_item = pytest.StashKey[Space]()
_has_failed = pytest.StashKey[bool]()


@pytest.fixture(scope="session")
def vault_mock_options() -> Dict[str, Any]:
    """Options of start() for the mock. Override it in conftest.py: return {"rules": "rules/", "strict": True}."""
    return {}


@pytest.fixture(scope="session")
def vault_mock(vault_mock_options: Dict[str, Any]) -> Iterator[Mock]:
    """The mock. With VAULT_MOCK_URL it is the one that runs there, with that one's options."""
    url = os.environ.get("VAULT_MOCK_URL")
    try:
        mock = connect(url) if url else start(**vault_mock_options)
    except VaultMockError as error:
        pytest.fail(str(error), pytrace=False)
    with mock:
        yield mock


def _name_of(test: str) -> str:
    """The node id. In a mock that others may use at the same time, with a word of its own."""
    suffix = f" #{uuid.uuid4().hex[:8]}" if os.environ.get("VAULT_MOCK_URL") else ""
    room = _LONGEST_NAME - len(suffix)
    if len(test) > room:
        mark = f" …{uuid.uuid5(uuid.NAMESPACE_URL, test).hex[:8]}"  # two long names may begin alike
        test = test[: room - len(mark)] + mark
    return test + suffix


@pytest.fixture
def vault(vault_mock: Mock, request: pytest.FixtureRequest) -> Iterator[Space]:
    """A space for this test, named after it and forgotten after it."""
    space = vault_mock.space(_name_of(request.node.nodeid))
    request.node.stash[_space_of_item] = space
    yield space
    try:
        space.forget()
    except VaultMockError as error:
        # A test that failed has said so; a mock that is gone has no spaces.
        if error.status and not request.node.stash.get(_has_failed, False):
            raise


def _journal_of(space: Space) -> str:
    try:
        requests = space.requests.list(limit=_SHOWN)
    except VaultMockError as error:
        return f"It cannot be had: {error}"
    lines: List[str] = [f"{one['method']} {one['path']} {one['status']}: {one['sentence']}" for one in reversed(requests)]
    return "\n".join(lines) or "No request came."


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: "pytest.CallInfo[None]") -> Generator[None, Any, None]:
    outcome = yield
    report = outcome.get_result()
    if report.failed:
        item.stash[_has_failed] = True
    space = item.stash.get(_space_of_item, None)
    if space is not None and report.failed and report.when != "teardown":
        report.sections.append((f"vault-mock: requests in space {space.name!r}, oldest first", _journal_of(space)))
