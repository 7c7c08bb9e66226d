// The journeys: whole stories in a real browser on the built program with its demo business.
//
// Each story runs at two widths. Light and dark are both looked at inside a story (story/look.ts), so that the
// story itself is not played four times.
import { defineConfig } from "@playwright/test";

import { chromium } from "./story/chromium.ts";

const phone = { width: 390, height: 844 };
const desktop = { width: 1280, height: 800 };

export default defineConfig({
  testDir: "journeys",
  outputDir: "results/traces",
  globalSetup: "./story/server.ts",
  fullyParallel: false,
  workers: 2,
  // A story that would pass at a second try is flaky: a fault of today.
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 180_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  use: {
    ...chromium(),
    locale: "en-GB",
    timezoneId: "Europe/Madrid",
    // Half-faded colours would fail the contrast check by chance.
    contextOptions: { reducedMotion: "reduce" },
    actionTimeout: 10_000,
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
  },
  projects: [
    { name: "desktop", use: { viewport: desktop } },
    { name: "phone", use: { viewport: phone, isMobile: true, hasTouch: true } },
  ],
});
