//! The compact protocol of Thrift, as far as the headers and the footer of a Parquet file need it
//! (<https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md>).

const I16: u8 = 4;
const I32: u8 = 5;
const I64: u8 = 6;
const BINARY: u8 = 8;
const LIST: u8 = 9;
const STRUCT: u8 = 12;

/// Fields of a struct, written one after the other in the order of their numbers.
#[derive(Debug, Default)]
pub struct Compact {
    bytes: Vec<u8>,
    /// Number of the field before, in the struct at hand.
    last: i16,
}

impl Compact {
    /// What was written.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Forgets what was written.
    pub fn clear(&mut self) {
        self.bytes.clear();
        self.last = 0;
    }

    /// A whole number as a field.
    pub fn i16(&mut self, field: i16, value: i16) {
        self.field(field, I16);
        self.signed(value.into());
    }

    /// A whole number as a field; also a member of an enumeration.
    pub fn i32(&mut self, field: i16, value: i32) {
        self.field(field, I32);
        self.signed(value.into());
    }

    /// A whole number as a field.
    pub fn i64(&mut self, field: i16, value: i64) {
        self.field(field, I64);
        self.signed(value);
    }

    /// A text as a field.
    pub fn text(&mut self, field: i16, text: &str) {
        self.field(field, BINARY);
        self.binary(text);
    }

    /// A struct as a field.
    pub fn inside(&mut self, field: i16, write: impl FnOnce(&mut Compact)) {
        self.field(field, STRUCT);
        self.body(write);
    }

    /// Members of an enumeration as a field.
    pub fn list_of_i32(&mut self, field: i16, values: &[i32]) {
        self.list(field, I32, values.len());
        values.iter().for_each(|v| self.signed((*v).into()));
    }

    /// Texts as a field.
    pub fn list_of_texts(&mut self, field: i16, texts: &[&str]) {
        self.list(field, BINARY, texts.len());
        texts.iter().for_each(|t| self.binary(t));
    }

    /// Structs as a field, one for each item.
    pub fn list_of<T>(
        &mut self,
        field: i16,
        items: impl ExactSizeIterator<Item = T>,
        mut write: impl FnMut(&mut Compact, T),
    ) {
        self.list(field, STRUCT, items.len());
        items.for_each(|item| self.body(|inside| write(inside, item)));
    }

    /// So many structs as a field, which are written already ([`Compact::body`]).
    pub fn list_of_written(&mut self, field: i16, count: usize, written: &Compact) {
        self.list(field, STRUCT, count);
        self.bytes.extend_from_slice(&written.bytes);
    }

    /// A struct: its fields and the mark of its end.
    pub fn body(&mut self, write: impl FnOnce(&mut Compact)) {
        let outer = std::mem::take(&mut self.last);
        write(self);
        self.end();
        self.last = outer;
    }

    /// The end of a struct.
    pub fn end(&mut self) {
        self.bytes.push(0);
    }

    fn field(&mut self, field: i16, kind: u8) {
        let step = field - self.last;
        assert!((1..16).contains(&step), "fields come in order, and those of Parquet are few");
        self.bytes.push((step as u8) << 4 | kind);
        self.last = field;
    }

    fn list(&mut self, field: i16, kind: u8, count: usize) {
        self.field(field, LIST);
        if count < 15 {
            self.bytes.push((count as u8) << 4 | kind);
        } else {
            self.bytes.push(0xf0 | kind);
            varint(count as u64, &mut self.bytes);
        }
    }

    fn binary(&mut self, text: &str) {
        varint(text.len() as u64, &mut self.bytes);
        self.bytes.extend_from_slice(text.as_bytes());
    }

    /// Signed numbers take turns: 0, -1, 1, -2, and so on.
    fn signed(&mut self, value: i64) {
        varint(((value << 1) ^ (value >> 63)) as u64, &mut self.bytes);
    }
}

/// A number in groups of seven bits, the lowest first.
pub fn varint(mut value: u64, bytes: &mut Vec<u8>) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}
