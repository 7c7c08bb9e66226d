//! A workspace with a real record of every noun that has an id anywhere in the API, made as people make them: over HTTP.
//! Only a dead job is written by hand, because a well product makes none.

use std::collections::BTreeMap;

use kernel::TenantId;
use reqwest::{Method, multipart};
use serde_json::{Value, json};
use store::sql;

use crate::app::{Client, TestApp};

/// A workspace and its records by noun.
pub struct Filled {
    pub owner: Client,
    pub tenant: TenantId,
    ids: BTreeMap<&'static str, String>,
    /// The public page of its sent quote.
    pub quote_page: String,
    /// A word that only its own records have.
    pub word: String,
    /// The stages of its pipeline, in another order.
    pub stages: Vec<String>,
}

/// One transparent point.
const POINT: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\
    \0\0\0\x0aIDAT\x78\x9c\x63\0\x01\0\0\x05\0\x01\x0d\x0a\x2d\xb4\0\0\0\0IEND\xae\x42\x60\x82";

fn id(record: &Value) -> String {
    record["id"].as_str().unwrap_or_else(|| panic!("no id in {record}")).to_owned()
}

fn first(list: &Value) -> String {
    id(&list["items"][0])
}

impl Filled {
    /// The id of a record of this noun, which is a prefix, or a prefix and a state.
    pub fn id(&self, noun: &str) -> String {
        self.ids.get(noun).unwrap_or_else(|| panic!("missing from the fixture: a record of the noun {noun}_")).clone()
    }

    pub fn keep(&mut self, noun: &'static str, id: String) {
        self.ids.insert(noun, id);
    }

    /// Uploads a file of contacts; the id of its import.
    pub async fn upload(&self, csv: &str) -> String {
        let file = multipart::Part::text(csv.to_owned()).file_name("contacts.csv").mime_str("text/csv").unwrap();
        let form = multipart::Form::new().part("file", file);
        let upload = self.owner.request(Method::POST, "/api/v1/imports").multipart(form);
        id(&self.owner.send(upload).await.ok())
    }

    pub async fn new(app: &TestApp, word: &str) -> Filled {
        let owner = app.owner(word).await;
        let me = owner.get("/api/v1/me").await.ok();
        let tenant: TenantId = me["tenant"]["id"].as_str().unwrap().parse().unwrap();
        let ids = BTreeMap::from([("ten", tenant.to_string())]);
        let mut filled =
            Filled { owner, tenant, ids, quote_page: String::new(), word: word.to_owned(), stages: Vec::new() };
        filled.people(app).await;
        filled.customers().await;
        filled.documents(app).await;
        filled.rest(app).await;
        filled
    }

    async fn people(&mut self, app: &TestApp) {
        let sales = app.member(&self.owner, "sales").await;
        let picture = self.owner.request(Method::PUT, "/api/v1/me/picture").header("content-type", "image/png");
        self.owner.send(picture.body(POINT)).await.ok();
        let me = self.owner.get("/api/v1/me").await.ok();
        self.ids.insert("mem", id(&me["member"]));
        self.ids.insert("mem sales", id(&sales.get("/api/v1/me").await.ok()["member"]));
        self.ids.insert("ses", first(&self.owner.get("/api/v1/sessions").await.ok()));
        let team = json!({ "name": format!("{} team", self.word), "members": [self.id("mem sales")] });
        self.ids.insert("tea", id(&self.owner.post("/api/v1/teams", team).await.ok()));
        let invited = json!({ "email": format!("invited@{}.example", self.word), "role": "billing" });
        self.ids.insert("ivt", id(&self.owner.post("/api/v1/invitations", invited).await.ok()));
        let key = json!({ "name": "Reports", "scopes": ["invoice.read"] });
        self.ids.insert("key", id(&self.owner.post("/api/v1/api-keys", key).await.ok()["key"]));
        let tuned = json!({ "mail.resend": true });
        let tune = self.owner.request(Method::PATCH, "/api/v1/roles/support").header("if-match", "\"1\"").json(&tuned);
        self.owner.send(tune).await.ok();
        let identity = json!({ "from_name": self.word, "reply_to": format!("hola@{}.example", self.word) });
        let signed = self.owner.request(Method::PUT, "/api/v1/sending-identity").json(&identity);
        self.owner.send(signed).await.ok();
    }

