//! The filing ladder: published shares of who files, by burden, value and notice, and what is to be made of them.

use super::Text;

/// Evidence and what goes with it.
#[derive(Clone, Debug, Default)]
pub struct Ladder {
    /// What an hour of work is worth.
    pub wages: Vec<Wage>,
    /// Hours that each of [`super::burden::TASKS`] takes.
    pub tasks: [f64; super::burden::TASKS.len()],
    /// Ways to claim.
    pub regimes: Vec<Regime>,
    /// Ways to learn of it.
    pub channels: Vec<Channel>,
    /// Published shares.
    pub rungs: Vec<Rung>,
    /// Shares of the filed that were paid.
    pub approvals: Vec<Approval>,
    /// Profiles that follow.
    pub profiles: Vec<Named>,
    /// Events to forecast.
    pub forecasts: Vec<Event>,
}

impl Ladder {
    /// The profile of the way to claim and the notice of a rung, if there is one.
    pub fn profile_of(&self, rung: &Rung) -> Option<&Named> {
        self.profiles.iter().find(|p| (p.regime, p.channel) == (rung.regime, rung.channel))
    }

    /// The ladder without the evidence of one study or event.
    pub fn without(&self, study: &str) -> Ladder {
        let mut rest = self.clone();
        rest.rungs.retain(|r| r.study != study);
        rest.approvals.retain(|a| a.study != study);
        rest
    }

    /// The ladder with the evidence alone that was published before a date, `YYYY-MM-DD`.
    pub fn known_before(&self, date: &str) -> Ladder {
        let mut then = self.clone();
        then.rungs.retain(|r| r.published.as_str() < date);
        then.approvals.retain(|a| a.published.as_str() < date);
        then
    }

    /// Names of the studies whose rungs are fitted, each once, in order.
    pub fn studies(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for rung in self.rungs.iter().filter(|r| r.fitted) {
            if !names.contains(&rung.study) {
                names.push(rung.study.clone());
            }
        }
        names
    }
}

/// One hour's typical wage.
#[derive(Clone, Debug, Default)]
pub struct Wage {
    /// Currency.
    pub currency: String,
    /// Year.
    pub year: u32,
    /// Wage for an hour.
    pub hour: f64,
    /// Whence.
    pub note: String,
    /// Address of the source; empty if assumed.
    pub url: String,
}

/// A way to claim.
#[derive(Clone, Debug, Default)]
pub struct Regime {
    /// Name.
    pub id: String,
    /// Title.
    pub title: Text,
    /// Hours that the task takes, above 0.
    pub hours: f64,
}

/// A way to learn of it.
#[derive(Clone, Debug, Default)]
pub struct Channel {
    /// Name.
    pub id: String,
    /// Title.
    pub title: Text,
    /// Prior median of awareness, between 0 and 1.
    pub middle: f64,
    /// Prior spread on the logit scale.
    pub sd: f64,
}

/// One published share.
#[derive(Clone, Debug, Default)]
pub struct Rung {
    /// Study or event; rungs of one study share what is peculiar to it.
    pub study: String,
    /// Title.
    pub title: Text,
    /// Index of the regime.
    pub regime: usize,
    /// Index of the channel.
    pub channel: usize,
    /// Value at stake in hours of wage.
    pub hours: f64,
    /// Its spread on the log scale.
    pub value_sd: f64,
    /// Share who filed, between 0 and 1.
    pub share: f64,
    /// Its spread on the logit scale.
    pub sd: f64,
    /// False for what is shown only.
    pub fitted: bool,
    /// Derivation.
    pub note: String,
    /// Day on which share and value were to be read, `YYYY-MM-DD`.
    pub published: String,
    /// Address of the source.
    pub url: String,
    /// Grade of evidence.
    pub grade: String,
}

/// Of those who filed, how many were paid.
#[derive(Clone, Debug, Default)]
pub struct Approval {
    /// Study or event.
    pub study: String,
    /// Share, between 0 and 1.
    pub share: f64,
    /// Day on which it was to be read, `YYYY-MM-DD`.
    pub published: String,
}

/// A profile that every scenario finds by name.
#[derive(Clone, Debug, Default)]
pub struct Named {
    /// Name.
    pub id: String,
    /// Title.
    pub title: Text,
    /// Index of the regime.
    pub regime: usize,
    /// Index of the channel.
    pub channel: usize,
}

/// An event to forecast, with what was known before its scheme opened and what happened.
#[derive(Clone, Debug, Default)]
pub struct Event {
    /// Study to leave out.
    pub study: String,
    /// Title.
    pub title: Text,
    /// Index of the regime.
    pub regime: usize,
    /// Index of the channel.
    pub channel: usize,
    /// Day on which its scheme opened for claims, `YYYY-MM-DD`.
    pub opened: String,
    /// People who could file: least, likeliest, most.
    pub people: [f64; 3],
    /// Awards in hours of wage, with the share of people for each.
    pub awards: Vec<(f64, f64)>,
    /// How many filed.
    pub filed: f64,
    /// How many were paid.
    pub paid: f64,
    /// Whence.
    pub note: String,
}
