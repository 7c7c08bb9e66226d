//! The sandbox from outside: SMTP over a socket, the web side over its router.

mod client;
mod control;
mod dialogue;
mod faults;
mod hostile;
mod mailbox;
mod pages;
mod restart;
mod webhooks;
