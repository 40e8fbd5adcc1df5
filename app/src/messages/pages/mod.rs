//! Pages of messages; their addresses are in `crate::spaces`.

mod exchange;
mod report;
mod templates;

pub use exchange::{ApplicantMessagesPage, OwnMessagesPage};
pub use report::{ReportPage, ReportsPage};
pub use templates::TemplatesPage;

use domain::messages::{MessageLine, Side};

use crate::ui::thread::Said;

/// Messages as any exchange shows them, those of a side as its own.
fn said(lines: Vec<MessageLine>, mine: Option<Side>, volunteer: &str, organisation: &str) -> Vec<Said> {
    let line = |line: MessageLine| Said {
        who: line.author,
        side: if line.side == Side::Volunteer { volunteer } else { organisation }.to_owned(),
        mine: mine == Some(line.side),
        at: line.at,
        body: line.body,
    };
    lines.into_iter().map(line).collect()
}
