#!/usr/bin/env python3
"""The real agent, its real files, and Mission Control beside it. See README.md."""

from __future__ import annotations

import argparse
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

# Nothing is left beside the sources.
sys.dont_write_bytecode = True

import agent
import model
import report
import watch
from scenario import TASKS, Task


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("--bin", type=Path, default=watch.ROOT / "target/release/mission-control",
                        help="the binary to watch with; `cargo xtask build` makes the default")
    parser.add_argument("--agent-only", action="store_true", help="only the agent and its files")
    parser.add_argument("--no-page", action="store_true", help="no browser")
    parser.add_argument("--pause", type=float, default=3.0, help="seconds before each answer of the model")
    parser.add_argument("--patience", type=float, default=60.0, help="seconds to wait for a status after a run")
    parser.add_argument("--venv", type=Path, help="an environment that is kept, with the agent in it")
    parser.add_argument("--scratch", type=Path, help="a folder for home, workspace and logs, which is then kept")
    return parser.parse_args()


def play(one: Task, hermes: agent.Agent, server: watch.Server | None, page: watch.Page | None, scratch: Path,
         patience: float) -> report.Outcome:
    """Runs one task and watches it."""
    look = watch.Watch(server, one.prompt) if server else None
    if look:
        look.start()
    log = scratch / f"hermes-{one.name.replace(' ', '-')}.log"
    print(f"{one.name}: {one.prompt} …", file=sys.stderr)
    process = hermes.start(one, log)
    try:
        process.wait(timeout=300)
    except subprocess.TimeoutExpired:
        process.kill()
        print(f"the agent did not end; see {log}", file=sys.stderr)
    if look:
        look.wait_for(one.statuses[-1], patience)
        look.end.set()
        look.join()
    return report.Outcome(one, agent.recorded(hermes.home, one), look, page)


def main() -> int:
    asked = options()
    scratch = asked.scratch or Path(tempfile.mkdtemp(prefix="mission-control-hermes-"))
    scratch.mkdir(parents=True, exist_ok=True)
    server = page = None
    try:
        program = agent.install(asked.venv or scratch / "venv")
        hermes = agent.prepare(scratch, program.absolute(), model.start(asked.pause))
        versions = {"hermes-agent": hermes.version(), "Python": platform.python_version()}
        if not asked.agent_only:
            server = watch.serve(asked.bin.absolute(), hermes.home, scratch / "data", scratch / "mission-control.log")
            versions["mission-control"] = server.version.split()[-1]
            if not asked.no_page:
                page = watch.Page(server.url, scratch / "page.log")
                page.start()
                versions["Chromium"] = page.browser.split()[-1]
        outcomes = [play(one, hermes, server, page, scratch, asked.patience) for one in TASKS]
        # One more look at the page: nothing is under way any more.
        time.sleep(3)
        print(report.text({**versions, platform.system(): platform.release()}, outcomes))
        return 1 if any(report.faults(outcome) for outcome in outcomes) else 0
    finally:
        if page:
            page.stop()
        if server:
            server.stop()
        if not asked.scratch:
            shutil.rmtree(scratch, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
