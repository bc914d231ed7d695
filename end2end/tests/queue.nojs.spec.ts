// The attention queue where no script runs: its forms are plain ones.

import { expect, test } from "@playwright/test";
import { blockMore } from "./support/queue";
import { startServer, type Server } from "./support/server";
import { now, recording } from "./support/truth";

let server: Server;

test.beforeEach(async () => {
  server = await startServer({ args: ["--no-hermes-home"], env: { MISSION_CONTROL_NOW: now.toISOString() } });
  const { code, stderr } = await server.run(["ingest", recording]);
  expect(code, stderr).toBe(0);
});
test.afterEach(() => server?.stop());

test("an item is snoozed and brought back by plain forms", async ({ page }) => {
  await page.goto(`${server.url}/hermes`);
  const queue = page.getByRole("region", { name: "Founder attention" });
  const title = (await queue.locator(".queue .q-title").first().textContent()) ?? "";
  const shown = queue.locator(".queue .q-title").filter({ hasText: title });
  const before = await shown.count();
  await queue.locator(".snooze > summary").first().click();
  await queue.getByRole("button", { name: "Until something changes" }).first().click();
  await expect(page).toHaveURL(`${server.url}/hermes?decided=1#attention`);
  const notice = queue.getByRole("status");
  await expect(notice).toContainText("Snoozed");
  await expect(notice).toContainText(title);
  await expect(shown).toHaveCount(before - 1);
  await notice.getByRole("button", { name: `Undo: ${title}` }).click();
  await expect(queue.getByRole("status")).toContainText("Undone");
  await expect(shown).toHaveCount(before);
});

test("what is not listed at first is a link away", async ({ page }) => {
  await blockMore(server, 6);
  await page.goto(`${server.url}/hermes`);
  const queue = page.getByRole("region", { name: "Founder attention" });
  const items = queue.locator(".q-item");
  await expect(items).toHaveCount(24);
  await queue.getByText("21 more", { exact: true }).click();
  await queue.getByRole("link", { name: "List 6 more" }).click();
  await expect(page).toHaveURL(`${server.url}/hermes?queue=all#attention-rest`);
  await expect(items).toHaveCount(30);
  await expect(items.nth(24), "it goes on where it ended").toBeInViewport();
  await items.last().getByRole("button", { name: /^Acknowledge/ }).click();
  await expect(page).toHaveURL(`${server.url}/hermes?queue=all&decided=1#attention`);
  await expect(items).toHaveCount(30);
});

test("evidence and what was put aside open without scripts", async ({ page }) => {
  await page.goto(`${server.url}/hermes`);
  const queue = page.getByRole("region", { name: "Founder attention" });
  await queue.locator(".q-evidence > summary").first().click();
  await expect(queue.locator(".q-evidence[open]").first().locator(".q-why, .q-rows").first()).toBeVisible();
  await queue.locator(".resolve > summary").first().click();
  const opened = queue.locator(".resolve[open]");
  await opened.getByLabel(/^How was it resolved/).fill("Done by hand");
  await opened.getByRole("button", { name: /^Resolve/ }).click();
  await queue.getByText("1 resolved").click();
  await expect(queue.locator(".q-aside")).toContainText("Done by hand");
});
