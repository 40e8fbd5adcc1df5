use domain::{
    applications::door::{Door, Shut, reason},
    missions::{MissionPage, MissionStatus},
};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    crisis::Banners,
    favourites::KeepMission,
    i18n::{k::favourites as f, k::missions as m, texts},
    missions::{MissionView, load_mission, shut},
    routes,
    ui::{
        Form, Page, Subject, Submit,
        page::{load, loaded, param},
    },
};

/// The public page of a mission.
#[component]
pub fn PublicMission() -> impl IntoView {
    let id = param("id");
    loaded(load(move || id.get(), load_mission), |mission| view! { <Shown mission=mission /> })
}

#[component]
fn Shown(mission: MissionPage) -> impl IntoView {
    let t = texts();
    let open = mission.status == MissionStatus::Published;
    let mut to_come = mission.slots.iter().filter(|slot| !slot.cancelled && slot.ends_at > mission.now).peekable();
    let none = to_come.peek().is_none();
    let full = match &mission.viewer {
        Some(viewer) => !viewer.slots.iter().any(|seen| matches!(seen.door, Door::Open(_))),
        None => to_come.all(|slot| slot.taken >= slot.places),
    };
    let why = mission.opens_on.map(Shut::OpensOn).or_else(|| {
        let viewer = mission.viewer.as_ref()?;
        reason(viewer.slots.iter().map(|seen| &seen.door)).cloned()
    });
    let action = match (&mission.mine, full) {
        (Some(_), ..) => view! {
            <p class="notice notice--info">{t.get(m::ALREADY_APPLIED)}</p>
            <a class="btn btn--primary" href=routes::MY_SPACE>{t.get(m::SEE_MY_SPACE)}</a>
        }
        .into_any(),
        (None, _) if !open || none => {
            let over = if open { m::NO_DATE } else { m::OVER };
            view! { <p class="notice notice--info">{t.get(over)}</p> }.into_any()
        }
        (None, _) if why.is_some() => view! { <Nothing why=why /> }.into_any(),
        (None, true) => view! {
            <p class="notice notice--warn">{t.get(m::ALL_FULL)}</p>
            <a class="btn btn--primary" href=routes::apply(mission.id)>{t.get(m::JOIN_WAITING)}</a>
        }
        .into_any(),
        (None, false) => {
            view! { <a class="btn btn--primary" href=routes::apply(mission.id)>{t.get(m::APPLY)}</a> }.into_any()
        }
    };
    let keep = match mission.viewer.as_ref().map(|viewer| viewer.kept) {
        Some(false) => view! {
            <Form act=KeepMission::url()>
                <Subject name="mission" value=mission.id.to_string() />
                <Submit label=t.get(f::KEEP) class="btn--quiet" />
            </Form>
        }
        .into_any(),
        // Whoever must sign in first finds the button there.
        kept => {
            let (href, name) = match kept {
                None => (routes::keep(mission.id), f::KEEP),
                Some(_) => (routes::MY_FAVOURITES.to_owned(), f::IS_KEPT),
            };
            view! { <a class="btn btn--quiet" href=href>{t.get(name)}</a> }.into_any()
        }
    };
    let (share, voices) = (routes::share(mission.id), mission.voices.clone());
    let trail = vec![(t.get(crate::i18n::k::search::TITLE).to_owned(), routes::MISSIONS.to_owned())];
    view! {
        <Banners banners=mission.banners.clone() />
        <Page title=mission.title.clone() lead=mission.goal.clone() trail=trail>
            <MissionView mission=mission />
            <div inner_html=voices></div>
            <div class="btn-row">{keep}<a class="btn btn--quiet" href=share>{t.get(f::SHARE)}</a></div>
            <div class="actionbar">{action}</div>
        </Page>
    }
}

/// Why nothing of a mission can be asked for, in a sentence, and where to go.
#[component]
pub fn Nothing(
    /// The one reason.
    why: Option<Shut>,
) -> impl IntoView {
    let t = texts();
    let href = match why {
        Some(Shut::Clash(_) | Shut::Applied) => (routes::MY_SPACE, m::SEE_MY_SPACE),
        _ => (routes::MISSIONS, crate::i18n::k::frame::FIND),
    };
    view! {
        {why.map(|why| view! { <p class="notice notice--warn">{shut(t, &why)}</p> })}
        <a class="btn btn--primary" href=href.0>{t.get(href.1)}</a>
    }
}
