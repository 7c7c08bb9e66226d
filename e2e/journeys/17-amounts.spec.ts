// A member whose role shows no amounts: wherever they look, and whatever they fetch, no digit of an amount is there.
import { type APIRequestContext, type Page } from "@playwright/test";
import { inflateRawSync } from "node:zlib";

import { look } from "../story/look.ts";
import { link, type Mailbox } from "../story/mailbox.ts";
import { someone } from "../story/person.ts";
import { expect, test } from "../story/test.ts";
import { billing, customer, get, line, post, type Stored, workspace } from "../story/workspace.ts";

const HIDDEN = "amounts_hidden";
const WHY = "Your role does not show amounts of money. An administrator can change the table of roles.";
const eur = (amount: string) => ({ amount, currency: "EUR" });

/** Planted by hand, and what is made of them: the quote and the invoice with 21 %, what is still owed, the two deals together. */
const PLANTED = ["84773.19", "61947.28", "3917.43", "6283.57", "2719.83", "5519.37", "4740.09", "7603.12", "4883.29", "146720.47"];

/** An amount as databases, programs and people write it, whole units too. */
function ways(amount: string): string[] {
  const [whole = "", cents = ""] = amount.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return [amount, whole + cents, grouped, `${grouped}.${cents}`, `${grouped.replace(",", ".")},${cents}`];
}

/** The planted amounts that a text tells. Ids are digits too, so words of letters and digits as long as an id are left out. */
function told(text: string): string[] {
  const words = text.split(/[^\w.,-]+/).filter((word) => !(word.length > 20 && /[a-z]/i.test(word) && /\d/.test(word)));
  const read = words.join(" ");
  return PLANTED.flatMap(ways).filter((way) => read.includes(way));
}

/** The texts of a workbook: its parts, unpacked by the list at its end. */
function texts(book: Buffer): string {
  const end = book.lastIndexOf("PK\u0005\u0006", undefined, "latin1");
  let [at, parts] = [book.readUInt32LE(end + 16), ""];
  while (book.readUInt32LE(at) === 0x02014b50) {
    const [method, size, name, extra, comment] = [book.readUInt16LE(at + 10), book.readUInt32LE(at + 20), book.readUInt16LE(at + 28), book.readUInt16LE(at + 30), book.readUInt16LE(at + 32)];
    const head = book.readUInt32LE(at + 42);
    const begin = head + 30 + book.readUInt16LE(head + 26) + book.readUInt16LE(head + 28);
    const packed = book.subarray(begin, begin + size);
    parts += (method === 8 ? inflateRawSync(packed) : packed).toString("utf8");
    at += 46 + name + extra + comment;
  }
  return parts;
}

async function expectBlind(page: Page, where: string): Promise<void> {
  await look(page, where);
  // Titles and what only a screen reader says count as well.
  expect(told(await page.locator("body").innerHTML()), `amounts on ${where}`).toEqual([]);
  await expect(page.locator("#main")).not.toContainText("€");
  await expect(page.locator("#main")).not.toContainText("NaN");
}

/** A business with an amount in everything that carries one. */
async function plant(request: APIRequestContext, mailbox: Mailbox) {
  await billing(request);
  const buyer = someone("Iria Mar", "Astilleros Norte");
  const { company, contact } = await customer(request, "Astilleros Norte", buyer);
  const child = await post<Stored>(request, "/api/v1/companies", { name: "Norte Reparaciones", parent_id: company.id });
  await post(request, "/api/v1/custom-fields", { object: "contact", key: "budget", label: "Budget", kind: "money" });
  const person = await get<{ version: number }>(request, `/api/v1/contacts/${contact.id}`);
  const given = await request.patch(`/api/v1/contacts/${contact.id}`, { headers: { "If-Match": `"${person.version}"` }, data: { custom: { budget: eur("5519.37") } } });
  expect(given.ok(), await given.text()).toBe(true);
  const deal = await post<Stored>(request, "/api/v1/deals", { name: "Hull paint", company_id: company.id, contact_id: contact.id, amount: eur("84773.19") });
  await post(request, "/api/v1/deals", { name: "Winch", company_id: child.id, amount: eur("61947.28") });
  const quote = await post<Stored>(request, "/api/v1/quotes", { title: "Paint for two hulls", company_id: company.id, deal_id: deal.id, lines: [line("Primer", "1", "3917.43")] });
  const invoice = await post<Stored>(request, "/api/v1/invoices", { company_id: company.id, deal_id: deal.id, lines: [line("Sanding", "1", "6283.57")] });
  const issued = await post<{ number: string; issue_date: string }>(request, `/api/v1/invoices/${invoice.id}/issue`);
  await post(request, "/api/v1/payments", { invoice_id: invoice.id, amount: eur("2719.83"), paid_on: issued.issue_date, method: "card" });
  // The mail with the invoice says what is to be paid.
  await post(request, `/api/v1/invoices/${invoice.id}/send`, { to: [{ name: buyer.name, address: buyer.email }] });
  await mailbox.mail(buyer.email, issued.number);
  const mails = await get<{ items: { id: string; subject_record: string | null }[] }>(request, "/api/v1/mails");
  const mail = mails.items.find((one) => one.subject_record === invoice.id)?.id ?? "";
  return { mail, company: company.id, contact: contact.id, deal: deal.id, quote: quote.id, invoice: invoice.id, number: issued.number };
}

