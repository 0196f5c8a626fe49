# 한국어 브리핑. 숫자는 단위까지 붙어서 들어온다. 조사는 JOSA가 앞말의 끝소리로 고른다.

language = 한국어
list-last = { ", " }
draft = { $letter }안
draft-full = { $letter }안({ $title })
draft-share = { $draft }({ $share })
any-draft = 모든 안에서 같음
everybody = 전체
baseline-mark = 비교 기준

## 머리

doc-title = { $title }: 보상안별 비용과 보상 대상
doc-kind = 브리핑
onepage-kind = 한 장 영향평가
doc-made = { $date } redress { $version }{ JOSA($version, "으로/로") } 모의실험 · 상황 { $worlds }개 · 시드 { $seed } · 실행 { $hash }
lead = 이 문서의 숫자는 관측값이 아니라 모의실험에서 얻은 추정값이다. 몇 명이 피해를 입었는지, 저마다 얼마를 잃었는지, 누가 신청할지는 아무도 정확히 모른다. 그래서 답이 서로 다른 상황 { $worlds }개를 뽑았다. 모든 보상안을 똑같은 상황에 적용했으므로 안과 안의 차이는 오직 안의 차이다.
toc = 차례
skip = 핵심 결과로 가기
switch-language = 언어
switch-drafts = 표시할 안
sort-hint = 표는 열 제목을 눌러 정렬할 수 있다.
no-value = –
values = 값 보기
page-register = 밑줄 친 숫자를 누르면 뒤쪽 숫자 대장의 해당 줄로 간다. 대장에는 숫자가 나온 표, 오차, 근거가 적혀 있다.

s-question = 물음
s-findings = 핵심 결과
s-drafts = 보상안
s-compare = 나란히 보기
s-cost = 비용
s-who = 누가 무엇을 받나
s-time = 지급까지 걸리는 시간
s-drivers = 결과를 좌우하는 것
s-limits = 이 결과로 알 수 없는 것
s-method = 방법 요약
s-figures = 숫자 대장
s-assumptions = 가정 대장
s-sources = 출처
s-again = 다시 실행하는 방법

## 물음

question = 「{ $title }」의 피해를 { $count }개 보상안 가운데 하나로 보상한다면, 회사는 얼마를 부담하고, 누가 언제 보상을 받으며, 누가 빠지는가?
outage-start = 장애는 { $moment }에 시작되었다(현지 시각).

## 낱말의 뜻

words-head = 이 문서에서 쓰는 말
words-nearly = ‘거의 모든 상황에서’: 뽑은 상황의 { $share } 이상.
words-most = ‘대부분의 상황에서’: 뽑은 상황의 { $share } 이상.
words-undecided = 그 사이는 모의실험 오차가 아무리 작아도 ‘가릴 수 없다’고 쓴다. 비율의 95% 신뢰구간 아래 끝도 기준을 넘어야 한다.
words-median = ‘중간 상황’: 그보다 큰 상황이 절반, 작은 상황이 절반이다. ‘상황 열에 아홉’은 극단적인 10분의 1을 뺀 나머지다.
words-reach = 손해를 본 사람에게 무엇이든 돌아가면 보상이 닿은 것으로 센다(포괄률). 손해 보전율은 전체 손해 가운데 돈으로 메워지는 비율이다(충족률).

## 핵심 결과

