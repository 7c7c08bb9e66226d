// A list in groups with figures, as a board and as a calendar, kept as a view; and a report kept by its name.
import { look } from "../story/look.ts";
import { someone } from "../story/person.ts";
import { expect, test } from "../story/test.ts";
import { workspace } from "../story/workspace.ts";

/** A day of the present month, as the calendar has it. */
const day = (n: number) => `${new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Madrid" }).format(new Date()).slice(0, 7)}-${String(n).padStart(2, "0")}`;

test("deals in groups with figures are kept as a view, and moved in a calendar", async ({ page, mailbox, isMobile }) => {
  await workspace(page.request, mailbox, someone("Nora Vidal", "Talleres Vidal"));
  const pipelines = (await (await page.request.get("/api/v1/pipelines")).json()) as { items: { stages: { id: string; name: string }[] }[] };
  const [first, second] = pipelines.items[0]?.stages ?? [];
  for (const [name, amount, currency, stage, close] of [
    ["Fleet", "1200.00", "EUR", first, day(10)],
    ["Tyres", "800.00", "EUR", first, day(10)],
    ["Lift", "300.00", "MXN", first, day(10)],
    ["Vans", "500.00", "EUR", second, day(10)],
    ["Later", "10.00", "EUR", second, null],
  ] as const) {
    await page.request.post("/api/v1/deals", { data: { name, amount: { amount, currency }, stage_id: stage?.id, expected_close: close } });
  }

  await test.step("grouped by stage and summed", async () => {
    await page.goto("/deals?view=list");
    await page.getByRole("button", { name: "Group", exact: true }).click();
    await page.getByRole("menuitemcheckbox", { name: "Stage", exact: true }).click();
    await expect(page.getByRole("button", { name: "Group: Stage" })).toBeVisible();
    await page.getByRole("button", { name: "Summarise", exact: true }).click();
    await page.getByRole("menuitemcheckbox", { name: "Sum of Amount" }).click();
    const group = page.getByRole("button", { name: new RegExp(`^${first?.name} 3`) });
    await expect(group).toContainText("€2,000.00");
    await expect(group).toContainText("300.00");
    await expect(group).toHaveAttribute("aria-expanded", "true");
    await expect(page.getByRole("link", { name: "Fleet" })).toBeVisible();
    const other = page.getByRole("button", { name: new RegExp(`^${second?.name} 2`) });
    await expect(other).toHaveAttribute("aria-expanded", "false");
    await expect(page.getByRole("link", { name: "Vans" })).toHaveCount(0);
    await other.focus();
    await page.keyboard.press("ArrowRight");
    await expect(page.getByRole("link", { name: "Vans" })).toBeVisible();
    await expect(page.getByRole("status", { name: "Summary" })).toContainText("€2,510.00");
    await look(page, "deals in groups");
    await page.keyboard.press("ArrowLeft");
    await expect(page.getByRole("link", { name: "Vans" })).toHaveCount(0);
  });

  await test.step("kept as a view, with groups and figures", async () => {
    await page.getByRole("button", { name: "Save as new view" }).click();
    const dialog = page.getByRole("dialog", { name: "Save as new view" });
    await dialog.getByLabel("Name").fill("By stage");
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("button", { name: "By stage", exact: true })).toHaveAttribute("aria-pressed", "true");
    await page.getByRole("button", { name: "All", exact: true }).click();
    await expect(page.getByRole("button", { name: "Group", exact: true })).toBeVisible();
    await page.getByRole("button", { name: "By stage", exact: true }).click();
    await expect(page.getByRole("button", { name: "Group: Stage" })).toBeVisible();
    await expect(page.getByRole("status", { name: "Summary" })).toContainText("€2,510.00");
  });

  await test.step("in a calendar, moved to another day and back", async () => {
    await page.getByRole("radio", { name: "Calendar" }).click();
    await expect(page).toHaveURL(/layout=calendar/);
    if (isMobile) {
      await expect(page.getByRole("button", { name: /^Fleet/ })).toBeVisible();
      await look(page, "deals as a list of days");
      await page.getByLabel("Day of Fleet").fill(day(12));
      await page.getByRole("button", { name: "Move", exact: true }).click();
    } else {
      const grid = page.getByRole("grid", { name: "Deals" });
      await expect(grid.getByRole("button", { name: /^Vans/ })).toBeVisible();
      await expect(grid.getByRole("button", { name: "+2 more" })).toBeVisible();
      await look(page, "deals in a calendar");
      await grid.locator(`[data-day="${day(10)}"]`).focus();
      await page.keyboard.press("Enter");
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("Day of Fleet").fill(day(12));
      await look(page, "a day of the calendar");
      await dialog.getByRole("button", { name: "Move", exact: true }).click();
      await page.keyboard.press("Escape");
      await expect(grid.locator(`[data-day="${day(12)}"]`).getByRole("button", { name: /^Fleet/ })).toBeVisible();
    }
    await expect(page.getByText(/^Fleet moved to/)).toBeVisible();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(async () => {
      const deals = (await (await page.request.get("/api/v1/deals?q=Fleet")).json()) as { items: { expected_close: string }[] };
      expect(deals.items[0]?.expected_close).toBe(day(10));
    }).toPass();
  });

  await test.step("carried by keyboard, in a week", async () => {
    if (isMobile) return;
    const grid = page.getByRole("grid", { name: "Deals" });
    await grid.locator(`[data-day="${day(10)}"]`).focus();
    await page.getByRole("radio", { name: "Week" }).click();
    await page.getByRole("radio", { name: "Month" }).click();
    const entry = grid.locator(`[data-day="${day(10)}"]`).getByRole("button").first();
    const name = (await entry.getAttribute("title")) ?? "";
    await entry.focus();
    await page.keyboard.press("Space");
    // Said to who cannot see it; a key pressed before is pressed for nothing.
    const over = page.getByText(new RegExp(`^${name} over `));
    await expect(over).toBeAttached();
    const from = (await over.textContent()) ?? "";
    await page.keyboard.press("ArrowDown");
    await expect(over).not.toHaveText(from);
    await page.keyboard.press("Space");
    await expect(grid.locator(`[data-day="${day(17)}"]`).getByRole("button", { name: new RegExp(`^${name}`) })).toBeVisible();
    await page.reload();
    await expect(grid.locator(`[data-day="${day(17)}"]`).getByRole("button", { name: new RegExp(`^${name}`) })).toBeVisible();
  });
});

