// Decisions about items that need attention, as a page of ours sends them.

import { expect, type APIRequestContext } from "@playwright/test";
import type { Server } from "./server";

/** A request that says it comes from a page of ours: what a browser adds by itself. */
const ours = { "sec-fetch-site": "same-origin" };

export interface Decision {
  item: string;
  title: string;
  kind: "acknowledged" | "snoozed" | "resolved";
  cause?: string;
  note?: string;
  until?: string;
}

/** Decides, and answers with the entry's place in the log. */
export async function decide(server: Server, request: APIRequestContext, decision: Decision): Promise<number> {
  const data = { cause: "No key", ...decision };
  const answer = await request.post(`${server.url}/api/v1/attention/decisions`, { data, headers: ours });
  expect(answer.status(), await answer.text()).toBe(201);
  return ((await answer.json()) as { id: number }).id;
}