    async fn customers(&mut self) {
        let word = self.word.clone();
        let pipelines = self.owner.get("/api/v1/pipelines").await.ok();
        self.ids.insert("pip", first(&pipelines));
        self.ids.insert("stg", id(&pipelines["items"][0]["stages"][0]));
        let company =
            self.owner.post("/api/v1/companies", json!({ "name": format!("{word} Levante"), "country": "ES" })).await;
        self.ids.insert("com", id(&company.ok()));
        let field = json!({ "object": "contact", "key": "nickname", "label": "Nickname", "kind": "text" });
        self.ids.insert("fld", id(&self.owner.post("/api/v1/custom-fields", field).await.ok()));
        let object = json!({ "singular": "Vehicle", "plural": format!("{word} vehicles") });
        self.ids.insert("obj", id(&self.owner.post("/api/v1/custom-objects", object).await.ok()));
        let records = format!("/api/v1/custom-objects/{}/records", self.id("obj"));
        for noun in ["rec", "rec other"] {
            let record = json!({ "name": format!("{word} van") });
            self.ids.insert(noun, id(&self.owner.post(&records, record).await.ok()));
        }
        let reason = json!({ "label": format!("{word} price") });
        self.ids.insert("lrs", id(&self.owner.post("/api/v1/lost-reasons", reason).await.ok()));
        let view = json!({ "noun": "contact", "name": format!("{word} view"), "shared": true });
        self.ids.insert("viw", id(&self.owner.post("/api/v1/views", view).await.ok()));
        let contact = json!({ "custom": { "nickname": word.clone() }, "given_name": "Lucía", "family_name": word, "email": format!("lucia@{word}.example"),
            "company_id": self.id("com") });
        self.ids.insert("con", id(&self.owner.post("/api/v1/contacts", contact).await.ok()));
        let further = json!({ "name": format!("{word} Poniente"), "parent_id": self.id("com") });
        self.ids.insert("com further", id(&self.owner.post("/api/v1/companies", further).await.ok()));
        let affiliation =
            json!({ "contact_id": self.id("con"), "company_id": self.id("com further"), "job_title": "Adviser" });
        self.ids.insert("aff", id(&self.owner.post("/api/v1/affiliations", affiliation).await.ok()));
        for (noun, name) in [("dea", "Fleet"), ("dea other", "Winter"), ("dea lost", "Lost")] {
            let deal = json!({ "name": format!("{word} {name}"), "company_id": self.id("com"), "contact_id": self.id("con"),
                "stage_id": self.id("stg"), "amount": { "amount": "84.77", "currency": "EUR" } });
            self.ids.insert(noun, id(&self.owner.post("/api/v1/deals", deal).await.ok()));
        }
        let offer = json!({ "lines": [{ "name": format!("{word} pads"), "quantity": "2", "unit_price": "37.76" }],
            "amount_from_lines": false });
        let lines = format!("/api/v1/deals/{}/lines", self.id("dea"));
        let put = self.owner.request(Method::PUT, &lines).header("if-match", "\"0\"");
        self.owner.send(put.json(&offer)).await.ok();
        let garage = json!({ "object": "lead", "key": "garage", "label": "Garage", "kind": "text" });
        self.owner.post("/api/v1/custom-fields", garage).await.ok();
        let lead = json!({ "given_name": "Eva", "family_name": word, "company_name": format!("{word} Prospects"),
            "custom": { "garage": "Kestrel" } });
        for noun in ["lea", "lea other"] {
            self.ids.insert(noun, id(&self.owner.post("/api/v1/leads", lead.clone()).await.ok()));
        }
        let setting = json!({ "scoring": [{ "when": { "look": "has_company" }, "points": 15 }],
            "assignment": { "round": [self.id("mem")] } });
        let put = self.owner.request(Method::PUT, "/api/v1/lead-settings").header("if-match", "\"0\"");
        self.owner.send(put.json(&setting)).await.ok();
        self.ids.insert("frm", id(&self.owner.post("/api/v1/forms", self.form("Contact")).await.ok()));
        self.held_back().await;
        let tagged = json!({ "noun": "company", "ids": [self.id("com")], "action": { "kind": "tag", "add": [self.word.clone()] } });
        self.ids.insert("blk", id(&self.owner.post("/api/v1/bulk-changes", tagged).await.ok()));
        let note = json!({ "subject": self.id("com"), "body": format!("{word} prefers mornings.") });
        self.ids.insert("not", id(&self.owner.post("/api/v1/notes", note).await.ok()));
        self.activities().await;
    }

