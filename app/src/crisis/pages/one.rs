use domain::crisis::{MeasuresPage, MeasuresStatus};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    code,
    effect::{EffectView, Suspended},
    facts::Facts,
    fields::{AmendFields, MeasuresFields},
    trail,
};
use crate::{
    crisis::{
        AmendMeasures, CallMeasuresOff, DiscardMeasures, LiftMeasures, SaveMeasures, SwitchMeasuresOn, labels,
        load_measures,
    },
    i18n::{k::crisis as c, texts},
    ui::{
        Fold, Form, History, Page, Subject, Submit,
        page::{load, loaded, param},
        time::{self, Day},
    },
};

/// Measures: previewed, in force, or over.
#[component]
pub fn OneMeasuresPage() -> impl IntoView {
    let (insee, id) = (param("insee"), param("measures"));
    let data = load(move || (insee.get(), id.get()), |(insee, id)| load_measures(insee, id));
    loaded(data, |page| view! { <MeasuresView page=page /> })
}

#[component]
fn MeasuresView(page: MeasuresPage) -> impl IntoView {
    let t = texts();
    let (word, class) = labels::status(page.status);
    let (title, trail, history) = (page.title.clone(), trail(t, page.town.as_ref(), true), page.history.clone());
    let facts = view! {
        <section><h2>{t.get(c::ASKED_TITLE)}</h2><Facts facts=page.facts.clone() banner=page.banner.clone() /></section>
    };
    let ended = page.ended_at.map(|at| view! { " "{t.get(c::ENDED_ON)}" "<Day at=at /> });
    let content = match page.status {
        MeasuresStatus::Draft => view! { <Draft page=page /> }.into_any(),
        MeasuresStatus::Scheduled => view! { <Scheduled page=page /> }.into_any(),
        MeasuresStatus::InForce => view! { <InForce page=page /> }.into_any(),
        MeasuresStatus::Lifted | MeasuresStatus::Ended => view! { <Past page=page /> }.into_any(),
    };
    view! {
        <Page title=title trail=trail>
            <p><span class=class>{t.get(word)}</span>{ended}</p>
            {facts}
            {content}
            <History lines=history />
        </Page>
    }
}

/// What a form is about.
#[component]
fn About(page: MeasuresPage) -> impl IntoView {
    view! {
        <Subject name="insee" value=code(page.town.as_ref()) />
        <Subject name="id" value=page.id.to_string() />
    }
}

#[component]
fn Preview(page: MeasuresPage) -> impl IntoView {
    let t = texts();
    view! {
        <section>
            <h2>{t.get(c::PREVIEW_TITLE)}</h2>
            <p>{t.get(c::PREVIEW_LEAD)}</p>
            <EffectView effect=page.effect holds=false towns=page.town.is_none() />
        </section>
    }
}

#[component]
fn Draft(page: MeasuresPage) -> impl IntoView {
    let acts = page.may_write.then(|| {
        let page = page.clone();
        view! { <DraftActs page=page /> }
    });
    view! { <Preview page=page />{acts} }
}

#[component]
fn DraftActs(page: MeasuresPage) -> impl IntoView {
    let t = texts();
    let (label, hint) = if page.at_once {
        (t.get(c::SWITCH_ON).to_owned(), c::SWITCH_ON_HINT)
    } else {
        let day = time::date(t.locale(), page.facts.first_day);
        (t.with(c::SWITCH_ON_AHEAD, &[("day", &day)]), c::SWITCH_ON_AHEAD_HINT)
    };
    let (switch, edit, discard) = (page.clone(), page.clone(), page.clone());
    view! {
        <Form act=SwitchMeasuresOn::url()>
            <About page=switch />
            <Subject name="seen" value=page.seen.clone() />
            <p>{t.get(hint)}</p>
            <Submit label=label class="btn--urgent" />
        </Form>
        <Fold summary=t.get(c::EDIT) act=SaveMeasures::url()>
            <Form act=SaveMeasures::url() group="form">
                <About page=edit.clone() />
                <MeasuresFields form=edit.form.clone() domains=edit.domains.clone() />
                <Submit label=t.get(c::SAVE) />
            </Form>
        </Fold>
        <Fold summary=t.get(c::DISCARD) act=DiscardMeasures::url()>
            <Form act=DiscardMeasures::url()>
                <About page=discard />
                <Submit label=t.get(c::DISCARD) class="btn--danger" />
            </Form>
        </Fold>
    }
}

#[component]
fn Scheduled(page: MeasuresPage) -> impl IntoView {
    let t = texts();
    let acts = page.may_write.then(|| {
        let page = page.clone();
        view! {
            <Fold summary=t.get(c::CALL_OFF) act=CallMeasuresOff::url()>
                <Form act=CallMeasuresOff::url()>
                    <About page=page />
                    <p>{t.get(c::CALL_OFF_HINT)}</p>
                    <Submit label=t.get(c::CALL_OFF_CONFIRM) class="btn--danger" />
                </Form>
            </Fold>
        }
    });
    view! {
        <p class="notice notice--info">{t.get(c::SWITCH_ON_AHEAD_HINT)}</p>
        <Preview page=page />
        {acts}
    }
}

#[component]
fn InForce(page: MeasuresPage) -> impl IntoView {
    let t = texts();
    let acts = page.may_write.then(|| {
        let page = page.clone();
        view! { <ForceActs page=page /> }
    });
    view! {
        <section>
            <h2>{t.get(c::HOLDS_TITLE)}</h2>
            <EffectView effect=page.effect holds=true towns=page.town.is_none() />
        </section>
        {acts}
    }
}

#[component]
fn ForceActs(page: MeasuresPage) -> impl IntoView {
    let t = texts();
    let back = u32::try_from(page.effect.suspended.len()).unwrap_or(u32::MAX);
    let lift = page.clone();
    view! {
        <Fold summary=t.get(c::AMEND) act=AmendMeasures::url()>
            <Form act=AmendMeasures::url() group="form">
                <About page=page.clone() />
                <p>{t.get(c::AMEND_HINT)}</p>
                <AmendFields form=page.form.clone() />
                <Submit label=t.get(c::AMEND_SAVE) />
            </Form>
        </Fold>
        <Fold summary=t.get(c::LIFT) act=LiftMeasures::url()>
            <Form act=LiftMeasures::url()>
                <About page=lift />
                <p>{t.count(c::LIFT_HINT, back)}</p>
                <Submit label=t.get(c::LIFT_CONFIRM) class="btn--danger" />
            </Form>
        </Fold>
    }
}

#[component]
fn Past(page: MeasuresPage) -> impl IntoView {
    let t = texts();
    (!page.effect.suspended.is_empty()).then(|| {
        view! {
            <section>
                <h2>{t.get(c::SUSPENDED_WERE)}</h2>
                <Suspended missions=page.effect.suspended towns=page.town.is_none() />
            </section>
        }
    })
}
