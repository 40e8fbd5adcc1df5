use domain::{
    access::Role,
    ids::OrganisationId,
    team::{Duty, InvitationLine, MemberLine, ROLES, TeamAct, TeamPage, may_invite},
};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    i18n::{Text, k::team as m, texts},
    routes,
    team::{ChangeRole, InviteAgain, InviteColleague, LeaveTeam, RemoveColleague, TakeInvitationBack, load_team},
    ui::{
        Choice, Choices, Field, Fold, Form, Page, Subject, Submit,
        page::{load, loaded, param},
        time::{Day, Time},
    },
};

/// The team of an organisation.
#[component]
pub fn TeamSpace() -> impl IntoView {
    let id = param("id");
    loaded(load(move || id.get(), load_team), |page| view! { <TeamView page=page /> })
}

/// What a role is called, and what one does in it.
const fn said(role: Role) -> (Text, Text) {
    match role {
        Role::OrganisationAdmin => (m::ADMIN, m::ADMIN_HINT),
        _ => (m::HELPER, m::HELPER_HINT),
    }
}

#[component]
fn TeamView(page: TeamPage) -> impl IntoView {
    let t = texts();
    let (organisation, me) = (page.organisation, page.me);
    let leads = Duty::Team.is_of(page.role);
    let alone = page.members.iter().filter(|member| member.role == Role::OrganisationAdmin).count() < 2;
    let others: Vec<MemberLine> = page.members.iter().filter(|member| member.id != me).cloned().collect();
    let members = page
        .members
        .into_iter()
        .map(|member| {
            let own = member.id == me;
            view! { <li><Member organisation=organisation member=member own=own leads=leads alone=alone /></li> }
        })
        .collect_view();
    let invites = may_invite(page.status);
    let waiting = page
        .invitations
        .into_iter()
        .map(|line| view! { <li><Invited organisation=organisation line=line again=invites /></li> })
        .collect::<Vec<_>>();
    let waiting = (!waiting.is_empty()).then(|| {
        view! { <section><h2>{t.get(m::INVITATIONS)}</h2><ul class="plain-list stack" role="list">{waiting}</ul></section> }
    });
    let invite = match (leads, invites) {
        (false, _) => ().into_any(),
        (true, true) => view! { <Invite organisation=organisation /> }.into_any(),
        (true, false) => view! { <p class="notice notice--info">{t.get(m::NO_INVITATION)}</p> }.into_any(),
    };
    let trail = vec![(page.name, routes::organisation_space(organisation))];
    view! {
        <Page title=t.get(m::TITLE) lead=t.get(m::LEAD) narrow=true trail=trail>
            <section><h2>{t.get(m::MEMBERS)}</h2><ul class="plain-list stack" role="list">{members}</ul></section>
            {waiting}
            {invite}
            <Leave organisation=organisation others=others last=leads && alone />
            <Acts acts=page.acts />
        </Page>
    }
}

/// Somebody of the team, and what an admin may do about it; `alone`: there is one admin.
#[component]
fn Member(organisation: OrganisationId, member: MemberLine, own: bool, leads: bool, alone: bool) -> impl IntoView {
    let t = texts();
    let (role, _) = said(member.role);
    let id = member.id.to_string();
    let named = |text: Text| t.with(text, &[("name", member.name.as_str())]);
    let is_admin = member.role == Role::OrganisationAdmin;
    let (other, label) = match (is_admin, own) {
        (true, true) => (Role::OrganisationHelper, t.get(m::MAKE_ME_HELPER).to_owned()),
        (true, false) => (Role::OrganisationHelper, named(m::MAKE_HELPER)),
        (false, _) => (Role::OrganisationAdmin, named(m::MAKE_ADMIN)),
    };
    let take_out = named(m::REMOVE);
    let change = (leads && !(is_admin && alone)).then(|| {
        let id = id.clone();
        view! {
            <Fold summary=label act=ChangeRole::url() key=id.clone()>
                <p>{t.get(said(other).1)}</p>
                <Form act=ChangeRole::url() key=id.clone()>
                    <Subject name="organisation" value=organisation.to_string() />
                    <Subject name="colleague" value=id />
                    <Subject name="role" value=other.as_str() />
                    <Submit label=t.get(m::MAKE_CONFIRM) />
                </Form>
            </Fold>
        }
    });
    let remove = (leads && !own).then(|| {
        view! {
            <Fold summary=take_out act=RemoveColleague::url() key=id.clone()>
                <p>{t.get(m::REMOVE_HINT)}</p>
                <Form act=RemoveColleague::url() key=id.clone()>
                    <Subject name="organisation" value=organisation.to_string() />
                    <Subject name="colleague" value=id />
                    <Submit label=t.get(m::REMOVE_CONFIRM) class="btn--danger" />
                </Form>
            </Fold>
        }
    });
    view! {
        <article class="card">
            <h3>{member.name.clone()}{own.then(|| format!(" ({})", t.get(m::YOU)))}</h3>
            <p><span class="pill">{t.get(role)}</span>" "<span class="muted">{t.get(m::SINCE)}" "<Day at=member.since /></span></p>
            {member.email.clone().map(|email| view! { <p class="muted">{email}</p> })}
            {change}
            {remove}
        </article>
    }
}

