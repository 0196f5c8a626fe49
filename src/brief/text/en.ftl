# The briefing in British English. Figures come in as they are told, with unit.

language = English
list-last = { " and " }
draft = Draft { $letter }
draft-full = Draft { $letter } ({ $title })
draft-share = { $draft } ({ $share })
any-draft = same under every draft
everybody = everybody
baseline-mark = baseline: the others are compared with it

## Heads

doc-title = { $title }: what each draft compensation guideline would cost and whom it would reach
doc-kind = Briefing
onepage-kind = Impact assessment on one page
doc-made = Simulated on { $date } with redress { $version } · { $worlds } worlds · seed { $seed } · run { $hash }
lead = All figures are estimates from a simulation, not observations. Nobody knows exactly how many people were hit, what each lost or who would file, so { $worlds } possible worlds were drawn, each with its own answer to these questions. Every draft met the same worlds: what differs between drafts is the draft.
toc = Contents
skip = Skip to the findings
switch-language = Language
switch-drafts = Drafts shown
sort-hint = Tables can be sorted by their column heads.
no-value = –
values = Values
page-register = Each underlined figure leads to its row in the register at the end, which names its table, its error and what it rests on.

s-question = The question
s-findings = Key findings
s-drafts = The drafts
s-compare = Side by side
s-cost = What it costs
s-who = Who gets what
s-time = Time to payment
s-drivers = What drives the result
s-limits = What this cannot tell
s-method = Method in one page
s-figures = Register of figures
s-assumptions = Register of assumptions
s-sources = Sources
s-again = How to reproduce it

## The question

question = { $title }: if it were compensated under one of { $count } guidelines, what would each cost the company, whom would it reach, how soon would people be paid, and who would be left out?
outage-start = The outage began at { $moment } (local time).

## How words are used

words-head = How words are used here
words-nearly = “In nearly all worlds”: in at least { $share } of them.
words-most = “In most worlds”: in at least { $share } of them.
words-undecided = Anything in between is called undecided, however small the Monte-Carlo error. The lower end of the share’s 95 % interval has to reach the mark as well.
words-median = “In the median world”: half of the worlds lie above the figure, half below. “9 of 10 worlds” leaves out the most extreme tenth.
words-reach = To reach somebody is to give anything at all to a person who lost money (coverage). Loss made good is the part of all loss that is paid in money (adequacy).

## Findings

