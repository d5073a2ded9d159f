"""Tests that fail, for what is then shown."""

from urllib.request import Request, urlopen

from vault_mock import Space

def create_session(base: str, consumer: str) -> None:
    headers = {"authorization": "Bearer k", "x-apideck-app-id": "app", "x-apideck-consumer-id": consumer}
    urlopen(Request(f"{base}/vault/sessions", headers=headers, method="POST")).close()


def test_verify(vault: Space) -> None:
    create_session(vault.url, "acne")
    vault.verify(consumer_id="acme", times=1)


def test_misspelt(vault: Space) -> None:
    vault.when(consmer_id="acme").error(402).once()


def test_code(vault: Space) -> None:
    vault.when(consumer_id="acme").error(402).named("over the limit").once()
    create_session(vault.url, "acme")


def test_passing(vault: Space) -> None:
    create_session(vault.url, "quiet")
