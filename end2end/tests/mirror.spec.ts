// The ledger in the tab's memory: the server's answers, without asking the server.

import type { Page } from "@playwright/test";
import { startLedger } from "./support/ledger";
import { expect, open, symbols, test } from "./support/page";
import type { Server } from "./support/server";
import { tellerOf, type Row, type Teller } from "./support/telling";
import { now } from "./support/truth";

let server: Server;
let teller: Teller;
let tell: (task: Row) => Promise<void>;

test.beforeAll(async () => {
  server = await startLedger();
  teller = await tellerOf(server);
  tell = teller.tasks;
});
test.afterAll(() => server?.stop());

const found = ".f-found";
const held = async (page: Page, state = "ready"): Promise<void> =>
  await expect(page.locator("html")).toHaveAttribute("data-mirror", state);

/** The tasks that are shown, by their links, and what is said of how many were found. */
const shown = async (page: Page): Promise<string[]> => {
  const links = page.locator("table.ledger a.cell-main");
  const hrefs = await links.evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
  return [await page.locator(`${found} b`).innerText(), ...hrefs];
};

/** Every element of the rows with all its attributes and its own text; how long ago something was goes on meanwhile. */
const anatomy = async (page: Page): Promise<string[]> => {
  const told = await page.locator("tr.t-card, tr.t-card *").evaluateAll((elements) =>
    elements.map((element) => {
      // The server says `class=""` where there is none.
      const said = [...element.attributes].filter(({ name, value }) => name !== "class" || value !== "");
      const attributes = said.map(({ name, value }) => `${name}="${value}"`).sort();
      const texts = [...element.childNodes].filter((node) => node instanceof Text).map((node) => node.data);
      return [element.tagName, ...attributes, element.matches("time") ? "" : texts.join("")].join(" ");
    }),
  );
  return told.map(symbols);
};

/** Every question that the page asks of the server from now on, but for its stream. */
const questions = (page: Page): string[] => {
  const asked: string[] = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith("/api/")) asked.push(pathname);
  });
  return asked;
};

test("search, chips, orders and pages are answered without a request, as the server answers @phone", async ({ page }) => {
  await open(page, `${server.url}/hermes/tasks`);
  await held(page);
  await expect(page.locator(".pulse")).toHaveAttribute("data-state", "live");
  const asked = questions(page);
  const steps = ["?status=failed", "?status=failed&sort=-durationMs", "?q=deploy", "?sort=title&page=2", "?from=2026-11-12&to=2026-11-18&priority=P1"];
  for (const step of steps) {
    await page.evaluate((href) => {
      const link = document.createElement("a");
      link.href = href;
      document.querySelector("main")?.append(link);
      link.click();
      link.remove();
    }, `/hermes/tasks${step}`);
    await expect(page).toHaveURL(new RegExp(`${step.replace("?", "\\?")}$`));
    await expect(page.locator(found), step).toContainText("in this browser");
    const other = await page.context().newPage();
    await other.goto(`${server.url}/hermes/tasks${step}`);
    const there = await shown(other);
    // The rows of the step before stand until these are there.
    await expect.poll(() => shown(page), { message: step }).toEqual(there);
    // What is told of a row when it is painted, and what cannot be seen of it, is as if it had been made for this task.
    const made = await anatomy(other);
    await expect.poll(() => anatomy(page), { message: step }).toEqual(made);
    expect(asked, step).toEqual([]);
    await other.close();
  }
});

test("a search is answered with each key, and the address follows", async ({ page }) => {
  await open(page, `${server.url}/hermes/tasks`);
  await held(page);
  await expect(page.locator(".pulse")).toHaveAttribute("data-state", "live");
  const asked = questions(page);
  const field = page.getByRole("searchbox", { name: "Search tasks" });
  await field.pressSequentially("deploy");
  await expect(page).toHaveURL(/q=deploy$/);
  await expect(page.locator(found)).toContainText("in this browser");
  await expect(field).toBeFocused();
  await page.getByRole("link", { name: /^Failed/ }).first().click();
  await expect(page).toHaveURL(/status=failed/);
  expect(asked).toEqual([]);
});

