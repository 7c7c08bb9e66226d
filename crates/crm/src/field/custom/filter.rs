//! Lists by custom fields, beside the tree of [`crate::filter`]: `custom.<key>=`, several of them for any of the values, `.from=`, `.to=`, `.set=`, and
//! `sort=custom.<key>`, where records without a value come last.

use kernel::{Error, FieldRight, PageRequest, Result};
use serde_json::{Value, json};
use store::{Sql, Tx};

use crate::filter::{self, Filter};

use super::{CustomField, CustomFieldId, CustomKind, CustomObject, all, order, value};

/// The pairs of a list's query string.
pub type Asked = Vec<(String, String)>;

/// The most fields one list may be narrowed by.
const MOST: usize = 10;
/// Up to how many records with a value are looked up one by one; a list of more is walked in its order and each asked.
const FEW: i64 = 2_000;

/// What a list is narrowed and ordered by.
pub struct Narrow {
    tree: Option<Filter>,
    conditions: Vec<Condition>,
    pub(super) sort: Option<(String, CustomFieldId, bool)>,
}

struct Condition {
    field: CustomFieldId,
    what: What,
}

enum What {
    Any(Vec<String>),
    Between(Option<String>, Option<String>),
    Set(bool),
}

/// Reads what of the query string is about custom fields.
pub async fn read(tx: &mut Tx, object: CustomObject, asked: &Asked, page: &PageRequest) -> Result<Narrow> {
    let sort = page.sort.as_deref().map(|sort| (sort.trim_start_matches('-'), sort.starts_with('-')));
    let sort = sort.and_then(|(name, turned)| Some((name.strip_prefix("custom.")?, turned)));
    let wanted: Vec<(&str, &str)> =
        asked.iter().filter_map(|(name, text)| Some((name.strip_prefix("custom.")?, text.as_str()))).collect();
    let tree = filter::asked(tx, object.into(), asked).await?;
    if wanted.is_empty() && sort.is_none() {
        return Ok(Narrow { tree, conditions: Vec::new(), sort: None });
    }
    let tenant = identity::tenant::current(tx).await?;
    let mut fields = all(tx, object).await?;
    fields.retain(|field| field.right(tx) != Some(FieldRight::Hidden));
    if !tx.caller().sees_amounts() {
        fields.retain(|field| field.kind != CustomKind::Money);
    }
    let find = |name: &str, path: &str| {
        fields.iter().find(|field| field.key == name).ok_or_else(|| {
            Error::invalid(
                path,
                "unknown_field",
                "There is no such field. The fields are listed at /api/v1/custom-fields.",
            )
        })
    };
    let mut conditions: Vec<Condition> = Vec::new();
    for (name, text) in wanted {
        let path = format!("custom.{name}");
        let (key, part) = name.split_once('.').unwrap_or((name, ""));
        let field = find(key, &path)?;
        put(&mut conditions, field, part, text, &path, (&tenant.country, tenant.currency))?;
    }
    if conditions.len() > MOST {
        return Err(Error::invalid("custom", "too_many", format!("Narrow by at most {MOST} custom fields.")));
    }
    let sort = match sort {
        None => None,
        Some((name, turned)) => {
            let field = find(name, "sort")?;
            if field.kind == CustomKind::MultiChoice {
                let sentence = "A field of several choices has no order. Sort by another.";
                return Err(Error::invalid("sort", "sort_unknown", sentence));
            }
            Some((format!("custom.{name}"), field.id, turned))
        }
    };
    Ok(Narrow { tree, conditions, sort })
}

fn put(
    conditions: &mut Vec<Condition>,
    field: &CustomField,
    part: &str,
    text: &str,
    path: &str,
    home: (&str, kernel::Currency),
) -> Result<()> {
    let before = conditions.iter_mut().find(|condition| condition.field == field.id);
    let what = match part {
        "" => What::Any(keys(field, text, path, home)?),
        "from" => What::Between(keys(field, text, path, home)?.pop(), upper(field, text, home)),
        "to" => What::Between(lower(field, text, home), keys(field, text, path, home)?.pop()),
        "set" => What::Set(text != "false"),
        _ => {
            return Err(Error::invalid(
                path,
                "query_unreadable",
                "Write custom.<key>, or behind it .from, .to or .set.",
            ));
        }
    };
    if !part.is_empty() && part != "set" && field.kind.has_choices() {
        return Err(Error::invalid(path, "query_unreadable", "Choices have no order. Name those you want."));
    }
    match (before, what) {
        (Some(Condition { what: What::Any(had), .. }), What::Any(more)) => had.extend(more),
        (Some(Condition { what: What::Between(from, to), .. }), What::Between(low, high)) => {
            // A bound that was written wins over the end of a currency.
            if part == "from" { *from = low } else { *to = high }
        }
        (_, what) => conditions.push(Condition { field: field.id, what }),
    }
    Ok(())
}

