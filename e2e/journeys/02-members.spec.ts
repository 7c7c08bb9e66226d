// An owner brings a colleague in, says what she may do, ends sessions, makes a key for a program, and stays the owner.
import { type Page } from "@playwright/test";

import { look } from "../story/look.ts";
import { link } from "../story/mailbox.ts";
import { type Person, someone } from "../story/person.ts";
import { expect, test } from "../story/test.ts";
import { get, post, workspace } from "../story/workspace.ts";

const rowOf = (page: Page, text: string) => page.getByRole("listitem").filter({ hasText: text });

async function invite(page: Page, email: string, role: string): Promise<void> {
  await page.goto("/settings/members");
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Invite" });
  await dialog.getByLabel("Work e-mail").fill(email);
  await dialog.getByLabel("Role").selectOption(role);
  await look(page, "invite");
  await dialog.getByRole("button", { name: "Send invitation" }).click();
  await expect(page.getByText(`Invitation sent to ${email}`)).toBeVisible();
  await expect(rowOf(page, email)).toContainText(role);
}

async function join(page: Page, invitation: string, person: Person, company: string): Promise<void> {
  await page.goto(invitation);
  await page.getByLabel("Your name").fill(person.name);
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await look(page, "accept the invitation");
  await page.getByLabel("I am 16 years old or older.").check();
  await page.getByRole("button", { name: `Join ${company}` }).click();
  await expect(page).toHaveURL(/\/$/);
  await expect(page.getByRole("heading", { level: 1, name: "Home" })).toBeVisible();
}

