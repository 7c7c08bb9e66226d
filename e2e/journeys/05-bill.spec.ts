// What was agreed is invoiced: the draft, the number, the PDF that never changes, the mail, and the money in two parts.
import { createHash } from "node:crypto";

import { type Page } from "@playwright/test";

import { look } from "../story/look.ts";
import { someone } from "../story/person.ts";
import { expect, test } from "../story/test.ts";
import { billing, customer, get, line, post, type Stored, workspace } from "../story/workspace.ts";

const digest = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

interface Invoice extends Stored {
  number: string;
  pdf_sha256: string | null;
  status: string;
  actions: string[];
}

/** The invoice that the page shows, from the API. */
const shown = (page: Page) => get<Invoice>(page.request, `/api/v1/invoices/${page.url().split("/").pop()}`);

async function pay(page: Page, amount: string | null): Promise<void> {
  await page.getByRole("button", { name: "Record payment" }).first().click();
  const form = page.getByRole("dialog", { name: "Record payment" });
  if (amount) await form.getByLabel("Amount").fill(amount);
  await form.getByLabel("Method").selectOption("Bank transfer");
  await form.getByLabel(/^Reference/).fill("Statement 14");
  await look(page, amount ? "a part payment" : "the rest");
  await form.getByRole("button", { name: "Record payment" }).click();
  await expect(form).toHaveCount(0);
}