type Planted = Awaited<ReturnType<typeof plant>>;

/** What is fetched where amounts stand. */
const paths = (of: Planted) => [
  "/api/v1/home",
  "/api/v1/deals",
  "/api/v1/deals/board",
  `/api/v1/deals/${of.deal}`,
  `/api/v1/deals/${of.deal}/lines`,
  `/api/v1/deals/${of.deal}/billing`,
  "/api/v1/quotes",
  `/api/v1/quotes/${of.quote}`,
  "/api/v1/invoices",
  `/api/v1/invoices/${of.invoice}`,
  "/api/v1/payments",
  `/api/v1/companies/${of.company}/group`,
  `/api/v1/contacts/${of.contact}`,
  ...[of.deal, of.quote, of.invoice, of.company].map((subject) => `/api/v1/timeline?subject=${subject}`),
  ...["pipeline", "forecast", "lost"].map((kind) => `/api/v1/reports/${kind}`),
  "/api/v1/search?q=norte",
  "/api/v1/mails",
  `/api/v1/mails/${of.mail}`,
];

async function findNothing(page: Page, digits: string): Promise<void> {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  if ((page.viewportSize()?.width ?? 0) < 600) await page.getByRole("button", { name: "Search" }).click();
  else await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Search or run a command" });
  await palette.getByRole("combobox").fill(digits);
  await expect(palette.getByText("Nothing found. Try a name, a number or an e-mail address.")).toBeVisible();
  await palette.getByRole("combobox").fill("norte");
  await expect(palette.getByRole("option", { name: /Astilleros Norte/ }).first()).toBeVisible();
  expect(told(await palette.innerText()), "amounts in the palette").toEqual([]);
}

