//! The SMTP provider against a scripted server, a TLS server and the sandbox.

mod connections;
mod contract;
mod envelope;
mod mails;
mod outcomes;
mod scripted;
mod tls;
