//! What changed between two versions, as a reviewer reads it: words within texts, slots one by one.

use domain::{
    missions::{MissionPage, SlotLine},
    reviews::{Change, FieldChange, Piece, SlotChange},
};
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// The changes of the named fields.
pub(super) fn of(fields: &[&str], before: &MissionPage, after: &MissionPage) -> Vec<FieldChange> {
    let change = |field: &&str| {
        let change = match text(field) {
            Some(read) => Change::Words(words(read(before), read(after))),
            None if *field == "slots" => Change::Slots(slots(&before.slots, &after.slots)),
            None => Change::Value,
        };
        FieldChange { field: (*field).to_owned(), change }
    };
    fields.iter().map(change).collect()
}

fn text(field: &str) -> Option<fn(&MissionPage) -> &str> {
    Some(match field {
        "title" => |page| &page.title,
        "goal" => |page| &page.goal,
        "description" => |page| &page.description,
        "address" => |page| &page.address,
        "prerequisites" => |page| &page.prerequisites,
        "safety_rules" => |page| &page.safety_rules,
        _ => return None,
    })
}

/// The words of a text, what parts them, and each other sign by itself; together they are the text.
fn tokens(text: &str) -> Vec<&str> {
    let kind = |c: char| {
        if c.is_alphanumeric() {
            0
        } else if c.is_whitespace() {
            1
        } else {
            2
        }
    };
    let (mut tokens, mut start, mut last) = (Vec::new(), 0, None);
    for (index, c) in text.char_indices() {
        let kind = kind(c);
        if last.is_some_and(|last| last != kind || kind == 2) {
            tokens.push(&text[start..index]);
            start = index;
        }
        last = Some(kind);
    }
    if start < text.len() {
        tokens.push(&text[start..]);
    }
    tokens
}

/// One text beside another, by words. What was removed comes before what was added, and two words that changed are read
/// together with what parts them.
fn words(before: &str, after: &str) -> Vec<Piece> {
    let (old, new) = (tokens(before), tokens(after));
    let mut pieces = Pieces::default();
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        match op {
            DiffOp::Equal { old_index, len, .. } => pieces.same(&old[old_index..old_index + len].concat()),
            other => {
                pieces.removed.push_str(&old[other.old_range()].concat());
                pieces.added.push_str(&new[other.new_range()].concat());
            }
        }
    }
    pieces.end()
}

#[derive(Default)]
struct Pieces {
    done: Vec<Piece>,
    removed: String,
    added: String,
    /// Blanks after a change: they belong to it when the next word changes too.
    blank: String,
}

impl Pieces {
    fn same(&mut self, text: &str) {
        let changing = !self.removed.is_empty() && !self.added.is_empty();
        if changing && text.chars().all(char::is_whitespace) {
            self.removed.push_str(text);
            self.added.push_str(text);
            text.clone_into(&mut self.blank);
            return;
        }
        self.settle();
        match self.done.last_mut() {
            Some(Piece::Same(before)) => before.push_str(text),
            _ => self.done.push(Piece::Same(text.to_owned())),
        }
    }

    /// Ends a change. Blanks at its end that both sides have are the same.
    fn settle(&mut self) {
        let blank = std::mem::take(&mut self.blank);
        let (mut removed, mut added) = (std::mem::take(&mut self.removed), std::mem::take(&mut self.added));
        let kept = !blank.is_empty() && removed.ends_with(&blank) && added.ends_with(&blank);
        if kept {
            removed.truncate(removed.len() - blank.len());
            added.truncate(added.len() - blank.len());
        }
        if !removed.is_empty() {
            self.done.push(Piece::Removed(removed));
        }
        if !added.is_empty() {
            self.done.push(Piece::Added(added));
        }
        if kept {
            self.done.push(Piece::Same(blank));
        }
    }

    fn end(mut self) -> Vec<Piece> {
        self.settle();
        self.done
    }
}

