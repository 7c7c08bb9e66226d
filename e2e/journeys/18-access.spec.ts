// Who sees which records: a role that reaches as far as its team, a team, and each record saying why one sees it.
import { look } from "../story/look.ts";
import { link } from "../story/mailbox.ts";
import { someone } from "../story/person.ts";
import { expect, test } from "../story/test.ts";
import { get, post, type Stored, workspace } from "../story/workspace.ts";

test("a seller sees the records of her team, and each says why", async ({ page, mailbox, browser, baseURL }) => {
  const owner = someone("Iago Pazos", "Pazos Redes");
  const seller = someone("Sabela Rey", owner.company);
  await workspace(page.request, mailbox, owner);
  await post(page.request, "/api/v1/invitations", { email: seller.email, role: "sales" });
  const token = new URL(link(await mailbox.mail(seller.email), "/accept-invitation")).searchParams.get("token");
  const context = await browser.newContext({ baseURL, reducedMotion: "reduce", viewport: page.viewportSize() });
  await post(context.request, "/api/v1/invitations/accept", { token, name: seller.name, password: seller.password, is_16_or_older: true });
  const hers = await context.newPage();
  const company = await post<Stored>(page.request, "/api/v1/companies", { name: "Conservas Ría" });
  const other = await post<Stored>(page.request, "/api/v1/companies", { name: "Bateas do Sur" });
  const below = await post<Stored>(page.request, "/api/v1/companies", { name: "Ría Congelados", parent_id: company.id });
  const me = await get<{ member: { id: string } }>(page.request, "/api/v1/me");

  await test.step("she sees everything while nobody has said otherwise", async () => {
    await hers.goto(`/companies/${other.id}`);
    await hers.getByRole("button", { name: "Why can I see this?" }).click();
    const dialog = hers.getByRole("dialog", { name: "Why can I see this?" });
    await expect(dialog.getByText("Your role sees every record of this kind.")).toBeVisible();
    await look(hers, "why everything is seen");
  });

  await test.step("the owner lets sales see as far as a team", async () => {
    await page.goto("/settings/roles");
    await page.getByRole("combobox", { name: "Sales: Companies" }).selectOption("Team");
    await expect.poll(async () => (await context.request.get(`/api/v1/companies/${other.id}`)).status()).toBe(404);
    await look(page, "how far each role sees");
    await hers.goto("/companies");
    await expect(hers.getByRole("heading", { level: 1, name: "Companies" })).toBeVisible();
    await expect(hers.getByText("Conservas Ría")).toHaveCount(0);
    await look(hers, "nothing within reach");
    await hers.goto(`/companies/${company.id}`);
    await expect(hers.getByRole("button", { name: "Why can I see this?" })).toHaveCount(0);
    await look(hers, "a record out of reach");
  });

  await test.step("a team is made, of two", async () => {
    await page.goto("/settings/teams");
    await look(page, "no teams yet");
    await page.getByRole("button", { name: "New team" }).first().click();
    const dialog = page.getByRole("dialog", { name: "New team" });
    await dialog.getByLabel("Name", { exact: true }).fill("Costa da Morte");
    await dialog.getByLabel(owner.name).check();
    await dialog.getByLabel(seller.name).check();
    await look(page, "a team being made");
    await dialog.getByRole("button", { name: "New team" }).click();
    await expect(page.getByText("Team Costa da Morte made")).toBeVisible();
    await look(page, "teams");
  });

  await test.step("she sees what is his, and what belongs to it, and is told why", async () => {
    await hers.goto(`/companies/${company.id}`);
    await hers.getByRole("button", { name: "Why can I see this?" }).click();
    const dialog = hers.getByRole("dialog", { name: "Why can I see this?" });
    await expect(dialog.getByText("Your role (Sales) may read records of this kind.")).toBeVisible();
    await expect(dialog.getByText(`It is ${owner.name}’s, who is in a team with you: Costa da Morte.`)).toBeVisible();
    await look(hers, "why a record of the team is seen");
    await hers.keyboard.press("Escape");
    await expect(hers.getByRole("button", { name: "Why can I see this?" })).toBeFocused();
    const change = { headers: { "If-Match": '"1"' }, data: { owner_id: null } };
    const given = await page.request.patch(`/api/v1/companies/${below.id}`, change);
    expect(given.ok(), await given.text()).toBe(true);
    await hers.goto(`/companies/${below.id}`);
    await hers.getByRole("button", { name: "Why can I see this?" }).click();
    await expect(hers.getByText("It belongs to Conservas Ría, which you see.")).toBeVisible();
  });

  await test.step("the owner is told that it is a matter of the role", async () => {
    await page.goto(`/companies/${company.id}`);
    await page.getByRole("button", { name: "Why can I see this?" }).click();
    await expect(page.getByText("Your role sees every record of this kind.")).toBeVisible();
    const sight = await get<{ ways: { kind: string; member: { id: string } | null }[] }>(context.request, `/api/v1/access/${company.id}`);
    expect(sight.ways).toMatchObject([{ kind: "team", member: { id: me.member.id } }]);
  });
  await context.close();
});
