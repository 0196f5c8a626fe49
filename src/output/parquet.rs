//! Worlds and replicates as Parquet, written block by block: memory does not grow with replicates.

use super::columns::{self, Kind, REPLICATE_COMMON, Table};
use super::digest::Digested;
use super::error::OutputError;
use super::manifest::FileRecord;
use crate::engine::outcome::{Block, GUIDED, Groups, Shape, common};
use crate::model::Scenario;
use polars::prelude::{CompatLevel, DataType, NamedFrom, NamedFromOwned, PolarsResult, Schema, SchemaExt, Series};
use polars_parquet::write::{CompressedPage, CompressionOptions, DynIter, DynStreamingIterator, Encoding, FileWriter};
use polars_parquet::write::{KeyValue, StatisticsOptions, Version, WriteOptions, array_to_columns, compress};
use polars_parquet::write::{fallible_streaming_iterator, schema_to_metadata_key};
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

/// On 840,000 rows of the Kakao scenario Snappy takes 0.05 s of processor time more than none at all and makes 50 MB of
/// 135 MB; LZ4 takes 0.1 s more for 47 MB, Zstandard 0.3 s for 39 MB.
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
/// Rows of a row group, about.
const ROWS: usize = 50_000;
/// So many row groups are of that size. Those after them have more rows and larger pages: the writer keeps some 700 bytes
/// for each page until the file is closed, which for a million worlds would be more than all else.
const SMALL_GROUPS: usize = 64;
/// Rows of these row groups, about.
const MANY_ROWS: usize = 200_000;
/// Rows of numbers that are collected before they are encoded as one page, about: so few that they are still in the
/// processor's cache then.
const PAGE_ROWS: usize = 4096;

/// The pages of one column in the row group at hand.
type Pages = Vec<CompressedPage>;

/// A file in the making.
struct Sink {
    path: PathBuf,
    table: Table,
    writer: FileWriter<BufWriter<Digested>>,
    metadata: Vec<(String, String)>,
    /// Memory of pages that are written, for those to come.
    spare: Vec<Vec<u8>>,
}

impl Sink {
    fn open(path: &Path, table: Table, metadata: &[(String, String)]) -> Result<Sink, OutputError> {
        let file = File::create(path).map_err(|e| OutputError::new(path, "create", e))?;
        let schema: Schema = table.columns.iter().map(|c| (c.name.as_str().into(), dtype(c.kind))).collect();
        let writer = BufWriter::with_capacity(1 << 18, Digested::new(file));
        let writer = FileWriter::try_new(writer, schema.to_arrow(CompatLevel::newest()), OPTIONS)
            .map_err(|e| OutputError::new(path, "create", e))?;
        Ok(Sink { path: path.into(), table, writer, metadata: metadata.to_vec(), spare: Vec::new() })
    }

    /// Encodes values of a column as pages. Of a column of numbers each page stands for itself: they hardly repeat, so
    /// that looking for those that do takes longer than it saves.
    fn encode(&mut self, column: usize, values: &Series, pages: &mut Pages) -> Result<(), OutputError> {
        let encoding =
            if self.table.columns[column].kind == Kind::Number { Encoding::Plain } else { Encoding::RleDictionary };
        self.encode_as(encoding, column, values, pages)
    }

    fn encode_as(
        &mut self,
        encoding: Encoding,
        column: usize,
        values: &Series,
        pages: &mut Pages,
    ) -> Result<(), OutputError> {
        let failed = |e| OutputError::new(&self.path, "write", e);
        let kind = self.writer.parquet_schema().fields()[column].clone();
        for chunk in values.chunks() {
            let columns = array_to_columns(chunk, kind.clone(), OPTIONS, &[encoding]).map_err(failed)?;
            for page in columns.into_iter().flatten() {
                let page = compress(page.map_err(failed)?, self.spare.pop().unwrap_or_default(), OPTIONS.compression);
                pages.push(page.map_err(|e| failed(e.into()))?);
            }
        }
        Ok(())
    }

    /// Writes a row group: the pages of every column.
    fn write<'a>(
        &mut self,
        rows: usize,
        columns: impl Iterator<Item = &'a Pages> + Send + Sync,
    ) -> Result<(), OutputError> {
        let stream = |pages: &'a Pages| {
            Ok(DynStreamingIterator::new(fallible_streaming_iterator::convert(pages.iter().map(PolarsResult::Ok))))
        };
        let group = DynIter::new(columns.map(stream));
        self.writer.write(rows as u64, group).map_err(|e| OutputError::new(&self.path, "write", e))
    }

    /// Takes the memory of pages that are written.
    fn clear(&mut self, pages: &mut Pages) {
        for page in pages.drain(..) {
            if let CompressedPage::Data(mut page) = page {
                let mut memory = std::mem::take(page.slice_mut().to_mut());
                memory.clear();
                self.spare.push(memory);
            }
        }
    }

    /// Writes the footer and closes the file.
    fn finish(mut self) -> Result<FileRecord, OutputError> {
        let own = self.metadata.into_iter().map(|(key, value)| KeyValue::new(key, Some(value)));
        let all = std::iter::once(schema_to_metadata_key(self.writer.schema())).chain(own).collect();
        let failed = |e: &dyn std::fmt::Display| OutputError::new(&self.path, "write", e);
        self.writer.end(Some(all)).map_err(|e| failed(&e))?;
        let file = self.writer.into_inner().into_inner().map_err(|e| failed(&e))?;
        Ok(FileRecord::of_written(self.table.file, file))
    }
}

