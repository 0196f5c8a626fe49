//! Losses that are hours with a heavy tail to a power: with a finite mean or refused.

use super::{mistakes, read};

fn text(hours: &str, damage: &str) -> String {
    format!(
        "schema = 1\nid = \"t\"\ntitle = \"T\"\ncurrency = \"KRW\"\noutage.start = 2026-03-06T18:00:00\n\
         outage.phases.fire.hours = {hours}\n\
         services.pay = {{ phases = [\"fire\"], restored_after = \"2 h\" }}\nservices.map.restored_after = \"2 h\"\n\
         [cohorts.shops]\ntitle = \"Shops\"\nsize = 100\nservices = [\"pay\", \"map\"]\nhit = 1\n\
         loss = {{ share = 0.1, {damage}, severity = \"none\" }}\n[guidelines.none]\ntitle = \"None\"\nrules = []\n"
    )
}

#[test]
fn a_loss_has_a_finite_mean_or_is_refused() {
    let pareto = "{ law = \"pareto\", alpha = 1.5, minimum = \"10 h\" }";
    let power = |elasticity: &str| format!("damage = {{ rate = 100, elasticity = {elasticity} }}");
    let uncertain = power("{ law = \"uniform\", min = 0.5, max = 1.6 }");
    for damage in [power("1.5"), power("2"), uncertain.clone()] {
        let found = mistakes(read(&text(pareto, &damage)));
        assert!(found.len() == 1 && found[0].line == 14, "{damage}: {found:#?}");
        assert!(found[0].message.contains("the tail has the index 1.5 have no finite mean"), "{found:#?}");
        assert!(found[0].help.contains("below 1.5") && found[0].help.contains("`outage.phases.fire.hours`"));
    }
    let ends = "{ law = \"lognormal\", mean = \"10 h\", cv = 9 }";
    let points = "damage = { points = [[\"0 h\", 0], [\"10 h\", 1000]] }".to_string();
    let other = format!("{}, service = \"map\"", power("2"));
    for (hours, damage) in [(pareto, power("1.4")), (ends, uncertain), (pareto, points), (pareto, other)] {
        let outcome = read(&text(hours, &damage));
        assert!(outcome.is_ok(), "{hours}, {damage}: {outcome:?}");
    }
}

/// Where no service, or no phase, could be read that is told, and nothing else of what hangs on it.
#[test]
fn losses_without_a_service_to_hang_on_are_no_fault() {
    let text = text("\"10 h\"", "damage = { rate = 100, elasticity = 0.8 }");
    let services =
        "services.pay = { phases = [\"fire\"], restored_after = \"2 h\" }\nservices.map.restored_after = \"2 h\"\n";
    for other in
        ["", "services = 5\n", "services = []\n", "services = {}\n", "[[services]]\nrestored_after = \"2 h\"\n"]
    {
        assert_eq!(text.matches(services).count(), 1);
        let found = mistakes(read(&text.replace(services, other)));
        assert!(!found.is_empty(), "{other}");
    }
    let found = mistakes(read(&text.replace("outage.phases.fire.hours = \"10 h\"\n", "")));
    assert!(!found.is_empty());
}
