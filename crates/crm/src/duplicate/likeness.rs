//! How alike two texts in their normal form are, in percent. Symmetric; 100 means the same words.

/// Of names: each word is held against its likest counterpart (Jaro-Winkler), in whatever order; words that only one of
/// them has count half. Words with a digit are the same or not. None when one of them has no words.
pub fn names(a: &[String], b: &[String]) -> Option<u8> {
    if a.is_empty() || b.is_empty() {
        return None;
    }
    if a == b {
        return Some(100);
    }
    // The same whichever comes first.
    let (few, many) = if (a.len(), a) <= (b.len(), b) { (a, b) } else { (b, a) };
    let by_words = by_words(few, many);
    // "de lungra" and "delungra".
    let joined = if few.len() == many.len() { 0.0 } else { by_letters(&few.concat(), &many.concat()) };
    let most = if numbers(few) == numbers(many) { 1.0 } else { OTHER_NUMBER };
    Some(percent(by_words.max(joined).min(most), a.len() == b.len() && few.iter().all(|word| many.contains(word))))
}

/// Names with different numbers in them ("Firm 1" and "Firm 2") are at most this alike.
const OTHER_NUMBER: f64 = 0.69;

fn numbers(words: &[String]) -> Vec<&String> {
    let mut numbers: Vec<&String> = words.iter().filter(|word| word.bytes().any(|c| c.is_ascii_digit())).collect();
    numbers.sort();
    numbers
}

/// The likest pairs of words first, each word once.
fn by_words(few: &[String], many: &[String]) -> f64 {
    let mut all: Vec<(f64, usize, usize)> = Vec::with_capacity(few.len() * many.len());
    for (i, one) in few.iter().enumerate() {
        all.extend(many.iter().enumerate().map(|(j, other)| (word(one, other), i, j)));
    }
    all.sort_by(|x, y| {
        y.0.total_cmp(&x.0)
            .then_with(|| (few[x.1].as_str(), many[x.2].as_str()).cmp(&(few[y.1].as_str(), many[y.2].as_str())))
    });
    let (mut taken, mut met) = (vec![false; few.len()], vec![false; many.len()]);
    let (mut alike, mut letters) = (0.0, 0.0);
    for (likeness, i, j) in all {
        if taken[i] || met[j] {
            continue;
        }
        (taken[i], met[j]) = (true, true);
        let weight = weight(&few[i]) + weight(&many[j]);
        alike += likeness * weight;
        letters += weight;
    }
    letters += many.iter().zip(&met).filter(|(_, met)| !**met).map(|(word, _)| weight(word)).sum::<f64>();
    alike / letters
}

fn weight(word: &str) -> f64 {
    f64::from(u32::try_from(word.chars().count()).unwrap_or(u32::MAX))
}

fn word(a: &str, b: &str) -> f64 {
    if a == b {
        return 1.0;
    }
    if a.bytes().chain(b.bytes()).any(|c| c.is_ascii_digit()) {
        return 0.0;
    }
    let initial = |short: &str, long: &str| short.chars().count() == 1 && long.starts_with(short);
    if initial(a, b) || initial(b, a) {
        return 0.9;
    }
    // Not quite symmetric by itself where letters are far apart.
    let (a, b) = if a <= b { (a, b) } else { (b, a) };
    strsim::jaro_winkler(a, b)
}

/// Of lines, such as a street: by how many letters have to be put right (Damerau-Levenshtein, optimal alignment).
pub fn lines(a: &str, b: &str) -> Option<u8> {
    if a.is_empty() || b.is_empty() { None } else { Some(percent(by_letters(a, b), a == b)) }
}

/// The part of the letters that need not be put right.
fn by_letters(a: &str, b: &str) -> f64 {
    let wrong = f64::from(u32::try_from(strsim::osa_distance(a, b)).unwrap_or(u32::MAX));
    1.0 - wrong / weight(a).max(weight(b))
}

/// Rounded down, so that 100 is said of the same only.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 100")]
fn percent(likeness: f64, same: bool) -> u8 {
    if same { 100 } else { (likeness * 100.0).floor().clamp(0.0, 99.0) as u8 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::duplicate::form::words;
    use proptest::prelude::*;

    fn likeness(a: &str, b: &str) -> u8 {
        names(&words(a), &words(b)).unwrap_or(0)
    }

    #[test]
    fn people_read_the_figures_as_they_would_expect() {
        for (a, b, least) in [
            ("Ruiz, Ana", "Ana Ruiz", 100),
            ("Lucía Prieto", "Lucia Preito", 95),
            ("Lara Osfield", "Lara Osfoeld", 92),
            ("Mariana de la Cruz", "Mariana Delacruz", 90),
            ("J. Smith", "John Smith", 85),
            ("王小明", "王小明", 100),
        ] {
            assert!(likeness(a, b) >= least, "{a} / {b}: {}", likeness(a, b));
        }
        for (a, b) in [("Ana Ruiz", "Pedro Gómez"), ("Firm 1", "Firm 2"), ("Ana", "Ana Ruiz Etxeberria"), ("A", "")] {
            assert!(likeness(a, b) < 70, "{a} / {b}: {}", likeness(a, b));
        }
        assert_eq!(lines("6 tullaroop street", "6 tullarop street"), Some(94));
        assert_eq!(lines("", "a"), None);
    }

    proptest! {
        #[test]
        fn likeness_is_symmetric_bounded_and_100_only_of_the_same(a in "[a-d0-2éñ ]{0,14}", b in "[a-d0-2éñ ]{0,14}") {
            let (x, y) = (words(&a), words(&b));
            let one = names(&x, &y);
            prop_assert_eq!(one, names(&y, &x));
            prop_assert_eq!(names(&x, &x), if x.is_empty() { None } else { Some(100) });
            let (mut sorted, mut other) = (x.clone(), y.clone());
            sorted.sort();
            other.sort();
            if one == Some(100) { prop_assert_eq!(sorted, other); }
            let (x, y) = (x.join(" "), y.join(" "));
            prop_assert_eq!(lines(&x, &y), lines(&y, &x));
            prop_assert!(lines(&x, &y).is_none_or(|n| n <= 100 && (n < 100 || x == y)));
        }
    }
}