/// An invitation that nobody accepted yet.
#[component]
fn Invited(organisation: OrganisationId, line: InvitationLine, again: bool) -> impl IntoView {
    let t = texts();
    let id = line.id.to_string();
    let named = |text: Text| t.with(text, &[("email", line.email.as_str())]);
    let (send_again, take_back) = (named(m::AGAIN), named(m::TAKE_BACK));
    let (pill, name, until) = if line.expired {
        ("pill", m::EXPIRED, m::EXPIRED_SINCE)
    } else {
        ("pill pill--waiting", m::WAITING, m::USABLE_UNTIL)
    };
    let again = again.then(|| {
        let id = id.clone();
        view! {
            <Form act=InviteAgain::url() key=id.clone()>
                <Subject name="organisation" value=organisation.to_string() />
                <Subject name="invitation" value=id />
                <Submit label=send_again class="btn--quiet" />
            </Form>
        }
    });
    view! {
        <article class="card">
            <h3>{line.email.clone()}</h3>
            <p>
                <span class=pill>{t.get(name)}</span>" "{t.get(said(line.role).0)}
                ", "<span class="muted">{t.get(until)}" "<Day at=line.until /></span>
            </p>
            {again}
            <Fold summary=take_back act=TakeInvitationBack::url() key=id.clone()>
                <p>{t.get(m::TAKE_BACK_HINT)}</p>
                <Form act=TakeInvitationBack::url() key=id.clone()>
                    <Subject name="organisation" value=organisation.to_string() />
                    <Subject name="invitation" value=id />
                    <Submit label=t.get(m::TAKE_BACK_CONFIRM) class="btn--danger" />
                </Form>
            </Fold>
        </article>
    }
}

#[component]
fn Invite(organisation: OrganisationId) -> impl IntoView {
    let t = texts();
    let roles = ROLES.map(|role| {
        let (name, hint) = said(role);
        Choice::new(role.as_str(), t.get(name)).hint(t.get(hint)).chosen(role == Role::OrganisationHelper)
    });
    view! {
        <section>
            <h2>{t.get(m::INVITE)}</h2>
            <Form act=InviteColleague::url()>
                <Subject name="organisation" value=organisation.to_string() />
                <Field name="email" kind="email" label=t.get(m::EMAIL) hint=t.get(m::EMAIL_HINT) />
                <Choices name="role" legend=t.get(m::ROLE) choices=roles.to_vec() />
                <Submit label=t.get(m::INVITE_SUBMIT) />
            </Form>
        </section>
    }
}

/// Leaving; the last admin names who takes over.
#[component]
fn Leave(organisation: OrganisationId, others: Vec<MemberLine>, last: bool) -> impl IntoView {
    let t = texts();
    if last && others.is_empty() {
        return view! { <section><h2>{t.get(m::LEAVE)}</h2><p>{t.get(m::LEAVE_ALONE)}</p></section> }.into_any();
    }
    let people: Vec<Choice> =
        others.into_iter().map(|member| Choice::new(member.id.to_string(), member.name)).collect();
    view! {
        <section>
            <h2>{t.get(m::LEAVE)}</h2>
            <Fold summary=t.get(m::LEAVE) act=LeaveTeam::url()>
                <p>{t.get(m::LEAVE_HINT)}</p>
                <Form act=LeaveTeam::url() anew=true>
                    <Subject name="organisation" value=organisation.to_string() />
                    {last.then(|| view! { <Choices name="successor" legend=t.get(m::SUCCESSOR) hint=t.get(m::SUCCESSOR_HINT) choices=people /> })}
                    <Submit label=t.get(m::LEAVE_CONFIRM) class="btn--danger" />
                </Form>
            </Fold>
        </section>
    }
    .into_any()
}

/// What an act is called.
fn act(to: &str) -> Text {
    match to {
        "left" => m::ACT_LEFT,
        "removed" => m::ACT_REMOVED,
        to if Role::parse(to) == Some(Role::OrganisationAdmin) => m::ACT_ADMIN,
        _ => m::ACT_HELPER,
    }
}

#[component]
fn Acts(acts: Vec<TeamAct>) -> impl IntoView {
    let t = texts();
    (!acts.is_empty()).then(|| {
        let lines = acts
            .into_iter()
            .map(|line| {
                let what = t.with(act(&line.to), &[("about", &line.about)]);
                view! { <li><Time at=line.at /><p><strong>{what}</strong>", "{line.by}</p></li> }
            })
            .collect_view();
        view! {
            <section>
                <h2>{t.get(m::ACTS)}</h2>
                <ol class="timeline" role="list">{lines}</ol>
            </section>
        }
    })
}
