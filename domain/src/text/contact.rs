//! Finds what looks like a phone number, an e-mail address or a NIR in a text that will be public.
//!
//! It looks at shapes: it would rather let an odd writing pass (a person reads the text before it is public) than
//! stop dates, hours, amounts, postcodes, SIRET or years.

use super::{fold, is_invisible};
use crate::fields::Siret;

/// What looks like a contact detail, or a person's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Found {
    /// A phone number.
    Phone,
    /// An e-mail address.
    Email,
    /// A NIR, the number of social security.
    Nir,
}

/// The first kind of contact detail that a text seems to hold.
pub fn contact_details(text: &str) -> Option<Found> {
    let chars: Vec<char> = fold(text).chars().filter(|c| !is_invisible(*c)).map(simple).collect();
    if has_nir(&chars) {
        Some(Found::Nir)
    } else if has_phone(&chars) {
        Some(Found::Phone)
    } else if has_email(&chars) {
        Some(Found::Email)
    } else {
        None
    }
}

/// The text without what looks like a contact detail: the words that may hold one become «…»; where that is not enough, so
/// does their line.
pub fn without_contact_details(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(masked).collect();
    let text = lines.join("\n");
    if contact_details(&text).is_none() { text } else { HIDDEN.to_owned() }
}

const HIDDEN: &str = "…";

fn masked(line: &str) -> String {
    if contact_details(line).is_none() {
        return line.to_owned();
    }
    let mut kept: Vec<&str> = Vec::new();
    for word in line.split_whitespace() {
        let tells = word.contains('@') || word.chars().filter(|c| c.is_numeric()).count() > 1;
        match (tells, kept.last()) {
            (false, _) => kept.push(word),
            (true, Some(&HIDDEN)) => {}
            (true, _) => kept.push(HIDDEN),
        }
    }
    let line = kept.join(" ");
    if contact_details(&line).is_none() { line } else { HIDDEN.to_owned() }
}

/// One writing for spaces, dashes, dots, digits and the at sign.
fn simple(c: char) -> char {
    match c {
        // A line break ends a number.
        '\n' => '\n',
        c if c.is_whitespace() => ' ',
        '‐'..='―' | '−' => '-',
        '·' | '•' | '․' => '.',
        '＠' => '@',
        '０'..='９' => char::from_u32(u32::from(c) - 0xFF10 + 0x30).unwrap_or(c),
        other => other,
    }
}

/// Groups of digits of a NIR: sex, year, month, department, commune, order.
const NIR_GROUPS: [usize; 6] = [1, 2, 2, 2, 3, 3];

fn has_nir(chars: &[char]) -> bool {
    (0..chars.len()).any(|at| {
        let begins = at == 0 || !chars[at - 1].is_alphanumeric();
        begins && matches!(chars[at], '1' | '2') && nir_at(chars, at)
    })
}

/// Whether 13 or 15 digits of a NIR begin here, separated or not between its groups.
fn nir_at(chars: &[char], mut at: usize) -> bool {
    for (index, length) in NIR_GROUPS.into_iter().enumerate() {
        if index > 0 {
            at = skip_separators(chars, at);
        }
        let Some(group) = chars.get(at..at + length) else { return false };
        let plausible = match index {
            2 => month_of_nir(group),
            3 => group[0].is_ascii_digit() && (group[1].is_ascii_digit() || matches!(group, ['2', 'a' | 'b'])),
            _ => all_digits(group),
        };
        if !plausible {
            return false;
        }
        at += length;
    }
    let ends = |at: usize| chars.get(at).is_none_or(|c| !c.is_alphanumeric());
    let key = skip_separators(chars, at);
    ends(at) || (chars.get(key..key + 2).is_some_and(all_digits) && ends(key + 2))
}

/// Months of birth: 01 to 12, and 20, 30 to 42 where the civil status did not say (INSEE).
fn month_of_nir(group: &[char]) -> bool {
    let number: String = group.iter().collect();
    all_digits(group) && matches!(number.parse(), Ok(1..=12 | 20 | 30..=42))
}

fn all_digits(group: &[char]) -> bool {
    group.iter().all(char::is_ascii_digit)
}

fn skip_separators(chars: &[char], at: usize) -> usize {
    at + chars[at.min(chars.len())..].iter().take(3).take_while(|c| matches!(c, ' ' | '.' | '-')).count()
}

/// Digits written together, and what stands between them and the next ones.
struct Group {
    digits: String,
    /// The separator that follows, if digits follow it: the sign, or a space.
    then: Option<char>,
}

/// Lengths of the groups in which ten digits are written, whole or with spaces.
const SPACED: [&[usize]; 8] =
    [&[4, 2, 2, 2], &[4, 3, 3], &[4, 6], &[2, 8], &[2, 2, 3, 3], &[3, 3, 4], &[1, 3, 3, 3], &[1, 1, 2, 2, 2, 2]];

