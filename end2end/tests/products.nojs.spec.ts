// `/hermes/products` where no script runs: links and a form.

import { expect, test } from "@playwright/test";
import { startServer, type Server } from "./support/server";

let server: Server;

test.beforeAll(async () => {
  server = await startServer({ args: ["--demo"] });
});
test.afterAll(() => server?.stop());

test("views are links and the search is a form", async ({ page }) => {
  await page.goto(`${server.url}/hermes/products`);
  await page.getByRole("link", { name: /^Needs attention/ }).click();
  await expect(page).toHaveURL(/view=needs-attention/);
  await page.getByRole("searchbox", { name: "Search products" }).fill("nothing like this");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/q=nothing/);
  await expect(page.getByText("No product matches")).toBeVisible();
});

test("a product is named and the name is taken back by plain forms", async ({ page }) => {
  await page.goto(`${server.url}/hermes/products`);
  await page.locator(".p-name").first().click();
  const name = await page.locator(".ps-name").innerText();
  await page.getByText("Edit this product").click();
  await page.getByLabel("Name", { exact: true }).fill("Named by me");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.locator(".ps-name")).toHaveText("Named by me");
  await page.getByRole("button", { name: /^Undo no\./ }).first().click();
  await expect(page.locator(".ps-name")).toHaveText(name);
});
