// Tools that need a browser and a server, not tests: `cargo xtask screenshots`, `cargo xtask lighthouse`.

import { defineConfig } from "@playwright/test";
import tests from "./playwright.config";

export default defineConfig({
  ...tests,
  testDir: "tools",
  workers: 1,
  timeout: 60 * 60_000,
  projects: [{ name: "tools" }],
});
