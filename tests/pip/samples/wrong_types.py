from vault_mock import Space


def look(vault: Space) -> None:
    vault.when(consumer_id="acme").eror(402)
    vault.clock.get()["nwo"]
