// The ledger in tests: the recording behind it, and what its rows show.

import { expect, type Locator, type Page } from "@playwright/test";
import { startServer, type Server } from "./server";
import { now, recording } from "./truth";

/** A server over the recording of 200 tasks. */
export async function startLedger(): Promise<Server> {
  const server = await startServer({ args: ["--no-hermes-home"], env: { MISSION_CONTROL_NOW: now.toISOString() } });
  const { code, stderr } = await server.run(["ingest", recording]);
  expect(code, stderr).toBe(0);
  return server;
}

export interface Task {
  id: string;
  title: string;
  status: string;
  priority: string | null;
  durationMs: number | null;
}

/** What the API answers to the same question. */
export async function tasks(server: Server, query: string): Promise<{ items: Task[]; total: number }> {
  const answer = await fetch(`${server.url}/api/v1/tasks?${query}`);
  return (await answer.json()) as { items: Task[]; total: number };
}

/** The names in the rows, in their order. */
export function names(page: Page): Locator {
  return page.getByRole("table").locator("tr.t-card a.cell-main");
}

/** The rows are those that the API answers with, in its order. */
export async function checkRows(page: Page, server: Server, query: string): Promise<void> {
  const wanted = await tasks(server, query);
  await expect(names(page)).toHaveText(wanted.items.map((task) => task.title));
  await expect(page.locator(".f-found")).toContainText(`${wanted.total} match`);
}
