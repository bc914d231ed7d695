// A page that is about to be opened: asked for while the pointer rests on its link, and never shown older than it is.

import type { Page } from "@playwright/test";
import { names, startLedger } from "./support/ledger";
import { expect, open, test } from "./support/page";
import type { Server } from "./support/server";
import { tellerOf } from "./support/telling";
import { now } from "./support/truth";

let server: Server;
test.beforeEach(async () => {
  server = await startLedger();
});
test.afterEach(() => server?.stop());

const live = (page: Page) => expect(page.locator(".pulse")).toHaveAttribute("data-state", "live");

/** Questions about one thing that the server answered. */
function answers(page: Page, path: string): string[] {
  const answered: string[] = [];
  page.on("requestfinished", (request) => {
    const url = new URL(request.url());
    if (url.pathname === path) answered.push(url.search);
  });
  return answered;
}

test("a task is asked for once, while the pointer rests on its link", async ({ page }) => {
  await open(page, `${server.url}/hermes/tasks`);
  await live(page);
  const answered = answers(page, "/api/ui/task");
  const link = names(page).first();
  const title = await link.innerText();
  await link.hover();
  await expect.poll(() => answered.length).toBe(1);
  await link.click();
  await expect(page.locator(".task-title")).toHaveText(title);
  await expect(page.getByRole("navigation", { name: "Parts of the task" })).toBeVisible();
  expect(answered.length).toBe(1);
});

test("a product is, too", async ({ page }) => {
  await open(page, `${server.url}/hermes/products`);
  await live(page);
  const sheets = answers(page, "/api/ui/product");
  await page.locator(".p-name").first().hover();
  await expect.poll(() => sheets.length).toBe(1);
  await page.locator(".p-name").first().click();
  await expect(page.locator(".ps-name")).toBeVisible();
  expect(sheets.length).toBe(1);
});

test("what happens meanwhile makes it void", async ({ page }) => {
  const tell = await tellerOf(server);
  await tell.tasks({ id: "t_one", title: "The one that moves", status: "running", createdAt: now.toISOString() });
  await open(page, `${server.url}/hermes/tasks?sort=-createdAt`);
  await live(page);
  const answered = answers(page, "/api/ui/task");
  const row = page.getByRole("row", { name: /The one that moves/ });
  const link = names(page).filter({ hasText: "The one that moves" });
  await link.hover();
  await expect.poll(() => answered.length).toBe(1);
  await tell.tasks({ id: "t_one", status: "blocked", blockerReason: "Waits for a key" });
  await expect(row).toContainText("Blocked");
  await link.click();
  await expect(page.locator(".task-head")).toContainText("Blocked");
  expect(answered.length).toBeGreaterThan(1);
});

test("a pointer that passes over asks for nothing", async ({ page }) => {
  await page.clock.install();
  await open(page, `${server.url}/hermes/tasks`);
  await live(page);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.clock.pauseAt(Date.now() + 3_600_000);
  for (let at = 0; at < 5; at += 1) await names(page).nth(at).hover();
  await page.locator(".now").hover();
  await page.clock.runFor(1_000);
  expect(asked.filter((path) => path === "/api/ui/task")).toEqual([]);
});

test("a page's document names the files of its code, so that they are asked for at once", async ({ page }) => {
  await open(page, `${server.url}/hermes/tasks`);
  const links = page.locator('link[rel="preload"][as="fetch"]');
  const named = await links.evaluateAll((links) => links.map((link) => (link as HTMLLinkElement).href));
  const loaded = await page.evaluate(() => performance.getEntriesByType("resource").map((entry) => entry.name));
  // The client itself is the first of them.
  expect(named.length).toBeGreaterThan(1);
  const times = named.map((file) => [file, loaded.filter((url) => url === file).length]);
  expect(times, "each is loaded, and once").toEqual(named.map((file) => [file, 1]));
});
