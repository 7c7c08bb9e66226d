//! Consent: texts are numbered and stay, and a submission keeps the one that was seen.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{contact, desks};

#[tokio::test]
async fn who_saw_the_first_text_has_agreed_to_the_first_though_a_second_is_published() {
    for desk in desks().await {
        let text =
            |text: &str| json!({ "consent_text": text, "consent_channels": ["email"], "consent_required": true });
        let (id, page) = desk.published(text("First words.")).await;
        let at = format!("/api/v1/forms/{id}");
        assert!(desk.look(&page).await.ok().text.contains("name=\"consent_number\" value=\"1\""));
        desk.ask(&desk.ours, "PUT", &at, 2, contact(text("Second words."))).await.ok();
        // Saved is not shown.
        assert!(desk.look(&page).await.ok().text.contains("First words."));
        desk.post(&format!("{at}/publish"), Value::Null).await.ok();
        assert!(desk.look(&page).await.ok().text.contains("Second words."));
        for (number, words) in [("1", "First words."), ("2", "Second words.")] {
            let sent = [("email", "eva@a.example"), ("consent", "yes"), ("consent_number", number)];
            assert_eq!(desk.fill(&page, &[], &sent).await.status, StatusCode::SEE_OTHER);
            let consent = desk.leads().await[0]["consent"].clone();
            assert_eq!((consent["text"].as_str(), consent["version"].as_str()), (Some(words), Some(number)));
            assert_eq!(consent["given_from"], format!("http://localhost{page}"));
            let kept = desk.get("/api/v1/submissions").await.ok();
            assert_eq!(kept.body["items"][0]["consent_number"], number.parse::<i64>().unwrap());
            assert_eq!(kept.body["items"][0]["consent_channels"], json!(["email"]));
        }
        let texts = desk.get(&format!("{at}/consents")).await.ok();
        let words: Vec<_> = texts.body["items"].as_array().unwrap().iter().map(|t| t["text"].clone()).collect();
        assert_eq!(words, ["Second words.", "First words."]);
        // Publishing the same again makes no third text.
        assert_eq!(desk.post(&format!("{at}/publish"), Value::Null).await.status, StatusCode::CONFLICT);
    }
}

#[tokio::test]
async fn nothing_is_sent_without_a_consent_that_is_demanded_and_a_made_up_text_is_none() {
    for desk in desks().await {
        let (_, page) = desk.published(json!({ "consent_text": "I agree.", "consent_required": true })).await;
        for more in [vec![], vec![("consent", "yes")], vec![("consent", "yes"), ("consent_number", "7")]] {
            let sent: Vec<_> = [("email", "eva@a.example")].into_iter().chain(more).collect();
            let answer = desk.fill(&page, &[], &sent).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(answer.text.contains("id=\"e-consent\""), "{}", answer.text);
        }
        let given = desk.give(&page, &[], json!({ "values": { "email": "e@a.example" } })).await;
        assert_eq!(given.refused(), ("consent", "consent_required"));
        assert_eq!(desk.leads().await.len(), 0);
        let (_, free) = desk.published(json!({ "slug": "free", "consent_text": "I agree." })).await;
        desk.give(&free, &[], json!({ "values": { "email": "e@a.example" } })).await.ok();
        assert_eq!(desk.leads().await[0]["consent"], Value::Null);
    }
}

#[tokio::test]
async fn the_page_speaks_the_form_s_language() {
    for desk in desks().await {
        for (language, word) in [("en", "Send"), ("es", "Enviar"), ("pt", "Enviar"), ("fr", "Envoyer")] {
            let (_, page) = desk.published(json!({ "language": language })).await;
            let shown = desk.look(&page).await.ok();
            assert!(shown.text.contains(&format!("<html lang=\"{language}\">")) && shown.text.contains(word));
            assert!(!shown.text.contains("form-"), "{}", shown.text);
        }
    }
}
