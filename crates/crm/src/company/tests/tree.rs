//! Companies that belong to companies, on both databases. The closure is compared with one made anew from the links after
//! every change.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::StatusCode;
use kernel::Uuid;
use serde_json::{Value, json};
use store::sql;

use crate::{
    company::lineage::DEEPEST,
    tests::{Answer, Desk, desks},
};

fn path(id: &str) -> String {
    format!("/api/v1/companies/{id}")
}

impl Desk {
    pub(super) async fn company_below(&self, name: &str, parent: Option<&str>) -> String {
        self.post("/api/v1/companies", json!({ "name": name, "parent_id": parent })).await.ok().id()
    }

    async fn put_below(&self, id: &str, parent: Option<&str>) -> Answer {
        let version = self.get(&path(id)).await.ok().body["version"].as_i64().unwrap();
        self.patch(&path(id), version, json!({ "parent_id": parent })).await
    }

    async fn merge_companies(&self, survivor: &str, loser: &str, take: &[&str]) -> Answer {
        let mut versions = Vec::new();
        for id in [survivor, loser] {
            versions.push(self.get(&path(id)).await.ok().body["version"].clone());
        }
        let body = json!({ "survivor": survivor, "survivor_version": versions[0], "loser": loser,
            "loser_version": versions[1], "take": take });
        self.post("/api/v1/merges", body).await
    }

    /// The rows of the closure; they are those that the links of the living give, and no company is above itself.
    async fn closure(&self) -> BTreeSet<(Uuid, Uuid, i64)> {
        let mut tx = self.tx().await;
        let tenant = tx.tenant_id();
        let links = sql!(
            "SELECT id, parent_id, CASE WHEN deleted_at IS NULL THEN 1 ELSE 0 END FROM company WHERE tenant_id = {}",
            tenant
        );
        let links: Vec<(Uuid, Option<Uuid>, i64)> = tx.all(links).await.unwrap();
        let links: BTreeMap<Uuid, (Option<Uuid>, bool)> =
            links.into_iter().map(|(id, parent, live)| (id, (parent, live == 1))).collect();
        let mut wanted = BTreeSet::new();
        for (id, (parent, live)) in &links {
            let (mut next, mut steps, mut unbroken) = (*parent, 1, *live);
            while let Some(above) = next {
                assert!(above != *id && steps < 64, "a circle");
                unbroken &= links[&above].1;
                if unbroken {
                    wanted.insert((*id, above, steps));
                }
                (next, steps) = (links[&above].0, steps + 1);
            }
        }
        let rows = sql!("SELECT company_id, ancestor_id, depth FROM company_lineage WHERE tenant_id = {}", tenant);
        let rows: BTreeSet<(Uuid, Uuid, i64)> = tx.all(rows).await.unwrap().into_iter().collect();
        assert_eq!(rows, wanted);
        rows
    }
}

