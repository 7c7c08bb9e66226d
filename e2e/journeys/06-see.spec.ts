// One look says where the business stands, and it stays true while others work; anything is found by typing.
import { type Page } from "@playwright/test";

import { look } from "../story/look.ts";
import { someone } from "../story/person.ts";
import { expect, test } from "../story/test.ts";
import { billing, customer, line, post, type Stored, workspace } from "../story/workspace.ts";

/** Opens the palette as this screen offers it: by keyboard where there is one, else by its button. */
async function openPalette(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  const phone = (page.viewportSize()?.width ?? 0) < 600;
  if (phone) await page.getByRole("button", { name: "Search" }).click();
  else await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog", { name: "Search or run a command" })).toBeVisible();
}

const money = (page: Page) => page.getByRole("region", { name: "Money" });

test("home says what needs me and what came in, and follows what others do", async ({ page, mailbox, context }) => {
  const owner = someone("Alba Ferrer", "Ferrer Catering");
  await workspace(page.request, mailbox, owner);
  await page.goto("/");
  await expect(page.getByText("To your first invoice in three steps")).toBeVisible();
  await look(page, "home on the first day");

  await billing(page.request);
  const { company } = await customer(page.request, "Bodega Sur", someone("Rita Sur", "Bodega Sur"));
  await post(page.request, "/api/v1/deals", { name: "Harvest dinner", company_id: company.id, amount: { amount: "2400.00", currency: "EUR" } });
  const invoice = await post<Stored>(page.request, "/api/v1/invoices", { company_id: company.id, lines: [line("Lunch for forty", "40", "25")] });

  await test.step("without reloading, the draft and the deal appear", async () => {
    await expect(page.getByRole("region", { name: /^Needs you now/ })).toContainText("Draft invoice to be issued");
    await expect(page.getByRole("region", { name: "Pipeline" })).toContainText("2,400");
  });

  await test.step("somebody issues and is paid in a second window", async () => {
    const second = await context.newPage();
    await second.goto(`/invoices/${invoice.id}`);
    await second.getByRole("button", { name: "Issue", exact: true }).click();
    await second.getByRole("dialog").getByRole("button", { name: "Issue invoice" }).click();
    await expect(money(page)).toContainText("1,210");
    await second.getByRole("button", { name: "Record payment" }).first().click();
    const form = second.getByRole("dialog", { name: "Record payment" });
    await form.getByLabel("Amount").fill("1000");
    await form.getByRole("button", { name: "Record payment" }).click();
    await expect(form).toHaveCount(0);
    await expect(money(page)).toContainText("1,000");
    await expect(money(page)).toContainText("210");
    await second.close();
  });
  await look(page, "home");
});

test("everything is found by typing: records, places, commands", async ({ page, mailbox }) => {
  await workspace(page.request, mailbox, someone("Berta Lloret", "Lloret Design"));
  const { company, contact } = await customer(page.request, "Zafiro Náutica", someone("Ziva Zafrilla", "Zafiro Náutica"));
  await post(page.request, "/api/v1/deals", { name: "Zafiro relaunch", company_id: company.id });
  await post(page.request, "/api/v1/quotes", { title: "Zafiro identity", company_id: company.id, contact_id: contact.id, lines: [line("Logo", "1", "900")] });
  await page.goto("/");

  await test.step("accents and case do not matter, and each kind is there", async () => {
    await openPalette(page);
    await look(page, "the palette");
    await page.keyboard.type("zafiro");
    const options = page.getByRole("dialog").getByRole("option");
    for (const found of [/Company.*Zafiro Náutica/, /Deal.*Zafiro relaunch/, /Quote.*Zafiro identity/]) {
      await expect(options.filter({ hasText: found }).first()).toBeVisible();
    }
    await look(page, "what was found");
    await page.getByRole("dialog").getByRole("combobox").fill("zafiro nautica");
    await options.filter({ hasText: /Company.*Zafiro Náutica/ }).first().click();
    await expect(page.getByRole("heading", { level: 1, name: "Zafiro Náutica" })).toBeVisible();
  });

  await test.step("a place and a command", async () => {
    await openPalette(page);
    await page.keyboard.type("payments");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: "Payments" })).toBeVisible();
    await openPalette(page);
    await page.keyboard.type("dark theme");
    await page.keyboard.press("Enter");
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  });

  await test.step("nothing found is said in words", async () => {
    await openPalette(page);
    await page.keyboard.type("qqqqzzzz");
    await expect(page.getByText("Nothing found. Try a name, a number or an e-mail address.")).toBeVisible();
    await page.keyboard.press("Escape");
  });
});
