//! The outside: a mail server that belongs to the test and outlives every node. What it was given is what left.

use std::{
    collections::{HashMap, HashSet},
    sync::Mutex,
};

use sandbox::{MailFilter, Sandbox, SandboxConfig, SandboxHandle};

/// The mail server and what it has received.
pub struct Outside {
    pub sandbox: SandboxHandle,
    counted: Mutex<Counted>,
}

#[derive(Default)]
struct Counted {
    /// Every mail up to this number has been counted.
    whole: u64,
    /// Those counted above it. A mail that takes longer to read is kept after others with higher numbers.
    ahead: HashSet<u64>,
    by_message: HashMap<String, u32>,
    by_address: HashMap<String, Vec<u64>>,
}

impl Outside {
    pub async fn start() -> Self {
        let config = SandboxConfig { max_mails: 1_000_000, max_total_bytes: 4 << 30, ..SandboxConfig::default() };
        Self { sandbox: Sandbox::start(config).await.unwrap(), counted: Mutex::default() }
    }

    pub fn url(&self) -> String {
        self.sandbox.smtp_url()
    }

    /// Reads what has come since the last time.
    fn look(&self) -> std::sync::MutexGuard<'_, Counted> {
        let mut counted = self.counted.lock().unwrap();
        let mut new = Vec::new();
        let mut before = None;
        loop {
            let page = self.sandbox.mails(&MailFilter { before, limit: Some(200), ..MailFilter::default() });
            before = page.last().map(|mail| mail.id);
            let full = page.len() == 200;
            new.extend(page.into_iter().filter(|mail| mail.id > counted.whole && !counted.ahead.contains(&mail.id)));
            if !full || before.is_none_or(|oldest| oldest <= counted.whole + 1) {
                break;
            }
        }
        for mail in new.into_iter().rev() {
            counted.ahead.insert(mail.id);
            let detail = self.sandbox.mail(mail.id).expect("a mail that is listed is kept");
            let message = detail.message_id.unwrap_or_else(|| format!("without an id: {}", mail.subject));
            *counted.by_message.entry(message).or_default() += 1;
            for address in mail.envelope_to {
                counted.by_address.entry(address).or_default().push(mail.id);
            }
        }
        while let next = counted.whole + 1
            && counted.ahead.remove(&next)
        {
            counted.whole = next;
        }
        counted
    }

    /// How often each mail arrived, by its Message-ID.
    pub fn messages(&self) -> HashMap<String, u32> {
        self.look().by_message.clone()
    }

    /// How many mails arrived at an address.
    pub fn at(&self, address: &str) -> usize {
        self.look().by_address.get(address).map_or(0, Vec::len)
    }

    /// The first link in the newest mail to an address that contains `part`.
    pub fn link(&self, address: &str, part: &str) -> Option<String> {
        let newest = *self.look().by_address.get(address)?.iter().max()?;
        self.sandbox.mail(newest)?.links.iter().find(|link| link.contains(part)).cloned()
    }
}
