use domain::{
    applications::{Applicant, ApplicantFilter, ApplicantOrder, ApplicantSort, ApplicationStatus},
    ids::{MissionId, OrganisationId},
    messages::AnswerTemplate,
    missions::SlotLine,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{answers::slots_of, space::status_name};
use crate::{
    i18n::{Texts, k, k::applications as a, k::messages as m, texts},
    messages::WriteToSome,
    routes,
    ui::{Choice, Choices, Field, FilterSelect, Fold, Form, Subject, Submit, time},
};

/// What the address calls the table instead of the list.
const TABLE: &str = "tableau";

/// What the address of the page asks for: the values of its plain forms.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct AskedFor {
    /// A state of applications.
    pub status: String,
    /// A slot.
    pub slot: String,
    /// A text that the organisation keeps.
    pub template: String,
    /// Everybody in the list is ticked.
    pub everybody: bool,
    /// The table, or nothing for the list.
    pub view: String,
    /// By what the table is in order.
    pub sort: String,
    /// The other way round.
    pub way: String,
}

impl AskedFor {
    /// The applicants that it narrows the list to.
    pub fn filter(&self) -> ApplicantFilter {
        ApplicantFilter::parse(&self.status, &self.slot)
    }

    /// With the view and the order that an address names; what names none is left out.
    #[must_use]
    pub fn arranged(self, view: &str, sort: &str, way: &str) -> Self {
        let order = ApplicantOrder::parse(sort, way);
        let way = order.filter(|order| order.descending).map(|_| ApplicantSort::DESCENDING.to_owned());
        Self {
            view: Some(view).filter(|view| *view == TABLE).unwrap_or_default().to_owned(),
            sort: order.map(|order| order.by.to_string()).unwrap_or_default(),
            way: way.unwrap_or_default(),
            ..self
        }
    }

    /// Whether applicants are shown as a table.
    pub fn is_table(&self) -> bool {
        self.view == TABLE
    }

    /// The order of the table, if one is asked for.
    pub fn order(&self) -> Option<ApplicantOrder> {
        ApplicantOrder::parse(&self.sort, &self.way)
    }

    /// Each value, as an address and as a form call it.
    fn values(&self) -> impl Iterator<Item = (&'static str, &'static str, &str)> {
        let values = [
            ("statut", "asked[status]", self.status.as_str()),
            ("creneau", "asked[slot]", self.slot.as_str()),
            ("modele", "asked[template]", self.template.as_str()),
            ("vue", "asked[view]", self.view.as_str()),
            ("tri", "asked[sort]", self.sort.as_str()),
            ("sens", "asked[way]", self.way.as_str()),
        ];
        values.into_iter().filter(|(_, _, value)| !value.is_empty())
    }

    /// Its part of an address, each value after an ampersand.
    pub fn query(&self) -> String {
        self.values().map(|(name, _, value)| format!("&{name}={}", routes::encode(value))).collect()
    }

    /// The address of a page that is asked for this.
    pub fn address(&self, here: &str) -> String {
        here.to_owned() + &self.query().replacen('&', "?", 1)
    }

    /// The fields that carry it through the form of the answers.
    pub fn carried(&self) -> Vec<AnyView> {
        self.values().map(|(_, name, value)| view! { <Subject name=name value=value /> }.into_any()).collect()
    }

    /// The fields that keep it in a form that asks for the page again, but for those that the form has itself.
    fn kept(&self, but: &[&str]) -> Vec<AnyView> {
        let kept = self.values().filter(|(name, ..)| !but.contains(name));
        kept.map(|(name, _, value)| view! { <input type="hidden" name=name value=value.to_owned() /> }.into_any())
            .collect()
    }
}

/// The list and the table, whichever is shown. The page comes back as a whole, so that no box keeps what it was.
#[component]
pub fn Views(
    /// The page.
    here: String,
    /// What its address asks for.
    asked: AskedFor,
) -> impl IntoView {
    let t = texts();
    let links = [("", a::VIEW_LIST), (TABLE, a::VIEW_TABLE)]
        .into_iter()
        .map(|(view, name)| {
            let current = (asked.view == view).then_some("page");
            let href = asked.clone().arranged(view, "", "").address(&here);
            view! { <li><a href=href aria-current=current rel="external">{t.get(name)}</a></li> }
        })
        .collect_view();
    view! { <nav class="tabs" aria-label=t.get(a::VIEWS)><ul>{links}</ul></nav> }
}

/// Ticks everybody who is shown, or nobody: the page comes back as a whole, so that no box keeps what it was.
#[component]
pub fn TickAll(
    /// The page.
    here: String,
    /// What its address asks for.
    asked: AskedFor,
    /// People shown.
    count: u32,
) -> impl IntoView {
    let t = texts();
    let (href, label) = if asked.everybody {
        (asked.address(&here), t.get(a::TICK_NOBODY).to_owned())
    } else {
        (format!("{here}?cocher=tout{}", asked.query()), t.count(a::TICK_ALL, count))
    };
    view! { <p><a class="btn btn--quiet" href=href rel="external">{label}</a></p> }
}

