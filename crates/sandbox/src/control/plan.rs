//! Deciding what goes wrong now: first the plan, then the sentinels.
//!
//! Invariant: each decision uses up a rule's count once, and decisions of connections at the same time are made one
//! after the other.

use std::{
    collections::HashSet,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use super::{FaultAction, FaultPlan, FaultPlanError, Stage};

/// How the sandbox is to behave at one stage.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Decision {
    /// Wait first.
    pub delay: Duration,
    /// Then this instead of the usual; never a delay.
    pub action: Option<FaultAction>,
}

#[derive(Default)]
pub(crate) struct Faults {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    plan: FaultPlan,
    greylisted: HashSet<String>,
}

impl Faults {
    pub fn plan(&self) -> FaultPlan {
        self.lock().plan.clone()
    }

    pub fn set(&self, plan: FaultPlan) -> Result<(), FaultPlanError> {
        plan.validate()?;
        *self.lock() = State { plan, greylisted: HashSet::new() };
        Ok(())
    }

    /// Good weather again.
    pub fn forget(&self) {
        *self.lock() = State::default();
    }

    /// `subjects` are the names and addresses in play at this stage.
    pub fn decide(&self, stage: Stage, subjects: &[&str]) -> Decision {
        let mut state = self.lock();
        let mut decision = Decision::default();
        for rule in &mut state.plan.rules {
            let concerned = rule.stage == stage && concerns(rule.matches.as_deref(), subjects);
            if !concerned || rule.times == Some(0) {
                continue;
            }
            rule.times = rule.times.map(|left| left - 1);
            match &rule.action {
                FaultAction::DelayMs(wait) => decision.delay += Duration::from_millis(*wait),
                other => {
                    decision.action = Some(other.clone());
                    break;
                }
            }
        }
        state.plan.rules.retain(|rule| rule.times != Some(0));
        if decision.action.is_none() {
            decision.action = subjects.iter().find_map(|subject| sentinel(stage, subject, &mut state.greylisted));
        }
        decision
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn concerns(matches: Option<&str>, subjects: &[&str]) -> bool {
    matches.is_none_or(|text| {
        let text = text.to_lowercase();
        subjects.iter().any(|subject| subject.to_lowercase().contains(&text))
    })
}

/// Addresses and names that always misbehave; the table stands on the crate's own page.
fn sentinel(stage: Stage, subject: &str, greylisted: &mut HashSet<String>) -> Option<FaultAction> {
    let subject = subject.to_lowercase();
    let local = subject.split('@').next().unwrap_or_default();
    let name = local.split('+').next().unwrap_or_default();
    let reply = |code, text: &str| Some(FaultAction::Reply { code, text: text.to_owned() });
    match (stage, name) {
        (Stage::Auth, "rejected") => reply(535, "5.7.8 Authentication credentials invalid"),
        (Stage::Rcpt, "bounce") => reply(550, "5.1.1 No such user here"),
        (Stage::Rcpt, "full") => reply(552, "5.2.2 Mailbox full"),
        (Stage::Rcpt, "later") => reply(451, "4.7.1 Try again later"),
        (Stage::Rcpt, "greylist") if greylisted.insert(subject.clone()) => {
            reply(451, "4.7.1 Greylisted, try again later")
        }
        (Stage::Stored, "timeout") | (Stage::Dot, "lost") => Some(FaultAction::Hang),
        (Stage::Dot, "drop") => Some(FaultAction::Drop),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::control::FaultRule;

    fn rule(stage: Stage, matches: Option<&str>, action: FaultAction, times: Option<u32>) -> FaultRule {
        FaultRule { stage, matches: matches.map(str::to_owned), action, times }
    }

    #[test]
    fn a_counted_rule_strikes_so_often_and_is_gone() {
        let faults = Faults::default();
        let busy = FaultAction::Reply { code: 451, text: "busy".into() };
        faults.set(FaultPlan { rules: vec![rule(Stage::Mail, None, busy.clone(), Some(2))] }).unwrap();
        assert_eq!(faults.decide(Stage::Rcpt, &["a@b"]).action, None);
        assert_eq!(faults.decide(Stage::Mail, &["a@b"]).action, Some(busy.clone()));
        assert_eq!(faults.plan().rules[0].times, Some(1));
        assert_eq!(faults.decide(Stage::Mail, &["a@b"]).action, Some(busy));
        assert_eq!(faults.decide(Stage::Mail, &["a@b"]), Decision::default());
        assert_eq!(faults.plan(), FaultPlan::default());
    }

    #[test]
    fn delays_add_up_and_only_matching_rules_count() {
        let faults = Faults::default();
        let plan = FaultPlan {
            rules: vec![
                rule(Stage::Rcpt, None, FaultAction::DelayMs(10), None),
                rule(Stage::Rcpt, Some("EXAMPLE.org"), FaultAction::DelayMs(5), None),
                rule(Stage::Rcpt, Some("ana@"), FaultAction::Drop, None),
            ],
        };
        faults.set(plan).unwrap();
        let ana = faults.decide(Stage::Rcpt, &["ana@example.org"]);
        assert_eq!(ana, Decision { delay: Duration::from_millis(15), action: Some(FaultAction::Drop) });
        let bo = faults.decide(Stage::Rcpt, &["bo@example.com"]);
        assert_eq!(bo, Decision { delay: Duration::from_millis(10), action: None });
    }

    #[test]
    fn sentinels_go_by_the_local_part_and_greylisting_ends() {
        let faults = Faults::default();
        let code = |recipient: &str| match faults.decide(Stage::Rcpt, &[recipient]).action {
            Some(FaultAction::Reply { code, .. }) => Some(code),
            _ => None,
        };
        assert_eq!(code("Bounce+invoice@example.com"), Some(550));
        assert_eq!(code("full@example.com"), Some(552));
        assert_eq!((code("later@example.com"), code("later@example.com")), (Some(451), Some(451)));
        assert_eq!((code("greylist@example.com"), code("greylist@example.com")), (Some(451), None));
        assert_eq!(code("bouncer@example.com"), None);
        assert_eq!(
            faults.decide(Stage::Stored, &["me@example.com", "timeout@example.com"]).action,
            Some(FaultAction::Hang)
        );
        faults.set(FaultPlan::default()).unwrap();
        assert_eq!(code("greylist@example.com"), Some(451), "a new plan forgets who was greylisted");
    }

    #[test]
    fn a_plan_that_cannot_be_carried_out_is_not_taken() {
        let faults = Faults::default();
        let reply = |code, text: &str| FaultAction::Reply { code, text: text.into() };
        for (action, times, expected) in [
            (reply(250, "ok"), None, FaultPlanError::Code),
            (reply(600, "no"), None, FaultPlanError::Code),
            (reply(550, "no\r\n250 yes"), None, FaultPlanError::Text),
            (FaultAction::Drop, Some(0), FaultPlanError::Times),
            (FaultAction::DelayMs(600_001), None, FaultPlanError::Delay),
        ] {
            let plan = FaultPlan { rules: vec![rule(Stage::Mail, None, action, times)] };
            assert_eq!(faults.set(plan), Err(expected));
        }
        let many = FaultPlan { rules: vec![rule(Stage::Mail, None, FaultAction::Drop, None); 101] };
        assert_eq!(faults.set(many), Err(FaultPlanError::Rules));
        assert_eq!(faults.plan(), FaultPlan::default());
    }
}
