//! The uncertain quantities of a scenario as inputs that are independent of each other: single quantities, quantities
//! linked by rank correlations, and joint tables whose rows are drawn whole.

use crate::chance::copula::{RankCorrelation, pearson_of_spearman};
use crate::chance::law::Law;
use crate::chance::linalg::cholesky;
use crate::chance::sobol::Scrambled;
use crate::chance::special::{gamma_p_inv, normal_cdf, normal_quantile, student_cdf, student_quantile};
use crate::chance::stream::Stream;
use crate::engine::world::WorldSampler;
use crate::model::{Quantities, Tail};

/// The inputs of a scenario.
pub struct Inputs<'a> {
    quantities: &'a Quantities,
    sampler: &'a WorldSampler,
    /// Quantity (index) of each column.
    pub uncertain: Vec<usize>,
    /// Groups of columns, independent of each other.
    pub groups: Vec<Group>,
    /// Groups in the order of the dimensions of a net, whose first are its best.
    order: Vec<usize>,
    seed: u64,
}

/// Columns that hang together, or one alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Columns, ascending.
    pub members: Vec<usize>,
    /// How they hang together.
    pub kind: Kind,
}

/// How the columns of a group hang together.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// One quantity alone.
    Single,
    /// Columns of one joint table (index): one rank for all.
    Table(usize),
    /// Rank correlations: the copula, and its matrix row by row.
    Linked(Box<(RankCorrelation, Vec<f64>)>),
}

/// Ranks in (0, 1), a column for each uncertain quantity.
pub type Ranks = Vec<Vec<f64>>;

impl<'a> Inputs<'a> {
    /// The inputs of a scenario.
    ///
    /// # Errors
    /// Rank correlations that contradict each other (a checked scenario has none).
    pub fn new(quantities: &'a Quantities, sampler: &'a WorldSampler, seed: u64) -> Result<Inputs<'a>, String> {
        let uncertain: Vec<usize> = sampler.uncertain().collect();
        let mut groups = Vec::new();
        for members in connected(quantities, &uncertain) {
            let kind = match &members[..] {
                [one] => match quantities.list[uncertain[*one]].law {
                    Law::JointColumn { table, .. } => Kind::Table(table),
                    _ => Kind::Single,
                },
                many => linked(quantities, &uncertain, many)?,
            };
            groups.push(Group { members, kind });
        }
        let order = (0..groups.len()).collect();
        Ok(Inputs { quantities, sampler, uncertain, groups, order, seed })
    }

    /// The same with the quantities of these paths in the first dimensions of a net, in their order; the others follow.
    pub fn with_first(mut self, paths: &[String]) -> Inputs<'a> {
        let place = |g: &usize| {
            let of_column = |c: &usize| paths.iter().position(|p| p == self.path(*c));
            self.groups[*g].members.iter().filter_map(of_column).min().unwrap_or(usize::MAX)
        };
        let mut order = self.order.clone();
        order.sort_by_key(|g| (place(g), *g));
        self.order = order;
        self
    }

    /// Path of the quantity of a column.
    pub fn path(&self, column: usize) -> &'a str {
        &self.quantities.list[self.uncertain[column]].path
    }

    /// Ranks of points `first..first + count` of a randomisation of scrambled Sobol' points.
    pub fn sobol(&self, randomisation: u32, first: u32, count: usize) -> Ranks {
        let mut dimension = 0;
        let mut ranks = vec![Vec::new(); self.uncertain.len()];
        for group in self.order.iter().map(|g| &self.groups[*g]) {
            let name = self.path(group.members[0]);
            let scrambled: Vec<Scrambled> = (0..group.dimensions())
                .map(|d| {
                    let key = Stream::named(self.seed, randomisation, "sobol", name).at(d as u64).bits();
                    dimension += 1;
                    Scrambled::new(dimension - 1, key)
                })
                .collect();
            let number = |r: usize, d: usize| scrambled[d].number(first + r as u32);
            group.fill(&mut ranks, count, number);
        }
        ranks
    }

    /// Ranks of random worlds.
    pub fn plain(&self, count: usize) -> Ranks {
        let mut ranks = vec![Vec::new(); self.uncertain.len()];
        for group in &self.groups {
            let stream = Stream::named(self.seed, 0, "plain", self.path(group.members[0]));
            let number = |r: usize, d: usize| stream.clone().at_number((r * group.dimensions() + d) as u64).uniform();
            group.fill(&mut ranks, count, number);
        }
        ranks
    }

    /// Ranks of two independent samples in one net: their coordinates are different dimensions of the same points.
    pub fn sobol_pair(&self, randomisation: u32, count: usize) -> [Ranks; 2] {
        let mut dimension = 0;
        [0u64, 1].map(|half| {
            let mut ranks = vec![Vec::new(); self.uncertain.len()];
            for group in self.order.iter().map(|g| &self.groups[*g]) {
                let mut stream = Stream::named(self.seed, randomisation, "sobol pair", self.path(group.members[0]));
                let scrambled: Vec<Scrambled> = (0..group.dimensions())
                    .map(|d| {
                        dimension += 1;
                        Scrambled::new(dimension - 1, stream.at(2 * d as u64 + half).bits())
                    })
                    .collect();
                group.fill(&mut ranks, count, |r, d| scrambled[d].number(r as u32));
            }
            ranks
        })
    }

    /// The worlds of ranks: `[world][quantity]`; none where nothing is uncertain.
    pub fn worlds(&self, ranks: &Ranks) -> Vec<f64> {
        self.worlds_of(ranks, ranks.first().map_or(0, Vec::len))
    }

    /// So many worlds of ranks, also where nothing is uncertain.
    pub fn worlds_of(&self, ranks: &Ranks, count: usize) -> Vec<f64> {
        self.sampler.from_ranks(ranks, count)
    }

    /// `ranks` with the quantity of a column at rank `p` and those linked to it moved as far as they hang on it; what they
    /// have of their own stays.
    pub fn with_one_at(&self, ranks: &Ranks, column: usize, p: f64) -> Ranks {
        let mut out = ranks.clone();
        let Some(group) = self.groups.iter().find(|g| g.members.contains(&column)) else { return out };
        for r in 0..out[column].len() {
            group.move_one(&mut out, r, column, p);
        }
        out
    }

    /// `ranks` in which the members `set` (positions in the group) of a group are drawn anew as they are likely given the
    /// other members.
    pub fn with_some_anew(&self, ranks: &Ranks, group: &Group, set: &[usize]) -> Ranks {
        let mut out = ranks.clone();
        let Kind::Linked(copula) = &group.kind else { return out };
        let rest: Vec<usize> = (0..group.members.len()).filter(|i| !set.contains(i)).collect();
        let name = format!("{} {set:?}", self.path(group.members[0]));
        let mut stream = Stream::named(self.seed, 0, "anew", &name);
        let order: Vec<usize> = rest.iter().chain(set).copied().collect();
        let Some(root) = permuted_root(&copula.1, &order) else { return out };
        let count = out.first().map_or(0, Vec::len);
        for r in 0..count {
            group.draw_rest(&mut out, r, (&order, rest.len()), &root, stream.at(r as u64));
        }
        out
    }
}