/// The text of the template that was chosen.
pub fn chosen(templates: &[AnswerTemplate], id: &str) -> String {
    let found = templates.iter().find(|template| template.id.to_string() == id);
    found.map(|template| template.body.clone()).unwrap_or_default()
}

/// Narrows the list down, and downloads what is left of it, where one may.
#[component]
pub fn Filters(
    organisation: OrganisationId,
    mission: MissionId,
    asked: AskedFor,
    slots: Vec<SlotLine>,
    exports: bool,
) -> impl IntoView {
    let t = texts();
    let here = routes::own_mission(organisation, mission, "candidatures");
    let all = AskedFor { status: String::new(), slot: String::new(), ..asked.clone() }.address(&here);
    let set = asked.filter().is_set();
    let states = ApplicationStatus::ALL
        .iter()
        .map(|status| (status.as_str().to_owned(), t.get(status_name(*status)).to_owned()));
    let slots = slots
        .iter()
        .map(|slot| (slot.id.to_string(), time::slot(t, slot.kind, slot.starts_at, slot.ends_at)))
        .collect();
    let keep = asked.kept(&["statut", "creneau"]);
    view! {
        <details class="disclosure" open=set>
            <summary>{t.get(a::FILTER_TITLE)}</summary>
            <form method="get" action=here.clone() class="form">
                {keep}
                <div class="form__row">
                    <FilterSelect name="statut" label=a::COLUMN_STATUS any=a::ANY_STATUS choices=states.collect() value=asked.status.clone() />
                    <FilterSelect name="creneau" label=a::COLUMN_SLOTS any=a::ANY_SLOT choices=slots value=asked.slot.clone() />
                </div>
                <p class="btn-row">
                    <button class="btn" type="submit">{t.get(a::FILTER)}</button>
                    {set.then(|| view! { <a class="btn btn--quiet" href=all>{t.get(a::CLEAR_FILTER)}</a> })}
                </p>
            </form>
        </details>
        {exports.then(|| view! {
            <form method="post" action=routes::applicants_export(organisation, mission)>
                <input type="hidden" name="statut" value=asked.status />
                <input type="hidden" name="creneau" value=asked.slot />
                <p><button class="btn btn--quiet" type="submit">{t.get(a::EXPORT)}</button>" "<small>{t.get(a::EXPORT_HINT)}</small></p>
            </form>
        })}
    }
}

/// Chooses one of the texts that the organisation keeps: the page comes back with it in its fields.
#[component]
pub fn TemplateChooser(
    /// The organisation.
    organisation: OrganisationId,
    /// Its texts.
    templates: Vec<AnswerTemplate>,
    /// What the address asks for already.
    asked: AskedFor,
    /// The page that comes back.
    #[prop(into)]
    here: String,
) -> impl IntoView {
    let t = texts();
    let manage =
        view! { <a class="btn btn--quiet" href=routes::answer_templates(organisation)>{t.get(m::TEMPLATES_TITLE)}</a> };
    if templates.is_empty() {
        return view! { <p>{manage}</p> }.into_any();
    }
    let choices = templates.into_iter().map(|template| (template.id.to_string(), template.name)).collect();
    let kept = asked.kept(&["modele"]);
    view! {
        <form method="get" action=here class="form">
            {kept}
            <FilterSelect name="modele" label=m::TEMPLATE any=m::NO_TEMPLATE choices=choices value=asked.template />
            <p class="btn-row"><button class="btn" type="submit">{t.get(m::INSERT)}</button>{manage}</p>
        </form>
    }
    .into_any()
}

fn choice(t: Texts, applicant: &Applicant, slots: &[SlotLine]) -> Choice {
    let about = format!("{}\u{a0}— {}", t.get(status_name(applicant.status)), slots_of(t, applicant, slots));
    Choice::new(applicant.id.to_string(), applicant.name.clone()).hint(about)
}

/// One message to several people, each in their own exchange.
#[component]
pub fn ToSeveral(
    organisation: OrganisationId,
    mission: MissionId,
    people: Vec<Applicant>,
    slots: Vec<SlotLine>,
    prefill: String,
    asked: AskedFor,
) -> impl IntoView {
    let t = texts();
    let choices = people.iter().map(|applicant| choice(t, applicant, &slots)).collect();
    view! {
        <section>
            <h2>{t.get(m::TO_SEVERAL)}</h2>
            <Fold summary=t.get(m::TO_SEVERAL_OPEN) act=WriteToSome::url()>
                <p>{t.get(m::TO_SEVERAL_HINT)}</p>
                <Form act=WriteToSome::url() key=organisation.to_string() fresh=true>
                    <Subject name="organisation" value=organisation.to_string() />
                    <Subject name="mission" value=mission.to_string() />
                    {asked.carried()}
                    <Choices name="ids" several=true legend=t.get(m::TO_WHOM) choices=choices />
                    <Field name="body" kind="textarea" rows=4 value=prefill label=t.get(k::messages::BODY) hint=t.get(m::TO_SEVERAL_BODY_HINT) />
                    <Submit label=t.get(m::SEND_TO_SEVERAL) />
                </Form>
            </Fold>
        </section>
    }
}
