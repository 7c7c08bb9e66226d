//! Written when the six steps can be walked.