    /// A form that is open to everybody, what its guard holds back, and a form that was deleted.
    async fn held_back(&mut self) {
        let open = self.owner.post("/api/v1/forms", self.form("Open")).await.ok();
        self.owner.post(&format!("/api/v1/forms/{}/publish", id(&open)), json!({})).await.ok();
        let sending = open["path"].as_str().unwrap().replace("/f/", "/api/v1/public/forms/") + "/submissions";
        for noun in ["qua", "qua other", "qua third"] {
            let offer = format!("{noun} of {}: bitcoin casino https://a.example https://b.example", self.word);
            let spam =
                json!({ "values": { "email": format!("{}@spam.example", noun.replace(' ', "-")), "message": offer } });
            self.owner.post(&sending, spam).await.ok();
            self.ids.insert(noun, first(&self.owner.get("/api/v1/quarantine").await.ok()));
        }
        let data = json!({ "values": { "email": "eva@people.example" } }).to_string();
        let file = multipart::Part::text(format!("{} drawing", self.word)).file_name("drawing.txt");
        let parts = multipart::Form::new().text("data", data).part("q_files", file);
        self.owner.send(self.owner.request(Method::POST, &sending).multipart(parts)).await.ok();
        let sent = self.owner.get("/api/v1/submissions").await.ok();
        self.ids.insert("att", id(&sent["items"][0]["attachments"][0]));
        let gone = id(&self.owner.post("/api/v1/forms", self.form("Gone")).await.ok());
        self.owner.send(self.owner.request(Method::DELETE, &format!("/api/v1/forms/{gone}"))).await.ok();
        self.ids.insert("frm gone", gone);
    }

    /// A task to be reminded of at once, and another one, so that there are two notifications.
    async fn activities(&mut self) {
        for _ in 0..2 {
            let task = json!({ "kind": "task", "title": format!("Call {}", self.word), "about": [self.id("com"), self.id("dea")],
                "participants": [self.id("con")], "due_on": "2026-01-01", "remind_at": "2026-01-01T08:00:00Z" });
            self.ids.insert("act", id(&self.owner.post("/api/v1/activities", task).await.ok()));
        }
        let choice = json!({ "mail_reminders": false, "mail_mentions": true, "mail_assignments": true, "time_zone": "Europe/Madrid" });
        let setting = self.owner.request(Method::PUT, "/api/v1/notification-setting").json(&choice);
        self.owner.send(setting).await.ok();
    }

    async fn documents(&mut self, app: &TestApp) {
        let entities = self.owner.get("/api/v1/fiscal-entities").await.ok();
        self.ids.insert("fis", first(&entities));
        let path = format!("/api/v1/fiscal-entities/{}", self.id("fis"));
        let address = json!({ "street": "Calle del Puerto 8", "postal_code": "46021", "city": "Valencia" });
        self.owner.patch(&path, &entities["items"][0]["version"], address).await.ok();
        let series = self.owner.get(&format!("{path}/number-series")).await.ok();
        self.ids.insert("ser", first(&series));
        let lines = json!([{ "description": "Front pads", "quantity": "1", "unit_price": "37.76",
            "taxes": [{ "category": "S", "rate": "21", "name": "IVA" }] }]);
        for noun in ["quo", "quo sent"] {
            let quote = json!({ "title": format!("{} brakes", self.word), "company_id": self.id("com"),
                "contact_id": self.id("con"), "lines": lines });
            self.ids.insert(noun, id(&self.owner.post("/api/v1/quotes", quote).await.ok()));
        }
        self.owner.post(&format!("/api/v1/quotes/{}/send", self.id("quo sent")), json!({})).await.ok();
        for noun in ["inv", "inv issued"] {
            let invoice = json!({ "company_id": self.id("com"), "contact_id": self.id("con"), "lines": lines });
            self.ids.insert(noun, id(&self.owner.post("/api/v1/invoices", invoice).await.ok()));
        }
        let issued = format!("/api/v1/invoices/{}", self.id("inv issued"));
        self.owner.post(&format!("{issued}/issue"), json!({})).await.ok();
        app.work().await;
        self.owner.post(&format!("{issued}/send"), json!({})).await.ok();
        let payment = self.payment(&self.id("inv issued"));
        self.ids.insert("pay", id(&self.owner.post("/api/v1/payments", payment).await.ok()));
        self.credit(&issued).await;
        app.work().await;
        self.ids.insert("mai", first(&self.owner.get("/api/v1/mails").await.ok()));
        let page = app.link_in_mail_about(&format!("lucia@{}.example", self.word), "/q/").await;
        self.quote_page = page.trim_start_matches(&app.url).to_owned();
    }

    /// A credit note that settles a part of its invoice, and one whose credit is left to be used.
    async fn credit(&mut self, invoice: &str) {
        for noun in ["inv used", "inv credit"] {
            let note = json!({ "kind": "credit_note", "reason": format!("{} worn", self.word),
                "lines": [{ "description": "Worn pads", "quantity": "1", "unit_price": "2" }] });
            let note = id(&self.owner.post(&format!("{invoice}/corrections"), note).await.ok());
            self.owner.post(&format!("/api/v1/invoices/{note}/issue"), json!({})).await.ok();
            let used = self.owner.get(&format!("/api/v1/credit-allocations?credit_note_id={note}")).await.ok();
            self.ids.insert(noun, note);
            match noun {
                "inv used" => drop(self.ids.insert("cra", first(&used))),
                _ => {
                    let release = format!("/api/v1/credit-allocations/{}/release", first(&used));
                    self.owner.post(&release, json!({})).await.ok();
                }
            }
        }
    }