fn dtype(kind: Kind) -> DataType {
    match kind {
        Kind::Text => DataType::String,
        Kind::Whole => DataType::Int64,
        Kind::Number => DataType::Float64,
    }
}

/// Columns of numbers of the row group at hand.
struct Numbers {
    /// Where they stand in the table: this column and those after it.
    first: usize,
    /// Values that are not encoded yet.
    values: Vec<Vec<f64>>,
    pages: Vec<Pages>,
}

impl Numbers {
    fn new(first: usize, columns: usize) -> Numbers {
        let pages = (0..columns).map(|_| Pages::new()).collect();
        Numbers { first, values: vec![Vec::new(); columns], pages }
    }

    /// Encodes what is collected as one page a column.
    fn encode(&mut self, sink: &mut Sink) -> Result<(), OutputError> {
        for (i, (values, pages)) in self.values.iter_mut().zip(&mut self.pages).enumerate() {
            let room = values.len();
            let values = std::mem::replace(values, Vec::with_capacity(room));
            if room > 0 {
                sink.encode(self.first + i, &Series::from_vec("".into(), values), pages)?;
            }
        }
        Ok(())
    }

    /// Forgets the pages, which are written.
    fn clear(&mut self, sink: &mut Sink) {
        self.pages.iter_mut().for_each(|pages| sink.clear(pages));
    }
}

/// Writer of `replicates.parquet`: one row per world × guideline × leaf group.
pub struct ReplicateWriter {
    sink: Sink,
    shape: Shape,
    leaves: Vec<usize>,
    /// Rows of one world.
    per_world: usize,
    /// Columns that are the same in every row group of as many worlds: who a row is about, and its weight.
    same: Same,
    /// First world of the row group and worlds in it.
    group: (u64, usize),
    /// Row groups written.
    written: usize,
    numbers: Numbers,
    commons: Vec<usize>,
}

/// Columns that repeat with every world: their texts in one world, and the pages of all of them for so many worlds.
struct Same {
    texts: [Vec<String>; 3],
    worlds: usize,
    pages: Vec<Pages>,
}

impl ReplicateWriter {
    /// Creates the file at `path`; `metadata` goes into it as key-value pairs.
    pub fn open(
        path: &Path,
        scenario: &Scenario,
        metadata: &[(String, String)],
    ) -> Result<ReplicateWriter, OutputError> {
        let sink = Sink::open(path, columns::replicates(&scenario.currency), metadata)?;
        let groups = Groups::of(scenario);
        let commons: Vec<usize> = REPLICATE_COMMON.iter().filter_map(|n| common(n)).collect();
        let same = Same::of(scenario, &groups);
        Ok(ReplicateWriter {
            sink,
            shape: shape_of(scenario, &groups),
            per_world: scenario.guidelines.len() * groups.leaves.len(),
            numbers: Numbers::new(2 + same.texts.len(), commons.len() + GUIDED.len()),
            same,
            group: (0, 0),
            written: 0,
            leaves: groups.leaves,
            commons,
        })
    }

    /// Adds the rows of a block.
    pub fn add(&mut self, block: &Block) -> Result<(), OutputError> {
        for r in 0..block.replicates {
            let (rows, page) = if self.written < SMALL_GROUPS { (ROWS, PAGE_ROWS) } else { (MANY_ROWS, ROWS) };
            for g in 0..self.shape.guidelines {
                self.add_rows(block, r, g);
            }
            self.group.1 += 1;
            if self.numbers.values.first().is_some_and(|v| v.len() >= page) {
                self.numbers.encode(&mut self.sink)?;
            }
            if self.group.1 * self.per_world >= rows {
                self.flush()?;
            }
        }
        Ok(())
    }

    /// Adds the rows of one replicate under one guideline.
    fn add_rows(&mut self, block: &Block, r: usize, g: usize) {
        let (common, guided) = self.numbers.values.split_at_mut(self.commons.len());
        for (column, &m) in common.iter_mut().zip(&self.commons) {
            column.extend(self.leaves.iter().map(|&leaf| block.common[self.shape.common(r, leaf, m)]));
        }
        for (m, column) in guided.iter_mut().enumerate() {
            column.extend(self.leaves.iter().map(|&leaf| block.guided[self.shape.guided(r, g, leaf, m)]));
        }
    }

