//! Tenants apart from each other (P020, P181), each caller within its rights (P179), and what closing a workspace means.
//! What is called is the API description itself, so that no operation can be forgotten; what is called with are real ids.

mod bodies;
mod callers;
mod closing;
pub mod filled;
mod locks;
mod once;
mod reading;
mod rights;
mod rows;
mod strangers;
mod work;
