// `/hermes/audit`: what the founder decided, by whom and when, and taking it back.

import { decide } from "./support/decisions";
import { startServer, type Server } from "./support/server";
import { checkAccessible, checkMarked, checkWidth, expect, hydrated, markDocument, open, test } from "./support/page";

let server: Server;

test.beforeEach(async () => {
  server = await startServer({ args: ["--no-hermes-home"] });
});
test.afterEach(() => server?.stop());

test("an empty log says what will stand in it @phone", async ({ page }) => {
  await open(page, `${server.url}/hermes/audit`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Audit log");
  await expect(page).toHaveTitle("Audit log · Hermes Mission Control");
  await expect(page.getByRole("region", { name: "Decisions" })).toContainText("Nothing was decided yet");
  await checkWidth(page);
  await checkAccessible(page);
});

test("a decision is told and taken back without leaving the page @phone", async ({ page, request }) => {
  await decide(server, request, { item: "task:t_1", title: "Deploy the site", kind: "acknowledged" });
  await decide(server, request, {
    item: "job:j_1:missed",
    title: "Nightly <b>audit</b>",
    kind: "resolved",
    note: "Ran it by hand",
  });
  await open(page, `${server.url}/hermes/audit`);
  const log = page.getByRole("region", { name: "Decisions" });
  const rows = log.getByRole("listitem");
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toContainText("Resolved");
  await expect(rows.first()).toContainText("Nightly <b>audit</b>");
  await expect(rows.first()).toContainText("Ran it by hand");
  await expect(rows.first()).toContainText("by founder");
  await expect(rows.first().locator("time").first()).toHaveAttribute("title", /^\d+ \w+ \d{4}, \d\d:\d\d:\d\d/);
  await expect(rows.nth(1).getByRole("link", { name: "Deploy the site" })).toHaveAttribute("href", "/hermes/tasks/t_1");

  await markDocument(page);
  await rows.first().getByRole("button", { name: "Undo: Nightly <b>audit</b>" }).click();
  await expect(page).toHaveURL(/decided=3/);
  await checkMarked(page);
  await expect(page.getByRole("status").filter({ hasText: "Undone" })).toContainText("Nightly <b>audit</b>");
  await expect(rows).toHaveCount(3);
  await expect(rows.first()).toContainText("took back no. 2");
  await expect(rows.nth(1)).toContainText("by founder");
  await expect(rows.nth(1).getByRole("button")).toHaveCount(0);
  await checkWidth(page);
  await checkAccessible(page);
});

test.describe("on a page that does not hear of it", () => {
  // The browser's own note of the stream that it cannot reach.
  test.use({ expectedMessages: [/net::ERR_FAILED/] });
  test("undoing what is not in force any more is told, and changes nothing", async ({ page, request }) => {
    const id = await decide(server, request, { item: "task:t_1", title: "Deploy", kind: "acknowledged" });
    await page.route("**/api/v1/live*", (route) => route.abort());
    await open(page, `${server.url}/hermes/audit`);
    const elsewhere = { headers: { "sec-fetch-site": "same-origin" } };
    await request.post(`${server.url}/api/v1/attention/decisions/${id}/undo`, elsewhere);
    await page.getByRole("button", { name: "Undo: Deploy" }).click();
    // The row shows what became of it, so its form is gone: what was refused is told above the page.
    await expect(page.getByRole("alert")).toContainText("Nothing was changed");
    await expect(page.getByRole("listitem").filter({ hasText: "took back" })).toHaveCount(1);
  });
});

test("the pages of a long log are links @phone", async ({ page, request }) => {
  for (let number = 1; number <= 30; number++) {
    await decide(server, request, { item: `job:j_${number}:missed`, title: `Job ${number}`, kind: "acknowledged" });
  }
  await open(page, `${server.url}/hermes/audit`);
  const rows = page.getByRole("region", { name: "Decisions" }).getByRole("listitem");
  await expect(rows).toHaveCount(25);
  await page.getByRole("link", { name: "Older" }).click();
  await expect(rows).toHaveCount(5);
  await expect(rows.last()).toContainText("Job 1");
  await page.reload();
  await hydrated(page);
  await expect(rows).toHaveCount(5);
  await page.getByRole("link", { name: "Newer" }).click();
  await expect(rows.first()).toContainText("Job 30");
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`accessible and 320 px wide in ${colorScheme}`, async ({ page, request }) => {
    const long = "A title without a place to break: ".concat("x".repeat(120));
    const until = new Date(Date.now() + 86_400_000).toISOString();
    await decide(server, request, { item: `task:${"t".repeat(200)}`, title: long, kind: "snoozed", until });
    await decide(server, request, { item: "task:t_2", title: "Deploy", kind: "resolved", note: "y".repeat(500) });
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    for (const width of [320, 834, 1440]) {
      await page.setViewportSize({ width, height: 800 });
      await open(page, `${server.url}/hermes/audit?decided=1`);
      await checkWidth(page);
    }
    await page.setViewportSize({ width: 320, height: 800 });
    await checkAccessible(page);
  });
}

test.describe("when the server is gone", () => {
  test.use({ expectedMessages: [/Failed to load resource/] });
  test("the page and the forms say so", async ({ page, request }) => {
    await decide(server, request, { item: "task:t_1", title: "Deploy", kind: "acknowledged" });
    await open(page, `${server.url}/hermes/audit`);
    await page.route("**/api/ui/**", (route) => route.abort());
    await page.getByRole("button", { name: "Undo: Deploy" }).click();
    await expect(page.getByRole("alert")).toContainText("No answer: the server could not be reached");
    await page.getByRole("link", { name: "Agents", exact: true }).first().click();
    const untold = page.getByRole("alert").filter({ hasText: "Undo: Deploy" });
    await expect(untold, "it is told where the form is gone").toContainText("No answer");
    await page.getByRole("link", { name: "Audit log", exact: true }).first().click();
    const log = page.getByRole("alert").filter({ hasText: "The audit log did not load" });
    await expect(log).toContainText("ERR-CONNECTION");
  });
});
