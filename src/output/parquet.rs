//! Worlds, replicates and accounts as Parquet, written block by block: memory does not grow with replicates.

mod file;

use file::{Numbers, Pages, ParquetFile, Values, fault};

use super::columns::{self, REPLICATE_COMMON, Table};
use super::digest::Digested;
use super::error::OutputError;
use super::manifest::FileRecord;
use crate::engine::outcome::{ACCOUNTS, Block, COMMON, GUIDED, Group, Groups, Shape, common};
use crate::model::Scenario;
use polars::prelude::{NamedFrom, NamedFromOwned, Series};
use std::fs::File;
use std::io::{self, BufWriter};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// Values of a row group, about: they are in memory until it is written, and the writer remembers something of each row
/// group until the file is finished.
const VALUES: usize = 3 << 20;

/// A table that has as many rows of each world: `replicate`, texts that repeat with every world, `weight`, and numbers.
struct WorldRows {
    path: PathBuf,
    name: &'static str,
    said: Vec<(String, String)>,
    file: ParquetFile<BufWriter<Digested>>,
    /// Rows of one world.
    per_world: usize,
    texts: Vec<Texts>,
    /// Worlds of a full row group,
    full: usize,
    /// first world of this one, and worlds in it.
    group: (u64, usize),
    /// Pages of texts and weights, which are the same in every row group of as many worlds.
    same: (usize, Vec<Pages>),
    /// Numbers of the row group by column.
    waiting: Vec<Numbers>,
}

/// A column of texts in the rows of a world.
type Texts = Vec<String>;

impl WorldRows {
    /// Creates the file; `said` goes into it as key-value pairs.
    fn open(
        path: &Path,
        table: Table,
        texts: Vec<Texts>,
        per_world: usize,
        said: &[(String, String)],
    ) -> Result<WorldRows, OutputError> {
        let numbers = table.columns.len() - 2 - texts.len();
        let full = VALUES.div_ceil(table.columns.len() * per_world.max(1));
        let waiting = (0..numbers).map(|_| Numbers::with_room_for(full * per_world)).collect();
        let file = File::create(path).map_err(|e| OutputError::new(path, "create", e))?;
        let writer = BufWriter::with_capacity(1 << 18, Digested::new(file));
        Ok(WorldRows {
            path: path.into(),
            name: table.file,
            said: said.to_vec(),
            file: ParquetFile::new(writer, &table.columns).map_err(|e| OutputError::new(path, "create", fault(e)))?,
            per_world,
            texts,
            full,
            group: (0, 0),
            same: (0, Vec::new()),
            waiting,
        })
    }

    /// How many of so many worlds still belong to the row group.
    fn of_group(&self, worlds: usize) -> usize {
        worlds.min(self.full - self.group.1)
    }

    /// Takes note that the rows of so many more worlds, all [`WorldRows::of_group`], are waiting in every column.
    fn worlds(&mut self, worlds: usize) -> Result<(), OutputError> {
        self.group.1 += worlds;
        if self.group.1 < self.full {
            return Ok(());
        }
        self.flush().map_err(|e| OutputError::new(&self.path, "write", e))
    }

    /// Writes a row group.
    fn flush(&mut self) -> io::Result<()> {
        let (first, worlds) = self.group;
        self.group = (first + worlds as u64, 0);
        let rows = worlds * self.per_world;
        if rows == 0 {
            return Ok(());
        }
        self.repeat(worlds)?;
        let numbers: Vec<i64> = (0..rows).map(|row| (first + (row / self.per_world) as u64) as i64).collect();
        let replicates = Series::from_vec("".into(), numbers);
        let replicates = self.file.pages(0, &replicates, self.per_world > 1).map_err(fault)?;
        let mut columns = vec![Values::Pages(&replicates)];
        columns.extend(self.same.1.iter().map(Values::Pages));
        columns.extend(self.waiting.iter_mut().map(Values::Numbers));
        self.file.write(rows, columns).map_err(fault)
    }

