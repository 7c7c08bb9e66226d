//! The door with a small house behind it: routes of a test's own, callers by name.

mod limits;
mod live;
mod overload;
mod stage;
