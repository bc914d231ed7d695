// `/hermes/tasks/<id>` where no script runs: tabs, filters and search are links and forms.

import { expect, test } from "@playwright/test";
import { task } from "./support/task";
import { startServer, type Server } from "./support/server";

let server: Server;

test.beforeAll(async () => {
  server = await startServer({ args: ["--no-hermes-home"], env: { MISSION_CONTROL_NOW: "2026-11-20T09:00:00Z" } });
  await server.run(["ingest", "-"], task());
});
test.afterAll(() => server?.stop());

test("each tab reads in full", async ({ page }) => {
  await page.goto(`${server.url}/hermes/tasks/t_1`);
  const tabs = page.getByRole("navigation", { name: "Parts of the task" });
  await expect(page.getByRole("region", { name: "Timeline" })).toContainText("1 – 200 of");
  await page.getByRole("navigation", { name: "Pages of the timeline" }).getByRole("link", { name: "Later" }).click();
  await expect(page.getByRole("region", { name: "Timeline" })).toContainText("201 –");
  await tabs.getByRole("link", { name: "Execution" }).click();
  await expect(page.getByRole("region", { name: "Attempts" })).toContainText("estimated");
  await tabs.getByRole("link", { name: "Logs" }).click();
  await page.getByRole("searchbox", { name: "Find in the log" }).fill("line 700 ");
  await page.getByRole("button", { name: "Find" }).click();
  await expect(page.locator("[data-here]")).toContainText("line 700 of a long output");
  await expect(page.locator("[data-here]"), "the page that has it, at the line").toBeInViewport();
  await page.getByRole("link", { name: "Clear" }).click();
  await page.getByRole("link", { name: "Last", exact: true }).click();
  await expect(page.locator(".ln").last()).toContainText("FAIL tax::rounds_negative_half");
  await tabs.getByRole("link", { name: "Learning" }).click();
  await expect(page.getByRole("region", { name: "Suggested memory update" })).toContainText("Round half-even");
});

test("a decision is a plain form that leads back to the tab", async ({ page }) => {
  await page.goto(`${server.url}/hermes/tasks/t_blocked?tab=learning`);
  await page.getByRole("button", { name: /^Acknowledge/ }).click();
  await expect(page).toHaveURL(/t_blocked\?tab=learning&decided=\d+$/);
  await expect(page.getByRole("status").filter({ hasText: "Acknowledged" })).toBeVisible();
});

test("a task that nobody named is a page with 404", async ({ page }) => {
  const answer = await page.goto(`${server.url}/hermes/tasks/none`);
  expect(answer?.status()).toBe(404);
  await expect(page.locator("body")).toContainText("No task of that name is known");
});
