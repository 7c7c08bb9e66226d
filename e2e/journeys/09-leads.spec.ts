// A lead comes in, is scored with its reasons, becomes a contact, a company and a deal, and the deal is won. What the
// workspace asks of leads and of deals under one key goes along.
import { look } from "../story/look.ts";
import { someone } from "../story/person.ts";
import { expect, test } from "../story/test.ts";
import { post, workspace } from "../story/workspace.ts";

test("a lead is scored, converted, and its deal is won", async ({ page, mailbox }) => {
  await workspace(page.request, mailbox, someone("Marta Ortega", "Recambios Ortega"));
  for (const object of ["lead", "deal"]) {
    await post(page.request, "/api/v1/custom-fields", { object, key: "vans", label: "Vans", kind: "number" });
  }
  await page.goto("/leads");
  await expect(page.getByText("No leads yet")).toBeVisible();
  await look(page, "no leads yet");

  await test.step("the rules are the workspace's own", async () => {
    await page.getByRole("button", { name: "Scoring" }).click();
    const dialog = page.getByRole("dialog", { name: "Scoring and assignment" });
    await dialog.getByRole("button", { name: "Add a rule" }).click();
    await dialog.getByLabel("What the rule looks at").last().selectOption("country");
    await dialog.getByLabel("What is compared").last().fill("ES, PT");
    await look(page, "the rules of scoring");
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(dialog).toHaveCount(0);
  });

  await test.step("a lead is made and scored", async () => {
    await page.goto("/leads?new=true");
    const dialog = page.getByRole("dialog", { name: "New lead" });
    await dialog.getByLabel("First name").fill("Lucía");
    await dialog.getByLabel("Last name").fill("Prieto");
    await dialog.getByLabel(/^Company/).fill("Talleres Aurora");
    await dialog.getByLabel(/^E-mail/).fill("lucia@aurora.example");
    await dialog.getByLabel(/^Message/).fill("We have twelve vans.");
    await dialog.getByLabel(/^Vans/).fill("12");
    await look(page, "a new lead");
    await dialog.getByRole("button", { name: "Create lead" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Lucía Prieto" })).toBeVisible();
    await expect(page.getByText("E-mail of a company")).toBeVisible();
    await expect(page.getByText("Named a company")).toBeVisible();
    await expect(page.getByRole("complementary", { name: "Facts" })).toContainText(/Vans\s*12/);
    await look(page, "a lead with its score");
  });

  await test.step("it is converted", async () => {
    await page.getByRole("button", { name: "Convert" }).click();
    const dialog = page.getByRole("dialog", { name: "Convert the lead" });
    await expect(dialog.getByText("New company: Talleres Aurora")).toBeVisible();
    await dialog.getByLabel("Title").fill("Fleet of Aurora");
    await look(page, "converting a lead");
    await dialog.getByRole("button", { name: "Convert" }).click();
    await expect(page.getByText("Converted into")).toBeVisible();
    await look(page, "a converted lead");
  });

  await test.step("its deal is won", async () => {
    await page.getByRole("link", { name: "Fleet of Aurora" }).first().click();
    await expect(page.getByRole("heading", { level: 1, name: "Fleet of Aurora" })).toBeVisible();
    await expect(page.getByText("converted the lead")).toBeVisible();
    await expect(page.getByRole("complementary", { name: "Facts" })).toContainText(/Vans\s*12/);
    await page.getByRole("button", { name: "Won" }).click();
    await expect(page.getByRole("button", { name: "Reopen" })).toBeVisible();
    await look(page, "a deal won from a lead");
  });
});
