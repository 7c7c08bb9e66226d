//! Tenants apart from each other (P020, P181), each caller within its rights (P179), and what closing a workspace means.
//! What is called is the API description itself, so that no operation can be forgotten; what is called with are real ids.

mod amounts;
mod bodies;
mod callers;
mod closing;
mod field_rights;
mod fields;
pub mod filled;
mod importing;
mod locks;
mod narrowed;
mod once;
mod reach;
mod reading;
mod rights;
mod rows;
mod sight;
mod strangers;
mod work;
