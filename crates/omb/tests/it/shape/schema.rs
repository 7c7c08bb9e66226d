//! The schema's promises, as functions over a schema: every column in a data map (P021), every table of tenants locked by
//! row-level security, keyed and indexed by the tenant (P020, P181). Asked of the product's schema, where they find
//! nothing, and of one made wrong on purpose, where they name each fault.

use std::collections::BTreeSet;

use kernel::data_map;
use testkit::Kind;

use super::live::{Live, live};
use crate::app::TestApp;

/// The text index is a table of its own on the embedded database only.
fn exists_on(kind: Kind, table: &str) -> bool {
    kind == Kind::Sqlite || table != "search_word"
}

/// Columns that no data map declares, and declared ones that are not there.
fn undeclared(live: &Live, map: &[&[data_map::Table]]) -> Vec<String> {
    let name = |table: &str, column: &str| format!("{table}.{column}");
    let declared: BTreeSet<String> = map
        .iter()
        .copied()
        .flatten()
        .filter(|table| exists_on(live.kind, table.name))
        .flat_map(|table| table.columns.iter().map(|column| name(table.name, column.name)))
        .collect();
    let found: BTreeSet<String> =
        live.tables.iter().flat_map(|(table, shape)| shape.columns.iter().map(|column| name(table, column))).collect();
    let missing = found.difference(&declared).map(|column| format!("{column} is in no data map"));
    missing.chain(declared.difference(&found).map(|column| format!("{column} is declared and not there"))).collect()
}

/// Tables of tenants that PostgreSQL does not lock. Those read before a tenant is known are listed with their reasons.
fn unlocked(live: &Live) -> Vec<String> {
    let open = |table: &str| store::PLATFORM_TABLES.iter().any(|(known, _)| *known == table);
    live.tables
        .iter()
        .filter(|(name, table)| {
            live.kind == Kind::Postgres && table.is_of_tenants() && !table.locked && !open(name.as_str())
        })
        .map(|(name, _)| format!("{name} has no forced row-level security"))
        .collect()
}

/// References between tables of tenants that do not carry the tenant along.
fn loose_references(live: &Live) -> Vec<String> {
    let of_tenants = |table: &str| live.tables.get(table).is_some_and(super::live::Table::is_of_tenants);
    let mut faults = Vec::new();
    for (name, table) in live.tables.iter().filter(|(_, table)| table.is_of_tenants()) {
        for reference in table.references.iter().filter(|reference| of_tenants(&reference.table)) {
            let mut pairs = reference.columns.iter().zip(&reference.to);
            if !pairs.any(|(from, to)| from == "tenant_id" && to == "tenant_id") {
                faults.push(format!("{} of {name} refers to {} without the tenant", reference.name, reference.table));
            }
        }
    }
    faults
}

/// Keys and indexes of a table of tenants that do not begin with the tenant.
fn loose_indexes(live: &Live) -> Vec<String> {
    let open = |table: &str| store::PLATFORM_TABLES.iter().any(|(known, _)| *known == table);
    let mut faults = Vec::new();
    for (name, table) in live.tables.iter().filter(|(name, table)| table.is_of_tenants() && !open(name.as_str())) {
        for index in table.indexes.iter().filter(|index| index.columns.first().is_none_or(|c| c != "tenant_id")) {
            faults.push(format!("{} of {name} begins with {}", index.name, index.columns.join(", ")));
        }
        if table.indexes.is_empty() {
            faults.push(format!("{name} has no key"));
        }
    }
    faults
}

#[tokio::test]
async fn p021_every_column_is_in_the_data_map_and_nothing_else_is() {
    for app in TestApp::each().await {
        let faults = undeclared(&live(&app.store, app.kind).await, omb::domains::DATA_MAP);
        assert!(faults.is_empty(), "{:?}: {faults:#?}", app.kind);
    }
}

