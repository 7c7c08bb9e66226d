//! The customer's answer, with its evidence. One answer a revision: a second click finds the first, and of two that
//! come at once the lock lets one be first.

use crm::deal;
use kernel::{Actor, Change, Error, Language, Result, id::Id};
use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use store::{Tx, sql};

use super::{Quote, QuoteId, QuoteState, create::today, event};

kernel::id!(/// An answer to a quote.
    pub QuoteAnswerId, "qan");

kernel::states! {
    pub enum Decision { Accepted = "accepted", Declined = "declined" }
}

store::record! {
    /// What was answered, by whom, to exactly what.
    pub struct QuoteAnswer in quote_answer {
        id: QuoteAnswerId,
        quote_id: QuoteId,
        revision: i64,
        decision: Decision,
        name: Option<String>,
        reason: Option<String>,
        consent_text: Option<String>,
        consent_sha256: Option<String>,
        snapshot_sha256: String,
        pdf_sha256: String,
        language: Language,
        ip: Option<String>,
        user_agent: Option<String>,
        at: chrono::DateTime<chrono::Utc>,
    }
}

/// The answer as given on the page.
#[derive(Debug, Clone)]
pub enum Given {
    Accept {
        /// Typed by the person as their signature.
        name: String,
        /// The sentence next to the box they ticked.
        consent_text: String,
    },
    Decline {
        reason: String,
    },
}

/// What came of it.
#[derive(Debug, Clone, Serialize)]
pub struct Answered {
    pub quote: Quote,
    pub answer: QuoteAnswer,
    /// False when this answer had been given before.
    pub first: bool,
}

/// Records the answer. The PDF must have been made: its digest is part of the evidence.
pub async fn answer(tx: &mut Tx, id: QuoteId, given: Given) -> Result<Answered> {
    let quote: Quote = tx.get_locked(id).await?;
    if let Some(before) = earlier(tx, &quote).await? {
        return repeat(quote, before, &given);
    }
    if quote.state != QuoteState::Sent {
        return Err(Error::conflict(
            "quote_not_open",
            "This quote is no longer open. Ask whoever sent it for a new one.",
        ));
    }
    if quote.expired(today(tx).await?) {
        return Err(Error::conflict(
            "quote_expired",
            "This quote is past its last day. Ask whoever sent it for a new one.",
        ));
    }
    let (Some(snapshot_sha256), Some(pdf_sha256)) = (quote.snapshot_sha256.clone(), quote.pdf_sha256.clone()) else {
        return Err(Error::internal("a quote is answered whose PDF was not made"));
    };
    let answer = evidence(tx, &quote, given, snapshot_sha256, pdf_sha256)?;
    tx.insert(&answer).await?;
    let state = match answer.decision {
        Decision::Accepted => QuoteState::Accepted,
        Decision::Declined => QuoteState::Declined,
    };
    let after = tx.update(&Quote { state, answered_at: Some(tx.now()), ..quote.clone() }).await?;
    let kind = if state == QuoteState::Accepted { "quote.accepted" } else { "quote.declined" };
    tx.audit(Change::new(kind, id).before(&quote).after(&after)).await?;
    tx.emit(
        event(kind, &after).data(json!({ "number": after.number, "amount": after.payable(), "reason": answer.reason })),
    )
    .await?;
    if let (QuoteState::Accepted, Some(deal)) = (state, after.deal_id) {
        deal::win(tx, deal).await?;
    }
    Ok(Answered { quote: after, answer, first: true })
}

/// The answer this revision already has.
pub async fn earlier(tx: &mut Tx, quote: &Quote) -> Result<Option<QuoteAnswer>> {
    let select = tx.select::<QuoteAnswer>().and("quote_id =", quote.id).and("revision =", quote.revision);
    Ok(tx.optional(select).await?)
}

fn repeat(quote: Quote, before: QuoteAnswer, given: &Given) -> Result<Answered> {
    match (before.decision, given) {
        (Decision::Accepted, Given::Accept { .. }) | (Decision::Declined, Given::Decline { .. }) => {
            Ok(Answered { quote, answer: before, first: false })
        }
        (Decision::Accepted, Given::Decline { .. }) => Err(Error::conflict(
            "quote_accepted",
            "This quote has been accepted already. Write to whoever sent it if that was a mistake.",
        )),
        (Decision::Declined, Given::Accept { .. }) => Err(Error::conflict(
            "quote_declined",
            "This quote has been declined already. Ask whoever sent it for a new one.",
        )),
    }
}

fn evidence(tx: &Tx, quote: &Quote, given: Given, snapshot_sha256: String, pdf_sha256: String) -> Result<QuoteAnswer> {
    let (decision, name, reason, consent_text) = match given {
        Given::Accept { name, consent_text } => {
            let name =
                crm::field::line("name", Some(&name), 120)?.filter(|name| name.chars().count() >= 3).ok_or_else(
                    || Error::invalid("name", "required", "Write your full name: it stands for your signature."),
                )?;
            (Decision::Accepted, Some(name), None, Some(consent_text))
        }
        Given::Decline { reason } => {
            let reason = crm::field::text("reason", Some(&reason), 2000)?.ok_or_else(|| {
                Error::invalid("reason", "required", "Say in a few words why, so that the offer can be improved.")
            })?;
            (Decision::Declined, None, Some(reason), None)
        }
    };
    let origin = tx.caller().origin.clone();
    Ok(QuoteAnswer {
        id: QuoteAnswerId::new(),
        quote_id: quote.id,
        revision: quote.revision,
        decision,
        name,
        reason,
        consent_sha256: consent_text.as_deref().map(|text| hex::encode(Sha256::digest(text))),
        consent_text,
        snapshot_sha256,
        pdf_sha256,
        language: quote.language,
        ip: origin.ip.map(|ip| ip.to_string()),
        user_agent: origin.user_agent,
        at: tx.now(),
    })
}

/// Notes the first time the page was opened by its recipient.
pub async fn viewed(tx: &mut Tx, id: QuoteId) -> Result<()> {
    let quote: Quote = tx.get(id).await?;
    if quote.viewed_at.is_some() || !matches!(tx.caller().actor, Actor::Recipient(_)) {
        return Ok(());
    }
    let touched = tx
        .execute(sql!(
            "UPDATE quote SET viewed_at = {} WHERE tenant_id = {} AND id = {} AND viewed_at IS NULL",
            tx.now(),
            tx.tenant_id(),
            id.uuid()
        ))
        .await?;
    if touched == 0 {
        tx.leave_untraced("another request of the recipient has noted it");
        return Ok(());
    }
    tx.audit(Change::new("quote.view", id)).await?;
    tx.emit(event("quote.viewed", &quote)).await?;
    Ok(())
}
