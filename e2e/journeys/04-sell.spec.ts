// A company is won: its people, a deal carried over the board, a quote, and the customer's yes on a page of its own.
import { type Locator, type Page } from "@playwright/test";

import { choose } from "../story/form.ts";
import { look } from "../story/look.ts";
import { link } from "../story/mailbox.ts";
import { someone } from "../story/person.ts";
import { expect, test } from "../story/test.ts";
import { customer, get, line, post, type Money, type Stored, workspace } from "../story/workspace.ts";

/** The customer's page of a quote, seen by somebody who is not signed in. */
async function asCustomer(page: Page, address: string): Promise<Page> {
  const context = await page.context().browser()?.newContext({ reducedMotion: "reduce", viewport: page.viewportSize(), locale: "en-GB" });
  const theirs = await context?.newPage();
  if (!theirs) throw new Error("no browser to open the customer's page in");
  await theirs.goto(address);
  return theirs;
}

/** Takes a card by keyboard into the column to its right, as the instructions of the board say. */
async function carryRight(card: Locator, to: string): Promise<void> {
  const said = card.page().getByRole("status").filter({ hasText: / over | lifted/ });
  await card.focus();
  await card.press("Space");
  await expect(said).toBeAttached();
  await card.press("ArrowRight");
  await expect(said).toHaveText(new RegExp(` over ${to}$`));
  await card.press("Space");
}

async function writeLine(page: Page, place: number, description: string, quantity: string, price: string): Promise<void> {
  const row = page.getByRole("listitem", { name: `Line ${place}`, exact: true });
  await row.getByLabel(/^Description/).fill(description);
  await row.getByLabel(/^Quantity/).fill(quantity);
  await row.getByLabel(/^Unit/).fill("h");
  await row.getByLabel(/^Price/).fill(price);
}

