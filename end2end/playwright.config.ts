// The browser tests. `cargo xtask e2e` builds what they test and finds a browser; arguments go through:
// `cargo xtask e2e -- tests/hermes.spec.ts --project desktop`.
//
// Which project a test runs in follows from its name:
//   desktop  every `*.spec.ts`
//   phone    tests tagged `@phone`, once more at 390 px
//   no-js    every `*.nojs.spec.ts`, with JavaScript switched off

import { defineConfig } from "@playwright/test";

const noJs = "**/*.nojs.spec.ts";

export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  // Two cores carry two browsers; every spec starts a server of its own.
  workers: 2,
  // A test that passes the second time has found something.
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  // A ceiling for what hangs, not a measure: an accessibility check of 88 cards takes 30 seconds of a busy machine.
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  use: {
    colorScheme: "light",
    contextOptions: { reducedMotion: "reduce" },
    locale: "en-GB",
    // What a worker keeps would stand between a test and its server; `offline.spec.ts` is about that, and allows it.
    serviceWorkers: "block",
    timezoneId: "UTC",
    screenshot: "only-on-failure",
    // Without a film of it: that costs a machine of two cores more than what it shows is worth.
    trace: { mode: "retain-on-failure", screenshots: false, snapshots: true, sources: true },
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH || undefined,
      // The tests run as root in containers, and open no page but ours.
      chromiumSandbox: false,
      args: [
        // A browser without errands of its own: behind a closed network each of them is a time-out.
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-default-apps",
        "--disable-quic",
        "--disable-sync",
        "--no-first-run",
      ],
    },
  },
  projects: [
    { name: "desktop", testIgnore: noJs, use: { viewport: { width: 1440, height: 900 } } },
    {
      name: "phone",
      testIgnore: noJs,
      grep: /@phone/,
      use: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
    },
    { name: "no-js", testMatch: noJs, use: { viewport: { width: 1440, height: 900 }, javaScriptEnabled: false } },
  ],
});
