//! Worlds and replicates as Parquet, written block by block: memory does not grow with replicates.

use super::columns::{self, Kind, REPLICATE_COMMON, Table};
use super::error::OutputError;
use crate::engine::outcome::{Block, GUIDED, Groups, Shape, common};
use crate::model::Scenario;
use polars::io::parquet::write::{BatchedWriter, KeyValueMetadata, StatisticsOptions};
use polars::prelude::{Column, DataFrame, DataType, IntoColumn, NamedFrom, ParquetCompression, ParquetWriter};
use polars::prelude::{Schema, Series};
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

/// On 840,000 rows of the Kakao scenario Snappy takes 0.3 s of processor time for 50 MB, LZ4 0.35 s for 47 MB, Zstandard
/// 0.55 s for 39 MB, none at all 0.25 s for 135 MB.
const COMPRESSION: ParquetCompression = ParquetCompression::Snappy;
/// No least and greatest value of a column in a row group: they serve to skip row groups, of which there are few, and
/// cost a tenth of the time.
const STATISTICS: StatisticsOptions = StatisticsOptions {
    min_value: false,
    max_value: false,
    distinct_count: false,
    null_count: true,
    binary_statistics_truncate_length: None,
};
/// Rows collected before they are written as one row group.
const ROWS: usize = 50_000;

/// A file in the making: rows are collected by column and written a row group at a time.
struct Sink {
    path: PathBuf,
    table: Table,
    writer: BatchedWriter<BufWriter<File>>,
}

impl Sink {
    fn open(path: &Path, table: Table, metadata: &[(String, String)]) -> Result<Sink, OutputError> {
        let file = File::create(path).map_err(|e| OutputError::new(path, "create", e))?;
        let schema: Schema = table.columns.iter().map(|c| (c.name.as_str().into(), dtype(c.kind))).collect();
        let writer = ParquetWriter::new(BufWriter::with_capacity(1 << 20, file))
            .with_compression(COMPRESSION)
            .with_statistics(STATISTICS)
            .with_key_value_metadata(Some(KeyValueMetadata::from_static(metadata.to_vec())))
            .batched(&schema)
            .map_err(|e| OutputError::new(path, "create", e))?;
        Ok(Sink { path: path.into(), table, writer })
    }

    fn write(&mut self, columns: Vec<Column>) -> Result<(), OutputError> {
        let frame = DataFrame::new_infer_height(columns).map_err(|e| OutputError::new(&self.path, "write", e))?;
        self.writer.write_batch(&frame).map_err(|e| OutputError::new(&self.path, "write", e))
    }

    fn finish(self) -> Result<(), OutputError> {
        self.writer.finish().map(|_| ()).map_err(|e| OutputError::new(&self.path, "write", e))
    }
}

fn dtype(kind: Kind) -> DataType {
    match kind {
        Kind::Text => DataType::String,
        Kind::Whole => DataType::Int64,
        Kind::Number => DataType::Float64,
    }
}

/// Writer of `replicates.parquet`: one row per world × guideline × leaf group.
pub struct ReplicateWriter {
    sink: Sink,
    shape: Shape,
    leaves: Vec<usize>,
    /// Text columns of one row group, made once: rows repeat with every replicate.
    texts: Vec<Column>,
    replicate: Vec<i64>,
    numbers: Vec<Vec<f64>>,
    commons: Vec<usize>,
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
        let per_world = scenario.guidelines.len() * groups.leaves.len();
        let worlds = ROWS.div_ceil(per_world.max(1));
        let commons: Vec<usize> = REPLICATE_COMMON.iter().filter_map(|n| common(n)).collect();
        Ok(ReplicateWriter {
            sink,
            shape: shape_of(scenario, &groups),
            texts: text_columns(scenario, &groups, worlds),
            replicate: Vec::with_capacity(worlds * per_world),
            numbers: vec![Vec::with_capacity(worlds * per_world); commons.len() + GUIDED.len()],
            leaves: groups.leaves,
            commons,
        })
    }

    /// Adds the rows of a block.
    pub fn add(&mut self, block: &Block) -> Result<(), OutputError> {
        for r in 0..block.replicates {
            for g in 0..self.shape.guidelines {
                self.add_rows(block, r, g);
            }
            if self.replicate.len() >= self.texts[0].len() {
                self.flush()?;
            }
        }
        Ok(())
    }

    /// Adds the rows of one replicate under one guideline.
    fn add_rows(&mut self, block: &Block, r: usize, g: usize) {
        let number = (block.first + r as u64) as i64;
        self.replicate.resize(self.replicate.len() + self.leaves.len(), number);
        let (common, guided) = self.numbers.split_at_mut(self.commons.len());
        for &leaf in &self.leaves {
            let at = self.shape.common(r, leaf, 0);
            for (column, &m) in common.iter_mut().zip(&self.commons) {
                column.push(block.common[at + m]);
            }
            let at = self.shape.guided(r, g, leaf, 0);
            for (column, &value) in guided.iter_mut().zip(&block.guided[at..at + GUIDED.len()]) {
                column.push(value);
            }
        }
    }

    fn flush(&mut self) -> Result<(), OutputError> {
        let rows = self.replicate.len();
        if rows == 0 {
            return Ok(());
        }
        let mut names = self.sink.table.columns.iter().map(|c| c.name.as_str());
        let mut columns = Vec::with_capacity(self.sink.table.columns.len());
        columns.push(whole(names.next(), &mut self.replicate));
        columns.extend(self.texts.iter().map(|c| c.slice(0, rows)));
        let mut names = names.skip(self.texts.len());
        columns.push(ones(names.next(), rows));
        for (numbers, name) in self.numbers.iter_mut().zip(names) {
            columns.push(number(Some(name), numbers));
        }
        self.sink.write(columns)
    }

    /// Writes what is left and closes the file.
    pub fn finish(mut self) -> Result<(), OutputError> {
        self.flush()?;
        self.sink.finish()
    }
}

