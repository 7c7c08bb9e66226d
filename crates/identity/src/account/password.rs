//! Passwords: which are accepted, how they are kept (P022, P177).
//!
//! Invariant: what is stored is an Argon2id PHC string with a salt of its own and at least OWASP's minimum cost. The
//! password itself is in no log, no audit entry and no error.

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use kernel::Error;
use std::sync::LazyLock;
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;
use zxcvbn::{Score, zxcvbn};

/// Characters a new password has at least and at most.
pub const SHORTEST: usize = 10;
pub const LONGEST: usize = 128;

/// OWASP Password Storage Cheat Sheet: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// Each hash takes 19 MiB, so only so many are made at once; the others wait.
static AT_ONCE: Semaphore = Semaphore::const_new(4);

/// What an unknown address is compared with, so that it takes as long as a known one.
static NOBODYS: LazyLock<String> = LazyLock::new(|| hash_now("nobody's password").unwrap_or_default());

/// What comparing found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub matches: bool,
    /// The stored hash was made with less than today's cost.
    pub outdated: bool,
}

/// Refuses passwords that are too short, too long, on the lists of common and breached ones, or made of what is known
/// about the person. `personal` holds their name, address and company.
pub fn check(field: &str, password: &str, personal: &[&str]) -> Result<(), Error> {
    let length = password.chars().count();
    if length < SHORTEST {
        let message = format!("Use at least {SHORTEST} characters; several words are easy to remember.");
        return Err(Error::invalid(field, "password_too_short", message));
    }
    if length > LONGEST {
        return Err(Error::invalid(field, "password_too_long", format!("Use at most {LONGEST} characters.")));
    }
    let lower = password.to_lowercase();
    let pieces: Vec<String> = personal
        .iter()
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()))
        .map(str::to_lowercase)
        .filter(|piece| piece.chars().count() > 3)
        .collect();
    if pieces.iter().any(|piece| lower.contains(piece.as_str()) && length < piece.chars().count() + SHORTEST) {
        let message = "Leave out your name, address and company: they are the first that is tried.";
        return Err(Error::invalid(field, "password_personal", message));
    }
    let known: Vec<&str> = pieces.iter().map(String::as_str).collect();
    if zxcvbn(password, &known).score() < Score::Two {
        let message = "This password is among the first that are tried. Use several unrelated words.";
        return Err(Error::invalid(field, "password_common", message));
    }
    Ok(())
}

/// Makes the string that is stored.
pub(crate) async fn hash(password: String) -> Result<String, Error> {
    apart(move || hash_now(&password)).await?
}

/// Compares with a stored hash, or with nobody's where there is none, which never matches.
pub(crate) async fn verify(password: String, stored: Option<String>) -> Result<Verdict, Error> {
    apart(move || {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| NOBODYS.clone());
        let parsed =
            PasswordHash::new(&stored).map_err(|_| Error::internal("a stored password hash cannot be read"))?;
        let typed: String = password.nfc().collect();
        let matches = typed.chars().count() <= LONGEST && hasher()?.verify_password(typed.as_bytes(), &parsed).is_ok();
        Ok(Verdict { matches: matches && known, outdated: is_outdated(&parsed) })
    })
    .await?
}

fn hash_now(password: &str) -> Result<String, Error> {
    let typed: String = password.nfc().collect();
    let made: PasswordHash = hasher()?.hash_password(typed.as_bytes()).map_err(Error::internal)?;
    Ok(made.to_string())
}

fn hasher() -> Result<Argon2<'static>, Error> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(Error::internal)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn is_outdated(hash: &PasswordHash) -> bool {
    let cost = |name: &str| hash.params.get_decimal(name).unwrap_or(0);
    hash.algorithm.as_str() != "argon2id" || cost("m") < MEMORY_KIB || cost("t") < PASSES
}

/// Runs work that keeps a core busy where it does not hold up other requests.
pub(crate) async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
    let permit = AT_ONCE.acquire().await.map_err(Error::internal)?;
    let done = tokio::task::spawn_blocking(work).await.map_err(Error::internal);
    drop(permit);
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(password: &str) -> String {
        let personal = ["Ana Ruiz", "ana.ruiz@lighthouse.example", "Faro Azul S.L."];
        match check("password", password, &personal) {
            Ok(()) => "accepted".into(),
            Err(Error::Invalid { fields }) => fields[0].code.clone(),
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn p044_weak_and_breached_passwords_are_refused() {
        for (password, wanted) in [
            ("short", "password_too_short"),
            ("password123", "password_common"),
            ("qwertyuiop", "password_common"),
            ("1234567890", "password_common"),
            ("aaaaaaaaaaaaaa", "password_common"),
            ("iloveyou2020", "password_common"),
            ("lighthouse1", "password_personal"),
            ("Lighthouse-26", "password_personal"),
            ("quiet otter paints maps", "accepted"),
            ("v8$Kq!zR2m#Lp0Xw", "accepted"),
            ("contraseña de la abuela del faro", "accepted"),
        ] {
            assert_eq!(code(password), wanted, "{password}");
        }
        assert_eq!(code(&"ab c".repeat(50)), "password_too_long");
    }

    #[tokio::test]
    async fn p022_a_password_is_kept_hashed_with_its_own_salt() {
        let (one, two) =
            (hash("quiet otter paints".into()).await.unwrap(), hash("quiet otter paints".into()).await.unwrap());
        assert_ne!(one, two);
        assert!(one.starts_with("$argon2id$v=19$m=19456,t=2,p=1$") && !one.contains("otter"), "{one}");
        assert_eq!(
            verify("quiet otter paints".into(), Some(one.clone())).await.unwrap(),
            Verdict { matches: true, outdated: false }
        );
        assert!(!verify("quiet otter paint".into(), Some(one)).await.unwrap().matches);
        assert!(!verify("nobody's password".into(), None).await.unwrap().matches);
    }

    #[tokio::test]
    async fn p022_a_hash_of_lesser_cost_is_recognised() {
        let params = Params::new(8 * 1024, 1, 1, None).unwrap();
        let weak: PasswordHash =
            Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password(b"quiet otter").unwrap();
        let verdict = verify("quiet otter".into(), Some(weak.to_string())).await.unwrap();
        assert_eq!(verdict, Verdict { matches: true, outdated: true });
    }

    #[tokio::test]
    async fn two_spellings_of_one_letter_are_one_password() {
        let stored = hash("jose\u{301} otter maps".into()).await.unwrap();
        assert!(verify("josé otter maps".into(), Some(stored)).await.unwrap().matches);
    }
}
