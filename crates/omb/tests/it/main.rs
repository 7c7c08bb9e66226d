//! The platform tests: through HTTP, on both databases, with the sandbox's mailbox. One binary, modules by domain.

mod app;
mod audit;
mod crediting;
mod description;
mod electronic;
mod home;
mod identity;
mod isolation;
mod keys;
mod selling;
mod shape;
mod six_steps;
mod watching;
mod webhooks;
