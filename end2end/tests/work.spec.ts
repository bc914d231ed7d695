// How much is done for what happens: counted, not timed. Where the page waits for its own clock, the test is that clock.

import type { Page } from "@playwright/test";
import { startLedger } from "./support/ledger";
import { networkTo, type Network } from "./support/network";
import { expect, open, test } from "./support/page";
import type { Server } from "./support/server";
import { tellerOf, type Teller } from "./support/telling";
import { now } from "./support/truth";

let server: Server;
let tell: Teller;
test.beforeEach(async () => {
  server = await startLedger();
  tell = await tellerOf(server);
});
test.afterEach(() => server?.stop());

const isLive = (page: Page) => expect(page.locator(".pulse")).toHaveAttribute("data-state", "live");

/** What pages ask of the server while they stand: their data, and streams. */
function questions(page: Page): string[] {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  return asked;
}

const rows = "tr.t-card, .q-item, .m-item";

/** Counts from now on: rows that are made, taken away or written to, and how often something is drawn. */
async function watch(page: Page): Promise<() => Promise<{ rows: string[]; renders: number }>> {
  await page.evaluate((rows) => {
    const seen = { rows: new Set<string>(), renders: 0 };
    const name = (row: Element) => row.querySelector(".cell-main, .q-title, .m-title")?.textContent ?? "";
    new MutationObserver((records) => {
      let drawn = false;
      for (const { target, addedNodes, removedNodes } of records) {
        const element = target instanceof Element ? target : target.parentElement;
        // Relative times go on by themselves.
        if (element?.closest("time, .pulse, .now")) continue;
        drawn = true;
        const own = element?.closest(rows);
        if (own) seen.rows.add(name(own));
        for (const node of [...addedNodes, ...removedNodes]) {
          if (!(node instanceof Element)) continue;
          for (const row of node.matches(rows) ? [node] : node.querySelectorAll(rows)) seen.rows.add(name(row));
        }
      }
      if (drawn) seen.renders += 1;
    }).observe(document.querySelector("main")!, { subtree: true, childList: true, attributes: true, characterData: true });
    Object.assign(window, { seen });
  }, rows);
  return () =>
    page.evaluate(() => {
      const { seen } = window as unknown as { seen: { rows: Set<string>; renders: number } };
      return { rows: [...seen.rows], renders: seen.renders };
    });
}

test("a message about one item touches its row alone, of the founder's queue", async ({ page }) => {
  await tell.tasks({ id: "t_one", title: "The one that moves", status: "blocked", blockerReason: "Needs approval to go on" });
  await open(page, `${server.url}/hermes`);
  await isLive(page);
  const item = page.locator(".q-item", { hasText: "The one that moves" });
  await expect(item).toHaveCount(1);
  expect(await page.locator(".q-item").count()).toBeGreaterThan(10);
  const seen = await watch(page);
  await tell.tasks({ id: "t_one", blockerReason: "Needs approval of the second kind" });
  await expect(item).toContainText("of the second kind");
  const { rows } = await seen();
  expect(rows.map((row) => row.trim()).filter((row) => row !== "The one that moves")).toEqual([]);
});

test("a message about one mission touches its row alone", async ({ page }) => {
  await tell.tasks({ id: "t_one", title: "The one that moves", status: "running", progressPercent: 10 });
  await open(page, `${server.url}/hermes`);
  await isLive(page);
  const mission = page.locator(".m-item", { hasText: "The one that moves" });
  await expect(mission).toContainText("10");
  const seen = await watch(page);
  await tell.tasks({ id: "t_one", progressPercent: 77 });
  await expect(mission).toContainText("77");
  expect((await seen()).rows).toEqual(["The one that moves"]);
});

for (const perPage of [20, 100]) {
  test(`a message about one task touches its row alone, of ${perPage}`, async ({ page }) => {
    await tell.tasks({ id: "t_one", title: "The one that moves", status: "running", createdAt: now.toISOString() });
    await open(page, `${server.url}/hermes/tasks?sort=-createdAt&perPage=${perPage}`);
    await isLive(page);
    await expect(page.locator("tr.t-card")).toHaveCount(perPage);
    const seen = await watch(page);
    await tell.tasks({ id: "t_one", status: "blocked", blockerReason: "Waits for a key" });
    await expect(page.getByRole("row", { name: /The one that moves/ })).toContainText("Blocked");
    expect((await seen()).rows).toEqual(["The one that moves"]);
  });
}

