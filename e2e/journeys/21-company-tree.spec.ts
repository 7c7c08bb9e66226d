// A group of companies: a subsidiary under its parent, what the whole amounts to, and the way up and down.
import { look } from "../story/look.ts";
import { someone } from "../story/person.ts";
import { expect, test } from "../story/test.ts";
import { workspace } from "../story/workspace.ts";

test("a company gets subsidiaries, and the group adds up", async ({ page, mailbox }) => {
  await workspace(page.request, mailbox, someone("Nora Vidal", "Talleres Vidal"));
  const company = async (data: object) => (await (await page.request.post("/api/v1/companies", { data })).json()) as { id: string };
  const top = await company({ name: "Grupo Levante" });
  const iberia = await company({ name: "Levante Iberia", parent_id: top.id });
  await page.goto(`/companies/${iberia.id}`);
  const group = page.getByRole("region", { name: "Subsidiaries" });

  await test.step("a company without subsidiaries says so, and names the one it belongs to", async () => {
    await expect(group.getByText("No company belongs to this one.")).toBeVisible();
    await expect(page.getByRole("navigation", { name: "Belongs to" }).getByRole("link", { name: "Grupo Levante" })).toBeVisible();
    await look(page, "a company without subsidiaries");
  });

  await test.step("one is added where one stands", async () => {
    await group.getByRole("button", { name: "Add a subsidiary" }).click();
    const dialog = page.getByRole("dialog", { name: "New company" });
    await expect(dialog.getByRole("combobox", { name: /^Parent company/ })).toContainText("Levante Iberia");
    await dialog.getByLabel("Name", { exact: true }).fill("Levante Vigo");
    await dialog.getByRole("button", { name: "Create company" }).click();
    await expect(group.getByRole("link", { name: /Levante Vigo/ })).toBeVisible();
  });

  await test.step("the group adds up", async () => {
    const vigo = (await (await page.request.get(`/api/v1/companies?parent_id=${iberia.id}`)).json()) as { items: { id: string }[] };
    await page.request.post("/api/v1/contacts", { data: { given_name: "Eva", company_id: vigo.items[0]?.id } });
    const deal = { name: "Fleet", company_id: vigo.items[0]?.id, amount: { amount: "1200.00", currency: "EUR" } };
    expect((await page.request.post("/api/v1/deals", { data: deal })).ok()).toBe(true);
    await page.goto(`/companies/${top.id}`);
    await expect(group.getByText("€1,200.00")).toBeVisible();
    await expect(group.getByRole("link")).toHaveCount(2);
    await look(page, "a company with subsidiaries");
    // By the keyboard from one to the next, and in.
    await group.getByRole("link", { name: /Levante Iberia/ }).focus();
    await page.keyboard.press("ArrowDown");
    await expect(group.getByRole("link", { name: /Levante Vigo/ })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: "Levante Vigo" })).toBeVisible();
    await expect(page.getByRole("navigation", { name: "Belongs to" }).getByRole("link")).toHaveText(["Grupo Levante", "Levante Iberia"]);
  });

  await test.step("a company is not offered to what stands above it", async () => {
    await page.goto(`/companies/${top.id}`);
    await page.getByRole("button", { name: "Edit" }).click();
    const dialog = page.getByRole("dialog", { name: "Edit company" });
    await dialog.getByRole("combobox", { name: /^Parent company/ }).click();
    await expect(page.getByRole("option", { name: /Levante/ })).toHaveCount(0);
  });
});
