//! Identity through HTTP: entering, membership, rights and keys, as a browser and a program meet them.

pub mod keys;
mod members;
mod pictures;
mod reference;
mod registering;
mod sessions;
mod signing_in;
