"""A page in Chromium, driven through its debugging pipe: what a person would see after giving it a file or words."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
_PATIENCE = 120.0  # seconds, of a slow machine


def chromium() -> str | None:
    """Where Chromium is, or None."""
    return next(filter(None, map(shutil.which, _NAMES)), None)


class Page:
    """An open page."""

    def __init__(self, told: int, heard: int) -> None:
        self._told, self._heard = told, heard
        self._count, self._rest, self._session = 0, b"", ""

    def ask(self, method: str, **given: Any) -> Any:
        """One command of the protocol, and its result."""
        self._count += 1
        asked: dict[str, Any] = {"id": self._count, "method": method, "params": given}
        if self._session:
            asked["sessionId"] = self._session
        os.write(self._told, json.dumps(asked).encode() + b"\0")
        while True:
            while b"\0" not in self._rest:
                self._rest += os.read(self._heard, 1 << 16)
            line, _, self._rest = self._rest.partition(b"\0")
            answer = json.loads(line)
            if answer.get("id") == self._count:
                assert "error" not in answer, answer
                return answer["result"]

    def open(self, path: Path) -> None:
        """Open a file and wait until it is there."""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.ask("Page.navigate", url=path.resolve().as_uri())
        self.wait("document.readyState === 'complete' && !!document.getElementById('check').textContent")

    def run(self, script: str) -> Any:
        """What a script gives."""
        found = self.ask("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    def wait(self, condition: str) -> None:
        """Until a script gives true."""
        until = time.monotonic() + _PATIENCE
        while not self.run(condition):
            assert time.monotonic() < until, condition
            time.sleep(0.1)

    def give(self, field: str, *files: Path) -> None:
        """Choose files in a field, as a person does."""
        root = self.ask("DOM.getDocument")["root"]["nodeId"]
        node = self.ask("DOM.querySelector", nodeId=root, selector=field)["nodeId"]
        self.ask("DOM.setFileInputFiles", nodeId=node, files=[str(each.resolve()) for each in files])

    def picture(self, out: Path) -> None:
        """Keep what is seen."""
        out.write_bytes(base64.b64decode(self.ask("Page.captureScreenshot", captureBeyondViewport=True)["data"]))


@contextmanager
def browser(program: str) -> Iterator[Page]:
    """A browser with one page, without a network."""
    here_in, there_out = os.pipe()
    there_in, here_out = os.pipe()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True, prefix="sovang-browser-") as profile:
        # The protocol is spoken on the descriptors 3 and 4.
        words = ["bash", "-c", f'exec "$0" "$@" 3<&{there_in} 4>&{there_out}', program, "--headless", "--no-sandbox"]
        words += [
            "--disable-gpu",
            "--remote-debugging-pipe",
            "--proxy-server=127.0.0.1:9",
            f"--user-data-dir={profile}",
        ]
        process = subprocess.Popen(
            words, pass_fds=(there_in, there_out), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            os.close(there_in)
            os.close(there_out)
            yield Page(here_out, here_in)
        finally:
            process.terminate()
            process.wait(10)
            os.close(here_in)
            os.close(here_out)