/// Writer of `worlds.parquet`: one row per world.
pub struct WorldWriter {
    sink: Sink,
    shape: Shape,
    drawn: Vec<usize>,
    replicate: Vec<i64>,
    numbers: Vec<Vec<f64>>,
}

impl WorldWriter {
    /// Creates the file at `path`; `metadata` goes into it as key-value pairs.
    pub fn open(path: &Path, scenario: &Scenario, metadata: &[(String, String)]) -> Result<WorldWriter, OutputError> {
        let drawn = columns::drawn(scenario);
        let numbers = vec![Vec::new(); drawn.len() + scenario.services.len()];
        let shape = shape_of(scenario, &Groups::of(scenario));
        let sink = Sink::open(path, columns::worlds(scenario), metadata)?;
        Ok(WorldWriter { sink, shape, drawn, replicate: Vec::new(), numbers })
    }

    /// Adds the rows of a block.
    pub fn add(&mut self, block: &Block) -> Result<(), OutputError> {
        let (worlds, hours) = self.numbers.split_at_mut(self.drawn.len());
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
        let mut names = self.sink.table.columns.iter().map(|c| c.name.as_str());
        let mut columns = Vec::with_capacity(self.sink.table.columns.len());
        columns.push(whole(names.next(), &mut self.replicate));
        columns.push(ones(names.next(), rows));
        for (numbers, name) in self.numbers.iter_mut().zip(names) {
            columns.push(number(Some(name), numbers));
        }
        self.sink.write(columns)
    }

    /// Writes what is left and closes the file.
    pub fn finish(mut self) -> Result<(), OutputError> {
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

/// Guideline, cohort and region of the rows of so many worlds.
fn text_columns(scenario: &Scenario, groups: &Groups, worlds: usize) -> Vec<Column> {
    let rows = scenario.guidelines.len() * groups.leaves.len() * worlds;
    let [mut guidelines, mut cohorts, mut regions] = [(); 3].map(|()| Vec::<&str>::with_capacity(rows));
    for _ in 0..worlds {
        for guideline in &scenario.guidelines {
            for &leaf in &groups.leaves {
                let group = groups.list[leaf];
                guidelines.push(guideline.id.as_str());
                cohorts.push(group.cohort.map_or("all", |c| scenario.cohorts[c].id.as_str()));
                regions.push(group.region.map_or("all", |r| scenario.regions[r].id.as_str()));
            }
        }
    }
    let text = |name: &str, values: &[&str]| Series::new(name.into(), values).into_column();
    vec![text("guideline", &guidelines), text("cohort", &cohorts), text("region", &regions)]
}

/// A column that takes the values of a buffer and leaves it empty.
fn whole(name: Option<&str>, buffer: &mut Vec<i64>) -> Column {
    let column = Series::new(name.unwrap_or_default().into(), buffer.as_slice()).into_column();
    buffer.clear();
    column
}

fn number(name: Option<&str>, buffer: &mut Vec<f64>) -> Column {
    let column = Series::new(name.unwrap_or_default().into(), buffer.as_slice()).into_column();
    buffer.clear();
    column
}

fn ones(name: Option<&str>, rows: usize) -> Column {
    Series::new(name.unwrap_or_default().into(), vec![1.0_f64; rows]).into_column()
}
