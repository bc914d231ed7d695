// Telling a server of work while it runs, as Hermes does.

import { expect } from "@playwright/test";
import type { Server } from "./server";
import { now } from "./truth";

export type Row = Record<string, unknown>;

export interface Teller {
  /** Sends lines about tasks, each later than all before it. */
  tasks(...rows: Row[]): Promise<void>;
  /** Sends a line about a product. */
  product(row: Row): Promise<void>;
  /** Sends lines about what happened to tasks. */
  event(...rows: Row[]): Promise<void>;
}

/** Whoever has the token of that server. */
export async function tellerOf(server: Server): Promise<Teller> {
  const made = await server.run(["token", "create", "teller"]);
  const token = made.stdout.split(/\s+/).find((word) => word.startsWith("hmc_")) ?? "";
  let lines = 0;
  const send = async (kind: string, rows: Row[]) => {
    const line = (row: Row) => {
      lines += 1;
      const ts = new Date(now.getTime() - 60_000 + lines).toISOString();
      return JSON.stringify({ id: `told-${lines}`, ts, kind, [kind]: row });
    };
    const answer = await fetch(`${server.url}/api/v1/ingest`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/x-ndjson" },
      body: `${rows.map(line).join("\n")}\n`,
    });
    expect(answer.status, await answer.text()).toBeLessThan(300);
  };
  return { tasks: (...rows) => send("task", rows), product: (row) => send("product", [row]), event: (...rows) => send("event", rows) };
}
