// The attention queue on `/hermes`: what stands in it, deciding about it, and taking that back.

import { blockMore } from "./support/queue";
import { startServer, type Server } from "./support/server";
import { checkAccessible, checkWidth, expect, open, test } from "./support/page";
import { now, recording } from "./support/truth";

let server: Server;

test.beforeEach(async () => {
  server = await startServer({ args: ["--no-hermes-home"], env: { MISSION_CONTROL_NOW: now.toISOString() } });
  const { code, stderr } = await server.run(["ingest", recording]);
  expect(code, stderr).toBe(0);
});
test.afterEach(() => server?.stop());

test("a snoozed item goes, and Undo brings it back @phone", async ({ page }) => {
  await open(page, `${server.url}/hermes`);
  const queue = page.getByRole("region", { name: "Founder attention" });
  const title = (await queue.locator(".queue .q-title").first().textContent()) ?? "";
  const shown = queue.locator(".queue .q-title").filter({ hasText: title });
  const before = await shown.count();
  await page.evaluate(() => document.documentElement.setAttribute("data-kept", ""));
  await queue.locator(".snooze > summary").first().click();
  await checkWidth(page);
  await queue.getByRole("button", { name: "Until something changes" }).first().click();
  await expect(queue.getByRole("status")).toContainText("Snoozed");
  await expect(page.locator("html"), "the page was not loaded again").toHaveAttribute("data-kept", "");
  await expect(shown).toHaveCount(before - 1);
  await expect(queue.getByText("1 snoozed")).toBeVisible();
  await queue.getByRole("status").getByRole("button", { name: `Undo: ${title}` }).click();
  await expect(queue.getByRole("status")).toContainText("Undone");
  await expect(shown).toHaveCount(before);
});

test("a resolution needs a note", async ({ page }) => {
  await open(page, `${server.url}/hermes`);
  const queue = page.getByRole("region", { name: "Founder attention" });
  await queue.locator(".resolve > summary").first().click();
  const form = queue.locator(".resolve[open]");
  await form.getByRole("button", { name: /^Resolve/ }).click();
  await expect(form.getByRole("textbox")).toBeFocused();
  await expect(page).toHaveURL(`${server.url}/hermes`);
  await form.getByRole("textbox").fill("Put the key in");
  await form.getByRole("button", { name: /^Resolve/ }).click();
  await expect(queue.getByRole("status")).toContainText("Resolved");
  await queue.getByText("1 resolved").click();
  await expect(queue.locator(".q-aside")).toContainText("Put the key in");
});

test("what is not listed at first takes the place of its link, and nothing else moves", async ({ page }) => {
  await blockMore(server, 6);
  await open(page, `${server.url}/hermes`);
  const queue = page.getByRole("region", { name: "Founder attention" });
  const items = queue.locator(".q-item");
  await expect(queue.locator(".panel-head .count")).toHaveText("30");
  await expect(items).toHaveCount(24);
  await queue.getByText("21 more", { exact: true }).click();
  await queue.locator(".q-evidence > summary").first().click();
  await items.nth(20).evaluate((item) => item.setAttribute("data-kept", ""));
  const link = queue.getByRole("link", { name: "List 6 more" });
  await link.evaluate((link) => link.scrollIntoView({ block: "center" }));
  await link.focus();
  const scrolled = await page.evaluate(() => scrollY);
  await page.keyboard.press("Enter");
  await expect(items).toHaveCount(30);
  await expect(link).toHaveCount(0);
  await expect(page).toHaveURL(`${server.url}/hermes?queue=all#attention-rest`);
  await expect(items.nth(24).locator(".q-title"), "the focus goes on").toBeFocused();
  await expect(items.nth(20), "what was there stayed").toHaveAttribute("data-kept", "");
  await expect(queue.locator(".q-evidence[open]"), "and is as it was left").toHaveCount(1);
  expect(await page.evaluate(() => scrollY)).toBe(scrolled);
  await expect(queue.locator(".panel-head .count")).toHaveText("30");

  await items.nth(24).getByRole("button", { name: /^Acknowledge/ }).click();
  await expect(queue.getByRole("status")).toContainText("Acknowledged");
  await expect(items, "a decision leaves all of it listed").toHaveCount(30);
  await page.goBack();
  await page.goBack();
  await expect(items).toHaveCount(24);
});

test("all of it is there on a hard load @phone", async ({ page }) => {
  await blockMore(server, 6);
  await open(page, `${server.url}/hermes?queue=all#attention-rest`);
  const queue = page.getByRole("region", { name: "Founder attention" });
  await expect(queue.locator(".q-item")).toHaveCount(30);
  await expect(queue.locator(".q-item").nth(24)).toBeInViewport();
  await checkWidth(page);
  await checkAccessible(page);
});

test("an acknowledged item stays, says by whom, and comes last", async ({ page }) => {
  await open(page, `${server.url}/hermes?queue=all`);
  const queue = page.getByRole("region", { name: "Founder attention" });
  const count = await queue.locator(".q-item").count();
  await queue.getByRole("button", { name: /^Acknowledge/ }).first().click();
  await expect(queue.getByRole("status")).toContainText("Acknowledged");
  await expect(queue.locator(".q-item")).toHaveCount(count);
  await expect(queue.locator(".q-item").last()).toContainText("by founder");
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`accessible and 320 px wide in ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.setViewportSize({ width: 320, height: 800 });
    await open(page, `${server.url}/hermes`);
    const queue = page.getByRole("region", { name: "Founder attention" });
    await queue.locator(".q-evidence > summary").first().click();
    await queue.locator(".resolve > summary").first().click();
    await checkWidth(page);
    await checkAccessible(page);
  });
}