    /// A web form to be made.
    pub fn form(&self, name: &str) -> Value {
        json!({ "name": format!("{} {name}", self.word), "language": "en", "consent_text": "I agree.", "fields": [
            { "kind": "email", "key": "email", "label": "E-mail", "required": true },
            { "kind": "message", "key": "message", "label": "Message" },
            { "kind": "file", "key": "q_files", "label": "Files" } ] })
    }

    /// What records a small payment.
    pub fn payment(&self, invoice: &str) -> Value {
        let today = kernel::Clock::system().now().date_naive();
        json!({ "invoice_id": invoice, "amount": { "amount": "1.00", "currency": "EUR" }, "paid_on": today,
            "method": "bank_transfer" })
    }

    async fn hooks(&mut self, app: &TestApp) {
        let url = format!("{}/sandbox/webhooks/in/{}", app.url, self.word);
        let new = json!({ "url": url, "event_types": ["note.created"] });
        let endpoint = id(&self.owner.post("/api/v1/webhooks", new).await.ok()["endpoint"]);
        let path = format!("/api/v1/webhooks/{endpoint}");
        self.owner.post(&format!("{path}/test"), json!({})).await.ok();
        app.work().await;
        self.ids.insert("whd", first(&self.owner.get("/api/v1/webhook-deliveries?state=delivered").await.ok()));
        let since = json!({ "since": app.clock.now() });
        self.ids.insert("whr", id(&self.owner.post(&format!("{path}/replay"), since).await.ok()));
        self.ids.insert("whk", endpoint);
    }

    /// Two who are likely the same, and two who were merged.
    async fn twins(&mut self, app: &TestApp) {
        let mut made = Vec::new();
        for name in ["Nil", "Nil", "Pau", "Pau"] {
            let contact = json!({ "given_name": name, "family_name": self.word, "email": format!("{name}@{}.example", self.word) });
            made.push(id(&self.owner.post("/api/v1/contacts", contact).await.ok()));
        }
        self.ids.insert("con twin", made[0].clone());
        self.ids.insert("con other twin", made[1].clone());
        let merge = json!({ "survivor": made[2], "survivor_version": 1, "loser": made[3], "loser_version": 1 });
        self.ids.insert("mrg", id(&self.owner.post("/api/v1/merges", merge).await.ok()));
        let rule = json!({ "same": "email" });
        let own = self.owner.request(Method::PUT, "/api/v1/duplicate-rules?noun=contact").json(&rule);
        self.owner.send(own).await.ok();
        self.owner.post("/api/v1/duplicate-sweeps", json!({ "noun": "contact" })).await.ok();
        app.work().await;
        self.ids.insert("dup", first(&self.owner.get("/api/v1/duplicates?noun=contact").await.ok()));
    }

    async fn rest(&mut self, app: &TestApp) {
        let csv = format!("Nombre;Apellidos;Correo\nJoan;{0};joan@{0}.example\nNadie;{0};not an address\n", self.word);
        let uploaded = self.upload(&csv).await;
        self.keep("imp", uploaded);
        let mapping = json!({ "import_id": self.id("imp"), "name": format!("{} visitors", self.word) });
        self.ids.insert("ima", id(&self.owner.post("/api/v1/import-mappings", mapping).await.ok()));
        let path = format!("/api/v1/imports/{}", self.id("imp"));
        self.owner.post(&format!("{path}/trial"), json!({})).await.ok();
        app.work().await;
        self.owner.post(&format!("{path}/start"), json!({})).await.ok();
        app.work().await;
        let once = self.owner.request(Method::POST, "/api/v1/companies").header("idempotency-key", "once");
        self.owner.send(once.json(&json!({ "name": format!("{} Once", self.word) }))).await.ok();
        self.ids.insert("ntf", first(&self.owner.get("/api/v1/notifications").await.ok()));
        self.hooks(app).await;
        self.twins(app).await;
        let dead = kernel::JobId::new();
        let mut tx = app.store.platform().await.unwrap();
        let now = tx.now();
        tx.execute(sql!(
            "INSERT INTO job (tenant_id, id, kind, payload, state, run_at, attempts, max_attempts, last_error, actor_kind, created_at) \
             VALUES ({}, {}, 'mail.deliver', {}, 'dead', {}, 10, 10, 'mail_given_up', 'system', {})",
            self.tenant,
            dead,
            json!({ "mail_id": self.id("mai") }),
            now,
            now
        ))
        .await
        .unwrap();
        tx.commit().await.unwrap();
        self.ids.insert("job", dead.to_string());
    }
}
