// A noun of one's own: made in the settings with fields, its records listed, carried over a board, and seen from the
// contact they point at.
import { readFileSync } from "node:fs";

import { look } from "../story/look.ts";
import { someone } from "../story/person.ts";
import { expect, test } from "../story/test.ts";
import { workspace } from "../story/workspace.ts";

test("a custom object gets fields, a list, a board and pages that point at each other", async ({ page, mailbox, isMobile }) => {
  await workspace(page.request, mailbox, someone("Nora Vidal", "Talleres Vidal"));
  await page.request.post("/api/v1/contacts", { data: { given_name: "Eva", family_name: "Prat" } });

  await test.step("it is made", async () => {
    await page.goto("/settings/custom-objects");
    await expect(page.getByText("No custom objects yet")).toBeVisible();
    await look(page, "no custom objects");
    await page.getByRole("button", { name: "New object" }).first().click();
    const dialog = page.getByRole("dialog", { name: "New object" });
    await dialog.getByLabel("One is called").fill("Vehicle");
    await dialog.getByLabel("Many are called").fill("Vehicles");
    await look(page, "a new object");
    await dialog.getByRole("button", { name: "Create object" }).click();
    await expect(page.getByRole("link", { name: "Vehicles" }).first()).toBeVisible();
  });

  await test.step("it gets fields", async () => {
    await page.goto("/settings/custom-fields");
    const field = async (label: string, kind: string, more?: (dialog: ReturnType<typeof page.getByRole>) => Promise<void>) => {
      const section = page.locator("section").filter({ has: page.getByRole("heading", { name: "Fields of Vehicles" }) });
      await section.getByRole("button", { name: "New field" }).click();
      const dialog = page.getByRole("dialog", { name: "New field of Vehicles" });
      await dialog.getByLabel("Name", { exact: true }).fill(label);
      await dialog.getByLabel("Kind").selectOption(kind);
      await more?.(dialog);
      await dialog.getByRole("button", { name: "Create field" }).click();
      await expect(dialog).toHaveCount(0);
    };
    await field("State", "choice", async (dialog) => {
      await dialog.getByRole("textbox", { name: "Choice 1", exact: true }).fill("On the road");
      await dialog.getByRole("button", { name: "Add choice" }).click();
      await dialog.getByRole("textbox", { name: "Choice 2", exact: true }).fill("In the workshop");
    });
    await field("Keeper", "relation", async (dialog) => {
      await dialog.getByLabel("Points at").selectOption("contact");
    });
  });

  await test.step("a record points at a contact", async () => {
    if (isMobile) await page.getByRole("button", { name: /More$/ }).click();
    await page.getByRole("link", { name: "Vehicles" }).first().click();
    await expect(page.getByText("Vehicles: none yet")).toBeVisible();
    await look(page, "an object without records");
    await page.getByRole("button", { name: "New: Vehicle" }).first().click();
    const dialog = page.getByRole("dialog", { name: "New: Vehicle" });
    await dialog.getByLabel("Name", { exact: true }).fill("Van 3");
    await dialog.getByLabel(/^State/).selectOption({ label: "On the road" });
    await dialog.getByRole("combobox", { name: /^Keeper/ }).click();
    await page.getByRole("option", { name: "Eva Prat" }).click();
    await look(page, "a new record");
    await dialog.getByRole("button", { name: "Create" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Van 3" })).toBeVisible();
    await look(page, "a record of one's own");
    await page.getByRole("link", { name: "Eva Prat" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Eva Prat" })).toBeVisible();
    await expect(page.getByRole("heading", { name: "Vehicles · Keeper" })).toBeVisible();
    await page.getByRole("link", { name: "Van 3" }).click();
  });

  await test.step("the board carries it to another column", async () => {
    await page.getByRole("link", { name: "Vehicles" }).first().click();
    await expect(page.getByRole("link", { name: "Van 3" })).toBeVisible();
    await look(page, "a list of one's own");
    if (!isMobile) {
      const taken = page.waitForEvent("download");
      await page.getByRole("button", { name: "Export" }).click();
      await page.getByRole("menuitem", { name: "CSV" }).click();
      const file = await taken;
      expect(file.suggestedFilename()).toBe("Vehicles.csv");
      expect(readFileSync(await file.path(), "utf8")).toMatch(/"Van 3",.*"On the road","con_/);
    }
    await page.getByRole("radio", { name: "Board" }).click();
    const road = page.getByRole("region", { name: "On the road" });
    await expect(road.getByText("Van 3")).toBeVisible();
    await look(page, "a board of one's own");
    await road.getByRole("button", { name: "Move Van 3 to another column" }).click();
    await page.getByRole("menuitem", { name: "In the workshop" }).click();
    await expect(page.getByRole("region", { name: "In the workshop" }).getByText("Van 3")).toBeVisible();
    await page.reload();
    await expect(page.getByRole("region", { name: "In the workshop" }).getByText("Van 3")).toBeVisible();
  });

  await test.step("it is deleted, and brought back", async () => {
    await page.getByRole("link", { name: "Van 3" }).click();
    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await expect(page.getByText("Van 3 deleted")).toBeVisible();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByRole("link", { name: "Van 3" })).toBeVisible();
  });
});
