// The server cannot be reached: what was seen last is shown with its age, never as if it were live.

import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { names, startLedger, tasks } from "./support/ledger";
import { checkAccessible, checkWidth, expect, hydrated, open, test } from "./support/page";
import { root, type Server } from "./support/server";
import { isKept, keeps } from "./support/worker";

// The browser's own notes of what it cannot reach.
test.use({ serviceWorkers: "allow", expectedMessages: [/Failed to load resource|Failed to fetch|net::ERR_/] });

let server: Server;
test.beforeEach(async () => {
  // Servers end and begin, and the browser takes its time to try again.
  test.slow();
  server = await startLedger();
});
test.afterEach(() => server?.stop());

const pulse = (page: Page) => page.locator(".pulse");
const heading = (page: Page) => page.getByRole("heading", { level: 1 });
const later = (hours: number) => new Date(Date.now() + hours * 3_600_000);

test("a page is shown as it was, with its age, and goes on when the server is back @phone", async ({ page }) => {
  await open(page, `${server.url}/hermes/tasks`);
  await isKept(page, "/hermes/tasks");
  const rows = await names(page).allTextContents();
  expect(rows.length).toBeGreaterThan(10);
  await server.halt();
  await page.clock.setFixedTime(later(3));
  await page.reload();
  await hydrated(page);
  await expect(names(page)).toHaveText(rows);
  await expect(pulse(page)).toHaveAttribute("data-state", "stale");
  await expect(pulse(page)).toContainText("Stale since 09:00");
  const notice = page.getByRole("status").filter({ hasText: "Not connected since Fri 20 Nov, 09:00" });
  await expect(notice).toContainText("as of then, 3h ago");
  await expect(page.locator(".now"), "clocks go on from when the page was kept").toContainText("12:00");
  await checkWidth(page);
  await checkAccessible(page);

  await page.clock.setFixedTime(later(30));
  await page.reload();
  await expect(pulse(page), "a time of day alone would be another day's").toContainText("Stale since 20 Nov");
  await checkWidth(page);

  await server.resume();
  await expect(pulse(page)).toHaveAttribute("data-state", "live", { timeout: 20_000 });
  await expect(page.locator("html")).not.toHaveAttribute("data-kept");
  await expect(page.getByText(/^Not connected since/)).toHaveCount(0);
});

test("a page that was never opened says so, and what there is instead", async ({ page }) => {
  await open(page, `${server.url}/hermes/tasks?status=failed`);
  await isKept(page, "/hermes/tasks?status=failed");
  const rail = page.getByRole("navigation", { name: "Main", exact: true });
  await rail.getByRole("link", { name: "Products" }).click();
  await expect(heading(page)).toHaveText("Products");
  // It was reached within the app.
  await isKept(page, "/hermes/products");
  await server.halt();
  await page.goto(`${server.url}/hermes/agents`);
  await expect(heading(page)).toHaveText("Not connected");
  await expect(page.getByRole("region", { name: "This page" })).toContainText("/hermes/agents was not opened here lately");
  await expect(page.getByRole("link", { name: "Try again" })).toBeVisible();
  const kept = page.getByRole("region", { name: "What this browser keeps" });
  await expect(kept.getByRole("listitem")).toHaveCount(2);
  await expect(kept.getByRole("listitem").first()).toContainText(/Products.*as it was less than a minute ago/s);
  await page.setViewportSize({ width: 320, height: 700 });
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await checkWidth(page);
    await checkAccessible(page);
  }
  await page.setViewportSize({ width: 1440, height: 900 });

  await kept.getByRole("link", { name: "Tasks" }).click();
  await hydrated(page);
  await expect(page, "another view of the ledger is another page").toHaveURL(`${server.url}/hermes/tasks?status=failed`);
  await expect(pulse(page)).toHaveAttribute("data-state", "stale");
  // A link within the app leads on in the same way.
  await rail.getByRole("link", { name: "Products" }).click();
  await hydrated(page);
  await expect(heading(page)).toHaveText("Products");
  await expect(page.getByText(/^Not connected since/)).toBeVisible();
  await rail.getByRole("link", { name: "History" }).click();
  await expect(heading(page)).toHaveText("Not connected");

  await server.resume();
  await expect(heading(page)).toHaveText("History", { timeout: 20_000 });
  await expect(pulse(page)).toHaveAttribute("data-state", "live");
});

test("what is being written is not lost when the server comes back", async ({ page }) => {
  const [product] = ((await (await fetch(`${server.url}/api/v1/products?perPage=1`)).json()) as { items: { slug: string }[] }).items;
  const path = `/hermes/products/${product?.slug}`;
  await open(page, server.url + path);
  await isKept(page, path);
  await server.halt();
  await page.reload();
  await hydrated(page);
  await page.getByText("Edit this product").click();
  const owner = page.getByLabel("Owner");
  await owner.fill("Somebody else");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const alert = page.getByRole("alert").filter({ hasText: "No answer" });
  await expect(alert).toContainText("the server could not be reached");
  await expect(owner).toHaveValue("Somebody else");
  await server.resume();
  await expect(pulse(page)).toHaveAttribute("data-state", "live", { timeout: 20_000 });
  await expect(owner).toHaveValue("Somebody else");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page).toHaveURL(/changed=/);
});

