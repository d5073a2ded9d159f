"""A process that starts a mock and is then killed."""

import signal

from vault_mock import start

mock = start()
print(mock.url, flush=True)
signal.pause()
