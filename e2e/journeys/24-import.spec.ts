// Workbooks and address cards come in as they went out; a mapping is kept for the next file; a whole file is tried first.
import { type Page } from "@playwright/test";

import { look } from "../story/look.ts";
import { someone } from "../story/person.ts";
import { expect, test } from "../story/test.ts";
import { workspace } from "../story/workspace.ts";

const SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

async function taken(page: Page, path: string): Promise<Buffer> {
  const answer = await page.request.get(path);
  expect(answer.ok()).toBe(true);
  return answer.body();
}

async function bring(page: Page, name: string, mimeType: string, buffer: Buffer): Promise<void> {
  await page.goto("/imports");
  await page.getByLabel(/^Drop a CSV/).setInputFiles({ name, mimeType, buffer });
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
}

test("a workbook and cards come back in, by a mapping that is kept, after a trial", async ({ page, mailbox }) => {
  await workspace(page.request, mailbox, someone("Nora Vidal", "Talleres Vidal"));
  for (const [given_name, family_name, email] of [
    ["Lucía", "Ortega", "lucia@ortega.example"],
    ["ليلى", "السعدي", "leila@noor.example"],
  ]) {
    await page.request.post("/api/v1/contacts", { data: { given_name, family_name, email } });
  }
  const book = await taken(page, "/api/v1/contacts/export.xlsx");
  const cards = await taken(page, "/api/v1/contacts/export.vcf");
  const preview = page.getByRole("region", { name: "As it will be stored" });

  await test.step("a workbook is known by its content and tried as a whole", async () => {
    await bring(page, "people.csv", "text/csv", book);
    await expect(page.getByLabel("Sheet", { exact: true })).toHaveValue("Sheet1");
    await expect(page.getByLabel("Row with the names")).toHaveValue("1");
    await expect(preview).toContainText("ليلى السعدي");
    await page.getByRole("button", { name: "Try it" }).click();
    const trial = page.getByRole("group", { name: "Try the whole file" });
    await expect(trial).toContainText("Would be passed over");
    await expect(trial.getByText("2", { exact: true })).toBeVisible();
    await expect(page.getByRole("link", { name: "Download every row" })).toBeVisible();
    await look(page, "a workbook that was tried");
  });

  await test.step("how it is read is saved", async () => {
    await page.getByRole("button", { name: "Save this mapping" }).click();
    const dialog = page.getByRole("dialog", { name: "Save this mapping" });
    await dialog.getByLabel("Name").fill("Our own list");
    await look(page, "a mapping being saved");
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("“Our own list” was saved.")).toBeVisible();
  });

  await test.step("the next file is offered it", async () => {
    await bring(page, "next.xlsx", SHEET, book);
    await page.getByRole("button", { name: /^Use “Our own list” \(100% fits\)/ }).click();
    await expect(preview).toContainText("Lucía Ortega");
    await page.getByRole("button", { name: "Fix a value" }).click();
    await page.getByRole("textbox", { name: "Value for Tags" }).fill("fair");
    await page.getByRole("textbox", { name: "Value for Tags" }).blur();
    await expect(page.getByRole("textbox", { name: "Value for Tags" })).toHaveValue("fair");
  });

  await test.step("cards name their own fields", async () => {
    await bring(page, "contacts.vcf", "text/vcard", cards);
    await expect(page.getByText("Address cards name their own fields")).toBeVisible();
    await expect(preview).toContainText("leila@noor.example");
    await look(page, "cards about to come in");
  });

  await test.step("mappings are renamed, deleted and brought back", async () => {
    await page.goto("/imports");
    await page.getByRole("button", { name: "More for Our own list" }).click();
    await page.getByRole("menuitem", { name: "Rename" }).click();
    const dialog = page.getByRole("dialog", { name: "Rename" });
    await dialog.getByLabel("Name").fill("Partners");
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Partners", { exact: true })).toBeVisible();
    await look(page, "imports with a saved mapping");
    await page.getByRole("button", { name: "More for Partners" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await expect(page.getByRole("button", { name: "More for Partners" })).toHaveCount(0);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByRole("button", { name: "More for Partners" })).toBeVisible();
  });
});
