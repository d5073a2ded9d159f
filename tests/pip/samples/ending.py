"""Tests whose mock is gone, or does not want to forget their space."""

from vault_mock import Mock, Space, VaultMockError


def refuse() -> None:
    raise VaultMockError("no", 403)


def test_refused(vault: Space) -> None:
    vault.forget = refuse  # type: ignore[method-assign]


def test_refused_and_failed(vault: Space) -> None:
    vault.forget = refuse  # type: ignore[method-assign]
    assert False


def test_gone(vault_mock: Mock, vault: Space) -> None:
    vault_mock.stop()
    vault.clock.get()
