use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::reviews::duplicates::{
    judgements::{Judgements, learn},
    model::{Model, SHIPPED},
};

/// Prints how well duplicates are found.
pub fn eval(missions: &Path, pairs: &Path, weights: Option<&Path>) -> anyhow::Result<()> {
    let model = match weights {
        None => *SHIPPED,
        Some(path) => {
            let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
            Model::read(&text).with_context(|| format!("{}: a measure has no weight", path.display()))?
        }
    };
    print!("{}", Judgements::read(missions, pairs)?.report(&model)?);
    Ok(())
}

/// Prints the weights that fit the pairs best; each folder holds `missions.csv` and `pairs.csv`.
pub fn train(folders: &[PathBuf]) -> anyhow::Result<()> {
    let mut sets = Vec::new();
    for folder in folders {
        let set = Judgements::read(&folder.join("missions.csv"), &folder.join("pairs.csv"));
        sets.push(set.with_context(|| folder.display().to_string())?);
    }
    print!("{}", learn(&sets.iter().collect::<Vec<_>>()).write());
    Ok(())
}
