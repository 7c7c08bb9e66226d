//! Reading the tree: groups, and which condition stands where. What is asked of one field is read in `read`.

use kernel::{Error, Result};
use serde_json::{Map, Value};

use super::{DEPTH, Filter, Place, Reader, TESTS, catalogue::FilterOp, read};

pub(super) fn tree(reader: &Reader, written: &Value) -> Result<Filter> {
    let mut tests = 0;
    branch(reader, written, "filter", 0, false, &mut tests)
}

fn branch(
    reader: &Reader,
    written: &Value,
    path: &str,
    depth: usize,
    denied: bool,
    tests: &mut usize,
) -> Result<Filter> {
    let Value::Object(part) = written else { return Err(unreadable(path)) };
    if depth > DEPTH {
        return Err(Error::invalid(path, "too_deep", format!("Groups stand at most {DEPTH} deep in each other.")));
    }
    if part.len() == 1 {
        let mut group = |name: &str, all: bool| -> Option<Result<Filter>> {
            let given = part.get(name)?;
            let path = format!("{path}.{name}");
            let Some(parts) = given.as_array() else { return Some(Err(unreadable(&path))) };
            // It asks nothing, but it is there: thousands of them would be a statement no database takes.
            if parts.is_empty()
                && let Err(refused) = counted(tests, &path)
            {
                return Some(Err(refused));
            }
            let read =
                |(at, part): (usize, &Value)| branch(reader, part, &format!("{path}.{at}"), depth + 1, denied, tests);
            // What denies a group denies each part of it, and turns "all" into "any".
            let of = if all == denied { Filter::Any } else { Filter::All };
            Some(parts.iter().enumerate().map(read).collect::<Result<Vec<_>>>().map(of))
        };
        if let Some(read) = group("all", true) {
            return read;
        }
        if let Some(read) = group("any", false) {
            return read;
        }
        if let Some(part) = part.get("not") {
            return branch(reader, part, &format!("{path}.not"), depth + 1, !denied, tests);
        }
    }
    counted(tests, path)?;
    test(reader, part, path, denied)
}

fn counted(tests: &mut usize, path: &str) -> Result<()> {
    *tests += 1;
    if *tests > TESTS {
        return Err(Error::invalid(path, "too_many", format!("Use at most {TESTS} conditions.")));
    }
    Ok(())
}

fn unreadable(path: &str) -> Error {
    let sentence = "Write {\"all\": […]}, {\"any\": […]}, {\"not\": …} or {\"field\", \"op\", \"value\"}.";
    Error::invalid(path, "filter_unreadable", sentence)
}

fn test(reader: &Reader, part: &Map<String, Value>, path: &str, denied: bool) -> Result<Filter> {
    if part.keys().any(|key| !["field", "op", "value"].contains(&key.as_str())) {
        return Err(unreadable(path));
    }
    let name = part.get("field").and_then(Value::as_str).ok_or_else(|| unreadable(path))?;
    let op = part.get("op").and_then(Value::as_str).ok_or_else(|| unreadable(path))?;
    let op: FilterOp = op.parse().map_err(|_| {
        Error::invalid(format!("{path}.op"), "op_unknown", "There is no such operator. See /api/v1/filter-fields.")
    })?;
    let nothing = Value::Null;
    let value = part.get("value").unwrap_or(&nothing);
    let unknown = || {
        let sentence =
            format!("There is no field \u{201c}{name}\u{201d}. It may have been deleted. See /api/v1/filter-fields.");
        Error::invalid(format!("{path}.field"), "unknown_field", sentence)
    };
    let (place, kind) = match name.strip_prefix("custom.") {
        Some(key) => {
            let field = reader.fields.iter().find(|field| field.key == key).ok_or_else(unknown)?;
            (Place::Custom(field.id), read::kind_of(field))
        }
        None => {
            let column = reader.noun.columns().iter().find(|column| column.name == name).ok_or_else(unknown)?;
            (Place::Column(column), column.kind)
        }
    };
    if !kind.ops().contains(&op) {
        let known: Vec<&str> = kind.ops().iter().map(|op| op.name()).collect();
        let sentence = format!("\u{201c}{name}\u{201d} takes: {}.", known.join(", "));
        return Err(Error::invalid(format!("{path}.op"), "op_unknown", sentence));
    }
    let (ask, negative) = read::ask(reader, &place, kind, op, value, &format!("{path}.value"))?;
    Ok(Filter::Test(super::Test { place, ask, denied: denied != negative, few: false }))
}
