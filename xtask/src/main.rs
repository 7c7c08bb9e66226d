//! Checks of the repository itself: see `cargo xtask tidy`.
fn main() {}
