//! A mixed load: people who sign in, keep contacts, notes and deals, send quotes that are accepted, issue, mail and get
//! paid invoices, import files, and ask again for what they were answered before.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use kernel::Uuid;
use reqwest::{
    Method,
    multipart::{Form, Part},
};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::{
    ledger::{Deed, Kind, Ledger},
    outside::Outside,
    person::{Answer, Person, address},
};

/// A company under load.
pub struct Company {
    pub name: String,
    pub person: Person,
    pub outside: Arc<Outside>,
    customer: String,
    stages: Vec<String>,
    pub ledger: Mutex<Ledger>,
    under_way: Mutex<Vec<UnderWay>>,
}

impl Company {
    pub async fn found(url: &str, outside: &Arc<Outside>, name: &str) -> Arc<Self> {
        let person = Person::sign_up(url, outside, name).await;
        let customer = json!({ "name": "Reparto Levante" });
        let customer = person.post("/api/v1/companies", &customer).await.done("a customer");
        let stages = person.all("/api/v1/pipelines").await[0]["stages"].clone();
        let stages = stages.as_array().unwrap().iter().map(|stage| text(&stage["id"])).collect();
        Arc::new(Self {
            name: name.to_owned(),
            person,
            outside: outside.clone(),
            customer: text(&customer["id"]),
            stages,
            ledger: Mutex::default(),
            under_way: Mutex::default(),
        })
    }

    pub fn ledger<T>(&self, look: impl FnOnce(&mut Ledger) -> T) -> T {
        look(&mut self.ledger.lock().unwrap())
    }
}

/// The load of some companies, until it is stopped.
pub struct Load {
    stop: Arc<AtomicBool>,
    workers: JoinSet<()>,
}

impl Load {
    /// `each` workers for each company, at the nodes in turn.
    pub fn start(companies: &[Arc<Company>], urls: &[String], each: usize) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let mut workers = JoinSet::new();
        for (i, company) in companies.iter().flat_map(|c| std::iter::repeat_n(c, each)).enumerate() {
            let person = company.person.also_at(&urls[i % urls.len()]);
            let under_way = company.under_way.lock().unwrap().pop().unwrap_or_default();
            let worker = Worker { company: company.clone(), person, under_way };
            workers.spawn(worker.work(stop.clone()));
        }
        Self { stop, workers }
    }

    /// Lets each finish what it is at.
    pub async fn stop(mut self) {
        self.stop.store(true, Ordering::Relaxed);
        while let Some(worker) = self.workers.join_next().await {
            worker.unwrap();
        }
    }
}

struct Worker {
    company: Arc<Company>,
    person: Person,
    under_way: UnderWay,
}

/// What somebody is at, and goes on with after a kill unless that is what had no answer.
#[derive(Default)]
pub struct UnderWay {
    deal: Option<(String, i64)>,
    bill: Bill,
    offer: Offer,
}

/// How far an invoice is.
#[derive(Default)]
enum Bill {
    #[default]
    None,
    Draft(String, Customer),
    Issued(String, Customer),
    Sent(String, u8),
}

/// How far a quote is.
#[derive(Default)]
enum Offer {
    #[default]
    None,
    Draft(String, Customer),
    Sent(String, Customer),
}

struct Customer {
    id: String,
    address: String,
}

