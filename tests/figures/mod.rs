//! Figures: well-formed, complete, legible, the same every time, and calm in the face of extremes.

mod after;
mod budget;
mod frontier;
mod learned;
mod samples;
mod told;
mod tornado;

use redress::model::{Lang, Text};
use redress::output::figures::{
    Difference, Distribution, FigureData, Kind, blanks, files, layout, missing, png, svg, write_figures,
};
use redress::output::manifest::FileRecord;
use resvg::tiny_skia::Pixmap;
use resvg::usvg::roxmltree::Document;

const LANGS: [Lang; 2] = [Lang::En, Lang::Ko];

/// All texts of a figure in reading order, one space between.
fn words(kind: Kind, data: &FigureData, lang: Lang) -> String {
    let (_, boxes) = layout(kind, data, lang);
    boxes.into_iter().map(|b| b.text).collect::<Vec<String>>().join(" ")
}

#[test]
fn every_figure_is_well_formed_and_its_texts_stay_texts() {
    let data = samples::six();
    for (kind, lang) in Kind::ALL.into_iter().flat_map(|k| LANGS.map(|l| (k, l))) {
        let svg = svg(kind, &data, lang);
        let document = Document::parse(&svg).expect("SVG is XML");
        let texts: Vec<&str> =
            document.descendants().filter(|n| n.has_tag_name("text")).filter_map(|n| n.text()).map(str::trim).collect();
        let (_, boxes) = layout(kind, &data, lang);
        assert_eq!(texts, boxes.iter().map(|b| b.text.as_str()).collect::<Vec<&str>>(), "{kind:?}");
        assert!(svg.contains("Noto Sans KR, sans-serif"));
    }
}

#[test]
fn titles_and_values_are_there() {
    let data = samples::six();
    for (kind, lang) in Kind::ALL.into_iter().flat_map(|k| LANGS.map(|l| (k, l))) {
        let words = words(kind, &data, lang);
        for (index, guideline) in data.guidelines.iter().enumerate() {
            let baseline = kind == Kind::DifferenceToBaseline && data.baseline == Some(index);
            let title = guideline.title.get(lang);
            // The names above columns are clipped where they are longer than any shipped one.
            let start = title.split(' ').next().unwrap_or_default();
            let title = if kind == Kind::LossByCohort { start } else { title };
            assert!(baseline || words.contains(title), "{kind:?} lacks {title}: {words}");
        }
        assert!(words.contains(data.title.get(lang)) && words.contains("20221015") && words.contains("redress 0.1.0"));
    }
    let payout = words(Kind::PayoutDistribution, &data, Lang::En);
    for value in ["median 27.5 bn KRW", "pays nothing", "12 % of worlds", "0 KRW"] {
        assert!(payout.contains(value), "{value} in {payout}");
    }
    assert!(words(Kind::PayoutDistribution, &data, Lang::Ko).contains("중앙값 275억 원"));
    assert!(words(Kind::Exceedance, &data, Lang::Ko).contains("1,000회 중 1회"));
    assert!(words(Kind::ClaimsPayout, &data, Lang::En).contains("automatic · "));
    assert!(words(Kind::DifferenceToBaseline, &data, Lang::En).contains("cheaper in every world"));
}

#[test]
fn no_label_covers_another_or_leaves_the_sheet() {
    for (name, data) in samples::all() {
        for (kind, lang) in Kind::ALL.into_iter().flat_map(|k| LANGS.map(|l| (k, l))) {
            let ((width, height), boxes) = layout(kind, &data, lang);
            for (i, a) in boxes.iter().enumerate() {
                let inside =
                    a.area.left >= 0.0 && a.area.right <= width && a.area.top >= 0.0 && a.area.bottom <= height;
                assert!(inside, "{name}, {kind:?}: {a:?} leaves {width} × {height}");
                for b in &boxes[..i] {
                    assert!(!a.area.overlaps(&b.area), "{name}, {kind:?} {lang:?}: {a:?} covers {b:?}");
                }
            }
        }
    }
}

