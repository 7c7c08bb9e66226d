//! A page of a list in the order of a custom field: first the records that have a value, then the others, newest first.

use kernel::{Cursor, Error, Page, PageRequest, Result, Uuid};
use store::{FromRow, Order, SortKind, Sql, Tx, sql};

use super::filter::Narrow;

/// Where the values of a noun's records are joined.
pub struct Side {
    pub table: &'static str,
    /// `custom_value` as `sorted`.
    pub join: &'static str,
    pub id: &'static str,
}

impl Narrow {
    /// A page in the order of the field: first the records that have a value, then the others, newest first.
    pub async fn page<R: FromRow>(
        &self,
        tx: &mut Tx,
        side: &Side,
        select: Sql,
        request: &PageRequest,
    ) -> Result<Page<R>> {
        let Some((name, field, descending)) = &self.sort else {
            return Err(Error::internal("the list has no such order"));
        };
        let rest = Order {
            name: format!("{name} without"),
            table: side.table,
            column: "created_at",
            id: "id",
            kind: SortKind::Time,
            descending: true,
        };
        let label = format!("-{}", rest.name);
        let cursor = request.cursor()?;
        let later = cursor.as_ref().is_some_and(|cursor| cursor.sort == label);
        let without = |tx: &Tx| {
            let absent = sql!(
                " AND NOT EXISTS (SELECT 1 FROM custom_value AS absent WHERE absent.tenant_id = {} AND absent.field_id = {}",
                tx.tenant_id(),
                *field
            );
            select.clone().append(absent).push(" AND absent.record_id = ").push(side.id).push(")")
        };
        if later {
            let select = without(tx);
            return tx.page_ordered(select, rest, request).await;
        }
        let order = Order {
            name: name.clone(),
            table: "sorted",
            column: "key",
            id: "record_id",
            kind: SortKind::Text,
            descending: *descending,
        };
        let sorted = select
            .clone()
            .beside(side.table, side.join)
            .and("sorted.tenant_id =", tx.tenant_id())
            .and("sorted.field_id =", *field);
        let mut page: Page<R> = tx.page_ordered(sorted, order, request).await?;
        if page.next_cursor.is_some() {
            return Ok(page);
        }
        // What has no value follows: on this page as far as it goes.
        let room = request.limit().saturating_sub(u32::try_from(page.items.len()).unwrap_or(u32::MAX));
        let asked = PageRequest { limit: Some(room.max(1)), cursor: None, ..request.clone() };
        let select = without(tx);
        let more: Page<R> = tx.page_ordered(select, rest, &asked).await?;
        if room > 0 {
            page.items.extend(more.items);
            page.next_cursor = more.next_cursor;
        } else if !more.items.is_empty() {
            let first = Cursor { sort: label, key: "9999-12-31T23:59:59Z".into(), id: Uuid::max() };
            page.next_cursor = Some(first.encode());
        }
        Ok(page)
    }
}
