// What happens appears by itself: on every page, in every tab, after every interruption.

import { startLedger } from "./support/ledger";
import { expect, open, test } from "./support/page";
import type { Server } from "./support/server";
import { tellerOf, type Row } from "./support/telling";
import { now } from "./support/truth";

let server: Server;
let tell: (task: Row) => Promise<void>;

test.beforeEach(async () => {
  server = await startLedger();
  tell = (await tellerOf(server)).tasks;
});
test.afterEach(() => server?.stop());

const pulse = ".pulse";

test("a task appears in the ledger and moves, while focus and scroll stay", async ({ page }) => {
  await open(page, `${server.url}/hermes/tasks?sort=-createdAt`);
  await expect(page.locator(pulse)).toHaveAttribute("data-state", "live");
  const search = page.getByRole("searchbox", { name: "Search tasks" });
  await search.focus();
  await tell({ id: "t_live", title: "Appears by itself", status: "running", createdAt: now.toISOString() });
  const row = page.getByRole("row", { name: /Appears by itself/ });
  await expect(row).toBeVisible();
  await expect(row).toContainText("Running");
  await expect(search).toBeFocused();
  await tell({ id: "t_live", status: "completed", completedAt: now.toISOString() });
  await expect(row).toContainText("Completed");
  await expect(page.locator("html"), "the page was not loaded again").toHaveAttribute("data-hydrated", "true");
});

test("figures and missions move on the executive page @phone", async ({ page }) => {
  await open(page, `${server.url}/hermes`);
  const active = page.getByRole("region", { name: "Active missions" });
  await tell({ id: "t_mission", title: "A mission from nowhere", status: "running" });
  await expect(active).toContainText("A mission from nowhere");
  await tell({ id: "t_mission", status: "blocked", blockerReason: "Needs approval to go on" });
  await expect(active).not.toContainText("A mission from nowhere");
  await expect(page.getByRole("region", { name: "Founder attention" })).toContainText("A mission from nowhere");
});

test("the portfolio moves, while a menu stands open", async ({ page }) => {
  await open(page, `${server.url}/hermes/products`);
  const card = page.locator(".p-card", { hasText: "Orchard Desk" });
  const before = await card.locator(".p-counts").innerText();
  const menu = page.locator("summary", { hasText: "Category" });
  await menu.click();
  for (const task of ["one", "two", "three"]) {
    await tell({ id: `t_${task}`, title: `Work on the desk ${task}`, status: "running", productId: "prod_000" });
  }
  await expect(card.locator(".p-counts"), "it counted before").not.toHaveText(before, { useInnerText: true });
  await expect(card.locator(".p-counts")).toContainText(/Active\s*3/);
  await expect(page.locator("details.drop[open]"), "the menu stays open").toHaveCount(1);
});

test("an open row of the ledger follows its task", async ({ page }) => {
  await tell({ id: "t_open", title: "Opened in place", status: "running" });
  await open(page, `${server.url}/hermes/tasks?q=Opened&open=t_open`);
  await tell({ id: "t_open", status: "failed", error: "it broke while it stood open" });
  await expect(page.locator(".t-exp")).toContainText("it broke while it stood open");
});

test("the page of a task follows its events", async ({ page }) => {
  await tell({ id: "t_page", title: "Watched closely", status: "running" });
  await open(page, `${server.url}/hermes/tasks/t_page`);
  await tell({ id: "t_page", status: "failed", error: "it broke while one looked" });
  await expect(page.locator("main")).toContainText("it broke while one looked");
});

test("the whole queue stays whole while items arrive", async ({ page }) => {
  await open(page, `${server.url}/hermes?queue=all`);
  const queue = page.getByRole("region", { name: "Founder attention" });
  const before = await queue.locator(".q-item").count();
  await tell({ id: "t_late", title: "Waits for a word", status: "blocked", blockerReason: "Unclear requirement" });
  await expect(queue).toContainText("Waits for a word");
  await expect(queue.locator(".q-item")).toHaveCount(before + 1);
  await expect(queue.locator(".panel-head .count")).toHaveText(`${before + 1}`);
});

