//! Making and changing a form. What is saved of a published form shows at once; a text of consent only when it is
//! published, so that nobody agrees to half a sentence.

use crm::{field, member};
use kernel::{Change, Error, Json, Language, MemberId, Permission, Result, error::Fields};
use leads::lead::Utm;
use serde::Deserialize;
use store::{OnConstraint, Tx, sql};
use utoipa::ToSchema;

use super::{
    Form, FormId, FormState, SubmitForm, event,
    field::{FormField, checked},
};
use crate::{PURPOSE, consent::ConsentChannel, guard::FormGuard};

/// All of a form, as it is to be.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FormInput {
    /// What lists call it.
    #[schema(example = "Contact page")]
    pub name: String,
    /// Its word in the public address: small letters, digits and hyphens; of its name unless given. It never changes.
    #[schema(example = "contact")]
    pub slug: Option<String>,
    pub language: Language,
    /// What stands above it; the name unless given.
    #[schema(example = "Tell us about your fleet")]
    pub title: Option<String>,
    pub intro: Option<String>,
    pub fields: Vec<FormField>,
    #[schema(example = "Send")]
    pub submit_label: Option<String>,
    /// What is said when it has been sent.
    pub thank_you: Option<String>,
    /// Where it leads instead: https only.
    #[schema(example = "https://talleres.example/thanks")]
    pub redirect_url: Option<String>,
    /// The source of its leads; `web_form` unless given.
    #[schema(example = "fleet page")]
    pub source: Option<String>,
    /// What counts where the address of the page says nothing.
    #[serde(default)]
    pub utm: Utm,
    /// Whose its leads become; by the workspace's own order unless given.
    pub owner_id: Option<MemberId>,
    /// Sites that may show it in a frame and send to it, such as `https://talleres.example`.
    #[serde(default)]
    pub allowed_origins: Vec<String>,
    /// What is to be agreed to; nothing is asked without.
    pub consent_text: Option<String>,
    #[serde(default)]
    pub consent_channels: Vec<ConsentChannel>,
    /// Must it be agreed to for the form to be sent?
    #[serde(default)]
    pub consent_required: bool,
    /// How it is guarded against spam.
    #[serde(default)]
    pub guard: FormGuard,
}

pub async fn create(tx: &mut Tx, input: FormInput) -> Result<Form> {
    let form = blank(tx, &input).await?;
    let form = filled(tx, form, input).await?;
    keep(tx, form).await
}

/// Writes a form that is new.
pub(super) async fn keep(tx: &mut Tx, form: Form) -> Result<Form> {
    let taken = || Error::invalid("slug", "taken", "Another form has this word in its address. Choose another.");
    tx.insert(&form).await.on_constraint("web_form_slug_key", taken)?;
    tx.audit(Change::new("form.create", form.id).after(&form)).await?;
    tx.emit(event("form.created", &form)).await?;
    Ok(form)
}

/// A form with an address and nothing else.
async fn blank(tx: &mut Tx, input: &FormInput) -> Result<Form> {
    let slug = slug(tx, input.slug.as_deref(), &input.name).await?;
    let id = FormId::new();
    let path = format!("{slug}-{}", &kernel::Uuid::now_v7().simple().to_string()[20..]);
    let link = identity::link::NewLink {
        purpose: PURPOSE,
        subject: id.to_string(),
        grants: &[SubmitForm::NAME],
        expires_at: None,
    };
    Ok(Form {
        id,
        version: 1,
        name: String::new(),
        slug,
        link_id: identity::link::publish(tx, link, &path).await?,
        path,
        language: input.language,
        title: String::new(),
        intro: None,
        fields: Json::default(),
        submit_label: None,
        thank_you: None,
        redirect_url: None,
        source: None,
        utm: Json::default(),
        owner_id: None,
        allowed_origins: Json::default(),
        consent_text: None,
        consent_channels: Json::default(),
        consent_required: false,
        consent_number: None,
        guard: Json::default(),
        state: FormState::Draft,
        published_at: None,
        deleted_at: None,
        created_at: tx.now(),
        updated_at: tx.now(),
    })
}

pub async fn set(tx: &mut Tx, before: Form, input: FormInput) -> Result<Form> {
    before.must_be_there()?;
    let after = filled(tx, before.clone(), input).await?;
    let after = tx.update(&after).await?;
    tx.audit(Change::new("form.update", after.id).before(&before).after(&after)).await?;
    tx.emit(event("form.updated", &after)).await?;
    Ok(after)
}