impl Group {
    /// Independent uniform numbers that it takes.
    pub fn dimensions(&self) -> usize {
        match &self.kind {
            Kind::Single | Kind::Table(_) => 1,
            Kind::Linked(copula) => self.members.len() + usize::from(copula.0.freedom().is_some()),
        }
    }

    /// Fills the columns of its members from `number(row, dimension)`.
    fn fill(&self, ranks: &mut Ranks, count: usize, number: impl Fn(usize, usize) -> f64) {
        let d = self.members.len();
        let mut row = vec![0.0; d];
        for r in 0..count {
            match &self.kind {
                Kind::Single | Kind::Table(_) => row.fill(number(r, 0)),
                Kind::Linked(copula) => {
                    row.iter_mut().enumerate().for_each(|(k, x)| *x = number(r, k));
                    match copula.0.freedom() {
                        Some(_) => copula.0.apply_student(&mut row, number(r, d)),
                        None => copula.0.apply(&mut row),
                    }
                }
            }
            self.members.iter().zip(&row).for_each(|(m, x)| ranks[*m].push(*x));
        }
    }

    fn move_one(&self, ranks: &mut Ranks, r: usize, column: usize, p: f64) {
        match &self.kind {
            Kind::Single | Kind::Table(_) => self.members.iter().for_each(|m| ranks[*m][r] = p),
            Kind::Linked(copula) => {
                let (nu, d) = (copula.0.freedom(), self.members.len());
                let Some(i) = self.members.iter().position(|m| *m == column) else { return };
                let (before, after) = (deviate(ranks[column][r], nu), deviate(p, nu));
                // Given one variable of a t law the others have its regression and a scale that grows with it.
                let scale = nu.map_or(1.0, |nu| ((nu + after * after) / (nu + before * before)).sqrt());
                for (j, m) in self.members.iter().enumerate().filter(|(j, _)| *j != i) {
                    let rho = copula.1[i * d + j];
                    let own = deviate(ranks[*m][r], nu) - rho * before;
                    ranks[*m][r] = rank(rho * after + own * scale, nu);
                }
                ranks[column][r] = p;
            }
        }
    }

