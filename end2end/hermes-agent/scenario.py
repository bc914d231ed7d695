"""What the model is asked, and what it answers: two tasks in a small repository.

To add a task: a `Task` in `TASKS`, with what its session must look like in the agent's own database, and what
Mission Control must make of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

# The repository that the agent works in.
FILES = {
    "slugs.py": '"""Slugs for page addresses."""\n\n\ndef slug(title):\n    return title.replace(" ", "-")\n',
    "test_slugs.py": (
        "import unittest\n\nfrom slugs import slug\n\n\nclass TestSlug(unittest.TestCase):\n"
        "    def test_words(self):\n"
        '        self.assertEqual(slug("  Mission  Control "), "mission-control")\n\n\n'
        'if __name__ == "__main__":\n    unittest.main()\n'
    ),
    "AGENTS.md": "Run the tests with: python3 -m unittest -q\n",
}

TESTS = "python3 -m unittest -q"


@dataclass
class Call:
    """One answer of the model that asks for a tool."""

    tool: str
    arguments: dict
    text: str = ""


@dataclass
class Refusal:
    """An answer that is no answer: an HTTP error."""

    status: int
    message: str


@dataclass
class Task:
    """One `hermes chat -q`."""

    name: str
    prompt: str
    steps: list[Call | Refusal]
    answer: str
    # The statuses that Mission Control must show, in this order.
    statuses: list[str]
    # The last row of the session: role and finish_reason.
    last_row: tuple[str, str | None]
    # Exit codes of the commands, in order.
    exit_codes: list[int]
    # Kinds of events, with how many there are at least.
    events: dict[str, int] = field(default_factory=dict)
    # Fields of the task at the end: a number is equal, a text is contained.
    fields: dict[str, int | str] = field(default_factory=dict)


def todo(done: int) -> Call:
    steps = ["Read slugs.py", "Fix slug()", "Run the tests"]
    word = lambda at: "completed" if at < done else "in_progress" if at == done else "pending"
    todos = [{"id": str(at + 1), "content": text, "status": word(at)} for at, text in enumerate(steps)]
    return Call("todo", {"todos": todos}, "I'll plan the work first.")


def patch(old: str, new: str, text: str) -> Call:
    return Call("patch", {"mode": "replace", "path": "slugs.py", "old_string": old, "new_string": new}, text)


BUGGY = 'return title.replace(" ", "-")'
HALF = 'return title.lower().replace(" ", "-")'
RIGHT = 'return "-".join(title.lower().split())'

TASKS = [
    Task(
        name="ends well",
        prompt="Make the test of slugs.py pass",
        steps=[
            todo(0),
            Call("read_file", {"path": "slugs.py"}, "Reading the code."),
            patch(BUGGY, HALF, "The case is wrong. Fixing."),
            Call("terminal", {"command": TESTS}, "Running the tests."),
            patch(HALF, RIGHT, "Spaces at the ends are kept. Fixing that, too."),
            Call("terminal", {"command": TESTS}, "Once more."),
            todo(3),
        ],
        answer="Fixed: slug() lowers the case and splits on any run of spaces. The test passes.",
        statuses=["running", "completed"],
        last_row=("assistant", "stop"),
        exit_codes=[1, 0],
        events={"created": 1, "started": 1, "planned": 2, "tool-called": 7, "file-changed": 2, "command-executed": 2,
                "test-run": 2, "error": 1, "retry": 1, "completed": 1},
        fields={"retryCount": 1, "source": "cli", "result": "The test passes."},
    ),
    Task(
        name="ends badly",
        prompt="Write a changelog entry for slugs.py",
        steps=[
            Call("read_file", {"path": "slugs.py"}, "Reading what changed."),
            Refusal(400, "billing hard limit reached"),
        ],
        answer="",
        statuses=["running", "failed"],
        last_row=("tool", None),
        exit_codes=[],
        events={"created": 1, "started": 1, "tool-called": 1, "error": 1},
        fields={"retryCount": 0, "source": "cli", "error": "billing hard limit reached"},
    ),
]
