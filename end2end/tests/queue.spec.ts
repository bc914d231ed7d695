// The attention queue on `/hermes`: what stands in it, deciding about it, and taking that back.

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

test("an acknowledged item stays, says by whom, and comes last", async ({ page }) => {
  await open(page, `${server.url}/hermes`);
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