f-scale = An estimated { $hit } people lost a service they would have used. Of these, { $losers } lost money, together { $loss } in the median world; in 9 of 10 worlds the loss lies between { $lo } and { $hi }.
f-order = Cost to the company in the median world, from low to high: { $list }.
f-order-holds = Each step of this order holds in nearly all worlds.
f-order-most = { $a } costs less than { $b } in most worlds ({ $share }), not in nearly all.
f-order-undecided = Which of { $a } and { $b } costs less is undecided: { $a } is cheaper in { $share } of worlds.
f-draft-lowest = { $draft } costs { $cost } in the median world, the lowest median of the drafts that give anything. It reaches { $coverage } of those who lost money and makes good { $adequacy } of the loss; in 9 of 10 worlds it costs less than { $p90 }.
f-draft-more = { $draft } costs { $cost } in the median world, { $times } as much as { $reference }. { $reach } It makes good { $adequacy } of the loss; in 9 of 10 worlds it costs less than { $p90 }.
f-draft-same = { $draft } costs { $cost } in the median world, about as much as { $reference }. { $reach } It makes good { $adequacy } of the loss; in 9 of 10 worlds it costs less than { $p90 }.
f-draft-none = { $draft } costs { $cost } in the median world. { $reach } It makes good { $adequacy } of the loss; in 9 of 10 worlds it costs less than { $p90 }.
f-draft-reach-more = It reaches { $coverage } of those who lost money, { $points } more than { $reference } on average.
f-draft-reach-fewer = It reaches { $coverage } of those who lost money, { $points } fewer than { $reference } on average.
f-draft-reach-undecided = It reaches { $coverage } of those who lost money; whether that is more or fewer than under { $reference } is undecided.
f-reach-nearly = { $draft } reaches more of those who lost money than any other draft in nearly all worlds ({ $share }): { $coverage } of them in the median world.
f-reach-most = { $draft } reaches more of those who lost money than any other draft in most worlds ({ $share }): { $coverage } of them in the median world.
f-reach-undecided = Which draft reaches most of those who lost money is undecided. Share of worlds in which each comes first: { $list }.
f-left-out = Under { $draft }, { $share } of those who lost money get nothing. The most frequent reason ({ $people } people, { $part } of those left out): { $why }.
reason-ineligible = no rule gives them anything
reason-unaware = they do not know of it, or it does not reach them
reason-deterred = they know of it but the effort is not worth it to them
reason-refused = they file and are refused
f-good-nearly = { $draft } makes good the largest part of the loss in money, { $own } in the median world; next comes { $other } with { $next }. It is ahead in nearly all worlds ({ $share }).
f-good-most = { $draft } makes good the largest part of the loss in money, { $own } in the median world; next comes { $other } with { $next }. It is ahead in most worlds ({ $share }).
f-good-undecided = Which draft makes good the largest part of the loss in money is undecided: { $draft } ({ $own } in the median world) is ahead of { $other } ({ $next }) in { $share } of worlds.
f-time = Counted from the outage, half of the money awards are paid after { $soon } under { $a } and after { $late } under { $b }, in the median world; for { $b } that is anything from { $lo } to { $hi }.
f-time-one = Counted from the outage, half of the money awards under { $draft } are paid after { $soon } in the median world.
f-budget = The scenario sets a limit of { $budget }, which may be exceeded in { $tolerance } of worlds.
f-budget-keeps = It is kept by { $list }.
f-budget-breaks = It is exceeded too often by { $list }.
f-budget-open = The run is too short to tell for { $list }.
f-unknown = Part of the uncertainty about cost is chance that no study could remove: { $lo } of the variance under { $a }, up to { $hi } under { $b }. The rest is ignorance: numbers that are not known exactly and that better evidence would narrow.
f-unknown-one = Chance inside a world makes up { $hi } of the variance of cost at most. The rest is ignorance: numbers that are not known exactly and that better evidence would narrow.
f-if-same = None of the { $count } what-ifs of the scenario turns a decided comparison of neighbours in cost, reach or loss made good.
f-if = The scenario was also run under { $count } what-ifs.
f-if-changes = Under “{ $variant }”, { $list }.
f-if-cost-turns = { $a } costs more than { $b } instead of less (in { $share } of worlds)
f-if-cost-opens = it becomes undecided whether { $a } costs less than { $b } (it costs more in { $share } of worlds)
f-if-coverage-turns = { $a } reaches more people than { $b } instead of fewer (in { $share } of worlds)
f-if-coverage-opens = it becomes undecided whether { $b } reaches more people than { $a } ({ $a } reaches more in { $share } of worlds)
f-if-adequacy-turns = { $a } makes good more of the loss than { $b } instead of less (in { $share } of worlds)
f-if-adequacy-opens = it becomes undecided whether { $b } makes good more of the loss than { $a } ({ $a } does in { $share } of worlds)

## Labels of figures

worlds-lower = Share of worlds in which { $measure } is lower under { $a } than under { $b }
worlds-higher = Share of worlds in which { $measure } is higher under { $a } than under { $b }
worlds-best = Share of worlds in which { $a } is { $criterion }
worlds-over = Share of worlds in which { $a } exceeds the limit on cost
worlds-binds = Share of worlds in which the pool of { $a } is too small and all awards are cut
worlds-meaning = number of worlds in which it is so, divided by all worlds
mean-difference = { $measure }, mean of { $a } less { $b } over the same worlds
chance-share = { $measure }, share of the variance that is chance, { $a }
chance-meaning = variance between two draws of the same world, as a share of the variance over all worlds
shift-label = { $measure }, change of the mean under “{ $variant }”, { $a }
exceeded-with = { $measure } that is exceeded in { $probability } of worlds, { $a }
criterion-cheapest = the cheapest
criterion-widest = the one that reaches most of those who lost money
criterion-fairest = the one that leaves losses spread most evenly
ratio-label = Cost of { $a } in the median world, as a multiple of that of { $b }
ratio-meaning = one median divided by the other
nothing-label = Share of those who lost money who get nothing, { $a }
nothing-meaning = mean of all who are left out, divided by the mean of those who lost money
reason-label = { $reason }: share of all who are left out, { $a }
reason-meaning = mean of those left out for this reason, divided by the mean of all who are left out
stat-mean = mean
stat-sd = standard deviation
stat-p01 = 1 % of worlds below
stat-p05 = 5 % of worlds below
stat-p10 = 10 % of worlds below
stat-p25 = a quarter of worlds below
stat-p50 = median world
stat-p75 = three quarters of worlds below
stat-p90 = 9 of 10 worlds below
stat-p95 = 95 % of worlds below
stat-p99 = 99 % of worlds below
stat-p995 = 99.5 % of worlds below
stat-tvar95 = mean of the worst 5 % of worlds
stat-tvar99 = mean of the worst 1 % of worlds

## Parts of the page

