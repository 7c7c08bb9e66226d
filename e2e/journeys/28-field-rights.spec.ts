// What a role may do with single fields: one that is hidden, one that is read only, and a field of the workspace's own.
import { look } from "../story/look.ts";
import { link } from "../story/mailbox.ts";
import { someone } from "../story/person.ts";
import { expect, test } from "../story/test.ts";
import { post, type Stored, workspace } from "../story/workspace.ts";

test("a seller is not shown addresses, and may not change numbers", async ({ page, mailbox, browser, baseURL }) => {
  const owner = someone("Antía Lago", "Lago Viaxes");
  const seller = someone("Brais Nogueira", owner.company);
  await workspace(page.request, mailbox, owner);
  await post(page.request, "/api/v1/invitations", { email: seller.email, role: "sales" });
  const token = new URL(link(await mailbox.mail(seller.email), "/accept-invitation")).searchParams.get("token");
  const context = await browser.newContext({ baseURL, reducedMotion: "reduce", viewport: page.viewportSize() });
  await post(context.request, "/api/v1/invitations/accept", { token, name: seller.name, password: seller.password, is_16_or_older: true });
  const his = await context.newPage();
  await post(page.request, "/api/v1/custom-fields", { object: "contact", key: "passport", label: "Passport", kind: "text" });
  const person = { given_name: "Xiana", family_name: "Souto", email: "xiana@viaxeiros.example", phone: "+34612345678", custom: { passport: "XDA123456" } };
  const contact = await post<Stored>(page.request, "/api/v1/contacts", person);

  await test.step("he sees everything while nobody has said otherwise", async () => {
    await his.goto(`/contacts/${contact.id}`);
    await expect(his.getByText("xiana@viaxeiros.example")).toBeVisible();
    await expect(his.getByText("XDA123456")).toBeVisible();
  });

  await test.step("the owner says what sales may do with each field", async () => {
    await page.goto("/settings/roles");
    const table = page.getByRole("region", { name: "What each role may do with each field" });
    const right = (field: string) => table.getByRole("combobox", { name: `Sales: ${field}`, exact: true });
    await expect(page.getByLabel("Fields of")).toHaveValue("contact");
    await expect(right("Name").getByRole("option", { name: "Hidden" })).toHaveCount(0);
    for (const [field, value] of [["E-mail addresses", "Hidden"], ["Phone numbers", "Read only"], ["Passport", "Hidden"]] as const) {
      const saved = page.waitForResponse((answer) => answer.url().endsWith("/roles/sales/fields"));
      await right(field).selectOption(value);
      expect((await saved).ok()).toBe(true);
    }
    await table.scrollIntoViewIfNeeded();
    await look(page, "what each role may do with each field");
    await page.reload();
    await expect(right("E-mail addresses")).toHaveValue("hidden");
    await page.getByLabel("Fields of").selectOption("Companies");
    await expect(right("Legal name")).toHaveValue("full");
  });

  await test.step("he is shown neither address nor passport", async () => {
    await expect.poll(async () => (await (await context.request.get(`/api/v1/contacts/${contact.id}`)).json()).email).toBeNull();
    await his.reload();
    await expect(his.getByRole("heading", { level: 1, name: "Xiana Souto" })).toBeVisible();
    await expect(his.getByText("xiana@viaxeiros.example")).toHaveCount(0);
    await expect(his.getByText("XDA123456")).toHaveCount(0);
    // The channels of consent are named beside it.
    const facts = his.locator("dl").first();
    await expect(facts.getByText("Phone", { exact: true })).toBeVisible();
    await expect(facts.getByText("E-mail", { exact: true })).toHaveCount(0);
    await look(his, "a contact without what is hidden");
    await his.getByRole("button", { name: "Why can I see this?" }).click();
    await expect(his.getByText("2 fields of such records are hidden from your role.")).toBeVisible();
    await his.keyboard.press("Escape");
  });

  await test.step("he changes what he may, and the rest stays", async () => {
    await his.getByRole("button", { name: "Edit" }).click();
    const form = his.getByRole("dialog", { name: "Edit contact" });
    await expect(form.getByText("Your role may not change the greyed-out fields.")).toBeVisible();
    await expect(form.getByLabel("E-mail")).toHaveCount(0);
    await expect(form.getByLabel("Passport")).toHaveCount(0);
    await expect(form.getByRole("textbox", { name: /^Phone/ })).toBeDisabled();
    await look(his, "a form with a closed field");
    await form.getByLabel("Last name").fill("Souto Rei");
    await form.getByRole("button", { name: "Save" }).click();
    await expect(his.getByRole("heading", { level: 1, name: "Xiana Souto Rei" })).toBeVisible();
    await page.goto(`/contacts/${contact.id}`);
    await expect(page.getByText("xiana@viaxeiros.example")).toBeVisible();
    await expect(page.getByText("XDA123456")).toBeVisible();
  });

  await test.step("his list has no such column", async () => {
    await his.goto("/contacts");
    await expect(his.getByText("Xiana Souto Rei").first()).toBeVisible();
    await expect(his.getByRole("columnheader", { name: "E-mail" })).toHaveCount(0);
    await look(his, "a list without a hidden column");
  });
  await context.close();
});
