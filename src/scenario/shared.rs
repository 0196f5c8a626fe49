//! Lists that many trees share until one of them changes its own: to copy a tree takes no longer than to copy its root.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

/// A list that is copied when it is changed, and only where another tree holds it too.
#[derive(Clone, Debug)]
pub struct Shared<T>(Arc<Vec<T>>);

impl<T> Default for Shared<T> {
    fn default() -> Shared<T> {
        Shared(Arc::default())
    }
}

impl<T> From<Vec<T>> for Shared<T> {
    fn from(list: Vec<T>) -> Shared<T> {
        Shared(Arc::new(list))
    }
}

impl<T> FromIterator<T> for Shared<T> {
    fn from_iter<I: IntoIterator<Item = T>>(members: I) -> Shared<T> {
        Vec::from_iter(members).into()
    }
}

impl<T> Deref for Shared<T> {
    type Target = Vec<T>;

    fn deref(&self) -> &Vec<T> {
        &self.0
    }
}

impl<T: Clone> DerefMut for Shared<T> {
    fn deref_mut(&mut self) -> &mut Vec<T> {
        Arc::make_mut(&mut self.0)
    }
}

impl<T: Clone> IntoIterator for Shared<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> std::vec::IntoIter<T> {
        Arc::unwrap_or_clone(self.0).into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Shared<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> std::slice::Iter<'a, T> {
        self.iter()
    }
}

impl<'a, T: Clone> IntoIterator for &'a mut Shared<T> {
    type Item = &'a mut T;
    type IntoIter = std::slice::IterMut<'a, T>;

    fn into_iter(self) -> std::slice::IterMut<'a, T> {
        self.iter_mut()
    }
}

#[cfg(test)]
mod tests {
    use super::Shared;

    #[test]
    fn what_one_changes_the_other_keeps() {
        let first: Shared<u32> = vec![1, 2, 3].into();
        let mut second = first.clone();
        assert!(std::ptr::eq(first.as_slice(), second.as_slice()), "a copy is the same list");
        second.push(4);
        for member in &mut second {
            *member += 10;
        }
        assert_eq!((first.as_slice(), second.as_slice()), (&[1, 2, 3][..], &[11, 12, 13, 14][..]));
        assert!(second.into_iter().eq([11, 12, 13, 14]) && (&first).into_iter().eq(&[1, 2, 3]));
    }
}
