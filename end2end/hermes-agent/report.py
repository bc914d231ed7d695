"""What happened, in a form that can be pasted into a document, and whether it is as it should be."""

from __future__ import annotations

import statistics
from dataclasses import dataclass

from agent import Recorded
from scenario import Task
from watch import Page, Seen, Watch


@dataclass
class Outcome:
    """One task: what was planned, what the agent wrote, what Mission Control showed."""

    task: Task
    recorded: Recorded | None
    watch: Watch | None
    page: Page | None


def faults(outcome: Outcome) -> list[str]:
    """Everything that is not as it should be."""
    task, found = outcome.task, outcome.recorded
    if not found:
        return ["the agent wrote no session"]
    wrong = [
        (found.last != task.last_row, f"the agent's last row is {found.last}, not {task.last_row}"),
        (found.exit_codes != task.exit_codes, f"the agent's commands ended with {found.exit_codes}"),
    ]
    if outcome.watch:
        seen = outcome.watch.seen
        statuses, counts = [status for status, _ in seen.statuses], seen.counts()
        wrong += [
            (seen.first is None, f"the task never came to the API ({outcome.watch.failure or 'no error'})"),
            (statuses != task.statuses, f"the statuses were {statuses}, not {task.statuses}"),
        ]
        wrong += [(counts.get(kind, 0) < least, f"{counts.get(kind, 0)} events `{kind}`, not {least}")
                  for kind, least in task.events.items()]
        wrong += [(not holds(seen.task.get(name), wanted), f"`{name}` is {seen.task.get(name)!r}, not {wanted!r}")
                  for name, wanted in task.fields.items()]
    if outcome.page:
        wrong += [
            (task.prompt not in outcome.page.first, "the task never came to the page"),
            (task.prompt in outcome.page.active, "the task never left the active missions of the page"),
        ]
    return [what for is_wrong, what in wrong if is_wrong]


def holds(value: object, wanted: int | str) -> bool:
    return wanted in value if isinstance(value, str) and isinstance(wanted, str) else value == wanted


def rows(outcome: Outcome) -> list[tuple[str, str]]:
    """The lines of the table, for one task."""
    found = outcome.recorded
    if not found:
        return []
    lines = [
        ("asked", f"“{outcome.task.prompt}”"),
        ("session", f"`{found.session}`"),
        ("rows of the agent", f"{found.rows} in {found.last_row - found.first_row:.1f} s"),
        ("exit codes", ", ".join(map(str, found.exit_codes)) or "none"),
        ("last row", f"{found.last[0]}, {found.last[1] or 'no finish reason'}"),
    ]
    if outcome.watch:
        lines += shown(outcome.watch.seen, found)
    if outcome.page:
        first = outcome.page.first.get(outcome.task.prompt)
        lines.append(("first seen on the page", since(first, found.first_row, "first")))
        last = outcome.page.last.get(outcome.task.prompt)
        lines.append(("last seen on the page", since(last, found.last_row, "last")))
    return lines


def shown(seen: Seen, found: Recorded) -> list[tuple[str, str]]:
    delays = sorted(delay for _, delay in seen.events.values())
    last = seen.statuses[-1][1] if seen.statuses else None
    kinds = ", ".join(f"{kind} {count}" for kind, count in seen.counts().items())
    return [
        ("first seen in the API", since(seen.first, found.first_row, "first")),
        ("statuses", " → ".join(status for status, _ in seen.statuses) or "none"),
        ("last status", since(last, found.last_row, "last")),
        ("events", f"{len(seen.events)}: {kinds}" if delays else "none"),
        ("an event is seen after", f"{statistics.median(delays):.2f} s median, {delays[-1]:.2f} s most" if delays else "—"),
    ]


def since(at: float | None, row: float, which: str) -> str:
    if at is None:
        return "never"
    return f"{abs(at - row):.2f} s {'after' if at >= row else 'before'} the agent's {which} row"


def text(versions: dict[str, str], outcomes: list[Outcome]) -> str:
    """The report."""
    lines = [", ".join(f"{name} {version}" for name, version in versions.items()), ""]
    tables = [dict(rows(outcome)) for outcome in outcomes]
    lines += ["| | " + " | ".join(outcome.task.name for outcome in outcomes) + " |", "|---|" + "---|" * len(outcomes)]
    names = dict.fromkeys(name for table in tables for name in table)
    lines += [f"| {name} | " + " | ".join(table.get(name, "") for table in tables) + " |" for name in names]
    for outcome in outcomes:
        lines += [f"\nNot as it should be, {outcome.task.name}: {fault}" for fault in faults(outcome)]
    return "\n".join(lines)