#[test]
fn the_embedded_font_has_every_letter() {
    for (name, data) in samples::all() {
        for (kind, lang) in Kind::ALL.into_iter().flat_map(|k| LANGS.map(|l| (k, l))) {
            let lacking = missing(&words(kind, &data, lang));
            assert!(lacking.is_empty(), "{name}, {kind:?}: no glyph for {lacking:?}");
        }
    }
    let syllables: String = ('가'..='힣').collect();
    assert!(missing(&syllables).is_empty());
    assert_eq!(missing("a\u{E000}b"), ['\u{E000}']);
}

#[test]
fn hangul_is_drawn_as_itself() {
    let draw = |text: &str| {
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"40\"><text x=\"4\" y=\"30\" \
             font-family=\"Noto Sans KR, sans-serif\" font-weight=\"bold\" font-size=\"24\">{text}</text></svg>"
        );
        png(&svg).expect("draws")
    };
    let blank = draw(" ");
    let box_for_missing = draw("\u{E000}");
    // 똠 and 햏 lie outside KS X 1001 and so outside the bold weight.
    for letter in ["똠", "햏", "보", "₩", "±"] {
        assert_ne!(draw(letter), blank, "{letter}");
        assert_ne!(draw(letter), box_for_missing, "{letter}");
    }
}

#[test]
fn png_is_twice_the_size_and_the_same_every_time() {
    let data = samples::six();
    for kind in Kind::ALL {
        let (first, second) = (svg(kind, &data, Lang::Ko), svg(kind, &data, Lang::Ko));
        assert_eq!(first, second);
        let bytes = png(&first).expect("draws");
        assert_eq!(bytes, png(&second).expect("draws"));
        let picture = Pixmap::decode_png(&bytes).expect("is PNG");
        let ((width, height), _) = layout(kind, &data, Lang::Ko);
        assert_eq!(picture.width(), 1800);
        assert_eq!(width, 900.0);
        assert!((f64::from(picture.height()) - 2.0 * height).abs() <= 2.0);
    }
}

#[test]
fn extremes_are_drawn() {
    for (name, data) in samples::all() {
        for kind in Kind::ALL {
            let svg = svg(kind, &data, Lang::En);
            assert!(!svg.contains("NaN") && !svg.contains("inf\"") && !svg.contains("e+"), "{name}, {kind:?}");
            if ["huge", "tiny", "no guideline"].contains(&name) {
                assert!(png(&svg).is_ok(), "{name}, {kind:?}");
            }
        }
    }
}

/// The share made good is the mean of the tables, which is not what remains of the mean loss.
#[test]
fn the_share_made_good_is_that_of_the_tables() {
    let mut data = samples::six();
    let cohorts = data.cohorts.len();
    for guideline in &mut data.guidelines {
        (guideline.made_good, guideline.made_good_by_cohort) = (0.21, vec![0.137; cohorts]);
        guideline.uncompensated_by_cohort = data.loss_by_cohort.iter().map(|loss| 0.5 * loss).collect();
    }
    data.guidelines[2].made_good = 0.3698;
    let told = words(Kind::LossByCohort, &data, Lang::En);
    assert!(told.contains("at most 37 % is made good in money on average"), "{told}");
    for share in ["37 %", "21 %", "14 %"] {
        assert!(told.contains(share), "{share} in {told}");
    }
    assert!(!told.contains("50 %"), "{told}");
}

/// Korean readers write ranges with a tilde.
#[test]
fn korean_ranges_have_a_tilde() {
    for kind in Kind::ALL {
        let told = words(kind, &samples::six(), Lang::Ko);
        let letters: Vec<char> = told.chars().collect();
        let ranges = letters.windows(3).filter(|w| w[1] == '–' && w[0] != ' ' && w[2] != ' ').count();
        assert_eq!(ranges, 0, "{kind:?}: {told}");
    }
}

/// A payout of 41.9 bn lies on an axis that ends at 50 bn, and not beyond one of thousands of millions that ends at 20.
#[test]
fn the_axis_of_payouts_covers_them() {
    let mut data = samples::six();
    data.guidelines.truncate(2);
    for (guideline, mean) in data.guidelines.iter_mut().zip([1e9, 4.19e10]) {
        guideline.payout = Distribution::from_samples(&[0.9 * mean, mean, 1.02 * mean]).with_mean(mean);
    }
    let told = words(Kind::ClaimsPayout, &data, Lang::En);
    assert!(told.contains("payout (bn KRW)") && told.contains("41.9 bn KRW"), "{told}");
    assert!(told.contains("1 2 5 10 20 50 payout"), "{told}");
}

