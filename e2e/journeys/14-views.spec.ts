// A list narrowed by conditions of one's own, kept as a view, opened by it; and a custom object used in a view.
import { choose } from "../story/form.ts";
import { look } from "../story/look.ts";
import { someone } from "../story/person.ts";
import { expect, test } from "../story/test.ts";
import { workspace } from "../story/workspace.ts";

test("a filter becomes a view that the list opens with", async ({ page, mailbox, isMobile }) => {
  await workspace(page.request, mailbox, someone("Nora Vidal", "Talleres Vidal"));
  for (const [given_name, city, tags] of [
    ["Ana", "Lugo", ["vip"]],
    ["Bea", "Vigo", ["vip"]],
    ["Cruz", "Vigo", []],
  ] as const) {
    await page.request.post("/api/v1/contacts", { data: { given_name, city, tags } });
  }
  const shown = (name: string) => page.getByRole("link", { name, exact: true });
  await page.goto("/contacts");
  await expect(shown("Cruz")).toBeVisible();

  await test.step("a filter of two conditions and a group", async () => {
    await page.getByRole("button", { name: "Filter", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Filter" });
    await expect(dialog.getByText("No conditions: everything is shown.")).toBeVisible();
    await dialog.getByRole("button", { name: "Condition", exact: true }).click();
    await dialog.getByLabel("Field").selectOption({ label: "City" });
    await dialog.getByLabel("Operator").selectOption({ label: "is" });
    await dialog.getByLabel("Value").fill("vigo");
    await dialog.getByRole("button", { name: "Group", exact: true }).click();
    const group = dialog.getByRole("group", { name: "Any of these" }).last();
    await group.getByLabel("Field").selectOption({ label: "Tags" });
    await group.getByLabel("Value").fill("vip");
    await page.keyboard.press("Enter");
    await look(page, "a filter being built");
    await dialog.getByRole("button", { name: "Show" }).click();
    await expect(shown("Bea")).toBeVisible();
    await expect(shown("Cruz")).toHaveCount(0);
    await expect(shown("Ana")).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Filter (2)" })).toBeVisible();
  });

  await test.step("it is kept as a view", async () => {
    await page.getByRole("button", { name: "Save as new view" }).click();
    const dialog = page.getByRole("dialog", { name: "Save as new view" });
    await dialog.getByLabel("Name").fill("Important in Vigo");
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("button", { name: "Important in Vigo", exact: true })).toHaveAttribute("aria-pressed", "true");
    await look(page, "a list in a view");
    await page.getByRole("button", { name: "All", exact: true }).click();
    await expect(shown("Ana")).toBeVisible();
    await page.getByRole("button", { name: "Important in Vigo", exact: true }).click();
    await expect(shown("Ana")).toHaveCount(0);
  });

  await test.step("the list opens with it, for whoever chose so", async () => {
    await page.getByRole("button", { name: "More for Important in Vigo" }).click();
    await page.getByRole("menuitemcheckbox", { name: "The list opens with it" }).click();
    // Leaving at once would take the request along.
    await page.getByRole("button", { name: "More for Important in Vigo" }).click();
    await expect(page.getByRole("menuitemcheckbox", { name: "The list opens with it" })).toHaveAttribute("aria-checked", "true");
    await page.keyboard.press("Escape");
    await page.goto("/contacts");
    await expect(shown("Bea")).toBeVisible();
    await expect(shown("Ana")).toHaveCount(0);
    await expect(page).toHaveURL(/saved=viw_/);
  });

  await test.step("it is deleted, and brought back", async () => {
    await page.getByRole("button", { name: "More for Important in Vigo" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await expect(shown("Ana")).toBeVisible();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("button", { name: "Views", exact: true }).click();
    await expect(page.getByRole("menuitemcheckbox", { name: "Important in Vigo" })).toBeVisible();
    await page.keyboard.press("Escape");
  });
  expect(isMobile).toBeDefined();
});

test("a custom object is used in a view", async ({ page, mailbox }) => {
  await workspace(page.request, mailbox, someone("Nora Vidal", "Talleres Vidal"));
  const made = async (path: string, data: object) => (await (await page.request.post(path, { data })).json()) as { id: string };
  const object = await made("/api/v1/custom-objects", { singular: "Vehicle", plural: "Vehicles" });
  const eva = await made("/api/v1/contacts", { given_name: "Eva" });
  await made("/api/v1/custom-fields", { object: object.id, label: "Keeper", kind: "relation", target: "contact" });
  await made("/api/v1/custom-fields", { object: object.id, label: "Next service", kind: "date" });
  const records = `/api/v1/custom-objects/${object.id}/records`;
  await made(records, { name: "Van 1", custom: { keeper: eva.id, next_service: "2020-01-01" } });
  await made(records, { name: "Van 2", custom: { keeper: eva.id } });
  await made(records, { name: "Van 3", custom: { next_service: "2020-01-01" } });
  await page.goto(`/objects/${object.id}`);
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Filter" });
  await dialog.getByRole("button", { name: "Condition", exact: true }).click();
  await dialog.getByLabel("Field").selectOption({ label: "Next service" });
  await dialog.getByLabel("Operator").selectOption({ label: "before" });
  await dialog.getByLabel("Value").fill("2021-01-01");
  await dialog.getByRole("button", { name: "Condition", exact: true }).click();
  await dialog.getByLabel("Field").last().selectOption({ label: "Keeper" });
  await dialog.getByLabel("Operator").last().selectOption({ label: "is" });
  await choose(page, "Value", "Eva");
  await look(page, "a filter of custom fields");
  await dialog.getByRole("button", { name: "Show" }).click();
  await expect(page.getByRole("link", { name: "Van 1" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Van 2" })).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Van 3" })).toHaveCount(0);
  await page.getByRole("button", { name: "Save as new view" }).click();
  await page.getByRole("dialog").getByLabel("Name").fill("Eva, overdue");
  await page.getByRole("dialog").getByRole("switch", { name: /For everybody/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("button", { name: "Eva, overdue", exact: true })).toBeVisible();
});
