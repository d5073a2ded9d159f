"""The client against the real program. SUITE_TRANSPORT names the transport."""

from __future__ import annotations

import json
import os
from typing import Any, Callable, Dict
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from vault_mock import Space

Ask = Callable[..., Any]


@pytest.fixture(scope="session")
def vault_mock_options() -> Dict[str, Any]:
    return {"arguments": ["--transport", os.environ.get("SUITE_TRANSPORT", "epoll")]}


def create_session(base: str, consumer: str = "acme", headers: Dict[str, str] = {}, **body: Any) -> Dict[str, Any]:
    keys = {"authorization": "Bearer k", "x-apideck-app-id": "app", "x-apideck-consumer-id": consumer, "content-type": "application/json"}
    request = Request(f"{base}/vault/sessions", json.dumps(body).encode(), {**keys, **headers})
    try:
        with urlopen(request) as answer:
            return dict(json.load(answer), status=answer.status)
    except HTTPError as error:
        return {"status": error.code, "text": error.read().decode()}


@pytest.fixture
def ask(vault: Space) -> Ask:
    """Asks for a session in the space of the test."""
    return lambda *args, **kwargs: create_session(vault.url, *args, **kwargs)
