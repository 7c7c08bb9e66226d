//! Membership on both databases.
