// What a deal offers, line by line; the quote made of it; what is invoiced and paid; and a board of thousands of deals.
import { type APIRequestContext, type Locator } from "@playwright/test";

import { record, scroll, type Frames } from "../story/frames.ts";
import { look } from "../story/look.ts";
import { someone } from "../story/person.ts";
import { type Server, serve } from "../story/server.ts";
import { Mailbox } from "../story/mailbox.ts";
import { expect, test } from "../story/test.ts";
import { billing, customer, get, post, type Stored, workspace } from "../story/workspace.ts";

type Deal = Stored & { amount: { amount: string }; amount_computed: boolean };

test("a deal is written line by line, becomes a quote, an invoice, and shows what is paid of it", async ({ page, mailbox }) => {
  await workspace(page.request, mailbox, someone("Berta Soler", "Flotas Soler"));
  await billing(page.request);
  const { company, contact } = await customer(page.request, "Reparto Levante", someone("Hugo Mas", "Reparto Levante"));
  const deal = await post<Stored>(page.request, "/api/v1/deals", { name: "Maintenance of twelve vans", company_id: company.id, contact_id: contact.id });
  const products = page.getByRole("region", { name: "Products" });

  await test.step("lines, by keyboard", async () => {
    await page.goto(`/deals/${deal.id}`);
    await expect(products.getByText("Write down what is being sold")).toBeVisible();
    await look(page, "a deal that offers nothing yet");
    await products.getByRole("button", { name: "Add lines" }).click();
    const form = page.getByRole("dialog", { name: "What the deal offers" });
    await expect(form.getByLabel("Description, line 1")).toBeFocused();
    await page.keyboard.type("Brake pads");
    await fill(form.getByRole("listitem", { name: "Line 1" }), { Quantity: "2.5", "Unit price": "37.76" });
    await form.getByLabel("Description, line 1").press("Enter");
    await expect(form.getByLabel("Description, line 2")).toBeFocused();
    await page.keyboard.type("Watch over the fleet");
    await fill(form.getByRole("listitem", { name: "Line 2" }), { Quantity: "12", Unit: "van", "Unit price": "9.99", "Discount %": "10" });
    await form.getByRole("listitem", { name: "Line 2" }).getByLabel("Paid").selectOption({ label: "Monthly" });
    // 94.40 and 107.892, each rounded once.
    await expect(form.getByText("Sum: €202.29")).toBeVisible();
    await look(page, "lines being written");
    await form.getByLabel("Description, line 2").press("Alt+ArrowUp");
    await expect(form.getByLabel("Description, line 1")).toHaveValue("Watch over the fleet");
    await page.keyboard.press("Control+Enter");
    await expect(form).toBeHidden();
  });

  await test.step("the deal's value follows them", async () => {
    await expect(products).toContainText("The deal’s value is this sum.");
    await expect(products).toContainText("What recurs counts for one period.");
    await expect(page.getByText("€202.29").first()).toBeVisible();
    await look(page, "a deal with lines");
    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: "Edit" }).click();
    const form = page.getByRole("dialog", { name: "Edit deal" });
    await expect(form.getByLabel(/^Value/)).toBeDisabled();
    await form.getByRole("button", { name: "Cancel" }).click();
    await expect(page.getByRole("button", { name: "More actions" })).toBeFocused();
    const read = await get<Deal>(page.request, `/api/v1/deals/${deal.id}`);
    expect([read.amount.amount, read.amount_computed]).toEqual(["202.29", true]);
  });

  await test.step("what was saved can be taken back", async () => {
    await products.getByRole("button", { name: "Edit lines" }).click();
    const form = page.getByRole("dialog", { name: "What the deal offers" });
    await form.getByRole("button", { name: "More for line 2" }).click();
    await page.getByRole("menuitem", { name: "Remove line" }).click();
    await form.getByRole("checkbox").uncheck();
    await form.getByRole("button", { name: "Save", exact: true }).click();
    await expect(products).toContainText("written by hand: €202.29, a difference of €94.40");
    await look(page, "a deal whose value differs from its lines");
    await page.getByRole("button", { name: "Undo" }).last().click();
    await expect(products).toContainText("The deal’s value is this sum.");
    await expect(products).toContainText("Brake pads");
  });

  let quote = "";
  await test.step("a quote of it", async () => {
    await products.getByRole("button", { name: "Make a quote" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Maintenance of twelve vans" })).toBeVisible();
    await expect(page).toHaveURL(/\/quotes\/quo_/);
    quote = page.url().split("/").pop() ?? "";
    await expect(page.getByText("Every month")).toBeVisible();
    await expect(page.getByText("Reparto Levante").first()).toBeVisible();
    // A note about the quote stands on its own timeline.
    await page.getByPlaceholder(/Write a note/).fill("They want it by Friday.");
    await page.getByRole("button", { name: "Save note" }).click();
    await expect(page.getByText("They want it by Friday.")).toBeVisible();
  });

  await test.step("accepted, invoiced, paid in part: all of it stands on the deal", async () => {
    const sent = await post<{ public_url: string }>(page.request, `/api/v1/quotes/${quote}/send`, { link_only: true });
    const accepted = await page.request.post(`${sent.public_url}/accept`, { form: { name: "Hugo Mas", consent: "yes" } });
    expect(accepted.status()).toBeLessThan(400);
    const invoice = await post<Stored>(page.request, `/api/v1/quotes/${quote}/invoice`);
    const issued = await post<{ number: string; issue_date: string }>(page.request, `/api/v1/invoices/${invoice.id}/issue`);
    await post(page.request, "/api/v1/payments", { invoice_id: invoice.id, amount: { amount: "100.00", currency: "EUR" }, paid_on: issued.issue_date, method: "card" });
    await page.goto(`/deals/${deal.id}`);
    const invoices = page.getByRole("region", { name: "Invoices" });
    // 202.29 and 21 % on it.
    await expect(invoices).toContainText("€244.77");
    await expect(invoices).toContainText("€144.77");
    await expect(invoices.getByRole("link", { name: new RegExp(issued.number) })).toContainText("Partly paid");
    await expect(page.getByRole("region", { name: "Quotes" }).getByRole("link", { name: /Accepted/ })).toBeVisible();
    await look(page, "a deal with its quote and its invoice");
    for (const of of [`/companies/${company.id}`, `/contacts/${contact.id}`]) {
      await page.goto(of);
      await expect(page.getByRole("region", { name: "Invoices" }).getByRole("link", { name: new RegExp(issued.number) })).toBeVisible();
    }
    await look(page, "a contact with quotes and invoices");
    await page.getByRole("region", { name: "Invoices" }).getByRole("link", { name: new RegExp(issued.number) }).click();
    await expect(page.getByRole("heading", { level: 1, name: issued.number })).toBeVisible();
  });
});

