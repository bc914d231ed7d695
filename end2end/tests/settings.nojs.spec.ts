// `/hermes/settings` without scripts: forms are forms.

import { startServer, type Server } from "./support/server";
import { checkWidth, expect, test } from "./support/page";
import { recording } from "./support/truth";

// A refused form is answered with 422, which the browser notes, as it notes that no script used what waits for it.
test.use({ expectedMessages: [/422|was preloaded using link preload but not used/] });

let server: Server;

test.beforeAll(async () => {
  server = await startServer({ args: ["--no-hermes-home"] });
});
test.afterAll(() => server?.stop());

test("a threshold is saved, refused at its field, and undone @phone", async ({ page }) => {
  await page.goto(`${server.url}/hermes/settings`);
  await expect(page.getByRole("heading", { level: 2, name: "General" })).toBeVisible();
  await page.getByLabel("Recently", { exact: true }).fill("9");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page).toHaveURL(/saved=\d+/);
  await expect(page.getByRole("status").filter({ hasText: "Saved as version" })).toBeVisible();
  await expect(page.getByLabel("Recently", { exact: true })).toHaveValue("9");

  await page.getByLabel("Recently", { exact: true }).fill("500");
  await page.getByRole("button", { name: "Save changes" }).click();
  const field = page.getByLabel("Recently", { exact: true });
  await expect(field).toHaveValue("500");
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByText("500 is out of range. Use 1 to 90.")).toBeVisible();
  await checkWidth(page);

  await page.goto(`${server.url}/hermes/settings?section=general&saved=1`);
  await page.getByRole("button", { name: /^Undo/ }).click();
  await expect(page.getByLabel("Recently", { exact: true })).toHaveValue("7");
});

test("a rule is tried out, added and removed", async ({ page }) => {
  await server.run(["ingest", recording]);
  await page.goto(`${server.url}/hermes/settings?section=priorities`);
  await page.getByLabel("Words in title or error").first().fill("deploy");
  await page.getByLabel("Gets").first().selectOption("P0");
  await page.getByRole("button", { name: "Preview" }).click();
  await expect(page.getByRole("region", { name: "Effect" })).toContainText("of the last 90 days would have got a priority");
  await expect(page.getByLabel("Words in title or error").first()).toHaveValue("deploy");
  await page.getByRole("button", { name: "Remove: Rule 1" }).click();
  await expect(page.getByLabel("Words in title or error").first()).toHaveValue("");
});

test("an import shows what it changes before it is applied", async ({ page }) => {
  await page.goto(`${server.url}/hermes/settings?section=transfer`);
  await page.getByLabel("Or its text").fill('{\n  "colour": 1\n}');
  await page.getByRole("button", { name: "Look at what it changes" }).click();
  await expect(page.getByRole("alert")).toContainText("unknown field `colour`");
  await expect(page.getByRole("alert")).toContainText("Line 2, column");
  const file = { name: "settings.json", mimeType: "application/json", buffer: Buffer.from('{"rules":{"neglectDays":20}}') };
  await page.getByLabel("A file").setInputFiles(file);
  await page.getByLabel("Or its text").fill("");
  await page.getByRole("button", { name: "Look at what it changes" }).click();
  await expect(page.getByRole("region", { name: /It changes/ })).toContainText("rules.neglectDays");
  await page.getByRole("button", { name: "Apply the import" }).click();
  await expect(page).toHaveURL(/saved=\d+/);
});
