// The attention queue on `/hermes`: what stands in it, deciding about it, and taking that back.

import { blockMore } from "./support/queue";
import { startServer, type Server } from "./support/server";
import { checkAccessible, checkMarked, checkWidth, expect, markDocument, open, test } from "./support/page";
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
  await markDocument(page);
  await queue.locator(".snooze > summary").first().click();
  await checkWidth(page);
  await queue.getByRole("button", { name: "Until something changes" }).first().click();
  await expect(queue.getByRole("status")).toContainText("Snoozed");
  await checkMarked(page);
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
  await items.nth(20).evaluate((item) => item.setAttribute("data-marked", ""));
  const link = queue.getByRole("link", { name: "List 6 more" });
  await link.evaluate((link) => link.scrollIntoView({ block: "center" }));
  await link.focus();
  const scrolled = await page.evaluate(() => scrollY);
  await page.keyboard.press("Enter");
  await expect(items).toHaveCount(30);
  await expect(link).toHaveCount(0);
  await expect(page).toHaveURL(`${server.url}/hermes?queue=all#attention-rest`);
  await expect(items.nth(24).locator(".q-title"), "the focus goes on").toBeFocused();
  await expect(items.nth(20), "what was there stayed").toHaveAttribute("data-marked", "");
  await expect(queue.locator(".q-evidence[open]"), "and is as it was left").toHaveCount(1);
  expect(await page.evaluate(() => scrollY)).toBe(scrolled);
  await expect(queue.locator(".panel-head .count")).toHaveText("30");

  await items.nth(24).getByRole("button", { name: /^Acknowledge/ }).click();
  await expect(queue.getByRole("status")).toContainText("Acknowledged");
  await expect(items, "a decision leaves all of it listed").toHaveCount(30);
  await items.first().getByRole("button", { name: /^Acknowledge/ }).click();
  await expect(page).toHaveURL(/decided=2/);
  await expect(items, "also one about what was there before").toHaveCount(30);
  await page.goBack();
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

test("by single keys alone: moved, opened, acknowledged, snoozed", async ({ page }) => {
  const ts = new Date(now.getTime() - 60_000).toISOString();
  const task = { id: "t_keys", title: "The worst of all", status: "blocked", priority: "P0", blockerReason: "Needs approval to deploy" };
  await server.run(["ingest", "-"], `${JSON.stringify({ id: "keys-0", ts, kind: "task", task })}\n`);
  await open(page, `${server.url}/hermes`);
  const queue = page.getByRole("region", { name: "Founder attention" });
  const items = queue.locator(".queue .q-item");
  const chosen = queue.locator(".q-item[data-focus]");
  await page.keyboard.press("j");
  await expect(items.nth(0).locator(".q-title")).toBeFocused();
  await page.keyboard.press("j");
  await expect(items.nth(1).locator(".q-title")).toBeFocused();
  await expect(chosen).toHaveCount(1);
  await expect(chosen.locator(".q-evidence")).toHaveAttribute("open", "");
  await page.keyboard.press("x");
  await expect(chosen.locator(".q-evidence")).not.toHaveAttribute("open", "");
  await page.keyboard.press("k");
  await expect(items.nth(0).locator(".q-title")).toBeFocused();
  await checkAccessible(page);

  const [first, second] = [await items.nth(0).locator(".q-title").innerText(), await items.nth(1).locator(".q-title").innerText()];
  await expect(items.nth(0).locator(".q-sev")).toHaveText("Critical");
  await page.keyboard.press("a");
  await expect(queue.getByRole("status"), "critical: it asks once more").toHaveCount(0);
  await expect(items.nth(0).getByRole("button", { name: /^Acknowledge/ })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(queue.getByRole("status")).toContainText(`Acknowledged ${first}`);
  await expect(items.nth(0).locator(".q-title"), "the next one comes to its place").toHaveText(second);
  await expect(items.nth(0).locator(".q-title")).toBeFocused();

  await page.keyboard.press("s");
  await expect(items.nth(0).locator(".snooze-choice").first()).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(queue.getByRole("status")).toContainText(`Snoozed ${second}`);
  await expect(items.nth(0).locator(".q-title")).toBeFocused();
});

test("single keys leave fields, modifiers and the setting alone", async ({ page }) => {
  await open(page, `${server.url}/hermes`);
  const queue = page.getByRole("region", { name: "Founder attention" });
  await page.keyboard.press("Alt+j");
  await queue.locator(".resolve > summary").first().click();
  await queue.locator(".resolve[open]").getByRole("textbox").pressSequentially("jas");
  await expect(queue.locator(".resolve[open]").getByRole("textbox")).toHaveValue("jas");
  await expect(queue.locator("[data-focus]")).toHaveCount(0);
  const headers = { "sec-fetch-site": "same-origin", "if-match": '"0"' };
  const off = await page.request.put(`${server.url}/api/v1/settings`, { headers, data: { singleKeyShortcuts: false } });
  expect(off.status(), await off.text()).toBe(200);
  await open(page, `${server.url}/hermes`);
  await page.keyboard.press("j");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(queue.locator("[data-focus]")).toHaveCount(0);
});

test("the focused item stays while others come", async ({ page }) => {
  await open(page, `${server.url}/hermes`);
  await expect(page.locator(".pulse")).toHaveAttribute("data-state", "live");
  const queue = page.getByRole("region", { name: "Founder attention" });
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  const title = await queue.locator("[data-focus] .q-title").innerText();
  const ts = new Date(now.getTime() - 60_000).toISOString();
  const task = { id: "t_new", title: "Comes in above", status: "blocked", priority: "P0", blockerReason: "Needs approval to deploy" };
  await server.run(["ingest", "-"], `${JSON.stringify({ id: "keys-1", ts, kind: "task", task })}\n`);
  await expect(queue).toContainText("Comes in above");
  await expect(queue.locator("[data-focus] .q-title")).toHaveText(title);
  await expect(queue.locator("[data-focus] .q-title")).toBeFocused();
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