async function fill(row: Locator, figures: Record<string, string>): Promise<void> {
  for (const [label, value] of Object.entries(figures)) await row.getByLabel(label, { exact: true }).fill(value);
}

// Frames are measured with E2E_BOARD=10000; what is kept in the page is the same with fewer.
const MANY = Number(process.env.E2E_BOARD ?? 2_000);

test.describe("a board of thousands of deals", () => {
  let server: Server;
  test.describe.configure({ timeout: 420_000 });
  test.beforeAll(async () => {
    test.setTimeout(420_000);
    const unlimited = { OMB_REQUESTS_PER_MINUTE: "10000000", OMB_ACCOUNT_REQUESTS_PER_MINUTE: "10000000", OMB_TENANT_REQUESTS_PER_MINUTE: "10000000" };
    server = await serve(unlimited);
  });
  test.afterAll(async () => {
    await server?.stop();
  });

  test("scrolls, and its cards move over what is not there", async ({ browser, isMobile }) => {
    test.skip(isMobile, "measured once, where the most columns are seen");
    const context = await browser.newContext({ baseURL: server.url, viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    await workspace(page.request, new Mailbox(page.request), someone("Nil Prat", "Taller Prat"));
    const stages = await fillBoard(page.request);
    await page.goto("/deals");
    const column = page.locator("main section[aria-label]").first();
    const cards = page.locator("main li[data-card]");
    await expect(column.getByText(String(MANY / 4), { exact: true })).toBeVisible();
    await expect(cards.first()).toBeVisible();

    await test.step("only what is seen is there", async () => {
      expect(await cards.count()).toBeLessThan(150);
      await look(page, "a board of thousands of deals");
    });

    await test.step("frames while scrolling", async () => {
      const box = await column.boundingBox();
      if (!box) throw new Error("no column");
      await page.mouse.move(box.x + 100, box.y + 300);
      const wheel = await record(page, async () => {
        for (let turn = 0; turn < 60; turn += 1) {
          await page.mouse.wheel(0, 240);
          await page.waitForTimeout(16);
        }
      });
      const steady = await record(page, () => scroll(page, "main section[aria-label] ul", 6_000, 2_500));
      tell("by wheel", wheel);
      tell("by programme", steady);
      // What this machine draws at best: as many cards that nobody renders, moved the same way.
      const plain = await context.newPage();
      await plain.setContent(PLAIN);
      tell("by programme, as plain cards (floor)", await record(plain, () => scroll(plain, "main section ul", 6_000, 2_500)));
      await plain.close();
      expect(await cards.count(), "cards in the page while scrolling").toBeLessThan(150);
      // Read on as far as was scrolled, and not to the end.
      const shown = await column.locator("li[data-card]").last().getAttribute("data-index");
      expect(Number(shown)).toBeGreaterThan(100);
    });

    await test.step("a card is carried by keyboard past those that were not there", async () => {
      await page.goto("/deals");
      const first = column.locator("li[data-card]").first();
      const id = await first.getAttribute("data-card");
      const said = page.getByRole("status").filter({ hasText: / over | lifted/ });
      const button = first.getByRole("button");
      await button.focus();
      await button.press("Space");
      await expect(said).toBeAttached();
      for (let step = 0; step < 40; step += 1) {
        await page.keyboard.press("ArrowDown");
        await page.waitForTimeout(30);
      }
      const moved = page.waitForResponse((answer) => answer.url().endsWith("/move"));
      await page.keyboard.press("Space");
      expect((await moved).ok()).toBe(true);
      const list = await get<{ items: Stored[] }>(page.request, `/api/v1/deals?stage_id=${stages[0]}&state=open&sort=position&limit=200`);
      const place = list.items.findIndex((deal) => deal.id === id);
      expect(place, "its place in the stage").toBeGreaterThan(20);
    });
    await context.close();
  });
});

/** Four columns of a hundred cards without a program, the first tall enough to be scrolled as far as the board. */
const PLAIN = (() => {
  const card = (n: number) => `<li><b>Deal ${n}</b><br>Transportes del Mediterráneo Occidental<br><b>€${n},000.00</b> Mar 1, 2027</li>`;
  const column = `<section><div><ul>${Array.from({ length: 100 }, (_, n) => card(n)).join("")}</ul></div></section>`;
  const style = `main{display:flex;gap:12px;height:700px;font:14px sans-serif}section{width:288px;background:#f0f4f7;border-radius:8px}
    div{height:680px;overflow-y:auto}ul{margin:8px;padding:0}li{list-style:none;background:#fff;border:1px solid #dde3ea;border-radius:8px;padding:12px;margin-bottom:8px}`;
  return `<!doctype html><title>Plain cards</title><style>${style}</style><main>${column.repeat(4)}</main>`;
})();

function tell(how: string, frames: Frames): void {
  const { count, median, worst, over17, over33, longest } = frames;
  const text = `${count} frames, median ${median.toFixed(1)} ms, longest ${worst.toFixed(1)} ms, ${over17} over 16.7 ms, ${over33} over 33 ms, longest task ${longest.toFixed(0)} ms`;
  test.info().annotations.push({ type: `scrolling ${how}`, description: text });
  console.log(`scrolling a board of ${MANY} deals ${how}: ${text}`);
}

/** Open deals, evenly over the stages. */
async function fillBoard(request: APIRequestContext): Promise<string[]> {
  const pipelines = await get<{ items: { stages: { id: string }[] }[] }>(request, "/api/v1/pipelines");
  const stages = (pipelines.items[0]?.stages ?? []).map((stage) => stage.id);
  const company = await post<Stored>(request, "/api/v1/companies", { name: "Transportes del Mediterráneo Occidental" });
  let next = 0;
  const write = async () => {
    for (let n = next++; n < MANY; n = next++) {
      const amount = { amount: `${(n * 7919) % 90_000}.00`, currency: "EUR" };
      const name = n % 3 === 0 ? `Maintenance of the whole fleet with all its trailers, part ${n}` : `Deal ${n}`;
      await post(request, "/api/v1/deals", { name, company_id: company.id, amount, stage_id: stages[n % stages.length], expected_close: "2027-03-01" });
    }
  };
  await Promise.all(Array.from({ length: 12 }, write));
  return stages;
}

