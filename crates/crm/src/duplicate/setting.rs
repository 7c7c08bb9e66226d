//! The rule that counts for a tenant: its own, or the one we suggest.

use kernel::{Change, Json, Result};
use store::Tx;

use super::{DuplicateRule, DuplicateRuleId, Noun, rule::Rule};

async fn own(tx: &mut Tx, noun: Noun) -> Result<Option<DuplicateRule>> {
    let query = tx.select::<DuplicateRule>().and("noun =", noun);
    Ok(tx.optional(query).await?)
}

/// The rule, and whether it is the tenant's own.
pub async fn rule_of(tx: &mut Tx, noun: Noun) -> Result<(Rule, bool)> {
    Ok(match own(tx, noun).await? {
        Some(own) => (own.rule.0, true),
        None => (Rule::suggested(noun), false),
    })
}

/// Writes the tenant's own rule; None goes back to ours. Pairs found by the one before stay until the next search.
pub async fn set(tx: &mut Tx, noun: Noun, rule: Option<Rule>) -> Result<()> {
    let before = own(tx, noun).await?;
    match (before, rule) {
        (before, Some(rule)) => {
            rule.check(noun)?;
            let id = before.as_ref().map_or_else(DuplicateRuleId::new, |before| before.id);
            let mut change = Change::new("duplicate.rule", id);
            if let Some(before) = before {
                let after = tx.update(&DuplicateRule { rule: Json(rule), ..before.clone() }).await?;
                change = change.before(&before).after(&after);
            } else {
                let (created_at, updated_at) = (tx.now(), tx.now());
                let own = DuplicateRule { id, version: 1, noun, rule: Json(rule), created_at, updated_at };
                tx.insert(&own).await?;
                change = change.after(&own);
            }
            tx.audit(change).await?;
        }
        (Some(before), None) => {
            tx.delete::<DuplicateRule>(before.id).await?;
            tx.audit(Change::new("duplicate.rule", before.id).before(&before)).await?;
        }
        (None, None) => tx.leave_untraced("the suggested rule counted already"),
    }
    Ok(())
}
