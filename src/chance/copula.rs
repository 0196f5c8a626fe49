//! Rank correlations between uncertain quantities, by a Gaussian or a t copula.

use std::fmt;

use super::linalg::{cholesky, smallest_eigenvalue};
use super::special::{gamma_p_inv, normal_cdf, normal_quantile, student_cdf};

/// Why rank correlations cannot be.
#[derive(Clone, Debug, PartialEq)]
pub enum CopulaError {
    /// A pair names a variable that does not exist, or a variable with itself.
    BadPair {
        /// Index of one variable.
        i: usize,
        /// Index of the other.
        j: usize,
    },
    /// A pair is given twice.
    RepeatedPair {
        /// Index of one variable.
        i: usize,
        /// Index of the other.
        j: usize,
    },
    /// A rank correlation is not strictly between -1 and 1.
    BadCorrelation {
        /// Index of one variable.
        i: usize,
        /// Index of the other.
        j: usize,
        /// The rank correlation asked for.
        rho: f64,
    },
    /// Degrees of freedom of a t copula must be above zero.
    BadFreedom {
        /// The degrees of freedom asked for.
        nu: f64,
    },
    /// The correlations contradict each other; (i, j) is the pair that does so most.
    NotPositiveDefinite {
        /// The smallest eigenvalue of the matrix, not above zero.
        smallest_eigenvalue: f64,
        /// Index of one variable.
        i: usize,
        /// Index of the other.
        j: usize,
        /// The rank correlation asked for.
        rho: f64,
    },
}

impl fmt::Display for CopulaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadPair { i, j } => write!(f, "variables {i} and {j} are no pair of two different known variables"),
            Self::RepeatedPair { i, j } => {
                write!(f, "the correlation of variables {i} and {j} is given twice")
            }
            Self::BadCorrelation { i, j, rho } => write!(
                f,
                "rank correlation {rho} of variables {i} and {j} must lie strictly between -1 and 1; for a fixed \
                 relation use one quantity in both places"
            ),
            Self::BadFreedom { nu } => write!(f, "{nu} degrees of freedom: a t copula needs a number above zero"),
            Self::NotPositiveDefinite { smallest_eigenvalue, i, j, rho } => write!(
                f,
                "the rank correlations contradict each other (smallest eigenvalue {smallest_eigenvalue:.4}, which must \
                 be above zero); the pair most at odds with the others is {i} and {j} with {rho}: weaken it, or state \
                 the missing pairs"
            ),
        }
    }
}

impl std::error::Error for CopulaError {}

/// Variables linked by rank correlations, with the triangular root of their normal correlation matrix.
#[derive(Clone, Debug, PartialEq)]
struct Component {
    members: Vec<usize>,
    /// Lower triangular, row by row, members.len() squared.
    root: Vec<f64>,
}

/// Rank correlations among `n` variables: turns independent uniforms into dependent ones.
#[derive(Clone, Debug, PartialEq)]
pub struct RankCorrelation {
    variables: usize,
    linked: Vec<Component>,
    freedom: Option<f64>,
}

impl RankCorrelation {
    /// From pairs (i, j, Spearman's rho) over `n` variables; pairs not named are uncorrelated. With `freedom` Some(nu)
    /// a t copula of nu degrees of freedom, else Gaussian.
    ///
    /// The normal correlation is 2 sin(pi rho / 6), exact for the Gaussian copula and close for the t copula.
    ///
    /// # Errors
    /// A bad pair or value, or correlations that are not positive definite after the conversion.
    pub fn new(n: usize, pairs: &[(usize, usize, f64)], freedom: Option<f64>) -> Result<RankCorrelation, CopulaError> {
        if let Some(nu) = freedom
            && (nu.is_nan() || nu <= 0.0)
        {
            return Err(CopulaError::BadFreedom { nu });
        }
        check_pairs(n, pairs)?;
        let groups = connected(n, pairs);
        let linked: Result<Vec<Component>, CopulaError> =
            groups.into_iter().filter(|g| g.len() > 1).map(|members| component(members, pairs)).collect();
        Ok(RankCorrelation { variables: n, linked: linked?, freedom })
    }

    /// Number of variables.
    pub fn variables(&self) -> usize {
        self.variables
    }

    /// Degrees of freedom of a t copula; None for the Gaussian.
    pub fn freedom(&self) -> Option<f64> {
        self.freedom
    }

    /// Groups of two or more variables that are linked, directly or through others; each ascending.
    pub fn components(&self) -> Vec<&[usize]> {
        self.linked.iter().map(|c| c.members.as_slice()).collect()
    }

    /// Turns independent uniforms, one per variable, into dependent ones (Gaussian copula). Variables in no group, and
    /// the first of each group, keep their bits.
    pub fn apply(&self, u: &mut [f64]) {
        for component in &self.linked {
            let z: Vec<f64> = component.members.iter().map(|m| normal(u, *m)).collect();
            for (row, member) in component.members.iter().enumerate().skip(1) {
                if let Some(place) = u.get_mut(*member) {
                    *place = inside(normal_cdf(component.linked_normal(row, &z)));
                }
            }
        }
    }