test("a decision in one browser is seen in the other", async ({ page, browser }) => {
  await open(page, `${server.url}/hermes?queue=all`);
  const queue = page.getByRole("region", { name: "Founder attention" });
  const first = queue.getByRole("listitem").filter({ has: page.getByRole("button", { name: /^Acknowledge/ }) }).first();
  const title = (await first.locator(".q-title").innerText()).trim();
  const other = await browser.newPage();
  await open(other, `${server.url}/hermes`);
  const theirs = other.getByRole("region", { name: "Founder attention" }).getByRole("listitem").filter({ hasText: title }).first();
  await theirs.getByRole("button", { name: /^Acknowledge/ }).click();
  // It goes behind what is not yet acknowledged, maybe out of sight.
  await expect(queue.locator(".q-item", { hasText: title })).toHaveAttribute("data-seen", "");
  await other.close();
});

test("tabs share one stream", async ({ page, context }) => {
  await open(page, `${server.url}/hermes`);
  await expect(page.locator(pulse)).toHaveAttribute("data-state", "live");
  const others = [];
  for (let tab = 0; tab < 3; tab += 1) {
    const other = await context.newPage();
    await open(other, `${server.url}/hermes/tasks`);
    others.push(other);
  }
  await tell({ id: "t_tabs", title: "Told to all tabs", status: "running" });
  for (const other of others) await expect(other.locator("main")).toContainText("Told to all tabs");
  await expect(page.locator("main")).toContainText("Told to all tabs");
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  expect(metrics).toMatch(/live_streams\S* 1\b/);
});

test.describe("when the server goes", () => {
  // The browser's own notes of what it cannot reach.
  test.use({ expectedMessages: [/Failed to load resource|ERR_/] });
  test("the page says so, keeps what it has, and catches up", async ({ page }) => {
    test.slow();
    await open(page, `${server.url}/hermes/tasks`);
    await expect(page.locator(pulse)).toHaveAttribute("data-state", "live");
    const rows = await page.locator("tr.t-card").count();
    await server.halt();
    await expect(page.locator(pulse)).toContainText("Reconnecting");
    await expect(page.getByText(/^Not connected since/)).toBeVisible({ timeout: 20_000 });
    expect(await page.locator("tr.t-card").count()).toBe(rows);
    await server.resume();
    await expect(page.locator(pulse)).toHaveAttribute("data-state", "live", { timeout: 20_000 });
    await expect(page.getByText(/^Not connected since/)).toHaveCount(0);
    await tell({ id: "t_back", title: "After the interruption", status: "running", createdAt: now.toISOString() });
    await expect(page.locator("main")).toContainText("After the interruption");
  });
});

test.describe("while the server refuses streams", () => {
  test.use({ expectedMessages: [/status of 503/] });
  test("they are asked for again until they are to be had: that of all pages and that of the task", async ({ page }) => {
    await tell({ id: "t_refused", title: "Watched closely", status: "running" });
    const refused = { shared: 0, task: 0 };
    await page.route(/\/api\/v1\/live/, async (route) => {
      const which = route.request().url().includes("task=") ? "task" : "shared";
      refused[which] += 1;
      if (refused[which] > 2) await route.continue();
      else await route.fulfill({ status: 503, body: "" });
    });
    await open(page, `${server.url}/hermes/tasks/t_refused`);
    await expect.poll(() => refused, { timeout: 15_000 }).toEqual({ shared: 3, task: 3 });
    await expect(page.locator(pulse)).toHaveAttribute("data-state", "live");
    await tell({ id: "t_refused", status: "failed", error: "it broke after all" });
    await expect(page.locator("main")).toContainText("it broke after all");
  });
});