draft-by-draft = Draft by draft:
source-lead = After:{ " " }
its-numbers = Its numbers in the register of assumptions
compare-caption = Each draft in the median world; below, the range that 90 % of worlds lie in
compare-note = Each column has its own median world, so that figures of a row need not add up. Coverage counts gifts in kind as well as money; loss made good counts money alone.
head-draft = Draft
head-over = Worlds above the limit
matrix-cost = Share of worlds in which the draft at the left costs less than the one above
matrix-coverage = Share of worlds in which the draft at the left reaches more of those who lost money than the one above
figure-cost = Cost to the company
how-ranges = Dot: median world. Bar: half of the worlds. Line: 90 % of the worlds.
axis-cost = Cost in { $currency }
axis-cost-log = Cost in { $currency }; each step of the scale is a multiple
axis-exceeded = Share of worlds in which the cost is higher
limit = Limit { $budget }
hint-range = { $name }: median { $p50 }, half of the worlds { $p25 } to { $p75 }, 90 % { $p05 } to { $p95 }
figure-exceedance = How likely a given cost is exceeded
how-exceedance = Read a cost below and go up to a line: in that share of worlds the draft costs more.
hint-exceeded = { $name }: in { $probability } of worlds more than { $value } (Monte-Carlo interval { $range })
bears-caption = Who bears what, means over all worlds
head-account = Account ({ $currency })
figure-who = What becomes of those who lost money
gets-something = get something
key-ineligible = no rule for them
key-unaware = do not know or are not reached
key-deterred = know, but do not file
key-refused = file and are refused
hint-part = { $name }: { $what }, { $people } ({ $share } of those who lost money)
head-cohort = People
cohorts-coverage = Share of those who lost money who get anything, by cohort (means)
cohorts-payout = Money paid to each cohort, in { $currency } (means)
figure-time = Awards handed over, by day (money and in kind)
axis-days = Days since the outage
axis-paid = Share of all awards handed over
hint-paid = { $name }, { $day }: { $people } awards handed over, { $share } of all
time-note = The sentence counts money alone, the lines count awards of any form, gifts included. They are drawn from means over the first worlds of the run. The tables do not compare speed world by world, so the order of drafts rests on medians alone.
no-time = The scenario says nothing about how claims are taken and paid.
spread-caption = Where the spread of cost comes from
head-chance = Chance
head-ignorance = Ignorance
head-what-if = What if
what-if-caption = What each what-if changes in the mean cost, in { $currency }
drivers-note = Chance is what would differ if the same world happened twice: who files, who is refused, how a court rules. Ignorance is what we do not know about the world: how many people there are, what they lost, who hears of the scheme. A what-if replaces numbers of the scenario as a whole.

head-figure = Figure
head-value = Value
head-error = Error: standard error [95 % interval]
head-rests = Rests on
head-table = Table and row
figures-caption = Every figure shown above
figures-note = The error is Monte-Carlo error alone: what more worlds would remove. It says nothing about ignorance and chance, which the ranges of worlds show.
figures-paper = On paper the register has the figures of sentences; those that stand in tables alone are in the HTML file and in the workbook.
assumptions-note = Every number that went in. “Sourced” means that somebody else says so; “assumed” means that the authors of the scenario do; a default is what the program takes where the scenario says nothing. Notes are in the language of the scenario file.
head-path = Number
head-law = Value or distribution
head-middle = Mean [5 %, 95 %]
head-status = Status
head-basis = Source and derivation
status-sourced = sourced
status-assumed = assumed
status-default = default
defaults-lead = Defaults:
group-outage = The outage and its services
group-cohorts = People
group-filing = Who files
group-procedures = Procedures
group-courts = Courts
group-bearing = Recourse and insurance
group-valuation = Value of time
group-channel = Reports
group-budget = Limit on cost
grade = grade { $grade }
sources-note = Grade A: regulator or company filing; B: press; C: a hint only.
head-file = File
manifest-caption = What the run read and wrote
again = Version { $version } of redress, seed { $seed }, { $worlds } worlds. The same command gives the same bits on any number of threads; the second line runs the result folder again and compares every file.

limit-assumed = Of the numbers that went in, { $sourced } have a source, { $assumed } are assumptions and { $default } are defaults. The result is no better than these; each stands in the register.
limit-takeup = Who files is the weakest link: it rests on what was seen in other events and countries. The what-ifs show what another answer does.
limit-courts = What courts would decide is unknown where nothing has been decided. Suits are counted with wide ranges, and a single judgment decides for all who are in the same position.
limit-speed = Time to payment follows the stated staff and procedures; a scheme that is prepared worse takes longer.
limit-form = Harm that is not money (lost time, distress) is not part of the loss. Gifts count as reaching people, not as making good a loss.
limit-error = With { $worlds } worlds the mean costs are known to ±{ $error } or better. Only this error shrinks with more worlds.

