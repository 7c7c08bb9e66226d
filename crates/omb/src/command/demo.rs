//! `omb demo`.
