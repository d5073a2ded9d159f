"""The program: where it is, and starting and ending it."""

from __future__ import annotations

import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Mapping, NoReturn, Optional, Sequence

from ._errors import VaultMockError

_LIMIT_S = 60.0  # it starts in milliseconds
_PAUSE_S = 0.005
_NOTICED_S = 1.0  # its connections break shortly before its end is noticed


def _is_script(path: str, of: bytes = b"") -> bool:
    with open(path, "rb") as file:
        start = file.read(1000)
    return start.startswith(b"#!") and of in start


def _on_path() -> Optional[str]:
    """Not a script: pip and npm put commands of this name there, which look for the program themselves."""
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        found = shutil.which("vault-mock", path=folder)
        if found and not _is_script(found):
            return found
    return None


def find() -> str:
    """$VAULT_MOCK_BINARY, the program of this package, or that on the PATH."""
    named = os.environ.get("VAULT_MOCK_BINARY")
    if named:
        found = shutil.which(os.path.abspath(named)) or shutil.which(named)
        if found and not _is_script(found, of=b"vault_mock._program"):  # which would only start itself
            return found
        raise VaultMockError(f"VAULT_MOCK_BINARY names {named!r}, which is not a program that can be run")
    inside = Path(__file__).parent / "bin" / "vault-mock"
    found = str(inside) if inside.is_file() else _on_path()
    if found:
        return found
    raise VaultMockError(
        f"The program vault-mock is not here: this installation of the Python package has none for {platform.system()} on "
        f"{platform.machine()}, and none is on the PATH. On Linux (x86_64, aarch64) `pip install --force-reinstall vault-mock` "
        "brings it. Elsewhere run it in a container and use its address: connect(url), or VAULT_MOCK_URL with pytest. "
        "A program that you built yourself is named in VAULT_MOCK_BINARY."
    )


def main() -> NoReturn:
    """The command `vault-mock`: becomes the program."""
    try:
        program = find()
        os.execv(program, ["vault-mock", *sys.argv[1:]])
    except (VaultMockError, OSError) as error:
        sys.exit(f"vault-mock: {error}")


class Program:
    """A running one, which ends with stop(), or with this process however that one ends."""

    def __init__(self, arguments: Sequence[str], env: Mapping[str, str]) -> None:
        program = find()
        self._how_it_ended = ""
        said = self._said = tempfile.TemporaryFile()
        with tempfile.TemporaryDirectory(prefix="vault-mock-") as folder:
            ready = Path(folder) / "ready"
            command = [program, "--with-parent", "--ready-file", str(ready), *arguments]
            try:
                self._process = subprocess.Popen(
                    command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.DEVNULL,
                    stderr=said,
                    env={"VAULT_MOCK_LOG_LEVEL": "off", **os.environ, **env},
                    start_new_session=True,  # Ctrl+C is for the tests, which still want to look into the journal
                )
            except OSError as error:
                said.close()
                raise VaultMockError(f"{program} cannot be run: {error.strerror}") from error
            try:
                self.url = self._wait(ready)
            except VaultMockError as error:
                last_words = self._last_words()
                self.stop()
                raise VaultMockError(f"{error}\n{last_words}") from None

    def _wait(self, ready: Path) -> str:
        """The address in the ready file. With HTTPS a second one follows."""
        end = time.monotonic() + _LIMIT_S
        while time.monotonic() < end:
            if self._process.poll() is not None:
                raise VaultMockError(f"vault-mock did not start (exit code {self._process.returncode}):")
            try:
                text = ready.read_text("utf-8")
            except FileNotFoundError:
                text = ""
            if text.endswith("\n"):
                return text.split("\n")[0]
            time.sleep(_PAUSE_S)
        raise VaultMockError(f"vault-mock did not start within {_LIMIT_S:.0f} seconds:")

    def _last_words(self) -> str:
        self._said.seek(0)
        return self._said.read().decode("utf-8", "replace").strip()

    def how_it_ended(self) -> str:
        """Nothing while it runs."""
        if self._how_it_ended:
            return self._how_it_ended
        try:
            code = self._process.wait(_NOTICED_S)
        except subprocess.TimeoutExpired:
            return ""
        last_words = self._last_words()
        try:
            how = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        except ValueError:  # those between SIGRTMIN and SIGRTMAX have no names
            how = f"signal {-code}"
        self._how_it_ended = f"the mock ended ({how})" + (f": {last_words}" if last_words else "")
        return self._how_it_ended

    def stop(self) -> None:
        if self._process.poll() is None:
            self._how_it_ended = "stop() ended it"
        elif not self._said.closed:
            self.how_it_ended()  # while its words are there
        self._said.close()
        if self._process.stdin:
            self._process.stdin.close()
        self._process.terminate()
        try:
            self._process.wait(_LIMIT_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
