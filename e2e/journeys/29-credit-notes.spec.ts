// An invoice was wrong: a credit note takes a part of it back, what is left of the credit goes into the next invoice and
// back to the customer, and a debit note adds what was forgotten.
import { type Page } from "@playwright/test";

import { look } from "../story/look.ts";
import { someone } from "../story/person.ts";
import { expect, test } from "../story/test.ts";
import { billing, customer, get, line, post, type Stored, workspace } from "../story/workspace.ts";

interface Invoice extends Stored {
  number: string;
}

/** An issued invoice, by the API. */
async function issued(page: Page, company: string, lines: object[]): Promise<Invoice> {
  const draft = await post<Stored>(page.request, "/api/v1/invoices", { company_id: company, lines });
  return post<Invoice>(page.request, `/api/v1/invoices/${draft.id}/issue`);
}

async function correct(page: Page, what: string, reason: string): Promise<void> {
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: `Write a ${what}` }).click();
  const form = page.getByRole("dialog");
  await form.getByLabel("Why the invoice is corrected").fill(reason);
  await look(page, `beginning a ${what}`);
  await form.getByRole("button", { name: "Write the draft" }).click();
  await expect(page.getByRole("heading", { level: 1, name: `Draft ${what}` })).toBeVisible();
}

async function issue(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Issue", exact: true }).click();
  await look(page, "issue this note");
  await page.getByRole("dialog").getByRole("button", { name: "Issue", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: /00001$/ })).toBeVisible();
}

test("a wrong invoice is credited in part, and what is left of the credit is used and given back", async ({ page, mailbox }) => {
  const owner = someone("Uxía Varela", "Varela Faros");
  const buyer = someone("Roi Souto", "Souto Mariscos");
  await workspace(page.request, mailbox, owner);
  await billing(page.request);
  const { company } = await customer(page.request, buyer.company, buyer);
  // 121.00 and 242.00, of which 300.00 have been paid.
  const wrong = await issued(page, company.id, [line("Lamp service", "2", "50"), line("Lens, charged twice", "1", "200")]);
  const day = new Date().toISOString().slice(0, 10);
  const amount = { amount: "300.00", currency: "EUR" };
  await post(page.request, "/api/v1/payments", { invoice_id: wrong.id, amount, paid_on: day, method: "bank_transfer" });

  await test.step("the credit note begins with all lines and keeps one", async () => {
    await page.goto(`/invoices/${wrong.id}`);
    await correct(page, "credit note", "The lens was charged twice");
    await page.getByRole("button", { name: "More for line 1", exact: true }).click();
    await page.getByRole("menuitem", { name: "Remove line" }).click();
    await expect(page.getByRole("region", { name: "Totals" })).toContainText("242.00");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByText(`This note on ${wrong.number} has no number yet`)).toBeVisible();
    await expect(page.getByText("The lens was charged twice").first()).toBeVisible();
    await look(page, "a draft credit note");
  });

  await test.step("issued, it settles what was open of its invoice", async () => {
    await issue(page);
    await expect(page.getByRole("heading", { level: 1, name: /^CN-/ })).toBeVisible();
    await expect(page.getByText("Partly used").first()).toBeVisible();
    const credit = page.getByRole("region", { name: "Credit" });
    await expect(credit).toContainText("€63.00");
    await expect(credit).toContainText("€179.00");
    await look(page, "an issued credit note");
    await page.getByRole("link", { name: wrong.number }).first().click();
    await expect(page.getByRole("heading", { level: 1, name: wrong.number })).toBeVisible();
    await expect(page.getByText("Paid", { exact: true }).first()).toBeVisible();
    await expect(page.getByRole("region", { name: "Payments" })).toContainText("Credited");
    await expect(page.getByText("Corrected by")).toBeVisible();
    await look(page, "a credited invoice");
  });

  await test.step("what is left goes into the next invoice, and back", async () => {
    const next = await issued(page, company.id, [line("Paint", "1", "100")]);
    await page.getByRole("link", { name: /^CN-/ }).first().click();
    await page.getByRole("button", { name: "Use on an invoice" }).click();
    const use = page.getByRole("dialog", { name: "Use on an invoice" });
    await expect(use.getByLabel("Invoice")).toContainText(next.number);
    await expect(use.getByLabel("Amount")).toHaveValue("121.00");
    await look(page, "using credit on an invoice");
    await use.getByRole("button", { name: "Use on an invoice" }).click();
    await expect(page.getByText(`Credit used on ${next.number}`)).toBeVisible();
    await page.getByRole("button", { name: "Give back" }).click();
    const back = page.getByRole("dialog", { name: "Give back" });
    await expect(back.getByLabel("Amount")).toHaveValue("58.00");
    await look(page, "giving credit back");
    await back.getByRole("button", { name: "Give back" }).click();
    await expect(page.getByText("Used", { exact: true }).first()).toBeVisible();
    await expect(page.getByRole("button", { name: "Give back" })).toHaveAttribute("aria-disabled", "true");
    await look(page, "a used credit note");
  });

  await test.step("a debit note adds what was forgotten", async () => {
    await page.goto(`/invoices/${wrong.id}`);
    await correct(page, "debit note", "Freight was left out");
    const first = page.getByRole("listitem", { name: "Line 1", exact: true });
    await first.getByLabel(/^Description/).fill("Freight");
    await first.getByLabel(/^Price/).fill("12");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await issue(page);
    await expect(page.getByRole("heading", { level: 1, name: /^DN-/ })).toBeVisible();
  });

  await test.step("the list tells them apart", async () => {
    await page.goto("/invoices");
    await expect(page.getByText("CN-").first()).toBeVisible();
    await look(page, "invoices and notes");
    await page.getByLabel("Kind").selectOption("Credit notes");
    await expect(page.getByText("DN-")).toHaveCount(0);
    await expect(page.getByText("CN-").first()).toBeVisible();
    const { items } = await get<{ items: { is_refund: boolean }[] }>(page.request, "/api/v1/payments");
    expect(items.filter((payment) => payment.is_refund)).toHaveLength(1);
    await page.goto("/settings/billing");
    await expect(page.getByRole("heading", { name: "Credit notes" })).toBeVisible();
    await look(page, "series of notes");
  });
});
