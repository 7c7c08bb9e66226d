// Contacts come in from a file, two of them are one person: found, merged with a choice, and taken apart again.
import { look } from "../story/look.ts";
import { someone } from "../story/person.ts";
import { expect, test } from "../story/test.ts";
import { get, workspace } from "../story/workspace.ts";

const FILE = [
  "First name,Last name,Email,Phone,Town",
  "Lucía,Márquez,lucia.marquez@levante.example,612 345 678,Valencia",
  "Lucia,Marquez,lucia@levante.example,+34 612 345 678,Sagunto",
  "Jordi,Puig,jordi@puig.example,612 000 111,Girona",
].join("\r\n");

test("two of a file are one: found by a search, merged, and undone", async ({ page, mailbox }) => {
  await workspace(page.request, mailbox, someone("Marta Ortega", "Recambios Ortega"));
  await page.goto("/duplicates");
  await expect(page.getByText("Not searched yet")).toBeVisible();
  await look(page, "no duplicates yet");

  await test.step("a file is taken in", async () => {
    await page.goto("/imports");
    await page.getByLabel(/^Drop a CSV/).setInputFiles({ name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(FILE) });
    await page.getByRole("button", { name: /^Import (about )?\d+ rows?/ }).click();
    await expect(page.getByRole("button", { name: "Undo import" })).toBeVisible({ timeout: 20_000 });
  });

  await test.step("a search finds the two, and says why", async () => {
    await page.goto("/duplicates");
    await page.getByRole("button", { name: "Search now" }).click();
    const pair = page.getByRole("list", { name: "Duplicates" }).getByRole("listitem").filter({ hasText: "Lucía Márquez" });
    await expect(pair).toBeVisible({ timeout: 20_000 });
    await expect(pair).toContainText("Same phone");
    await expect(pair).toContainText("lucia.marquez@levante.example");
    await expect(page.getByRole("list", { name: "Duplicates" }).locator(":scope > li")).toHaveCount(1);
    await look(page, "a likely duplicate");
  });

  await test.step("they are merged with the keyboard, one field chosen", async () => {
    await page.keyboard.press("m");
    const dialog = page.getByRole("dialog", { name: "Merge two records" });
    await dialog.getByRole("radio", { name: "1. Lucía Márquez" }).check({ force: true });
    await dialog.getByRole("group", { name: "Town" }).getByLabel("Sagunto").check();
    await look(page, "merging two");
    await dialog.getByRole("button", { name: "Merge", exact: true }).click();
    await expect(page.getByText("Nothing to settle")).toBeVisible();
    const found = await get<{ items: { id: string; name: string; city: string; emails: string[] }[] }>(page.request, "/api/v1/contacts?q=lucia@levante.example");
    expect(found.items.map((one) => [one.name, one.city, one.emails])).toEqual([["Lucía Márquez", "Sagunto", ["lucia@levante.example"]]]);
    await page.goto(`/contacts/${found.items[0]?.id}`);
  });

  await test.step("and taken apart again", async () => {
    await expect(page.getByRole("heading", { level: 1, name: "Lucía Márquez" })).toBeVisible();
    await expect(page.getByText("Merged into this record")).toBeVisible();
    await look(page, "a contact that another was merged into");
    await page.getByRole("button", { name: /^Undo \(until/ }).click();
    await expect(page.getByText("Merged into this record")).toBeHidden();
    await page.goto("/contacts");
    await expect(page.getByRole("link", { name: "Lucia Marquez" })).toBeVisible();
    await expect(page.getByRole("link", { name: "Lucía Márquez" })).toBeVisible();
    const back = await get<{ items: { email: string; city: string }[] }>(page.request, "/api/v1/contacts?q=lucia.marquez@levante.example");
    expect(back.items.find((one) => one.email === "lucia.marquez@levante.example")?.city).toBe("Valencia");
  });
});
