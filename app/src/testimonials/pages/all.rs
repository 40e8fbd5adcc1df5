use domain::testimonials::MissionVoices;
use leptos::prelude::*;

use crate::{
    i18n::{k::testimonials as v, texts},
    routes,
    testimonials::load_mission_voices,
    ui::{
        Empty, Page,
        page::{load, loaded, param},
    },
};

/// Everything that volunteers say of a mission.
#[component]
pub fn MissionVoicesPage() -> impl IntoView {
    let id = param("mission");
    loaded(load(move || id.get(), load_mission_voices), |page| view! { <All page=page /> })
}

#[component]
fn All(page: MissionVoices) -> impl IntoView {
    let t = texts();
    let (id, slug, title) = page.mission;
    let none = page.voices.is_empty();
    view! {
        <Page title=t.get(v::HEADING) lead=t.with(v::ALL_LEAD, &[("mission", &title)]) trail=vec![(title, routes::mission(id, &slug))]>
            {none.then(|| view! { <Empty title=t.get(v::NONE_YET) /> })}
            <div inner_html=page.voices></div>
        </Page>
    }
}
