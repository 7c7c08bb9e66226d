// A small company signs up: its data, its owner, what must be confirmed, the mail, and the first page inside.
import { type Page } from "@playwright/test";

import { choose, signIn } from "../story/form.ts";
import { look } from "../story/look.ts";
import { link } from "../story/mailbox.ts";
import { type Person, someone } from "../story/person.ts";
import { expect, test } from "../story/test.ts";
import { TAX_ID } from "../story/workspace.ts";

// One digit away from a right number.
const WRONG_TAX_ID = "B58818502";

const next = (page: Page) => page.getByRole("button", { name: "Continue" });

async function fillCompany(page: Page, person: Person): Promise<void> {
  await page.goto("/sign-up");
  await page.getByLabel("Company name").fill(person.company);
  await choose(page, "Country", "Spain");
  // The pages follow the workspace's language after signing in; this story goes on in English.
  await choose(page, "Language of documents", "English");
}

async function fillPerson(page: Page, person: Person): Promise<void> {
  await page.getByLabel("Your name").fill(person.name);
  await page.getByLabel("Work e-mail").fill(person.email);
  await page.getByLabel(/^Phone/).fill(person.phone);
  await page.getByLabel("Password", { exact: true }).fill(person.password);
}

test("a company signs up, confirms its address and comes in", async ({ page, mailbox, context }) => {
  const owner = someone("Lucía Ferrer", "Talleres Ferrer");

  await test.step("the company", async () => {
    await fillCompany(page, owner);
    await page.getByLabel(/^Tax id/).fill(WRONG_TAX_ID);
    await expect(page.getByLabel(/^Tax id/)).toHaveAttribute("aria-invalid", "true");
    await look(page, "company with a wrong tax id");
    await page.getByLabel(/^Tax id/).fill(TAX_ID);
    await expect(page.getByLabel("Valid")).toBeVisible();
    // P004: Spain is answered for by the Spanish entity, and that is said before anything is sent.
    await expect(page.getByText(/^Responsible for your data in Spain:/)).toBeVisible();
    await next(page).click();
  });

  await test.step("the owner", async () => {
    await fillPerson(page, { ...owner, password: "short" });
    await next(page).click();
    await expect(page.getByLabel("Password", { exact: true })).toHaveAttribute("aria-invalid", "true");
    await look(page, "owner with a short password");
    await page.getByLabel("Password", { exact: true }).fill(owner.password);
    await next(page).click();
  });

  await test.step("what must be confirmed", async () => {
    await page.getByRole("checkbox", { name: /for a business/ }).check();
    await page.getByRole("checkbox", { name: /16 years/ }).check();
    await look(page, "confirmations");
    // P033: nothing is kept in the browser before signing in.
    expect(await context.cookies()).toEqual([]);
    await page.getByRole("button", { name: "Create workspace" }).click();
    await expect(page.getByRole("heading", { name: "Look at your mail" })).toBeVisible();
    await look(page, "look at your mail");
  });

  await test.step("no entry before the address is confirmed", async () => {
    await signIn(page, owner);
    await expect(page.getByRole("alert")).toContainText(/confirm/i);
    await expect(page).toHaveURL(/\/sign-in/);
  });

  const confirmation = link(await mailbox.mail(owner.email), "/confirm-email");
  await test.step("the mail", async () => {
    await page.goto(confirmation);
    await look(page, "confirm the address");
    await page.getByRole("button", { name: "Confirm this address" }).click();
  });

  await test.step("inside", async () => {
    await expect(page).toHaveURL(/\/$/);
    await expect(page.getByRole("heading", { level: 1, name: "Home" })).toBeVisible();
    await look(page, "the first page");
    const cookies = await context.cookies();
    expect(cookies.map(({ httpOnly, sameSite }) => ({ httpOnly, sameSite }))).toEqual([
      { httpOnly: true, sameSite: "Lax" },
    ]);
    await page.goto("/settings/workspace");
    await expect(page.getByLabel("Company name")).toHaveValue(owner.company);
    await look(page, "the workspace");
  });

  await test.step("the link works once", async () => {
    await page.goto(confirmation);
    await page.getByRole("button", { name: "Confirm this address" }).click();
    await expect(page.getByRole("alert")).toBeVisible();
  });
});

test("P185 nobody signs up without saying business use and 16 or older", async ({ page, mailbox }) => {
  const child = someone("Tim Small", "Lemonade");
  await fillCompany(page, child);
  await page.getByLabel(/^Tax id/).fill(TAX_ID);
  await next(page).click();
  await fillPerson(page, child);
  await next(page).click();
  await page.getByRole("checkbox", { name: /for a business/ }).check();
  await page.getByRole("button", { name: "Create workspace" }).click();
  await expect(page.getByText("This is needed to go on.")).toHaveCount(1);
  await look(page, "a confirmation is missing");
  expect(await mailbox.count(child.email)).toBe(0);
});
