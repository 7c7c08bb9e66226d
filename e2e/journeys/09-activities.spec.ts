// A company's story: a note with a mention, a task with a reminder, a call; the story filtered, the work done, the bell.
import { look } from "../story/look.ts";
import { someone } from "../story/person.ts";
import { expect, test } from "../story/test.ts";
import { workspace } from "../story/workspace.ts";

test("a task is made on a company, reminded of, found under My work and finished", async ({ page, mailbox, isMobile }) => {
  /** On phones the bell is behind "More", which shows that there is something. */
  const toBell = async () => {
    if (isMobile) await page.getByRole("button", { name: /More$/ }).click();
  };
  await workspace(page.request, mailbox, someone("Nora Vidal", "Talleres Vidal"));
  await page.goto("/companies?new=true");
  const form = page.getByRole("dialog");
  await form.getByLabel("Name", { exact: true }).fill("Hostal Miramar");
  await form.getByRole("button", { name: "Create company" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Hostal Miramar" })).toBeVisible();

  await test.step("a note in rich text names oneself", async () => {
    const note = page.getByRole("textbox", { name: "Note" });
    await note.fill("**Opens** at *nine*, see https://example.com\n- towels\n- <img src=x onerror=alert(1)> ask @Nor");
    await page.getByRole("option", { name: "Nora Vidal" }).click();
    await page.getByRole("button", { name: "Save note" }).click();
    const story = page.getByRole("listitem").filter({ hasText: "towels" }).first();
    await expect(story.getByText("Opens", { exact: true })).toHaveCSS("font-weight", /[5-9]00/);
    await expect(story.getByRole("link", { name: "https://example.com" })).toHaveAttribute("rel", /noopener/);
    await expect(story.getByText("@Nora Vidal")).toBeVisible();
    await expect(story.locator("img")).toHaveCount(0);
    await look(page, "a note in rich text");
  });

  await test.step("a task is made, and reminds at once", async () => {
    await page.getByRole("button", { name: "New task" }).click();
    const dialog = page.getByRole("dialog", { name: "New task" });
    await dialog.getByLabel("What").fill("Send the price list");
    await dialog.getByLabel(/^Due on/).fill("2026-01-12");
    await dialog.getByLabel("Reminder").selectOption("custom");
    await dialog.getByLabel("Remind at").fill("2026-01-12T09:00");
    await look(page, "a new task");
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("region", { name: "Still to come" })).toContainText("Overdue: ");
    await expect(page.getByRole(isMobile ? "img" : "button", { name: "Notifications, 1 unread" })).toBeVisible();
  });

  await test.step("a call is logged", async () => {
    await page.getByRole("button", { name: "Log a call" }).click();
    const dialog = page.getByRole("dialog", { name: "Log a call" });
    await dialog.getByLabel("What").fill("Asked for towels");
    await dialog.getByLabel("Outcome").selectOption("connected");
    await dialog.getByLabel(/^Minutes/).fill("7");
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Spoke to them")).toBeVisible();
  });

  await test.step("the story is filtered", async () => {
    const filter = page.getByRole("group", { name: "What is shown" });
    await filter.getByRole("button", { name: "Calls" }).click();
    await expect(page.getByText("Asked for towels")).toBeVisible();
    await expect(page.getByText("towels", { exact: true })).toHaveCount(0);
    await look(page, "a filtered timeline");
    await filter.getByRole("button", { name: "All", exact: true }).click();
  });

  await test.step("the bell", async () => {
    await toBell();
    await page.getByRole("button", { name: "Notifications, 1 unread", exact: true }).click();
    const bell = page.getByRole("dialog", { name: "Notifications" });
    await expect(bell).toContainText("Send the price list · Hostal Miramar");
    await look(page, "the notifications");
    await bell.getByRole("button", { name: /^Reminder/ }).click();
    await expect(page.getByRole(isMobile ? "img" : "button", { name: "Notifications, 1 unread" })).toHaveCount(0);
  });

  await test.step("it is finished under My work, and that is taken back", async () => {
    await page.goto("/work");
    await expect(page.getByRole("region", { name: /^Overdue/ })).toContainText("Send the price list");
    await look(page, "my work");
    const box = page.getByRole("checkbox", { name: "Finish: Send the price list" });
    await box.focus();
    await page.keyboard.press("Space");
    await expect(page.getByRole("heading", { name: "Nothing to do" })).toBeVisible();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(box).toBeVisible();
    await page.goto("/");
    await expect(page.getByRole("region", { name: /^My tasks today/ })).toContainText("Send the price list");
    await page.goto("/settings/notifications");
    await page.getByRole("switch", { name: "Reminders" }).click();
    await expect(page.getByRole("switch", { name: "Reminders" })).not.toBeChecked();
    await look(page, "how one is told");
  });
});
