// Values are changed where they stand in a list: by mouse and by keyboard, taken back, refused with the reason at the cell,
// and kept from overwriting what somebody else saved meanwhile.
import { type Page } from "@playwright/test";

import { look } from "../story/look.ts";
import { someone } from "../story/person.ts";
import { expect, test } from "../story/test.ts";
import { get, post, type Stored, workspace } from "../story/workspace.ts";

const CARDS = "On a phone the lists are cards without cells: a record is opened and changed there.";

const row = (page: Page, record: string) => page.getByRole("row").filter({ has: page.getByRole("link", { name: record, exact: true }) });
/** The cell of a record in a column, by the id of the column. */
const cell = (page: Page, record: string, column: string) => row(page, record).locator(`[data-cell="${column}"]`);
const editor = (page: Page, name: string) => page.getByRole("dialog", { name, exact: true });

test("companies are changed in their list", async ({ page, mailbox, isMobile }) => {
  test.skip(isMobile, CARDS);
  await workspace(page.request, mailbox, someone("Nora Vidal", "Talleres Vidal"));
  const aurora = await post<Stored>(page.request, "/api/v1/companies", { name: "Aurora", city: "Lugo", email: "hello@aurora.example" });
  await post(page.request, "/api/v1/companies", { name: "Boreal", city: "Vigo" });
  const stored = () => get<{ version: number; city: string; email: string; name: string; owner: { name: string } | null }>(page.request, `/api/v1/companies/${aurora.id}`);
  await page.goto("/companies");
  await expect(row(page, "Aurora")).toBeVisible();

  await test.step("by double click, without anything moving, and taken back", async () => {
    const city = cell(page, "Aurora", "city");
    const before = await city.boundingBox();
    await city.dblclick();
    const dialog = editor(page, "City of Aurora");
    await expect(dialog.getByRole("textbox", { name: "City of Aurora" })).toBeFocused();
    expect(await city.boundingBox()).toEqual(before);
    await look(page, "a cell being changed");
    await dialog.getByRole("textbox").fill("Ourense");
    await page.keyboard.press("Enter");
    await expect(dialog).toHaveCount(0);
    await expect(city).toHaveText("Ourense");
    await expect(city).toBeFocused();
    await expect(page.getByText("City of Aurora changed.")).toBeVisible();
    await expect.poll(async () => (await stored()).city).toBe("Ourense");
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(cell(page, "Aurora", "city")).toHaveText("Lugo");
    await expect.poll(async () => (await stored()).city).toBe("Lugo");
  });

  await test.step("by keyboard, from cell to cell", async () => {
    await row(page, "Aurora").focus();
    await page.keyboard.press("F2");
    await expect(editor(page, "Name of Aurora").getByRole("textbox")).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(cell(page, "Aurora", "name")).toBeFocused();
    await cell(page, "Aurora", "email").focus();
    await page.keyboard.press("ArrowRight");
    await expect(cell(page, "Aurora", "city")).toBeFocused();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Enter");
    await editor(page, "E-mail of Aurora").getByRole("textbox").fill("office@aurora.example");
    await page.keyboard.press("Tab");
    const next = editor(page, "City of Aurora").getByRole("textbox");
    await expect(next).toBeFocused();
    await next.fill("Monforte");
    await page.keyboard.press("Enter");
    await expect(cell(page, "Aurora", "email")).toHaveText("office@aurora.example");
    // Its own change of a moment ago is not somebody else's.
    await expect.poll(async () => [(await stored()).email, (await stored()).city]).toEqual(["office@aurora.example", "Monforte"]);
  });

  await test.step("a refusal stands at the cell with what was typed", async () => {
    await cell(page, "Aurora", "email").dblclick();
    const input = editor(page, "E-mail of Aurora").getByRole("textbox");
    await input.fill("nobody");
    await page.keyboard.press("Enter");
    await expect(editor(page, "E-mail of Aurora")).toContainText("Write a whole e-mail address");
    await expect(input).toHaveValue("nobody");
    await look(page, "a refused cell");
    await page.keyboard.press("Escape");
    await expect(editor(page, "E-mail of Aurora")).toHaveCount(0);
    await expect(cell(page, "Aurora", "email")).toHaveText("office@aurora.example");
  });

  await test.step("what somebody else saved meanwhile is not overwritten unseen", async () => {
    await cell(page, "Aurora", "city").dblclick();
    const dialog = editor(page, "City of Aurora");
    await dialog.getByRole("textbox").fill("Sarria");
    const { version } = await stored();
    const other = await page.request.patch(`/api/v1/companies/${aurora.id}`, { headers: { "If-Match": `"${version}"` }, data: { city: "Chantada" } });
    expect(other.ok(), await other.text()).toBe(true);
    await dialog.getByRole("textbox").press("Enter");
    await expect(dialog).toContainText("Somebody else changed this record meanwhile.");
    await expect(dialog).toContainText("Chantada");
    expect((await stored()).city).toBe("Chantada");
    await look(page, "a cell that somebody else changed");
    await dialog.getByRole("textbox").press("Enter");
    await expect.poll(async () => (await stored()).city).toBe("Sarria");
    await expect(cell(page, "Aurora", "city")).toHaveText("Sarria");
  });

  await test.step("an owner is chosen from the list that opens at once", async () => {
    await cell(page, "Boreal", "owner").dblclick();
    await page.getByRole("listbox", { name: "Owner of Boreal" }).getByRole("option", { name: "Nora Vidal" }).click();
    await expect(cell(page, "Boreal", "owner")).toHaveText("Nora Vidal");
    await expect(cell(page, "Boreal", "owner")).toBeFocused();
  });

  await test.step("rows keep their keys, and what is not changed here opens the record", async () => {
    await row(page, "Boreal").focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: "Boreal" })).toBeVisible();
    await page.goBack();
    await cell(page, "Aurora", "updated_at").click();
    await expect(page.getByRole("heading", { level: 1, name: "Aurora" })).toBeVisible();
  });
});

