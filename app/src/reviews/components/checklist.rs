use domain::reviews::{ChecklistLine, Finding, ItemRef, Safety, feasible::Doubt};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    keys::Key,
    topics::{AboutItem, Topics},
};
use crate::{
    i18n::{Text, Texts, k, k::organisations as o, k::reviews as r, texts},
    missions::{NeedBar, need_line},
    request,
    reviews::SaveAnswers,
    ui::{Form, Icon, Subject, Submit, time},
};

/// The id of the form of the checklist: the button of the green light sends it from elsewhere on the page.
pub const FORM: &str = "points";

/// What is ticked on the page, saved or not: the button of the green light says what is missing.
#[derive(Clone, Copy)]
pub struct Ticked(RwSignal<Vec<Line>>);

/// An item as it is shown, and the answer and note that are kept.
#[derive(Clone)]
pub struct Line {
    shown: ChecklistLine,
    kept: (String, String),
}

impl Ticked {
    /// Begins with what is saved, or with what was typed in the form when it was refused.
    pub fn new(lines: &[ChecklistLine]) -> Self {
        Self::of(lines, SaveAnswers::url())
    }

    /// The same for the checklist of another server function.
    pub fn of(lines: &[ChecklistLine], act: &'static str) -> Self {
        let typed = typed(act);
        let lines = lines
            .iter()
            .map(|line| Line { kept: (line.answer.clone(), line.note.clone()), shown: retyped(line.clone(), &typed) });
        Self(RwSignal::new(lines.collect()))
    }

    fn lines(self) -> Vec<Line> {
        self.0.get_untracked()
    }

    fn answer(self, index: usize, answer: &str) {
        self.0.update(|lines| {
            if let Some(line) = lines.get_mut(index) {
                answer.clone_into(&mut line.shown.answer);
            }
        });
    }

    /// The items that are answered by no.
    pub(super) fn refused(self) -> Vec<ChecklistLine> {
        self.0.with(|lines| lines.iter().map(|line| &line.shown).filter(|line| line.answer == "no").cloned().collect())
    }

    /// Place and question of the items that the green light still lacks: those that nobody answered, or those that stand
    /// against it.
    pub(super) fn missing(self, answered: bool) -> Vec<(usize, String)> {
        self.0.with(|lines| {
            let lines = lines.iter().map(|line| &line.shown).enumerate();
            let missing = lines.filter(|(_, line)| line.is_missing() && line.answer.is_empty() != answered);
            missing.map(|(index, line)| (index, line.label.clone())).collect()
        })
    }
}

/// The checklist: one form for all its items; to be read only, when the viewer cannot answer.
#[component]
pub fn Checklist(
    /// INSEE code of the town.
    insee: String,
    /// The review.
    id: String,
    /// The items, as they are ticked.
    ticked: Ticked,
    /// Where the green light leads: the next file.
    next: String,
    /// Whether the viewer may answer now.
    editable: bool,
    /// The address of the server function that keeps the answers, for anything but a mission.
    #[prop(optional)]
    act: Option<&'static str>,
    /// The exchange, where messages are about items.
    #[prop(optional)]
    topics: Option<Topics>,
) -> impl IntoView {
    let t = texts();
    if !editable {
        let lines = ticked
            .lines()
            .into_iter()
            .map(|line| view! { <li><ReadLine line=line.shown topics=topics /></li> })
            .collect_view();
        return view! { <ol class="checklist">{lines}</ol> }.into_any();
    }
    let lines = ticked
        .lines()
        .into_iter()
        .enumerate()
        .map(|(index, line)| view! { <li><AskLine index=index line=line ticked=ticked topics=topics /></li> })
        .collect_view();
    view! {
        <Form act=act.unwrap_or(SaveAnswers::url()) id=FORM keep=true>
            <Subject name="insee" value=insee />
            <Subject name="id" value=id />
            <Subject name="next" value=next />
            <ol class="checklist" data-key=Key::Checklist.code()>{lines}</ol>
            <Submit label=t.get(r::SAVE_CHECKLIST) class="" />
        </Form>
    }
    .into_any()
}

