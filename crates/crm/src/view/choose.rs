//! What a member makes of a view: pinned above the list, or what the list opens with.

use identity::member::Member;
use kernel::{Change, Error, MemberId, Result};
use serde::Deserialize;
use store::{OnConstraint, Tx};
use utoipa::ToSchema;

use super::{SavedView, ViewChoice, ViewChoiceId};
use crate::filter::catalogue::Noun;

/// What it is to this member, put whole.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChooseView {
    /// It stands above the list.
    pub pinned: bool,
    /// The list opens with it; another that did so no longer does.
    pub opens: bool,
}

pub async fn choose(tx: &mut Tx, view: &SavedView, choice: ChooseView) -> Result<()> {
    let member = tx
        .caller()
        .member_id()
        .ok_or_else(|| Error::conflict("needs_member", "Only a person pins views. Sign in instead of using a key."))?;
    // One choice of a member after the other: two windows at once do not leave a list that opens with two.
    tx.get_locked::<Member>(member).await?;
    let mine = of(tx, member, Some(view.noun)).await?;
    if choice.opens {
        for other in mine.iter().filter(|other| other.opens && other.view_id != view.id) {
            put(tx, Some(other), &ViewChoice { opens: false, ..other.clone() }).await?;
        }
    }
    let before = mine.iter().find(|choice| choice.view_id == view.id);
    let after = match before {
        Some(before) => ViewChoice { pinned: choice.pinned, opens: choice.opens, ..before.clone() },
        None => ViewChoice {
            id: ViewChoiceId::new(),
            version: 1,
            view_id: view.id,
            member_id: member,
            noun: view.noun,
            pinned: choice.pinned,
            opens: choice.opens,
            created_at: tx.now(),
            updated_at: tx.now(),
        },
    };
    put(tx, before, &after).await
}

async fn put(tx: &mut Tx, before: Option<&ViewChoice>, after: &ViewChoice) -> Result<()> {
    let change = Change::new("view.choose", after.view_id);
    match before {
        Some(before) => {
            let after = tx.update(after).await?;
            tx.audit(change.before(before).after(&after)).await?;
        }
        None => {
            tx.insert(after).await.on_constraint("view_choice_member_id_view_id_key", || Error::Stale)?;
            tx.audit(change.after(after)).await?;
        }
    }
    Ok(())
}

/// The choices of a member.
pub(super) async fn of(tx: &mut Tx, member: MemberId, noun: Option<Noun>) -> Result<Vec<ViewChoice>> {
    let select = tx.select::<ViewChoice>().and("view_choice.member_id =", member).and_if("view_choice.noun =", noun);
    Ok(tx.all(select.push(" ORDER BY view_choice.id")).await?)
}
