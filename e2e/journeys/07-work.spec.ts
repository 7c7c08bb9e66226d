// Work that fails for good is told, seen with its cause, tried again or discarded. The story has a server of its own,
// because it moves the clock through all the tries of a mail.
import { type APIRequestContext, type Page } from "@playwright/test";

import { look } from "../story/look.ts";
import { Mailbox } from "../story/mailbox.ts";
import { someone } from "../story/person.ts";
import { type Server, serve } from "../story/server.ts";
import { expect, test } from "../story/test.ts";
import { get, post, workspace } from "../story/workspace.ts";

let server: Server;

test.beforeAll(async () => {
  server = await serve();
});

test.afterAll(async () => {
  await server?.stop();
});

/** From now on the mail server takes nothing for this address, or everything again. */
async function refuse(request: APIRequestContext, address?: string): Promise<void> {
  const rules = address ? [{ stage: "rcpt", matches: address, action: { reply: { code: 451, text: "4.7.1 later" } } }] : [];
  const answer = await request.put("/sandbox/_control/faults", { data: { rules } });
  expect(answer.ok(), await answer.text()).toBe(true);
}

/** Moves the clock on until so many jobs are dead. */
async function untilDead(request: APIRequestContext, dead: number): Promise<void> {
  await expect(async () => {
    server.omb("clock", "advance", "2h");
    const work = await get<{ dead: number }>(request, "/api/v1/jobs");
    expect(work.dead).toBe(dead);
  }).toPass({ intervals: [1_500], timeout: 90_000 });
}

const undone = (page: Page) => page.getByRole("list", { name: "Left undone" });

test("a mail that its server never took is told, seen, tried again and discarded", async ({ browser }) => {
  const context = await browser.newContext({ baseURL: server.url });
  const page = await context.newPage();
  const mailbox = new Mailbox(page.request);
  const owner = someone("Iria Lago", "Lago Mudanzas");
  await workspace(page.request, mailbox, owner);
  await page.goto("/settings/background-work");
  await expect(page.getByText("Everything was done")).toBeVisible();
  await look(page, "background work, nothing undone");

  const first = someone("Joan Away", "Away").email;
  await test.step("an invitation is refused through all its tries", async () => {
    await refuse(page.request, first);
    await post(page.request, "/api/v1/invitations", { email: first, role: "sales" });
    await untilDead(page.request, 1);
  });

  await test.step("the page shows it without reloading, and the owner is told by mail", async () => {
    await expect(undone(page)).toContainText("Sending a mail");
    await expect(undone(page)).toContainText("The mail server did not take it");
    await expect(undone(page)).toContainText("10 tries");
    await look(page, "background work left undone");
    const told = await mailbox.mail(owner.email, "Something was left undone");
    expect(told.text).toContain("sending a mail");
    expect(await mailbox.count(owner.email, "Something was left undone")).toBe(1);
  });

  await test.step("home says so and leads there", async () => {
    await page.goto("/");
    const needs = page.getByRole("region", { name: /^Needs you now/ });
    await needs.getByRole("link", { name: /Sending a mail.*Failed for good/ }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Background work" })).toBeVisible();
  });

  await test.step("tried again by keyboard, it leaves once", async () => {
    await refuse(page.request);
    await undone(page).getByRole("button", { name: "Try again" }).focus();
    await page.keyboard.press("Enter");
    await expect(page.getByText("Everything was done")).toBeVisible();
    await mailbox.mail(first, "invites you");
    expect(await mailbox.count(first)).toBe(1);
  });

  await test.step("another is discarded, after being asked", async () => {
    const second = someone("Pau Away", "Away").email;
    await refuse(page.request, second);
    await post(page.request, "/api/v1/invitations", { email: second, role: "sales" });
    await untilDead(page.request, 1);
    await undone(page).getByRole("button", { name: "Discard" }).click();
    const question = page.getByRole("dialog", { name: "Discard this work?" });
    await expect(question).toContainText("Sending a mail");
    await look(page, "the question before discarding");
    await question.getByRole("button", { name: "Discard" }).click();
    await expect(page.getByText("Everything was done")).toBeVisible();
    expect(await mailbox.count(second)).toBe(0);
  });
  await context.close();
});

test("a closed workspace says so, and lets one leave", async ({ browser }) => {
  const context = await browser.newContext({ baseURL: server.url });
  const page = await context.newPage();
  await workspace(page.request, new Mailbox(page.request), someone("Noa Vidal", "Vidal Textil"));
  const { id } = await get<{ id: string }>(page.request, "/api/v1/tenant");
  await page.goto("/settings/profile");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  server.omb("tenant", "close", id, "--yes");
  await page.goto("/");
  await expect(page.getByText("This workspace is closed", { exact: true })).toBeVisible();
  server.omb("tenant", "reopen", id);
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "Home" })).toBeVisible();
  server.omb("tenant", "close", id, "--yes");
  await page.reload();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/sign-in/);
  await context.close();
});