test("a read-only member sees no amounts anywhere, API and export included", async ({ page, mailbox, browser, baseURL }) => {
  const owner = someone("Uxía Castro", "Castro Naval");
  const reader = someone("Breixo Lema", owner.company);
  await workspace(page.request, mailbox, owner);
  const of = await plant(page.request, mailbox);
  await post(page.request, "/api/v1/invitations", { email: reader.email, role: "read_only" });
  const token = new URL(link(await mailbox.mail(reader.email), "/accept-invitation")).searchParams.get("token");
  const context = await browser.newContext({ baseURL, reducedMotion: "reduce", viewport: page.viewportSize() });
  const { request } = context;
  await post(request, "/api/v1/invitations/accept", { token, name: reader.name, password: reader.password, is_16_or_older: true });
  const his = await context.newPage();

  await test.step("the owner sees every one of them", async () => {
    const seen = new Set<string>();
    for (const path of paths(of)) for (const way of told(JSON.stringify(await get(page.request, path)))) seen.add(way);
    // Else nothing would be said by their absence.
    expect(PLANTED.filter((amount) => !seen.has(amount))).toEqual([]);
  });

  await test.step("home counts, and says why there is no money", async () => {
    await his.goto("/");
    await expect(his.getByRole("region", { name: "Money" }).getByText(WHY)).toBeVisible();
    await expect(his.getByRole("region", { name: "Pipeline" })).toContainText("these are counts");
    await expectBlind(his, "home without amounts");
  });

  await test.step("deals, as a board, as a list, as a record", async () => {
    await his.goto("/deals");
    await expect(his.getByText("Hull paint").first()).toBeVisible();
    await expectBlind(his, "the board without amounts");
    await his.goto("/deals?view=list");
    await expect(his.getByText("Hull paint").first()).toBeVisible();
    await expect(his.getByText("Amount hidden").first()).toBeAttached();
    await expectBlind(his, "deals without amounts");
    await his.goto(`/deals/${of.deal}`);
    await expect(his.getByRole("heading", { level: 1, name: "Hull paint" })).toBeVisible();
    await expect(his.getByRole("region", { name: "Invoices" }).getByRole("link", { name: new RegExp(of.number) })).toBeVisible();
    await expectBlind(his, "a deal without its amount");
  });

  await test.step("quotes, invoices, payments: no amount, no PDF, no order by amount", async () => {
    await his.goto("/quotes");
    await expect(his.getByText("Paint for two hulls").first()).toBeVisible();
    await expect(his.getByRole("columnheader", { name: "Total" }).getByRole("button")).toHaveCount(0);
    await expectBlind(his, "quotes without amounts");
    await his.goto(`/quotes/${of.quote}`);
    await expect(his.getByText(WHY)).toBeVisible();
    await expectBlind(his, "a quote without amounts");
    await his.goto("/invoices");
    await expect(his.getByText(of.number).first()).toBeVisible();
    await expectBlind(his, "invoices without amounts");
    await his.goto(`/invoices/${of.invoice}`);
    await expect(his.getByText(WHY)).toBeVisible();
    await expect(his.getByText("How this was computed")).toHaveCount(0);
    await expect(his.getByRole("button", { name: /PDF/ })).toHaveCount(0);
    await expectBlind(his, "an invoice without amounts");
    await his.goto(`/quotes/${of.quote}/edit`);
    await expect(his.getByText(WHY)).toBeVisible();
    await expect(his.getByLabel(/price/i)).toHaveCount(0);
    await his.goto("/payments");
    await expect(his.getByText(of.number).first()).toBeVisible();
    await expectBlind(his, "payments without amounts");
    await his.goto(`/mail/${of.mail}`);
    await expect(his.getByText(WHY)).toBeVisible();
    await expectBlind(his, "a mail without its words");
  });

  await test.step("a group, a person, the reports, the search", async () => {
    await his.goto(`/companies/${of.company}`);
    await expect(his.getByRole("region", { name: "Subsidiaries" }).getByText("Open invoices")).toBeVisible();
    await expectBlind(his, "a group without amounts");
    await his.goto(`/contacts/${of.contact}`);
    await expect(his.getByRole("heading", { level: 1, name: "Iria Mar" })).toBeVisible();
    await expectBlind(his, "a contact without amounts");
    for (const kind of ["pipeline", "forecast"]) {
      await his.goto(`/reports?kind=${kind}`);
      await expect(his.getByText("here are the counts without them")).toBeVisible();
      await expect(his.getByRole("table").first()).toBeAttached();
      await expectBlind(his, `the ${kind} in counts`);
    }
    await findNothing(his, "84773");
  });

  await test.step("nor does the API tell one, nor answer what would tell it", async () => {
    for (const path of paths(of)) expect(told(JSON.stringify(await get(request, path))), path).toEqual([]);
    const filter = encodeURIComponent(JSON.stringify({ field: "amount", op: "at_least", value: "80000" }));
    for (const path of [`/api/v1/invoices/${of.invoice}/pdf`, `/api/v1/quotes/${of.quote}/pdf`, "/api/v1/payments?sort=-amount", `/api/v1/deals?filter=${filter}`]) {
      const refused = await request.get(path);
      expect([refused.status(), ((await refused.json()) as { code: string }).code], path).toEqual([403, HIDDEN]);
    }
    for (const made of ["sum:amount", "max:amount"]) {
      const groups = `/api/v1/deals/groups?aggregate=${made}`;
      expect(told(JSON.stringify(await get(page.request, groups))), `the owner, ${made}`).not.toEqual([]);
      expect(told(await (await request.get(groups)).text()), made).toEqual([]);
    }
    expect((await request.get("/api/v1/contacts/export.csv")).status()).toBe(403);
  });

  await test.step("a role that may export and edit, and still sees none", async () => {
    const tuned = { "company.export": true, "contact.export": true, "deal.export": true, "report.export": true, "deal.edit": true };
    const answer = await page.request.patch("/api/v1/roles/read_only", { data: tuned });
    expect(answer.ok(), await answer.text()).toBe(true);
    for (const path of ["/api/v1/contacts/export.csv", "/api/v1/companies/export.csv", "/api/v1/deals/export.csv", "/api/v1/reports/pipeline/export.csv", "/api/v1/reports/forecast/export.csv"]) {
      const file = await request.get(path);
      expect(file.ok(), path).toBe(true);
      expect(told(await file.text()), path).toEqual([]);
    }
    for (const [list, name] of [["contacts", "Iria"], ["companies", "Norte"], ["deals", "Hull paint"]] as const) {
      const book = texts(await (await request.get(`/api/v1/${list}/export.xlsx`)).body());
      expect(book).toContain(name);
      expect(told(book), list).toEqual([]);
    }
    await his.goto(`/deals/${of.deal}`);
    await his.getByRole("button", { name: "More actions" }).click();
    await his.getByRole("menuitem", { name: "Edit" }).click();
    const form = his.getByRole("dialog", { name: "Edit deal" });
    await expect(form.getByLabel(/^Value/)).toBeDisabled();
    await look(his, "a deal edited without its amount");
    await form.getByLabel("Title", { exact: true }).fill("Hull paint, both sides");
    await form.getByRole("button", { name: "Save", exact: true }).click();
    await expect(his.getByRole("heading", { level: 1, name: "Hull paint, both sides" })).toBeVisible();
    const kept = await get<{ amount: { amount: string } }>(page.request, `/api/v1/deals/${of.deal}`);
    expect(kept.amount.amount).toBe("84773.19");
  });
  await context.close();
});
