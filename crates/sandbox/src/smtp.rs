//! The SMTP server (RFC 5321 with SIZE, 8BITMIME, SMTPUTF8, PIPELINING, AUTH PLAIN, ENHANCEDSTATUSCODES).
//!
//! Invariant: one task per connection, bounded in number, in the length of a line, in the size of a mail and in the time
//! it may stay silent. Nothing a client sends ends another client's connection.
//!
//! Refuses: STARTTLS, relaying, BDAT.

mod command;
mod connection;
mod content;
mod verb;
mod wire;

use std::{sync::Arc, time::Duration};

use tokio::{net::TcpListener, task::JoinSet};

use crate::{control::JournalKind, handle::Core};

/// The name it gives itself: no real server can have it (RFC 2606), so a production client knows a sandbox by it.
const NAME: &str = "sandbox.invalid";
const MOST_CONNECTIONS: usize = 256;

/// Accepts connections until the task is aborted; its connections end with it.
pub(crate) async fn serve(listener: TcpListener, core: Arc<Core>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    let full = connections.len() >= MOST_CONNECTIONS;
                    connections.spawn(connection::serve(stream, Arc::clone(&core), full));
                }
                Err(error) => {
                    // Out of file descriptors, most likely: wait for some to be closed.
                    core.journal.write(0, JournalKind::Fault, &format!("a connection could not be accepted: {error}"));
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            },
            Some(_) = connections.join_next() => {}
        }
    }
}
