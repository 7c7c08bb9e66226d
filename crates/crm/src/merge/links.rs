//! Everything that names a contact or a company. Tables of domains above are named here as text: their links are moved,
//! and nothing else is known of them. A test holds the list against the live schema, so that a new foreign key cannot
//! be forgotten.

use kernel::{Result, Uuid};
use store::{Sql, Tx, sql};

use super::{Moved, image::LinkImage, relations};
use crate::duplicate::{Noun, settle::shown};

/// One column that names records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    pub noun: Noun,
    pub table: &'static str,
    pub column: &'static str,
    /// As `con_…` in a text rather than as an id.
    pub text: bool,
    /// Its rows carry a version, which goes up: who is editing one hears that it has changed.
    pub versioned: bool,
    /// Who may know of its rows.
    pub permission: &'static str,
}

const fn link(noun: Noun, table: &'static str, column: &'static str, permission: &'static str) -> Link {
    Link { noun, table, column, text: false, versioned: true, permission }
}

/// The columns a merge moves.
pub const LINKS: &[Link] = &[
    link(Noun::Company, "contact", "company_id", "contact.read"),
    link(Noun::Company, "affiliation", "company_id", "contact.read"),
    link(Noun::Company, "deal", "company_id", "deal.read"),
    link(Noun::Company, "lead", "company_id", "lead.read"),
    link(Noun::Company, "quote", "company_id", "quote.read"),
    link(Noun::Company, "invoice", "company_id", "invoice.read"),
    Link { text: true, ..link(Noun::Company, "note", "subject", "timeline.read") },
    Link { text: true, versioned: false, ..link(Noun::Company, "outgoing_mail", "subject_record", "mail.read") },
    Link { text: true, versioned: false, ..link(Noun::Company, "activity_link", "record", "activity.read") },
    link(Noun::Company, "company", "parent_id", "company.read"),
    // Those merged into the loser before.
    link(Noun::Company, "company", "merged_into", "company.read"),
    link(Noun::Contact, "affiliation", "contact_id", "contact.read"),
    link(Noun::Contact, "company", "primary_contact_id", "company.read"),
    link(Noun::Contact, "company", "billing_contact_id", "company.read"),
    link(Noun::Contact, "deal", "contact_id", "deal.read"),
    link(Noun::Contact, "lead", "contact_id", "lead.read"),
    link(Noun::Contact, "quote", "contact_id", "quote.read"),
    link(Noun::Contact, "invoice", "contact_id", "invoice.read"),
    Link { text: true, ..link(Noun::Contact, "note", "subject", "timeline.read") },
    Link { text: true, versioned: false, ..link(Noun::Contact, "outgoing_mail", "subject_record", "mail.read") },
    Link { text: true, versioned: false, ..link(Noun::Contact, "activity_link", "record", "activity.read") },
    Link { versioned: false, ..link(Noun::Contact, "contact_consent", "contact_id", "contact.read") },
    link(Noun::Contact, "contact", "merged_into", "contact.read"),
];

/// Columns that may name a contact or a company and stay, each with its reason.
pub const STAYING: &[(&str, &str, &str)] = &[
    ("audit_entry", "subject", "what was done was done to that record; the trail is not rewritten"),
    ("event", "subject", "what happened, happened to that record; the survivor's timeline shows it"),
    ("event_link", "record", "the survivor's timeline reads those merged into it too"),
    ("search_document", "record", "rewritten with the survivor"),
    ("import_made", "record_id", "an import made that record; a merged one counts as used and stays"),
    ("import_changed", "record_id", "what an import overwrote of that record; a merged one is not put back"),
    ("bulk_image", "record_id", "what a bulk change overwrote of that record; a merged one is not put back"),
    ("bulk_refusal", "record_id", "says which record was refused"),
    ("custom_value", "record_id", "the values of that record; the survivor has its own"),
    ("duplicate_pair", "first_id", "pairs with a record that is gone are not shown, and the next search drops them"),
    ("duplicate_pair", "second_id", "the same"),
    ("company_lineage", "ancestor_id", "written anew from the parents once those have moved"),
    ("company_lineage", "company_id", "the same"),
    ("record_merge", "survivor_id", "says which records took part"),
    ("record_merge", "loser_id", "the same"),
];

fn named(sql: Sql, link: &Link, id: Uuid) -> Sql {
    if link.text { sql.bind(shown(link.noun, id)) } else { sql.bind(id) }
}

