//! Small dense symmetric matrices, row by row in one slice: triangular roots and the smallest eigenvalue.

/// Replaces the symmetric `a` (n by n, lower triangle read) by its lower triangular root L with L L' = a, upper
/// triangle zero. False if a pivot is not positive: the matrix is not positive definite.
pub fn cholesky(a: &mut [f64], n: usize) -> bool {
    if a.len() < n * n {
        return false;
    }
    for j in 0..n {
        let pivot = a[j * n + j] - squares(&a[j * n..j * n + j]);
        if pivot <= 0.0 || pivot.is_nan() {
            return false;
        }
        column(a, n, j, pivot.sqrt());
        (0..j).for_each(|i| a[i * n + j] = 0.0);
    }
    true
}

/// Column j of the root, from its diagonal entry down.
fn column(a: &mut [f64], n: usize, j: usize, root: f64) {
    a[j * n + j] = root;
    for i in j + 1..n {
        let inner: f64 = (0..j).map(|k| a[i * n + k] * a[j * n + k]).sum();
        a[i * n + j] = (a[i * n + j] - inner) / root;
    }
}

fn squares(row: &[f64]) -> f64 {
    row.iter().map(|x| x * x).sum()
}

/// The smallest eigenvalue of a symmetric matrix with its unit eigenvector, by Jacobi's rotations. None for n = 0.
pub fn smallest_eigenvalue(a: &[f64], n: usize) -> Option<(f64, Vec<f64>)> {
    let mut m = a.get(..n * n)?.to_vec();
    let mut vectors = vec![0.0; n * n];
    (0..n).for_each(|i| vectors[i * n + i] = 1.0);
    for _ in 0..60 {
        let off: f64 = (0..n).map(|i| squares(&m[i * n..i * n + i])).sum();
        if off < 1e-30 {
            break;
        }
        for p in 0..n {
            for q in p + 1..n {
                rotate(&mut m, &mut vectors, n, p, q);
            }
        }
    }
    let smallest = (0..n).min_by(|i, j| m[i * n + i].total_cmp(&m[j * n + j]))?;
    Some((m[smallest * n + smallest], (0..n).map(|i| vectors[i * n + smallest]).collect()))
}

/// One rotation that makes entry (p, q) zero.
fn rotate(m: &mut [f64], vectors: &mut [f64], n: usize, p: usize, q: usize) {
    let entry = m[p * n + q];
    if entry == 0.0 {
        return;
    }
    let theta = (m[q * n + q] - m[p * n + p]) / (2.0 * entry);
    let t = theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt());
    let c = 1.0 / (t * t + 1.0).sqrt();
    let s = t * c;
    for k in 0..n {
        let (x, y) = (m[k * n + p], m[k * n + q]);
        (m[k * n + p], m[k * n + q]) = (c * x - s * y, s * x + c * y);
    }
    for k in 0..n {
        let (x, y) = (m[p * n + k], m[q * n + k]);
        (m[p * n + k], m[q * n + k]) = (c * x - s * y, s * x + c * y);
        let (x, y) = (vectors[k * n + p], vectors[k * n + q]);
        (vectors[k * n + p], vectors[k * n + q]) = (c * x - s * y, s * x + c * y);
    }
}
/// Solution x of a x = b for a positive definite `a` (`n` × `n`, row by row), by its Cholesky factor; `None` where `a`
/// is not.
pub fn solved(mut a: Vec<f64>, b: &[f64], n: usize) -> Option<Vec<f64>> {
    if !cholesky(&mut a, n) {
        return None;
    }
    let mut y = b.to_vec();
    for i in 0..n {
        let known: f64 = (0..i).map(|k| a[i * n + k] * y[k]).sum();
        y[i] = (y[i] - known) / a[i * n + i];
    }
    for i in (0..n).rev() {
        let known: f64 = (i + 1..n).map(|k| a[k * n + i] * y[k]).sum();
        y[i] = (y[i] - known) / a[i * n + i];
    }
    Some(y)
}

/// Inverse of a positive definite matrix (`n` × `n`, row by row); `None` where it is not.
pub fn inverse(a: &[f64], n: usize) -> Option<Vec<f64>> {
    let mut out = vec![0.0; n * n];
    for j in 0..n {
        let unit: Vec<f64> = (0..n).map(|i| f64::from(u8::from(i == j))).collect();
        let column = solved(a.to_vec(), &unit, n)?;
        (0..n).for_each(|i| out[i * n + j] = column[i]);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn systems_are_solved_and_indefinite_ones_refused() {
        let a = [4.0, 2.0, 0.6, 2.0, 5.0, 1.0, 0.6, 1.0, 3.0];
        let x = solved(a.to_vec(), &[1.0, -2.0, 0.5], 3).expect("positive definite");
        let back: Vec<f64> = (0..3).map(|i| (0..3).map(|j| a[i * 3 + j] * x[j]).sum()).collect();
        assert!(back.iter().zip([1.0, -2.0, 0.5]).all(|(b, w)| (b - w).abs() < 1e-12));
        let inverse = inverse(&a, 3).expect("positive definite");
        let one = |i: usize, j: usize| (0..3).map(|k| a[i * 3 + k] * inverse[k * 3 + j]).sum::<f64>();
        assert!((0..9).all(|k| (one(k / 3, k % 3) - f64::from(u8::from(k / 3 == k % 3))).abs() < 1e-12));
        assert_eq!(solved(vec![1.0, 2.0, 2.0, 1.0], &[1.0, 1.0], 2), None);
    }
}