test("amounts, days, names and custom fields are changed in their lists", async ({ page, mailbox, isMobile }) => {
  test.skip(isMobile, CARDS);
  await workspace(page.request, mailbox, someone("Nora Vidal", "Talleres Vidal"));
  await post(page.request, "/api/v1/deals", { name: "Fleet", amount: { amount: "1200.00", currency: "EUR" } });
  await post(page.request, "/api/v1/leads", { given_name: "Ana", source: "fair" });
  const object = await post<Stored>(page.request, "/api/v1/custom-objects", { singular: "Vehicle", plural: "Vehicles" });
  await post(page.request, "/api/v1/custom-fields", { object: object.id, label: "Seats", kind: "number" });
  await post(page.request, "/api/v1/custom-fields", { object: object.id, label: "Fuel", kind: "choice", choices: ["Diesel", "Electric"] });
  await post(page.request, "/api/v1/custom-fields", { object: object.id, label: "Extras", kind: "multi_choice", choices: ["Tow bar", "Roof rack"] });
  await post(page.request, `/api/v1/custom-objects/${object.id}/records`, { name: "Van 3" });

  await test.step("a deal", async () => {
    await page.goto("/deals?view=list");
    await cell(page, "Fleet", "amount").dblclick();
    await editor(page, "Value of Fleet").getByRole("textbox").fill("1500");
    await look(page, "an amount being changed");
    await page.keyboard.press("Enter");
    await expect(cell(page, "Fleet", "amount")).toContainText("1,500");
    await cell(page, "Fleet", "expected_close").dblclick();
    await editor(page, "Expected close of Fleet").getByLabel("Expected close of Fleet").fill("2031-05-20");
    await page.keyboard.press("Enter");
    await expect(cell(page, "Fleet", "expected_close")).toContainText("2031");
    await page.reload();
    await expect(cell(page, "Fleet", "amount")).toContainText("1,500");
  });

  await test.step("a lead's name, of two parts", async () => {
    await page.goto("/leads");
    await cell(page, "Ana", "name").focus();
    await page.keyboard.press("F2");
    const dialog = editor(page, "Name of Ana");
    await expect(dialog.getByLabel("First name")).toBeFocused();
    await page.keyboard.press("Tab");
    await dialog.getByLabel("Last name").fill("Souto");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("link", { name: "Ana Souto" })).toBeVisible();
    await expect(page.getByText("Name of Ana Souto changed.")).toBeVisible();
  });

  await test.step("a record of a custom object", async () => {
    await page.goto(`/objects/${object.id}`);
    await cell(page, "Van 3", "custom.seats").dblclick();
    await editor(page, "Seats of Van 3").getByRole("textbox").fill("9");
    await page.keyboard.press("Tab");
    await editor(page, "Fuel of Van 3").getByRole("combobox").selectOption({ label: "Electric" });
    await page.keyboard.press("Enter");
    await expect(cell(page, "Van 3", "custom.seats")).toHaveText("9");
    await expect(cell(page, "Van 3", "custom.fuel")).toHaveText("Electric");
    await cell(page, "Van 3", "custom.extras").dblclick();
    await editor(page, "Extras of Van 3").getByRole("checkbox", { name: "Tow bar" }).click();
    await look(page, "several choices in a cell");
    await page.keyboard.press("Enter");
    await expect(cell(page, "Van 3", "custom.extras")).toHaveText("Tow bar");
    await page.reload();
    await expect(cell(page, "Van 3", "custom.seats")).toHaveText("9");
    await expect(cell(page, "Van 3", "custom.extras")).toHaveText("Tow bar");
  });
});

test("on a phone a record is opened instead", async ({ page, mailbox, isMobile }) => {
  test.skip(!isMobile, "On a desktop the list has cells, which the other stories change.");
  await workspace(page.request, mailbox, someone("Nora Vidal", "Talleres Vidal"));
  await post(page.request, "/api/v1/companies", { name: "Aurora", city: "Lugo" });
  await page.goto("/companies");
  await expect(page.locator("[data-cell]")).toHaveCount(0);
  await page.getByText("Lugo").tap();
  await expect(page.getByRole("heading", { level: 1, name: "Aurora" })).toBeVisible();
});
