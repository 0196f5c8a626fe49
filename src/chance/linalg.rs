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