test("a burst of a thousand events is drawn at most twenty times in a second", async ({ page }) => {
  const burst = Array.from({ length: 1000 }, (_, number) => ({
    id: `t_${number % 40}`,
    title: `Burst ${number % 40}`,
    status: "running",
    createdAt: now.toISOString(),
    currentStep: `Step ${number}`,
    progressPercent: number / 10,
  }));
  await page.addInitScript(() => {
    const Native = EventSource;
    Object.assign(window, { place: 0 });
    const hear = (message: Event) => Object.assign(window, { place: Number((message as MessageEvent).lastEventId) });
    window.EventSource = class extends Native {
      constructor(url: string | URL, init?: EventSourceInit) {
        super(url, init);
        for (const name of ["changes", "upto"]) this.addEventListener(name, hear);
      }
    };
  });
  await page.clock.install();
  await open(page, `${server.url}/hermes/tasks?sort=-createdAt`);
  await isLive(page);
  let waiting = 0;
  let asked = 0;
  page.on("request", (request) => {
    if (!request.url().includes("/api/ui/")) return;
    waiting += 1;
    asked += 1;
  });
  page.on("requestfinished", (request) => (waiting -= Number(request.url().includes("/api/ui/"))));
  const seen = await watch(page);
  // From here on no time passes for the page but what the test lets pass.
  await page.clock.pauseAt(Date.now() + 60_000);
  for (let at = 0; at < burst.length; at += 20) await tell.tasks(...burst.slice(at, at + 20));
  const { seq } = (await (await fetch(`${server.url}/api/ui/frame`)).json()) as { seq: number };
  await expect.poll(() => page.evaluate(() => (window as unknown as { place: number }).place)).toBe(seq);
  for (let step = 0; step < 20; step += 1) {
    await page.clock.runFor(50);
    await expect.poll(() => waiting).toBe(0);
  }
  const { renders } = await seen();
  expect(renders).toBeGreaterThan(0);
  expect(renders).toBeLessThanOrEqual(20);
  expect(asked, "four times a second, and once for the frame").toBeLessThanOrEqual(6);
  await expect(page.locator("tr.t-card", { hasText: "Burst 39" })).toHaveCount(1);
  await expect(page.locator(".f-found")).toContainText("240 match");
});

test.describe("a connection that is cut", () => {
  // The browser's own notes of what it cannot reach.
  test.use({ expectedMessages: [/Failed to load resource|net::ERR_/] });
  let network: Network;
  test.beforeEach(async () => {
    network = await networkTo(server);
  });
  test.afterEach(() => network?.stop());

  test("only what is new is asked for when it is back", async ({ page }) => {
    await open(page, `${network.url}/hermes/tasks?sort=-createdAt`);
    await isLive(page);
    // What it holds of the tasks is read in idle time, and would be asked for in between.
    await expect(page.locator("html")).toHaveAttribute("data-mirror", "ready", { timeout: 20_000 });
    await tell.tasks({ id: "t_before", title: "Before the cut", status: "running", createdAt: now.toISOString() });
    await expect(page.locator("main")).toContainText("Before the cut");
    await expect.poll(() => network.told.some((message) => message.includes("t_before"))).toBe(true);

    network.asked.length = 0;
    network.told.length = 0;
    network.cut();
    await expect(page.locator(".pulse")).toHaveAttribute("data-state", "stale");
    network.heal();
    await isLive(page);
    expect(network.asked.map(path), "nothing happened, so there is nothing to ask for").toEqual(["GET /api/v1/live"]);
    expect(network.told.map(name)).toEqual(["hello"]);

    network.asked.length = 0;
    network.told.length = 0;
    network.cut();
    await expect(page.locator(".pulse")).toHaveAttribute("data-state", "stale");
    await tell.tasks({ id: "t_while", title: "While it was cut", status: "running", createdAt: now.toISOString() });
    network.heal();
    await expect(page.locator("main")).toContainText("While it was cut");
    const asked = network.asked.map(path);
    expect(asked.filter((path) => path === "GET /api/v1/live")).toHaveLength(1);
    expect(asked.filter((path) => path === "GET /api/ui/tasks"), "what was told is folded into what is held").toEqual([]);
    expect(asked.every((path) => path.startsWith("GET /api/")), `no page and no file: ${asked}`).toBe(true);
    expect(network.told.map(name)).toEqual(["hello", "changes"]);
    expect(network.told[1]).toContain("t_while");
    expect(network.told[1]).not.toContain("t_before");
  });
});

const path = (asked: string) => asked.replace(/\?.*/, "");
const name = (message: string) => /^event: (.*)$/m.exec(message)?.[1];

const pages = ["", "/tasks", "/tasks/t_4a9e4eb72f", "/products", "/history", "/agents", "/audit", "/sources", "/settings"];
for (const of of pages) {
  test(`/hermes${of} asks for nothing in half an hour in which nothing happens`, async ({ page }) => {
    await page.clock.install();
    await open(page, `${server.url}/hermes${of}`);
    await isLive(page);
    // What it holds of the tasks is read once, in idle time.
    await expect(page.locator("html")).toHaveAttribute("data-mirror", "ready", { timeout: 30_000 });
    await page.waitForLoadState("networkidle");
    const asked = questions(page);
    await page.clock.runFor("30:00");
    expect(asked).toEqual([]);
  });
}
