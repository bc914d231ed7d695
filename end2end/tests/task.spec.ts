// `/hermes/tasks/<id>`: one task, its tabs, its log and what it taught.

import { task } from "./support/task";
import { startServer, type Server } from "./support/server";
import { tellerOf } from "./support/telling";
import { checkAccessible, checkMarked, checkWidth, expect, hydrated, markDocument, open, test } from "./support/page";

let server: Server;
const page1 = () => `${server.url}/hermes/tasks/t_1`;

test.beforeAll(async () => {
  server = await startServer({ args: ["--no-hermes-home"], env: { MISSION_CONTROL_NOW: "2026-11-20T09:00:00Z" } });
  const told = await server.run(["ingest", "-"], task());
  expect(told.code, told.stderr).toBe(0);
});
test.afterAll(() => server?.stop());

test("tabs have addresses, and back and forward lead through them @phone", async ({ page }) => {
  await open(page, page1());
  await expect(page).toHaveTitle(/^Mend <b>tax<\/b> rounding · /);
  await expect(page.getByRole("heading", { level: 2, name: "Mend <b>tax</b> rounding" })).toBeVisible();
  const tabs = page.getByRole("navigation", { name: "Parts of the task" });
  await expect(tabs.getByRole("link", { name: /^Timeline/ })).toHaveAttribute("aria-current", "page");
  await markDocument(page);
  await tabs.getByRole("link", { name: "Execution" }).click();
  await expect(page).toHaveURL(/tab=execution$/);
  await expect(page.getByRole("region", { name: "Commands" })).toContainText("cargo nextest run");
  await tabs.getByRole("link", { name: "Logs" }).click();
  await expect(page.getByRole("region", { name: "Lines of the log" })).toContainText("line 1 of a long output");
  await tabs.getByRole("link", { name: "Learning" }).click();
  await expect(page.getByRole("region", { name: "Recurring issue" })).toContainText("timeout of * exceeded");
  await page.goBack();
  await expect(page).toHaveURL(/tab=logs$/);
  await expect(page.getByRole("region", { name: "Lines of the log" })).toBeVisible();
  await page.goForward();
  await expect(page.getByRole("region", { name: "Recurring issue" })).toBeVisible();
  await checkMarked(page);
  await page.reload();
  await hydrated(page);
  await expect(page.getByRole("region", { name: "Recurring issue" })).toContainText("at 2 tasks, over 2 products");
  await page.getByRole("link", { name: "The other one" }).first().click();
  await expect(page.getByRole("heading", { level: 2, name: "The other one" })).toBeVisible();
});

test("the timeline is paged, and says where one is", async ({ page }) => {
  await open(page, page1());
  const timeline = page.getByRole("region", { name: "Timeline" });
  await expect(timeline).toContainText("1 – 200 of");
  await expect(timeline.getByRole("listitem")).toHaveCount(200);
  await timeline.getByRole("link", { name: "Problems" }).click();
  await expect(timeline.getByRole("listitem")).toHaveCount(2);
  const failed = timeline.locator("details.cmd");
  await expect(failed).toHaveAttribute("open");
  await expect(failed.locator("pre")).toContainText("FAIL tax::rounds_negative_half");
  await failed.locator("summary").click();
  await expect(failed).not.toHaveAttribute("open");
});

test("the log is searched from match to match", async ({ page }) => {
  await open(page, `${page1()}?tab=logs`);
  await page.getByRole("searchbox", { name: "Find in the log" }).fill("OUTPUT");
  await page.getByRole("searchbox", { name: "Find in the log" }).press("Enter");
  await hydrated(page);
  // Not any status: the pulse says "as of 09:00" until the stream is there.
  const found = page.locator(".log-bar").getByRole("status");
  await expect(found).toHaveText("1 of 1,200");
  await page.getByRole("link", { name: "Next match" }).click();
  await expect(found).toHaveText("2 of 1,200");
  await expect(page.locator("[data-here] mark")).toHaveText("output");
  await expect(page.locator("[data-here]")).toBeInViewport();
});