#[test]
fn values_that_are_no_numbers_are_survived() {
    let mut data = samples::six();
    for guideline in &mut data.guidelines {
        guideline.payout = Distribution::from_samples(&[f64::NAN, f64::INFINITY, 1e9]);
        guideline.claims.mean = f64::NAN;
        guideline.payout_by_cohort = vec![f64::NAN, -1.0];
        guideline.uncompensated_by_cohort = vec![f64::NAN, -1.0];
        (guideline.made_good, guideline.made_good_by_cohort) = (f64::NAN, vec![f64::NAN, -1.0]);
        guideline.funnel.aware.mean = f64::NAN;
        guideline.funnel.paid.p95 = f64::INFINITY;
        (guideline.bill.legal, guideline.bill.net.p05) = (f64::NAN, f64::NAN);
        if let Some(course) = &mut guideline.course {
            course.peak.mean = f64::INFINITY;
            course.backlog.iter_mut().for_each(|d| d.value.p95 = f64::NAN);
            course.paid.iter_mut().for_each(|d| d.value.mean = f64::NAN);
            course.claims.iter_mut().for_each(|d| d.value.mean = f64::INFINITY);
            course.new_claims.iter_mut().for_each(|d| d.value.p95 = f64::INFINITY);
            course.new_claims.iter_mut().take(20).for_each(|d| d.value.mean = f64::NAN);
        }
        if let Some(d) = &mut guideline.difference {
            (d.mean, d.quantiles[4], d.cheaper) = (f64::NAN, f64::INFINITY, f64::NAN);
        }
    }
    data.budget = Some(f64::INFINITY);
    (data.hit.mean, data.losers.p05, data.loss_by_cohort[1]) = (f64::NAN, f64::INFINITY, f64::NAN);
    data.observed[0].value = f64::NAN;
    data.reports.iter_mut().for_each(|d| d.value.p05 = f64::INFINITY);
    data.new_reports.iter_mut().for_each(|d| d.value.mean = f64::NAN);
    for kind in Kind::ALL {
        assert!(png(&svg(kind, &data, Lang::Ko)).is_ok(), "{kind:?}");
    }
}

/// People who file are people: a person may send in several claims.
#[test]
fn people_who_file_are_not_called_claims() {
    let data = samples::six();
    let told = words(Kind::ClaimsPayout, &data, Lang::En);
    assert!(told.contains(" people") && !told.contains("claim"), "{told}");
    let told = words(Kind::ClaimsPayout, &data, Lang::Ko);
    assert!(told.contains('명') && !told.contains('건'), "{told}");
}

/// The figure of who gets it counts money, and says so where some guideline gives something else.
#[test]
fn who_gets_it_counts_money_alone() {
    let mut data = samples::six();
    for (lang, said) in [(Lang::En, "Money alone: vouchers"), (Lang::Ko, "돈만 센다.")] {
        data.guidelines[1].bill.in_kind = 1e9;
        assert!(words(Kind::WhoGetsIt, &data, lang).contains(said));
        data.guidelines.iter_mut().for_each(|g| g.bill.in_kind = 0.0);
        assert!(!words(Kind::WhoGetsIt, &data, lang).contains(said));
    }
}

/// A slice too narrow for its number has it above the bar.
#[test]
fn every_slice_that_is_seen_has_its_number() {
    let mut data = samples::six();
    data.guidelines.truncate(1);
    data.baseline = None;
    data.guidelines[0].payout_by_cohort = vec![1e9, 3e9, 100e9, 1e9, 60e9];
    let words = words(Kind::WhoGetsIt, &data, Lang::En);
    let number = |n: &str| words.split_whitespace().filter(|w| *w == n).count();
    // Once in the legend, and once in or above the bar.
    assert_eq!(["1", "2", "4"].map(number), [2, 2, 2], "{words}");
}

#[test]
fn markup_in_names_is_escaped() {
    let mut data = samples::six();
    data.title = Text::en("<script>&\"quotes\"");
    data.guidelines[1].title = Text::en("A & B < C");
    for kind in Kind::ALL {
        let svg = svg(kind, &data, Lang::En);
        assert!(Document::parse(&svg).is_ok() && !svg.contains("<script"));
    }
}