f-scale = 쓰려던 서비스를 쓰지 못한 사람은 { $hit }으로 추정된다. 이 가운데 { $losers }이 금전 손해를 보았고, 손해액은 중간 상황에서 모두 { $loss }이다. 상황 열에 아홉에서 손해액은 { $lo }에서 { $hi } 사이에 있다.
f-order = 중간 상황에서 회사가 부담하는 비용을 낮은 쪽부터 적으면 { $list }이다.
f-order-holds = 이 순서는 이웃한 어느 두 안을 견주어도 거의 모든 상황에서 지켜진다.
f-order-most = { $a }{ JOSA($a, "이/가") } { $b }보다 싼 것은 대부분의 상황({ $share })이며, 거의 모든 상황은 아니다.
f-order-undecided = { $a }{ JOSA($a, "과/와") } { $b } 가운데 어느 쪽이 싼지는 가릴 수 없다. { $a }{ JOSA($a, "이/가") } 더 싼 상황은 { $share }이다.
f-draft-lowest = { $draft }{ JOSA($draft, "은/는") } 중간 상황에서 { $cost }{ JOSA($cost, "이/가") } 들어, 무엇이든 주는 안 가운데 중간값이 가장 낮다. 손해를 본 사람의 { $coverage }에게 닿고 손해의 { $adequacy }를 메운다. 상황 열에 아홉에서 비용은 { $p90 }{ JOSA($p90, "을/를") } 넘지 않는다.
f-draft-more = { $draft }{ JOSA($draft, "은/는") } 중간 상황에서 { $cost }{ JOSA($cost, "이/가") } 들어 { $reference }의 { $times }이다. { $reach } 손해의 { $adequacy }를 메우며, 상황 열에 아홉에서 비용은 { $p90 }{ JOSA($p90, "을/를") } 넘지 않는다.
f-draft-same = { $draft }{ JOSA($draft, "은/는") } 중간 상황에서 { $cost }{ JOSA($cost, "이/가") } 들어 { $reference }{ JOSA($reference, "과/와") } 비슷하다. { $reach } 손해의 { $adequacy }를 메우며, 상황 열에 아홉에서 비용은 { $p90 }{ JOSA($p90, "을/를") } 넘지 않는다.
f-draft-none = { $draft }{ JOSA($draft, "은/는") } 중간 상황에서 { $cost }{ JOSA($cost, "이/가") } 든다. { $reach } 손해의 { $adequacy }를 메우며, 상황 열에 아홉에서 비용은 { $p90 }{ JOSA($p90, "을/를") } 넘지 않는다.
f-draft-reach-more = 손해를 본 사람의 { $coverage }에게 닿아, 평균하면 { $reference }보다 { $points } 넓다.
f-draft-reach-fewer = 손해를 본 사람의 { $coverage }에게 닿아, 평균하면 { $reference }보다 { $points } 좁다.
f-draft-reach-undecided = 손해를 본 사람의 { $coverage }에게 닿는데, { $reference }보다 넓은지 좁은지는 가릴 수 없다.
f-reach-nearly = 손해를 본 사람에게 가장 널리 닿는 것은 { $draft }으로, 거의 모든 상황({ $share })에서 그렇다. 중간 상황에서 손해를 본 사람의 { $coverage }가 무엇이든 받는다.
f-reach-most = 손해를 본 사람에게 가장 널리 닿는 것은 { $draft }으로, 대부분의 상황({ $share })에서 그렇다. 중간 상황에서 손해를 본 사람의 { $coverage }가 무엇이든 받는다.
f-reach-undecided = 어느 안이 손해를 본 사람에게 가장 널리 닿는지는 가릴 수 없다. 안마다 가장 넓은 상황의 비율은 { $list }이다.
f-left-out = { $draft }에서도 손해를 본 사람의 { $share }는 아무것도 받지 못한다. 가장 잦은 까닭은 { $why }이다({ $people }, 빠진 사람의 { $part }).
reason-ineligible = 해당하는 규칙이 없어서
reason-unaware = 보상이 있는 줄 모르거나 안내가 닿지 않아서
reason-deterred = 알지만 신청하는 수고가 더 커서
reason-refused = 신청했으나 받아들여지지 않아서
f-good-nearly = 손해를 돈으로 가장 많이 메우는 것은 { $draft }으로, 중간 상황에서 { $own }를 메운다. 다음은 { $next }를 메우는 { $other }이다. 거의 모든 상황({ $share })에서 { $draft }{ JOSA($draft, "이/가") } 앞선다.
f-good-most = 손해를 돈으로 가장 많이 메우는 것은 { $draft }으로, 중간 상황에서 { $own }를 메운다. 다음은 { $next }를 메우는 { $other }이다. 대부분의 상황({ $share })에서 { $draft }{ JOSA($draft, "이/가") } 앞선다.
f-good-undecided = 손해를 돈으로 가장 많이 메우는 안이 어느 것인지는 가릴 수 없다. 중간 상황에서 { $own }를 메우는 { $draft }{ JOSA($draft, "이/가") } { $next }를 메우는 { $other }보다 앞서는 상황은 { $share }이다.
f-time = 장애가 난 날부터 세어 금전 보상의 절반이 지급되기까지, 중간 상황에서 { $a }{ JOSA($a, "은/는") } { $soon }, { $b }{ JOSA($b, "은/는") } { $late } 걸린다. { $b }{ JOSA($b, "은/는") } 상황에 따라 { $lo }에서 { $hi }까지 벌어진다.
f-time-one = 장애가 난 날부터 세어 { $draft }의 금전 보상 절반이 지급되기까지 중간 상황에서 { $soon } 걸린다.
f-budget = 시나리오가 정한 비용 한도는 { $budget }이며, 뽑은 상황의 { $tolerance }까지는 넘어도 된다.
f-budget-keeps = 한도를 지키는 안은 { $list }이다(괄호는 한도를 넘는 상황의 비율).
f-budget-breaks = 한도를 너무 자주 넘는 안은 { $list }이다.
f-budget-open = 반복이 적어 아직 말할 수 없는 안은 { $list }이다.
f-unknown = 비용의 불확실성 가운데 일부는 아무리 조사해도 없앨 수 없는 우연이다. 분산에서 우연이 차지하는 몫은 { $a }에서 { $lo }로 가장 작고 { $b }에서 { $hi }{ JOSA($hi, "으로/로") } 가장 크다. 나머지는 숫자를 정확히 모르는 데서 오며, 더 나은 근거가 있으면 줄어든다.
f-unknown-one = 비용의 분산에서 우연이 차지하는 몫은 많아야 { $hi }이다. 나머지는 숫자를 정확히 모르는 데서 오며, 더 나은 근거가 있으면 줄어든다.
f-if-same = 시나리오에 딸린 가정 { $count }개 가운데 어느 것도, 비용·포괄률·보전율에서 이미 갈린 이웃한 두 안의 순서를 뒤집지 않는다.
f-if = 시나리오에 딸린 다른 가정 { $count }개로도 돌려 보았다.
f-if-changes = ‘{ $variant }’{ JOSA($variant, "이라면/라면") } { $list }.
f-if-cost-turns = { $a }{ JOSA($a, "이/가") } { $b }보다 오히려 비싸진다(그런 상황 { $share })
f-if-cost-opens = { $a }{ JOSA($a, "이/가") } { $b }보다 싼지 가릴 수 없게 된다(더 비싼 상황 { $share })
f-if-coverage-turns = { $a }{ JOSA($a, "이/가") } { $b }보다 오히려 널리 닿는다(그런 상황 { $share })
f-if-coverage-opens = { $b }{ JOSA($b, "이/가") } { $a }보다 널리 닿는지 가릴 수 없게 된다({ $a }{ JOSA($a, "이/가") } 더 넓은 상황 { $share })
f-if-adequacy-turns = { $a }{ JOSA($a, "이/가") } { $b }보다 오히려 손해를 더 많이 메운다(그런 상황 { $share })
f-if-adequacy-opens = { $b }{ JOSA($b, "이/가") } { $a }보다 손해를 더 많이 메우는지 가릴 수 없게 된다({ $a }{ JOSA($a, "이/가") } 더 많이 메우는 상황 { $share })

