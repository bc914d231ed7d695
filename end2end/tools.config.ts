// Tools that need a browser and a server, not tests: `cargo xtask screenshots`, `cargo xtask lighthouse`.

import { defineConfig } from "@playwright/test";
import tests from "./playwright.config";

export default defineConfig({
  ...tests,
  // A record of all that happens would be measured, too.
  use: { ...tests.use, trace: "off", screenshot: "off" },
  testDir: "tools",
  workers: 1,
  timeout: 60 * 60_000,
  projects: [{ name: "tools" }],
});
