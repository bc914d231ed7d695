// `/hermes/agents` where no script runs.

import { expect, test } from "@playwright/test";
import { startServer, type Server } from "./support/server";

let server: Server;

test.beforeAll(async () => {
  server = await startServer({ args: ["--demo"] });
});
test.afterAll(() => server?.stop());

test("all workers are in the HTML, and each leads to its page", async ({ page }) => {
  const answer = await page.goto(`${server.url}/hermes/agents`);
  expect(answer?.status()).toBe(200);
  await expect(page.getByRole("region", { name: "Agents and runners" })).toContainText("OpenClaw");
  const secrets = page.getByRole("region", { name: "Integrations and tools" });
  await expect(secrets).toContainText("Config issue: The mail provider's API key expired two days ago");
  await expect(page.getByRole("region", { name: "Scheduled jobs" }).getByRole("table")).toBeVisible();
  await page.getByRole("link", { name: "OpenClaw" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Agent");
  await expect(page.getByRole("region", { name: "Last seven days" })).toContainText("All seven days");
});

test("the filters are a form", async ({ page }) => {
  await page.goto(`${server.url}/hermes/agents`);
  await page.getByRole("searchbox", { name: "Search agents" }).fill("github");
  await page.getByRole("searchbox", { name: "Search agents" }).press("Enter");
  await expect(page).toHaveURL(/q=github/);
  await expect(page.locator(".agents tbody .ag-link")).toHaveText(["GitHub"]);
});

test("an issue is acknowledged by a plain form that leads back", async ({ page }) => {
  await page.goto(`${server.url}/hermes/agents/secrets`);
  await page.getByRole("button", { name: /^Acknowledge/ }).click();
  await expect(page).toHaveURL(/\/hermes\/agents\/secrets\?decided=\d+/);
  await page.getByRole("button", { name: /^Undo/ }).first().click();
  await expect(page.getByRole("button", { name: /^Acknowledge/ })).toBeVisible();
});