    /// Sees that the pages of texts and weights are those of so many worlds.
    fn repeat(&mut self, worlds: usize) -> io::Result<()> {
        if self.same.0 == worlds {
            return Ok(());
        }
        let rows = worlds * self.per_world;
        let texts = self.texts.iter().map(|texts| {
            let all: Vec<&str> = texts.iter().map(String::as_str).cycle().take(rows).collect();
            Series::new("".into(), all)
        });
        self.same = (worlds, Vec::new());
        for (i, column) in texts.chain([Series::from_vec("".into(), vec![1.0; rows])]).enumerate() {
            self.same.1.push(self.file.pages(1 + i, &column, true).map_err(fault)?);
        }
        Ok(())
    }

    /// Writes what is left, closes the file and gives its record.
    fn finish(mut self) -> Result<FileRecord, OutputError> {
        let failed = |path: &Path, e: io::Error| OutputError::new(path, "write", e);
        self.flush().map_err(|e| failed(&self.path, e))?;
        let writer = self.file.finish(&self.said).map_err(|e| failed(&self.path, fault(e)))?;
        let file = writer.into_inner().map_err(|e| failed(&self.path, e.into_error()))?;
        Ok(FileRecord::of_written(self.name, file))
    }
}

/// Writer of `replicates.parquet`: one row per world × guideline × leaf group.
pub struct ReplicateWriter {
    rows: WorldRows,
    shape: Shape,
    /// Leaf groups, which follow each other.
    leaves: Range<usize>,
    commons: Vec<usize>,
}

impl ReplicateWriter {
    /// Creates the file at `path`; `said` goes into it as key-value pairs.
    ///
    /// # Errors
    /// It cannot be created.
    pub fn open(path: &Path, scenario: &Scenario, said: &[(String, String)]) -> Result<ReplicateWriter, OutputError> {
        let groups = Groups::of(scenario);
        let commons = REPLICATE_COMMON.iter().filter_map(|n| common(n)).collect();
        let each_leaf: Vec<Group> = groups.leaves.iter().map(|leaf| groups.list[*leaf]).collect();
        let guidelines = &scenario.guidelines;
        let each = || guidelines.iter().flat_map(|g| each_leaf.iter().map(move |group| (g, group)));
        let texts = vec![
            each().map(|(guideline, _)| guideline.id.clone()).collect(),
            each().map(|(_, group)| group.cohort.map_or("all".into(), |c| scenario.cohorts[c].id.clone())).collect(),
            each().map(|(_, group)| group.region.map_or("all".into(), |r| scenario.regions[r].id.clone())).collect(),
        ];
        let rows = WorldRows::open(path, columns::replicates(&scenario.currency), texts, each().count(), said)?;
        let first = groups.leaves.first().copied().unwrap_or_default();
        let leaves = first..first + groups.leaves.len();
        Ok(ReplicateWriter { rows, shape: Shape::of(scenario), leaves, commons })
    }

    /// Adds the rows of a block.
    ///
    /// # Errors
    /// They cannot be written.
    pub fn add(&mut self, block: &Block) -> Result<(), OutputError> {
        let mut first = 0;
        while first < block.replicates {
            let worlds = self.rows.of_group(block.replicates - first);
            self.add_worlds(block, first..first + worlds);
            self.rows.worlds(worlds)?;
            first += worlds;
        }
        Ok(())
    }

    /// Adds the rows of some worlds of a block, of each world column by column: it fits the processor's nearest cache, and
    /// the places where the columns go on do not push each other out of it.
    fn add_worlds(&mut self, block: &Block, worlds: Range<usize>) {
        let (common, guided) = self.rows.waiting.split_at_mut(self.commons.len());
        let Range { start, end } = self.leaves;
        let shape = self.shape;
        for r in worlds {
            let rows = &block.common[shape.common(r, start, 0)..shape.common(r, end, 0)];
            for (column, &m) in common.iter_mut().zip(&self.commons) {
                for _ in 0..shape.guidelines {
                    column.extend(rows.as_chunks::<{ COMMON.len() }>().0.iter().map(|row| row[m].to_le_bytes()));
                }
            }
            for (m, column) in guided.iter_mut().enumerate().take(GUIDED.len()) {
                for g in 0..shape.guidelines {
                    let rows = &block.guided[shape.guided(r, g, start, 0)..shape.guided(r, g, end, 0)];
                    column.extend(rows.as_chunks::<{ GUIDED.len() }>().0.iter().map(|row| row[m].to_le_bytes()));
                }
            }
        }
    }

