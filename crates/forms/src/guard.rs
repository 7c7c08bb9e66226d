//! The guard of a form: what speaks for spam, in points, each with its reason; from a number of points on, what was sent
//! is held back. It asks no third party, needs no script and looks at no cookie.
//!
//! Invariants: points are the sum of the reasons that are kept beside them; no single habit of an honest sender reaches
//! the threshold we suggest; the sender is told the same thanks either way.

pub(crate) mod content;
pub(crate) mod count;
pub(crate) mod judge;
pub(crate) mod proof;
pub(crate) mod stamp;
#[cfg(test)]
mod tests;

use std::net::IpAddr;

use kernel::{Result, error::Fields};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How a form is guarded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct FormGuard {
    /// Hold back what looks like spam.
    pub on: bool,
    /// From how many points on, 3 to 100.
    #[schema(example = 10)]
    pub threshold: i64,
    /// A field that people do not see and programs fill in.
    pub trap: bool,
    /// How long the page stood open before it was sent, and whether it was shown at all.
    pub timing: bool,
    /// How much comes from one network address, by one form and to the workspace.
    pub limits: bool,
    /// What was written.
    pub content: bool,
    /// Browsers with script do some work before they send, which speaks for them; the others lose nothing.
    pub proof: bool,
    /// Programs must send an API key with the scope `form.submit`; what they send is then taken as it is.
    pub key_required: bool,
}

impl Default for FormGuard {
    fn default() -> Self {
        Self {
            on: true,
            threshold: 10,
            trap: true,
            timing: true,
            limits: true,
            content: true,
            proof: false,
            key_required: false,
        }
    }
}

impl FormGuard {
    pub(crate) fn check(&self, refused: &mut Fields) {
        if !(3..=100).contains(&self.threshold) {
            refused.refuse("guard.threshold", "out_of_range", "Hold back from 3 to 100 points on.");
        }
    }
}

/// What speaks for spam, or against it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sign {
    /// The field that people do not see was filled in.
    Trap,
    /// Sent without the page, or from one that was not of this form.
    StampMissing,
    StampForged,
    /// Sent within three seconds.
    StampFast,
    /// The page was older than a day.
    StampOld,
    /// The same page was sent before, with something else in it.
    StampReused,
    /// A browser says from which page it sends; this did not.
    NoBrowser,
    AddressBusy,
    AddressFlood,
    FormBusy,
    TenantBusy,
    /// The same words came before.
    TextRepeated,
    TextFlood,
    Links,
    /// An address of the web where a name belongs.
    LinkInName,
    /// Markup of web pages or boards.
    Markup,
    /// Letters of two scripts in one word of a name, to look like another.
    MixedScript,
    /// A name of letters thrown together.
    Gibberish,
    /// One answer to several questions.
    SameEverywhere,
    /// A mailbox for ten minutes.
    Disposable,
    /// Words of mass offers.
    Offer,
    /// Nearly all in capitals.
    Shouting,
    /// The browser has done the work: points are taken away.
    ProofDone,
}

/// A sign with its points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct GuardReason {
    pub sign: Sign,
    #[schema(example = 7)]
    pub points: i64,
}

/// By what something was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Via {
    /// Our page, or a form of another site's page.
    #[default]
    Page,
    /// A program, or another site's script.
    Program,
    /// A program that has shown a key of the workspace.
    Key,
}

/// How it was sent: what the guard looks at besides the words. Nothing of it is stored as it is.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    pub via: Via,
    pub ip: Option<IpAddr>,
    /// A browser named the page it sends from.
    pub browser: bool,
    /// It is a form of one of the sites that the form names, which has no stamp.
    pub foreign: bool,
    pub trap: bool,
    pub once: Option<String>,
    pub stamp: Option<String>,
    pub proof: Option<String>,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verdict {
    pub points: i64,
    pub reasons: Vec<GuardReason>,
}

impl Verdict {
    fn add(&mut self, sign: Sign, points: i64) {
        if points != 0 {
            self.points += points;
            self.reasons.push(GuardReason { sign, points });
        }
    }
}

/// The key that stamps and digests of this tenant are made with.
pub(crate) async fn key(tx: &mut store::Tx) -> Result<[u8; 32]> {
    Ok(*tx.derive_key("form.guard").await?)
}