#[tokio::test]
async fn p020_p181_every_tenant_table_is_locked_and_keyed_by_its_tenant() {
    for app in TestApp::each().await {
        let live = live(&app.store, app.kind).await;
        let tables = live.tables.values().filter(|table| table.is_of_tenants()).count();
        let references: usize = live.tables.values().map(|table| table.references.len()).sum();
        assert!(tables > 25 && references > 30, "{:?}: {tables} tables of tenants, {references} references", app.kind);
        let faults = [unlocked(&live), loose_references(&live), loose_indexes(&live)].concat();
        assert!(faults.is_empty(), "{:?}: {faults:#?}", app.kind);
    }
}

/// Made wrong in each way there is, beside a table that is as it should be.
const WRONG: &str = "
CREATE TABLE right_thing (tenant_id UUID NOT NULL, id UUID NOT NULL, CONSTRAINT right_thing_pkey PRIMARY KEY (tenant_id, id));
CREATE TABLE wrong_parent (tenant_id UUID NOT NULL, id UUID NOT NULL CONSTRAINT wrong_parent_pkey PRIMARY KEY);
CREATE TABLE wrong_child (tenant_id UUID NOT NULL, id UUID NOT NULL, parent_id UUID,
    CONSTRAINT wrong_child_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT wrong_child_parent_fkey FOREIGN KEY (parent_id) REFERENCES wrong_parent (id));
CREATE INDEX wrong_child_parent_idx ON wrong_child (parent_id);
ALTER TABLE note ADD COLUMN mood TEXT;
";

/// The same, and locks taken off.
const UNLOCK: &str = "
ALTER TABLE right_thing ENABLE ROW LEVEL SECURITY;
ALTER TABLE right_thing FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON right_thing USING (tenant_id IS NULL);
ALTER TABLE wrong_child ENABLE ROW LEVEL SECURITY;
ALTER TABLE wrong_child FORCE ROW LEVEL SECURITY;
ALTER TABLE note NO FORCE ROW LEVEL SECURITY;
DROP POLICY tenant_isolation ON deal;
";

#[tokio::test]
async fn p020_p021_a_schema_made_wrong_is_named_fault_by_fault() {
    for app in TestApp::each().await {
        app.database.as_owner(WRONG).await;
        if app.kind == Kind::Postgres {
            app.database.as_owner(UNLOCK).await;
        }
        let wrong = live(&app.store, app.kind).await;
        let faults = undeclared(&wrong, omb::domains::DATA_MAP);
        for column in ["note.mood", "right_thing.id", "wrong_parent.tenant_id", "wrong_child.parent_id"] {
            assert!(faults.contains(&format!("{column} is in no data map")), "{:?}: {column}: {faults:#?}", app.kind);
        }
        let ghost = undeclared(&wrong, &[&omb::domains::DATA_MAP.concat(), GHOST]);
        assert!(ghost.contains(&"ghost.id is declared and not there".to_owned()), "{ghost:#?}");
        let one = |faults: Vec<String>, wanted: &[&str]| {
            let named = wanted.iter().all(|wanted| faults.iter().any(|fault| fault.starts_with(wanted)));
            assert!(named && faults.len() == wanted.len(), "{:?}: {faults:#?} instead of {wanted:?}", app.kind);
        };
        match app.kind {
            Kind::Postgres => {
                one(loose_references(&wrong), &["wrong_child_parent_fkey of wrong_child refers to wrong_parent"]);
                one(
                    loose_indexes(&wrong),
                    &[
                        "wrong_child_parent_idx of wrong_child begins with parent_id",
                        "wrong_parent_pkey of wrong_parent",
                    ],
                );
                one(unlocked(&wrong), &["deal has no", "note has no", "wrong_child has no", "wrong_parent has no"]);
            }
            Kind::Sqlite => {
                one(loose_references(&wrong), &["wrong_child to wrong_parent of wrong_child refers to wrong_parent"]);
                one(
                    loose_indexes(&wrong),
                    &["wrong_child_parent_idx of wrong_child begins with parent_id", "sqlite_autoindex_wrong_parent_1"],
                );
            }
        }
    }
}

const GHOST: &[data_map::Table] = {
    mod ghost {
        kernel::data_map! {
            table ghost, subject: None, retention: Tenant, exported: false {
                id: Technical Product Keep;
            }
        }
    }
    ghost::DATA_MAP
};
