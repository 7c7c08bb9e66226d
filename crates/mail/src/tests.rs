//! Delivery, once: written when the job runner is there.
