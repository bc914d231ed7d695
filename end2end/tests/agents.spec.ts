// `/hermes/agents` and an agent's own page.

import { startServer, type Server } from "./support/server";
import { checkAccessible, checkMarked, checkWidth, expect, hydrated, markDocument, open, test } from "./support/page";

let server: Server;

test.beforeAll(async () => {
  server = await startServer({ args: ["--demo"] });
});
test.afterAll(() => server?.stop());

test("how every worker is, and a hard reload says the same @phone", async ({ page }) => {
  await open(page, `${server.url}/hermes/agents`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Agents");
  const tools = page.getByRole("region", { name: "Integrations and tools" });
  await expect(tools).toContainText("Deployer");
  await expect(tools).toContainText("Degraded");
  const names = await page.locator(".agents .ag-link").allTextContents();
  await page.reload();
  await hydrated(page);
  expect(await page.locator(".agents .ag-link").allTextContents()).toEqual(names);
  await checkWidth(page);
  await checkAccessible(page);
});

test("filters and order are in the address, without a page load, and the server is asked nothing", async ({ page }) => {
  await open(page, `${server.url}/hermes/agents`);
  await markDocument(page);
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/api/ui/agents")) asked.push(request.url());
  });
  const shown = () => page.locator(".agents .ag-link, .f-found, .menu-n").allTextContents();
  await page.getByRole("searchbox", { name: "Search agents" }).fill("model");
  await expect(page).toHaveURL(/q=model/);
  await expect(page.locator(".agents .ag-link").first()).toContainText("Model");
  await page.getByRole("columnheader", { name: "Failure rate" }).first().getByRole("link").click();
  await expect(page).toHaveURL(/sort=-failureRate/);
  await checkMarked(page);
  const here = await shown();
  await page.getByRole("searchbox", { name: "Search agents" }).fill("no such worker");
  await expect(page.getByText("No agent is like that")).toBeVisible();
  expect(asked).toEqual([]);
  await page.getByRole("searchbox", { name: "Search agents" }).fill("model");
  await expect(page).toHaveURL(/(?=.*q=model)(?=.*sort=-failureRate)/);
  await page.reload();
  await hydrated(page);
  await expect(page).toHaveURL(/(?=.*q=model)(?=.*sort=-failureRate)/);
  expect(await shown(), "as the server finds them").toEqual(here);
});

test("an agent's page by its address and by keyboard @phone", async ({ page }) => {
  await open(page, `${server.url}/hermes/agents`);
  const link = page.getByRole("link", { name: "Secrets and config health" });
  await link.focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/hermes\/agents\/secrets$/);
  await expect(page.getByRole("region", { name: "Needs you" })).toContainText("API key expired");
  await page.reload();
  await hydrated(page);
  await expect(page.getByRole("heading", { level: 2 }).first()).toHaveText("Secrets and config health");
  await checkWidth(page);
  await checkAccessible(page);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`accessible and 320 px wide in ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 320, height: 800 });
    for (const path of ["/hermes/agents", "/hermes/agents/openclaw", "/hermes/agents/scheduler"]) {
      await open(page, server.url + path);
      await checkWidth(page);
      await checkAccessible(page);
    }
  });
}

test.describe("an agent that nobody named", () => {
  test.use({ expectedMessages: [/404/] });
  test("is not found", async ({ page }) => {
    const answer = await page.goto(`${server.url}/hermes/agents/nobody`);
    expect(answer?.status()).toBe(404);
    await expect(page.getByRole("region", { name: "Agent" })).toContainText("No agent of this name is known");
  });
});
