// What becomes of deals: reasons to lose them for, stages that say when a deal stands too long, and reports of it all.
import { look } from "../story/look.ts";
import { someone } from "../story/person.ts";
import { expect, test } from "../story/test.ts";
import { workspace } from "../story/workspace.ts";

test("deals are lost for reasons, and reports count them", async ({ page, mailbox }) => {
  await workspace(page.request, mailbox, someone("Nora Vidal", "Talleres Vidal"));
  const pipelines = (await (await page.request.get("/api/v1/pipelines")).json()) as { items: { stages: { id: string; name: string }[] }[] };
  const stages = pipelines.items[0]?.stages ?? [];
  const deal = async (name: string, amount: string, stage: number) => {
    const data = { name, amount: { amount, currency: "EUR" }, stage_id: stages[stage]?.id };
    return (await (await page.request.post("/api/v1/deals", { data })).json()) as { id: string };
  };
  await deal("Fleet", "1200.00", 0);
  await deal("Tyres", "800.00", 2);
  const lost = await deal("Vans", "500.00", 1);

  await test.step("a reason is kept, and a stage says how long is too long", async () => {
    await page.goto("/settings/pipelines");
    await page.getByLabel("New reason").fill("Price");
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await expect(page.getByRole("textbox", { name: "Reason", exact: true })).toHaveValue("Price");
    const days = page.getByLabel(/^Days after which a deal in/).first();
    await days.fill("14");
    await days.blur();
    await look(page, "pipelines with reasons");
    await page.reload();
    await expect(page.getByLabel(/^Days after which a deal in/).first()).toHaveValue("14");
  });

  await test.step("a deal is lost for it", async () => {
    await page.goto(`/deals/${lost.id}`);
    await page.getByRole("button", { name: "Lost", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Why was it lost?" });
    await dialog.getByRole("combobox", { name: "Reason" }).selectOption({ label: "Price" });
    await dialog.getByRole("textbox").fill("By a third");
    await look(page, "a deal being lost");
    await dialog.getByRole("button", { name: "Lost" }).click();
    await expect(page.getByText("Lost: Price: By a third")).toBeVisible();
  });

  await test.step("reports count them", async () => {
    await page.goto("/reports");
    const table = page.getByRole("region", { name: "Pipeline by stage" });
    await expect(table.getByRole("row", { name: new RegExp(stages[0]?.name ?? "") })).toContainText("1,200.00");
    await look(page, "the pipeline in figures");
    const kind = page.getByLabel("Report", { exact: true });
    await kind.selectOption({ label: "Why deals are lost" });
    await expect(page.getByRole("region", { name: "Why deals are lost" }).getByRole("row", { name: /Price/ })).toContainText("500.00");
    await kind.selectOption({ label: "Conversion by stage" });
    const conversion = page.getByRole("region", { name: "Conversion by stage" });
    await expect(conversion.getByRole("row", { name: new RegExp(stages[0]?.name ?? "") })).toContainText("100 %");
    await look(page, "conversion in figures");
    await kind.selectOption({ label: "Forecast by month" });
    await expect(page.getByRole("region", { name: "Forecast by month" }).getByRole("row", { name: /No day/ })).toContainText("2,000.00");
    await kind.selectOption({ label: "Sources of leads" });
    await expect(page.getByText("Nothing to count yet")).toBeVisible();
    await look(page, "a report without figures");
    await expect(page).toHaveURL(/kind=source/);
  });
});
