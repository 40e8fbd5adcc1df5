//! The parts of the file, on paper, with the words of the page.

use app::{
    i18n::{Text, Texts, k, k::missions as m, k::print as p, k::reviews as r, k::supplies as s},
    missions::facts,
    reviews::words,
    supplies::stated,
    ui::{thread::act, time},
};
use domain::{
    missions::{MissionPage, SlotLine},
    reviews::{ChecklistLine, LikelyDuplicate, RequestLine, ReviewFile},
};

use crate::pdf::{Block, Run, Table, paragraphs};

fn heading(t: Texts, title: Text) -> Block {
    Block::Heading(2, t.get(title).to_owned())
}

/// What the page says after a colon, by itself.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn heads<const N: usize>(t: Texts, heads: [Text; N]) -> Vec<String> {
    heads.map(|head| t.get(head).to_owned()).into()
}

fn row<const N: usize>(cells: [String; N]) -> Vec<Vec<Run>> {
    cells.map(|cell| vec![Run::plain(cell)]).into()
}

/// Names with their values.
fn named(rows: impl IntoIterator<Item = (String, String)>) -> Block {
    let rows = rows.into_iter().map(|(name, value)| row([name, value])).collect();
    Block::Table(Table { shares: vec![1, 3], rows, ..Table::default() })
}

/// Where the file stands.
pub fn head(t: Texts, file: &ReviewFile) -> Vec<Block> {
    let due = time::instant(t.locale(), file.due_at);
    let late = file.status.is_open() && file.due_at < file.now;
    let due = if late { t.with(p::LATE, &[("at", &due)]) } else { due };
    let taken_by = file.taken_by.clone().unwrap_or_else(|| t.get(r::NOBODY).to_owned());
    let rows = [
        (p::TOWN, file.town.name.clone()),
        (r::ORGANISATION, file.mission.organisation.1.clone()),
        (p::VERSION, file.version.to_string()),
        (p::STATE, t.get(words::state(file.status)).to_owned()),
        (r::DUE, due),
        (r::TAKEN_BY, taken_by),
    ];
    vec![
        Block::Heading(1, t.with(p::TITLE, &[("title", &file.mission.title)])),
        named(rows.map(|(name, value)| (t.get(name).to_owned(), value))),
    ]
}

/// The mission as the public reads it.
pub fn mission(t: Texts, mission: &MissionPage) -> Vec<Block> {
    let mut blocks = vec![heading(t, r::AS_PUBLIC), Block::Text(vec![Run::strong(&mission.goal)])];
    let domain = mission.domain.iter().map(|term| (t.get(r::DOMAIN).to_owned(), term.label.clone()));
    blocks.push(named(domain.chain(facts(t, mission).into_iter().map(|(name, value)| (name.to_owned(), value)))));
    blocks.push(Block::Heading(3, t.get(m::WHAT).to_owned()));
    blocks.extend(paragraphs(&mission.description));
    blocks.push(Block::Heading(3, t.get(m::WHEN).to_owned()));
    blocks.push(slots(t, &mission.slots));
    if !mission.prerequisites.trim().is_empty() {
        blocks.push(Block::Heading(3, t.get(m::PREREQUISITES).to_owned()));
        blocks.push(points(mission.prerequisites.lines()));
    }
    let rules = mission.safety_rules.lines().chain(mission.domain_rules.iter().map(|rule| rule.text.as_str()));
    blocks.push(Block::Heading(3, t.get(m::SAFETY).to_owned()));
    blocks.push(points(rules));
    blocks
}

fn points<'a>(lines: impl Iterator<Item = &'a str>) -> Block {
    let lines = lines.map(str::trim).filter(|line| !line.is_empty());
    Block::List(lines.map(|line| vec![Run::plain(line)]).collect())
}