#[tokio::test]
async fn a_company_belongs_to_another_and_no_circle_can_be_closed() {
    for desk in desks().await {
        let top = desk.company_below("Grupo Norte", None).await;
        let mid = desk.company_below("Norte Iberia", Some(&top)).await;
        let low = desk.company_below("Norte Vigo", Some(&mid)).await;
        let beside = desk.company_below("Otra", None).await;
        assert_eq!(desk.closure().await.len(), 3);
        let seen = desk.get(&path(&mid)).await.ok().body;
        assert_eq!((&seen["parent_id"], &seen["parent"]), (&json!(top), &json!({ "id": top, "name": "Grupo Norte" })));

        assert_eq!(desk.put_below(&top, Some(&low)).await.refused(), ("parent_id", "parent_below"));
        assert_eq!(desk.put_below(&top, Some(&top)).await.refused(), ("parent_id", "parent_is_self"));
        let strange = desk.they("POST", "/api/v1/companies", Some(json!({ "name": "Theirs" }))).await.ok().id();
        assert_eq!(desk.put_below(&low, Some(&strange)).await.refused(), ("parent_id", "company_unknown"));
        desk.delete(&path(&beside)).await;
        assert_eq!(desk.put_below(&low, Some(&beside)).await.refused(), ("parent_id", "company_unknown"));
        let new = json!({ "name": "New", "parent_id": beside });
        assert_eq!(desk.post("/api/v1/companies", new).await.refused(), ("parent_id", "company_unknown"));
        desk.press(&format!("{}/restore", path(&beside))).await.ok();

        let names = async |query: &str| desk.get(&format!("/api/v1/companies?{query}")).await.ok().each("name");
        assert_eq!(names(&format!("parent_id={top}")).await, ["Norte Iberia"]);
        assert_eq!(names(&format!("not_below={mid}")).await, ["Grupo Norte", "Otra"], "those it may belong to");
        let filter =
            format!("filter=%7B%22field%22%3A%22parent_id%22%2C%22op%22%3A%22is%22%2C%22value%22%3A%22{mid}%22%7D");
        assert_eq!(names(&filter).await, ["Norte Vigo"]);

        // A whole branch moves, and goes back to standing by itself.
        desk.put_below(&mid, Some(&beside)).await.ok();
        assert_eq!(desk.closure().await.len(), 3);
        assert_eq!(names(&format!("not_below={beside}")).await, ["Grupo Norte"]);
        desk.put_below(&mid, None).await.ok();
        assert_eq!(desk.closure().await.len(), 1);
        assert_eq!(desk.events("company.moved").await, 4, "two made below another, two moves");
        let timeline = desk.get(&format!("/api/v1/timeline?subject={beside}")).await.ok();
        assert_eq!(
            timeline.each("kind").iter().filter(|kind| *kind == "company.moved").count(),
            2,
            "told to both ends"
        );
    }
}

#[tokio::test]
async fn of_moves_at_once_that_would_close_a_circle_one_is_refused() {
    for desk in desks().await {
        for round in 0..8 {
            let a = desk.company_below(&format!("A{round}"), None).await;
            let b = desk.company_below(&format!("B{round}"), None).await;
            let c = desk.company_below(&format!("C{round}"), None).await;
            let below = |id: &str, parent: &str| {
                let body = json!({ "parent_id": parent });
                let path = path(id);
                let desk = &desk;
                async move { desk.patch(&path, 1, body).await }
            };
            let (one, two, three) = tokio::join!(below(&a, &b), below(&b, &c), below(&c, &a));
            let made = [&one, &two, &three].iter().filter(|answer| answer.status.is_success()).count();
            assert_eq!(made, 2, "{one:?} {two:?} {three:?}");
            let refused = [one, two, three].into_iter().find(|answer| !answer.status.is_success()).unwrap();
            assert_eq!(refused.refused(), ("parent_id", "parent_below"));
        }
        assert_eq!(desk.closure().await.len(), 8 * 3);
    }
}

#[tokio::test]
async fn those_below_a_deleted_company_stand_by_themselves_until_it_is_back() {
    for desk in desks().await {
        let top = desk.company_below("Top", None).await;
        let mid = desk.company_below("Mid", Some(&top)).await;
        let low = desk.company_below("Low", Some(&mid)).await;
        let before = desk.closure().await;
        desk.delete(&path(&mid)).await;
        assert!(desk.closure().await.is_empty());
        assert_eq!(desk.get(&path(&low)).await.ok().body["parent"], Value::Null);
        // The link of the deleted one still counts: bringing it back must not close a circle.
        assert_eq!(desk.put_below(&top, Some(&low)).await.refused(), ("parent_id", "parent_below"));
        desk.press(&format!("{}/restore", path(&mid))).await.ok();
        assert_eq!(desk.closure().await, before);
    }
}