    /// As [`RankCorrelation::apply`] with a t copula: `mixing` is one more independent uniform, which draws the
    /// chi-square that the linked variables share, so that their extremes come together. Variables in no group keep
    /// their bits. Without degrees of freedom it does what `apply` does.
    pub fn apply_student(&self, u: &mut [f64], mixing: f64) {
        let Some(nu) = self.freedom else {
            return self.apply(u);
        };
        let chi_square = 2.0 * gamma_p_inv(0.5 * nu, inside(mixing));
        let stretch = (nu / chi_square.max(f64::MIN_POSITIVE)).sqrt();
        for component in &self.linked {
            let z: Vec<f64> = component.members.iter().map(|m| normal(u, *m)).collect();
            for (row, member) in component.members.iter().enumerate() {
                if let Some(place) = u.get_mut(*member) {
                    *place = inside(student_cdf(component.linked_normal(row, &z) * stretch, nu));
                }
            }
        }
    }
}

impl Component {
    fn linked_normal(&self, row: usize, z: &[f64]) -> f64 {
        let width = self.members.len();
        self.root[row * width..=row * width + row].iter().zip(z).map(|(l, z)| l * z).sum()
    }
}

/// The normal deviate of variable `m`; 0 if the slice is too short.
fn normal(u: &[f64], m: usize) -> f64 {
    u.get(m).map_or(0.0, |p| normal_quantile(inside(*p)))
}

/// Strictly between 0 and 1, so that every law has a finite value there.
fn inside(p: f64) -> f64 {
    p.clamp(f64::MIN_POSITIVE, 1.0 - 0.5 * f64::EPSILON)
}

/// The normal (Pearson) correlation that gives rank correlation `rho` under a Gaussian copula.
pub fn pearson_of_spearman(rho: f64) -> f64 {
    2.0 * libm::sin(std::f64::consts::PI * rho / 6.0)
}

fn check_pairs(n: usize, pairs: &[(usize, usize, f64)]) -> Result<(), CopulaError> {
    for (at, &(i, j, rho)) in pairs.iter().enumerate() {
        if i == j || i >= n || j >= n {
            return Err(CopulaError::BadPair { i, j });
        }
        if rho.is_nan() || rho.abs() >= 1.0 {
            return Err(CopulaError::BadCorrelation { i, j, rho });
        }
        if pairs[..at].iter().any(|&(a, b, _)| (a, b) == (i, j) || (a, b) == (j, i)) {
            return Err(CopulaError::RepeatedPair { i, j });
        }
    }
    Ok(())
}

/// Groups of connected variables, in the order of their first member.
fn connected(n: usize, pairs: &[(usize, usize, f64)]) -> Vec<Vec<usize>> {
    let mut label: Vec<usize> = (0..n).collect();
    for &(i, j, rho) in pairs {
        let (keep, drop) = (label[i].min(label[j]), label[i].max(label[j]));
        if rho != 0.0 && keep != drop {
            label.iter_mut().filter(|l| **l == drop).for_each(|l| *l = keep);
        }
    }
    (0..n).map(|group| (0..n).filter(|v| label[*v] == group).collect()).collect()
}

fn component(members: Vec<usize>, pairs: &[(usize, usize, f64)]) -> Result<Component, CopulaError> {
    let width = members.len();
    let mut matrix = vec![0.0; width * width];
    (0..width).for_each(|i| matrix[i * width + i] = 1.0);
    let place = |v: usize| members.iter().position(|m| *m == v);
    for &(i, j, rho) in pairs {
        if let (Some(a), Some(b)) = (place(i), place(j)) {
            matrix[a * width + b] = pearson_of_spearman(rho);
            matrix[b * width + a] = matrix[a * width + b];
        }
    }
    let mut root = matrix.clone();
    if cholesky(&mut root, width) { Ok(Component { members, root }) } else { Err(conflict(&matrix, &members, pairs)) }
}

/// The pair that pulls the smallest eigenvalue down most: the one with the lowest v_i v_j r_ij along its eigenvector.
fn conflict(matrix: &[f64], members: &[usize], pairs: &[(usize, usize, f64)]) -> CopulaError {
    let width = members.len();
    let (value, vector) = smallest_eigenvalue(matrix, width).unwrap_or((f64::NAN, vec![0.0; width]));
    let at = |v: usize| members.iter().position(|m| *m == v);
    let pull = |&(i, j, _): &(usize, usize, f64)| match (at(i), at(j)) {
        (Some(a), Some(b)) => vector[a] * vector[b] * matrix[a * width + b],
        _ => f64::INFINITY,
    };
    let worst = pairs.iter().min_by(|a, b| pull(a).total_cmp(&pull(b)));
    let (i, j, rho) = worst.copied().unwrap_or((0, 0, f64::NAN));
    CopulaError::NotPositiveDefinite { smallest_eigenvalue: value, i, j, rho }
}
