// A product's page, where scripts run.

import { startServer, type Server } from "./support/server";
import { checkAccessible, checkWidth, expect, open, test } from "./support/page";

let server: Server;

test.beforeEach(async () => {
  server = await startServer({ args: ["--demo"] });
});
test.afterEach(() => server?.stop());

test("it is edited and taken back without leaving the page @phone", async ({ page }) => {
  await open(page, `${server.url}/hermes/products`);
  await page.locator(".p-name").first().click();
  await expect(page.locator(".ps-name")).toBeVisible();
  const name = await page.locator(".ps-name").innerText();
  await page.getByText("Edit this product").click();
  await page.getByLabel("Name", { exact: true }).fill("Named by me");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page).toHaveURL(/changed=1/);
  await expect(page.locator(".ps-name")).toHaveText("Named by me");
  await page.getByRole("button", { name: /^Undo no\. 1/ }).first().click();
  await expect(page.locator(".ps-name")).toHaveText(name);
});

test("no rule of accessibility is broken, and it does not scroll sideways @phone", async ({ page }) => {
  await open(page, `${server.url}/hermes/products`);
  const href = await page.locator(".p-name").first().getAttribute("href");
  await open(page, `${server.url}${href}`);
  await checkAccessible(page);
  await checkWidth(page);
  await page.setViewportSize({ width: 320, height: 700 });
  await checkWidth(page);
});
