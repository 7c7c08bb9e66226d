//! What the product promises when things break: real processes that are killed, databases that go away, disks that fill
//! up, clocks that leap, work that never ends. What left the product is counted where it arrives, outside of it.
//!
//! `OMB_FAULT_ROUNDS=2000` makes the kill tests longer, `OMB_FAULT_SECONDS=60` the overload; `OMB_FAULT_PROGRAM` names
//! another program to try, such as a release build.

mod away;
mod clock;
mod cluster;
mod full;
mod kill;
mod ledger;
mod load;
mod node;
mod nodes;
mod outside;
mod overload;
mod person;
mod poison;
mod proxy;
