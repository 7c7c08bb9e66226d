// A workspace keeps a field of its own: made in the settings, filled in on a contact, shown and filtered in the list.
import { look } from "../story/look.ts";
import { someone } from "../story/person.ts";
import { expect, test } from "../story/test.ts";
import { workspace } from "../story/workspace.ts";

test("a field is made, filled in, listed, filtered by and archived", async ({ page, mailbox }) => {
  await workspace(page.request, mailbox, someone("Marta Ortega", "Recambios Ortega"));
  await page.goto("/settings/custom-fields");
  await expect(page.getByRole("heading", { level: 1, name: "Custom fields" })).toBeVisible();
  await look(page, "no custom fields yet");

  await test.step("a choice is defined", async () => {
    await page.getByRole("button", { name: "New field" }).nth(1).click();
    const dialog = page.getByRole("dialog", { name: "New field of contacts" });
    await dialog.getByLabel("Name").fill("Level");
    await dialog.getByLabel("Kind").selectOption("choice");
    await dialog.getByLabel("Choice 1", { exact: true }).fill("Gold");
    await dialog.getByRole("button", { name: "Add choice" }).click();
    await dialog.getByLabel("Choice 2", { exact: true }).fill("Silver");
    await look(page, "a new custom field");
    await dialog.getByRole("button", { name: "Create field" }).click();
    await expect(page.getByRole("list", { name: "Fields of contacts" })).toContainText("Level");
  });

  await test.step("a contact has a value", async () => {
    await page.goto("/contacts?new=true");
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("First name").fill("Lucía");
    await dialog.getByLabel(/^Level/).selectOption({ label: "Silver" });
    await dialog.getByRole("button", { name: "Create contact" }).click();
    await expect(page.getByRole("complementary", { name: "Facts" })).toContainText("Silver");
    await look(page, "a contact with a custom value");
  });

  await test.step("the list is filtered by it", async () => {
    await page.goto("/contacts");
    await page.getByLabel("Custom choice").selectOption({ label: "Level: Silver" });
    await expect(page.getByRole("link", { name: "Lucía" })).toBeVisible();
    await page.getByLabel("Custom choice").selectOption({ label: "Level: Gold" });
    await expect(page.getByRole("link", { name: "Lucía" })).toHaveCount(0);
  });

  await test.step("it is archived", async () => {
    await page.goto("/settings/custom-fields");
    await page.getByRole("button", { name: "More for Level" }).click();
    await page.getByRole("menuitem", { name: "Archive" }).click();
    await expect(page.getByRole("list", { name: "Fields of contacts" })).toContainText("Archived");
    await look(page, "an archived custom field");
  });
});
