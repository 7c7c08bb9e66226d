//! What is written is valid by the schemas, what is read is what was written, nothing a stranger sends does harm, and the
//! figures are those of the totals.

mod any;
mod figures;
mod hostile;
mod reading;
mod round_trip;
mod rules;
mod samples;
mod schema;
mod shapes;
mod writing;
