// A form is made and published; a stranger sends it without script; the lead it becomes is converted and its deal is won.
import { look } from "../story/look.ts";
import { someone } from "../story/person.ts";
import { expect, test } from "../story/test.ts";
import { workspace } from "../story/workspace.ts";

test("a lead from a web form becomes a won deal", async ({ page, browser, mailbox, baseURL }) => {
  await workspace(page.request, mailbox, someone("Marta Ortega", "Recambios Ortega"));
  await page.goto("/forms");
  await expect(page.getByText("No forms yet")).toBeVisible();
  await look(page, "no forms yet");

  await test.step("a form is made", async () => {
    await page.getByRole("button", { name: "New form" }).first().click();
    const dialog = page.getByRole("dialog", { name: "New form" });
    await dialog.getByLabel("Name of the form").fill("Fleet page");
    await look(page, "a new form");
    await dialog.getByRole("button", { name: "Create form" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Fleet page" })).toBeVisible();
  });

  await test.step("its fields are put in order by keyboard, and it asks for consent", async () => {
    await page.getByLabel("What it asks").selectOption("company_name");
    await page.getByRole("button", { name: "Add field" }).click();
    await page.getByRole("button", { name: "Move Company up" }).focus();
    await page.keyboard.press("Enter");
    await expect(page.getByText("Company is now 3 of 4")).toBeAttached();
    await page.getByLabel("What is agreed to").fill("I agree that Recambios Ortega writes to me about my request.");
    await page.getByLabel("The form cannot be sent without it").click();
    await look(page, "writing a form");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Saved", { exact: true })).toBeVisible();
    await page.getByRole("button", { name: "Publish" }).click();
    await expect(page.getByRole("link", { name: "Open page" })).toBeVisible();
    await page.getByRole("tab", { name: "Put into a site" }).click();
    await expect(page.getByText(/<iframe src=/)).toBeVisible();
    await look(page, "putting a form into a site");
  });
  const path = await page.getByRole("link", { name: "Open page" }).getAttribute("href");

  await test.step("a stranger sends it without script", async () => {
    const stranger = await browser.newContext({ javaScriptEnabled: false, baseURL: baseURL ?? "", viewport: page.viewportSize() });
    const public_ = await stranger.newPage();
    await public_.goto(`${path}?utm_campaign=spring&email=lucia`);
    await public_.getByLabel("First name").fill("Lucía");
    await public_.getByLabel("Company").fill("Talleres Aurora");
    await public_.getByRole("button", { name: "Send" }).click();
    await expect(public_.getByText("Write a whole e-mail address").first()).toBeVisible();
    await expect(public_.getByText("Tick this to go on.").first()).toBeVisible();
    await expect(public_.getByLabel("First name")).toHaveValue("Lucía");
    await public_.getByLabel("E-mail").fill("lucia@aurora.example");
    await public_.getByLabel(/^I agree/).check();
    await public_.getByRole("button", { name: "Send" }).click();
    await expect(public_.getByRole("heading", { name: "Thank you" })).toBeVisible();
    await stranger.close();
  });

  await test.step("the public page is fit for everybody", async () => {
    await page.goto(path ?? "");
    await expect(page.getByRole("heading", { level: 1, name: "Fleet page" })).toBeVisible();
    await look(page, "the public page of a form");
    await page.getByRole("button", { name: "Send" }).click();
    await expect(page.getByRole("alert")).toBeVisible();
    await look(page, "the public page with errors");
  });

  await test.step("the lead is there, with the form it came by and what was agreed to", async () => {
    await page.goto("/leads");
    await page.getByRole("link", { name: "Lucía" }).first().click();
    await expect(page.getByRole("heading", { level: 1, name: "Lucía" })).toBeVisible();
    await expect(page.getByRole("link", { name: "Fleet page" })).toBeVisible();
    await expect(page.getByText("I agree that Recambios Ortega writes")).toBeVisible();
    await look(page, "a lead from a form");
  });

  await test.step("it is converted, and its deal is won", async () => {
    await page.getByRole("button", { name: "Convert" }).click();
    const dialog = page.getByRole("dialog", { name: "Convert the lead" });
    await dialog.getByLabel("Title").fill("Fleet of Aurora");
    await dialog.getByRole("button", { name: "Convert" }).click();
    await page.getByRole("link", { name: "Fleet of Aurora" }).first().click();
    await page.getByRole("button", { name: "Won" }).click();
    await expect(page.getByRole("button", { name: "Reopen" })).toBeVisible();
  });

  await test.step("the form counts it", async () => {
    await page.goto("/forms");
    await expect(page.getByText("1 sent")).toBeVisible();
    await page.getByRole("link", { name: "Fleet page" }).click();
    await page.getByRole("tab", { name: /^Sent/ }).click();
    await expect(page.getByRole("link", { name: "Lucía" })).toBeVisible();
    await look(page, "what a form brought");
  });
});