test("what happens is folded in, and nothing is asked for it", async ({ page }) => {
  await open(page, `${server.url}/hermes/tasks?q=quetzal`);
  await held(page);
  await expect(page.locator(".pulse")).toHaveAttribute("data-state", "live");
  const asked = questions(page);
  await tell({ id: "t_quetzal", title: "Feed the quetzal", status: "running", createdAt: now.toISOString() });
  const row = page.getByRole("row", { name: /Feed the quetzal/ });
  await expect(row).toContainText("Running");
  await tell({ id: "t_quetzal", status: "completed", completedAt: now.toISOString() });
  await expect(row).toContainText("Completed");
  expect(asked.filter((path) => path.startsWith("/api/ui/tasks"))).toEqual([]);
});

test("the palette finds tasks without a request", async ({ page }) => {
  await open(page, `${server.url}/hermes/agents`);
  await held(page);
  await expect(page.locator(".pulse")).toHaveAttribute("data-state", "live");
  await page.keyboard.press("Control+k");
  const asked = questions(page);
  await page.getByRole("combobox").fill("deploy");
  await expect(page.getByRole("group", { name: "Tasks" }).getByRole("option").first()).toBeVisible();
  expect(asked.filter((path) => path.startsWith("/api/ui/palette/tasks"))).toEqual([]);
});

test("a task that is opened has its head at once, and the rest when the server has told it", async ({ page }) => {
  await open(page, `${server.url}/hermes/tasks?status=failed`);
  await held(page);
  await expect(page.locator(".pulse")).toHaveAttribute("data-state", "live");
  let tellAll = (): void => undefined;
  const told = new Promise<void>((resolve) => {
    tellAll = resolve;
  });
  await page.route("**/api/ui/task?**", async (route) => {
    await told;
    await route.continue();
  });
  const link = page.locator("table.ledger a.cell-main").first();
  const title = (await link.innerText()).trim();
  await link.click();
  await expect(page.locator(".task-head .task-title")).toHaveText(title);
  await expect(page.locator(".task-head")).toContainText("Failed");
  await expect(page.getByRole("navigation", { name: "Parts of the task" })).toHaveCount(0);
  tellAll();
  await expect(page.getByRole("navigation", { name: "Parts of the task" })).toBeVisible();
  await expect(page.locator(".task-head .task-title")).toHaveText(title);
});

test("what is asked in descriptions, events and logs is asked of the server", async ({ page }) => {
  await open(page, `${server.url}/hermes/tasks?q=deploy`);
  await held(page);
  await page.getByRole("link", { name: "Search descriptions, events and logs too" }).first().click();
  await expect(page).toHaveURL(/in=everything/);
  await expect(page.locator(found)).toBeVisible();
  await expect(page.locator(found)).not.toContainText("in this browser");
});

test("a product that gets another name has it in the ledger at once", async ({ page }) => {
  await open(page, `${server.url}/hermes/tasks?product=prod_000`);
  await held(page);
  await teller.product({ id: "prod_000", name: "Orchard, renamed" });
  await expect(page.locator("table.ledger tbody tr").first()).toContainText("Orchard, renamed");
});

test("in another time zone the moments are told anew", async ({ page, context }) => {
  await open(page, `${server.url}/hermes/tasks`);
  await held(page);
  const made = page.locator("table.ledger td[data-col=created] time").first();
  const [at, before] = await Promise.all([made.getAttribute("datetime"), made.getAttribute("title")]);
  expect(before).toMatch(/UTC$/);
  const executive = await context.newPage();
  await open(executive, `${server.url}/hermes`);
  const last = executive.locator("main time[title$=UTC]").first();
  await expect(last).toBeAttached();
  const moment = executive.locator(`main time[datetime="${await last.getAttribute("datetime")}"]`).first();
  const elsewhere = await context.newPage();
  const zone = async (name: string) => {
    await open(elsewhere, `${server.url}/hermes/settings`);
    await elsewhere.getByLabel("Time zone").fill(name);
    await elsewhere.getByRole("button", { name: "Save changes" }).last().click();
    await expect(elsewhere.getByRole("status").filter({ hasText: "Saved as version" })).toBeVisible();
  };
  await zone("Asia/Tokyo");
  await expect(made).not.toHaveAttribute("title", before ?? "");
  await expect(made, "it is the same moment").toHaveAttribute("datetime", at ?? "");
  await expect(moment).toHaveAttribute("title", /JST|\+0?9/);
  await zone("UTC");
  await expect(made).toHaveAttribute("title", before ?? "");
});

