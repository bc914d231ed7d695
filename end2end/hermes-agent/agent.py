"""The agent itself: its installation, its home, its runs, and what it wrote."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

from model import NAME
from scenario import FILES, Task

PACKAGE = "hermes-agent==0.19.0"

CONFIG = """\
model:
  default: {model}
  provider: custom
  base_url: {url}
  api_key: none-needed
  context_length: 200000
terminal:
  backend: local
  timeout: 60
approvals:
  mode: "off"
security:
  tirith_enabled: false
  allow_lazy_installs: false
lsp:
  enabled: false
"""


@dataclass
class Agent:
    """A Hermes Agent with a home of its own."""

    program: Path
    home: Path
    workspace: Path

    def environment(self) -> dict[str, str]:
        """Nothing of the user's own agent, or of the user's git."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("HERMES_", "OPENAI_", "GIT_"))}
        who = {f"GIT_{role}_{what}": f"agent{at}" for role in ("AUTHOR", "COMMITTER") for what, at in
               (("NAME", ""), ("EMAIL", "@example.test"))}
        return {**kept, **who, "HOME": str(self.home), "HERMES_HOME": str(self.home), "NO_COLOR": "1"}

    def version(self) -> str:
        done = subprocess.run([self.program, "--version"], env=self.environment(), capture_output=True, text=True)
        found = re.search(r"v(\d[\w.]*)", done.stdout)
        return found.group(1) if found else "unknown"

    def start(self, task: Task, log: Path) -> subprocess.Popen:
        """One headless run; what it says goes to a file."""
        command = [self.program, "chat", "-Q", "-q", task.prompt]
        with log.open("wb") as out:
            return subprocess.Popen(command, cwd=self.workspace, env=self.environment(), stdin=subprocess.DEVNULL,
                                    stdout=out, stderr=subprocess.STDOUT)


def install(folder: Path) -> Path:
    """The program, from PyPI into an environment of its own unless it is there."""
    program = folder / "bin" / "hermes"
    if not program.exists():
        if sys.version_info < (3, 11):
            raise SystemExit("Hermes Agent needs Python 3.11 or later")
        print(f"installing {PACKAGE} …", file=sys.stderr)
        venv.create(folder, with_pip=True)
        pip = [folder / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", PACKAGE]
        subprocess.run(pip, check=True)
    return program


def prepare(scratch: Path, program: Path, model_url: str) -> Agent:
    """A home with nothing but its settings, and a small repository to work in."""
    agent = Agent(program, scratch / "home", scratch / "slugs")
    agent.home.mkdir(parents=True)
    (agent.home / "config.yaml").write_text(CONFIG.format(model=NAME, url=model_url))
    agent.workspace.mkdir()
    for name, text in FILES.items():
        (agent.workspace / name).write_text(text)
    for command in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "initial import"]):
        subprocess.run(["git", *command], cwd=agent.workspace, env=agent.environment(), check=True)
    return agent


@dataclass
class Recorded:
    """What the agent's database says of one run."""

    session: str
    first_row: float
    last_row: float
    rows: int
    last: tuple[str, str | None]
    exit_codes: list[int]
    request_dumps: int


def recorded(home: Path, task: Task) -> Recorded | None:
    """The session of a task, from the agent's own database; `None` as long as there is none."""
    if not (home / "state.db").exists():
        return None
    db = sqlite3.connect(f"file:{home / 'state.db'}?mode=ro", uri=True, timeout=10)
    try:
        found = db.execute("SELECT session_id FROM messages WHERE role = 'user' AND content = ? LIMIT 1",
                           (task.prompt,)).fetchone()
        if not found:
            return None
        rows = db.execute("SELECT role, finish_reason, tool_name, content, timestamp FROM messages "
                          "WHERE session_id = ? AND active = 1 AND role <> 'session_meta' ORDER BY id", found).fetchall()
    finally:
        db.close()
    codes = [json.loads(content)["exit_code"] for _, _, tool, content, _ in rows if tool == "terminal"]
    dumps = len(list((home / "sessions").glob(f"request_dump_{found[0]}_*.json")))
    return Recorded(found[0], rows[0][4], rows[-1][4], len(rows), rows[-1][:2], codes, dumps)
