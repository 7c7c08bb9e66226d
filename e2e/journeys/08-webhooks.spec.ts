// A program is told what happens: an endpoint is made, tried against the sandbox's inbox, fails, and is sent to again.
import { type APIRequestContext, type Page } from "@playwright/test";

import { look } from "../story/look.ts";
import { Mailbox } from "../story/mailbox.ts";
import { someone } from "../story/person.ts";
import { expect, test } from "../story/test.ts";
import { post, workspace } from "../story/workspace.ts";

/** Tells the inbox which secret signs and what it shall answer. */
async function inbox(request: APIRequestContext, name: string, setting: Record<string, string>): Promise<void> {
  const answer = await request.put(`/sandbox/api/webhooks/${name}`, { data: setting });
  expect(answer.ok(), await answer.text()).toBe(true);
}

async function verdicts(request: APIRequestContext, name: string): Promise<string[]> {
  const answer = await request.get("/sandbox/api/webhooks");
  const { items } = (await answer.json()) as { items: { inbox: string; verdict: string }[] };
  return items.filter((one) => one.inbox === name).map((one) => one.verdict);
}

const log = (page: Page) => page.getByRole("list", { name: "Deliveries" });

test("an endpoint is made, tried, fails, and gets what it missed", async ({ page, baseURL }) => {
  const owner = someone("Sara Soler", "Soler Cerámica");
  await workspace(page.request, new Mailbox(page.request), owner);
  const name = `journey-${Date.now()}`;

  await test.step("nothing is there yet", async () => {
    await page.goto("/settings/webhooks");
    await expect(page.getByText("Nobody is told yet")).toBeVisible();
    await look(page, "no webhooks");
  });

  const secret = await test.step("an endpoint is made and its secret shown once", async () => {
    await page.getByRole("button", { name: "Add endpoint" }).first().click();
    const dialog = page.getByRole("dialog", { name: "Add endpoint" });
    await dialog.getByLabel("Address").fill("https://10.0.0.1/hooks");
    await dialog.getByLabel("What it is for").fill("Accounting");
    await dialog.getByText("Chosen ones").click();
    await dialog.getByRole("checkbox", { name: "company.created" }).click();
    await look(page, "a new webhook");
    await dialog.getByRole("button", { name: "Add endpoint" }).click();
    await expect(dialog.getByText("This address is not open to the public")).toBeVisible();
    await dialog.getByLabel("Address").fill(`${baseURL}/sandbox/webhooks/in/${name}`);
    await dialog.getByRole("button", { name: "Add endpoint" }).click();
    const shown = page.getByRole("dialog", { name: "Signing secret" });
    const value = await shown.getByLabel("Secret", { exact: true }).inputValue();
    expect(value).toMatch(/^whsec_/);
    await look(page, "the secret of a webhook");
    await shown.getByRole("button", { name: "I have kept it" }).click();
    return value;
  });

  await test.step("a test arrives and is verified", async () => {
    await inbox(page.request, name, { secret });
    await page.getByRole("link", { name: "Accounting" }).click();
    await page.getByRole("button", { name: "Send a test" }).click();
    await expect(log(page)).toContainText("webhook.tested");
    await expect(log(page)).toContainText("Delivered");
    expect(await verdicts(page.request, name)).toEqual(["verified"]);
    await look(page, "a webhook with its log");
  });

  await test.step("what fails is seen with its answer, and sent again by hand", async () => {
    await inbox(page.request, name, { secret, behaviour: "fail" });
    await post(page.request, "/api/v1/companies", { name: "Barro y Fuego" });
    const line = log(page).getByRole("button", { name: /company\.created/ });
    await expect(line).toContainText("500");
    await line.click();
    const dialog = page.getByRole("dialog", { name: "company.created" });
    await expect(dialog.getByText("The sandbox was told to fail.").first()).toBeVisible();
    await look(page, "a delivery that failed");
    await inbox(page.request, name, { secret });
    await dialog.getByRole("button", { name: "Send again" }).click();
    await expect(dialog.getByText("Delivered")).toBeVisible({ timeout: 30_000 });
    await page.keyboard.press("Escape");
  });

  await test.step("it is switched off and removed", async () => {
    await page.getByRole("button", { name: "Switch off" }).click();
    await expect(page.getByRole("button", { name: "Switch on" })).toBeVisible();
    await page.getByRole("button", { name: "Remove" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
    await expect(page.getByText("Nobody is told yet")).toBeVisible();
  });
});
