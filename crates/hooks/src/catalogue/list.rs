//! The list.

use super::{EventType, Example, Example::Money, Example::Number, Example::Text, TEST};

type Carried = &'static [(&'static str, Example)];

const fn of(name: &'static str, subject: &'static str, about: &'static str, carries: Carried) -> EventType {
    EventType { name, about, subject, carries }
}

const NOTHING: Carried = &[];
const QUOTE: Carried = &[("number", Text("P-2026-0007")), ("amount", Money)];
const INVOICE: Carried = &[("number", Text("F-2026-0042")), ("amount", Money), ("balance", Money)];
const COUNTS: Carried = &[
    ("rows", Number(1000)),
    ("created", Number(997)),
    ("linked", Number(0)),
    ("skipped", Number(0)),
    ("refused", Number(3)),
    ("companies_created", Number(120)),
];

/// Every type, those of one group together.
pub const EVENT_TYPES: &[EventType] = &[
    of("company.created", "com", "A company was added.", NOTHING),
    of("company.updated", "com", "A company was changed.", NOTHING),
    of("company.deleted", "com", "A company was deleted; it can be brought back.", NOTHING),
    of("company.restored", "com", "A deleted company was brought back.", NOTHING),
    of("contact.created", "con", "A contact was added.", NOTHING),
    of("contact.updated", "con", "A contact was changed.", NOTHING),
    of("contact.deleted", "con", "A contact was deleted; it can be brought back.", NOTHING),
    of("contact.restored", "con", "A deleted contact was brought back.", NOTHING),
    of("deal.created", "dea", "A deal was opened.", NOTHING),
    of("deal.updated", "dea", "A deal was changed.", NOTHING),
    of("deal.moved", "dea", "A deal went to another stage.", &[
        ("from", Text("stg_019abc0123457def8123456789abcdef")),
        ("to", Text("stg_019abc0123457def8123456789abcdee")),
    ]),
    of("deal.sorted", "dea", "A deal was put elsewhere within its stage.", NOTHING),
    of("deal.won", "dea", "A deal was won.", &[("amount", Money)]),
    of("deal.lost", "dea", "A deal was lost.", &[("amount", Money)]),
    of("deal.reopened", "dea", "A closed deal was opened again.", NOTHING),
    of("deal.deleted", "dea", "A deal was deleted; it can be brought back.", NOTHING),
    of("deal.restored", "dea", "A deleted deal was brought back.", NOTHING),
    of("note.created", "not", "A note was written; the record it is about is among the related ones.", NOTHING),
    of("note.updated", "not", "A note was changed.", NOTHING),
    of("note.deleted", "not", "A note was deleted.", NOTHING),
    of("pipeline.changed", "pip", "A pipeline or its stages were made or changed.", NOTHING),
    of("import.created", "imp", "A file to import was uploaded.", NOTHING),
    of("import.started", "imp", "An import began.", NOTHING),
    of("import.progress", "imp", "An import went on; at most once a second.", &[("rows_done", Number(500))]),
    of("import.finished", "imp", "An import ended.", COUNTS),
    of("import.failed", "imp", "An import could not go on.", &[("code", Text("import_interrupted"))]),
    of("import.undo_started", "imp", "Taking back an import began.", NOTHING),
    of("import.undone", "imp", "An import was taken back.", NOTHING),
    of("import.deleted", "imp", "An import that had not run was removed.", NOTHING),
    of("quote.created", "quo", "A quote was drafted.", QUOTE),
    of("quote.updated", "quo", "A quote was changed.", QUOTE),
    of("quote.sent", "quo", "A quote was sent.", QUOTE),
    of("quote.viewed", "quo", "The customer opened a quote for the first time.", QUOTE),
    of("quote.accepted", "quo", "The customer accepted a quote.", QUOTE),
    of("quote.declined", "quo", "The customer declined a quote.", QUOTE),
    of("quote.revoked", "quo", "A sent quote was taken back.", QUOTE),
    of("quote.deleted", "quo", "A draft of a quote was deleted.", QUOTE),
    of("invoice.created", "inv", "An invoice was drafted.", INVOICE),
    of("invoice.updated", "inv", "A draft of an invoice was changed.", INVOICE),
    of("invoice.issued", "inv", "An invoice was issued and got its number.", INVOICE),
    of("invoice.sent", "inv", "An invoice was sent.", INVOICE),
    of("invoice.paid", "inv", "An invoice was paid in full.", INVOICE),
    of("invoice.deleted", "inv", "A draft of an invoice was deleted.", INVOICE),
    of("payment.recorded", "pay", "Money was received for an invoice.", INVOICE),
    of("payment.voided", "pay", "A payment was struck out.", INVOICE),
    of("fiscal_entity.updated", "fis", "The billing particulars were changed.", NOTHING),
    of("number_series.updated", "ser", "The numbering of documents was changed.", NOTHING),
    of("mail.queued", "mai", "A mail waits to be sent.", &[("record", Text("inv_019abc0123457def8123456789abcdef"))]),
    of("mail.sent", "mai", "A mail server took a mail.", &[("record", Text("inv_019abc0123457def8123456789abcdef"))]),
    of("mail.failed", "mai", "A mail was refused or given up.", &[("record", Text("inv_019abc0123457def8123456789abcdef"))]),
    of("mail.unknown", "mai", "A mail was handed over and the answer was lost.", &[
        ("record", Text("inv_019abc0123457def8123456789abcdef")),
    ]),
    of("tenant.created", "ten", "The workspace was founded.", NOTHING),
    of("tenant.updated", "ten", "The company's particulars were changed.", NOTHING),
    of("tenant.closed", "ten", "The workspace was closed.", NOTHING),
    of("tenant.reopened", "ten", "The workspace was opened again.", NOTHING),
    of("member.invited", "ivt", "Somebody was invited.", NOTHING),
    of("member.joined", "mem", "Somebody joined.", NOTHING),
    of("member.updated", "mem", "A member's picture or particulars were changed.", NOTHING),
    of("member.role_changed", "mem", "A member got another role.", NOTHING),
    of("member.removed", "mem", "A member was removed.", NOTHING),
    of("invitation.revoked", "ivt", "An invitation was taken back.", NOTHING),
    of("role.tuned", "ten", "What a role may do was changed.", &[("role", Text("support"))]),
    of("account.updated", "acc", "A person changed their own particulars.", NOTHING),
    of("account.email_confirmed", "acc", "A person confirmed their address.", NOTHING),
    of("api_key.created", "key", "An API key was made.", NOTHING),
    of("api_key.revoked", "key", "An API key was revoked.", NOTHING),
    of("job.died", "job", "Work in the background failed for good.", &[
        ("kind", Text("mail.deliver")),
        ("attempts", Number(10)),
    ]),
    of("job.replayed", "job", "Work that had failed is tried again.", NOTHING),
    of("job.discarded", "job", "Work that had failed was given up.", NOTHING),
    of("webhook.created", "whk", "An endpoint was added.", NOTHING),
    of("webhook.updated", "whk", "An endpoint was changed.", NOTHING),
    of("webhook.secret_rotated", "whk", "An endpoint got a new signing secret.", NOTHING),
    of("webhook.disabled", "whk", "An endpoint was switched off because it failed or wanted nothing more.", &[
        ("reason", Text("failing")),
    ]),
    of("webhook.deleted", "whk", "An endpoint was removed.", NOTHING),
    of(TEST, "whk", "Sent by hand to try an endpoint.", NOTHING),
];