test("a level is chosen by a link, and a line has an address of its own", async ({ page }) => {
  await open(page, `${page1()}?tab=logs`);
  await page.getByRole("navigation", { name: "Levels" }).getByRole("link", { name: /^Error/ }).click();
  await expect(page).toHaveURL(/level=error/);
  await expect(page.locator(".ln:not([data-level=error])")).toHaveCount(0);
  await open(page, `${page1()}?tab=logs#L900`);
  await expect(page.locator("#L900"), "the page that has it is opened").toBeInViewport();
  await page.reload();
  await hydrated(page);
  await expect(page.locator("#L900")).toBeInViewport();
});

test("who follows the log stays at its end while lines come @phone", async ({ page }) => {
  await open(page, `${page1()}?tab=logs`);
  const teller = await tellerOf(server);
  let told = 0;
  /** Several lines at once: more than would fit without going on. */
  const lines = async () => {
    const some = Array.from({ length: 8 }, () => {
      told += 1;
      const timestamp = `2026-11-20T08:${String(told).padStart(2, "0")}:00Z`;
      return { id: `e_told_${told}`, taskId: "t_1", timestamp, level: "info", eventType: "tool-called", message: `told later, ${told}.` };
    });
    await teller.event(...some);
    return page.locator(".ln").filter({ hasText: `told later, ${told}.` });
  };
  await page.getByRole("link", { name: "Follow", exact: true }).click();
  await expect(page.getByRole("link", { name: "Following" })).toHaveAttribute("aria-current", "true");
  for (let n = 0; n < 3; n += 1) {
    await expect(await lines()).toBeInViewport();
    await expect(page.locator("#end")).toBeInViewport();
  }
  // Who goes up to read something is left there.
  await page.evaluate(() => scrollTo(0, 0));
  const unseen = await lines();
  await expect(unseen).toBeAttached();
  await expect(unseen).not.toBeInViewport();
  await page.getByRole("link", { name: "Following" }).click();
  await expect(page.getByRole("link", { name: "Follow", exact: true })).toBeVisible();
});

test("what needs the founder is decided on the page and taken back @phone", async ({ page }) => {
  await open(page, `${server.url}/hermes/tasks/t_blocked?tab=execution`);
  const needs = page.getByRole("region", { name: "Needs you" });
  await expect(needs).toContainText("No key");
  await needs.getByRole("button", { name: /^Acknowledge/ }).click();
  await expect(page).toHaveURL(/\/hermes\/tasks\/t_blocked\?tab=execution&decided=\d+/);
  await expect(page.getByRole("status").filter({ hasText: "Acknowledged" })).toBeVisible();
  await needs.getByRole("button", { name: /^Undo/ }).click();
  await expect(needs.getByRole("button", { name: /^Acknowledge/ })).toBeVisible();
});

test("any character may stand in an id", async ({ page }) => {
  await open(page, `${server.url}/hermes/tasks/${encodeURIComponent("a/b?c#d é%<b>")}`);
  await expect(page.getByRole("heading", { level: 2, name: "An odd id" })).toBeVisible();
  await page.getByRole("navigation", { name: "Parts of the task" }).getByRole("link", { name: "Logs" }).click();
  await expect(page.getByRole("region", { name: "Log", exact: true })).toContainText("The log is empty");
});

test.describe("a task that nobody named", () => {
  test.use({ expectedMessages: [/404/] });
  test("answers 404 with ways on", async ({ page }) => {
    const answer = await page.goto(`${server.url}/hermes/tasks/none`);
    expect(answer?.status()).toBe(404);
    await hydrated(page);
    await expect(page.getByRole("region", { name: "No such task" })).toContainText("No task of that name is known");
    await page.getByRole("link", { name: "All tasks" }).click();
    await expect(page).toHaveURL(/\/hermes\/tasks$/);
  });
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`accessible and 320 px wide in ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    for (const tab of ["timeline&show=problems", "execution", "logs&q=output&level=error", "learning"]) {
      for (const width of [320, 834, 1440]) {
        await page.setViewportSize({ width, height: 800 });
        await open(page, `${page1()}?tab=${tab}`);
        await checkWidth(page);
      }
      await checkAccessible(page);
      await page.setViewportSize({ width: 320, height: 800 });
      await checkAccessible(page);
    }
  });
}
