//! What changed since the earlier version, on paper.

use app::{
    i18n::{Texts, k::print as p, k::reviews as r},
    reviews::words,
};
use domain::reviews::{Change, FieldChange, Piece, ReviewFile, SlotChange};

use crate::pdf::{Block, Mark, Run, Table};

/// What changed, field by field.
pub fn changes(t: Texts, file: &ReviewFile) -> Vec<Block> {
    let mut blocks = vec![Block::Heading(2, t.get(r::CHANGES).to_owned())];
    let Some(earlier) = &file.since else {
        blocks.push(Block::text(t.get(r::FIRST_VERSION)));
        return blocks;
    };
    blocks.push(Block::text(words::since(t, earlier)));
    if earlier.changed.is_empty() {
        return blocks;
    }
    blocks.push(Block::text(t.get(p::LEGEND)));
    let rows = earlier.changed.iter().map(|FieldChange { field, change }| {
        let told = match change {
            Change::Words(pieces) => pieces.iter().map(piece).collect(),
            Change::Slots(slots) => slots.iter().flat_map(|change| slot(t, change)).collect(),
            Change::Value => {
                before_and_after(words::value_of(t, &earlier.page, field), words::value_of(t, &file.mission, field))
            }
        };
        vec![vec![Run::plain(words::field_name(t, field))], told]
    });
    blocks.push(Block::Table(Table {
        caption: t.get(p::WHERE_CHANGED).to_owned(),
        heads: [p::FIELD, p::CHANGE].map(|head| t.get(head).to_owned()).into(),
        shares: vec![1, 4],
        rows: rows.collect(),
    }));
    blocks
}

fn piece(piece: &Piece) -> Run {
    match piece {
        Piece::Same(text) => Run::plain(text),
        // A space keeps apart what stands in place of the other.
        Piece::Removed(text) => Run { text: format!("{text} "), mark: Mark::Removed },
        Piece::Added(text) => Run { text: text.clone(), mark: Mark::Added },
    }
}

fn before_and_after(before: String, after: String) -> Vec<Run> {
    vec![Run { text: before, mark: Mark::Removed }, Run::plain(" "), Run { text: after, mark: Mark::Added }]
}

fn slot(t: Texts, SlotChange { before, after }: &SlotChange) -> Vec<Run> {
    let act = t.get(words::slot_change(before.as_ref(), after.as_ref()));
    let mut runs = vec![Run::plain(format!("{act} "))];
    let line = |slot| words::slot_line(t, slot);
    match (before.as_ref().map(line), after.as_ref().map(line)) {
        (Some(before), Some(after)) => runs.extend(before_and_after(before, after)),
        (Some(before), None) => runs.push(Run { text: before, mark: Mark::Removed }),
        (None, Some(after)) => runs.push(Run { text: after, mark: Mark::Added }),
        (None, None) => {}
    }
    runs.push(Run::plain("\n"));
    runs
}
