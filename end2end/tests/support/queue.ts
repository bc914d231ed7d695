// More of what needs the founder than the recording has.

import { expect } from "@playwright/test";
import type { Server } from "./server";
import { now } from "./truth";

/** Takes in so many blocked tasks, each of which is an item. */
export async function blockMore(server: Server, count: number): Promise<void> {
  const ts = new Date(now.getTime() - 60_000).toISOString();
  const lines = Array.from({ length: count }, (_, number) => {
    const task = { id: `t_more_${number}`, title: `Waits for a word ${number}`, status: "blocked", createdAt: ts };
    return JSON.stringify({ id: `more-${number}`, ts, kind: "task", task: { ...task, blockerReason: "Unclear requirement" } });
  });
  const { code, stderr } = await server.run(["ingest", "-"], `${lines.join("\n")}\n`);
  expect(code, stderr).toBe(0);
}
