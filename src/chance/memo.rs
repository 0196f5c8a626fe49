//! A memo: values that are costly to make and depend on their key alone, made once a process.

use std::sync::{Arc, Mutex};

/// Values by key, found by comparison; meant for tens of entries.
pub struct Memo<K, V> {
    entries: Mutex<Vec<(K, Arc<V>)>>,
}

/// Entries kept; beyond this a value is made for its caller alone.
const MOST: usize = 512;

impl<K: PartialEq + Clone, V> Memo<K, V> {
    /// An empty memo.
    pub const fn new() -> Memo<K, V> {
        Memo { entries: Mutex::new(Vec::new()) }
    }

    /// The value of a key, made by `make` if it is not there yet. Two callers at once may both make it; the values are
    /// the same.
    pub fn get(&self, key: &K, make: impl FnOnce() -> V) -> Arc<V> {
        if let Some(value) = self.find(key) {
            return value;
        }
        let value = Arc::new(make());
        if let Ok(mut entries) = self.entries.lock()
            && entries.len() < MOST
        {
            entries.push((key.clone(), value.clone()));
        }
        value
    }

    fn find(&self, key: &K) -> Option<Arc<V>> {
        let entries = self.entries.lock().ok()?;
        entries.iter().find(|e| e.0 == *key).map(|e| e.1.clone())
    }
}

impl<K: PartialEq + Clone, V> Default for Memo<K, V> {
    fn default() -> Memo<K, V> {
        Memo::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_made_once() {
        let memo: Memo<u32, u32> = Memo::new();
        let mut made = 0;
        for _ in 0..3 {
            let value = memo.get(&7, || {
                made += 1;
                49
            });
            assert_eq!(*value, 49);
        }
        assert_eq!(made, 1);
    }
}