fn slots(t: Texts, slots: &[SlotLine]) -> Block {
    let rows = slots.iter().map(|slot| {
        let when = time::slot(t, slot.kind, slot.starts_at, slot.ends_at);
        let when = if slot.cancelled { t.with(p::CANCELLED, &[("slot", &when)]) } else { when };
        row([when, t.number(slot.places), t.number(slot.taken)])
    });
    Block::Table(Table {
        caption: t.get(p::SLOTS).to_owned(),
        heads: heads(t, [p::SLOT, p::PLACES, p::TAKEN]),
        shares: vec![6, 1, 1],
        rows: rows.collect(),
    })
}

/// Says that what the system found is what it was when somebody decided.
fn found_at(t: Texts, file: &ReviewFile) -> Option<Block> {
    file.found_at.map(|at| Block::text(t.with(r::FOUND_AT, &[("at", &time::instant(t.locale(), at))])))
}

/// The points that were checked.
pub fn checklist(t: Texts, file: &ReviewFile) -> Vec<Block> {
    let missing = u32::try_from(file.checklist.iter().filter(|line| line.is_missing()).count()).unwrap_or_default();
    let state = if missing == 0 { t.get(r::NOTHING_MISSING).to_owned() } else { t.count(p::MISSING, missing) };
    let rows = file.checklist.iter().map(|line: &ChecklistLine| {
        let question = if line.mandatory {
            t.with(p::MANDATORY, &[("question", &line.label)])
        } else {
            format!("{} {}", line.label, t.get(k::common::OPTIONAL))
        };
        let found = line.finding.as_ref().map(|found| sentence(&words::finding(t, found))).unwrap_or_default();
        row([question, found, words::answered(t, line), line.note.clone()])
    });
    let table = Table {
        caption: String::new(),
        heads: heads(t, [p::QUESTION, p::FOUND, p::ANSWER, r::NOTE]),
        shares: vec![5, 6, 3, 4],
        rows: rows.collect(),
    };
    let mut blocks = vec![heading(t, r::CHECKLIST), Block::text(state)];
    blocks.extend(found_at(t, file));
    blocks.push(Block::Table(table));
    blocks
}

/// The equipment that it needs, against the town's stock.
pub fn supplies(t: Texts, file: &ReviewFile) -> Vec<Block> {
    let mut blocks = vec![heading(t, s::PANEL)];
    blocks.extend(found_at(t, file));
    if file.supplies.lines.is_empty() {
        blocks.push(Block::text(t.get(s::PANEL_NONE)));
        return blocks;
    }
    let rows = file.supplies.lines.iter().map(|line| {
        let cover = line.cover;
        let missing = match cover.missing() {
            0 => t.get(s::ENOUGH).to_owned(),
            n => t.count(s::MISSING_N, n),
        };
        let figures = [cover.needed, cover.reserved, cover.free].map(|units| t.number(units));
        let [needed, reserved, free] = figures;
        row([line.kind.label.clone(), stated(t, &line.need), needed, reserved, free, missing])
    });
    let table = Table {
        caption: t.get(s::PANEL_CAPTION).to_owned(),
        heads: heads(t, [s::KIND, s::STATES, s::NEEDED, s::RESERVED, s::FREE, s::MISSING]),
        shares: vec![4, 4, 3, 3, 3, 3],
        rows: rows.collect(),
    };
    blocks.extend([Block::Table(table), Block::text(t.get(s::NEEDED_HINT))]);
    blocks
}

