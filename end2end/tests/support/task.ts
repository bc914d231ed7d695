// Telemetry of a task with everything that its page shows, of one that shares its failure, and of odd ones.

const at = (minute: number, second = 0) =>
  new Date(Date.UTC(2026, 10, 20, 7, minute, second)).toISOString().replace(".000", "");

let count = 0;
const line = (kind: string, ts: string, rest: object) => JSON.stringify({ id: `line-${++count}`, ts, kind, ...rest });

const event = (task: string, minute: number, second: number, rest: object) => {
  const timestamp = at(minute, second);
  const id = `${task}-e${++count}`;
  const told = { id, taskId: task, timestamp, level: "info", eventType: "tool-called", message: "Read a file", ...rest };
  return line("event", timestamp, { event: told });
};

const failing = (id: string, title: string, product: string, error: string) =>
  line("task", at(30), {
    task: { id, title, productId: product, status: "failed", priority: "P0", type: "bugfix", createdAt: at(0), error },
  });

/** Lines of native telemetry. */
export function task(): string {
  const output = Array.from({ length: 1200 }, (_, number) => `line ${number + 1} of a long output`).join("\n");
  const lines = [
    line("product", at(0), { product: { id: "p_1", name: "Ledgerly", slug: "ledgerly", owner: "Ada" } }),
    line("product", at(0), { product: { id: "p_2", name: "Payloop", slug: "payloop" } }),
    failing("t_1", "Mend <b>tax</b> rounding", "p_1", "Timeout of 30000ms exceeded"),
    failing("t_2", "The other one", "p_2", "Timeout of 500ms exceeded"),
    line("task", at(1), { task: { id: "t_blocked", title: "Deploy", status: "blocked", blockerReason: "No key" } }),
    line("task", at(1), { task: { id: "a/b?c#d é%<b>", title: "An odd id", status: "queued" } }),
    line("run", at(40), {
      run: {
        id: "r_1", taskId: "t_1", startedAt: at(5), endedAt: at(20), status: "failed", logs: ["WARN slow \u001b[33mdisk\u001b[0m"],
        commitSha: "7f3c1d9e0a0b0c0d", branchName: "fix/tax", prUrl: "https://git.example.test/a/b/pull/418",
        metrics: { inputTokens: 12739, outputTokens: 753, costUsd: 1.84 }, costStatus: "estimated",
      },
    }),
    event("t_1", 0, 0, { eventType: "created", message: "Created from an incident" }),
    event("t_1", 6, 0, {
      eventType: "command-executed", message: "$ cargo build", command: "cargo build", toolName: "terminal",
      metadata: { exitCode: 0, durationMs: 400, output },
    }),
    ...Array.from({ length: 240 }, (_, number) => event("t_1", 7, number % 60, { toolName: "read_file" })),
    event("t_1", 8, 0, { eventType: "retry", level: "warn", message: "Trying again" }),
    event("t_1", 9, 0, {
      eventType: "memory-suggested", message: "Round on the absolute value",
      metadata: { memory: "Round half-even, then restore the sign." },
    }),
    event("t_1", 10, 0, {
      eventType: "test-run", level: "error", message: "3 of 1,204 tests failed", command: "cargo nextest run", toolName: "terminal",
      metadata: { exitCode: 100, durationMs: 161000, output: "ok\n\u001b[31mFAIL\u001b[0m tax::rounds_negative_half" },
    }),
  ];
  return `${lines.join("\n")}\n`;
}
