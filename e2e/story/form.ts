// Filling in forms as a person does, for parts that take more than one act.
import { type Page } from "@playwright/test";

/** Opens a searchable choice by its label, types, and takes the option of that name. */
export async function choose(page: Page, label: string | RegExp, option: string): Promise<void> {
  await page.getByRole("combobox", { name: label, exact: typeof label === "string" }).click();
  // What is typed before the search field has the focus would be lost.
  await page.locator("input:focus").waitFor();
  await page.keyboard.type(option);
  await page.getByRole("listbox", { name: label }).getByRole("option", { name: option }).first().click();
}

/** Signs in on the sign-in page, from wherever the page is. Does not wait for what follows. */
export async function signIn(page: Page, person: { email: string; password: string }): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(person.email);
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
}