## 숫자의 이름

worlds-lower = { $a }의 { $measure }{ JOSA($measure, "이/가") } { $b }보다 낮은 상황의 비율
worlds-higher = { $a }의 { $measure }{ JOSA($measure, "이/가") } { $b }보다 높은 상황의 비율
worlds-best = { $a }{ JOSA($a, "이/가") } { $criterion } 상황의 비율
worlds-over = { $a }의 비용이 한도를 넘는 상황의 비율
worlds-binds = { $a }의 재원이 모자라 보상을 모두 줄이는 상황의 비율
worlds-meaning = 그런 상황의 수를 전체 상황의 수로 나눈 값
mean-difference = { $measure }, 같은 상황에서 { $a }에서 { $b }{ JOSA($b, "을/를") } 뺀 값의 평균
chance-share = { $measure }의 분산 가운데 우연의 몫, { $a }
chance-meaning = 같은 상황을 두 번 뽑아 얻은 분산을 전체 분산으로 나눈 값
shift-label = ‘{ $variant }’ 가정에서 { $measure } 평균의 변화, { $a }
exceeded-with = 상황의 { $probability }에서 넘는 { $measure }, { $a }
criterion-cheapest = 가장 싼
criterion-widest = 손해를 본 사람에게 가장 널리 닿는
criterion-fairest = 남는 손해가 가장 고른
ratio-label = 중간 상황에서 { $a }의 비용이 { $b }의 몇 배인가
ratio-meaning = 한쪽 중간값을 다른 쪽 중간값으로 나눈 값
nothing-label = 손해를 본 사람 가운데 아무것도 받지 못하는 비율, { $a }
nothing-meaning = 빠진 사람 수의 평균을 손해 본 인원의 평균으로 나눈 값
reason-label = { $reason }: 빠진 사람 가운데 차지하는 비율, { $a }
reason-meaning = 이 까닭으로 빠진 사람 수의 평균을 빠진 사람 수의 평균으로 나눈 값
stat-mean = 평균
stat-sd = 표준편차
stat-p01 = 하위 1%
stat-p05 = 하위 5%
stat-p10 = 하위 10%
stat-p25 = 하위 25%
stat-p50 = 중간 상황
stat-p75 = 하위 75%
stat-p90 = 상황 열에 아홉이 그 아래
stat-p95 = 하위 95%
stat-p99 = 하위 99%
stat-p995 = 하위 99.5%
stat-tvar95 = 최악 5%의 평균
stat-tvar99 = 최악 1%의 평균

