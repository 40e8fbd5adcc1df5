use domain::supplies::Signature;
use leptos::{ev::PointerEvent, prelude::*};

use crate::{
    i18n::{k::supplies as s, texts},
    ui::Icon,
};

/// The coordinates of a signature's field.
pub(in crate::supplies) fn view_box() -> String {
    format!("0 0 {} {}", Signature::WIDTH, Signature::HEIGHT)
}

/// A field to sign in by finger, pen or mouse. It is there only where scripts run: without them nobody is asked to sign.
/// Stands in a form whose fields are in the group `form`.
#[component]
pub fn SignaturePad(
    /// What is said below.
    #[prop(into)]
    hint: String,
) -> impl IntoView {
    let t = texts();
    let (alive, drawing) = (RwSignal::new(false), RwSignal::new(false));
    let path = RwSignal::new(String::new());
    Effect::new(move || alive.set(true));
    let draw = move |event: &PointerEvent, begin: bool| {
        event.prevent_default();
        path.update(|path| Signature::draw(path, begin, event.offset_x(), event.offset_y()));
    };
    let begin = move |event: PointerEvent| {
        drawing.set(true);
        draw(&event, true);
    };
    let go_on = move |event: PointerEvent| {
        if drawing.get_untracked() {
            draw(&event, false);
        }
    };
    let end = move |_: PointerEvent| drawing.set(false);
    let field = move || {
        view! {
            <div class="signature" role="group" aria-label=t.get(s::SIGNATURE)>
                <p class="field__label">{t.get(s::SIGNATURE)}</p>
                <p class="field__hint">{hint.clone()}</p>
                <div class="signature__pad" on:pointerdown=begin on:pointermove=go_on on:pointerup=end
                    on:pointercancel=end on:pointerleave=end>
                    <svg viewBox=view_box() aria-hidden="true" focusable="false"><path d=move || path.get()></path></svg>
                </div>
                <button class="btn btn--quiet" type="button" on:click=move |_| path.set(String::new())>
                    <Icon name="i-cross" />{t.get(s::SIGNATURE_CLEAR)}
                </button>
            </div>
        }
    };
    view! {
        <input type="hidden" name="form[signature]" value="" prop:value=move || path.get() />
        {move || alive.get().then(field.clone())}
    }
}
