// An owner looks up who did what, sees a change before and after, and proves that nothing was touched (P180).
import { look } from "../story/look.ts";
import { someone } from "../story/person.ts";
import { expect, test } from "../story/test.ts";
import { post, workspace } from "../story/workspace.ts";

test("the trail shows what was done, and is proven from the screen", async ({ page, mailbox }) => {
  const owner = someone("Irene Mas", "Ferretería Mas");
  await workspace(page.request, mailbox, owner);
  await post(page.request, "/api/v1/companies", { name: "Tornillos Vega", country: "ES" });

  await page.goto("/settings/audit");
  await expect(page.getByRole("heading", { level: 1, name: "Audit" })).toBeVisible();
  await page.getByLabel("About").selectOption("Companies");
  const entry = page.getByText("company.create").first();
  await expect(entry).toBeVisible();
  await look(page, "audit");

  await test.step("an entry says what was before and after", async () => {
    await entry.click();
    const sheet = page.getByRole("dialog", { name: "company.create" });
    await expect(sheet.getByRole("row", { name: /name – Tornillos Vega/ })).toBeVisible();
    await look(page, "an audit entry");
    await page.keyboard.press("Escape");
  });

  await test.step("the chain is proven, and a noted head is still part of it", async () => {
    await expect(async () => {
      await page.getByRole("button", { name: "Verify" }).click();
      await expect(page.getByText("The trail is whole")).toBeVisible();
      await expect(page.getByLabel(/^Head/)).toHaveValue(/^\d+:[0-9a-f]{64}$/);
    }).toPass();
    const head = await page.getByLabel(/^Head/).inputValue();
    await page.getByRole("button", { name: "Compare with a noted head" }).click();
    await page.getByLabel("Noted head").fill(`1:${"0".repeat(64)}`);
    await page.getByRole("button", { name: "Verify" }).click();
    await expect(page.getByRole("alert")).toContainText("Another trail stands where the noted one was");
    await look(page, "a trail that is not the noted one");
    await page.getByLabel("Noted head").fill(head);
    await page.getByRole("button", { name: "Verify" }).click();
    await expect(page.getByText("The trail is whole")).toBeVisible();
  });
});
