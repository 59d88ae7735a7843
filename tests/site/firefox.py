"""Firefox as it is installed, driven by Marionette, the protocol that is built into it; nothing stands between."""

from __future__ import annotations

import json
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

SECONDS = 30  # for anything to happen
ENTER, DOWN, ESCAPE = "\ue007", "\ue015", "\ue00c"  # keys (WebDriver, 17.4.2)
PREFERENCES = {
    "marionette.port": 0,
    "app.update.enabled": False,
    "app.normandy.enabled": False,
    "browser.aboutwelcome.enabled": False,
    "browser.safebrowsing.downloads.remote.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.proxy.type": 1,  # no other host can be asked for anything
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "network.proxy.no_proxies_on": "127.0.0.1",
    "toolkit.telemetry.enabled": False,
}


class RefusedError(Exception):
    """Firefox cannot do what it was told to do."""


class Firefox:
    """A running Firefox with one window.

    Args:
        connection: to its Marionette.
        answers: what comes from there.
    """

    def __init__(self, connection: socket.socket, answers: IO[bytes]):
        self._connection = connection
        self._answers = answers
        self._number = 0
        self._receive()  # it says first who it is
        self.do("WebDriver:NewSession")

    def do(self, command: str, **arguments: Any) -> Any:
        """What Firefox answers to a command."""
        self._number += 1
        message = json.dumps([0, self._number, command, arguments]).encode()
        self._connection.sendall(b"%d:%s" % (len(message), message))
        _, _, error, answer = self._receive()
        if error:
            raise RefusedError(f"{command}: {error['message']}")
        return answer["value"] if isinstance(answer, dict) and set(answer) == {"value"} else answer

    def _receive(self) -> Any:
        length = b""
        while (digit := self._answers.read(1)) != b":":
            assert digit, "Firefox has gone"
            length += digit
        return json.loads(self._answers.read(int(length)))

    def open(self, url: str) -> None:
        """Opens a page."""
        self.do("WebDriver:Navigate", url=url)

    def run(self, script: str, *arguments: Any) -> Any:
        """What a script returns on the page."""
        return self.do("WebDriver:ExecuteScript", script=script, args=list(arguments))

    def until(self, expression: str, *arguments: Any) -> Any:
        """The value of an expression as soon as it is true; until then the page may lack what it names, or be going."""
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            with suppress(RefusedError):
                if value := self.run(f"return {expression}", *arguments):
                    return value
            time.sleep(0.05)
        raise AssertionError(
            f"never true on {self.address}: {expression}\n{self.run('return document.body.innerText')}"
        )

    def type(self, selector: str, keys: str) -> None:
        """Types into an element, as a keyboard does."""
        self.do("WebDriver:ElementSendKeys", id=self._element(selector), text=keys)

    def click(self, selector: str) -> None:
        """Clicks on an element."""
        self.do("WebDriver:ElementClick", id=self._element(selector))

    def back(self) -> None:
        """Goes back a step."""
        self.do("WebDriver:Back")

    @property
    def address(self) -> str:
        """That of the page."""
        return str(self.do("WebDriver:GetCurrentURL"))

    def _element(self, selector: str) -> str:
        (id,) = self.do("WebDriver:FindElement", using="css selector", value=selector).values()
        return str(id)


@contextmanager
def firefox(program: str, profile: Path) -> Iterator[Firefox]:
    """Firefox in a new profile.

    Args:
        program: its path.
        profile: an empty folder.
    """
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in PREFERENCES.items()]
    (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
    command = [program, "--headless", "--no-remote", "--marionette", "--profile", str(profile)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        at = "127.0.0.1", _port(profile, process)
        with socket.create_connection(at, SECONDS) as connection, connection.makefile("rb") as answers:
            yield Firefox(connection, answers)
    finally:
        process.terminate()
        process.wait()


def _port(profile: Path, process: subprocess.Popen[bytes]) -> int:
    """The port that Firefox listens at, as it writes into its profile."""
    written, end = profile / "MarionetteActivePort", time.monotonic() + SECONDS
    while time.monotonic() < end and process.poll() is None:
        if written.is_file() and (text := written.read_text(encoding="utf-8")):
            return int(text)
        time.sleep(0.05)
    raise AssertionError("Firefox did not start")
