//! What comes after the awards, in sentences: procedures, reports, courts, who bears the cost.

use super::Teller;
use super::page::Page;
use crate::chance::law::Law;
use crate::model::court::{Instance, Issue, Plaintiffs};
use crate::model::procedure::{Arrival, Order, Procedure};
use crate::model::{Filing, Q, Unit};
use crate::scenario::exact;

impl Teller<'_> {
    /// Everything that the scenario says of it.
    pub(super) fn aftermath(&mut self, page: &mut Page) {
        let all = &self.scenario.aftermath;
        if !all.procedures.is_empty() {
            page.heading(self.pick("From award to money: procedures", "보상에서 지급까지: 절차"));
            self.procedures().iter().for_each(|told| page.item(2, told));
        }
        self.channel(page);
        self.counted(page);
        if !all.courts.is_empty() {
            page.heading(self.pick("The courts", "소송"));
            for issue in &all.courts {
                let told = self.issue(issue);
                page.item(2, &told);
            }
        }
        self.bearing(page);
        self.valuation(page);
    }

    /// The procedures, each as a paragraph.
    pub(super) fn procedures(&mut self) -> Vec<String> {
        let all = &self.scenario.aftermath.procedures;
        all.iter().enumerate().map(|(i, p)| self.procedure(i, p)).collect()
    }

    fn procedure(&mut self, index: usize, p: &Procedure) -> String {
        let mut told = vec![format!("{}:", self.name(&p.title)), self.followers(index)];
        if self.pays_unasked(index) {
            let automatic = self.inline(p.automatic_after_hours);
            told.push(self.say(
                format!("What needs no claim is paid {automatic} after the outage."),
                format!("신청이 필요 없는 것은 장애 뒤 {automatic}에 지급한다."),
            ));
        }
        if p.takes_claims {
            let (opens, window) = (self.inline(p.opens_after_hours), self.inline(p.window_hours));
            told.push(self.say(
                format!("Claims open {opens} after the outage, for {window}."),
                format!("신청은 장애 뒤 {opens}에 열려 {window} 동안 받는다."),
            ));
            told.push(self.arrival(&p.arrival));
            told.push(self.order(&p.order));
            told.push(self.desk(p));
            told.extend(self.appeal(p));
            told.extend(self.gives_up(p));
            told.extend(self.duplicates(p));
        }
        if let Some(late) = &p.late {
            let (due, rate) = (self.inline(late.deadline_hours), self.inline(late.interest_year));
            let multiplied = self.scenario.quantities.get(late.factor).law != Law::Constant(1.0);
            told.push(match multiplied {
                true => {
                    let factor = self.inline(late.factor);
                    self.say(
                        format!(
                            "What is paid later than {due} after filing bears {rate} interest a year, times {factor}."
                        ),
                        format!("신청 뒤 {due}보다 늦으면 연 {rate}의 이자가 붙고 {factor}배가 된다."),
                    )
                }
                false => self.say(
                    format!("What is paid later than {due} after filing bears {rate} interest a year."),
                    format!("신청 뒤 {due}보다 늦으면 연 {rate}의 이자가 붙는다."),
                ),
            });
        }
        told.retain(|t| !t.is_empty());
        told.join(" ")
    }

    /// Whose rules follow a procedure.
    fn followers(&self, procedure: usize) -> String {
        let follows = |g: &&crate::model::Guideline| g.rules.iter().any(|r| r.procedure == Some(procedure));
        let names: Vec<String> =
            self.scenario.guidelines.iter().filter(follows).map(|g| self.name(&g.title).to_string()).collect();
        match names.is_empty() {
            true => self.pick("Nothing follows it.", "따르는 기준안이 없다.").into(),
            false => {
                let names = self.list(&names);
                self.say(format!("Followed by: {names}."), format!("적용: {names}."))
            }
        }
    }

    /// True where a rule that follows a procedure needs no claim.
    fn pays_unasked(&self, procedure: usize) -> bool {
        let rules = self.scenario.guidelines.iter().flat_map(|g| &g.rules);
        let mut unasked = rules.filter(|r| matches!(r.filing, Filing::Automatic { .. }));
        unasked.any(|r| r.procedure == Some(procedure))
    }

    /// Money an hour of work.
    fn wage(&mut self, q: Q) -> String {
        let quantity = self.scenario.quantities.get(q);
        let words = self.law(&quantity.law, Unit::Money);
        format!("{words}{}", self.mark(q))
    }

    fn arrival(&mut self, a: &Arrival) -> String {
        let half = self.inline(a.half_hours);
        let mut told = vec![self.say(
            format!("Half of those whom no deadline drives file within {half}."),
            format!("마감에 쫓기지 않는 사람의 절반이 {half} 안에 신청한다."),
        )];
        if !self.is(a.shape, 1.0) {
            let shape = self.inline(a.shape);
            told.push(
                self.say(format!("Weibull shape of their delay: {shape}."), format!("지연의 와이불 모수: {shape}.")),
            );
        }
        if !self.is(a.deadline_share, 0.0) {
            let share = self.inline(a.deadline_share);
            told.push(self.say(format!("The deadline drives {share}."), format!("{share}는 마감에 몰린다.")));
        }
        if !self.is(a.swing, 0.0) {
            let swing = self.inline(a.swing);
            told.push(self.say(
                format!("A mean day's number swings by {swing} of itself."),
                format!("하루 건수의 변동계수는 {swing}이다."),
            ));
        }
        for shock in &a.shocks {
            let (times, fades) = (self.inline(shock.times), self.inline(shock.fade_hours));
            let day = shock.day;
            told.push(self.say(
                format!(
                    "Publicity moves people to day {day}: {times} times as many as otherwise beside the other days, half of \
                     the surplus gone after {fades}; no more of them in all."
                ),
                format!(
                    "{day}일째에는 보도로 다른 날에 견주어 평소의 {times}배가 되고 늘어난 몫의 절반은 {fades} 뒤에 사라진다. 날짜만 \
                     옮겨질 뿐 전체 인원은 늘지 않는다."
                ),
            ));
        }
        told.join(" ")
    }

    fn order(&mut self, order: &Order) -> String {
        match order {
            Order::VerifyFirst => self.pick("Claims are reviewed, then paid.", "심사한 뒤 지급한다.").into(),
            Order::FirstCompensate { advance, recovered } => {
                let (advance, recovered) = (self.inline(*advance), self.inline(*recovered));
                self.say(
                    format!(
                        "First {advance} of the award is paid, then claims are reviewed; {recovered} of what was paid \
                         without right comes back."
                    ),
                    format!("먼저 보상액의 {advance}를 주고 나중에 심사하며, 잘못 준 돈의 {recovered}를 돌려받는다."),
                )
            }
        }
    }

    fn desk(&mut self, p: &Procedure) -> String {
        let reviewed = match p.staff.iter().all(|(_, people)| self.is(*people, 0.0)) {
            true => self.pick("Nobody reviews.", "심사하지 않음.").to_string(),
            false => self.reviewers(p),
        };
        let (every, transfer) = (self.inline(p.pay_every_hours), self.inline(p.transfer_hours));
        let paid = self.say(
            format!("Payment runs every {every}, the money there {transfer} later."),
            format!("{every}마다 지급하며 {transfer} 뒤에 도착한다."),
        );
        format!("{reviewed} {paid}")
    }

    /// Who reviews, and when they work.
    fn reviewers(&mut self, p: &Procedure) -> String {
        let staff: Vec<String> = p
            .staff
            .iter()
            .map(|(after, people)| {
                let people = self.inline(*people);
                if self.is(*after, 0.0) {
                    return people;
                }
                let after = self.inline(*after);
                self.say(format!("{people} from {after} after the opening"), format!("개시 {after} 뒤부터 {people}"))
            })
            .collect();
        let (staff, work) = (self.list(&staff), self.inline(p.work_day_hours));
        let (days, mark) = (p.days_week, self.source_of(&format!("procedures.{}.days_a_week", p.id)));
        let wage = self.wage(p.wage_hour);
        self.say(
            format!("Reviewers: {staff}, {work} a day, {days} days a week{mark}, at {wage} an hour."),
            format!("심사 인력: {staff}, 하루 {work}, 주 {days}일{mark}, 시간당 {wage}."),
        )
    }

    fn appeal(&mut self, p: &Procedure) -> Option<String> {
        if self.is(p.appeal.share, 0.0) {
            return None;
        }
        let (share, upheld) = (self.inline(p.appeal.share), self.inline(p.appeal.upheld));
        let (after, work) = (self.inline(p.appeal.after_hours), self.inline(p.appeal.work_hours));
        Some(self.say(
            format!(
                "Of the refused {share} appeal; {upheld} of appeals are upheld, {after} later, at {work} of work each."
            ),
            format!("거절된 사람의 {share}가 이의를 제기하고 그중 {upheld}가 받아들여진다({after} 뒤, 건당 {work})."),
        ))
    }

    fn gives_up(&mut self, p: &Procedure) -> Option<String> {
        let share = self.inline(p.gives_up?);
        Some(self.say(
            format!("Of those who wait for their money {share} give up in a month."),
            format!("돈을 기다리는 사람 가운데 한 달에 {share}가 포기한다."),
        ))
    }

    fn duplicates(&mut self, p: &Procedure) -> Option<String> {
        let d = p.duplicates?;
        let [share, detected, work] = [d.share, d.detected, d.work_hours].map(|q| self.inline(q));
        Some(self.say(
            format!("Of the claims {share} come twice, at {work} of work each; {detected} of these are found out, the others paid again."),
            format!("신청의 {share}는 두 번 들어온다(건당 작업 {work}). 그중 {detected}가 드러나고 나머지는 또 지급한다."),
        ))
    }

    fn channel(&mut self, page: &mut Page) {
        let Some(channel) = &self.scenario.aftermath.channel else { return };
        page.heading(self.pick("Reports by day", "날짜별 접수"));
        let (opens, window) = (self.inline(channel.opens_after_hours), self.inline(channel.window_hours));
        let open = self.say(
            format!("The channel opens {opens} after the outage, for {window}."),
            format!("접수 창구는 장애 뒤 {opens}에 열려 {window} 동안 운영된다."),
        );
        let arrival = self.arrival(&channel.arrival);
        page.paragraph(2, &format!("{open} {arrival}"));
    }

    /// What was counted, and what came later.
    fn counted(&mut self, page: &mut Page) {
        let after = &self.scenario.aftermath;
        if after.observed.is_empty() && after.outcomes.is_empty() {
            return;
        }
        page.heading(self.pick("What was counted", "실제 집계"));
        let known = after.observed.iter().map(|o| (o, self.pick("By", "")));
        let later = after.outcomes.iter().map(|o| (o, self.pick("Later, by", "이후")));
        let rows: Vec<_> = known.chain(later).collect();
        for (o, lead) in rows {
            let what = self.name(&o.what).to_string();
            let group = super::super::observed::of_whom(o, self.scenario);
            let of = if group.is_empty() { group } else { format!(" [{group}]") };
            let cite = o.source.map_or_else(String::new, |i| format!(" {}", self.cite(i)));
            let value = match o.measured.unit {
                Unit::Money => exact::money(o.value, &self.scenario.currency, self.lang),
                Unit::Share => format!("{}{}", exact::number(100.0 * o.value), self.pick(" %", "%")),
                _ => exact::figure(o.value, self.lang),
            };
            let (on, day) = (&o.on, o.day);
            let text = self.say(
                format!("{lead} {on} (day {day}): {what}{of} {value}{cite}."),
                format!("{lead} {on}({day}일째)까지 {what}{of} {value}{cite}."),
            );
            page.item(2, text.trim_start());
        }
    }

    fn issue(&mut self, issue: &Issue) -> String {
        let names: Vec<String> =
            issue.cohorts.iter().map(|i| self.name(&self.scenario.cohorts[*i].title).to_string()).collect();
        let who = self.list(&names);
        let base = match issue.plaintiffs {
            Plaintiffs::Losers => self.pick("over losses not made good", "메워지지 않은 손해"),
            Plaintiffs::Hit => self.pick("whether or not they lost money", "손해가 없어도"),
        };
        let mut told = vec![self.say(
            format!("{}: {who} may sue, {base}.", self.name(&issue.title)),
            format!("{}: 소송할 수 있는 사람은 다음과 같다({base}): {who}.", self.name(&issue.title)),
        )];
        told.push(self.takeup(&issue.suing, true));
        let filed = self.inline(issue.filed_after_hours);
        told.push(self.say(format!("They sue {filed} after the outage."), format!("제소는 장애 뒤 {filed}.")));
        for (i, instance) in issue.instances.iter().enumerate() {
            told.push(self.instance(i + 1, instance));
        }
        let mut given = Vec::new();
        if !self.is(issue.award_share, 0.0) {
            let share = self.inline(issue.award_share);
            given.push(self.say(format!("{share} of the loss not made good"), format!("메워지지 않은 손해의 {share}")));
        }
        if !self.is(issue.distress, 0.0) {
            let distress = self.inline(issue.distress);
            given.push(self.say(format!("{distress} for distress"), format!("위자료 {distress}")));
        }
        let given = self.list(&given);
        told.push(self.say(format!("A winner is awarded {given}."), format!("이긴 사람이 받는 것: {given}.")));
        let (before, after) = (self.inline(issue.interest_year.0), self.inline(issue.interest_year.1));
        told.push(self.say(
            format!("Interest a year: {before} until the suit, {after} from then on."),
            format!("연 이자: 제소 전 {before}, 그 뒤 {after}."),
        ));
        let (follow, joint, size) =
            (self.inline(issue.follow_on), self.inline(issue.joint.0), self.inline(issue.joint.1));
        told.push(self.say(
            format!("After a win {follow} of the others sue. In common suits of {size}: {joint}."),
            format!("승소 뒤 나머지의 {follow}가 제소한다. {size}명 단위 공동소송: {joint}."),
        ));
        let costs = [issue.costs.plaintiffs, issue.costs.company, issue.costs.loser_pays].map(|q| self.inline(q));
        let [theirs, ours, shifted] = costs;
        told.push(self.say(
            format!("A suit and instance costs the plaintiffs {theirs} and the company {ours}; the loser bears {shifted} of the winner's."),
            format!("심급별 소송비용: 원고 {theirs}, 회사 {ours}; 패소자가 상대 비용의 {shifted}를 부담한다."),
        ));
        told.extend(self.ways_out(issue));
        told.join(" ")
    }

    fn instance(&mut self, number: usize, i: &Instance) -> String {
        let [win, proven, takes] = [i.win, i.proven, i.hours].map(|q| self.inline(q));
        let decided = self.say(
            format!(
                "Instance {number}, {takes}: won with probability {win}, for all or none; {proven} of plaintiffs then prove \
                 their case."
            ),
            format!("{number}심({takes}): 모두에게 승소 확률 {win}, 그때 원고의 {proven}가 입증한다."),
        );
        if self.is(i.appeal, 0.0) && self.is(i.company_appeals, 0.0) {
            return decided;
        }
        let [appeal, company] = [i.appeal, i.company_appeals].map(|q| self.inline(q));
        let further = self.say(
            format!("{appeal} of losing plaintiffs go on, a losing company with probability {company}."),
            format!("진 원고의 {appeal}가 상소하고 진 회사는 {company}의 확률로 상소한다."),
        );
        format!("{decided} {further}")
    }

    /// The small track, settlement, mediation.
    fn ways_out(&mut self, issue: &Issue) -> Vec<String> {
        let mut told = Vec::new();
        if let Some(s) = &issue.small_claims {
            let (limit, factor) = (self.inline(s.limit), self.inline(s.factor));
            told.push(self.say(
                format!("Up to {limit} time and costs are {factor} times that."),
                format!("{limit}까지는 기간과 비용이 {factor}배다."),
            ));
        }
        if let Some((offer, accepted)) = issue.settlement {
            let (offer, accepted) = (self.inline(offer), self.inline(accepted));
            told.push(self.say(
                format!("Settlement: {offer} of the award is offered, {accepted} accept."),
                format!("합의: 인용액의 {offer}를 제안하면 {accepted}가 받아들인다."),
            ));
        }
        if let Some(m) = &issue.mediation {
            let parts: [Q; 5] = [m.share, m.company_accepts, m.people_accept, m.award_share, m.hours];
            let [share, company, people, award, takes] = parts.map(|q| self.inline(q));
            let (too, too_ko) = match self.is(issue.distress, 0.0) {
                true => ("", ""),
                false => (" and of the sum for distress", "와 위자료 합계"),
            };
            told.push(self.say(
                format!(
                    "Mediation of {share}, {takes}: the company accepts with probability {company}, {people} of people do; it \
                     gives {award} of the loss{too}."
                ),
                format!("조정({share}, {takes}): 회사 수락 확률 {company}, 신청인 수락 {people}, 손해{too_ko}의 {award}를 받는다."),
            ));
        }
        told
    }

    fn bearing(&mut self, page: &mut Page) {
        let scenario = self.scenario;
        let bearing = &scenario.aftermath.bearing;
        if bearing.is_nothing() {
            return;
        }
        page.heading(self.pick("Who bears the cost", "비용 부담"));
        if let Some(s) = &bearing.cost_split {
            let (share, partner) = (self.inline(s.share), s.partner.get(self.lang).to_string());
            page.item(
                2,
                &self.say(
                    format!("{partner} bears {share} of the cost by agreement."),
                    format!("비용 분담 합의: {partner}, 비용의 {share} 부담."),
                ),
            );
        }
        if let Some(r) = bearing.recourse {
            let [win, share, cost] = [r.win, r.share, r.cost].map(|q| self.inline(q));
            let limit = match self.is(r.limit, f64::INFINITY) {
                true => String::new(),
                false => {
                    let limit = self.inline(r.limit);
                    self.say(format!(", at most {limit}"), format!(", 최대 {limit}"))
                }
            };
            let (of, left) = match bearing.cost_split {
                Some(_) => ("what is left of the cost", "남은 비용"),
                None => ("the cost", "비용"),
            };
            page.item(2, &self.say(
                format!("Recourse succeeds with probability {win} and brings {share} of {of}{limit}; to try costs {cost}."),
                format!("구상은 {win}의 확률로 성공하여 {left}의 {share}를 받는다{limit}. 드는 비용 {cost}."),
            ));
        }
        if let Some(i) = bearing.insurance {
            let [retention, limit, share] = [i.retention, i.limit, i.share].map(|q| self.inline(q));
            page.item(
                2,
                &self.say(
                    format!("Insurance pays {share} of what exceeds {retention}, at most {limit} of it."),
                    format!("보험: {retention} 초과분 중 {limit}까지의 {share}."),
                ),
            );
        }
    }

    /// What time is worth to people: to wait, and to file.
    fn valuation(&mut self, page: &mut Page) {
        let Some(valuation) = self.scenario.aftermath.valuation else { return };
        let stated = |q: Q| !self.scenario.quantities.get(q).defaulted;
        let (hour, year) = (stated(valuation.claimant_hour), stated(valuation.discount_year));
        if !hour && !year {
            return;
        }
        page.heading(self.pick("What time is worth", "시간의 값"));
        if hour {
            let worth = self.wage(valuation.claimant_hour);
            page.item(
                2,
                &self.say(format!("An hour of a claimant's time: {worth}."), format!("신청인의 한 시간: {worth}.")),
            );
        }
        if year {
            let rate = self.inline(valuation.discount_year);
            page.item(
                2,
                &self.say(
                    format!("Money that comes later is worth less by {rate} a year."),
                    format!("늦게 받는 돈은 한 해에 {rate}씩 값이 줄어든다."),
                ),
            );
        }
    }
}