## 쪽의 부분

draft-by-draft = 안별로 보면:
source-lead = 근거:{ " " }
its-numbers = 가정 대장에서 이 안의 숫자 보기
compare-caption = 중간 상황에서 본 각 안, 아래 작은 글씨는 상황의 90%가 들어가는 범위
compare-note = 열마다 중간 상황이 다르므로 한 줄의 숫자를 더해도 맞지 않을 수 있다. 포괄률은 돈과 현물을 모두 세고, 손해 보전율은 돈만 센다.
head-draft = 보상안
head-over = 한도를 넘는 상황
matrix-cost = 왼쪽 안이 위쪽 안보다 싼 상황의 비율
matrix-coverage = 왼쪽 안이 위쪽 안보다 손해를 본 사람에게 더 널리 닿는 상황의 비율
figure-cost = 회사가 부담하는 비용
how-ranges = 점은 중간 상황, 굵은 띠는 상황의 절반, 가는 선은 상황의 90%가 들어가는 범위이다.
axis-cost = 비용({ $currency })
axis-cost-log = 비용({ $currency }), 눈금은 배수 간격
axis-exceeded = 비용이 그보다 큰 상황의 비율
limit = 한도 { $budget }
hint-range = { $name }: 중간 { $p50 }, 절반은 { $p25 }~{ $p75 }, 90%는 { $p05 }~{ $p95 }
figure-exceedance = 비용이 어떤 금액을 넘을 가능성
how-exceedance = 아래에서 금액을 골라 위로 올라가 선과 만나는 곳이, 비용이 그보다 큰 상황의 비율이다.
hint-exceeded = { $name }: 상황의 { $probability }에서 { $value } 초과(모의실험 오차 구간 { $range })
bears-caption = 누가 무엇을 부담하나, 모든 상황의 평균
head-account = 항목({ $currency })
figure-who = 손해를 본 사람은 어떻게 되나
gets-something = 무엇이든 받음
key-ineligible = 해당 규칙 없음
key-unaware = 모르거나 안내가 닿지 않음
key-deterred = 알지만 신청하지 않음
key-refused = 신청했으나 거절됨
hint-part = { $name }: { $what } { $people }(손해를 본 사람의 { $share })
head-cohort = 집단
cohorts-coverage = 집단별로 본, 손해를 본 사람 가운데 무엇이든 받는 비율(평균)
cohorts-payout = 집단별 지급액, 단위 { $currency }(평균)
figure-time = 날짜별로 본 보상 제공(돈과 현물)
axis-days = 장애가 난 날부터 지난 날수
axis-paid = 전체 보상 가운데 제공된 비율
hint-paid = { $name }, { $day }: 보상 { $people }건 제공, 전체의 { $share }
time-note = 위 문장은 돈만 세고, 선은 선물을 포함한 모든 보상을 센다. 선은 실행의 앞쪽 상황들에서 얻은 평균으로 그렸다. 빠르기는 상황마다 견주지 않으므로 안의 순서는 중간값에만 기댄다.
no-time = 시나리오에 신청을 받고 지급하는 절차가 적혀 있지 않다.
spread-caption = 비용이 흔들리는 까닭
head-chance = 우연
head-ignorance = 모름
head-what-if = 다른 가정
what-if-caption = 다른 가정에서 평균 비용이 달라지는 폭, 단위 { $currency }
drivers-note = 우연은 똑같은 상황이 두 번 벌어져도 달라지는 것이다. 누가 신청하는지, 누가 거절되는지, 법원이 어떻게 판단하는지가 여기에 든다. 모름은 세상에 대해 우리가 모르는 것이다. 사람이 몇 명인지, 얼마를 잃었는지, 보상을 누가 아는지가 여기에 든다. 다른 가정은 시나리오의 숫자를 통째로 바꾸어 본 것이다.

