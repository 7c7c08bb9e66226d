// What every story starts from: the server's address, its mailbox, and a page whose errors fail the story.
import { test as base, expect } from "@playwright/test";

import { Mailbox } from "./mailbox.ts";

export const test = base.extend<{ mailbox: Mailbox }>({
  // Known only once the server has started, hence not in the configuration.
  baseURL: async ({}, use) => {
    await use(process.env.E2E_URL);
  },
  mailbox: async ({ request }, use) => {
    await use(new Mailbox(request));
  },
  page: async ({ page }, use) => {
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(error.message));
    page.on("response", (answer) => {
      if (answer.status() >= 500) errors.push(`${answer.status()} ${answer.request().method()} ${answer.url()}`);
    });
    await use(page);
    expect(errors, "errors of the page or the server during the story").toEqual([]);
  },
});

export { expect };
