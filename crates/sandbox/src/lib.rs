//! The outside world on loopback: what the program would reach over the network, with state, faults and a control page.
//!
//! It speaks SMTP and receives webhooks. A mail handed to it is kept, shown in the browser under `/sandbox/mail` and served to tests under
//! `/sandbox/api/mails`. It delivers nothing anywhere.
//! A message sent to
//! `/sandbox/webhooks/in/NAME` is kept in memory, checked by the Standard Webhooks specification, and shown under
//! `/sandbox/webhooks`.
//!
//! Invariants: it listens on this machine only; it shares no type with the program's own clients, so that both sides
//! must agree with the standard and not with each other; it calls itself `sandbox.invalid`, a name no real server can
//! have (RFC 2606), by which a production client recognises and refuses it.
//!
//! ## Faults
//! Recipients whose local part (a `+tag` may follow) is one of these always behave so:
//!
//! | recipient | what happens |
//! |---|---|
//! | `bounce@` | refused at RCPT: 550 5.1.1 |
//! | `full@` | refused at RCPT: 552 5.2.2 |
//! | `later@` | refused at RCPT each time: 451 4.7.1 |
//! | `greylist@` | refused at RCPT the first time for that address: 451 4.7.1, then taken |
//! | `timeout@` | the mail is kept, but the final dot is never answered |
//! | `lost@` | the mail is not kept, and the final dot is never answered |
//! | `drop@` | the mail is not kept, and the connection is cut after the final dot |
//!
//! The user name `rejected` is refused at AUTH: 535 5.7.8. Every other name and password is taken.
//!
//! A [`FaultPlan`] adds rules: at a [`Stage`], for senders or recipients that contain a text, a [`FaultAction`], a number of
//! times or for ever. It is set by `PUT /sandbox/_control/faults`, by the form on `/sandbox/_control`, or by
//! [`SandboxHandle::set_faults`]. Rules are tried in order before the sentinels; delays add up, the first other action ends
//! the search. The journal on the same page shows every command received and every reply given; passwords are left out.
//!
//! Refuses: listening on an address others can reach, TLS (STARTTLS is not offered), delivering or relaying.

mod config;
mod control;
mod handle;
mod mail;
mod smtp;
mod web;
mod webhook;

pub use config::{NowFn, SandboxConfig, SandboxError};
pub use control::{FaultAction, FaultPlan, FaultPlanError, FaultRule, JournalEntry, JournalKind, Stage};
pub use handle::{Sandbox, SandboxHandle};
pub use mail::{AttachmentInfo, Header, MailDetail, MailFilter, MailSummary};