head-figure = 숫자
head-value = 값
head-error = 오차: 표준오차 [95% 구간]
head-rests = 기댄 가정
head-table = 표와 줄
figures-caption = 앞에 나온 모든 숫자
figures-note = 여기의 오차는 모의실험 오차, 곧 상황을 더 뽑으면 사라지는 오차만을 뜻한다. 모름과 우연은 상황의 범위로 나타난다.
figures-paper = 종이에는 문장에 나온 숫자만 싣는다. 표에만 나오는 숫자는 HTML 파일과 통합 문서에 있다.
assumptions-note = 들어간 모든 숫자이다. ‘출처 있음’은 다른 누군가가 밝힌 값, ‘가정’은 시나리오를 쓴 사람이 정한 값, ‘기본값’은 시나리오에 없어 프로그램이 쓰는 값이다. 비고는 시나리오 파일에 적힌 말 그대로 싣는다.
head-path = 숫자의 자리
head-law = 값 또는 분포
head-middle = 평균 [5%, 95%]
head-status = 구분
head-basis = 출처와 산출 근거
status-sourced = 출처 있음
status-assumed = 가정
status-default = 기본값
defaults-lead = 기본값:
group-outage = 장애와 서비스
group-cohorts = 사람들
group-filing = 누가 신청하나
group-procedures = 절차
group-courts = 법원
group-bearing = 구상과 보험
group-valuation = 시간의 가치
group-channel = 접수
group-budget = 비용 한도
grade = { $grade }등급
sources-note = A등급은 규제기관이나 회사 공시, B등급은 언론 보도, C등급은 참고 정보이다.
head-file = 파일
manifest-caption = 읽은 파일과 쓴 파일
again = redress { $version }, 시드 { $seed }, 상황 { $worlds }개. 같은 명령은 스레드 수와 관계없이 한 비트도 다르지 않은 결과를 낸다. 둘째 줄은 결과 폴더를 다시 돌려 모든 파일을 견준다.