#[test]
fn a_quantile_function_draws_as_its_samples_do() {
    let samples: Vec<f64> = (0..=1000).map(|i| f64::from(i).powi(2)).collect();
    let points: Vec<(f64, f64)> = (0..=1000).map(|i| (f64::from(i) / 1000.0, f64::from(i).powi(2))).collect();
    let (a, b) = (Distribution::from_samples(&samples), Distribution::from_quantiles(&points, 333_500.0, 1001.0));
    for p in [0.0, 0.05, 0.333, 0.5, 0.95, 1.0] {
        assert!((a.quantile(p) - b.quantile(p)).abs() < 1e-6 * (1.0 + a.quantile(p)));
    }
    assert!((a.above(250_000.0) - b.above(250_000.0)).abs() < 0.002);
    assert!((a.zero_share() - b.zero_share()).abs() < 0.002);
}

#[test]
fn files_are_written_whole() {
    let dir = tempfile::tempdir().expect("a folder");
    let target = dir.path().join("figures");
    let files = write_figures(&target, &samples::six(), Lang::Ko).expect("written");
    assert_eq!(files.len(), 2 * Kind::ALL.len());
    let mut there: Vec<_> = std::fs::read_dir(&target).expect("read").map(|e| e.expect("entry").path()).collect();
    there.sort();
    let mut told: Vec<_> = files.iter().map(|f| target.join(&f.path)).collect();
    told.sort();
    assert_eq!(there, told, "nothing else is left behind");
    let same = |f: &FileRecord| FileRecord::of_file(&target, &f.path).expect("read") == *f;
    assert!(files.iter().all(same), "what is told of them is what stands there");
    let file = dir.path().join("file");
    std::fs::write(&file, "x").expect("written");
    assert!(write_figures(&file, &samples::six(), Lang::En).is_err());
}

/// A Korean figure in a file needs no font: it has no text, says in words what it shows, and looks as its PNG does. An English one
/// stays as it is.
#[test]
fn korean_figures_in_files_are_outlines() {
    let data = samples::six();
    for kind in Kind::ALL {
        let drawn = svg(kind, &data, Lang::Ko);
        let (picture, document) = files(&drawn).expect("draws");
        let parsed = Document::parse(&document).expect("SVG is XML");
        assert!(!parsed.descendants().any(|n| n.has_tag_name("text")), "{kind:?}");
        assert!(!document.contains("font-family") && document.contains("xml:lang=\"ko\""), "{kind:?}");
        let read = |tag: &str| parsed.descendants().find(|n| n.has_tag_name(tag)).and_then(|n| n.text()).unwrap_or("");
        let (_, boxes) = layout(kind, &data, Lang::Ko);
        let said: Vec<&str> = boxes.iter().map(|b| b.text.as_str()).collect();
        assert_eq!(read("desc"), said.join(" · "), "{kind:?}");
        assert!(!read("title").is_empty());
        assert_eq!(picture, png(&drawn).expect("draws"));
        let [from_texts, from_outlines] =
            [&picture, &png(&document).expect("draws")].map(|bytes| Pixmap::decode_png(bytes).expect("is PNG"));
        assert_eq!((from_texts.width(), from_texts.height()), (from_outlines.width(), from_outlines.height()));
        let pairs = from_texts.data().iter().zip(from_outlines.data());
        let off: f64 = pairs.map(|(a, b)| f64::from(a.abs_diff(*b))).sum::<f64>() / from_texts.data().len() as f64;
        assert!(off < 0.2, "{kind:?}: {off} of 255 on average");
    }
    let english = svg(Kind::Funnel, &data, Lang::En);
    assert_eq!(files(&english).expect("draws").1, english);
}

/// A letter that the font lacks is left blank, and told.
#[test]
fn letters_that_are_left_blank_are_known() {
    let mut data = samples::six();
    data.title = Text::en("\u{E010} twice \u{E010}");
    files(&svg(Kind::Funnel, &data, Lang::En)).expect("draws");
    assert_eq!(blanks().iter().filter(|c| **c == '\u{E010}').count(), 1);
}

