use leptos::{ev, leptos_dom::helpers::window_event_listener, prelude::*};

use crate::{
    i18n::{Text, k, k::reviews as r, texts},
    request,
};

/// What a key does on the pages of reviews. Letters are those of the French words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// The next line of the queue.
    Down,
    /// The line before.
    Up,
    /// Opens the line that has the focus.
    Open,
    /// The next file.
    Next,
    /// The file before.
    Previous,
    /// Back to the queue.
    Queue,
    /// To the button that takes the file.
    Take,
    /// Compares with the likeliest duplicate.
    Duplicates,
    /// To the first item of the checklist.
    Checklist,
    /// To the button of the green light.
    GreenLight,
    /// Unfolds the request for changes.
    RequestChanges,
    /// Unfolds the refusal.
    Refuse,
    /// To the message to the organisation.
    Message,
    /// Back to the file that a mission is compared from.
    File,
    /// To the reason why it is no duplicate.
    Dismiss,
    /// To the joining of the two.
    Join,
    /// Unfolds this help.
    Help,
}

impl Key {
    /// What the keyboard says.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Down => "j",
            Self::Up => "k",
            Self::Open => "enter",
            Self::Next => "s",
            Self::Previous => "p",
            Self::Queue => "q",
            Self::Take => "t",
            Self::Duplicates => "d",
            Self::Checklist => "c",
            Self::GreenLight => "v",
            Self::RequestChanges => "m",
            Self::Refuse => "r",
            Self::Message => "e",
            Self::File => "f",
            Self::Dismiss => "n",
            Self::Join => "a",
            Self::Help => "?",
        }
    }

    const fn text(self) -> Text {
        match self {
            Self::Down => r::KEY_DOWN,
            Self::Up => r::KEY_UP,
            Self::Open => r::KEY_OPEN,
            Self::Next => r::NEXT,
            Self::Previous => r::PREVIOUS,
            Self::Queue => r::KEY_QUEUE,
            Self::Take => r::KEY_TAKE,
            Self::Duplicates => r::KEY_DUPLICATES,
            Self::Checklist => r::KEY_CHECKLIST,
            Self::GreenLight => r::GIVE_GREEN_LIGHT,
            Self::RequestChanges => r::REQUEST_CHANGES,
            Self::Refuse => r::REFUSE,
            Self::Message => r::KEY_MESSAGE,
            Self::File => r::KEY_FILE,
            Self::Dismiss => r::DISMISS,
            Self::Join => k::partners::JOIN,
            Self::Help => r::KEYS,
        }
    }

    fn act(self) {
        match self {
            Self::Down | Self::Up => request::step_through("[data-line]", self == Self::Down),
            // The browser does it.
            Self::Open => {}
            _ => {
                request::act_on(&format!("[data-key=\"{}\"]", self.code()));
            }
        }
    }
}

/// Where the browser keeps that a person wants no keys.
const OFF: &str = "sans-raccourcis";

/// The help panel, and the keys themselves. They can be turned off, for whoever speaks to the computer (WCAG 2.1.4). A key
/// leads to a decision and never takes it.
#[component]
pub fn Keys(
    /// Those of this page.
    keys: &'static [Key],
    /// What some of them are called here, for anything but a mission.
    #[prop(optional)]
    names: &'static [(Key, Text)],
) -> impl IntoView {
    let t = texts();
    let on = RwSignal::new(true);
    Effect::new(move || on.set(request::preference(OFF).is_none_or(|off| off != "oui")));
    Effect::new(move || {
        let listening = window_event_listener(ev::keydown, move |event| {
            if !on.get_untracked() {
                return;
            }
            let pressed = request::key_pressed(&event);
            let key = pressed.and_then(|pressed| keys.iter().find(|key| key.code() == pressed));
            if let Some(key) = key.filter(|key| **key != Key::Open) {
                event.prevent_default();
                key.act();
            }
        });
        on_cleanup(move || listening.remove());
    });
    let lines = keys
        .iter()
        .map(|key| {
            let name = if *key == Key::Open { t.get(r::KEY_ENTER).to_owned() } else { key.code().to_uppercase() };
            let text = names.iter().find(|(named, _)| named == key).map_or_else(|| key.text(), |(_, text)| *text);
            view! { <div><dt><kbd>{name}</kbd></dt><dd>{t.get(text)}</dd></div> }
        })
        .collect_view();
    let toggle = move |event| {
        let wanted = event_target_checked(&event);
        on.set(wanted);
        request::prefer(OFF, if wanted { "" } else { "oui" });
    };
    view! {
        <details class="disclosure" data-key=Key::Help.code()>
            <summary>{t.get(r::KEYS)}</summary>
            <label class="check" for="raccourcis">
                <input type="checkbox" id="raccourcis" prop:checked=on on:change=toggle />
                <span>{t.get(r::KEYS_ON)}</span>
            </label>
            <dl class="facts">{lines}</dl>
        </details>
    }
}
