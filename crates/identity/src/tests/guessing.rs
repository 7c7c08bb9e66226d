//! P044: guessing is slowed, its target is told and not locked out. P037: every attempt is in the audit trail.

use chrono::TimeDelta;

use super::*;

async fn guess(world: &World, email: &str, ip: &str, times: usize) -> Vec<String> {
    let mut codes = Vec::new();
    for _ in 0..times {
        codes.push(code(world.try_sign_in(email, "not the password", &from(ip)).await));
    }
    codes
}

#[tokio::test]
async fn p044_guessing_is_slowed_and_the_owner_still_gets_in() {
    for world in worlds().await {
        let company = world.company(ANA).await;
        let session = world.sign_in(ANA).await;
        let codes = guess(&world, ANA, "198.51.100.7", 12).await;
        assert_eq!(codes[..10].iter().filter(|c| *c == "wrong_credentials").count(), 10);
        assert!(codes[10..].iter().all(|c| c == "too_many_attempts"));
        assert_eq!(guess(&world, ANA, "203.0.113.9", 1).await, ["too_many_attempts"], "from elsewhere too");
        let Err(Error::Door { status: 429, retry_after_seconds: Some(wait), .. }) =
            world.try_sign_in(ANA, PASSWORD, &from("198.51.100.7")).await
        else {
            panic!("the right password of a guesser's place is not even looked at")
        };
        assert!((1..=900).contains(&wait));

        assert!(world.caller(session.secret()).await.is_some(), "running sessions go on");
        world.sign_in(ANA).await;
        let subjects: Vec<String> = world.mails(company.tenant_id).await.into_iter().map(|m| m.1).collect();
        assert_eq!(subjects, ["Alguien puede estar probando contraseñas"], "told once");
        let failed = world.audit(company.tenant_id).await.iter().filter(|a| *a == "session.sign_in_failed").count();
        assert_eq!(failed, 10);

        world.store.clock().advance(TimeDelta::minutes(16));
        assert_eq!(guess(&world, ANA, "198.51.100.7", 1).await, ["wrong_credentials"]);
    }
}

#[tokio::test]
async fn p044_an_unknown_address_is_slowed_alike() {
    for world in worlds().await {
        let codes = guess(&world, "nobody@faroazul.example", "198.51.100.7", 11).await;
        assert!(codes[..10].iter().all(|c| c == "wrong_credentials"));
        assert_eq!(codes[10], "too_many_attempts");
    }
}

#[tokio::test]
async fn p044_one_place_trying_many_addresses_is_slowed() {
    for world in worlds().await {
        world.company(ANA).await;
        let mut tx = world.store.platform().await.unwrap();
        for i in 0..100 {
            crate::session::throttle::admit(&mut tx, &format!("n{i}@faroazul.example"), &from("198.51.100.7"))
                .await
                .unwrap();
        }
        tx.commit().await.unwrap();
        assert_eq!(code(world.try_sign_in(ANA, PASSWORD, &from("198.51.100.7")).await), "too_many_attempts");
        world.sign_in(ANA).await;
    }
}

#[tokio::test]
async fn p044_a_sign_in_from_a_new_device_and_place_is_told() {
    for world in worlds().await {
        let company = world.company(ANA).await;
        world.sign_in(ANA).await;
        world.sign_in(ANA).await;
        assert_eq!(world.mails(company.tenant_id).await.len(), 0, "the first one and known ones need no telling");
        let elsewhere = Origin { user_agent: Some("curl/8.5".into()), ..from("203.0.113.9") };
        world.try_sign_in(ANA, PASSWORD, &elsewhere).await.unwrap();
        let mails = world.mails(company.tenant_id).await;
        assert_eq!(mails.len(), 1);
        assert_eq!(mails[0].1, "Nuevo inicio de sesión en su cuenta");
    }
}

#[tokio::test]
async fn refusals_of_known_and_unknown_addresses_take_alike() {
    let world = worlds().await.remove(0);
    world.company(ANA).await;
    for email in [ANA, "nobody@faroazul.example"] {
        let started = tokio::time::Instant::now();
        guess(&world, email, "198.51.100.7", 1).await;
        assert!(started.elapsed() >= crate::session::sign_in::SOONEST, "{email}");
    }
}

#[tokio::test]
async fn what_is_over_is_swept() {
    for world in worlds().await {
        world.company(ANA).await;
        world.sign_in(ANA).await;
        guess(&world, ANA, "198.51.100.7", 1).await;
        assert_eq!(crate::sweep::sweep(&world.store).await.unwrap(), 0);
        world.store.clock().advance(TimeDelta::days(31));
        assert_eq!(crate::sweep::sweep(&world.store).await.unwrap(), 3, "a session and two attempts");
    }
}