test("a company becomes a customer: deal, board, quote, and the yes that wins it", async ({ page, mailbox }) => {
  const owner = someone("Rosa Beltrán", "Estudio Beltrán");
  const buyer = someone("Hugo Lema", "Lema Barcos");
  await workspace(page.request, mailbox, owner);

  await test.step("the company", async () => {
    await page.goto("/companies");
    await look(page, "no companies yet");
    await page.getByRole("button", { name: "New company" }).first().click();
    const form = page.getByRole("dialog", { name: "New company" });
    await form.getByLabel("Name", { exact: true }).fill(buyer.company);
    await form.getByLabel(/^Tax id/).fill("A58818502");
    await form.getByRole("button", { name: "Create company" }).click();
    await expect(form.getByLabel(/^Tax id/)).toHaveAttribute("aria-invalid", "true");
    await look(page, "a company with a wrong tax id");
    await form.getByLabel(/^Tax id/).fill("A58818501");
    await form.getByLabel(/^E-mail/).fill(buyer.email);
    await form.getByRole("button", { name: "Create company" }).click();
    await expect(page.getByRole("heading", { level: 1, name: buyer.company })).toBeVisible();
    await look(page, "a company");
  });

  await test.step("the person there", async () => {
    await page.goto("/contacts");
    await page.getByRole("button", { name: "New contact" }).first().click();
    const form = page.getByRole("dialog", { name: "New contact" });
    await form.getByLabel("First name").fill("Hugo");
    await form.getByLabel("Last name").fill("Lema");
    await form.getByLabel("E-mail").fill(buyer.email);
    await choose(page, /^Company/, buyer.company);
    await look(page, "a new contact");
    await form.getByRole("button", { name: "Create contact" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Hugo Lema" })).toBeVisible();
  });

  await test.step("the deal", async () => {
    await page.goto("/deals");
    await look(page, "no deals yet");
    await page.getByRole("button", { name: "New deal" }).first().click();
    const form = page.getByRole("dialog", { name: "New deal" });
    await form.getByLabel("Title").fill("Signs for six boats");
    await choose(page, /^Company/, buyer.company);
    await choose(page, /^Contact/, "Hugo Lema");
    await form.getByLabel(/^Value/).fill("3630");
    await form.getByRole("button", { name: "Create deal" }).click();
    await expect(page.getByRole("button", { name: /Signs for six boats/ })).toBeVisible();
  });

  await test.step("over the board", async () => {
    const stages = page.locator("main section[aria-label]");
    const card = page.getByRole("button", { name: /Signs for six boats/ });
    await expect(stages.first().getByRole("button", { name: /Signs for six boats/ })).toBeVisible();
    await look(page, "the board");
    const moved = page.waitForResponse((answer) => answer.url().endsWith("/move"));
    await carryRight(card, (await stages.nth(1).getAttribute("aria-label")) ?? "");
    expect((await moved).ok()).toBe(true);
    await expect(stages.nth(1).getByRole("button", { name: /Signs for six boats/ })).toBeVisible();
    await page.reload();
    await expect(stages.nth(1).getByRole("button", { name: /Signs for six boats/ })).toBeVisible();
    await card.click();
    await expect(page.getByRole("heading", { level: 1, name: "Signs for six boats" })).toBeVisible();
    await look(page, "a deal");
  });

  await test.step("the quote", async () => {
    await page.goto("/quotes");
    await look(page, "no quotes yet");
    await page.goto("/quotes/new");
    await page.getByLabel("Title").fill("Signs for six boats");
    await choose(page, /^Deal/, "Signs for six boats");
    await expect(page.getByRole("combobox", { name: /^Company/ })).toContainText(buyer.company);
    await writeLine(page, 1, "Design of the sign", "8.5", "60");
    await page.getByRole("button", { name: "Add line" }).click();
    await writeLine(page, 2, "Painting, per boat", "6", "415.00");
    // 8.5 x 60 + 6 x 415 = 3 000, and 21 % on it.
    await expect(page.getByRole("region", { name: "Totals" })).toContainText("3,630.00");
    await look(page, "writing a quote");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Signs for six boats" })).toBeVisible();
    await look(page, "a draft quote");
  });

  await test.step("it is sent", async () => {
    await page.getByRole("button", { name: "Send", exact: true }).click();
    const form = page.getByRole("dialog", { name: "Send quote" });
    await expect(form.getByText(buyer.email)).toBeVisible();
    await form.getByLabel(/^Message/).fill("As agreed on the quay.");
    await look(page, "send the quote");
    await form.getByRole("button", { name: "Send", exact: true }).click();
    await expect(page.getByText("The quote is on its way")).toBeVisible();
    await expect(page.getByText("The customer has not opened the page yet.")).toBeVisible();
  });

  const mail = await mailbox.mail(buyer.email);
  expect(mail.text).toContain("As agreed on the quay.");
  const theirs = await asCustomer(page, link(mail, "/q/"));
  await test.step("the customer reads it, and says yes", async () => {
    await look(theirs, "the customer's page");
    await expect(theirs.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(theirs.locator("body")).toContainText("3,630.00");
    const pdf = await theirs.request.get(`${theirs.url().replace(/[?#].*$/, "")}/pdf`);
    expect((await pdf.body()).subarray(0, 5).toString()).toBe("%PDF-");
    // Without the name and the tick there is no consent.
    await theirs.getByRole("button", { name: "Accept" }).click();
    await expect(theirs.getByRole("alert")).toBeVisible();
    await look(theirs, "the customer's page with what is missing");
    await theirs.getByLabel(/name/i).fill("Hugo Lema");
    await theirs.getByRole("checkbox").check();
    await theirs.getByRole("button", { name: "Accept" }).click();
    await expect(theirs.getByRole("status")).toContainText("Hugo Lema");
    await look(theirs, "the accepted quote");
  });

  await test.step("the deal is won, and the evidence kept", async () => {
    await expect(page.getByText("Accepted by Hugo Lema")).toBeVisible();
    await look(page, "an accepted quote with its evidence");
    await page.getByRole("link", { name: "Signs for six boats" }).first().click();
    await expect(page.getByRole("button", { name: "Reopen" })).toBeVisible();
    await look(page, "a won deal");
  });
  await theirs.context().close();
});

test("a quote is declined with a reason, and a second answer changes nothing", async ({ page, mailbox }) => {
  await workspace(page.request, mailbox, someone("Teo Salas", "Carpintería Salas"));
  const { company, contact } = await customer(page.request, "Hotel Miramar", someone("Eva Mir", "Hotel Miramar"));
  const quote = await post<Stored & { number: string }>(page.request, "/api/v1/quotes", {
    title: "Forty doors",
    company_id: company.id,
    contact_id: contact.id,
    lines: [line("Oak door", "40", "212.4375")],
  });
  const sent = await post<{ public_url: string; totals: { payable: Money } }>(page.request, `/api/v1/quotes/${quote.id}/send`, { link_only: true });
  const theirs = await asCustomer(page, sent.public_url);
  await theirs.getByText(/decline/i).first().click();
  await theirs.getByLabel(/why|reason/i).fill("The doors are to be of ash.");
  await theirs.getByRole("button", { name: "Decline" }).click();
  await expect(theirs.getByRole("status")).toContainText("The doors are to be of ash.");
  await look(theirs, "the declined quote");

  const late = await theirs.request.post(`${sent.public_url}/accept`, { form: { name: "Eva Mir", consent: "yes" } });
  expect(late.status()).toBeLessThan(500);
  const { state, answer } = await get<{ state: string; answer: { reason: string } }>(page.request, `/api/v1/quotes/${quote.id}`);
  expect({ state, reason: answer.reason }).toEqual({ state: "declined", reason: "The doors are to be of ash." });
  await page.goto("/quotes");
  await expect(page.getByRole("table", { name: "Quotes" })).toContainText("Declined");
  await look(page, "quotes");
  await theirs.context().close();
});