    /// Writes what is left, closes the file and gives its record.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn finish(self) -> Result<FileRecord, OutputError> {
        self.rows.finish()
    }
}

/// Writer of `accounts.parquet`: one row per world × guideline.
pub struct AccountWriter {
    rows: WorldRows,
    shape: Shape,
    /// Measures of everybody that stand beside the accounts.
    whole: Vec<usize>,
}

impl AccountWriter {
    /// Creates the file at `path`; `said` goes into it as key-value pairs.
    ///
    /// # Errors
    /// It cannot be created.
    pub fn open(path: &Path, scenario: &Scenario, said: &[(String, String)]) -> Result<AccountWriter, OutputError> {
        let texts = vec![scenario.guidelines.iter().map(|g| g.id.clone()).collect()];
        let per_world = scenario.guidelines.len();
        let rows = WorldRows::open(path, columns::accounts(&scenario.currency), texts, per_world, said)?;
        Ok(AccountWriter { rows, shape: Shape::of(scenario), whole: columns::not_additive().collect() })
    }

    /// Adds the rows of a block.
    ///
    /// # Errors
    /// They cannot be written.
    pub fn add(&mut self, block: &Block) -> Result<(), OutputError> {
        for r in 0..block.replicates {
            for g in 0..self.shape.guidelines {
                let from = self.shape.accounts(r, g, 0);
                let accounts = block.accounts[from..from + ACCOUNTS.len()].iter().copied();
                let factor = block.pool_factor[r * self.shape.guidelines + g];
                // The group of everybody is the first.
                let whole = self.whole.iter().map(|m| block.guided[self.shape.guided(r, g, 0, *m)]);
                let values = accounts.chain([factor]).chain(whole);
                self.rows.waiting.iter_mut().zip(values).for_each(|(column, value)| column.push(value.to_le_bytes()));
            }
            self.rows.worlds(1)?;
        }
        Ok(())
    }

    /// Writes what is left, closes the file and gives its record.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn finish(self) -> Result<FileRecord, OutputError> {
        self.rows.finish()
    }
}

/// Writer of `worlds.parquet`: one row per world.
pub struct WorldWriter {
    rows: WorldRows,
    shape: Shape,
    drawn: Vec<usize>,
}

impl WorldWriter {
    /// Creates the file at `path`; `said` goes into it as key-value pairs.
    ///
    /// # Errors
    /// It cannot be created.
    pub fn open(path: &Path, scenario: &Scenario, said: &[(String, String)]) -> Result<WorldWriter, OutputError> {
        let rows = WorldRows::open(path, columns::worlds(scenario), Vec::new(), 1, said)?;
        Ok(WorldWriter { rows, shape: Shape::of(scenario), drawn: columns::drawn(scenario) })
    }

    /// Adds the rows of a block.
    ///
    /// # Errors
    /// They cannot be written.
    pub fn add(&mut self, block: &Block) -> Result<(), OutputError> {
        for r in 0..block.replicates {
            let (worlds, hours) = self.rows.waiting.split_at_mut(self.drawn.len());
            let world = &block.worlds[r * self.shape.quantities..];
            for (column, &q) in worlds.iter_mut().zip(&self.drawn) {
                column.push(world[q].to_le_bytes());
            }
            for (column, &value) in hours.iter_mut().zip(&block.service_hours[r * self.shape.services..]) {
                column.push(value.to_le_bytes());
            }
            self.rows.worlds(1)?;
        }
        Ok(())
    }

    /// Writes what is left, closes the file and gives its record.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn finish(self) -> Result<FileRecord, OutputError> {
        self.rows.finish()
    }
}
