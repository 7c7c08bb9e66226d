//! Delivery, once: what each answer of a mail server makes of a mail, on both databases.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use capabilities::{
    Outcome,
    mail::{Accepted, CheckError, CheckReport, MailTransport, OutgoingMessage},
};
use jobs::Runner;
use kernel::{Caller, Can, Language, TenantId, permissions};
use store::{Store, Tx};

use crate::{
    outgoing::{MailState, OutgoingMail},
    *,
};

permissions! { Work = "work.do": []; }

/// A mail server that answers what the test tells it, and remembers what it was given.
#[derive(Default)]
struct Scripted {
    answers: Mutex<Vec<Outcome<Accepted>>>,
    received: Mutex<Vec<OutgoingMessage>>,
    /// The worker does not live to hear the next answer.
    deadly: AtomicBool,
}

#[async_trait::async_trait]
impl MailTransport for Scripted {
    async fn send(&self, mail: &OutgoingMessage) -> Outcome<Accepted> {
        self.received.lock().unwrap().push(mail.clone());
        assert!(!self.deadly.swap(false, Ordering::SeqCst), "the worker dies here");
        let next = self.answers.lock().unwrap().pop();
        next.unwrap_or(Outcome::Done(Accepted { reply: "250 ok".into(), refused: Vec::new() }))
    }

    async fn check(&self) -> Result<CheckReport, CheckError> {
        Ok(CheckReport { server: "scripted".into(), encrypted: false, authenticated: false })
    }
}

struct Desk {
    store: testkit::TestStore,
    server: Arc<Scripted>,
    runner: Runner,
    can: Can<Work>,
    _files: tempfile::TempDir,
}

impl Desk {
    async fn each() -> Vec<Desk> {
        let mut desks = Vec::new();
        for store in testkit::stores().await {
            let files = tempfile::tempdir().unwrap();
            let server = Arc::new(Scripted::default());
            let postman = Postman {
                transport: server.clone(),
                blobs: files::Blobs::local(files.path()).unwrap(),
                platform_address: "hello@omb.example".into(),
            };
            let runner = jobs(Runner::new(Store::clone(&store)), postman);
            let can = Can::check(Arc::new(Caller::system(TenantId::new()))).unwrap();
            desks.push(Desk { store, server, runner, can, _files: files });
        }
        desks
    }

    fn answer(&self, outcome: Outcome<Accepted>) {
        self.server.answers.lock().unwrap().insert(0, outcome);
    }

