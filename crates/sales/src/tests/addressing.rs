//! Whom documents are addressed to unless somebody is named, on both databases.

use crm::{
    company::{Company, update::ChangeCompany},
    contact::{Contact, ContactId, create::NewContact},
};
use kernel::Patch;
use serde_json::json;

use super::{Shop, line, shops};

impl Shop {
    async fn works_here(&self, name: &str) -> ContactId {
        let mut tx = self.tx().await;
        let new =
            NewContact { company_id: Some(self.customer.id), given_name: Some(name.into()), ..NewContact::default() };
        let contact = crm::contact::create::create(&mut tx, new, "manual").await.unwrap();
        tx.commit().await.unwrap();
        contact.id
    }

    async fn choose(&self, change: ChangeCompany) -> Company {
        let mut tx = self.tx().await;
        let before: Company = tx.get(self.customer.id).await.unwrap();
        let after = crm::company::update::update(&mut tx, before, change).await.unwrap();
        tx.commit().await.unwrap();
        after
    }
}

#[tokio::test]
async fn offers_go_to_the_primary_contact_and_bills_to_who_gets_them() {
    for shop in shops().await {
        let lines = || json!([line("Work", "1", "10.00", "21")]);
        let quote = async || shop.quote(json!({ "title": "Offer", "lines": lines() })).await.contact_id;
        let bill = async || shop.draft(lines()).await.contact_id;
        assert_eq!((quote().await, bill().await), (None, None), "nobody was chosen");
        let (eva, luis) = (shop.works_here("Eva").await, shop.works_here("Luis").await);
        shop.choose(ChangeCompany { primary_contact_id: Patch::Set(eva), ..ChangeCompany::default() }).await;
        assert_eq!((quote().await, bill().await), (Some(eva), Some(eva)));
        shop.choose(ChangeCompany { billing_contact_id: Patch::Set(luis), ..ChangeCompany::default() }).await;
        assert_eq!((quote().await, bill().await), (Some(eva), Some(luis)));
        let named = shop.draft_with(json!({ "lines": lines(), "contact_id": eva })).await;
        assert_eq!(named.contact_id, Some(eva), "whoever is named comes first");

        // Who is deleted is written to no longer, and again when they are back.
        let mut tx = shop.tx().await;
        let gone: Contact = tx.get(luis).await.unwrap();
        let gone = crm::contact::delete::delete(&mut tx, gone).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(bill().await, Some(eva));
        let mut tx = shop.tx().await;
        crm::contact::delete::restore(&mut tx, gone).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(bill().await, Some(luis));
    }
}