impl Worker {
    async fn work(mut self, stop: Arc<AtomicBool>) {
        while !stop.load(Ordering::Relaxed) {
            if self.step().await.is_none() {
                // The node is away, most likely.
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        }
        self.company.under_way.lock().unwrap().push(self.under_way);
    }

    async fn step(&mut self) -> Option<()> {
        match rand::random_range(0..100) {
            0..2 => self.sign_in().await,
            2..10 => self.contact().await.map(drop),
            10..16 => self.note().await,
            16..26 => self.deal().await,
            26..58 => self.offer().await,
            58..92 => self.bill().await,
            92..94 => self.import().await,
            _ => self.again().await,
        }
    }

    /// Sends a deed with a key of its own and notes what came of it.
    async fn act(&self, kind: Kind, path: String, body: Value, marker: String, about: &str) -> Option<Value> {
        self.act_on(kind, path, body, marker, about, None).await
    }

    async fn act_on(
        &self,
        kind: Kind,
        path: String,
        body: Value,
        marker: String,
        about: &str,
        version: Option<i64>,
    ) -> Option<Value> {
        let key = Uuid::now_v7().to_string();
        let mut deed = Deed { kind, key, path, body, marker, about: about.to_owned(), version, answer: None };
        match deed.send(&self.person).await {
            Answer::Done(reply) => {
                deed.answer = Some(reply.body.clone());
                self.company.ledger(|ledger| ledger.done.push(deed));
                Some(reply.body)
            }
            Answer::Lost(_) => {
                self.company.ledger(|ledger| ledger.open.push(deed));
                None
            }
            Answer::Refused(reply) => {
                let fault = format!("{:?} {} was refused: {reply:?}", deed.kind, deed.path);
                self.company.ledger(|ledger| ledger.faults.push(fault));
                None
            }
        }
    }

    async fn sign_in(&self) -> Option<()> {
        let person = Person::at(&self.person.url);
        match person.sign_in(&address(&self.company.name)).await {
            Answer::Done(_) => {
                self.company.ledger(|ledger| ledger.sessions.push(person));
                Some(())
            }
            // Attempts that a kill cut short count as failures of one place, which slows that place down.
            Answer::Refused(reply) if reply.status == 429 => Some(()),
            Answer::Refused(reply) => {
                self.company.ledger(|ledger| ledger.faults.push(format!("signing in was refused: {reply:?}")));
                None
            }
            Answer::Lost(_) => None,
        }
    }

    async fn contact(&self) -> Option<Customer> {
        let marker = marker("k");
        let address = format!("{marker}@customer.example");
        let body = json!({
            "given_name": "Lucía", "family_name": marker, "email": address, "company_id": self.company.customer,
        });
        let made = self.act(Kind::Contact, "/api/v1/contacts".into(), body, marker, "").await?;
        Some(Customer { id: text(&made["id"]), address })
    }

    async fn note(&self) -> Option<()> {
        let Some(about) = self.company.ledger(|ledger| ledger.any(Kind::Contact)) else { return Some(()) };
        let marker = marker("n");
        let body = json!({ "subject": about, "body": marker });
        self.act(Kind::Note, "/api/v1/notes".into(), body, marker, &about).await.map(drop)
    }

    async fn deal(&mut self) -> Option<()> {
        let Some((id, version)) = self.under_way.deal.take() else {
            let customer = self.contact().await?;
            let marker = marker("d");
            let body = json!({ "name": marker, "contact_id": customer.id });
            let made = self.act(Kind::Deal, "/api/v1/deals".into(), body, marker, &customer.id).await?;
            self.under_way.deal = Some((text(&made["id"]), made["version"].as_i64()?));
            return Some(());
        };
        let stage = &self.company.stages[rand::random_range(0..self.company.stages.len())];
        let path = format!("/api/v1/deals/{id}/move");
        let body = json!({ "stage_id": stage });
        let moved = self.act_on(Kind::Move, path, body, stage.clone(), &id, Some(version)).await?;
        // After some moves there is another deal.
        self.under_way.deal = rand::random_bool(0.8).then_some((id, moved["version"].as_i64()?));
        Some(())
    }

    async fn offer(&mut self) -> Option<()> {
        self.under_way.offer = match std::mem::replace(&mut self.under_way.offer, Offer::None) {
            Offer::None => {
                let customer = self.contact().await?;
                let body = json!({ "title": "Brake service", "company_id": self.company.customer,
                    "contact_id": customer.id, "lines": lines() });
                let made = self.act(Kind::Quote, "/api/v1/quotes".into(), body, String::new(), &customer.id).await?;
                Offer::Draft(text(&made["id"]), customer)
            }
            Offer::Draft(id, customer) => {
                let path = format!("/api/v1/quotes/{id}/send");
                self.act(Kind::SendQuote, path, json!({}), customer.address.clone(), &id).await?;
                Offer::Sent(id, customer)
            }
            Offer::Sent(id, customer) => match self.company.outside.link(&customer.address, "/q/") {
                Some(link) => {
                    self.accept(id, &link).await?;
                    Offer::None
                }
                // Its mail is under way, or was lost on it: then there is nothing to accept.
                None if rand::random_bool(0.9) => Offer::Sent(id, customer),
                None => Offer::None,
            },
        };
        Some(())
    }

    /// The customer accepts on the page of the link; asking twice is one answer.
    async fn accept(&self, quote: String, link: &str) -> Option<()> {
        let path = format!("/q/{}/accept", link.rsplit('/').next().unwrap());
        match accept(&self.person, &path).await {
            Answer::Done(_) => {
                self.company.ledger(|ledger| ledger.accepted.push(quote));
                Some(())
            }
            Answer::Lost(_) => {
                self.company.ledger(|ledger| ledger.accepting.push((quote, path)));
                None
            }
            Answer::Refused(reply) => {
                self.company.ledger(|ledger| ledger.faults.push(format!("{path} was refused: {reply:?}")));
                None
            }
        }
    }

    async fn bill(&mut self) -> Option<()> {
        self.under_way.bill = match std::mem::replace(&mut self.under_way.bill, Bill::None) {
            Bill::None => {
                let customer = self.contact().await?;
                let body = json!({ "company_id": self.company.customer, "contact_id": customer.id, "lines": lines() });
                let made =
                    self.act(Kind::Invoice, "/api/v1/invoices".into(), body, String::new(), &customer.id).await?;
                Bill::Draft(text(&made["id"]), customer)
            }
            Bill::Draft(id, customer) => {
                self.act(Kind::Issue, format!("/api/v1/invoices/{id}/issue"), json!({}), String::new(), &id).await?;
                Bill::Issued(id, customer)
            }
            Bill::Issued(id, customer) => {
                let path = format!("/api/v1/invoices/{id}/send");
                self.act(Kind::SendInvoice, path, json!({}), customer.address, &id).await?;
                Bill::Sent(id, 0)
            }
            Bill::Sent(id, paid) => {
                let marker = marker("p");
                let body = json!({
                    "invoice_id": id, "amount": { "amount": "10.00", "currency": "EUR" }, "reference": marker,
                    "paid_on": chrono::NaiveDate::from_ymd_opt(2026, 1, 2), "method": "bank_transfer",
                    "allow_overpayment": true,
                });
                self.act(Kind::Payment, "/api/v1/payments".into(), body, marker, &id).await?;
                if paid == 0 { Bill::Sent(id, 1) } else { Bill::None }
            }
        };
        Some(())
    }

    async fn import(&self) -> Option<()> {
        let markers: Vec<String> = (0..40).map(|_| marker("i")).collect();
        let mut file = "Nombre,Apellidos,Correo\n".to_owned();
        for marker in &markers {
            file.push_str(&format!("Joan,{marker},{marker}@imported.example\n"));
        }
        let file = Part::bytes(file.into_bytes()).file_name("people.csv").mime_str("text/csv").unwrap();
        let upload = self.person.request(Method::POST, "/api/v1/imports").multipart(Form::new().part("file", file));
        let id = match Person::send(upload).await {
            Answer::Done(reply) => text(&reply.body["id"]),
            // An upload that nobody started has no effect.
            Answer::Lost(_) => return None,
            Answer::Refused(reply) => {
                self.company.ledger(|ledger| ledger.faults.push(format!("an import was refused: {reply:?}")));
                return None;
            }
        };
        self.company.ledger(|ledger| ledger.imports.push((id.clone(), markers)));
        let path = format!("/api/v1/imports/{id}/start");
        self.act(Kind::Import, path, json!({}), String::new(), &id).await.map(drop)
    }

    /// Asks again for something that was answered before: the same answer, and nothing happens.
    async fn again(&self) -> Option<()> {
        let Some(deed) = self.company.ledger(|ledger| ledger.any_deed()) else { return Some(()) };
        let fault = match deed.send(&self.person).await {
            Answer::Lost(_) => return None,
            Answer::Done(reply) if reply.headers.contains_key("idempotent-replayed") => {
                let first = deed.answer.as_ref().map(|first| &first["id"]);
                if first == Some(&reply.body["id"]) {
                    return Some(());
                }
                format!("{} was answered with {} at first and then with {}", deed.path, first?, reply.body)
            }
            other => format!("{} was not replayed: {other:?}", deed.path),
        };
        self.company.ledger(|ledger| ledger.faults.push(fault));
        None
    }
}

pub async fn accept(customer: &Person, path: &str) -> Answer {
    // The customer has no session.
    let form = Person::at(&customer.url).request(Method::POST, path);
    let form =
        form.header("content-type", "application/x-www-form-urlencoded").body("name=Luc%C3%ADa+Prieto&consent=yes");
    Person::send(form).await
}

pub fn lines() -> Value {
    let tax = json!([{ "category": "S", "rate": "21", "name": "IVA", "withheld": false, "exemption_code": null }]);
    json!([
        { "description": "Front pads", "quantity": "1", "unit_price": "37.76", "taxes": tax },
        { "description": "Labour", "quantity": "1", "unit_price": "26.80", "taxes": tax },
    ])
}

/// A word nobody else uses.
pub fn marker(prefix: &str) -> String {
    format!("{prefix}{}", Uuid::new_v4().simple())
}

pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("not a text: {value}")).to_owned()
}
