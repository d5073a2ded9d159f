"""Tells in the file TOLD where its mock is, and waits to be killed."""

import os
import signal

from vault_mock import Mock, Space


def test_waits(vault_mock: Mock, vault: Space) -> None:
    with open(os.environ["TOLD"], "w") as told:
        told.write(vault_mock.url + "\n")
    signal.pause()