test("leads stand on a board by their status", async ({ page, mailbox, isMobile }) => {
  await workspace(page.request, mailbox, someone("Nora Vidal", "Talleres Vidal"));
  for (const given_name of ["Ana", "Bea"]) await page.request.post("/api/v1/leads", { data: { given_name, source: "fair" } });
  await page.goto("/leads");
  await expect(page.getByRole("link", { name: "Ana" })).toBeVisible();
  await page.getByRole("button", { name: "Table", exact: true }).click();
  await page.getByRole("menuitemcheckbox", { name: "Status" }).click();
  const fresh = page.getByRole("region", { name: "New", exact: true });
  await expect(fresh.getByRole("link", { name: "Ana" })).toBeVisible();
  await look(page, "leads on a board");
  await fresh.getByRole("button", { name: "Move Ana to another column" }).click();
  // What comes of an action of its own is not chosen.
  await expect(page.getByRole("menuitem", { name: "Converted" })).toHaveCount(0);
  await page.getByRole("menuitem", { name: "Qualified" }).click();
  await expect(page.getByRole("region", { name: "Qualified", exact: true }).getByRole("link", { name: "Ana" })).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(fresh.getByRole("link", { name: "Ana" })).toBeVisible();
  expect(isMobile).toBeDefined();
});

test("work stands in a calendar", async ({ page, mailbox, isMobile }) => {
  await workspace(page.request, mailbox, someone("Nora Vidal", "Talleres Vidal"));
  const me = (await (await page.request.get("/api/v1/me")).json()) as { member: { id: string } };
  await page.request.post("/api/v1/activities", { data: { kind: "task", title: "Call the garage", due_on: day(10), assignee_id: me.member.id } });
  await page.goto("/work");
  await page.getByRole("radio", { name: "Calendar" }).click();
  const entry = page.getByRole("button", { name: /^Call the garage/ });
  await expect(entry).toBeVisible();
  await look(page, "work in a calendar");
  await entry.click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Next month" }).click();
  await expect(entry).toHaveCount(0);
  await page.getByRole("button", { name: "Today", exact: true }).click();
  await expect(entry).toBeVisible();
  expect(isMobile).toBeDefined();
});

test("a report is kept by its name", async ({ page, mailbox }) => {
  await workspace(page.request, mailbox, someone("Nora Vidal", "Talleres Vidal"));
  const deal = async (name: string, amount: string) => page.request.post("/api/v1/deals", { data: { name, amount: { amount, currency: "EUR" } } });
  await deal("Fleet", "1200.00");
  await deal("Tyres", "80.00");
  await page.goto("/reports");
  const table = page.getByRole("region", { name: "Pipeline by stage" });
  await expect(table).toContainText("1,280.00");
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Filter" });
  await dialog.getByRole("button", { name: "Condition", exact: true }).click();
  await dialog.getByLabel("Field").selectOption({ label: "Name" });
  await dialog.getByLabel("Value").fill("fleet");
  await dialog.getByRole("button", { name: "Show" }).click();
  await expect(table).toContainText("1,200.00");
  await expect(table).not.toContainText("1,280.00");
  await page.getByRole("button", { name: "Save as new view" }).click();
  await page.getByRole("dialog").getByLabel("Name").fill("Fleets");
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("button", { name: "Fleets", exact: true })).toHaveAttribute("aria-pressed", "true");
  await look(page, "a report of one's own");
  await page.getByRole("button", { name: "Unsaved", exact: true }).click();
  await expect(table).toContainText("1,280.00");
  await page.goto("/reports");
  await page.getByRole("button", { name: "Fleets", exact: true }).click();
  await expect(table).not.toContainText("1,280.00");
  await expect(page).toHaveURL(/saved=viw_/);
  // Another period is another report: it says that it is no longer what was kept.
  await page.getByLabel("Report", { exact: true }).selectOption({ label: "Why deals are lost" });
  await expect(page.getByRole("button", { name: "Save view" })).toBeVisible();
});