/// Slots that were added, removed, moved or given other places, by date. A slot keeps its id from one version to the next.
fn slots(before: &[SlotLine], after: &[SlotLine]) -> Vec<SlotChange> {
    let same = |a: &SlotLine, b: &SlotLine| {
        (a.kind, a.starts_at, a.ends_at, a.places) == (b.kind, b.starts_at, b.ends_at, b.places)
    };
    let (mut gone, mut come): (Vec<&SlotLine>, Vec<&SlotLine>) = (
        before.iter().filter(|old| !after.iter().any(|new| same(old, new))).collect(),
        after.iter().filter(|new| !before.iter().any(|old| same(old, new))).collect(),
    );
    let mut changes = Vec::new();
    gone.retain(|old| match come.iter().position(|new| new.id == old.id) {
        Some(at) => {
            changes.push(SlotChange { before: Some((*old).clone()), after: Some(come.remove(at).clone()) });
            false
        }
        None => true,
    });
    changes.extend(gone.into_iter().map(|old| SlotChange { before: Some(old.clone()), after: None }));
    changes.extend(come.into_iter().map(|new| SlotChange { before: None, after: Some(new.clone()) }));
    changes.sort_by_key(|change| change.after.as_ref().or(change.before.as_ref()).map(|slot| slot.starts_at));
    changes
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta, Utc};
    use domain::missions::SlotKind;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn shown(before: &str, after: &str) -> String {
        words(before, after)
            .into_iter()
            .map(|piece| match piece {
                Piece::Same(text) => text,
                Piece::Removed(text) => format!("[-{text}-]"),
                Piece::Added(text) => format!("[+{text}+]"),
            })
            .collect()
    }

    #[test]
    fn only_the_words_that_changed_are_marked() {
        assert_eq!(shown("Servir des repas.", "Servir des repas chauds."), "Servir des repas[+ chauds+].");
        assert_eq!(
            shown("le mardi matin, au port", "le jeudi soir, au port"),
            "le [-mardi matin-][+jeudi soir+], au port"
        );
        assert_eq!(shown("Un\n\nDeux", "Un\n\nTrois"), "Un\n\n[-Deux-][+Trois+]");
        assert_eq!(shown("", "Neuf"), "[+Neuf+]");
        assert_eq!(shown("l’été à 8 h", "l’hiver à 8 h"), "l’[-été-][+hiver+] à 8 h");
    }

    proptest! {
        #[test]
        fn both_texts_can_be_read_back(before in "[a-cé’., \n]{0,60}", after in "[a-cé’., \n]{0,60}") {
            let (mut old, mut new) = (String::new(), String::new());
            for piece in words(&before, &after) {
                match piece {
                    Piece::Same(text) => { old.push_str(&text); new.push_str(&text); }
                    Piece::Removed(text) => old.push_str(&text),
                    Piece::Added(text) => new.push_str(&text),
                }
            }
            prop_assert_eq!(old, before);
            prop_assert_eq!(new, after);
        }
    }

    #[test]
    fn slots_are_added_removed_or_moved() {
        let slot = |id: u128, days: i64, places: u32| {
            let starts_at = DateTime::<Utc>::UNIX_EPOCH + TimeDelta::days(days);
            let ends_at = starts_at + TimeDelta::hours(2);
            let id = Uuid::from_u128(id).into();
            SlotLine {
                id,
                kind: SlotKind::Dated,
                starts_at,
                ends_at,
                places,
                taken: 0,
                cancelled: false,
                organisation: None,
            }
        };
        let before = [slot(1, 1, 5), slot(2, 2, 5), slot(3, 3, 5), slot(4, 4, 5)];
        // The first stays, under another id; the second moves; the third goes; a fifth comes; the fourth has more places.
        let after = [slot(9, 1, 5), slot(2, 8, 5), slot(4, 4, 6), slot(5, 5, 5)];
        let told: Vec<(Option<u32>, Option<u32>)> = slots(&before, &after)
            .iter()
            .map(|change| {
                (change.before.as_ref().map(|slot| slot.places), change.after.as_ref().map(|slot| slot.places))
            })
            .collect();
        assert_eq!(told, [(Some(5), None), (Some(5), Some(6)), (None, Some(5)), (Some(5), Some(5))]);
    }
}