/// 953,000 and 3.79 million in one short range, and a sum of seventeen digits beside a narrow bar: neither is cut.
#[test]
fn no_figure_is_cut() {
    let mut data = samples::six();
    for guideline in &mut data.guidelines {
        guideline.uncompensated_by_cohort.iter_mut().for_each(|v| *v = 2.76e17);
        for day in guideline.course.iter_mut().flat_map(|c| &mut c.new_claims).filter(|d| d.value.mean > 0.0) {
            (day.value.mean, day.value.p05, day.value.p95) = (2.24e6, 953_000.0, 3.79e6);
        }
    }
    data.loss_by_cohort.iter_mut().for_each(|v| *v = 3e17);
    for lang in LANGS {
        for kind in [Kind::NewClaims, Kind::LossByCohort, Kind::DaysToPayment, Kind::Backlog, Kind::CostWaterfall] {
            let (_, boxes) = layout(kind, &data, lang);
            // Long names may be; a figure may not.
            let cut = boxes.iter().find(|b| b.text.ends_with('…') && b.text.starts_with(|c: char| c.is_ascii_digit()));
            assert!(cut.is_none(), "{kind:?}: {cut:?}");
        }
    }
    assert!(words(Kind::NewClaims, &data, Lang::En).contains("0.953–3.79 million"));
    assert!(words(Kind::LossByCohort, &data, Lang::En).contains("276,000 tn"));
}

/// Labels of people who file stay within the plot.
#[test]
fn labels_end_where_the_plot_does() {
    let (_, boxes) = layout(Kind::ClaimsPayout, &samples::six(), Lang::En);
    let details = boxes.iter().filter(|b| b.text.contains(" people · "));
    assert!(details.clone().count() > 2 && details.clone().all(|b| b.area.right <= 866.0), "{boxes:?}");
}

/// One other guideline costs more, less, or the same; two others are both.
#[test]
fn the_title_of_differences_says_which_way() {
    let mut data = samples::six();
    let known = |mean: f64, mean_ci: (f64, f64)| {
        Some(Difference { mean, mean_ci, quantiles: [mean; 5], ..Difference::default() })
    };
    let difference = |mean: f64| known(mean, (mean, mean));
    let base = data.baseline.expect("a baseline");
    data.guidelines.swap(0, base);
    data.baseline = Some(0);
    data.guidelines[0].difference = None;
    data.guidelines.truncate(3);
    for g in [1, 2] {
        data.guidelines[g].difference = difference(4.94e8);
    }
    assert!(
        words(Kind::DifferenceToBaseline, &data, Lang::En).starts_with("Both other guidelines cost more on average")
    );
    data.guidelines.truncate(2);
    for (mean, en, ko) in [
        (4.94e8, "higher on average", "더 많음"),
        (-4.94e8, "lower on average", "더 적음"),
        (0.0, "the same on average", "같음"),
    ] {
        data.guidelines[1].difference = difference(mean);
        assert!(words(Kind::DifferenceToBaseline, &data, Lang::En).contains(&format!(": {en} ")), "{mean}");
        assert!(words(Kind::DifferenceToBaseline, &data, Lang::Ko).contains(&format!("평균 비용: {ko} ")), "{mean}");
    }
}

/// A difference whose interval has both signs is told as open, whatever sign its mean has.
#[test]
fn the_title_of_differences_tells_what_is_not_settled() {
    let mut data = samples::six();
    let base = data.baseline.expect("a baseline");
    data.guidelines.swap(0, base);
    data.baseline = Some(0);
    data.guidelines[0].difference = None;
    data.guidelines.truncate(4);
    for (g, mean, mean_ci) in [(1, -6.4e6, (-19.1e6, 6.3e6)), (2, -8e8, (-9e8, -7e8)), (3, 3e6, (1e6, 5e6))] {
        data.guidelines[g].difference =
            Some(Difference { mean, mean_ci, quantiles: [mean; 5], ..Difference::default() });
    }
    let title = |data: &FigureData, lang| words(Kind::DifferenceToBaseline, data, lang);
    let (en, ko) = (title(&data, Lang::En), title(&data, Lang::Ko));
    assert!(en.contains("1 of 3 guidelines cost less on average") && en.contains("; of 1 it is not settled"), "{en}");
    assert!(ko.contains("3개 중 1개, 분명하지 않은 안 1개"), "{ko}");
    data.guidelines.truncate(2);
    assert!(title(&data, Lang::En).contains("which is higher on average is not settled"));
    assert!(title(&data, Lang::Ko).contains("많고 적음이 분명하지 않음"));
}
