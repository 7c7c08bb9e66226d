//! Deals that come in closed: how they ended, when, and why where they were lost.

use chrono::{DateTime, NaiveTime, Utc};
use kernel::{Error, Result};

use crate::{
    deal::{Deal, DealState},
    field::{self, folded},
    import::of::{Cell, Words},
};

/// A moment as exports write it, or a day.
pub fn closed_at(cell: &Cell<'_>) -> Result<DateTime<Utc>> {
    if let Ok(at) = DateTime::parse_from_rfc3339(cell.text) {
        return Ok(at.to_utc());
    }
    Ok(cell.day("closed_at")?.and_time(NaiveTime::MIN).and_utc())
}

/// A state by its code, or by what it is called in one of the four languages.
pub fn state(cell: &str) -> Result<DealState> {
    match folded(cell).as_str() {
        "open" | "abierto" | "abierta" | "aberto" | "aberta" | "ouvert" | "ouverte" => Ok(DealState::Open),
        "won" | "ganado" | "ganada" | "ganho" | "ganha" | "gagne" | "gagnee" => Ok(DealState::Won),
        "lost" | "perdido" | "perdida" | "perdu" | "perdue" => Ok(DealState::Lost),
        _ => Err(Error::invalid("state", "state_unknown", "Write open, won or lost.")),
    }
}

/// A deal that comes in closed: when it was, and why where it was lost.
pub fn close(deal: &mut Deal, words: &Words, now: DateTime<Utc>) -> Result<()> {
    let state: DealState = words.part("state").and_then(|state| state.parse().ok()).unwrap_or(DealState::Open);
    let at = words.part("closed_at").and_then(|at| at.parse::<DateTime<Utc>>().ok());
    if state == DealState::Open {
        return Ok(());
    }
    if state == DealState::Lost {
        deal.lost_reason_id = words.part("lost_for").and_then(|id| id.parse().ok());
        deal.lost_reason = field::line("lost_reason", words.part("lost_reason"), 500)?;
        if deal.lost_reason_id.is_none() && deal.lost_reason.is_none() {
            let sentence = "Say why the deal was lost: it is what the next one learns from.";
            return Err(Error::invalid("lost_reason", "required", sentence));
        }
    }
    (deal.state, deal.closed_at) = (state, Some(at.unwrap_or(now).min(now)));
    Ok(())
}
