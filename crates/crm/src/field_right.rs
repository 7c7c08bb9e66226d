//! Rights by field: which fields there are to be taken from a role, and what is taken of each. What they do is held in
//! `store::reach`, where they are kept in `identity::role::field`.
//!
//! Invariant: a right is only ever set on a field that is there, and only a field that can be left out is hidden.

mod catalogue;
mod routes;
mod tune;

pub(crate) use routes::routes;