limit-assumed = 들어간 숫자 가운데 { $sourced }개는 출처가 있고 { $assumed }개는 가정이며 { $default }개는 기본값이다. 결과는 이 숫자들만큼만 믿을 수 있으며, 하나하나가 가정 대장에 있다.
limit-takeup = 가장 약한 고리는 누가 신청하느냐이다. 다른 사건과 다른 나라에서 본 것에 기대고 있다. 다른 답이면 무엇이 달라지는지는 ‘다른 가정’에서 볼 수 있다.
limit-courts = 아직 판결이 없는 문제를 법원이 어떻게 판단할지는 알 수 없다. 그래서 소송은 범위를 넓게 잡았고, 판결 하나가 같은 처지의 모든 사람에게 적용된다.
limit-speed = 지급까지 걸리는 시간은 적어 둔 인력과 절차를 따른다. 준비가 덜 된 제도는 더 오래 걸린다.
limit-form = 돈이 아닌 피해(잃은 시간, 정신적 고통)는 손해액에 들어 있지 않다. 선물은 보상이 닿은 것으로는 세지만 손해를 메운 것으로는 세지 않는다.
limit-error = 상황 { $worlds }개로 평균 비용은 ±{ $error } 안에서 알 수 있다. 상황을 더 뽑아 줄어드는 것은 이 오차뿐이다.

method-1 = 장애는 멈춘 서비스와 저마다 복구된 때, 그리고 사람들의 집단으로 적는다. 집단마다 무엇을 쓰고, 얼마를 내며, 무엇을 잃을 수 있는지를 적는다. 집단은 서로 겹치지 않으므로 한 사람은 한 번만 센다.
method-2 = 모든 숫자는 값이나 분포이며, 출처가 있거나 가정이라고 적혀 있다. 상황 { $worlds }개를 뽑고, 상황마다 불확실한 숫자가 함께 움직이는 숫자들과 더불어 하나의 값을 갖는다.
method-3 = 상황마다 피해 인원을 뽑고, 그 가운데 손해를 본 사람을 뽑고, 얼마를 잃었는지를 뽑는다. 손해는 잃은 시간의 함수에 사람마다 다른, 꼬리가 긴 배수를 곱한 것이다.
method-4 = 보상안은 데이터이다. 손해, 요금, 시간에 따라 보상액을 정하는 규칙들로 적는다. 같은 상황의 같은 사람들에게 모든 안을 적용한다.
method-5 = 신청하는 사람은 보상액에 따라 달라진다. 보상을 아는 사람 가운데, 수고에 견주어 보상액이 클수록 더 많이 신청한다. 너그러운 안일수록 신청이 많다.
method-6 = 신청은 여러 날에 걸쳐 들어와 심사를 기다리고, 안의 절차에 따라 지급되거나 거절된다. 재원이 모자라면 모든 보상을 같은 비율로 줄인다.
method-7 = 보상을 받지 못한 사람은 소송할 수 있다. 쟁점에 대한 법원의 판단은 상황마다 한 번 뽑으며 모두에게 적용된다.
method-8 = 비용, 포괄률, 손해 보전율, 시간을 모든 상황에서 모은다. 우연과 모름을 가르기 위해 앞의 상황 { $twins }개를 우연만 바꾸어 한 번 더 뽑는다.
method-note = 수식은 프로그램의 docs/model.md에 있으며, 식마다 출처가 적혀 있다.

## 한 장

