//! The composition root: which domains there are, how they are wired, and the commands of the one binary.
//!
//! Nothing is decided here that belongs to a domain; what every domain hands over are the same lists (routes, jobs,
//! permissions, data map, listeners).

pub mod classes;
pub mod command;
pub mod config;
pub mod demo;
pub mod domains;
pub mod logging;
pub mod metrics;
pub mod movable;
pub mod product;
pub mod ready;
mod sweep;
pub mod web;
