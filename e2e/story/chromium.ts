// The browser of the machine: Debian's Chromium, or the one that E2E_CHROMIUM names. None is downloaded.
import { existsSync } from "node:fs";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The launch options for Playwright's `use`. Throws where no browser is found, and says what to do. */
export function chromium() {
  const executablePath = process.env.E2E_CHROMIUM ?? PLACES.find((place) => existsSync(place));
  if (!executablePath) {
    throw new Error("No Chromium found: run script/bootstrap browser, or set E2E_CHROMIUM to one.");
  }
  const args = ["--disable-dev-shm-usage"];
  // Chromium refuses to run as root inside its own sandbox.
  if (process.getuid?.() === 0) args.push("--no-sandbox");
  return { browserName: "chromium" as const, launchOptions: { executablePath, args } };
}
