//! Runs of words, broken into lines.

use super::{Mark, Run, fonts::Faces, fonts::drawable};

/// A part of a line that looks alike.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fragment {
    /// Its words, with the space that ends the line.
    pub text: String,
    /// How they look.
    pub mark: Mark,
    /// Whether its run begins here.
    pub begins: bool,
    /// Where it begins, from the left of the line.
    pub x: f32,
    /// How wide it is.
    pub width: f32,
}

/// A line.
pub(super) type Line = Vec<Fragment>;

struct Letter {
    letter: char,
    run: usize,
    width: f32,
}

/// Whether a line may end after this character.
pub(super) const fn ends_word(letter: char) -> bool {
    matches!(letter, ' ' | '-' | '/' | '\u{2010}' | '\u{2013}' | '\u{2014}')
}

/// The bounds of the lines: as many words in each as fit. A word that is wider than the line is cut.
fn bounds(letters: &[Letter], width: f32) -> Vec<(usize, usize)> {
    let (mut lines, mut start, mut used, mut word) = (Vec::new(), 0, 0.0, None);
    for (at, letter) in letters.iter().enumerate() {
        if letter.letter == '\n' {
            lines.push((start, at));
            (start, used, word) = (at + 1, 0.0, None);
            continue;
        }
        used += letter.width;
        // A space may hang over the end.
        while letter.letter != ' ' && used > width && at > start {
            let end = word.take().unwrap_or(at);
            lines.push((start, end));
            start = end;
            used = letters[start..=at].iter().map(|letter| letter.width).sum();
        }
        if ends_word(letter.letter) {
            word = Some(at + 1);
        }
    }
    lines.push((start, letters.len()));
    lines
}

/// Breaks runs into lines no wider than this, at a size; `bold` makes all of them bold.
pub(super) fn wrap(faces: &Faces, runs: &[Run], size: f32, width: f32, bold: bool) -> Vec<Line> {
    let texts: Vec<String> = runs.iter().map(|run| drawable(&run.text)).collect();
    let mut letters = Vec::new();
    for (run, text) in texts.iter().enumerate() {
        let face = faces.of(bold || is_bold(runs[run].mark));
        letters.extend(text.chars().map(|letter| Letter { letter, run, width: face.advance(letter) * size }));
    }
    let mut begun = vec![false; runs.len()];
    bounds(&letters, width)
        .into_iter()
        .map(|(start, end)| {
            let (mut line, mut x): (Line, f32) = (Vec::new(), 0.0);
            for part in letters[start..end].chunk_by(|one, other| one.run == other.run) {
                let run = part.first().map_or(0, |letter| letter.run);
                let width = part.iter().map(|letter| letter.width).sum();
                let text = part.iter().map(|letter| letter.letter).collect();
                let begins = !std::mem::replace(&mut begun[run], true);
                line.push(Fragment { text, mark: runs[run].mark, begins, x, width });
                x += width;
            }
            line
        })
        .collect()
}

/// Whether a mark is bold.
pub(super) const fn is_bold(mark: Mark) -> bool {
    matches!(mark, Mark::Strong | Mark::Added)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text(lines: &[Line]) -> Vec<String> {
        lines.iter().map(|line| line.iter().map(|part| part.text.as_str()).collect()).collect()
    }

    #[test]
    fn lines_end_between_words_and_never_at_a_space_that_binds() {
        let faces = Faces::read().unwrap();
        let wrapped = |words: &str, width| text(&wrap(&faces, &[Run::plain(words)], 10.0, width, false));
        assert_eq!(wrapped("Deux mots", 30.0), ["Deux ", "mots"]);
        assert_eq!(wrapped("le 9\u{a0}h\u{202f}30 précis", 50.0), ["le 9\u{a0}h\u{202f}30 ", "précis"]);
        assert_eq!(wrapped("un\n\ndeux", 200.0), ["un", "", "deux"]);
        assert_eq!(wrapped("", 200.0), [""]);
        assert!(wrapped("anticonstitutionnellement", 40.0).len() > 2, "a word wider than its line is cut");
    }

    #[test]
    fn a_run_goes_on_over_lines_and_begins_once() {
        let faces = Faces::read().unwrap();
        let runs = [Run::plain("des "), Run { text: "colis et des paniers".to_owned(), mark: Mark::Removed }];
        let lines = wrap(&faces, &runs, 10.0, 60.0, false);
        let removed: Vec<bool> =
            lines.concat().iter().filter(|part| part.mark == Mark::Removed).map(|part| part.begins).collect();
        assert!(removed.len() > 1 && removed[0] && !removed[1..].contains(&true));
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_sticks_out(words in "[a-zéœ«» \u{a0}\u{202f}\u{4e2d}\u{1f600}-]{0,120}", width in 20.0_f32..300.0) {
            let faces = Faces::read().unwrap();
            let lines = wrap(&faces, &[Run::plain(words.clone())], 10.0, width, false);
            prop_assert_eq!(text(&lines).concat(), drawable(&words));
            for line in &lines {
                let words: String = line.iter().map(|part| part.text.as_str()).collect();
                let hanging = words.chars().rev().take_while(|letter| *letter == ' ').count();
                let space = faces.of(false).advance(' ') * 10.0 * f32::from(u16::try_from(hanging).unwrap());
                let used: f32 = line.iter().map(|part| part.width).sum();
                prop_assert!(used - space <= width + 0.01 || words.chars().count() == 1);
            }
        }
    }
}
