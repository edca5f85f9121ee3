"""A real browser, by the protocol that drives them; plain HTTP to chromedriver."""

import base64
import shutil
import socket
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Any

import httpx

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1400,900",
)
PATIENCE_S = 60.0


def free_port() -> int:
    """Return a port nobody listens at."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def is_here() -> bool:
    """Return whether this machine has what a browser needs."""
    return bool(shutil.which("chromium") and shutil.which("chromedriver"))


class Browser:
    """Chromium with one window."""

    def __init__(self, profile: Path) -> None:
        self._port = free_port()
        self._driver = subprocess.Popen(
            ["chromedriver", f"--port={self._port}"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._http = httpx.Client(timeout=PATIENCE_S, trust_env=False)
        self._root = f"http://127.0.0.1:{self._port}"
        self._wait_for_driver()
        options = {"args": [*FLAGS, f"--user-data-dir={profile}"]}
        wanted = {"capabilities": {"alwaysMatch": {"goog:chromeOptions": options}}}
        self._root += "/session/" + self._post("/session", wanted)["sessionId"]

    def __enter__(self) -> "Browser":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.delete(self._root)
        self._http.close()
        self._driver.terminate()
        self._driver.wait()

    def go(self, address: str) -> None:
        """Open a page."""
        self._post("/url", {"url": address})

    def run(self, script: str) -> Any:
        """Return what a script of the page returns."""
        return self._post("/execute/sync", {"script": script, "args": []})

    def type(self, text: str) -> None:
        """Type into whatever has the focus; "\\ue007" is Enter."""
        keys = [
            {"type": kind, "value": character}
            for character in text
            for kind in ("keyDown", "keyUp")
        ]
        self._post("/actions", {"actions": [{"type": "key", "id": "keys", "actions": keys}]})

    def picture(self) -> bytes:
        """Return what is seen, as a PNG."""
        return base64.b64decode(self._get("/screenshot"))

    def _wait_for_driver(self) -> None:
        until = time.monotonic() + PATIENCE_S
        while True:
            try:
                if self._get("/status")["ready"]:
                    return
            except httpx.TransportError:
                if time.monotonic() > until:
                    raise
            time.sleep(0.1)  # another process has nothing to wait on but its port

    def _get(self, path: str) -> Any:
        return self._http.get(self._root + path).raise_for_status().json()["value"]

    def _post(self, path: str, values: dict[str, Any]) -> Any:
        return self._http.post(self._root + path, json=values).raise_for_status().json()["value"]
