// What is done in the ledger, as a founder does it, and what each must show: the server's API is asked before.

import type { Locator, Page } from "@playwright/test";
import type { Server } from "../tests/support/server";
import type { Row, Wanted } from "./probe";

/** One thing that is done, once. */
export type Step = {
  /** What brings the page there, uncounted. */
  before?: (page: Page) => Promise<unknown>;
  wanted: Wanted;
} & ({ key: string } | { on: (page: Page) => Locator });

/** A thing that is done again and again. */
export interface Action {
  name: string;
  /** The page that it begins on. */
  start: string;
  steps(count: number): AsyncIterable<Step>;
}

const ledger = "/hermes/tasks";
const words = ["deploy", "invoice", "audit", "health", "backup", "release", "latency", "weekly", "crash", "upload"];
const search = (page: Page) => page.getByRole("searchbox", { name: "Search tasks" });
const status = (page: Page) => page.getByRole("group", { name: "Status" }).getByRole("link", { name: /^Failed/ });
const priority = (page: Page) => page.getByRole("group", { name: "Priority" }).getByText("P1", { exact: true });
const duration = (page: Page) => page.getByRole("columnheader", { name: "Duration" }).getByRole("link");
const next = (page: Page) => page.getByRole("link", { name: "Next page" });
const first = (page: Page) => page.locator("tr.t-card a.cell-main").first();

/** Everything that is measured. */
export function actions(server: Server): Action[] {
  const rows = (query: string) => ask(server, query);

  /** Going round through the same few states. */
  async function* round(count: number, on: (page: Page) => Locator, queries: string[]): AsyncIterable<Step> {
    const states = await Promise.all(queries.map(rows));
    for (let step = 1; step <= count; step += 1) yield { on, wanted: states[step % states.length]! };
  }

  /** Typing words letter by letter, each letter when the one before has been answered. */
  async function* typed(count: number): AsyncIterable<Step> {
    const letters = words.flatMap((word) => [...word].map((key, at) => ({ key, text: word.slice(0, at + 1) })));
    let left = count;
    for (const { key, text } of letters) {
      const prior = text.slice(0, -1);
      const [shown, wanted] = await Promise.all([rows(`q=${prior}`), rows(`q=${text}`)]);
      // Nothing could be waited for.
      if (JSON.stringify(wanted) === JSON.stringify(shown)) continue;
      const before = async (page: Page) => {
        if ((await search(page).inputValue()) !== prior) await search(page).fill(prior);
        await search(page).focus();
        await page.waitForFunction((wanted) => window.probe.shows(wanted), shown);
      };
      yield { before, key, wanted };
      left -= 1;
      if (left === 0) return;
    }
    throw new Error(`${words.join(", ")} have no ${count} letters that change what is found`);
  }

  async function* paged(count: number): AsyncIterable<Step> {
    for (let page = 2; page < count + 2; page += 1) yield { on: next, wanted: { ...(await rows(`page=${page}`)), top: true } };
  }

  async function* opened(count: number): AsyncIterable<Step> {
    const wanted = await rows("");
    const back = async (page: Page) => {
      if (new URL(page.url()).pathname === ledger) return;
      await page.goBack();
      await first(page).waitFor();
    };
    for (let step = 0; step < count; step += 1) yield { before: back, on: first, wanted: { task: wanted.rows[0]!.href } };
  }

  return [
    { name: "a key in the search", start: ledger, steps: typed },
    { name: "a chip of a status", start: ledger, steps: (count) => round(count, status, ["", "status=failed"]) },
    { name: "a choice in a menu", start: ledger, steps: (count) => open(round(count, priority, ["", "priority=P1"])) },
    {
      name: "sorted by duration",
      start: ledger,
      steps: (count) => round(count, duration, ["", "sort=-durationMs", "sort=durationMs"]),
    },
    { name: "the next page", start: ledger, steps: paged },
    { name: "a task opened", start: ledger, steps: opened },
  ];
}

/** The same with the menu of priorities open. */
async function* open(steps: AsyncIterable<Step>): AsyncIterable<Step> {
  for await (const step of steps) {
    const before = async (page: Page) => {
      if (!(await priority(page).isVisible())) await page.locator("summary", { hasText: "Priority" }).click();
    };
    yield { ...step, before };
  }
}

/** What the ledger must show for that question. */
async function ask(server: Server, query: string): Promise<{ rows: Row[]; total: number }> {
  const answer = await fetch(`${server.url}/api/v1/tasks?${query}`);
  const { items, total } = (await answer.json()) as { items: { id: string; title: string }[]; total: number };
  const row = ({ id, title }: (typeof items)[number]) => ({ id: short(id), title, href: `${ledger}/${encodeURIComponent(id)}` });
  return { rows: items.map(row), total };
}

/** A task's id as a row shows it: its last part. */
const short = (id: string) => id.split(":").findLast((part) => part !== "") ?? id;