test("an accepted quote becomes an invoice, is issued, sent, and paid in two parts", async ({ page, mailbox }) => {
  const owner = someone("Gema Rius", "Rius Instal·lacions");
  const buyer = someone("Pol Camps", "Camps Hotels");
  await workspace(page.request, mailbox, owner);
  await billing(page.request);
  const { company, contact } = await customer(page.request, buyer.company, buyer);
  const quote = await post<Stored>(page.request, "/api/v1/quotes", {
    title: "Heat pump for the laundry",
    company_id: company.id,
    contact_id: contact.id,
    // 3 x 33.335 = 100.005: the half cent goes up.
    lines: [line("Installation", "10", "52.5"), line("Pipe, per metre", "3", "33.335")],
  });
  const { public_url } = await post<{ public_url: string }>(page.request, `/api/v1/quotes/${quote.id}/send`, { link_only: true });
  const yes = await page.request.post(`${public_url}/accept`, { form: { name: buyer.name, consent: "yes" } });
  expect(yes.ok(), await yes.text()).toBe(true);

  await test.step("the draft", async () => {
    await page.goto(`/quotes/${quote.id}`);
    await page.getByRole("button", { name: "Make invoice" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Draft invoice" })).toBeVisible();
    await expect(page.getByText("756.26").first()).toBeVisible();
    await look(page, "a draft invoice");
  });

  await test.step("issued, it has its number and is frozen", async () => {
    await page.getByRole("button", { name: "Issue", exact: true }).click();
    await look(page, "issue this invoice");
    await page.getByRole("dialog").getByRole("button", { name: "Issue invoice" }).click();
    await expect(page.getByText(/^Invoice .*00001 issued$/)).toBeVisible();
    await expect(page.getByRole("heading", { level: 1, name: /00001$/ })).toBeVisible();
    await look(page, "an issued invoice");
    const { actions } = await shown(page);
    expect(actions).not.toContain("update");
    expect(actions).not.toContain("delete");
  });

  const pdf = await test.step("the PDF is the one whose digest is kept", async () => {
    // It is typeset by a job.
    await expect.poll(async () => (await shown(page)).pdf_sha256, { timeout: 20_000 }).toBeTruthy();
    const { id, pdf_sha256 } = await shown(page);
    const answer = await page.request.get(`/api/v1/invoices/${id}/pdf`);
    const bytes = await answer.body();
    expect(bytes.subarray(0, 5).toString()).toBe("%PDF-");
    expect(digest(bytes)).toBe(pdf_sha256);
    return bytes;
  });

  await test.step("it is sent, with the PDF", async () => {
    const { number } = await shown(page);
    await page.getByRole("button", { name: "Send", exact: true }).click();
    const form = page.getByRole("dialog", { name: `Send invoice ${number}` });
    await expect(form.getByText(buyer.email)).toBeVisible();
    await form.getByRole("button", { name: "Send", exact: true }).click();
    await expect(page.getByText("The invoice is on its way")).toBeVisible();
    const mail = await mailbox.mail(buyer.email, number);
    const [attached] = mail.attachments;
    expect(attached?.media_type).toBe("application/pdf");
    expect(digest(await mailbox.attachment(mail, attached?.index ?? 0))).toBe(digest(pdf));
    await page.goto("/mail");
    await expect(page.getByText(new RegExp(number)).first()).toBeVisible();
    await look(page, "the mail log");
    await page.goBack();
  });

  await test.step("a part is paid, then the rest", async () => {
    await pay(page, "300");
    await expect(page.getByText("Partly paid").first()).toBeVisible();
    await expect(page.getByText("€456.26").first()).toBeVisible();
    await look(page, "a partly paid invoice");
    await pay(page, null);
    await expect(page.getByText("Paid", { exact: true }).first()).toBeVisible();
    expect((await shown(page)).status).toBe("paid");
    await page.getByText("How this was computed").click();
    await expect(page.getByText(/Halves are rounded away from zero/).first()).toBeVisible();
    await look(page, "a paid invoice");
  });

  await test.step("the lists know it", async () => {
    await page.goto("/invoices");
    await expect(page.getByRole("table", { name: "Invoices" })).toContainText(buyer.company);
    await look(page, "invoices");
    await page.goto("/payments");
    await expect(page.getByRole("table", { name: "Payments" })).toContainText("300.00");
    await look(page, "payments");
  });
});

test("an invoice is written by hand, and nothing typed is lost by leaving", async ({ page, mailbox }) => {
  await workspace(page.request, mailbox, someone("Nil Roca", "Roca Jardins"));
  await billing(page.request);
  const { company } = await customer(page.request, "Masia Vella", someone("Ada Vell", "Masia Vella"));
  await page.goto(`/invoices/new?company=${company.id}`);
  await expect(page.getByRole("combobox", { name: /^Company/ })).toContainText("Masia Vella");
  const first = page.getByRole("listitem", { name: "Line 1", exact: true });
  await first.getByLabel(/^Description/).fill("Pruning of the olive trees");
  await first.getByLabel(/^Quantity/).fill("4");
  await first.getByLabel(/^Price/).fill("38");
  await expect(page.getByRole("region", { name: "Totals" })).toContainText("183.92");
  await look(page, "writing an invoice");
  await page.getByRole("link", { name: "Invoices" }).first().click();
  const leave = page.getByRole("dialog");
  await expect(leave).toBeVisible();
  await look(page, "leaving what is not saved");
  await page.keyboard.press("Escape");
  await expect(first.getByLabel(/^Description/)).toHaveValue("Pruning of the olive trees");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Draft invoice" })).toBeVisible();
  await page.goto("/settings/billing");
  await look(page, "billing settings");

  await test.step("what a receiver of the electronic invoice would refuse is said before it is issued", async () => {
    const abroad = await post<Stored>(page.request, "/api/v1/companies", { name: "Serra Lda", country: "PT" });
    const taxes = [{ category: "AE", rate: "0", name: "IVA" }];
    const lines = [{ description: "Pruning in Porto", quantity: "1", unit_price: "90", taxes }];
    const draft = await post<Stored>(page.request, "/api/v1/invoices", { company_id: abroad.id, lines });
    await page.goto(`/invoices/${draft.id}`);
    await page.getByRole("button", { name: "Issue", exact: true }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByText("Enter the VAT number of the customer; this tax category needs it.").first()).toBeVisible();
    await look(page, "an invoice that a receiver would refuse");
    await dialog.getByRole("button", { name: "Issue invoice" }).click();
    await expect(page.getByRole("heading", { level: 1, name: /00001$/ })).toBeVisible();
    await page.getByRole("button", { name: "More actions" }).click();
    const download = page.waitForEvent("download");
    await page.getByRole("menuitem", { name: "Electronic invoice (UBL)" }).click();
    const saved = await (await download).createReadStream();
    let xml = "";
    for await (const part of saved) xml += String(part);
    expect(xml).toContain("<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>");
    expect((await download).suggestedFilename()).toMatch(/00001-ubl\.xml$/);
  });
});