    fn flush(&mut self) -> Result<(), OutputError> {
        let (first, worlds) = self.group;
        let rows = worlds * self.per_world;
        if rows == 0 {
            return Ok(());
        }
        let number = |i: usize| (first + (i / self.per_world) as u64) as i64;
        let replicate: Vec<i64> = (0..rows).map(number).collect();
        let mut replicates = Pages::new();
        self.sink.encode(0, &Series::from_vec("".into(), replicate), &mut replicates)?;
        self.same.repeat(worlds, &mut self.sink)?;
        self.numbers.encode(&mut self.sink)?;
        let columns = std::iter::once(&replicates).chain(&self.same.pages).chain(&self.numbers.pages);
        self.sink.write(rows, columns)?;
        self.numbers.clear(&mut self.sink);
        self.group = (first + worlds as u64, 0);
        self.written += 1;
        Ok(())
    }

    /// Writes what is left, closes the file and gives its record.
    pub fn finish(mut self) -> Result<FileRecord, OutputError> {
        self.flush()?;
        self.sink.finish()
    }
}

impl Same {
    fn of(scenario: &Scenario, groups: &Groups) -> Same {
        let mut texts = [(); 3].map(|()| Vec::new());
        for guideline in &scenario.guidelines {
            for &leaf in &groups.leaves {
                let group = groups.list[leaf];
                texts[0].push(guideline.id.clone());
                texts[1].push(group.cohort.map_or("all".into(), |c| scenario.cohorts[c].id.clone()));
                texts[2].push(group.region.map_or("all".into(), |r| scenario.regions[r].id.clone()));
            }
        }
        Same { texts, worlds: 0, pages: Vec::new() }
    }

    /// Sees that the pages are those of so many worlds.
    fn repeat(&mut self, worlds: usize, sink: &mut Sink) -> Result<(), OutputError> {
        if self.worlds == worlds {
            return Ok(());
        }
        let rows = worlds * self.texts[0].len();
        let texts = self.texts.iter().map(|texts| {
            let all: Vec<&str> = texts.iter().map(String::as_str).cycle().take(rows).collect();
            Series::new("".into(), all)
        });
        self.pages.clear();
        for (i, column) in texts.chain([ones(rows)]).enumerate() {
            let mut pages = Pages::new();
            sink.encode_as(Encoding::RleDictionary, 1 + i, &column, &mut pages)?;
            self.pages.push(pages);
        }
        self.worlds = worlds;
        Ok(())
    }
}

/// Writer of `worlds.parquet`: one row per world.
pub struct WorldWriter {
    sink: Sink,
    shape: Shape,
    drawn: Vec<usize>,
    replicate: Vec<i64>,
    numbers: Numbers,
}

impl WorldWriter {
    /// Creates the file at `path`; `metadata` goes into it as key-value pairs.
    pub fn open(path: &Path, scenario: &Scenario, metadata: &[(String, String)]) -> Result<WorldWriter, OutputError> {
        let drawn = columns::drawn(scenario);
        let numbers = Numbers::new(2, drawn.len() + scenario.services.len());
        let shape = shape_of(scenario, &Groups::of(scenario));
        let sink = Sink::open(path, columns::worlds(scenario), metadata)?;
        Ok(WorldWriter { sink, shape, drawn, replicate: Vec::new(), numbers })
    }

    /// Adds the rows of a block.
    pub fn add(&mut self, block: &Block) -> Result<(), OutputError> {
        let (worlds, hours) = self.numbers.values.split_at_mut(self.drawn.len());
        for r in 0..block.replicates {
            self.replicate.push((block.first + r as u64) as i64);
            let world = &block.worlds[r * self.shape.quantities..];
            for (column, &q) in worlds.iter_mut().zip(&self.drawn) {
                column.push(world[q]);
            }
            for (column, &value) in hours.iter_mut().zip(&block.service_hours[r * self.shape.services..]) {
                column.push(value);
            }
        }
        if self.numbers.values.first().is_some_and(|v| v.len() >= PAGE_ROWS) {
            self.numbers.encode(&mut self.sink)?;
        }
        if self.replicate.len() >= ROWS {
            self.flush()?;
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), OutputError> {
        let rows = self.replicate.len();
        if rows == 0 {
            return Ok(());
        }
        let [mut replicates, mut weights] = [(); 2].map(|()| Pages::new());
        let replicate = std::mem::take(&mut self.replicate);
        self.sink.encode(0, &Series::from_vec("".into(), replicate), &mut replicates)?;
        self.sink.encode_as(Encoding::RleDictionary, 1, &ones(rows), &mut weights)?;
        self.numbers.encode(&mut self.sink)?;
        self.sink.write(rows, [&replicates, &weights].into_iter().chain(&self.numbers.pages))?;
        self.numbers.clear(&mut self.sink);
        Ok(())
    }

    /// Writes what is left, closes the file and gives its record.
    pub fn finish(mut self) -> Result<FileRecord, OutputError> {
        self.flush()?;
        self.sink.finish()
    }
}

fn shape_of(scenario: &Scenario, groups: &Groups) -> Shape {
    Shape {
        quantities: scenario.quantities.list.len(),
        services: scenario.services.len(),
        groups: groups.list.len(),
        guidelines: scenario.guidelines.len(),
    }
}

fn ones(rows: usize) -> Series {
    Series::from_vec("".into(), vec![1.0_f64; rows])
}