fn has_phone(chars: &[char]) -> bool {
    let mut at = 0;
    while at < chars.len() {
        if !chars[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let plus = chars[..at].iter().rev().find(|c| **c != ' ') == Some(&'+');
        let (run, end) = run_at(chars, at);
        if is_phone_run(&run, plus) {
            return true;
        }
        at = end;
    }
    false
}

/// The groups of digits from here on that at most a sign and spaces separate, and where they end.
fn run_at(chars: &[char], mut at: usize) -> (Vec<Group>, usize) {
    let mut run = Vec::new();
    loop {
        let length = chars[at..].iter().take_while(|c| c.is_ascii_digit()).count();
        let digits = chars[at..at + length].iter().collect();
        let end = at + length;
        let between: Vec<char> = chars[end..]
            .iter()
            .copied()
            .take(4)
            .take_while(|c| matches!(c, ' ' | '.' | '-' | '/' | '_' | '(' | ')'))
            .collect();
        let mut signs = between.iter().copied().filter(|c| !matches!(c, ' ' | '(' | ')'));
        let sign = signs.next();
        let next_is_digit = chars.get(end + between.len()).is_some_and(char::is_ascii_digit);
        if between.is_empty() || !next_is_digit || signs.next().is_some() {
            run.push(Group { digits, then: None });
            return (run, end);
        }
        run.push(Group { digits, then: Some(sign.unwrap_or(' ')) });
        at = end + between.len();
    }
}

fn is_phone_run(run: &[Group], plus: bool) -> bool {
    let all: String = run.iter().map(|group| group.digits.as_str()).collect();
    if all.len() == 14 && Siret::parse(&all).is_ok() {
        return false;
    }
    let abroad = plus && ((10..=15).contains(&all.len()) || (all.starts_with("33") && all.len() > 10));
    abroad || (0..run.len()).any(|first| is_national(&run[first..]) || is_from_abroad(&run[first..]))
}

/// `0` and a digit from 1 to 9, then eight digits, grouped as French numbers are.
fn is_national(groups: &[Group]) -> bool {
    // One more than the longest writing has.
    let lengths: Vec<usize> = groups.iter().take(11).map(|group| group.digits.len()).collect();
    let start: String = groups.iter().take(2).map(|group| group.digits.as_str()).collect();
    let mut start = start.chars();
    if start.next() != Some('0') || !matches!(start.next(), Some('1'..='9')) {
        return false;
    }
    let one_sign = |count: usize| groups[..count - 1].iter().all(|group| group.then == groups[0].then);
    let fits = |shape: &[usize]| lengths.starts_with(shape) && one_sign(shape.len());
    fits(&[10])
        || fits(&[2; 5])
        || (fits(&[1; 10]) && lengths.len() == 10)
        || (groups[0].then == Some(' ') && SPACED.iter().any(|shape| fits(shape)))
}

/// `00`, the code of France, its territories or a neighbour, and a number.
fn is_from_abroad(groups: &[Group]) -> bool {
    const CODES: [&str; 15] =
        ["33", "32", "34", "39", "41", "44", "49", "262", "352", "377", "508", "590", "594", "596", "687"];
    let mut digits = String::new();
    for group in groups {
        digits.push_str(&group.digits);
        if digits.len() > 15 {
            return false;
        }
        let known = digits.strip_prefix("00").is_some_and(|number| CODES.iter().any(|code| number.starts_with(code)));
        if known && digits.len() >= 12 {
            return true;
        }
    }
    false
}

/// Other writings of the at sign, then of the dot; those in words need spaces around.
const AT: [&str; 7] = ["(at)", "[at]", "{at}", "(arobase)", "[arobase]", " arobase ", " arobas "];
const DOT: [&str; 6] = ["(point)", "[point]", "(dot)", "[dot]", " point ", " dot "];

fn has_email(chars: &[char]) -> bool {
    let mut text: String = chars.iter().collect();
    for at in AT {
        text = text.replace(&format!(" {} ", at.trim()), "@").replace(at, "@");
    }
    for dot in DOT {
        text = text.replace(&format!(" {} ", dot.trim()), ".").replace(dot, ".");
    }
    text.match_indices('@').any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + 1..]);
        // `sur @mairie.fr` is the name of an account on a social network.
        let handle = before.ends_with(' ') && !after.starts_with(' ');
        let local = before.trim_end_matches(' ').ends_with(|c: char| c.is_alphanumeric() || "._+-".contains(c));
        !handle && local && begins_with_domain(after.trim_start_matches(' '))
    })
}

/// Whether a text begins with labels and dots, the last label of two letters or more.
fn begins_with_domain(text: &str) -> bool {
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '.')).unwrap_or(text.len());
    let domain = text[..end].trim_end_matches('.');
    domain
        .rsplit_once('.')
        .is_some_and(|(name, top)| !name.is_empty() && top.chars().count() >= 2 && top.chars().all(char::is_alphabetic))
}