/// The rows of one link that name the record.
async fn naming(tx: &mut Tx, link: &Link, id: Uuid) -> Result<Vec<Uuid>> {
    let query = Sql::new("SELECT id FROM ").push(link.table).push(" WHERE tenant_id = ").bind(tx.tenant_id());
    let query = named(query.push(" AND ").push(link.column).push(" = "), link, id).push(" ORDER BY id");
    Ok(tx.all::<(Uuid,)>(query).await?.into_iter().map(|(id,)| id).collect())
}

/// Sets the link of those of `ids` that still name `from`; answers how many did.
async fn point(tx: &mut Tx, link: &Link, from: Uuid, to: Uuid, ids: &[Uuid]) -> Result<u64> {
    let mut moved = 0;
    for part in ids.chunks(200) {
        let update = Sql::new("UPDATE ").push(link.table).push(" SET ").push(link.column).push(" = ");
        let mut update = named(update, link, to);
        if link.versioned {
            update = update.push(", version = version + 1");
        }
        let update = update.push(" WHERE tenant_id = ").bind(tx.tenant_id()).push(" AND ").push(link.column);
        let update = named(update.push(" = "), link, from).push(" AND id IN ").bind_list(part.iter().copied());
        moved += tx.execute(update).await?;
    }
    Ok(moved)
}

/// How many rows name the record and would name the survivor, by what they are; only those the caller may know of.
pub async fn count(tx: &mut Tx, noun: Noun, id: Uuid, survivor: Uuid) -> Result<Vec<Moved>> {
    let mut counts = Vec::new();
    let caller = tx.caller().clone();
    for link in LINKS.iter().filter(|link| link.noun == noun && caller.holds(link.permission)) {
        let query = Sql::new("SELECT count(*) FROM ").push(link.table).push(" WHERE tenant_id = ").bind(tx.tenant_id());
        let count = tx.count(named(query.push(" AND ").push(link.column).push(" = "), link, id)).await?;
        counts.push(Moved { noun: link.table.to_owned(), count });
    }
    let pointing = relations::count(tx, noun, id, survivor).await?;
    counts.push(Moved { noun: relations::TABLE.to_owned(), count: pointing });
    counts.retain(|moved| moved.count > 0);
    Ok(counts)
}

/// Moves everything that names the loser to the survivor.
pub async fn move_all(tx: &mut Tx, noun: Noun, loser: Uuid, survivor: Uuid) -> Result<Vec<LinkImage>> {
    let mut moved = Vec::new();
    for link in LINKS.iter().filter(|link| link.noun == noun) {
        let ids = naming(tx, link, loser).await?;
        if ids.is_empty() {
            continue;
        }
        point(tx, link, loser, survivor, &ids).await?;
        moved.push(LinkImage { table: link.table.to_owned(), column: link.column.to_owned(), ids });
    }
    moved.extend(relations::turn(tx, noun, loser, survivor).await?);
    Ok(moved)
}

/// Gives back what moved and still names the survivor; answers per table how many went back and how many did not.
pub async fn give_back(
    tx: &mut Tx,
    noun: Noun,
    survivor: Uuid,
    loser: Uuid,
    images: &[LinkImage],
) -> Result<Vec<(&'static str, i64, i64)>> {
    let mut given = Vec::new();
    for image in images {
        if image.table == relations::TABLE {
            let back = relations::turn_back(tx, noun, survivor, loser, image).await?;
            given.push((relations::TABLE, back, i64::try_from(image.ids.len()).unwrap_or(i64::MAX) - back));
            continue;
        }
        let is = |link: &&Link| link.noun == noun && link.table == image.table && link.column == image.column;
        let Some(link) = LINKS.iter().find(is) else { continue };
        let back = i64::try_from(point(tx, link, survivor, loser, &image.ids).await?).unwrap_or(i64::MAX);
        let all = i64::try_from(image.ids.len()).unwrap_or(i64::MAX);
        given.push((link.table, back, all - back));
    }
    Ok(given)
}

/// Moves on what came to name a merged record after its merge: written by a transaction that had looked before it.
pub async fn gather_strays(tx: &mut Tx, noun: Noun) -> Result<()> {
    let merged = match noun {
        Noun::Contact => sql!(
            "SELECT id, merged_into FROM contact WHERE tenant_id = {} AND merged_into IS NOT NULL ORDER BY id",
            tx.tenant_id()
        ),
        Noun::Company => sql!(
            "SELECT id, merged_into FROM company WHERE tenant_id = {} AND merged_into IS NOT NULL ORDER BY id",
            tx.tenant_id()
        ),
    };
    for (loser, survivor) in tx.all::<(Uuid, Uuid)>(merged).await? {
        move_all(tx, noun, loser, survivor).await?;
    }
    Ok(())
}