/// What a filter's text is looked up by. A choice that is no longer offered can still be looked for.
fn keys(field: &CustomField, text: &str, path: &str, home: (&str, kernel::Currency)) -> Result<Vec<String>> {
    let input = match field.kind {
        CustomKind::Choice | CustomKind::MultiChoice => return Ok(vec![text.trim().to_owned()]),
        CustomKind::Text | CustomKind::LongText => return Ok(vec![order::text(text)]),
        CustomKind::Money => money(text, home.1),
        _ => json!(text),
    };
    let refused = || Error::invalid(path, "query_unreadable", "This is no value of the field.");
    match value::read(field, &input, home.0, None) {
        Ok(Some(kept)) => Ok(kept.keys),
        _ => Err(refused()),
    }
}

/// `1200.50 EUR`, or in the currency of the house.
fn money(text: &str, home: kernel::Currency) -> Value {
    let (amount, currency) = text.trim().split_once([' ', '+']).unwrap_or((text.trim(), home.code()));
    json!({ "amount": amount, "currency": currency.trim() })
}

fn currency(field: &CustomField, text: &str, home: (&str, kernel::Currency)) -> Option<(String, String)> {
    let named = || money(text, home.1)["currency"].as_str()?.parse().ok();
    (field.kind == CustomKind::Money).then(named).flatten().map(order::currency)
}

fn lower(field: &CustomField, text: &str, home: (&str, kernel::Currency)) -> Option<String> {
    currency(field, text, home).map(|(low, _)| low)
}

fn upper(field: &CustomField, text: &str, home: (&str, kernel::Currency)) -> Option<String> {
    currency(field, text, home).map(|(_, high)| high)
}

impl Condition {
    /// The rows of the field that fit.
    fn rows(&self, tx: &Tx, head: &'static str) -> Sql {
        let sql = Sql::new(head).push("tenant_id = ").bind(tx.tenant_id()).and("field_id =", self.field);
        match &self.what {
            What::Any(keys) if keys.len() == 1 => sql.and("key =", keys[0].as_str()),
            What::Any(keys) => sql.push(" AND key IN ").bind_list(keys.iter().cloned()),
            What::Between(from, to) => sql.and_if("key >=", from.as_deref()).and_if("key <=", to.as_deref()),
            What::Set(_) => sql,
        }
    }

    /// Does it leave few records?
    async fn few(&self, tx: &mut Tx) -> Result<bool> {
        let rows = self.rows(tx, "SELECT count(*) FROM (SELECT 1 AS one FROM custom_value WHERE ");
        Ok(tx.count(rows.push(" LIMIT ").bind(FEW + 1).push(") AS first")).await? <= FEW)
    }

    async fn narrow(&self, tx: &mut Tx, select: Sql, id: &'static str) -> Result<Sql> {
        if let What::Set(false) = self.what {
            let none = self.rows(tx, " AND NOT EXISTS (SELECT 1 FROM custom_value WHERE ");
            return Ok(select.append(none).push(" AND custom_value.record_id = ").push(id).push(")"));
        }
        if self.few(tx).await? {
            let rows = self.rows(tx, "(SELECT record_id FROM custom_value WHERE ");
            return Ok(select.push(" AND ").push(id).push(" IN ").append(rows).push(")").gathered());
        }
        let rows = self.rows(tx, " AND EXISTS (SELECT 1 FROM custom_value WHERE ");
        Ok(select.append(rows).push(" AND custom_value.record_id = ").push(id).push(")"))
    }
}

impl Narrow {
    /// The select with the conditions; `id` is the record's id in it.
    pub async fn narrow(&self, tx: &mut Tx, mut select: Sql, id: &'static str) -> Result<Sql> {
        for condition in &self.conditions {
            select = condition.narrow(tx, select, id).await?;
        }
        if let Some(tree) = &self.tree {
            select = tree.narrow(tx, select, id);
        }
        Ok(select)
    }

    /// Is the list ordered by a custom field?
    pub fn sorts(&self) -> bool {
        self.sort.is_some()
    }
}
