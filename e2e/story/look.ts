// Looks at a page as it stands: light and dark, for access (axe) and for fit, and keeps a picture of each.
import { AxeBuilder } from "@axe-core/playwright";
import { type Page, expect, test } from "@playwright/test";

const SCHEMES = ["light", "dark"] as const;

/** Fails on any violation axe finds, and on anything wider than the window. `name` names the pictures. */
export async function look(page: Page, name: string): Promise<void> {
  await test.step(`look at ${name}`, async () => {
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await settled(page, colorScheme);
      await page.screenshot({ path: picture(name, colorScheme), fullPage: true });
      await expectFit(page, name);
      await expectAccess(page, `${name}, ${colorScheme}`, colorScheme === "dark");
    }
    await page.emulateMedia({ colorScheme: null, reducedMotion: "reduce" });
  });
}

/** Nothing loading any more, the theme followed, no colour halfway: what keeps moving for ever is not waited for. */
async function settled(page: Page, colorScheme: string): Promise<void> {
  await expect(page.locator("h1")).not.toHaveCount(0);
  await expect(page.getByRole("status", { name: "Loading" })).toHaveCount(0);
  await expect(page.locator('[class*="shimmer"]')).toHaveCount(0);
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  await page.waitForFunction((scheme) => {
    const theme = document.documentElement.dataset.theme;
    const moving = document.getAnimations().filter((one) => one.effect?.getComputedTiming().iterations !== Infinity);
    return (!theme || theme === scheme) && moving.every((one) => one.playState !== "running");
  }, colorScheme);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  // The page before may have been what was seen until now.
  await expect(page.locator("h1")).not.toHaveCount(0);
  await expect(page.getByRole("status", { name: "Loading" })).toHaveCount(0);
}

async function expectFit(page: Page, name: string): Promise<void> {
  const over = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const wide = [...document.querySelectorAll("body *")].filter((part) => part.getBoundingClientRect().right > width + 1);
    return wide.slice(0, 5).map((part) => part.outerHTML.slice(0, 160));
  });
  expect.soft(over, `${name} is wider than the window`).toEqual([]);
  // Inside the app its parts scroll, never the window: below the navigation there would be nothing.
  const below = await page.evaluate(() => {
    const { scrollHeight, clientHeight } = document.documentElement;
    return document.getElementById("main") ? scrollHeight - clientHeight : 0;
  });
  expect.soft(below, `${name} lets the window scroll past the app`).toBeLessThanOrEqual(1);
}

/** `coloursOnly` where the page differs from one already judged in nothing but its colours. */
async function expectAccess(page: Page, name: string, coloursOnly: boolean): Promise<void> {
  const axe = new AxeBuilder({ page });
  const { violations } = await (coloursOnly ? axe.withRules(["color-contrast"]) : axe).analyze();
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}\n  ${node.html.slice(0, 200)}\n  ${node.failureSummary ?? ""}`),
  );
  expect.soft(found, `axe on ${name}`).toEqual([]);
}

function picture(name: string, colorScheme: string): string {
  const { project, titlePath } = test.info();
  const journey = (titlePath[0] ?? "").replace(/\.spec\.ts$/, "");
  return `results/pictures/${journey}-${name.replace(/\W+/g, "-")}-${project.name}-${colorScheme}.png`;
}