/// What was typed in the form when it was refused.
fn typed(act: &'static str) -> Vec<(String, String)> {
    request::shared(move || request::refused_form().filter(|form| form.action == act).map(|form| form.values))
        .unwrap_or_default()
}

/// A line with what was typed for its item, wherever that stood: the network may have added or retired others meanwhile.
fn retyped(mut line: ChecklistLine, typed: &[(String, String)]) -> ChecklistLine {
    let place = typed.iter().find_map(|(key, value)| {
        (*value == line.code).then(|| key.strip_prefix("answers[")?.strip_suffix("][code]")).flatten()
    });
    let get = |field: &str| {
        let name = format!("answers[{}][{field}]", place?);
        typed.iter().find(|(key, _)| *key == name).map(|(_, value)| value.clone())
    };
    if place.is_some() {
        line.answer = get("answer").unwrap_or_default();
        line.note = get("note").unwrap_or_default();
    }
    line
}

/// What the system found, in words.
pub fn finding(t: Texts, finding: &Finding) -> String {
    match finding {
        Finding::Duplicates(n) => t.count(r::FOUND_DUPLICATES, *n),
        Finding::NoDuplicate => t.get(r::FOUND_NO_DUPLICATE).to_owned(),
        Finding::Need(need) => need_line(t, *need),
        Finding::Feasible(doubts) => doubts_of(t, doubts),
        Finding::Interest(words) if words.is_empty() => t.get(r::FOUND_NO_INTEREST).to_owned(),
        Finding::Interest(words) => t.with(r::FOUND_INTEREST, &[("words", &quoted(t, words))]),
        Finding::Job(words) if words.is_empty() => t.get(r::FOUND_NO_JOB).to_owned(),
        Finding::Job(words) => t.with(r::FOUND_JOB, &[("words", &quoted(t, words))]),
        Finding::Insurance(None) => t.get(r::FOUND_NO_INSURANCE).to_owned(),
        Finding::Insurance(Some(words)) => t.with(r::FOUND_INSURANCE, &[("words", words)]),
        Finding::Safety(safety) => safety_of(t, safety),
        Finding::WeekWithin(hours) => t.count(r::FOUND_WEEK_WITHIN, *hours),
        Finding::WeekBeyond(hours) => t.count(r::FOUND_WEEK_BEYOND, *hours),
        Finding::HostApproved => t.get(r::FOUND_HOST_APPROVED).to_owned(),
        Finding::DomainAllowed => t.get(r::FOUND_DOMAIN_ALLOWED).to_owned(),
        Finding::DomainForbidden => t.get(r::FOUND_DOMAIN_FORBIDDEN).to_owned(),
        Finding::Group(places, most) => {
            t.with(r::FOUND_GROUP, &[("places", &places.to_string()), ("most", &most.to_string())])
        }
        Finding::HostNotApproved => t.get(r::FOUND_HOST_NOT_APPROVED).to_owned(),
        Finding::NoEquipment => t.get(k::supplies::FOUND_NONE).to_owned(),
        Finding::Equipped => t.get(k::supplies::FOUND_EQUIPPED).to_owned(),
        Finding::EquipmentShort(short) => short_of(t, short),
        other => found_of_organisation(t, other),
    }
}

