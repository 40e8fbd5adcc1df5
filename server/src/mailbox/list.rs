use domain::mailbox::{MailboxPage, MailboxQuery};
use sea_orm::{
    EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{self, Expr, Func, LikeExpr},
};

use crate::{backend::Backend, entity::outbox, error::Result};

/// E-mails a page.
const PER_PAGE: u32 = 30;

/// The e-mails whose recipient's address holds what was typed, newest first.
pub async fn list(backend: &Backend, query: &MailboxQuery) -> Result<MailboxPage> {
    super::demo_only(backend)?;
    let db = backend.store.read();
    let mut found = outbox::Entity::find();
    let typed = query.recipient.trim().to_lowercase();
    if !typed.is_empty() {
        found = found.filter(addressed(&typed));
    }
    let total = u32::try_from(found.clone().count(db).await?)?;
    let pages = total.div_ceil(PER_PAGE).max(1);
    let page = query.page.clamp(1, pages);
    let rows = found
        .order_by_desc(outbox::Column::CreatedAt)
        .order_by_desc(outbox::Column::Id)
        .limit(u64::from(PER_PAGE))
        .offset(u64::from(PER_PAGE) * u64::from(page - 1))
        .all(db)
        .await?;
    Ok(MailboxPage { letters: rows.iter().map(super::line).collect(), total, page, pages })
}

/// What was typed means itself: `_` and `%` are letters of an address like others.
fn addressed(typed: &str) -> Expr {
    use sea_query::ExprTrait as _;

    let mut pattern = String::with_capacity(typed.len() + 2);
    pattern.push('%');
    for c in typed.chars().filter(|c| !c.is_control()) {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    Func::lower(Expr::col(outbox::Column::Recipient)).like(LikeExpr::new(pattern).escape('\\'))
}
