// Filling in forms as a person does, for parts that take more than one act.
import { type Page } from "@playwright/test";

/** Opens a searchable choice by its label, types, and takes the option of that name. */
export async function choose(page: Page, label: string | RegExp, option: string): Promise<void> {
  await page.getByRole("combobox", { name: label, exact: typeof label === "string" }).click();
  // The search field of this very choice: an input of another that is just closing may still have the focus.
  const list = page.getByRole("listbox", { name: label });
  await page.locator("input[role=combobox]:focus").and(page.getByRole("combobox", { name: label })).pressSequentially(option);
  await list.getByRole("option", { name: option }).first().click();
}

/** Signs in on the sign-in page, from wherever the page is. Does not wait for what follows. */
export async function signIn(page: Page, person: { email: string; password: string }): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(person.email);
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
}
