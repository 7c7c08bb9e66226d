//! The door with a small house behind it: routes of a test's own, callers by name.

mod conflicts;
mod limits;
mod live;
mod overload;
mod stage;
