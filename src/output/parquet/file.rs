//! A Parquet file written column by column with the inner writer of polars.

use crate::output::columns::{Column, Kind};
use polars::prelude::{CompatLevel, DataType, PolarsError, PolarsResult, Schema, SchemaExt, Series};
use polars_parquet::parquet::CowBuffer;
use polars_parquet::parquet::error::ParquetError;
use polars_parquet::parquet::metadata::Descriptor;
use polars_parquet::parquet::page::{DataPage, DataPageHeader, DataPageHeaderV1};
use polars_parquet::parquet::statistics::PrimitiveStatistics;
use polars_parquet::write::schema_to_metadata_key;
use polars_parquet::write::{CompressedPage, CompressionOptions, Compressor, DynIter, DynStreamingIterator, Encoding};
use polars_parquet::write::{FallibleStreamingIterator, FileWriter, KeyValue, Page, ParquetType, StatisticsOptions};
use polars_parquet::write::{
    Version, WriteOptions, array_to_columns, compress, fallible_streaming_iterator, write_def_levels,
};
use std::io::{self, Write};
use std::iter::Once;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// On 840,000 rows of the Kakao scenario, when they had 20 columns, Snappy took 0.05 s of processor time more than none at
/// all and made 50 MB of 135 MB; LZ4 took 0.1 s more for 47 MB, Zstandard 0.3 s for 39 MB.
const OPTIONS: WriteOptions = WriteOptions {
    statistics: StatisticsOptions {
        // No least and greatest value of a column in a row group: they serve to skip row groups, of which there are few,
        // and cost a tenth of the time.
        min_value: false,
        max_value: false,
        distinct_count: false,
        null_count: true,
        binary_statistics_truncate_length: None,
    },
    version: Version::V1,
    compression: CompressionOptions::Snappy,
    data_page_size: None,
};

/// A column of which a page keeps more than this part of its size is not compressed any more: of Kakao, five of 39 columns, for
/// 9 MB more than 76 and 0.04 s of the 0.24 s that compressing takes.
const HARDLY: f64 = 0.6;

/// The pages of one column of a row group, as they will stand in the file.
pub type Pages = Vec<CompressedPage>;

/// A column of a row group.
pub enum Values<'a> {
    /// Pages that are made.
    Pages(&'a Pages),
    /// Numbers, which become one page as they are when its turn comes: they hardly repeat, so that looking for those that
    /// do takes longer than it saves. Once written they are gone.
    Numbers(&'a mut Numbers),
}

/// A number as it stands in a file.
pub type Number = [u8; 8];

/// Numbers of a column, of which none is missing. The first place is kept free for what tells so in a page: of between 8,192
/// and a million rows it fits there, and the page is there without a copy.
pub struct Numbers {
    all: Vec<Number>,
    /// How their pages are compressed.
    compression: CompressionOptions,
}

impl Numbers {
    /// None yet, with room for as many, which takes no memory until they are written to it.
    pub fn with_room_for(rows: usize) -> Numbers {
        let mut all = Vec::with_capacity(1 + rows);
        all.push(Number::default());
        Numbers { all, compression: OPTIONS.compression }
    }

    /// Appends one.
    pub fn push(&mut self, number: Number) {
        self.all.push(number);
    }

    /// Takes them out: how many there were, and the contents of their page.
    fn take(&mut self) -> PolarsResult<(usize, Vec<u8>)> {
        let rows = self.all.len() - 1;
        let mut none_missing = Vec::new();
        write_def_levels(&mut none_missing, true, None, rows, OPTIONS.version)?;
        let Ok(fitting) = Number::try_from(none_missing.as_slice()) else {
            none_missing.extend_from_slice(self.all[1..].as_flattened());
            self.all.truncate(1);
            return Ok((rows, none_missing));
        };
        self.all[0] = fitting;
        let mut next = Vec::with_capacity(self.all.capacity());
        next.push(Number::default());
        Ok((rows, std::mem::replace(&mut self.all, next).into_flattened()))
    }
}

impl Extend<Number> for Numbers {
    fn extend<I: IntoIterator<Item = Number>>(&mut self, numbers: I) {
        self.all.extend(numbers);
    }
}

/// A file in the making. It remembers some 2,100 bytes of each column of a row group until it is finished.
pub struct ParquetFile<W: Write> {
    writer: FileWriter<W>,
    kinds: Vec<ParquetType>,
    /// Memory that pages are compressed into, one after the other.
    memory: Mutex<Vec<u8>>,
}

impl<W: Write> ParquetFile<W> {
    /// Begins a file with these columns.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn new(writer: W, columns: &[Column]) -> PolarsResult<ParquetFile<W>> {
        let schema: Schema = columns.iter().map(|c| (c.name.as_str().into(), dtype(c.kind))).collect();
        let writer = FileWriter::try_new(writer, schema.to_arrow(CompatLevel::newest()), OPTIONS)?;
        let kinds = writer.parquet_schema().fields().to_vec();
        Ok(ParquetFile { writer, kinds, memory: Mutex::default() })
    }

    /// The pages of values of a column: as they are, or as places in a dictionary.
    ///
    /// # Errors
    /// They cannot be compressed.
    pub fn pages(&self, column: usize, values: &Series, dictionary: bool) -> PolarsResult<Pages> {
        let encoding = if dictionary { Encoding::RleDictionary } else { Encoding::Plain };
        let encoded = encoded(&self.kinds[column], values, encoding)?;
        encoded.map(|page| Ok(compress(page?, Vec::new(), OPTIONS.compression)?)).collect()
    }

    /// Writes a row group: every column, in order.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn write(&mut self, rows: usize, columns: Vec<Values<'_>>) -> PolarsResult<()> {
        let streams = self.kinds.iter().zip(columns).map(|(kind, values)| match values {
            Values::Pages(pages) => {
                Ok(DynStreamingIterator::new(fallible_streaming_iterator::convert(pages.iter().map(PolarsResult::Ok))))
            }
            Values::Numbers(numbers) => {
                let (rows, contents) = numbers.take()?;
                let page = plain(kind, rows, contents)?;
                Ok(DynStreamingIterator::new(Packing::new(page, &self.memory, &mut numbers.compression)))
            }
        });
        self.writer.write(rows as u64, DynIter::new(streams))
    }

    /// Writes the footer, with what the file says of itself, and gives back what it was written to.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn finish(mut self, said: &[(String, String)]) -> PolarsResult<W> {
        let own = said.iter().map(|(key, value)| KeyValue::new(key.clone(), Some(value.clone())));
        let all = std::iter::once(schema_to_metadata_key(self.writer.schema())).chain(own).collect();
        self.writer.end(Some(all))?;
        Ok(self.writer.into_inner())
    }
}