async fn filled(tx: &mut Tx, mut form: Form, input: FormInput) -> Result<Form> {
    if input.owner_id != form.owner_id {
        member::must_exist(tx, "owner_id", input.owner_id).await?;
    }
    let mut refused = Fields::default();
    if input.slug.is_some_and(|slug| slug.trim() != form.slug && !slug.trim().is_empty()) {
        refused.refuse("slug", "slug_fixed", "The address of a form stays what it is. Make another form.");
    }
    form.name = field::take(&mut refused, field::line("name", Some(&input.name), 120)).unwrap_or_default();
    if form.name.is_empty() && refused.is_empty() {
        refused.refuse("name", "required", "Give the form a name.");
    }
    let title = field::take(&mut refused, field::line("title", input.title.as_deref(), 200));
    form.title = title.unwrap_or_else(|| form.name.clone());
    form.language = input.language;
    form.intro = field::take(&mut refused, field::text("intro", input.intro.as_deref(), 5_000));
    form.submit_label = field::take(&mut refused, field::line("submit_label", input.submit_label.as_deref(), 60));
    form.thank_you = field::take(&mut refused, field::text("thank_you", input.thank_you.as_deref(), 5_000));
    form.redirect_url = field::take(&mut refused, address("redirect_url", input.redirect_url.as_deref()));
    form.source = field::take(&mut refused, field::line("source", input.source.as_deref(), 60));
    form.utm = Json(utm(&mut refused, &input.utm));
    form.owner_id = input.owner_id;
    form.allowed_origins = Json(origins(&mut refused, &input.allowed_origins));
    form.consent_text = field::take(&mut refused, field::text("consent_text", input.consent_text.as_deref(), 5_000));
    form.consent_required = input.consent_required && form.consent_text.is_some();
    form.consent_channels = Json(input.consent_channels);
    form.consent_channels.0.dedup();
    input.guard.check(&mut refused);
    form.guard = Json(input.guard);
    match checked(input.fields) {
        Ok(fields) => form.fields = Json(fields),
        Err(Error::Invalid { fields }) => fields.into_iter().for_each(|f| refused.refuse(f.field, f.code, f.message)),
        Err(other) => return Err(other),
    }
    refused.finish()?;
    Ok(form)
}

fn utm(refused: &mut Fields, given: &Utm) -> Utm {
    let mut part = |name: &str, value: &Option<String>| field::take(refused, field::line(name, value.as_deref(), 200));
    Utm {
        source: part("utm.source", &given.source),
        medium: part("utm.medium", &given.medium),
        campaign: part("utm.campaign", &given.campaign),
        term: part("utm.term", &given.term),
        content: part("utm.content", &given.content),
    }
}

/// The host of an https address, without a name before it.
fn host(address: &str) -> Option<&str> {
    let rest = address.strip_prefix("https://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':');
    (!host.is_empty() && host.bytes().all(plain)).then_some(host)
}

/// `https://host` of an address.
pub(crate) fn origin(address: &str) -> Option<String> {
    host(address).map(|host| format!("https://{}", host.to_ascii_lowercase()))
}

fn address(field: &str, input: Option<&str>) -> Result<Option<String>> {
    let Some(text) = field::line(field, input, 1_000)? else { return Ok(None) };
    if host(&text).is_none() || text.bytes().any(|b| b.is_ascii_whitespace() || b"<>\"\\".contains(&b)) {
        return Err(Error::invalid(field, "https_only", "Write a whole address that begins with https://."));
    }
    Ok(Some(text))
}

fn origins(refused: &mut Fields, given: &[String]) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    if given.len() > 20 {
        refused.refuse("allowed_origins", "too_many", "Name at most 20 sites.");
    }
    for one in given.iter().map(|one| one.trim()).filter(|one| !one.is_empty()).take(20) {
        match origin(one) {
            Some(origin) if one.trim_end_matches('/').len() == origin.len() => {
                if !kept.contains(&origin) {
                    kept.push(origin);
                }
            }
            _ => refused.refuse(
                "allowed_origins",
                "origin_invalid",
                "Write each site with https:// and nothing behind its name, such as https://example.com.",
            ),
        }
    }
    kept
}

/// The word in the address: as given, or of the name with a number that is free.
async fn slug(tx: &mut Tx, given: Option<&str>, name: &str) -> Result<String> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if let Some(given) = given.map(str::trim).filter(|given| !given.is_empty()) {
        if given.len() > 60 || !given.chars().all(plain) {
            return Err(Error::invalid("slug", "slug_invalid", "Use at most 60 small letters, digits and hyphens."));
        }
        return Ok(given.to_owned());
    }
    let words: String = field::folded(name).replace(' ', "-").chars().filter(|c| plain(*c)).take(50).collect();
    let base = Some(words.trim_matches('-')).filter(|words| !words.is_empty()).unwrap_or("form").to_owned();
    let tenant = tx.tenant_id();
    for number in 1..1_000 {
        let slug = if number == 1 { base.clone() } else { format!("{base}-{number}") };
        let there = sql!("SELECT count(*) FROM web_form WHERE tenant_id = {} AND slug = {}", tenant, slug.clone());
        if tx.count(there).await? == 0 {
            return Ok(slug);
        }
    }
    Err(Error::invalid("slug", "taken", "Choose a word for its address."))
}
