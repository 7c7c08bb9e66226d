// Many records changed at once: a range by the keyboard, a field, tags, all that match in the background, and the way back.
import { look } from "../story/look.ts";
import { someone } from "../story/person.ts";
import { expect, test } from "../story/test.ts";
import { workspace } from "../story/workspace.ts";

test("rows are changed together, and undone", async ({ page, mailbox, isMobile }) => {
  test.skip(isMobile, "rows are selected in the table of a wide window");
  await workspace(page.request, mailbox, someone("Nora Vidal", "Talleres Vidal"));
  for (let n = 0; n < 75; n += 1) {
    const name = `Taller ${String(n).padStart(2, "0")}`;
    expect((await page.request.post("/api/v1/companies", { data: { name, city: "Lugo" } })).ok()).toBe(true);
  }
  await page.goto("/companies?sort=name");
  const bar = page.getByRole("region", { name: "Selected rows" });
  const row = (name: string) => page.getByRole("row").filter({ hasText: name });
  await expect(row("Taller 00")).toBeVisible();

  await test.step("a range by the keyboard gets a value", async () => {
    await row("Taller 00").focus();
    await page.keyboard.press("x");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Shift+X");
    await expect(bar.getByText("3 selected")).toBeVisible();
    await bar.getByRole("button", { name: "Edit field" }).click();
    const dialog = page.getByRole("dialog", { name: "Edit a field" });
    await dialog.getByLabel("Field").selectOption({ label: "City" });
    await dialog.getByRole("textbox", { name: "City" }).fill("Vigo");
    await look(page, "a field of several rows");
    await dialog.getByRole("button", { name: "Apply" }).click();
    await expect(page.getByText("3 records changed.")).toBeVisible();
    await expect(row("Taller 02").getByText("Vigo")).toBeVisible();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByText("3 records are as they were before.")).toBeVisible();
    await expect(row("Taller 02").getByText("Lugo")).toBeVisible();
  });

  await test.step("all that match, in the background", async () => {
    await page.getByRole("checkbox", { name: "Select all loaded rows" }).click();
    await bar.getByRole("button", { name: "Select all that match" }).click();
    await expect(bar.getByText("All that match are selected")).toBeVisible();
    await look(page, "all that match selected");
    await bar.getByRole("button", { name: "Tags" }).click();
    const dialog = page.getByRole("dialog", { name: "Tags" });
    await dialog.getByRole("textbox", { name: "Add" }).fill("Spring");
    await page.keyboard.press("Enter");
    await dialog.getByRole("button", { name: "Apply" }).click();
    await expect(page.getByText("75 records tagged.")).toBeVisible({ timeout: 20_000 });
    const tagged = await page.request.get("/api/v1/companies?tag=Spring&limit=200");
    expect((await tagged.json()).items).toHaveLength(75);
  });

  await test.step("it is listed, and undone later", async () => {
    await page.goto("/settings/bulk-changes");
    await expect(page.getByText("75 records tagged.")).toBeVisible();
    await look(page, "bulk changes in the settings");
    await page.getByRole("listitem").filter({ hasText: "75 records tagged." }).getByRole("button", { name: "Undo" }).click();
    await expect(page.getByRole("main").getByText("75 records are as they were before.")).toBeVisible({ timeout: 20_000 });
    const tagged = await page.request.get("/api/v1/companies?tag=Spring&limit=200");
    expect((await tagged.json()).items).toHaveLength(0);
  });
});
