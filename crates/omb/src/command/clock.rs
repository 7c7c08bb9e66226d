//! `omb clock`: shows and moves the time of an instance that is for trying things out.

use anyhow::{Context, Result, bail};
use chrono::{DateTime, TimeDelta, Utc};
use clap::Subcommand;
use kernel::Clock;

use crate::{config::Config, movable};

#[derive(Debug, Clone, Copy, Subcommand)]
pub enum Move {
    /// Print what time it is for the instance.
    Show,
    /// Move the clock on by a duration such as 90s, 10m, 36h, 30d, 2w or 5y; -1h moves it back.
    #[command(allow_negative_numbers = true)]
    Advance {
        #[arg(value_parser = duration, allow_hyphen_values = true)]
        by: TimeDelta,
    },
    /// Set the clock to a time such as 2028-02-29T23:59:30Z; it runs on from there.
    Set { time: DateTime<Utc> },
    /// Return to the machine's time.
    Back,
}

pub fn run(config: &Config, to: Move) -> Result<()> {
    let file = || format!("the file of the clock in {}", config.data_dir.display());
    let Some(offset) = movable::offset(&config.data_dir).with_context(file)? else {
        bail!(
            "the clock of the instance in {} does not move. It can be moved only where the product was started with \
             `omb serve --demo`, or with OMB_TEST=1: never with real customers.",
            config.data_dir.display()
        );
    };
    let clock = Clock::system();
    clock.set_offset(offset);
    match to {
        Move::Show => {}
        Move::Advance { by } => clock.advance(by),
        Move::Set { time } => clock.advance(time - clock.now()),
        Move::Back => clock.set_offset(TimeDelta::zero()),
    }
    if clock.offset() != offset {
        movable::set_offset(&config.data_dir, clock.offset()).with_context(file)?;
    }
    let ahead = clock.offset().num_seconds();
    println!("It is {} ({ahead} s from the machine's time).", clock.now().format("%Y-%m-%dT%H:%M:%SZ"));
    Ok(())
}

/// `10m`, `-1h`, `5y`: a whole number and a unit. A year is 365 days.
fn duration(text: &str) -> Result<TimeDelta, String> {
    let wanted = || "use a whole number and s, m, h, d, w or y, such as 90s, 36h or 5y".to_owned();
    let unit = text.chars().last().ok_or_else(wanted)?;
    let seconds = match unit {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        'd' => 86_400,
        'w' => 7 * 86_400,
        'y' => 365 * 86_400,
        _ => return Err(wanted()),
    };
    let number: i64 = text[..text.len() - unit.len_utf8()].parse().map_err(|_| wanted())?;
    let most = 200 * 365 * 86_400;
    let by = number.checked_mul(seconds).filter(|by| by.abs() <= most).ok_or("200 years are the limit")?;
    Ok(TimeDelta::seconds(by))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_a_number_and_a_unit() {
        assert_eq!(duration("90s"), Ok(TimeDelta::seconds(90)));
        assert_eq!(duration("-1h"), Ok(TimeDelta::hours(-1)));
        assert_eq!(duration("5y"), Ok(TimeDelta::days(5 * 365)));
        for bad in ["", "5", "h", "1.5h", "5 d", "9é", "999999999999999999y", "300y"] {
            assert!(duration(bad).is_err(), "{bad:?}");
        }
    }
}