/// What is found of an organisation; nothing for what is found of a mission.
fn found_of_organisation(t: Texts, finding: &Finding) -> String {
    let plain = |key| t.get(key).to_owned();
    match finding {
        Finding::Numbers(None, None) => plain(o::FOUND_NO_NUMBER),
        Finding::Numbers(rna, siret) => {
            let numbers = [("RNA", rna), ("SIRET", siret)];
            let numbers =
                numbers.into_iter().filter_map(|(name, number)| Some(format!("{name}\u{a0}{}", number.as_ref()?)));
            t.with(o::FOUND_NUMBERS, &[("numbers", &numbers.collect::<Vec<_>>().join(", "))])
        }
        Finding::SameNumberElsewhere(n) => t.count(o::LOOK_ALIKE_ELSEWHERE, *n),
        Finding::DoubtfulWord(word) => t.with(o::FOUND_WORD, &[("word", word)]),
        Finding::NoDoubtfulWord => plain(o::FOUND_NO_WORD),
        Finding::HostForm => plain(o::FOUND_HOST_FORM),
        Finding::HostFormUnknown => plain(o::FOUND_HOST_FORM_UNKNOWN),
        Finding::OwnEmail(domain) => t.with(o::FOUND_OWN_EMAIL, &[("domain", domain)]),
        Finding::Email(email) if email.is_empty() => plain(o::FOUND_PHONE_ONLY),
        Finding::Email(email) => t.with(o::FOUND_EMAIL, &[("email", email)]),
        Finding::NoContact => plain(o::FOUND_NO_CONTACT),
        Finding::LookAlikes(n) => t.count(o::FOUND_LOOK_ALIKES, *n),
        Finding::NoLookAlike => plain(o::FOUND_NO_LOOK_ALIKE),
        _ => String::new(),
    }
}

fn doubts_of(t: Texts, doubts: &[Doubt]) -> String {
    if doubts.is_empty() {
        return t.get(r::FOUND_FEASIBLE).to_owned();
    }
    let told = doubts.iter().map(|doubt| match doubt {
        Doubt::Over => t.get(r::DOUBT_OVER).to_owned(),
        Doubt::Soon(hours) => t.count(r::DOUBT_SOON, *hours),
        Doubt::Night => t.get(r::DOUBT_NIGHT).to_owned(),
        Doubt::Long(hours) => t.count(r::DOUBT_LONG, *hours),
        Doubt::NoSupervision => t.get(r::DOUBT_NO_SUPERVISION).to_owned(),
        Doubt::Unsupervised(words) => t.with(r::DOUBT_UNSUPERVISED, &[("words", words)]),
        Doubt::NoPrerequisites => t.get(r::DOUBT_NO_PREREQUISITES).to_owned(),
    });
    t.with(r::FOUND_DOUBTS, &[("list", &told.collect::<Vec<_>>().join("\u{a0}; "))])
}

/// Words as they stand in the text.
fn quoted(t: Texts, words: &[String]) -> String {
    words.iter().map(|words| t.with(r::QUOTED, &[("words", words)])).collect::<Vec<_>>().join(", ")
}

fn safety_of(t: Texts, safety: &Safety) -> String {
    let danger = |(label, words): &(String, Vec<String>)| {
        t.with(r::FOUND_DANGER, &[("label", label), ("words", &quoted(t, words))])
    };
    let mut told = vec![t.count(r::FOUND_SAFETY_RULES, safety.rules)];
    if safety.dangers.is_empty() {
        told.push(t.get(r::FOUND_NO_DANGER).to_owned());
    } else {
        let list = safety.dangers.iter().map(danger).collect::<Vec<_>>().join("\u{a0}; ");
        told.push(t.with(r::FOUND_DANGERS, &[("list", &list)]));
        told.extend(safety.minors.then(|| t.get(r::FOUND_DANGERS_MINORS).to_owned()));
    }
    told.join(" ")
}

fn short_of(t: Texts, short: &[(String, u32, u32)]) -> String {
    let line = |(label, missing, needed): &(String, u32, u32)| {
        let facts = [("label", label.as_str()), ("missing", &t.number(*missing)), ("needed", &t.number(*needed))];
        t.with(k::supplies::FOUND_SHORT_OF, &facts)
    };
    let list = short.iter().map(line).collect::<Vec<_>>().join("\u{a0}; ");
    t.with(k::supplies::FOUND_SHORT, &[("list", &list)])
}

/// The answer of a line with who gave it, and when.
pub fn answered(t: Texts, line: &ChecklistLine) -> String {
    let said = t.get(answer(&line.answer));
    match &line.answered {
        Some((name, at)) if !line.answer.is_empty() => {
            t.with(r::ANSWERED_BY, &[("answer", said), ("name", name), ("at", &time::instant(t.locale(), *at))])
        }
        _ => said.to_owned(),
    }
}

