//! Written with the sales tests, which found issued invoices.