/// The page of a column of numbers on its way into a file.
struct Packing<'a> {
    /// Nothing once it is written.
    page: Option<Compressor<Once<Result<Page, ParquetError>>>>,
    /// Memory that the columns of a row group compress into in turn: if each had its own, that would be new to the processor.
    memory: &'a Mutex<Vec<u8>>,
    compression: &'a mut CompressionOptions,
}

impl<'a> Packing<'a> {
    fn new(page: Page, memory: &'a Mutex<Vec<u8>>, compression: &'a mut CompressionOptions) -> Packing<'a> {
        // A page that is not compressed brings its own.
        let into = match compression {
            CompressionOptions::Uncompressed => Vec::new(),
            _ => std::mem::take(&mut *lent(memory)),
        };
        Packing { page: Some(Compressor::new(std::iter::once(Ok(page)), *compression, into)), memory, compression }
    }
}

fn lent(memory: &Mutex<Vec<u8>>) -> MutexGuard<'_, Vec<u8>> {
    memory.lock().unwrap_or_else(PoisonError::into_inner)
}

impl FallibleStreamingIterator for Packing<'_> {
    type Item = CompressedPage;
    type Error = PolarsError;

    fn advance(&mut self) -> PolarsResult<()> {
        let Some(mut packing) = self.page.take() else { return Ok(()) };
        if packing.get().is_some() {
            // It is in the file: its memory is for the next column.
            let (back, mut kept) = (packing.into_inner().1, lent(self.memory));
            if back.capacity() > kept.capacity() {
                *kept = back;
            }
            return Ok(());
        }
        packing.advance()?;
        if let Some(CompressedPage::Data(page)) = packing.get()
            && page.compressed_size() as f64 > HARDLY * page.uncompressed_size() as f64
        {
            *self.compression = CompressionOptions::Uncompressed;
        }
        self.page = Some(packing);
        Ok(())
    }

    fn get(&self) -> Option<&CompressedPage> {
        self.page.as_ref().and_then(|packing| packing.get())
    }
}

/// The pages of values before they are compressed.
fn encoded(
    kind: &ParquetType,
    values: &Series,
    encoding: Encoding,
) -> PolarsResult<DynIter<'static, Result<Page, ParquetError>>> {
    let mut pages = Vec::new();
    for chunk in values.chunks() {
        pages.extend(array_to_columns(chunk, kind.clone(), OPTIONS, &[encoding])?);
    }
    let of_parquet = |e: PolarsError| ParquetError::OutOfSpec(e.to_string());
    Ok(DynIter::new(pages.into_iter().flatten().map(move |page| page.map_err(of_parquet))))
}

