// What a page must show of recorded telemetry, worked out from its lines and not with our code.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./server";

/** 200 tasks of 52 products, recorded until shortly after `now`. */
export const recording = join(root, "crates/ingest/testdata/native/events-T.jsonl");
/** The moment that the recording is looked at. */
export const now = new Date("2026-11-20T09:00:00Z");

const day = 24 * 60 * 60_000;

interface Task {
  id: string;
  title: string;
  status: string;
  productId: string;
  completedAt?: string | null;
  durationMs?: number | null;
  /** When a line last spoke of it. */
  spokenOf: number;
}

interface Line {
  id: string;
  ts: string;
  task?: Partial<Task> & { id: string };
  event?: { taskId: string };
  product?: { id: string; status?: string };
}

/** When a line counts: one that lies more than five minutes ahead counts as now. */
function counts(line: Line): number {
  const at = Date.parse(line.ts);
  return at > now.getTime() + 5 * 60_000 ? now.getTime() : at;
}

function read(): { tasks: Task[]; products: number } {
  const lines = readFileSync(recording, "utf8").trim().split("\n").map((line) => JSON.parse(line) as Line);
  lines.sort((a, b) => counts(a) - counts(b) || (a.id < b.id ? -1 : 1));
  const tasks = new Map<string, Task>();
  const products = new Map<string, string | undefined>();
  for (const line of lines) {
    if (line.product) products.set(line.product.id, line.product.status ?? products.get(line.product.id));
    const id = line.task?.id ?? line.event?.taskId;
    if (id === undefined) continue;
    const before = tasks.get(id) ?? ({ id } as Task);
    tasks.set(id, { ...before, ...line.task, spokenOf: counts(line) });
  }
  // What is archived is no part of the portfolio.
  const kept = [...products.values()].filter((status) => status !== "archived");
  return { tasks: [...tasks.values()], products: kept.length };
}

/** The midnight that began the day of `at` in that zone. */
function midnight(at: Date, zone: string): Date {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeStyle: "medium" }).format(at).split(":");
  const [hours = 0, minutes = 0, seconds = 0] = parts.map(Number);
  return new Date(at.getTime() - ((hours * 60 + minutes) * 60 + seconds) * 1000 - at.getUTCMilliseconds());
}

/** What the deck must show. */
export function truth(zone: string) {
  const { tasks, products } = read();
  const has = (status: string) => tasks.filter((task) => task.status === status);
  const ended = (task: Task) => Date.parse(task.completedAt ?? "") || task.spokenOf;
  const quarter = 15 * 60_000;
  const rates = Math.floor((now.getTime() - 30 * day) / quarter) * quarter;
  const today = midnight(now, zone);
  const weekday = (new Date(today.getTime() + day / 2).getUTCDay() + 6) % 7;
  const monday = midnight(new Date(today.getTime() + day / 2 - weekday * day), zone);
  const since = (status: string, from: number) => has(status).filter((task) => ended(task) >= from);

  const completed = since("completed", rates);
  const failed = since("failed", rates).length;
  const durations = completed.flatMap((task) => (typeof task.durationMs === "number" ? [task.durationMs] : []));
  const touched = tasks.filter((task) => task.spokenOf >= now.getTime() - 7 * day && task.productId);
  return {
    total: tasks.length,
    running: has("running").length,
    runningTitles: has("running").map((task) => task.title),
    blocked: has("blocked").length,
    blockedTitles: has("blocked").map((task) => task.title),
    completedToday: since("completed", today.getTime()).length,
    completedThisWeek: since("completed", monday.getTime()).length,
    failed,
    successPercent: (completed.length / (completed.length + failed)) * 100,
    averageMs: durations.reduce((sum, ms) => sum + ms, 0) / durations.length,
    touched: new Set(touched.map((task) => task.productId)).size,
    products,
  };
}