    async fn queue(&self, purpose: Purpose) -> MailId {
        let mut tx = self.store.begin(&self.can).await.unwrap();
        let id = queue(&mut tx, draft(purpose)).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    async fn mail(&self, id: MailId) -> OutgoingMail {
        let mut tx: Tx = self.store.read(&self.can).await.unwrap();
        tx.get(id).await.unwrap()
    }

    fn received(&self) -> Vec<OutgoingMessage> {
        self.server.received.lock().unwrap().clone()
    }
}

fn draft(purpose: Purpose) -> Draft {
    Draft {
        sender: Sender::Tenant,
        to: vec![Recipient { name: Some("Lucía <Prieto>".into()), address: "lucia@levante.example".into() }],
        cc: Vec::new(),
        language: Language::Es,
        subject: "Factura F-1".into(),
        body: vec![Part::Text("Hola <b>Lucía</b> & cía".into()), Part::Facts(vec![("Total".into(), "84,77 €".into())])],
        attachments: Vec::new(),
        subject_record: Some("inv_1".into()),
        purpose,
    }
}

#[tokio::test]
async fn a_mail_is_handed_over_once_and_its_thread_is_kept() {
    for desk in Desk::each().await {
        let first = desk.queue(Purpose::Document).await;
        desk.runner.drain().await;
        let second = desk.queue(Purpose::Document).await;
        desk.runner.drain().await;
        assert_eq!(desk.runner.drain().await, 0);
        let received = desk.received();
        assert_eq!(received.len(), 2);
        assert_eq!(desk.mail(first).await.state, MailState::Sent);
        assert_eq!(desk.mail(second).await.state, MailState::Sent);
        assert_eq!(received[1].references, [received[0].message_id.clone()]);
        assert_eq!(received[1].in_reply_to.as_ref(), Some(&received[0].message_id));
        let html = received[0].html.clone().unwrap();
        assert!(html.contains("&lt;b&gt;Lucía&lt;/b&gt; &amp; cía"), "text is never markup: {html}");
    }
}

#[tokio::test]
async fn a_draft_that_is_rolled_back_never_leaves() {
    for desk in Desk::each().await {
        let mut tx = desk.store.begin(&desk.can).await.unwrap();
        queue(&mut tx, draft(Purpose::Document)).await.unwrap();
        drop(tx);
        assert_eq!(desk.runner.drain().await, 0);
        assert!(desk.received().is_empty());
    }
}

#[tokio::test]
async fn an_answer_that_was_lost_is_unknown_and_not_repeated() {
    for desk in Desk::each().await {
        desk.answer(Outcome::Unknown { reason: "silent after the final dot".into() });
        let id = desk.queue(Purpose::Document).await;
        desk.runner.drain().await;
        desk.store.clock().advance(chrono::TimeDelta::days(2));
        desk.runner.drain().await;
        assert_eq!(desk.mail(id).await.state, MailState::Unknown);
        assert_eq!(desk.received().len(), 1);
    }
}

#[tokio::test]
async fn a_worker_that_died_while_handing_over_leaves_unknown_behind() {
    for desk in Desk::each().await {
        let id = desk.queue(Purpose::Document).await;
        desk.server.deadly.store(true, Ordering::SeqCst);
        desk.runner.drain().await;
        assert_eq!(desk.received().len(), 1);
        for _ in 0..3 {
            desk.store.clock().advance(chrono::TimeDelta::hours(2));
            desk.runner.drain().await;
        }
        assert_eq!(desk.mail(id).await.state, MailState::Unknown);
        assert_eq!(desk.received().len(), 1, "what may have left is not sent again");
    }
}

#[tokio::test]
async fn a_refusal_is_final_and_a_delay_is_not() {
    for desk in Desk::each().await {
        desk.answer(Outcome::Refused { code: "5.1.1".into(), reason: "no such user".into() });
        let refused = desk.queue(Purpose::Document).await;
        desk.runner.drain().await;
        let refused = desk.mail(refused).await;
        assert_eq!(refused.state, MailState::Failed);
        assert!(refused.outcome.unwrap().contains("5.1.1"));

        desk.answer(Outcome::RetryAfter { after: Duration::from_secs(60), reason: "greylisted".into() });
        let delayed = desk.queue(Purpose::Document).await;
        desk.runner.drain().await;
        assert_eq!(desk.mail(delayed).await.state, MailState::Queued);
        desk.store.clock().advance(chrono::TimeDelta::hours(2));
        desk.runner.drain().await;
        assert_eq!(desk.mail(delayed).await.state, MailState::Sent);
    }
}

#[tokio::test]
async fn the_text_of_a_service_mail_is_not_kept_once_it_has_left() {
    for desk in Desk::each().await {
        let service = desk.queue(Purpose::Security).await;
        let document = desk.queue(Purpose::Document).await;
        desk.runner.drain().await;
        assert!(desk.mail(service).await.body.0.is_empty());
        assert_eq!(desk.mail(document).await.body.0.len(), 2);
    }
}

#[tokio::test]
async fn an_address_that_is_none_is_refused_at_the_door() {
    for desk in Desk::each().await {
        let mut tx = desk.store.begin(&desk.can).await.unwrap();
        for address in ["", "lucia", "a@b\r\nBcc: c@d"] {
            let mut bad = draft(Purpose::Document);
            bad.to[0].address = address.into();
            assert!(queue(&mut tx, bad).await.is_err(), "{address:?}");
        }
    }
}

#[tokio::test]
async fn what_is_asked_for_twice_under_one_key_is_one_mail() {
    for desk in Desk::each().await {
        for _ in 0..2 {
            let mut tx = desk.store.begin(&desk.can).await.unwrap();
            queue_once(&mut tx, "job_1", draft(Purpose::Document)).await.unwrap();
            tx.commit().await.unwrap();
        }
        desk.runner.drain().await;
        assert_eq!(desk.received().len(), 1);
    }
}