/// The page that polars makes of so many numbers, without a detour by its arrays: filling these takes as long as writing
/// them.
fn plain(kind: &ParquetType, rows: usize, contents: Vec<u8>) -> PolarsResult<Page> {
    let ParquetType::PrimitiveType(kind) = kind else {
        return Err(PolarsError::ComputeError("a column of numbers is made of other columns".into()));
    };
    let known = PrimitiveStatistics::<f64> {
        primitive_type: kind.clone(),
        null_count: Some(0),
        distinct_count: None,
        min_value: None,
        max_value: None,
    };
    let header = DataPageHeaderV1 {
        num_values: rows as i32,
        encoding: Encoding::Plain.into(),
        definition_level_encoding: Encoding::Rle.into(),
        repetition_level_encoding: Encoding::Rle.into(),
        statistics: Some(known.serialize()),
    };
    let descriptor = Descriptor { primitive_type: kind.clone(), max_def_level: 0, max_rep_level: 0 };
    Ok(Page::Data(DataPage::new(DataPageHeader::V1(header), CowBuffer::Owned(contents), descriptor, rows)))
}

/// What went wrong with polars, as a fault of writing.
pub fn fault(error: PolarsError) -> io::Error {
    io::Error::other(error)
}

fn dtype(kind: Kind) -> DataType {
    match kind {
        Kind::Text | Kind::Date => DataType::String,
        Kind::Whole => DataType::Int64,
        Kind::Number => DataType::Float64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use polars::prelude::{ParquetReader, SerReader};
    use std::io::Cursor;

    #[test]
    fn numbers_come_back_from_row_groups_of_any_size() {
        let column = Column { name: "x".into(), kind: Kind::Number, unit: "1".into(), meaning: String::new() };
        let mut file = ParquetFile::new(Vec::new(), &[column]).expect("a file");
        let mut numbers = Numbers::with_room_for(20_000);
        let mut all: Vec<f64> = Vec::new();
        for rows in [20_000, 8_192, 8_191, 1, 20_000, 300] {
            let group = (0..rows).map(move |i: u32| f64::from(i) + f64::from(rows) / 1e6);
            numbers.extend(group.clone().map(f64::to_le_bytes));
            all.extend(group);
            file.write(rows as usize, vec![Values::Numbers(&mut numbers)]).expect("written");
        }
        let bytes = file.finish(&[]).expect("finished");
        let frame = ParquetReader::new(Cursor::new(bytes)).finish().expect("a table");
        let read = frame.column("x").and_then(|c| c.f64()).expect("numbers");
        assert!(read.into_no_null_iter().eq(all));
    }

    /// A column that hardly shrinks is compressed once, one that does always, and both come back.
    #[test]
    fn what_hardly_shrinks_is_left_as_it_is() {
        let column =
            |name: &str| Column { name: name.into(), kind: Kind::Number, unit: "1".into(), meaning: String::new() };
        let mut file = ParquetFile::new(Vec::new(), &[column("same"), column("various")]).expect("a file");
        let mut numbers = [(); 2].map(|()| Numbers::with_room_for(10_000));
        let mut left = Vec::new();
        // Fractions of multiples of an irrational number do not repeat.
        let various = |i: u32| (f64::from(i) * std::f64::consts::SQRT_2).fract();
        for group in 0..3 {
            let rows = group * 10_000..(group + 1) * 10_000;
            numbers[0].extend(rows.clone().map(|_| 1.5f64.to_le_bytes()));
            numbers[1].extend(rows.map(|i| various(i).to_le_bytes()));
            file.write(10_000, numbers.iter_mut().map(Values::Numbers).collect()).expect("written");
            left.push(numbers.each_ref().map(|n| n.compression == CompressionOptions::Uncompressed));
        }
        assert_eq!(left, [[false, true]; 3]);
        let bytes = file.finish(&[]).expect("finished");
        assert!(bytes.len() < 3 * 10_000 * 8 + 40_000, "{}", bytes.len());
        let frame = ParquetReader::new(Cursor::new(bytes)).finish().expect("a table");
        let read = |name: &str| frame.column(name).and_then(|c| c.f64()).expect("numbers").clone();
        assert!(read("same").into_no_null_iter().all(|x| x == 1.5));
        assert!(read("various").into_no_null_iter().eq((0..30_000).map(various)));
    }
}
