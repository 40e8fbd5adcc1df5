use domain::ideas::{IdeaContact, IdeaFile, IdeaStatus, excerpt};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    i18n::{k::ideas as i, k::organisations as o, texts},
    ideas::{
        AnswerIdea, CloseIdea, TurnIdea,
        components::{Messages, Standing, Words},
        load_idea,
    },
    routes,
    ui::{
        Field, Fold, Form, History, Icon, Page, Select, Subject, Submit, Time,
        page::{load, loaded, param},
    },
};

/// The coordinators' page of an idea.
#[component]
pub fn TownIdeaPage() -> impl IntoView {
    let (insee, id) = (param("insee"), param("idea"));
    let data = load(move || (insee.get(), id.get()), |(insee, id)| load_idea(insee, id));
    loaded(data, |file| view! { <FileView file=file /> })
}

#[component]
fn FileView(file: IdeaFile) -> impl IntoView {
    let t = texts();
    let insee = file.town.insee.clone();
    let trail = vec![
        (t.with(o::COORDINATION_OF, &[("town", &file.town.name)]), routes::coordination(&insee)),
        (t.get(i::LIST_TITLE).to_owned(), routes::ideas(&insee)),
    ];
    let association = file.idea.association.clone();
    let mission = file.mission.clone().map(|mission| {
        view! { <p class="notice notice--info">{t.with(i::DRAFT_OF, &[("organisation", &mission.name)])}</p> }
    });
    view! {
        <Page title=excerpt(&file.idea.what) lead=association.clone() trail=trail>
            <ul class="facts facts--wide" role="list">
                <li><Icon name="i-flag" /><Standing status=file.status /></li>
                <li><Icon name="i-clock" />{t.get(i::COLUMN_SENT)}" "<Time at=file.sent_at /></li>
            </ul>
            {mission}
            <Words idea=file.idea.clone() />
            <Contact contact=file.contact.clone() />
            <section>
                <h2>{t.get(i::MESSAGES)}</h2>
                <Messages messages=file.messages.clone() association=association ours=true />
                <Acts file=file.clone() />
            </section>
            <History lines=file.history />
        </Page>
    }
}

/// Who wrote, until it is erased.
#[component]
fn Contact(contact: Option<IdeaContact>) -> impl IntoView {
    let t = texts();
    let content = match contact {
        None => view! { <p>{t.get(i::CONTACT_ERASED)}</p> }.into_any(),
        Some(contact) => {
            let phone = contact.phone.map(|phone| {
                let shown =
                    domain::fields::Phone::parse(&phone).map_or_else(|_| phone.clone(), |phone| phone.to_string());
                view! { <li><a href=format!("tel:{phone}")>{shown}</a></li> }
            });
            view! {
                <ul class="facts" role="list">
                    <li><Icon name="i-user" />{contact.name}</li>
                    <li><a href=format!("mailto:{}", contact.email)>{contact.email.clone()}</a></li>
                    {phone}
                </ul>
                <p class="muted">{t.get(i::PRIVATE)}</p>
            }
            .into_any()
        }
    };
    view! { <section><h2>{t.get(i::CONTACT)}</h2>{content}</section> }
}

#[component]
fn Acts(file: IdeaFile) -> impl IntoView {
    let t = texts();
    if !file.may_write {
        return view! { <p class="notice notice--info">{t.get(i::READ_ONLY)}</p> }.into_any();
    }
    let (insee, id) = (file.town.insee.clone(), file.id.to_string());
    let (again, same) = (insee.clone(), id.clone());
    let answer = (file.status != IdeaStatus::Closed && file.contact.is_some()).then(|| {
        view! {
            <Form act=AnswerIdea::url() keep=true>
                <Subject name="insee" value=insee />
                <Subject name="id" value=id />
                <Field name="body" kind="textarea" rows=5 label=t.get(i::ANSWER) hint=t.get(i::ANSWER_HINT) />
                <Submit label=t.get(i::ANSWER_SUBMIT) />
            </Form>
        }
    });
    let end = (!file.status.is_over()).then(|| {
        view! {
            <Turn file=file />
            <Fold summary=t.get(i::CLOSE) act=CloseIdea::url()>
                <Form act=CloseIdea::url()>
                    <Subject name="insee" value=again />
                    <Subject name="id" value=same />
                    <Field name="reason" kind="textarea" rows=3 label=t.get(i::CLOSE_REASON) hint=t.get(i::CLOSE_HINT) />
                    <Submit label=t.get(i::CLOSE) class="btn--danger" />
                </Form>
            </Fold>
        }
    });
    view! { {answer}{end} }.into_any()
}

/// Making a mission of it, in the name of an organisation of the town or of a new one.
#[component]
fn Turn(file: IdeaFile) -> impl IntoView {
    let t = texts();
    let new = (String::new(), t.with(i::NEW_ORGANISATION, &[("association", &file.idea.association)]));
    let value = file.candidates.first().filter(|first| first.likely).map(|first| first.id.to_string());
    let known = file.candidates.into_iter().map(|candidate| {
        let name = if candidate.likely { t.with(i::LIKELY, &[("name", &candidate.name)]) } else { candidate.name };
        (candidate.id.to_string(), name)
    });
    let options = std::iter::once(new).chain(known).collect();
    view! {
        <Fold summary=t.get(i::TURN) act=TurnIdea::url()>
            <Form act=TurnIdea::url()>
                <p>{t.get(i::TURN_LEAD)}</p>
                <Subject name="insee" value=file.town.insee />
                <Subject name="id" value=file.id.to_string() />
                <Select name="organisation" label=t.get(i::IN_WHOSE_NAME) options=options value=value.unwrap_or_default() />
                <Submit label=t.get(i::TURN_SUBMIT) />
            </Form>
        </Fold>
    }
}