/// What may be the same, and what was said of it.
pub fn duplicates(t: Texts, file: &ReviewFile) -> Vec<Block> {
    let mut blocks = vec![heading(t, r::DUPLICATES)];
    blocks.extend(found_at(t, file));
    if file.duplicates.is_empty() {
        blocks.push(Block::text(sentence(t.get(r::FOUND_NO_DUPLICATE))));
        return blocks;
    }
    let rows = file.duplicates.iter().map(|other: &LikelyDuplicate| {
        let verdict = match &other.dismissed {
            Some(said) => {
                let words = t.with(r::DISMISSED_BECAUSE, &[("name", &said.by), ("reason", &said.reason)]);
                format!("{words}\n{}", time::instant(t.locale(), said.at))
            }
            None => t.get(p::NOT_JUDGED).to_owned(),
        };
        let score = t.number(other.score);
        row([other.title.clone(), other.organisation.clone(), score, words::why(t, other), verdict])
    });
    blocks.push(Block::Table(Table {
        caption: t.get(r::DUPLICATES_CAPTION).to_owned(),
        heads: heads(t, [r::MISSION, r::ORGANISATION, r::SCORE, r::WHY, p::VERDICT]),
        shares: vec![4, 3, 3, 4, 4],
        rows: rows.collect(),
    }));
    blocks
}

/// What was asked in this review and in those before it, and the answers.
pub fn rounds(t: Texts, file: &ReviewFile) -> Vec<Block> {
    if file.rounds.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![heading(t, r::REQUESTS_BEFORE)];
    for round in &file.rounds {
        let at = round.at.map(|at| time::instant(t.locale(), at)).unwrap_or_default();
        let title = t.with(r::ROUND, &[("version", &round.version.to_string()), ("at", &at)]);
        blocks.push(Block::Heading(3, title));
        if !round.lines.is_empty() {
            blocks.push(requests(t, &round.lines));
        }
        if let Some(word) = &round.word {
            blocks.push(Block::Text(vec![Run::strong(t.get(r::ROUND_WORD))]));
            blocks.extend(paragraphs(word));
        }
    }
    blocks
}

fn requests(t: Texts, lines: &[RequestLine]) -> Block {
    let rows = lines.iter().map(|line| {
        let answer = if line.answer.is_empty() { t.get(r::NO_ANSWER_YET).to_owned() } else { line.answer.clone() };
        row([line.item.clone(), line.body.clone(), answer])
    });
    Block::Table(Table {
        caption: String::new(),
        heads: heads(t, [p::POINT, p::ASKED, p::ANSWERED]),
        shares: vec![2, 3, 3],
        rows: rows.collect(),
    })
}

/// What was written between the town and the organisation.
pub fn exchange(t: Texts, file: &ReviewFile) -> Vec<Block> {
    let mut blocks = vec![heading(t, r::EXCHANGE)];
    if file.thread.is_empty() {
        blocks.push(Block::text(t.get(k::history::NO_MESSAGE)));
        return blocks;
    }
    let rows = file.thread.iter().map(|message| {
        let side = t.get(if message.from_coordination { r::SIDE_COORDINATION } else { r::SIDE_ORGANISATION });
        let writer = t.with(p::WRITER, &[("name", &message.author), ("side", side)]);
        let said = match &message.item {
            Some(item) => format!("{}\n{}", t.with(r::ABOUT_ITEM, &[("item", &item.label)]), message.body),
            None => message.body.clone(),
        };
        row([time::instant(t.locale(), message.at), writer, said])
    });
    blocks.push(Block::Table(Table {
        caption: String::new(),
        heads: heads(t, [p::WHEN, p::WHO, p::MESSAGE]),
        shares: vec![3, 3, 7],
        rows: rows.collect(),
    }));
    blocks
}

/// Every act, oldest first.
pub fn history(t: Texts, file: &ReviewFile) -> Vec<Block> {
    let rows = file.history.iter().rev().map(|line| {
        let who = line.actor.clone().unwrap_or_else(|| t.get(k::common::SYSTEM).to_owned());
        let what = t.get(act(line.from.as_deref(), &line.to)).to_owned();
        row([time::instant(t.locale(), line.at), who, what, line.reason.clone().unwrap_or_default()])
    });
    vec![
        heading(t, k::common::HISTORY),
        Block::Table(Table {
            caption: t.get(p::HISTORY).to_owned(),
            heads: heads(t, [p::WHEN, p::WHO, p::WHAT, p::WHY]),
            shares: vec![4, 3, 5, 6],
            rows: rows.collect(),
        }),
    ]
}
