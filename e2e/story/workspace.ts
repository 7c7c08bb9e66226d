// A business of a story's own, made through the API, so that stories neither meet nor wait for forms that another
// story already tries.
import { type APIRequestContext, expect } from "@playwright/test";

import { link, type Mailbox } from "./mailbox.ts";
import { type Person } from "./person.ts";

/** A Spanish company number with a right check digit. */
export const TAX_ID = "B58818501";

export interface Money {
  amount: string;
  currency: string;
}

export interface Stored {
  id: string;
  name: string;
}

/** Signs a Spanish company up that works in English; `request` is then signed in as its owner. */
export async function workspace(request: APIRequestContext, mailbox: Mailbox, owner: Person): Promise<void> {
  await post(request, "/api/v1/signup", {
    company_name: owner.company,
    country: "ES",
    currency: "EUR",
    language: "en",
    time_zone: "Europe/Madrid",
    tax_id: TAX_ID,
    name: owner.name,
    email: owner.email,
    phone: owner.phone,
    password: owner.password,
    business_use: true,
    is_16_or_older: true,
  });
  const address = new URL(link(await mailbox.mail(owner.email), "/confirm-email"));
  await post(request, "/api/v1/email-confirmations", { token: address.searchParams.get("token") });
}

/** Says who issues: without an address no invoice can be issued in Spain. */
export async function billing(request: APIRequestContext): Promise<void> {
  const { items } = await get<{ items: { id: string; version: number }[] }>(request, "/api/v1/fiscal-entities");
  const [entity] = items;
  const answer = await request.patch(`/api/v1/fiscal-entities/${entity?.id}`, {
    headers: { "If-Match": `"${entity?.version}"` },
    data: {
      street: "Calle del Puerto 8",
      postal_code: "46021",
      city: "Valencia",
      payment_instructions: "IBAN ES91 2100 0418 4502 0005 1332",
    },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
}

/** A customer: a company with all that an invoice needs, and a person there. */
export async function customer(request: APIRequestContext, name: string, person: Person): Promise<{ company: Stored; contact: Stored }> {
  const company = await post<Stored>(request, "/api/v1/companies", {
    name,
    legal_name: `${name} S.L.`,
    tax_id: "A58818501",
    country: "ES",
    street: "Gran Vía 1",
    postal_code: "28013",
    city: "Madrid",
    email: person.email,
  });
  const [given_name, ...rest] = person.name.split(" ");
  const contact = await post<Stored>(request, "/api/v1/contacts", {
    given_name,
    family_name: rest.join(" "),
    email: person.email,
    company_id: company.id,
  });
  return { company, contact };
}

/** A line at a price with the general Spanish tax. */
export function line(description: string, quantity: string, unit_price: string) {
  return { description, quantity, unit: "h", unit_price, taxes: [{ category: "S", rate: "21", name: "IVA" }] };
}

/** GET that must succeed. */
export async function get<T>(request: APIRequestContext, path: string): Promise<T> {
  const answer = await request.get(path);
  expect(answer.ok(), `GET ${path}: ${answer.status()} ${await answer.text()}`).toBe(true);
  return (await answer.json()) as T;
}

/** POST that must succeed. The answer may be empty. */
export async function post<T>(request: APIRequestContext, path: string, data: object = {}): Promise<T> {
  const answer = await request.post(path, { data });
  const text = await answer.text();
  expect(answer.ok(), `POST ${path}: ${answer.status()} ${text}`).toBe(true);
  return (text ? JSON.parse(text) : undefined) as T;
}
