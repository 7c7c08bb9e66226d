//! What groups are called, and in which order they stand.

use std::collections::HashMap;

use kernel::{Result, id::Id};
use store::Tx;

use super::{
    read::{By, Of},
    tally::Tally,
};
use crate::{
    field::{self, custom::CustomKind},
    filter::catalogue::FilterKind,
    name, pipeline,
    subject::{LeadId, may_read},
};

/// Names the groups and puts them in their order.
pub(super) async fn name(tx: &mut Tx, by: &By, tallies: &mut [Tally]) -> Result<()> {
    let ranked: Option<Vec<(String, Option<String>)>> = match &by.of {
        Of::Column(column) if column.kind == FilterKind::Choice => {
            Some(column.of.iter().map(|word| ((*word).to_owned(), None)).collect())
        }
        Of::Column(column) if column.name == "stage_id" || column.name == "pipeline_id" => Some(stages(tx).await?),
        Of::Own(field) if field.kind.has_choices() => {
            let named = |choice: &field::custom::CustomChoice| (choice.id.clone(), Some(choice.label.clone()));
            Some(field.choices.0.iter().map(named).collect())
        }
        _ => None,
    };
    if let Some(ranked) = ranked {
        let places: HashMap<String, (usize, Option<String>)> =
            ranked.into_iter().enumerate().map(|(at, (key, label))| (key, (at, label))).collect();
        let place = |tally: &Tally| {
            tally.key.as_ref().map_or(usize::MAX, |key| places.get(key).map_or(usize::MAX - 1, |of| of.0))
        };
        for tally in tallies.iter_mut() {
            tally.label = tally.key.as_ref().and_then(|key| places.get(key)?.1.clone());
        }
        tallies.sort_by_key(place);
        return Ok(());
    }
    if by.each.is_some() {
        // The latest were kept; days that are planned are read forwards.
        if by.of.kind() == FilterKind::Date {
            let dated = tallies.iter().filter(|tally| tally.key.is_some()).count();
            tallies[..dated].reverse();
        }
        return Ok(());
    }
    let names = names(tx, by, tallies).await?;
    for tally in tallies.iter_mut() {
        let known = tally.key.as_ref().and_then(|key| names.get(key).cloned());
        tally.label = known.or_else(|| tally.label.take().or_else(|| text(by, tally)));
    }
    tallies.sort_by_cached_key(|tally| {
        let label = tally.label.as_deref().unwrap_or_default();
        (tally.key.is_none(), field::folded(label), tally.key.clone())
    });
    Ok(())
}

/// Words are their own label; ids are not.
fn text(by: &By, tally: &Tally) -> Option<String> {
    let is_word = matches!(by.of.kind(), FilterKind::Text | FilterKind::Tags);
    tally.key.clone().filter(|_| is_word)
}

/// Pipelines and stages in their order.
async fn stages(tx: &mut Tx) -> Result<Vec<(String, Option<String>)>> {
    let mut all = Vec::new();
    for (pipeline, stages) in pipeline::all(tx).await? {
        all.push((pipeline.id.to_string(), Some(pipeline.name)));
        all.extend(stages.into_iter().map(|stage| (stage.id.to_string(), Some(stage.name))));
    }
    Ok(all)
}

/// The names of the records that the keys are.
async fn names(tx: &mut Tx, by: &By, tallies: &[Tally]) -> Result<HashMap<String, String>> {
    let keys: Vec<&str> = tallies.iter().filter_map(|tally| tally.key.as_deref()).collect();
    let is_record = match &by.of {
        Of::Column(column) => matches!(column.kind, FilterKind::Person | FilterKind::Relation),
        Of::Own(field) => matches!(field.kind, CustomKind::Person | CustomKind::Relation),
    };
    if !is_record {
        return Ok(HashMap::new());
    }
    let mut all = HashMap::new();
    macro_rules! named {
        ($names:path, $id:ty) => {{
            let ids: Vec<Option<$id>> = keys.iter().filter_map(|key| key.parse::<$id>().ok()).map(Some).collect();
            let names = $names(tx, ids.iter().copied()).await?;
            let known = ids.into_iter().flatten().filter_map(|id| Some((id.to_string(), names.name(id)?)));
            all.extend(known);
        }};
    }
    let prefix = keys.first().and_then(|key| key.split_once('_')).map_or("", |(prefix, _)| prefix);
    // As the values of records: nobody is told what those are called that they may not read.
    let is_readable = |key: &&str| prefix == kernel::MemberId::PREFIX || may_read(tx.caller(), key);
    if matches!(by.of, Of::Own(_)) && !keys.first().is_some_and(is_readable) {
        return Ok(all);
    }
    match prefix {
        kernel::MemberId::PREFIX => named!(name::members, kernel::MemberId),
        crate::company::CompanyId::PREFIX => named!(name::companies, crate::company::CompanyId),
        crate::contact::ContactId::PREFIX => named!(name::contacts, crate::contact::ContactId),
        crate::deal::DealId::PREFIX => named!(name::deals, crate::deal::DealId),
        LeadId::PREFIX => named!(name::leads, LeadId),
        _ => named!(name::records, crate::record::CustomRecordId),
    }
    Ok(all)
}
