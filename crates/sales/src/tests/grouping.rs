//! What a group of companies amounts to, on both databases.

use std::sync::Arc;

use crm::{
    company::{Company, CompanyId, ReadCompanies, create::NewCompany},
    contact::create::NewContact,
    deal::create::NewDeal,
};
use kernel::{Actor, Caller, Can, Grants};
use serde_json::{Value, json};

use super::{Shop, line, shops};
use crate::group::group;

impl Shop {
    async fn below(&self, name: &str, parent: Option<CompanyId>) -> Company {
        let mut tx = self.tx().await;
        let new = NewCompany { name: name.into(), parent_id: parent, ..NewCompany::default() };
        let company = crm::company::create::create(&mut tx, new, "manual").await.unwrap();
        tx.commit().await.unwrap();
        company
    }

    async fn billed(&self, to: &Company, price: &str) {
        let mut tx = self.store.begin(&self.can::<crate::invoice::EditInvoices>()).await.unwrap();
        let input = json!({ "company_id": to.id, "lines": [line("Work", "1", price, "21")] });
        let draft = crate::invoice::create::create(&mut tx, serde_json::from_value(input).unwrap()).await.unwrap();
        tx.commit().await.unwrap();
        self.issue(&draft).await.unwrap();
    }

    /// The group as somebody with these rights sees it.
    async fn group(&self, top: &Company, rights: &[&'static str]) -> Value {
        let grants = Grants::of(rights.iter().copied());
        // A member: the product itself has every right, whatever it is granted.
        let actor = Actor::Member(self.owner.member_id);
        let caller = Caller { grants, actor, ..Caller::system(self.owner.tenant_id) };
        let can = Can::<ReadCompanies>::check(Arc::new(caller)).unwrap();
        let mut tx = self.store.read(&can).await.unwrap();
        serde_json::to_value(group(&mut tx, top).await.unwrap()).unwrap()
    }
}

fn euros(amount: &str) -> Value {
    json!([{ "amount": amount, "currency": "EUR" }])
}

#[tokio::test]
async fn a_group_amounts_to_what_its_companies_do_and_each_sees_their_part() {
    for shop in shops().await {
        let top = shop.below("Grupo", None).await;
        let mid = shop.below("Iberia", Some(top.id)).await;
        let low = shop.below("Vigo", Some(mid.id)).await;
        let beside = shop.below("Lisboa", Some(top.id)).await;
        let other = shop.below("Other", None).await;
        for (company, price) in [(&top, "100.00"), (&low, "50.00"), (&low, "7.00"), (&other, "999.00")] {
            shop.billed(company, price).await;
        }
        let mut tx = shop.tx().await;
        for (company, amount, currency) in
            [(&mid, "10.00", "EUR"), (&beside, "5.00", "USD"), (&beside, "2.50", "EUR"), (&other, "1.00", "EUR")]
        {
            let deal = json!({ "name": "Deal", "company_id": company.id, "amount": { "amount": amount, "currency": currency } });
            let deal: NewDeal = serde_json::from_value(deal).unwrap();
            crm::deal::create::create(&mut tx, deal).await.unwrap();
            let person =
                NewContact { company_id: Some(company.id), given_name: Some("Eva".into()), ..NewContact::default() };
            crm::contact::create::create(&mut tx, person, "manual").await.unwrap();
        }
        tx.commit().await.unwrap();

        let all = ["company.read", "contact.read", "deal.read", "invoice.read", "amount.read"];
        let seen = shop.group(&top, &all).await;
        let names: Vec<(&str, i64)> = seen["companies"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| (one["name"].as_str().unwrap(), one["depth"].as_i64().unwrap()))
            .collect();
        assert_eq!(names, [("Grupo", 0), ("Iberia", 1), ("Vigo", 2), ("Lisboa", 1)], "each before those below it");
        let (whole, own) = (&seen["companies"][0]["total"], &seen["companies"][0]["own"]);
        assert_eq!((&whole["revenue"], &own["revenue"]), (&euros("157.00"), &euros("100.00")), "without taxes");
        assert_eq!(
            (&whole["open_invoices"], &whole["open_invoices_amount"]),
            (&json!(3), &euros("189.97")),
            "with taxes"
        );
        assert_eq!((&whole["contacts"], &whole["open_deals"], &own["contacts"]), (&json!(3), &json!(3), &json!(0)));
        let amounts = json!([{ "amount": "12.50", "currency": "EUR" }, { "amount": "5.00", "currency": "USD" }]);
        assert_eq!(whole["open_deals_amount"], amounts, "currencies are not added to each other");
        let iberia = &seen["companies"][1];
        assert_eq!((&iberia["total"]["revenue"], &iberia["own"]["revenue"]), (&euros("57.00"), &json!([])));
        assert_eq!((&seen["below"], &iberia["below"]), (&json!(3), &json!(1)));

        // From within: those above by name, and only what is below.
        let seen = shop.group(&mid, &all).await;
        assert_eq!(seen["ancestors"], json!([{ "id": top.id, "name": "Grupo" }]));
        assert_eq!(seen["companies"].as_array().unwrap().len(), 2);

        let seen = shop.group(&top, &["company.read", "deal.read"]).await;
        let whole = &seen["companies"][0]["total"];
        assert_eq!((&whole["open_deals"], &whole["contacts"]), (&json!(3), &Value::Null));
        for part in ["revenue", "open_invoices", "open_invoices_amount"] {
            assert_eq!(whole[part], Value::Null, "{part}");
        }

        // How many, and not how much, to whose role shows no amounts.
        let seen = shop.group(&top, &all[..4]).await;
        let whole = &seen["companies"][0]["total"];
        assert_eq!((&whole["open_deals"], &whole["open_invoices"]), (&json!(3), &json!(3)));
        for part in ["revenue", "open_deals_amount", "open_invoices_amount"] {
            assert_eq!(whole[part], Value::Null, "{part}");
        }
    }
}
