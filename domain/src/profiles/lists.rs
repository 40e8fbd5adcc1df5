//! Closed lists of a profile. Skills and domains are no part of them: the network edits those.

states! {
    /// What somebody may use to help.
    pub enum Means {
        /// A driving licence.
        Licence = "licence",
        /// A car.
        Car = "car",
        /// A van, or a car that holds as much.
        Van = "van",
        /// A bicycle.
        Bicycle = "bicycle",
        /// A cargo bicycle or a trailer.
        CargoBicycle = "cargo_bicycle",
        /// A telephone with free calls.
        Phone = "phone",
        /// A computer with a camera.
        Computer = "computer",
    }
}

impl Means {
    /// What the text of a mission calls it: words of French, whole.
    pub const fn words(self) -> &'static [&'static str] {
        match self {
            Self::Licence => &["permis", "conducteur", "chauffeur"],
            Self::Car => &["voiture", "véhicule", "automobile"],
            Self::Van => &["camion", "fourgon", "utilitaire"],
            Self::Bicycle => &["vélo", "bicyclette", "cycliste"],
            Self::CargoBicycle => &["cargo", "remorque", "triporteur"],
            Self::Phone => &["téléphone", "téléphonique"],
            Self::Computer => &["ordinateur", "visio", "visioconférence", "webcam"],
        }
    }
}

states! {
    /// Languages that help to be understood, by their codes in ISO 639. French goes without saying.
    pub enum Language {
        /// French sign language.
        SignLanguage = "fsl",
        /// English.
        English = "en",
        /// Arabic.
        Arabic = "ar",
        /// Spanish.
        Spanish = "es",
        /// Portuguese.
        Portuguese = "pt",
        /// Italian.
        Italian = "it",
        /// German.
        German = "de",
        /// Berber languages.
        Berber = "ber",
        /// Turkish.
        Turkish = "tr",
        /// Romanian.
        Romanian = "ro",
        /// Ukrainian.
        Ukrainian = "uk",
        /// Russian.
        Russian = "ru",
        /// Polish.
        Polish = "pl",
        /// Persian, Dari among it.
        Persian = "fa",
        /// Comorian.
        Comorian = "zdj",
        /// Wolof.
        Wolof = "wo",
        /// Vietnamese.
        Vietnamese = "vi",
        /// Chinese.
        Chinese = "zh",
    }
}

impl Language {
    /// What the text of a mission calls it, or who speaks it: words of French, whole.
    pub const fn words(self) -> &'static [&'static str] {
        match self {
            Self::SignLanguage => &["lsf", "sourd", "sourde", "malentendant"],
            Self::English => &["anglais", "anglophone"],
            Self::Arabic => &["arabe", "arabophone"],
            Self::Spanish => &["espagnol", "hispanophone"],
            Self::Portuguese => &["portugais", "lusophone"],
            Self::Italian => &["italien"],
            Self::German => &["allemand", "germanophone"],
            Self::Berber => &["berbère", "kabyle", "amazigh", "tamazight"],
            Self::Turkish => &["turc", "turque", "turcophone"],
            Self::Romanian => &["roumain"],
            Self::Ukrainian => &["ukrainien"],
            Self::Russian => &["russe", "russophone"],
            Self::Polish => &["polonais"],
            Self::Persian => &["persan", "farsi", "dari"],
            Self::Comorian => &["comorien", "shikomori"],
            Self::Wolof => &["wolof"],
            Self::Vietnamese => &["vietnamien"],
            Self::Chinese => &["chinois", "mandarin"],
        }
    }
}

/// How far somebody may say that they go, in kilometres.
pub const RADII: [u32; 6] = [2, 5, 10, 20, 40, 80];