method-1 = An outage is described by the services that were down, by when each came back, and by cohorts of people with what they use, pay and can lose. Cohorts do not overlap, so people are counted once.
method-2 = Every number is a value or a distribution with a source, or is marked as assumed. { $worlds } worlds are drawn; in each, every uncertain number takes one value, together with those it moves with.
method-3 = In each world the number of people hit is drawn, then who lost money, then how much: loss as a function of the hours lost, times a person’s own factor with a long tail.
method-4 = Each draft is data: rules that give an award as a function of loss, fee and hours. The same people in the same world meet every draft.
method-5 = Who files depends on the award: of those who know of it, a share that grows with the award against the effort. A more generous draft draws more claims.
method-6 = Claims arrive over days, wait for review and are paid or refused by the procedure of the draft. Pools that are too small cut all awards alike.
method-7 = People who remain uncompensated may sue. What a court decides on an issue is drawn once a world and holds for all.
method-8 = Cost, coverage, loss made good and time are collected over all worlds. To tell chance from ignorance the first { $twins } worlds are drawn a second time with other chance.
method-note = The mathematics stands in docs/model.md of the program; every formula there names its source.

## One page

ia-problem = Problem
ia-problem-text = Without a scheme people can only sue, which few do. The options below differ in whom they address, how much they give and what people have to do to get it.
ia-options = Options, what they cost and what they bring
ia-option = Option
ia-cost = Company ({ $currency })
ia-claimant_cost = Claimants’ time and legal costs ({ $currency })
ia-uncompensated = Loss left with people ({ $currency })
ia-compensated = Loss made good ({ $currency })
ia-paid = People paid
ia-coverage = Losers reached
ia-days_p50 = Days to half of payments
ia-caption = Costs and who bears them; benefits (median worlds, for the company with the range of 90 % of worlds)
ia-who-gets = Who gets the money:
ia-gains = { $draft }: { $list }
cohort-part = { $cohort } { $share }
part-label = Share of the payout that goes to { $cohort }, { $a }
part-meaning = mean payout to the cohort, divided by the mean payout to all
ia-risks = Main risks and sensitivities
ia-preferred = Preferred, by criterion
ia-preferred-caption = Which draft is ahead depends on what is wanted
ia-criterion = Criterion
ia-ahead = Ahead
ia-c-cheapest = Lowest cost of the drafts that give anything
ia-c-widest = Reaches most of those who lost money
ia-c-made-good = Makes good most of the loss
ia-c-fairest = Leaves losses spread most evenly
ia-c-fastest = Pays soonest
ia-c-budget = Keeps to the limit
ahead-nearly = { $draft }, in nearly all worlds ({ $share }).
ahead-most = { $draft }, in most worlds ({ $share }).
ahead-undecided = Undecided: { $draft } in { $share } of worlds.
ahead-next = The next is { $next }.
ahead-fastest = { $draft }: half of the awards after { $days } in the median world.
ahead-none = none
ia-foot = All figures are simulated estimates. “Nearly all worlds”: at least { $nearly } of them; “most”: at least { $most }; in between a comparison is called undecided. The briefing beside this sheet has every figure’s source, the assumptions and the limits.

## Workbook

sheet-about = About
sheet-summary = Summary
sheet-comparison = Comparison
sheet-exceedance = Exceedance
sheet-timeline = Timeline
sheet-assumptions = Assumptions
sheet-sources = Sources
col-draft = Draft
col-title = Title
col-measure = Measure
col-unit = Unit
col-se = Standard error of the mean
col-variant = What if
col-a = Draft a
col-b = Draft b
col-difference = Mean of a − b
col-lo = 95 % interval, lower end
col-hi = 95 % interval, upper end
col-lower = Worlds with a lower
col-higher = Worlds with a higher
col-equal = Worlds with both equal
col-probability = Probability of more
col-value = Value
col-series = Series
col-day = Day
col-mean = Mean
col-p05 = 5 %
col-p50 = Median
col-p95 = 95 %
col-path = Number
col-law = Value or distribution
col-status = Status
col-source = Source
col-url = Address
col-date = Date
col-grade = Grade
col-note = Note
col-number = No.
as-it-stands = as it stands
unit-persons = people
unit-share = share
unit-days = days
unit-hours = hours
series-reports = reports
series-claims = claims
series-reviewed = reviewed
series-paid = handed over
series-backlog = backlog

## explain

x-value = Value
x-definition = What it is
x-formula = How it is made
x-statistic = Statistic
x-statistic-text = { $statistic }, over { $worlds } worlds
x-table = Where it stands
x-digest = SHA-256 of the table
x-sample = Sample
x-sample-text = { $worlds } worlds, seed { $seed }, { $engine } engine
x-error-head = Monte-Carlo error
x-error = standard error { $se }, 95 % interval { $range }
x-no-error = not in the table
x-rests = It rests on { $all } numbers of the scenario: { $sourced } with a source, { $assumed } assumed, { $default } defaults.
x-source = source
x-note = note