/// What an answer is called.
pub fn answer(code: &str) -> Text {
    match code {
        "yes" => k::common::YES,
        "no" => k::common::NO,
        "not_applicable" => r::NOT_APPLICABLE,
        _ => r::NO_ANSWER,
    }
}

#[component]
fn Words(line: ChecklistLine) -> impl IntoView {
    let t = texts();
    let need = match &line.finding {
        Some(Finding::Need(need)) if need.places > 0 => Some(*need),
        _ => None,
    };
    view! {
        {(!line.hint.is_empty()).then(|| view! { <p>{line.hint}</p> })}
        {need.map(|need| view! { <NeedBar need=need /> })}
        {line.finding.map(|found| view! { <p><Icon name="i-info" />" "{t.get(r::SYSTEM_FOUND)}" "{finding(t, &found)}</p> })}
    }
}

fn item(line: &ChecklistLine) -> ItemRef {
    ItemRef { code: line.code.clone(), label: line.label.clone() }
}

fn class(line: &ChecklistLine) -> &'static str {
    if line.finding.is_some() { "checklist__item checklist__item--system" } else { "checklist__item" }
}

#[component]
fn AskLine(index: usize, line: Line, ticked: Ticked, topics: Option<Topics>) -> impl IntoView {
    let t = texts();
    let (kept, line) = (line.kept, line.shown);
    let about = topics.map(|topics| view! { <AboutItem topics=topics item=item(&line) /> });
    let (code, answer, note) = (line.code.clone(), line.answer.clone(), line.note.clone());
    let optional =
        (!line.mandatory).then(|| view! { " "<span class="field__optional">{t.get(k::common::OPTIONAL)}</span> });
    let group = format!("answers[{index}][answer]");
    let answers = [("yes", k::common::YES), ("no", k::common::NO), ("not_applicable", r::NOT_APPLICABLE)]
        .into_iter()
        .enumerate()
        .map(|(place, (value, name))| {
            // The summary of errors leads to the first answer.
            let id = if place == 0 { format!("answers.{index}.answer") } else { format!("answers.{index}.{value}") };
            view! {
                <label for=id.clone()>
                    <input type="radio" id=id.clone() name=group.clone() value=value checked=answer == value
                        on:change=move |_| ticked.answer(index, value) />
                    <span>{t.get(name)}</span>
                </label>
            }
        })
        .collect_view();
    let noted = !note.is_empty();
    let note_id = format!("answers.{index}.note");
    let class = class(&line);
    view! {
        <fieldset class=class>
            <legend>{line.label.clone()}{optional}</legend>
            <Words line=line />
            <input type="hidden" name=format!("answers[{index}][code]") value=code />
            // What is kept by now, for the server to see what somebody else answered meanwhile.
            <input type="hidden" name=format!("answers[{index}][was]") value=kept.0 />
            <input type="hidden" name=format!("answers[{index}][was_note]") value=kept.1 />
            {answers}
            <details open=noted>
                <summary>{t.get(r::ADD_NOTE)}</summary>
                <div class="field">
                    <label class="field__label" for=note_id.clone()>{t.get(r::NOTE)}" "<span class="field__optional">{t.get(k::common::OPTIONAL)}</span></label>
                    <input class="field__input" id=note_id name=format!("answers[{index}][note]") value=note maxlength="500" autocomplete="off" />
                </div>
            </details>
            {about}
        </fieldset>
    }
}

#[component]
fn ReadLine(line: ChecklistLine, topics: Option<Topics>) -> impl IntoView {
    let t = texts();
    let about = topics.map(|topics| view! { <AboutItem topics=topics item=item(&line) /> });
    let answer = answered(t, &line);
    let (label, note, class) = (line.label.clone(), line.note.clone(), class(&line));
    view! {
        <div class=class>
            <h3>{label}</h3>
            <Words line=line />
            <p><strong>{answer}</strong></p>
            {(!note.is_empty()).then(|| view! { <p>{note}</p> })}
            {about}
        </div>
    }
}
