// What a contact said of how they may be reached: written down by hand, and kept strict when two contacts become one.
import { look } from "../story/look.ts";
import { someone } from "../story/person.ts";
import { expect, test } from "../story/test.ts";
import { workspace } from "../story/workspace.ts";

test("a consent is written down, taken back, and survives a merge", async ({ page, mailbox }) => {
  await workspace(page.request, mailbox, someone("Nora Vidal", "Talleres Vidal"));
  const contact = async () => (await (await page.request.post("/api/v1/contacts", { data: { given_name: "Eva", family_name: "Prat" } })).json()) as { id: string };
  const [eva, twin] = [await contact(), await contact()];
  await page.goto(`/contacts/${eva.id}`);
  const panel = page.getByRole("region", { name: "Consent to be written to" });
  await expect(panel.getByText("Nothing said")).toHaveCount(5);

  await test.step("by hand", async () => {
    await panel.getByRole("button", { name: "Write down what was said" }).click();
    const dialog = page.getByRole("dialog", { name: "Write down what was said" });
    await dialog.getByLabel("In which words").fill("Yes, send me the offers.");
    await look(page, "a consent being written down");
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(panel.getByText("Agreed")).toBeVisible();
    await panel.getByRole("button", { name: "Everything that was said" }).click();
    await expect(page.getByRole("dialog").getByText("Yes, send me the offers.")).toBeVisible();
    await look(page, "everything that was said");
    await page.keyboard.press("Escape");
  });

  await test.step("the refusal of a twin is a refusal of both", async () => {
    const refusal = { data: { channel: "email", state: "denied" } };
    expect((await page.request.post(`/api/v1/contacts/${twin.id}/consents`, refusal)).ok()).toBe(true);
    const both = { survivor: eva.id, survivor_version: 1, loser: twin.id, loser_version: 1 };
    expect((await page.request.post("/api/v1/merges", { data: both })).ok()).toBe(true);
    await page.reload();
    await expect(panel.getByText("Refused")).toBeVisible();
    await look(page, "a contact with consents");
  });
});
