//! A record as it will be, by the rules of its verb, before anything of it is written.

use super::fill::Filled;

/// See the module. What it is made of has been looked at in the transaction that writes it, or that only wants to know.
#[derive(Debug)]
pub struct Draft<R> {
    pub record: R,
    /// Its values of the tenant's own fields.
    pub filled: Filled,
}
