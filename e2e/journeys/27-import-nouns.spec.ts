// Deals and records of an object of one's own come in from files through the screen, are tried first, and go again.
import { look } from "../story/look.ts";
import { someone } from "../story/person.ts";
import { expect, test } from "../story/test.ts";
import { workspace } from "../story/workspace.ts";

const csv = (name: string, text: string) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

test("deals and records come in from files, and are taken back", async ({ page, mailbox }) => {
  await workspace(page.request, mailbox, someone("Nora Vidal", "Talleres Vidal"));
  const made = await page.request.post("/api/v1/custom-objects", { data: { singular: "Van", plural: "Vans" } });
  const van = (await made.json()) as { id: string };
  await page.request.post("/api/v1/custom-fields", { data: { object: van.id, label: "Plate", kind: "text" } });
  const preview = page.getByRole("region", { name: "As it will be stored" });

  await test.step("from the list of deals to a file of deals", async () => {
    await page.goto("/deals?view=list");
    await page.getByRole("link", { name: "Import a file" }).first().click();
    await expect(page.getByLabel("What the rows are")).toHaveValue("deal");
    await look(page, "where a file of deals is brought");
    const file = "Negocio;Empresa;Importe;Etapa\r\nFlota 2027;Aurora;1.200,50;\r\nTaller;Aurora;30;Nunca\r\n";
    await page.getByLabel(/^Drop a CSV/).setInputFiles(csv("deals.csv", file));
    await expect(page.getByRole("heading", { level: 1, name: "deals.csv" })).toBeVisible();
    await expect(page.getByText("Each row becomes one of these: Deals.")).toBeVisible();
    await expect(page.getByLabel("Field for Importe")).toHaveValue("amount");
    await expect(preview).toContainText("Flota 2027");
    await expect(preview).toContainText("1200.50 EUR");
    await expect(preview).toContainText("There is no such stage.");
    await look(page, "a file of deals before it is stored");
  });

  await test.step("the trial and the import say the same", async () => {
    await page.getByRole("button", { name: "Try it" }).click();
    const trial = page.getByRole("group", { name: "Try the whole file" });
    await expect(trial).toContainText("Would be created");
    await page.getByRole("button", { name: /^Import about/ }).click();
    await expect(page.getByRole("link", { name: "See Deals" })).toBeVisible();
    await expect(page.getByRole("link", { name: "Download refused rows" })).toBeVisible();
    await look(page, "deals that were brought in");
    await page.getByRole("link", { name: "See Deals" }).click();
    await expect(page.getByRole("link", { name: "Flota 2027" }).or(page.getByText("Flota 2027")).first()).toBeVisible();
  });

  await test.step("and they go again", async () => {
    await page.goto("/imports");
    await expect(page.getByText(/^Deals · /).first()).toBeVisible();
    await page.getByRole("link", { name: "deals.csv" }).click();
    await page.getByRole("button", { name: "Undo import" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Undo import" }).click();
    await expect(page.getByText(/^This import was undone/)).toBeVisible();
    const left = await page.request.get("/api/v1/deals");
    expect(((await left.json()) as { items: unknown[] }).items).toEqual([]);
  });

  await test.step("records of an object of one's own are recognised by their plate", async () => {
    await page.goto(`/objects/${van.id}`);
    await page.getByRole("link", { name: "Import a file" }).first().click();
    await expect(page.getByLabel("What the rows are")).toHaveValue(van.id);
    await page.getByLabel(/^Drop a CSV/).setInputFiles(csv("vans.csv", "Nombre,Plate\nFurgón,4821 KLM\n"));
    await expect(page.getByLabel("Field for Plate")).toHaveValue("custom.plate");
    // The tick follows what was saved.
    await page.getByLabel("Plate", { exact: true }).click();
    await expect(page.getByLabel("Plate", { exact: true })).toBeChecked();
    await expect(preview).toContainText("4821 KLM");
    await look(page, "a file of records before it is stored");
    await page.getByRole("button", { name: /^Import 1 row/ }).click();
    await page.getByRole("link", { name: "See Vans" }).click();
    await expect(page.getByText("Furgón").first()).toBeVisible();
  });
});
