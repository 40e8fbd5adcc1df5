use domain::missions::Need;
use leptos::prelude::*;

use crate::i18n::{Texts, k::missions as m, texts};

/// How full the places of some missions are: a bar for the eye, the same in words.
#[component]
pub fn NeedBar(
    /// The figures.
    need: Need,
) -> impl IntoView {
    let t = texts();
    view! {
        <div class="places" class:full=need.open() == 0>
            <span class="places__bar" data-fill=need.fill().to_string()></span>
            <span class="places__text">{words(t, need)}</span>
        </div>
    }
}

fn words(t: Texts, need: Need) -> String {
    let facts = [("open", t.number(need.open())), ("places", t.number(need.places))];
    t.with(m::NEED_PLACES, &facts.each_ref().map(|(name, value)| (*name, value.as_str())))
}

/// The same with who offered to help, in one line; for those who decide.
pub fn need_line(t: Texts, need: Need) -> String {
    let Some(tenths) = need.tenths_per_place() else { return t.get(m::NEED_NOTHING).to_owned() };
    let ratio = format!("{}{}{}", tenths / 10, t.get(m::DECIMAL), tenths % 10);
    let facts = [
        ("places", t.number(need.places)),
        ("filled", t.number(need.filled)),
        ("open", t.number(need.open())),
        ("waiting", t.number(need.waiting)),
        ("ratio", ratio),
    ];
    t.with(m::NEED_LINE, &facts.each_ref().map(|(name, value)| (*name, value.as_str())))
}
