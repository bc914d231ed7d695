// The styleguide is a page of builds for development: what is shipped, and tested here, has none.

import { startServer, type Server } from "./support/server";
import { expect, hydrated, test } from "./support/page";

let server: Server;

test.beforeAll(async () => {
  server = await startServer();
});
test.afterAll(() => server?.stop());

test.describe("the styleguide", () => {
  // The browser's own note of the status.
  test.use({ expectedMessages: [/status of 404/] });

  test("is no page of what is shipped", async ({ page }) => {
    const answer = await page.goto(`${server.url}/hermes/styleguide`);
    expect(answer?.status()).toBe(404);
    await hydrated(page);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Page not found");
    await expect(page.locator("body")).not.toContainText("HermesStatusCard");
  });
});
