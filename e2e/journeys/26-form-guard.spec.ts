// A form guards itself: a stranger's message comes through without script, a machine's is held back and nobody is told, and
// what was held back by mistake becomes a lead. The form is previewed, duplicated, deleted and brought back.
import { look } from "../story/look.ts";
import { someone } from "../story/person.ts";
import { expect, test } from "../story/test.ts";
import { workspace } from "../story/workspace.ts";

test("what looks like spam is held back, and what is none is let through", async ({ page, browser, mailbox, baseURL }) => {
  await workspace(page.request, mailbox, someone("Marta Ortega", "Recambios Ortega"));
  await page.goto("/forms");
  await page.getByRole("button", { name: "New form" }).first().click();
  const dialog = page.getByRole("dialog", { name: "New form" });
  await dialog.getByLabel("Name of the form").fill("Contact page");
  await dialog.getByRole("button", { name: "Create form" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Contact page" })).toBeVisible();

  await test.step("it is previewed before anybody can send it", async () => {
    await page.getByRole("tab", { name: "Preview" }).click();
    const preview = page.frameLocator("iframe");
    await expect(preview.getByText("This is a preview")).toBeVisible();
    await expect(preview.getByRole("button", { name: "Send" })).toBeDisabled();
    await look(page, "the preview of a form");
  });

  await test.step("its guard is set", async () => {
    await page.getByRole("tab", { name: "Form", exact: true }).click();
    await page.getByLabel("Work done by the browser").click();
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Saved", { exact: true })).toBeVisible();
    await page.getByRole("heading", { name: "Guard against spam" }).scrollIntoViewIfNeeded();
    await look(page, "the guard of a form");
    await page.getByRole("button", { name: "Publish" }).click();
    await expect(page.getByRole("link", { name: "Open page" })).toBeVisible();
  });
  const path = (await page.getByRole("link", { name: "Open page" }).getAttribute("href")) ?? "";

  const stranger = await browser.newContext({ javaScriptEnabled: false, baseURL: baseURL ?? "" });
  await test.step("strangers send it without script, an honest one and a machine", async () => {
    const public_ = await stranger.newPage();
    const offers = "Bitcoin and casino bonus https://a.example https://b.example https://c.example";
    for (const [name, mail, words] of [
      ["Lucía", "lucia@aurora.example", "Twelve vans need new pads."],
      ["Rob", "rob@b.example", offers],
      ["Ann", "ann@c.example", `${offers} again`],
    ]) {
      await public_.goto(path);
      await public_.getByLabel("First name").fill(name ?? "");
      await public_.getByLabel("E-mail").fill(mail ?? "");
      await public_.getByLabel("Message").fill(words ?? "");
      await public_.getByRole("button", { name: "Send" }).click();
      await expect(public_.getByRole("heading", { name: "Thank you" })).toBeVisible();
    }
  });

  await test.step("one lead is there; the rest is held back with its reasons", async () => {
    await page.goto("/leads");
    await expect(page.getByRole("link", { name: "Lucía" })).toBeVisible();
    await expect(page.getByRole("link", { name: "Rob" })).toHaveCount(0);
    await page.goto("/forms");
    await expect(page.getByText("2 held back")).toBeVisible();
    await page.getByRole("link", { name: "Held back" }).click();
    await expect(page.getByText("Words of mass offers").first()).toBeVisible();
    await look(page, "what was held back");
  });

  await test.step("spam goes and is brought back; what is none becomes a lead", async () => {
    await page.getByLabel("Choose the message of Ann").click();
    await page.getByRole("button", { name: "Spam", exact: true }).first().click();
    await expect(page.getByText("1 message is spam")).toBeVisible();
    await expect(page.getByText("ann@c.example")).toHaveCount(0);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByText("ann@c.example")).toBeVisible();
    await page.getByLabel("Choose all shown").click();
    await page.getByRole("button", { name: "Not spam", exact: true }).first().click();
    await expect(page.getByText("2 leads made")).toBeVisible();
    await expect(page.getByText("Nothing is held back")).toBeVisible();
    await look(page, "nothing held back");
    await page.goto("/leads");
    await expect(page.getByRole("link", { name: "Rob" })).toBeVisible();
  });

  await test.step("the form is duplicated, deleted and brought back", async () => {
    await page.goto("/forms");
    await page.getByRole("link", { name: "Contact page" }).click();
    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: "Duplicate" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Contact page (2)" })).toBeVisible();
    await page.goBack();
    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Forms" })).toBeVisible();
    const gone = await stranger.newPage();
    expect((await gone.goto(path))?.status()).toBe(410);
    await page.getByRole("radio", { name: "Deleted" }).click();
    await page.getByRole("link", { name: "Contact page", exact: true }).click();
    await look(page, "a form that was deleted");
    await page.getByRole("button", { name: "Restore" }).click();
    await expect(page.getByRole("link", { name: "Open page" })).toBeVisible();
    expect((await gone.goto(path))?.status()).toBe(200);
  });
  await stranger.close();
});
