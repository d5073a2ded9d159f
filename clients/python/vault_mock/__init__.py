"""A local fake of Apideck's Vault: the program, and a client for it.

    from vault_mock import start

    with start(rules="rules/", strict=True) as mock:
        vault = mock.space("checkout-17")
        vault.when(consumer_id="acme").error(402).once()
        ...  # your code under test, at vault.url
        vault.verify(consumer_id="acme", times=1)

`vault_mock.aio` is the same for asyncio. With pytest, take the fixture `vault`: a space for each test.
"""

from ._errors import VaultMockError, VerificationError
from ._feed import Feed
from ._mock import Mock, connect, start
from ._rule import AddedRule, RuleBuilder
from ._space import Space

__all__ = ["AddedRule", "Feed", "Mock", "RuleBuilder", "Space", "VaultMockError", "VerificationError", "connect", "start"]
