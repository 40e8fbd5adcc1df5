use std::path::Path;

use anyhow::Context;

use crate::reviews::duplicates::{
    evaluate::Judgements,
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

/// Prints the weights that fit the pairs best.
pub fn train(missions: &Path, pairs: &Path) -> anyhow::Result<()> {
    print!("{}", Model::learn(&Judgements::read(missions, pairs)?.judged()).write());
    Ok(())
}
