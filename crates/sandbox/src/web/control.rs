//! The control page: journal and fault plan, for people and for programs.

use std::fmt::Write;

use axum::{
    Form, Json,
    extract::{State, rejection::JsonRejection},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use super::page::{self, escape, moment};
use crate::{
    control::{FaultAction, FaultPlan, FaultRule, JournalEntry, Stage},
    handle::SandboxHandle,
};

/// Journal lines on the page; all are in the JSON.
const SHOWN_ENTRIES: usize = 300;

const SENTINELS: [(&str, &str); 8] = [
    ("bounce@", "refused: 550 5.1.1"),
    ("full@", "refused: 552 5.2.2"),
    ("later@", "put off each time: 451 4.7.1"),
    ("greylist@", "put off once: 451 4.7.1"),
    ("timeout@", "kept, then no answer to the final dot"),
    ("lost@", "not kept, no answer to the final dot"),
    ("drop@", "not kept, connection cut after the final dot"),
    ("user name rejected", "refused at AUTH: 535 5.7.8"),
];

pub(super) async fn show(State(handle): State<SandboxHandle>) -> Response {
    let base = &handle.core.config.base_path;
    let main = [plan(base, &handle.faults()), form(base), sentinels(), journal_table(base, &handle.journal())].concat();
    page::whole(base, "Faults and journal", &main)
}

pub(super) async fn journal(State(handle): State<SandboxHandle>) -> Response {
    Json(serde_json::json!({ "items": handle.journal() })).into_response()
}

pub(super) async fn clear_journal(State(handle): State<SandboxHandle>) -> StatusCode {
    handle.core.journal.clear();
    StatusCode::NO_CONTENT
}

pub(super) async fn clear_journal_form(State(handle): State<SandboxHandle>) -> Redirect {
    handle.core.journal.clear();
    back(&handle)
}

pub(super) async fn faults(State(handle): State<SandboxHandle>) -> Json<FaultPlan> {
    Json(handle.faults())
}

pub(super) async fn set(State(handle): State<SandboxHandle>, body: Result<Json<FaultPlan>, JsonRejection>) -> Response {
    match body {
        Err(rejection) => page::problem(rejection.status(), "invalid_json", &rejection.body_text()),
        Ok(Json(plan)) => match handle.set_faults(plan) {
            Ok(()) => Json(handle.faults()).into_response(),
            Err(error) => page::problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid_plan", &error.to_string()),
        },
    }
}

pub(super) async fn clear(State(handle): State<SandboxHandle>) -> StatusCode {
    handle.core.faults.forget();
    StatusCode::NO_CONTENT
}

pub(super) async fn clear_form(State(handle): State<SandboxHandle>) -> Redirect {
    handle.core.faults.forget();
    back(&handle)
}

/// The fields of the form; every browser sends them all. None is called `matches` or `action`: a field hides the form's own
/// property of that name from programs that look at the page.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewRule {
    stage: Stage,
    only_for: String,
    effect: Effect,
    code: String,
    text: String,
    delay_ms: String,
    times: String,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Effect {
    Reply,
    Delay,
    Drop,
    Hang,
}

pub(super) async fn add(State(handle): State<SandboxHandle>, Form(new): Form<NewRule>) -> Response {
    let mut plan = handle.faults();
    let taken = rule(new).and_then(|rule| {
        plan.rules.push(rule);
        handle.set_faults(plan).map_err(|error| error.to_string())
    });
    match taken {
        Ok(()) => back(&handle).into_response(),
        Err(reason) => page::problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid_rule", &reason),
    }
}

fn rule(new: NewRule) -> Result<FaultRule, String> {
    let action = match new.effect {
        Effect::Reply => {
            let code = new.code.trim().parse().map_err(|_| "the reply code must be a number".to_owned())?;
            FaultAction::Reply { code, text: new.text.trim().to_owned() }
        }
        Effect::Delay => {
            let wait =
                new.delay_ms.trim().parse().map_err(|_| "the delay must be a number of milliseconds".to_owned())?;
            FaultAction::DelayMs(wait)
        }
        Effect::Drop => FaultAction::Drop,
        Effect::Hang => FaultAction::Hang,
    };
    let times = match new.times.trim() {
        "" => None,
        digits => Some(digits.parse().map_err(|_| "times must be a number, or empty for every time".to_owned())?),
    };
    let matches = Some(new.only_for.trim().to_owned()).filter(|text| !text.is_empty());
    Ok(FaultRule { stage: new.stage, matches, action, times })
}

fn back(handle: &SandboxHandle) -> Redirect {
    Redirect::to(&format!("{}/_control", handle.core.config.base_path))
}

fn plan(base: &str, plan: &FaultPlan) -> String {
    if plan.rules.is_empty() {
        return r#"<h2>Faults</h2><p class="empty">Good weather: no fault is planned. Some addresses misbehave all the same, see below.</p>"#.to_owned();
    }
    let mut items = String::new();
    for rule in &plan.rules {
        let action = match &rule.action {
            FaultAction::Reply { code, text } => format!("answer {code} {}", escape(text)),
            FaultAction::DelayMs(wait) => format!("wait {wait} ms"),
            FaultAction::Drop => "cut the connection".to_owned(),
            FaultAction::Hang => "say nothing".to_owned(),
        };
        let concerned = rule.matches.as_deref().map_or_else(String::new, |text| format!(" for {}", escape(text)));
        let left = rule.times.map_or_else(|| "every time".to_owned(), |times| format!("{times} times more"));
        let _ = write!(items, "<li>At <strong>{}</strong>{concerned}: {action}, {left}</li>", rule.stage.word());
    }
    format!(
        r#"<h2>Faults</h2><ol>{items}</ol>
<form method="post" action="{base}/_control/faults/clear"><button>Remove all faults</button></form>"#
    )
}

fn form(base: &str) -> String {
    let stages: String = Stage::ALL.iter().map(|stage| format!("<option>{}</option>", stage.word())).collect();
    format!(
        r#"<h2>Add a fault</h2>
<form method="post" action="{base}/_control/faults">
<label>Stage <select name="stage">{stages}</select></label>
<label>Only for (part of an address) <input name="only_for"></label>
<label>What happens <select name="effect"><option value="reply">answer with a refusal</option><option value="delay">wait</option><option value="drop">cut the connection</option><option value="hang">say nothing</option></select></label>
<label>Reply code <input name="code" inputmode="numeric" value="451"></label>
<label>Reply text <input name="text" value="4.3.2 Try again later"></label>
<label>Wait, milliseconds <input name="delay_ms" inputmode="numeric" value="1000"></label>
<label>Times (empty: every time) <input name="times" inputmode="numeric" value="1"></label>
<button>Add</button>
</form>
<p class="quiet">dot: after the final dot, before the mail is kept. stored: after it is kept, instead of the confirmation. Programs use PUT {base}/_control/faults.</p>
"#
    )
}

fn sentinels() -> String {
    let rows: String =
        SENTINELS.iter().map(|(who, what)| format!("<div><dt>{who}</dt><dd>{what}</dd></div>")).collect();
    format!("<h2>Addresses that always misbehave</h2><dl>{rows}</dl>")
}

fn journal_table(base: &str, entries: &[JournalEntry]) -> String {
    if entries.is_empty() {
        return r#"<h2>Journal</h2><p class="empty">No SMTP connection yet.</p>"#.to_owned();
    }
    let mut rows = String::new();
    for entry in entries.iter().rev().take(SHOWN_ENTRIES) {
        let _ = writeln!(
            rows,
            "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
            moment(entry.at),
            entry.connection,
            entry.kind.word(),
            escape(&entry.text)
        );
    }
    format!(
        r#"<h2 id="journal">Journal</h2>
<p class="quiet">Newest first, the last {SHOWN_ENTRIES} lines; <a href="{base}/_control/journal">all as JSON</a>.</p>
<div class="wide" role="region" aria-labelledby="journal" tabindex="0"><table>
<thead><tr><th scope="col">When</th><th scope="col">Connection</th><th scope="col">What</th><th scope="col">Said</th></tr></thead>
<tbody>{rows}</tbody></table></div>
<form method="post" action="{base}/_control/journal/clear"><button>Empty the journal</button></form>"#
    )
}
