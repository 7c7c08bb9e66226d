//! What people type, parsed.

use std::collections::BTreeSet;

use capabilities::fetch::{FetchUrl, Reach};
use kernel::{Error, Json, Result};

use crate::catalogue;

/// The address as it is kept.
pub(super) fn url(text: &str, reach: Reach) -> Result<String> {
    match FetchUrl::parse(text, reach) {
        Ok(url) => Ok(url.as_str().to_owned()),
        Err(refused) => Err(Error::invalid("url", refused.code(), refused.to_string())),
    }
}

/// A line about what it is for; None when blank.
pub(super) fn description(text: Option<&str>) -> Result<Option<String>> {
    let line = text.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().any(char::is_control) {
        return Err(Error::invalid("description", "control_characters", "Leave out control characters."));
    }
    if line.chars().count() > 200 {
        return Err(Error::invalid("description", "too_long", "Use at most 200 characters."));
    }
    Ok(Some(line).filter(|line| !line.is_empty()))
}

/// Types of events, each of which exists; None is all.
pub(super) fn event_types(types: Option<BTreeSet<String>>) -> Result<Option<Json<Vec<String>>>> {
    let Some(types) = types else { return Ok(None) };
    if types.is_empty() {
        let sentence = "Choose at least one type of event, or all of them.";
        return Err(Error::invalid("event_types", "required", sentence));
    }
    if let Some(unknown) = types.iter().find(|name| catalogue::find(name).is_none()) {
        let shown: String = unknown.chars().take(60).collect();
        return Err(Error::invalid("event_types", "event_type_unknown", format!("There is no type of event {shown}.")));
    }
    Ok(Some(Json(types.into_iter().collect())))
}
