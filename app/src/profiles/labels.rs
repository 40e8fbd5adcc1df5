//! What means and languages are called.

use domain::profiles::{Language, Means};

use crate::i18n::{Text, k::profiles as p};

/// What one of the means is called.
pub const fn means_name(means: Means) -> Text {
    match means {
        Means::Licence => p::MEANS_LICENCE,
        Means::Car => p::MEANS_CAR,
        Means::Van => p::MEANS_VAN,
        Means::Bicycle => p::MEANS_BICYCLE,
        Means::CargoBicycle => p::MEANS_CARGO_BICYCLE,
        Means::Phone => p::MEANS_PHONE,
        Means::Computer => p::MEANS_COMPUTER,
    }
}

/// What a language is called.
pub const fn language_name(language: Language) -> Text {
    match language {
        Language::SignLanguage => p::LANGUAGE_SIGN,
        Language::English => p::LANGUAGE_ENGLISH,
        Language::Arabic => p::LANGUAGE_ARABIC,
        Language::Spanish => p::LANGUAGE_SPANISH,
        Language::Portuguese => p::LANGUAGE_PORTUGUESE,
        Language::Italian => p::LANGUAGE_ITALIAN,
        Language::German => p::LANGUAGE_GERMAN,
        Language::Berber => p::LANGUAGE_BERBER,
        Language::Turkish => p::LANGUAGE_TURKISH,
        Language::Romanian => p::LANGUAGE_ROMANIAN,
        Language::Ukrainian => p::LANGUAGE_UKRAINIAN,
        Language::Russian => p::LANGUAGE_RUSSIAN,
        Language::Polish => p::LANGUAGE_POLISH,
        Language::Persian => p::LANGUAGE_PERSIAN,
        Language::Comorian => p::LANGUAGE_COMORIAN,
        Language::Wolof => p::LANGUAGE_WOLOF,
        Language::Vietnamese => p::LANGUAGE_VIETNAMESE,
        Language::Chinese => p::LANGUAGE_CHINESE,
    }
}
