use domain::equipment::{TypeForm, TypesPage as Types};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    equipment::{SaveEquipmentType, load_equipment_types},
    i18n::{k::common as c, k::equipment as e, texts},
    ui::{
        Check, Field, Fold, Form, Hidden, Page, Submit,
        page::{load, loaded},
    },
};

/// The types of equipment that the network's towns use.
#[component]
pub fn TypesPage() -> impl IntoView {
    loaded(load(|| (), |()| load_equipment_types()), |page| view! { <TypesView page=page /> })
}

#[component]
fn TypesView(page: Types) -> impl IntoView {
    let t = texts();
    let rows = page.types.into_iter().map(|form| view! { <Line form=form /> }).collect_view();
    view! {
        <Page title=t.get(e::TYPES_TITLE) lead=t.get(e::TYPES_LEAD) narrow=true>
            <Fold summary=t.get(e::TYPE_ADD) act=SaveEquipmentType::url() key="new">
                <EditForm form=TypeForm::default() key="new" />
            </Fold>
            {rows}
        </Page>
    }
}

#[component]
fn Line(form: TypeForm) -> impl IntoView {
    let t = texts();
    let label = t.locale().pick(&form.label_fr, &form.label_en);
    let unit = t.locale().pick(&form.unit_fr, &form.unit_en);
    let once = t.get(if form.single_use == "yes" { e::SINGLE_USE } else { e::REUSABLE });
    let disabled = if form.disabled == "yes" { format!(" – {}", t.get(e::DISABLED)) } else { String::new() };
    let (summary, key) = (format!("{label} ({unit}, {once}){disabled}"), form.code.clone());
    view! {
        <Fold summary=summary act=SaveEquipmentType::url() key=key.clone()>
            <EditForm form=form key=key />
        </Fold>
    }
}

#[component]
fn EditForm(form: TypeForm, #[prop(into)] key: String) -> impl IntoView {
    let t = texts();
    let (single_use, disabled) = (form.single_use == "yes", form.disabled == "yes");
    view! {
        <Form act=SaveEquipmentType::url() group="form" key=key.clone()>
            <Hidden name="key" value=key />
            <Hidden name="code" value=form.code />
            <Field name="label_fr" label=t.get(e::TYPE_LABEL_FR) value=form.label_fr />
            <Field name="label_en" label=t.get(e::TYPE_LABEL_EN) value=form.label_en />
            <Field name="unit_fr" label=t.get(e::TYPE_UNIT_FR) hint=t.get(e::TYPE_UNIT_HINT) value=form.unit_fr />
            <Field name="unit_en" label=t.get(e::TYPE_UNIT_EN) value=form.unit_en />
            <Check name="single_use" label=t.get(e::TYPE_SINGLE_USE) checked=single_use />
            <Check name="disabled" label=t.get(e::TYPE_DISABLED) checked=disabled />
            <Submit label=t.get(c::SAVE) />
        </Form>
    }
}