test("the answers of a newer server are never hidden, and no page is of two builds", async ({ page }) => {
  await open(page, `${server.url}/hermes`);
  await isKept(page, "/hermes");
  const [before] = (await keeps(page)).builds;
  await server.halt();
  const site = await mkdtemp(join(tmpdir(), "mission-control-site-"));
  await cp(join(root, "target/site"), site, { recursive: true });
  for (const file of ["manifest.json", "offline/files.json"]) {
    const text = JSON.parse(await readFile(join(site, file), "utf8")) as { build: string };
    await writeFile(join(site, file), JSON.stringify({ ...text, build: "newer0" }));
    await Promise.all(["br", "gz"].map((form) => rm(join(site, `${file}.${form}`), { force: true })));
  }
  try {
    await server.resume(["--no-hermes-home", "--site", site]);
    await page.reload();
    await expect(page.locator("html")).toHaveAttribute("data-build", "newer0");
    await expect.poll(async () => (await keeps(page)).builds).toEqual(["mission-control-1-newer0"]);
    expect(before).not.toContain("newer0");
    await isKept(page, "/hermes");
  } finally {
    await server.halt();
    await rm(site, { recursive: true, force: true });
  }
  await page.reload();
  await hydrated(page);
  await expect(page.locator("html")).toHaveAttribute("data-build", "newer0");
  await expect(pulse(page)).toHaveAttribute("data-state", "stale");
});

test("pages are bounded in number, errors and answers of the API are not kept", async ({ page }) => {
  await open(page, `${server.url}/hermes`);
  await isKept(page, "/hermes");
  await page.goto(`${server.url}/hermes/nothing`);
  await hydrated(page);
  const ids = (await tasks(server, "perPage=30")).items.map((task) => `/hermes/tasks/${encodeURIComponent(task.id)}`);
  const visit = (keep: string) =>
    page.evaluate(async (keep) => (await navigator.serviceWorker.ready).active?.postMessage({ keep }), keep);
  await visit("/api/v1/tasks");
  await visit("/hermes?decided=1");
  // Each is kept before the next one is asked for: of pages that are asked for at once, any may come last.
  for (const id of ids) {
    await visit(id);
    await isKept(page, id);
  }
  const { pages, files } = await keeps(page);
  expect(pages.toSorted()).toEqual(ids.slice(-24).toSorted());
  expect(files).toContain("/offline/page.html");
  expect(files.filter((file) => file.startsWith("/api/"))).toEqual([]);
});

test("of pages that were kept at one time, the first ones go first", async ({ page }) => {
  await open(page, `${server.url}/hermes`);
  await isKept(page, "/hermes");
  await page.evaluate(async () => {
    const name = (await caches.keys()).find((name) => name.startsWith("mission-control-")) ?? "";
    const cache = await caches.open(name);
    // In the time to come: what is kept now is older than all of them, and is dropped first.
    const headers = { "x-kept-at": new Date(Date.now() + 60_000).toISOString(), "x-kept-bytes": "1" };
    for (let at = 0; at < 25; at += 1) await cache.put(`/hermes/tasks/${at}`, new Response("", { headers }));
    (await navigator.serviceWorker.ready).active?.postMessage({ keep: "/hermes/agents" });
  });
  const wanted = Array.from({ length: 24 }, (_, at) => `/hermes/tasks/${at + 1}`);
  await expect.poll(async () => (await keeps(page)).pages.toSorted()).toEqual(wanted.toSorted());
});

test("the settings say what is kept, and put an end to it @phone", async ({ page }) => {
  await open(page, `${server.url}/hermes/settings?section=retention`);
  await isKept(page, "/hermes/settings?section=retention");
  const panel = page.locator(".panel", { hasText: "Kept in this browser" });
  await panel.getByRole("button", { name: "Keep none, and delete what is kept" }).click();
  await expect(panel).toContainText("This browser keeps none, since you said so.");
  expect((await keeps(page)).builds).toEqual([]);
  await page.reload();
  await hydrated(page);
  await expect(panel).toContainText("This browser keeps none, since you said so.");
  const installed = () => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length);
  expect(await installed()).toBe(0);
  await checkWidth(page);
  await checkAccessible(page);
  await panel.getByRole("button", { name: "Keep them" }).click();
  await expect(panel).toContainText("This browser keeps them.");
  await isKept(page, "/hermes/settings?section=retention");
});

test("forms that take their page along are not sent to nobody", async ({ page }) => {
  await open(page, `${server.url}/hermes/settings`);
  await page.getByLabel("Recently", { exact: true }).fill("9");
  await server.halt();
  await page.getByRole("button", { name: "Save changes" }).last().click();
  await expect(page.getByRole("alert")).toContainText("No answer: the server could not be reached.");
  await expect(page.getByLabel("Recently", { exact: true })).toHaveValue("9");
  await server.resume();
  await page.getByRole("button", { name: "Save changes" }).last().click();
  await expect(page.getByText("Saved as version 1.")).toBeVisible();
});

test("a view that cannot be saved keeps its name", async ({ page }) => {
  await open(page, `${server.url}/hermes/tasks?status=failed&priority=P1`);
  await page.getByText("Save this view").click();
  const name = page.getByRole("textbox", { name: "Name of the view" });
  await name.fill("Burning");
  await server.halt();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("No answer: the server could not be reached");
  await expect(name).toHaveValue("Burning");
});

test("where a browser has no workers, all else works", async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(Navigator.prototype, "serviceWorker", { value: undefined }));
  await open(page, `${server.url}/hermes/settings?section=retention`);
  await expect(page.locator(".panel", { hasText: "Kept in this browser" })).toContainText("This browser keeps none: scripts are off");
  await page.getByRole("navigation", { name: "Main", exact: true }).getByRole("link", { name: "Tasks" }).click();
  await expect(names(page).first()).toBeVisible();
  await expect(pulse(page)).toHaveAttribute("data-state", "live");
});