    /// Draws the members after the first `known` of `order` anew, given these. Conditional laws of the normal and the t law:
    /// e.g. P. Ding, On the conditional distribution of the multivariate t distribution, The American Statistician 70 (2016).
    fn draw_rest(
        &self,
        ranks: &mut Ranks,
        r: usize,
        (order, known): (&[usize], usize),
        root: &[f64],
        stream: &mut Stream,
    ) {
        let Kind::Linked(copula) = &self.kind else { return };
        let (nu, d) = (copula.0.freedom(), order.len());
        let mut e = vec![0.0; d];
        for k in 0..known {
            let x = deviate(ranks[self.members[order[k]]][r], nu);
            let inner: f64 = (0..k).map(|j| root[k * d + j] * e[j]).sum();
            e[k] = (x - inner) / root[k * d + k];
        }
        let distance: f64 = e[..known].iter().map(|x| x * x).sum();
        let scale = nu.map_or(1.0, |nu| {
            let freedom = nu + known as f64;
            ((nu + distance) / (2.0 * gamma_p_inv(0.5 * freedom, stream.uniform()))).sqrt()
        });
        (known..d).for_each(|k| e[k] = normal_quantile(stream.uniform()) * scale);
        for k in known..d {
            let x: f64 = (0..=k).map(|j| root[k * d + j] * e[j]).sum();
            ranks[self.members[order[k]]][r] = rank(x, nu);
        }
    }
}

/// Triangular root of a correlation matrix with its variables in another order.
fn permuted_root(matrix: &[f64], order: &[usize]) -> Option<Vec<f64>> {
    let d = order.len();
    let mut out: Vec<f64> = order.iter().flat_map(|i| order.iter().map(move |j| matrix[i * d + j])).collect();
    cholesky(&mut out, d).then_some(out)
}

fn deviate(rank: f64, nu: Option<f64>) -> f64 {
    nu.map_or_else(|| normal_quantile(rank), |nu| student_quantile(rank, nu))
}

/// Strictly between 0 and 1, so that every law has a finite value there.
fn rank(deviate: f64, nu: Option<f64>) -> f64 {
    let p = nu.map_or_else(|| normal_cdf(deviate), |nu| student_cdf(deviate, nu));
    p.clamp(f64::MIN_POSITIVE, 1.0 - 0.5 * f64::EPSILON)
}

/// Groups of columns that are linked or stand in one table, in the order of their first member.
fn connected(quantities: &Quantities, uncertain: &[usize]) -> Vec<Vec<usize>> {
    let place = |q: usize| uncertain.iter().position(|u| *u == q);
    let mut label: Vec<usize> = (0..uncertain.len()).collect();
    let mut join = |a: usize, b: usize| {
        let (keep, drop) = (label[a].min(label[b]), label[a].max(label[b]));
        label.iter_mut().filter(|l| **l == drop).for_each(|l| *l = keep);
    };
    for link in quantities.links.iter().filter(|l| l.rho != 0.0) {
        if let (Some(a), Some(b)) = (place(link.a.0 as usize), place(link.b.0 as usize)) {
            join(a, b);
        }
    }
    let table = |column: usize| match quantities.list[uncertain[column]].law {
        Law::JointColumn { table, .. } => Some(table),
        _ => None,
    };
    for b in 0..uncertain.len() {
        if let Some(a) = (0..b).find(|a| table(*a).is_some() && table(*a) == table(b)) {
            join(a, b);
        }
    }
    let members = |group: usize| (0..uncertain.len()).filter(|c| label[*c] == group).collect::<Vec<usize>>();
    (0..uncertain.len()).map(members).filter(|m| !m.is_empty()).collect()
}

fn linked(quantities: &Quantities, uncertain: &[usize], members: &[usize]) -> Result<Kind, String> {
    let tables: Vec<Option<usize>> = members
        .iter()
        .map(|m| match quantities.list[uncertain[*m]].law {
            Law::JointColumn { table, .. } => Some(table),
            _ => None,
        })
        .collect();
    if let Some(Some(table)) = tables.first()
        && tables.iter().all(|t| *t == Some(*table))
    {
        return Ok(Kind::Table(*table));
    }
    let place = |q: usize| members.iter().position(|m| uncertain[*m] == q);
    let d = members.len();
    let mut matrix = vec![0.0; d * d];
    (0..d).for_each(|i| matrix[i * d + i] = 1.0);
    let (mut pairs, mut tail) = (Vec::new(), Tail::Gaussian);
    for link in &quantities.links {
        if let (Some(i), Some(j)) = (place(link.a.0 as usize), place(link.b.0 as usize)) {
            pairs.push((i, j, link.rho));
            tail = link.tail;
            matrix[i * d + j] = pearson_of_spearman(link.rho);
            matrix[j * d + i] = matrix[i * d + j];
        }
    }
    let freedom = match tail {
        Tail::Gaussian => None,
        Tail::Student(nu) => Some(nu),
    };
    let copula = RankCorrelation::new(d, &pairs, freedom).map_err(|e| e.to_string())?;
    Ok(Kind::Linked(Box::new((copula, matrix))))
}