test("a colleague is invited, joins by the mail, and her role decides what she may do", async ({ page, mailbox, browser, baseURL }) => {
  const owner = someone("Marta Solé", "Papelería Solé");
  const colleague = someone("Nuria Gil", owner.company);
  await workspace(page.request, mailbox, owner);

  await test.step("the owner invites", () => invite(page, colleague.email, "Sales"));
  await look(page, "members with an invitation");

  const invitation = link(await mailbox.mail(colleague.email), "/accept-invitation");
  const hers = await browser.newContext({ baseURL, reducedMotion: "reduce", viewport: page.viewportSize() });
  const herPage = await hers.newPage();
  await test.step("she accepts", () => join(herPage, invitation, colleague, owner.company));

  await test.step("sales may sell, and may not invite", async () => {
    await herPage.goto("/companies");
    await expect(herPage.getByRole("button", { name: "New company" }).first()).toBeEnabled();
    await herPage.goto("/settings/members");
    await expect(herPage.getByRole("button", { name: "Invite", exact: true })).toBeDisabled();
    expect((await hers.request.post("/api/v1/invitations", { data: { email: "x@example.com", role: "owner" } })).status()).toBe(403);
  });

  await test.step("her role is changed, and counts at once", async () => {
    await page.reload();
    await page.getByLabel(`Role of ${colleague.name}`).selectOption("Read only");
    await expect(page.getByText(`${colleague.name} is now: Read only`)).toBeVisible();
    expect((await hers.request.post("/api/v1/companies", { data: { name: "Not allowed" } })).status()).toBe(403);
    await herPage.goto("/companies");
    await expect(herPage.getByRole("button", { name: "New company" }).first()).toBeDisabled();
    await look(herPage, "companies for read only");
  });

  await test.step("the link works once", async () => {
    await herPage.goto(invitation);
    await expect(herPage.getByRole("button", { name: /^Join/ })).toHaveCount(0);
  });

  await test.step("the last owner stays", async () => {
    await page.getByRole("button", { name: `More about ${owner.name}` }).click();
    await expect(page.getByRole("menuitem", { name: /Remove/ })).toHaveAttribute("aria-disabled", "true");
    await page.keyboard.press("Escape");
    const { items } = await get<{ items: { id: string; email: string; version: number }[] }>(page.request, "/api/v1/members");
    const me = items.find((one) => one.email === owner.email);
    const refused = await page.request.delete(`/api/v1/members/${me?.id}`);
    expect(refused.status(), await refused.text()).toBe(409);
    const demoted = await page.request.patch(`/api/v1/members/${me?.id}`, {
      headers: { "If-Match": `"${me?.version}"` },
      data: { role: "sales" },
    });
    expect(demoted.status(), await demoted.text()).toBe(409);
  });

  await test.step("she is removed, and is out at once", async () => {
    await page.getByRole("button", { name: `More about ${colleague.name}` }).click();
    await page.getByRole("menuitem", { name: "Remove" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
    await expect(page.getByText(`${colleague.name} was removed`)).toBeVisible();
    expect((await hers.request.get("/api/v1/companies")).ok()).toBe(false);
  });
  await hers.close();
});

test("sessions are listed with their device, and one of them is ended", async ({ page, mailbox, playwright, baseURL }) => {
  const owner = someone("Iván Prats", "Fontanería Prats");
  await workspace(page.request, mailbox, owner);
  const elsewhere = await playwright.request.newContext({
    baseURL,
    userAgent: "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:142.0) Gecko/20100101 Firefox/142.0",
  });
  await post(elsewhere, "/api/v1/session", { email: owner.email, password: owner.password });
  await get(elsewhere, "/api/v1/me");

  await page.goto("/settings/sessions");
  await expect(rowOf(page, "This one")).toBeVisible();
  const other = rowOf(page, "Firefox");
  await expect(other).toContainText("127.0.0.1");
  await look(page, "sessions");
  await other.getByRole("button", { name: "End" }).click();
  await expect(page.getByText("Session ended")).toBeVisible();
  await expect(other).toHaveCount(0);
  expect((await elsewhere.get("/api/v1/me")).status()).toBe(401);
  expect((await page.request.get("/api/v1/me")).status()).toBe(200);
  await elsewhere.dispose();
});

test("a key for a program is shown once, has only its rights, and stops when deleted", async ({ page, mailbox, playwright, baseURL }) => {
  await workspace(page.request, mailbox, someone("Olga Ruiz", "Gestoría Ruiz"));
  await page.goto("/settings/api-keys");
  await look(page, "no keys yet");
  await page.getByRole("button", { name: "Create key" }).first().click();
  const form = page.getByRole("dialog", { name: "Create key" });
  await form.getByLabel("Name").fill("Accounting export");
  await form.getByRole("checkbox", { name: "Companies" }).click();
  await look(page, "create a key");
  await form.getByRole("button", { name: "Create key" }).click();

  const made = page.getByRole("dialog", { name: "Your new key" });
  const secret = await made.getByLabel("Key", { exact: true }).inputValue();
  expect(secret).toMatch(/^omb_/);
  await look(page, "the key, once");
  await made.getByRole("button", { name: "I have kept it" }).click();

  const bearer = { Authorization: `Bearer ${secret}` };
  const program = await playwright.request.newContext({ baseURL, extraHTTPHeaders: bearer });
  expect((await program.get("/api/v1/companies")).status()).toBe(200);
  expect((await program.get("/api/v1/contacts")).status()).toBe(403);

  await page.reload();
  const row = rowOf(page, "Accounting export");
  await expect(row).toBeVisible();
  expect(await page.content()).not.toContain(secret);
  await look(page, "keys");
  await row.getByRole("button", { name: /Delete/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("Key Accounting export deleted")).toBeVisible();
  expect((await program.get("/api/v1/companies")).status()).toBe(401);
  await program.dispose();
});

test("the owner tunes what a role may do, and shows a face", async ({ page, mailbox }) => {
  await workspace(page.request, mailbox, someone("Clara Vidal", "Óptica Vidal"));
  await page.goto("/settings/roles");
  const table = page.getByRole("table").first();
  await expect(table).toBeVisible();
  await look(page, "the table of rights");
  const changeable = page.getByRole("switch", { disabled: false, checked: true }).first();
  const name = await changeable.getAttribute("aria-label");
  await changeable.click();
  await expect(page.getByRole("switch", { name: name ?? "", exact: true })).not.toBeChecked();
  await page.reload();
  await expect(page.getByRole("switch", { name: name ?? "", exact: true })).not.toBeChecked();

  await page.goto("/settings/profile");
  await page.locator('input[type="file"]').setInputFiles({ name: "me.png", mimeType: "image/png", buffer: await page.screenshot() });
  await expect(page.getByText("Picture saved")).toBeVisible();
  await look(page, "profile");
});

test("a forgotten password is set anew by mail", async ({ page, mailbox }) => {
  const owner = someone("Pau Serra", "Serra Vins");
  await workspace(page.request, mailbox, owner);
  await page.context().clearCookies();
  await page.goto("/sign-in");
  await look(page, "sign in");
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  // The page before has a field of the same name.
  await expect(page.getByRole("heading", { level: 1, name: "Forgot your password?" })).toBeVisible();
  await page.getByLabel("E-mail").fill(owner.email);
  await look(page, "forgot the password");
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByText(/a link is on its way/)).toBeVisible();

  const reset = link(await mailbox.mail(owner.email, "password"), "/reset-password");
  const fresh = `${owner.password}-anew`;
  await page.goto(reset);
  await page.getByLabel("New password").fill(fresh);
  await look(page, "a new password");
  await page.getByRole("button", { name: "Save password" }).click();
  await expect(page.getByText("New password saved. Sign in with it.")).toBeVisible();
  const refused = await page.request.post("/api/v1/session", { data: { email: owner.email, password: owner.password } });
  expect(refused.status()).toBe(401);
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(owner.email);
  await page.getByLabel("Password", { exact: true }).fill(fresh);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Home" })).toBeVisible();
});
