// The sandbox's mailbox: what the program sent, read as its recipient would.
import { type APIRequestContext, expect } from "@playwright/test";

interface Summary {
  id: number;
  to: string;
  subject: string;
}

export interface Mail extends Summary {
  from: string;
  text: string;
  html: string | null;
  links: string[];
  attachments: { index: number; file_name: string; media_type: string; size: number }[];
}

/** The mailbox of the server that `request` speaks to. */
export class Mailbox {
  constructor(private readonly request: APIRequestContext) {}

  /** The newest mail to an address whose subject holds `subject`. Waits for it, with a deadline. */
  async mail(to: string, subject = ""): Promise<Mail> {
    let newest: Summary | undefined;
    await expect
      .poll(async () => (newest = (await this.list(to, subject))[0]), {
        message: `a mail to ${to} with "${subject}" in its subject`,
        timeout: 20_000,
      })
      .toBeTruthy();
    const answer = await this.request.get(`/sandbox/api/mails/${newest?.id}`);
    expect(answer.ok(), await answer.text()).toBe(true);
    return (await answer.json()) as Mail;
  }

  /** How many mails to an address have `subject` in their subject: for proving that one came, or none. */
  async count(to: string, subject = ""): Promise<number> {
    return (await this.list(to, subject)).length;
  }

  /** The bytes of an attachment. */
  async attachment(mail: Mail, index: number): Promise<Buffer> {
    const answer = await this.request.get(`/sandbox/api/mails/${mail.id}/attachments/${index}`);
    expect(answer.ok(), `attachment ${index} of "${mail.subject}"`).toBe(true);
    return answer.body();
  }

  private async list(to: string, subject: string): Promise<Summary[]> {
    const answer = await this.request.get("/sandbox/api/mails", { params: { to, subject, limit: 50 } });
    expect(answer.ok(), await answer.text()).toBe(true);
    return ((await answer.json()) as { items: Summary[] }).items;
  }
}

/** The first link of a mail whose address holds `part`. Fails where there is none, and shows the mail. */
export function link(mail: Mail, part: string): string {
  const found = mail.links.find((address) => address.includes(part));
  expect(found, `a link with "${part}" in:\n${mail.text}`).toBeTruthy();
  return found ?? "";
}