ia-problem = 문제
ia-problem-text = 보상 기준이 없으면 사람들은 소송을 할 수밖에 없고, 그렇게 하는 사람은 드물다. 아래 대안은 누구에게, 얼마를, 어떤 절차로 주느냐가 서로 다르다.
ia-options = 대안별 비용과 편익
ia-option = 대안
ia-cost = 회사 비용({ $currency })
ia-claimant_cost = 청구인의 시간·소송 비용({ $currency })
ia-uncompensated = 사람들에게 남는 손해({ $currency })
ia-compensated = 보전된 손해({ $currency })
ia-paid = 지급 인원
ia-coverage = 포괄률
ia-days_p50 = 절반 지급까지 일수
ia-caption = 비용과 부담자, 편익(중간 상황, 회사 비용은 상황의 90%가 들어가는 범위를 함께 적음)
ia-who-gets = 지급액은 누구에게 가나:
ia-gains = { $draft }: { $list }
cohort-part = { $cohort } { $share }
part-label = 지급액 가운데 { $cohort }에 가는 비율, { $a }
part-meaning = 그 집단의 평균 지급액을 전체 평균 지급액으로 나눈 값
ia-risks = 주요 위험과 민감한 점
ia-preferred = 기준별로 앞서는 안
ia-preferred-caption = 무엇을 바라느냐에 따라 앞서는 안이 다르다
ia-criterion = 기준
ia-ahead = 앞서는 안
ia-c-cheapest = 무엇이든 주는 안 가운데 가장 싼 안
ia-c-widest = 손해를 본 사람에게 가장 널리 닿는 안
ia-c-made-good = 손해를 가장 많이 메우는 안
ia-c-fairest = 남는 손해가 가장 고른 안
ia-c-fastest = 가장 빨리 지급하는 안
ia-c-budget = 한도를 지키는 안
ahead-nearly = { $draft }, 거의 모든 상황({ $share })에서.
ahead-most = { $draft }, 대부분의 상황({ $share })에서.
ahead-undecided = 가릴 수 없음. { $draft }{ JOSA($draft, "이/가") } 앞서는 상황은 { $share }.
ahead-next = 다음은 { $next }.
ahead-fastest = { $draft }, 중간 상황에서 { $days } 만에 절반을 지급.
ahead-none = 없음
ia-foot = 모든 숫자는 모의실험 추정값이다. ‘거의 모든 상황’은 { $nearly } 이상, ‘대부분의 상황’은 { $most } 이상이며, 그 사이는 가릴 수 없다고 쓴다. 숫자마다의 출처와 가정, 한계는 함께 있는 브리핑에 있다.

## 통합 문서

sheet-about = 안내
sheet-summary = 요약
sheet-comparison = 비교
sheet-exceedance = 초과 확률
sheet-timeline = 시간 경과
sheet-assumptions = 가정
sheet-sources = 출처
col-draft = 안
col-title = 이름
col-measure = 측정값
col-unit = 단위
col-se = 평균의 표준오차
col-variant = 가정
col-a = 안 a
col-b = 안 b
col-difference = a − b의 평균
col-lo = 95% 구간 아래
col-hi = 95% 구간 위
col-lower = a가 낮은 상황
col-higher = a가 높은 상황
col-equal = 같은 상황
col-probability = 초과 확률
col-value = 값
col-series = 계열
col-day = 일
col-mean = 평균
col-p05 = 5%
col-p50 = 중앙값
col-p95 = 95%
col-path = 숫자의 자리
col-law = 값 또는 분포
col-status = 구분
col-source = 출처
col-url = 주소
col-date = 날짜
col-grade = 등급
col-note = 비고
col-number = 번호
as-it-stands = 시나리오 그대로
unit-persons = 명
unit-share = 비율
unit-days = 일
unit-hours = 시간
series-reports = 접수
series-claims = 신청
series-reviewed = 심사
series-paid = 제공
series-backlog = 적체

## explain

x-value = 값
x-definition = 뜻
x-formula = 만드는 식
x-statistic = 통계
x-statistic-text = 상황 { $worlds }개에서 구한 {$statistic}
x-table = 나온 곳
x-digest = 표의 SHA-256
x-sample = 표본
x-sample-text = 상황 { $worlds }개, 시드 { $seed }, { $engine } 엔진
x-error-head = 모의실험 오차
x-error = 표준오차 { $se }, 95% 구간 { $range }
x-no-error = 표에 없음
x-rests = 시나리오의 숫자 { $all }개에 기댄다. 출처 있음 { $sourced }개, 가정 { $assumed }개, 기본값 { $default }개.
x-source = 출처
x-note = 비고
