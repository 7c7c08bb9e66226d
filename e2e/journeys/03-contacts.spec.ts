// The real contacts of a company come in from a file: guessed, corrected, previewed, run, and taken back.
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";

import { type Page } from "@playwright/test";

import { look } from "../story/look.ts";
import { someone } from "../story/person.ts";
import { expect, test } from "../story/test.ts";
import { get, workspace } from "../story/workspace.ts";

// The published data set, where it lies beside the repository; it is not ours to copy into it.
const PUBLISHED = process.env.E2E_CONTACTS ?? resolve(import.meta.dirname, "../../../shared/specs/contacts/febrl-dataset1.csv");

const FILE = [
  "Nombre;Apellidos;Empresa;Correo;Teléfono;Observaciones internas",
  "Lucía;Ortega;Talleres Ortega;lucia@ortega.example;612 345 678;client since 2019",
  "Jordi;Puig;Talleres Ortega;jordi@ortega.example;612 345 679;",
  "=cmd|' /C calc'!A0;Sanz;Sanz y Hijos;sanz@sanz.example;+34 913 456 789;typed by hand",
  "Ana;Marín;Café Marín;this is not an address;612 345 680;",
  "Lucía;Ortega;Talleres Ortega;lucia@ortega.example;612 345 678;twice in the file",
  "Begoña;Ibáñez;;begona@ibanez.example;;",
].join("\r\n");

async function bring(page: Page, name: string, content: Buffer): Promise<void> {
  await page.goto("/imports");
  await page.getByLabel(/^Drop a CSV/).setInputFiles({ name, mimeType: "text/csv", buffer: content });
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await expect(page.getByRole("region", { name: "As it will be stored" })).toBeVisible();
}

async function counted(page: Page): Promise<Record<string, number>> {
  const id = page.url().split("/").pop();
  return get(page.request, `/api/v1/imports/${id}`);
}

test("a file in Windows encoding is understood, corrected by hand, taken in, and taken back", async ({ page, mailbox }) => {
  await workspace(page.request, mailbox, someone("Marta Ortega", "Recambios Ortega"));
  await page.goto("/contacts");
  await look(page, "no contacts yet");
  await page.goto("/imports");
  await look(page, "imports");
  // Latin-1 is Windows-1252 for these letters.
  await bring(page, "clientes.csv", Buffer.from(FILE, "latin1"));

  await test.step("the file is read as it is meant", async () => {
    await expect(page.getByLabel("Between cells")).toHaveValue(";");
    await expect(page.getByRole("switch", { name: "First line has names" })).toBeChecked();
    await expect(page.getByLabel("Field for Nombre")).toHaveValue("given_name");
    await expect(page.getByLabel("Field for Correo")).toHaveValue("email");
    await expect(page.getByRole("region", { name: "As it will be stored" })).toContainText("Begoña Ibáñez");
    await look(page, "a draft import");
  });

  await test.step("a guess is overruled", async () => {
    const field = page.getByLabel("Field for Observaciones internas");
    await field.selectOption("Tags");
    await expect(page.getByRole("listitem").filter({ has: field })).toContainText("Chosen by you");
    await expect(page.getByRole("region", { name: "As it will be stored" })).toContainText("client since 2019");
  });

  await test.step("it runs, and says what it did and what it refused", async () => {
    await page.getByRole("button", { name: /^Import (about )?\d+ rows?/ }).click();
    await expect(page.getByRole("button", { name: "Undo import" })).toBeVisible({ timeout: 20_000 });
    expect(await counted(page)).toMatchObject({ state: "done", created: 4, skipped: 1, refused: 1, companies_created: 2 });
    await look(page, "a finished import");
  });

  await test.step("refused rows come back as a file with their reason", async () => {
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download refused rows" }).click();
    const refused = readFileSync(await (await download).path(), "utf8");
    expect(refused).toContain("this is not an address");
    expect(refused).not.toContain("Begoña");
  });

  await test.step("the contacts and their companies are there", async () => {
    await page.getByRole("link", { name: "See contacts" }).click();
    await expect(page.getByRole("link", { name: "Jordi Puig" })).toBeVisible();
    await expect(page.getByRole("link", { name: "Begoña Ibáñez" })).toBeVisible();
    await look(page, "contacts");
    await page.getByRole("link", { name: "Jordi Puig" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Jordi Puig" })).toBeVisible();
    await expect(page.getByRole("link", { name: /Talleres Ortega/ }).first()).toBeVisible();
    await look(page, "a contact");
    // What a spreadsheet would run is not handed to it.
    const exported = await page.request.get("/api/v1/contacts/export.csv");
    expect(await exported.text()).not.toMatch(/(^|[,;])"?=cmd/m);
  });

  await test.step("it is taken back", async () => {
    await page.goto("/imports");
    await page.getByRole("link", { name: "clientes.csv" }).click();
    await page.getByRole("button", { name: "Undo import" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Undo import" }).click();
    await expect(page.getByText(/This import was undone: \d+ records taken back/)).toBeVisible({ timeout: 20_000 });
    await look(page, "an import taken back");
    expect((await get<{ items: object[] }>(page.request, "/api/v1/contacts")).items).toEqual([]);
  });
});

test("what is no table is refused in words", async ({ page, mailbox }) => {
  await workspace(page.request, mailbox, someone("Luis Binario", "Binarios"));
  await page.goto("/imports");
  const drop = page.getByLabel(/^Drop a CSV/);
  await drop.setInputFiles({ name: "empty.csv", mimeType: "text/csv", buffer: Buffer.alloc(0) });
  await expect(page.getByRole("alert")).toContainText("This file is empty.");
  await drop.setInputFiles({ name: "picture.csv", mimeType: "text/csv", buffer: await page.screenshot() });
  await expect(page.getByRole("alert").or(page.getByText(/not a|no text|cannot be read/i)).first()).toBeVisible();
  await look(page, "a file that is no table");
});

test("a thousand published people come in", async ({ page, mailbox }) => {
  test.skip(!existsSync(PUBLISHED), `${PUBLISHED} is not here`);
  await workspace(page.request, mailbox, someone("Kayla Waller", "Febrl"));
  await bring(page, "febrl-dataset1.csv", readFileSync(PUBLISHED));
  await expect(page.getByLabel("Field for surname")).toHaveValue("family_name");
  await look(page, "the published file");
  await page.getByRole("button", { name: /^Import (about )?[\d,.]+ rows?/ }).click();
  await expect(page.getByRole("link", { name: "See contacts" })).toBeVisible({ timeout: 60_000 });
  const { created, refused, skipped } = await counted(page);
  expect((created ?? 0) + (refused ?? 0) + (skipped ?? 0)).toBe(1000);
  expect(created).toBeGreaterThan(900);
  await page.getByRole("link", { name: "See contacts" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Contacts" })).toBeVisible();
  await look(page, "a thousand contacts");
});