test("more tasks than a browser holds: the page says so, and the server looks", async ({ page }) => {
  await page.route("**/api/v1/mirror", async (route) => {
    const answer = await route.fetch();
    const manifest = (await answer.json()) as Record<string, unknown>;
    await route.fulfill({ response: answer, json: { ...manifest, complete: false, chunks: [] } });
  });
  await open(page, `${server.url}/hermes/tasks`);
  await held(page, "beyond");
  await page.getByRole("link", { name: /^Failed/ }).first().click();
  await expect(page.locator(found)).toContainText("more than the 200,000 that a browser holds, so the server looks");
});

test("what is to be read anew while it is read is read anew", async ({ page }) => {
  let go = (): void => undefined;
  const held_back = new Promise<void>((resolve) => (go = resolve));
  let asked = (): void => undefined;
  const begun = new Promise<void>((resolve) => (asked = resolve));
  const manifests: number[] = [];
  await page.route("**/api/v1/mirror", async (route) => {
    const answer = await route.fetch();
    manifests.push(((await answer.json()) as { seq: number }).seq);
    await route.fulfill({ response: answer });
  });
  await page.route("**/api/v1/mirror/fresh*", async (route) => {
    // What it holds is as of now, from before the task is told.
    const answer = await route.fetch();
    asked();
    await held_back;
    await route.fulfill({ response: answer });
  });
  let streams = 0;
  await page.route("**/api/v1/live?*", async (route) => {
    streams += 1;
    if (streams > 1) return await route.continue();
    await begun;
    await tell({ id: "t_tapir", title: "Feed the tapir", status: "running", createdAt: now.toISOString() });
    const { seq } = (await (await page.request.get(`${server.url}/api/v1/mirror`)).json()) as { seq: number };
    await route.fulfill({ contentType: "text/event-stream", body: `event: resync\nid: ${seq}\ndata: {"seq":${seq}}\n\n` });
  });
  await open(page, `${server.url}/hermes/tasks?q=tapir`);
  await expect.poll(() => streams, "the stream goes on after it").toBeGreaterThan(1);
  await expect(page.getByRole("row", { name: /Feed the tapir/ }), "the server tells it meanwhile").toBeVisible();
  go();
  await held(page);
  expect(manifests.length, "it was begun anew").toBeGreaterThan(1);
  expect(manifests.at(-1)).toBeGreaterThan(manifests[0]!);
  await page.getByRole("searchbox", { name: "Search tasks" }).fill("feed the tapir");
  await expect(page.locator(found)).toContainText("in this browser");
  await expect(page.getByRole("row", { name: /Feed the tapir/ })).toContainText("Running");
});

test("what cannot be read is not held: the server answers", async ({ page }) => {
  await page.route("**/api/v1/mirror/fresh*", (route) => route.fulfill({ body: "no chunk at all" }));
  await open(page, `${server.url}/hermes/tasks`);
  const field = page.getByRole("searchbox", { name: "Search tasks" });
  await field.fill("deploy");
  await expect(page).toHaveURL(/q=deploy$/);
  await expect(page.locator(found)).not.toContainText("in this browser");
  await expect(page.locator("table.ledger tbody tr").first()).toBeVisible();
  await expect(page.locator("html")).not.toHaveAttribute("data-mirror", "ready");
});