#[tokio::test]
async fn a_tree_of_companies_has_ten_levels_at_most() {
    for desk in desks().await {
        let mut chain = vec![desk.company_below("1", None).await];
        for level in 2..=DEEPEST {
            chain.push(desk.company_below(&level.to_string(), chain.last().map(String::as_str)).await);
        }
        let last = chain.last().unwrap();
        let eleventh = json!({ "name": "11", "parent_id": last });
        assert_eq!(desk.post("/api/v1/companies", eleventh).await.refused(), ("parent_id", "tree_too_deep"));
        // Neither from above.
        let above = desk.company_below("0", None).await;
        assert_eq!(desk.put_below(&chain[0], Some(&above)).await.refused(), ("parent_id", "tree_too_deep"));
        assert_eq!(desk.closure().await.len(), DEEPEST * (DEEPEST - 1) / 2);
        // Nor by a merge: the lowest takes what is below another.
        let other = desk.company_below("Other", None).await;
        desk.company_below("Below other", Some(&other)).await;
        assert_eq!(desk.merge_companies(last, &other, &[]).await.conflict(), "tree_too_deep");
    }
}

#[tokio::test]
async fn merging_companies_moves_those_below_and_undoing_puts_them_back() {
    for desk in desks().await {
        let top = desk.company_below("Top", None).await;
        let loser = desk.company_below("Loser", Some(&top)).await;
        let between = desk.company_below("Between", Some(&loser)).await;
        let survivor = desk.company_below("Survivor", Some(&between)).await;
        let before = desk.closure().await;
        let merge = desk.merge_companies(&survivor, &loser, &[]).await.ok();
        // It stood below the one it took in: now it stands where that one stood, and what was between stands below it.
        let parent = async |id: &str| desk.get(&path(id)).await.ok().body["parent_id"].clone();
        assert_eq!((parent(&survivor).await, parent(&between).await), (json!(top), json!(survivor)));
        assert_eq!(desk.closure().await.len(), 3);
        let undone = desk.press(&format!("/api/v1/merges/{}/undo", merge.id())).await.ok();
        assert_eq!(undone.body["undone"]["returned"], json!([{ "noun": "company", "count": 1 }]));
        assert_eq!(desk.closure().await, before);

        // What was moved since and would close a circle with what comes back is left out.
        let merge = desk.merge_companies(&survivor, &loser, &[]).await.ok();
        desk.put_below(&survivor, None).await.ok();
        desk.put_below(&top, Some(&between)).await.ok();
        desk.press(&format!("/api/v1/merges/{}/undo", merge.id())).await.ok();
        desk.closure().await;
        assert_eq!((parent(&top).await, parent(&between).await), (json!(between), json!(loser)));
        assert_eq!(parent(&loser).await, Value::Null);
    }
}

#[tokio::test]
async fn the_closure_follows_any_moves_deletions_merges_and_undoings() {
    for desk in desks().await {
        let mut companies = Vec::new();
        for at in 0..7 {
            companies.push(desk.company_below(&format!("C{at}"), None).await);
        }
        let (mut merges, mut done) = (Vec::new(), BTreeMap::new());
        // Numbers that are the same each time: a linear congruence.
        let mut state = 20_261_130_u64;
        let mut any = |of: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(state >> 33).unwrap() % of
        };
        for _ in 0..150 {
            let (one, other) = (companies[any(7)].clone(), companies[any(7)].clone());
            let (what, answer) = match any(8) {
                0 => ("delete", desk.delete(&path(&one)).await),
                1 | 2 => ("restore", desk.press(&format!("{}/restore", path(&one))).await),
                3 => {
                    let answer = desk.merge_companies(&one, &other, &[]).await;
                    if answer.status.is_success() {
                        merges.push(answer.id());
                    }
                    ("merge", answer)
                }
                4 if !merges.is_empty() => {
                    let merge = merges.swap_remove(any(merges.len()));
                    ("undo", desk.press(&format!("/api/v1/merges/{merge}/undo")).await)
                }
                _ => ("move", desk.put_below(&one, Some(&other).filter(|_| any(6) > 0).map(String::as_str)).await),
            };
            assert_ne!(answer.status, StatusCode::INTERNAL_SERVER_ERROR, "{what}: {answer:?}");
            if answer.status.is_success() {
                *done.entry(what).or_insert(0) += 1;
            }
            desk.closure().await;
        }
        assert!(done.len() == 5 && done.values().all(|count| *count > 2), "{done:?}");
    }
}
