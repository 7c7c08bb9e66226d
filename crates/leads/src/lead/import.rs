//! Leads from files. What is only said of new ones: where somebody came from and what they answered, which is evidence.

mod answers;

use std::sync::LazyLock;

use crm::{
    field::{
        self,
        custom::{Values, draft::Draft},
        folded,
    },
    import::{
        MatchBy, Naming,
        of::{Cell, Importable, Said, Words},
    },
};
use kernel::{Error, Result};
use serde_json::json;
use store::Tx;
use tabular::{TargetField, value};

use super::{
    Lead, LeadStatus,
    create::{self, By, NewLead},
    update::{self, ChangeLead},
};
use answers::answers;

/// What a lead that is there keeps as it was.
const EVIDENCE: [&str; 4] = ["source", "utm", "landing_page", "answers"];
/// What a new one is not told by its form.
const STANDING: [&str; 2] = ["status", "disqualified_reason"];

#[async_trait::async_trait]
impl Importable for Lead {
    const NOUN: &'static str = "lead";
    const WITHOUT: &'static str = "import.noun <> 'lead'";
    const NAMING: Naming = Naming {
        targets: &["given_name", "family_name", "full_name", "company_name", "email", "phone"],
        code: "mapping_names_nobody",
        sentence: "No column says who a row is about. Choose one for a name, a company, an e-mail address or a phone number.",
    };
    const MATCHED: &'static [MatchBy] = &[MatchBy::Email, MatchBy::Phone];
    const CREATED: &'static str = "lead.created";
    const DELETED: &'static str = "lead.deleted";
    type Named = ();

    fn fields() -> &'static [TargetField] {
        static FIELDS: LazyLock<Vec<TargetField>> = LazyLock::new(tabular::lead_fields);
        &FIELDS
    }

    async fn look(_: &mut Tx, _: &[Said<'_>]) -> Result<()> {
        Ok(())
    }

    fn put(words: &mut Words, cell: &Cell<'_>, (): &()) -> Result<()> {
        match cell.target {
            "given_name"
            | "family_name"
            | "company_name"
            | "source"
            | "landing_page"
            | "message"
            | "disqualified_reason" => words.say(cell.target, cell.text),
            "full_name" => words.keep("full_name", cell.text),
            "email" => {
                let address = field::email("email", Some(cell.text.strip_prefix("mailto:").unwrap_or(cell.text)))?;
                words.say("email", address.unwrap_or_default());
            }
            "phone" => {
                let number = cell.phone("phone")?;
                words.show("phone", number.clone());
                words.say("phone", number);
            }
            "language" => {
                let sentence = "The product does not speak this language. Write en, es, pt or fr, or leave it blank.";
                let language = crm::import::language(cell.text);
                let language = language.ok_or_else(|| Error::invalid("language", "language_unknown", sentence))?;
                words.say("language", language.to_string());
            }
            "utm_source" => words.keep("source", cell.text),
            "utm_medium" => words.keep("medium", cell.text),
            "utm_campaign" => words.keep("campaign", cell.text),
            "utm_term" => words.keep("term", cell.text),
            "utm_content" => words.keep("content", cell.text),
            "status" => words.say("status", status(cell.text)?.to_string()),
            "answers" => words.say("answers", json!(answers(cell.text)?)),
            _ => {}
        }
        Ok(())
    }

    fn whole(words: &mut Words, (): &()) -> Result<()> {
        if let Some(name) = words.part("full_name").and_then(value::person_name) {
            for (field, part) in [("given_name", name.given), ("family_name", name.family)] {
                if words.said(field).is_none() && !part.is_empty() {
                    words.say(field, part);
                }
            }
        }
        let parts = ["source", "medium", "campaign", "term", "content"];
        let utm: serde_json::Map<_, _> =
            parts.iter().filter_map(|part| Some(((*part).to_owned(), json!(words.part(part)?)))).collect();
        if !utm.is_empty() {
            words.say("utm", utm);
        }
        Ok(())
    }

    fn column(by: &MatchBy) -> &'static str {
        if *by == MatchBy::Phone { "lead.phone" } else { "lead.email" }
    }
    fn key(by: &MatchBy, words: &Words) -> Option<String> {
        words.text(if *by == MatchBy::Phone { "phone" } else { "email" }).map(str::to_owned)
    }
    fn key_of(&self, by: &MatchBy) -> Option<String> {
        if *by == MatchBy::Phone { self.phone.clone() } else { self.email.clone() }
    }
    fn values_of_own(&self) -> &Values {
        &self.custom.0
    }
    fn detail(&self) -> String {
        self.name_folded.clone()
    }
    /// A number alone is a household's or an office's: it is under one name that it is somebody's.
    fn meets(by: &MatchBy, words: &Words, _: Option<crm::company::CompanyId>, detail: &str) -> bool {
        let names = [words.text("given_name"), words.text("family_name")];
        let names = names.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let name = if names.is_empty() { words.text("company_name").unwrap_or_default() } else { &names };
        *by != MatchBy::Phone || name.is_empty() || folded(name) == detail
    }

    async fn draft(tx: &mut Tx, _: &str, words: &Words) -> Result<Draft<Lead>> {
        let (now, maker) = (tx.now(), tx.caller().owner());
        let mut drafted = create::draft(tx, words.read::<NewLead>(&STANDING)?, "import", now, By::Hand(maker)).await?;
        let lead = &mut drafted.record;
        lead.disqualified_reason = field::line("disqualified_reason", words.text("disqualified_reason"), 500)?;
        update::stand(lead, words.text("status").and_then(|status| status.parse().ok()))?;
        Ok(drafted)
    }
    async fn make(tx: &mut Tx, drafted: Draft<Lead>) -> Result<Lead> {
        let maker = tx.caller().owner();
        create::make(tx, drafted, maker).await
    }
    async fn redraft(tx: &mut Tx, before: &Lead, words: &Words) -> Result<Draft<Lead>> {
        update::draft(tx, before, words.read::<ChangeLead>(&EVIDENCE)?).await
    }
    async fn write(tx: &mut Tx, before: Lead, drafted: Draft<Lead>) -> Result<Lead> {
        update::write(tx, before, drafted).await
    }
}

/// A status by its code, or by what it is called in one of the four languages.
fn status(cell: &str) -> Result<LeadStatus> {
    match folded(cell).as_str() {
        "new" | "nuevo" | "nueva" | "novo" | "nova" | "nouveau" | "nouvelle" => Ok(LeadStatus::New),
        "working" | "en curso" | "trabajando" | "em curso" | "a trabalhar" | "en cours" => Ok(LeadStatus::Working),
        "qualified" | "cualificado" | "calificado" | "qualificado" | "qualifie" => Ok(LeadStatus::Qualified),
        "disqualified" | "descartado" | "desqualificado" | "disqualifie" | "ecarte" => Ok(LeadStatus::Disqualified),
        "converted" | "convertido" | "converti" => Ok(LeadStatus::Converted),
        _ => {
            let sentence = "Write new, working, qualified or disqualified.";
            Err(Error::invalid("status", "status_unknown", sentence))
        }
    }
}
