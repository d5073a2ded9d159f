"""A mock that runs: one that start() started, or one that connect() found."""

from __future__ import annotations

import os
from datetime import datetime
from typing import List, Mapping, Optional, Sequence, Union
from urllib.parse import quote

from ._caller import Caller
from ._errors import VaultMockError
from ._program import Program
from ._resources import time_of
from ._space import Space


class Mock:
    def __init__(self, caller: Caller, program: Optional[Program]) -> None:
        self.url = caller.url
        self._caller = caller
        self._program = program

    def space(self, name: str = "default") -> Space:
        """A world of its own, made on first use. A name has 1 to 200 characters, of any kind."""
        if not name:
            raise VaultMockError("A space needs a name: space() is the default one")
        return Space(self._caller, name, quote(name, safe=""))

    def stop(self) -> None:
        """Ends the program that start() started. Another's runs on."""
        if self._program is not None:
            self._program.stop()

    def __enter__(self) -> "Mock":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def start(
    *,
    rules: Union[str, "os.PathLike[str]", Sequence[Union[str, "os.PathLike[str]"]]] = (),
    strict: bool = False,
    seed: Optional[int] = None,
    now: Union[str, datetime, None] = None,
    port: int = 0,
    admin_token: Optional[str] = None,
    arguments: Sequence[str] = (),
    env: Optional[Mapping[str, str]] = None,
) -> Mock:
    """Starts the program, on a free port. It ends with stop(), and with this process, however that one ends.

    `rules`: rule files, or folders of them. `strict`: suspicious input is a 422. `seed`, `now`: every run gives the same
    bytes. `arguments`: more options of the command line. Its log is off; the journal has every request.
    """
    words: List[str] = ["--port", str(port)]
    words += ["--strict"] if strict else []
    words += [] if seed is None else ["--seed", str(seed)]
    words += [] if now is None else ["--now", time_of(now)]
    files = [os.fspath(file) for file in ([rules] if isinstance(rules, (str, os.PathLike)) else rules)]
    env = dict(env or {})
    if admin_token is not None:
        env["VAULT_MOCK_ADMIN_TOKEN"] = admin_token
    program = Program([*words, *arguments, *files], env)
    token = env.get("VAULT_MOCK_ADMIN_TOKEN", os.environ.get("VAULT_MOCK_ADMIN_TOKEN"))
    return Mock(Caller(program.url, token, program.how_it_ended), program)


def connect(url: str, *, admin_token: Optional[str] = None) -> Mock:
    """A mock that runs already, as in a container. `admin_token` is that of its --admin-token, or $VAULT_MOCK_ADMIN_TOKEN."""
    caller = Caller(url, admin_token or os.environ.get("VAULT_MOCK_ADMIN_TOKEN"))
    try:
        caller.call("GET", "/_mock/health", shape={"rules": object})
    except VaultMockError as error:
        if error.status == 0:
            raise
        raise VaultMockError(f"What answers at {caller.url} is not vault-mock: it knows no /_mock/health", error.status) from None
    return Mock(caller, None)
