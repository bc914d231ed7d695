"""Mission Control at work, watched from outside: its API by polling, its page in a browser."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Event, Thread

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# Seconds between two looks at the API.
POLL = 0.25


@dataclass
class Server:
    """The process, and where it listens."""

    process: subprocess.Popen
    url: str
    version: str

    def get(self, path: str) -> dict:
        with urllib.request.urlopen(self.url + path, timeout=10) as answer:
            return json.load(answer)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)


def serve(program: Path, home: Path, data: Path, log: Path) -> Server:
    """Starts Mission Control over the agent's home."""
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    command = [program, "serve", "--hermes-home", home, "--data", data, "--listen", "127.0.0.1:0"]
    with log.open("wb") as errors:
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=errors, text=True)
    line = process.stdout.readline()
    if "http://" not in line:
        raise SystemExit(f"Mission Control did not start; see {log}:\n{log.read_text()[-2000:]}")
    return Server(process, line[line.index("http://"):].strip(), version)


@dataclass
class Seen:
    """What was seen of one task, and when."""

    id: str | None = None
    first: float | None = None
    statuses: list[tuple[str, float]] = field(default_factory=list)
    # Kind of each event, with the seconds between its own time and the first sight of it.
    events: dict[str, tuple[str, float]] = field(default_factory=dict)
    task: dict = field(default_factory=dict)

    def status(self) -> str | None:
        return self.statuses[-1][0] if self.statuses else None

    def counts(self) -> dict[str, int]:
        kinds = [kind for kind, _ in self.events.values()]
        return {kind: kinds.count(kind) for kind in sorted(set(kinds))}


def seconds(text: str) -> float:
    return datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


class Watch(Thread):
    """Looks at one task all the time, from before it is there."""

    def __init__(self, server: Server, title: str) -> None:
        super().__init__(daemon=True)
        self.server, self.title, self.seen, self.end = server, title, Seen(), Event()
        self.failure: str | None = None

    def run(self) -> None:
        while not self.end.wait(POLL):
            try:
                self.look()
            except (urllib.error.URLError, OSError, ValueError, KeyError) as error:
                self.failure = repr(error)

    def look(self) -> None:
        listed = self.server.get("/api/v1/tasks?perPage=100")["items"]
        task = next((task for task in listed if self.is_it(task)), None)
        if not task:
            return
        now, seen = time.time(), self.seen
        seen.id, seen.first, seen.task = task["id"], seen.first or now, task
        if seen.status() != task["status"]:
            seen.statuses.append((task["status"], now))
        path = f"/api/v1/tasks/{urllib.request.quote(task['id'], safe='')}/events?perPage=100"
        for event in self.server.get(path)["items"]:
            delay = time.time() - seconds(event["timestamp"])
            seen.events.setdefault(event["id"], (event["eventType"], delay))

    def is_it(self, task: dict) -> bool:
        return task["id"] == self.seen.id or (self.seen.id is None and task["title"] == self.title)

    def wait_for(self, status: str, patience: float) -> bool:
        """Waits until the task has the status; one look more is taken after that."""
        until = time.time() + patience
        while time.time() < until and self.seen.status() != status:
            time.sleep(POLL / 2)
        time.sleep(3 * POLL)
        return self.seen.status() == status


class Page(Thread):
    """The first page in a browser, loaded again each second."""

    def __init__(self, url: str, log: Path) -> None:
        super().__init__(daemon=True)
        self.first: dict[str, float] = {}
        self.last: dict[str, float] = {}
        # The titles of the newest look.
        self.active: list[str] = []
        browser = os.environ.get("CHROMIUM_PATH") or next(filter(None, map(shutil.which, BROWSERS)), "")
        environment = {**os.environ, "CHROMIUM_PATH": browser}
        with log.open("wb") as errors:
            self.process = subprocess.Popen(["node", HERE / "page.mjs", f"{url}/hermes"], env=environment, text=True,
                                            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors)
        opened = json.loads(self.process.stdout.readline() or "{}")
        if "browser" not in opened:
            raise SystemExit(f"the browser did not start; see {log}:\n{log.read_text()[-2000:]}")
        self.browser = opened["browser"]

    def run(self) -> None:
        for line in self.process.stdout:
            look = json.loads(line)
            self.active = look["active"]
            for title in self.active:
                self.first.setdefault(title, look["at"])
                self.last[title] = look["at"]

    def stop(self) -> None:
        self.process.stdin.close()
        self.process.wait(timeout=20)
