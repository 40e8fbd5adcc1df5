//! Values that people type, each checked once: a value of one of these types is well formed.

mod email;
mod numbers;
mod person;

pub use email::Email;
pub use numbers::{InseeCode, Rna, Siret};
pub use person::{PersonName, Phone};

states! {
    /// What kind of body an organisation is.
    pub enum LegalForm {
        /// Association of the law of 1901, with an RNA number or a SIRET.
        Association = "association",
        /// A town hall.
        TownHall = "town_hall",
        /// Centre communal d'action sociale.
        Ccas = "ccas",
        /// Another public body.
        PublicBody = "public_body",
        /// Anything else.
        Other = "other",
    }
}

/// Gives a newtype over `String` with a `parse` its `as_str`, and serde through `parse`.
macro_rules! text_value {
    ($name:ident) => {
        impl $name {
            /// The value as it is stored.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::error::Problem;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::parse(text)
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.0
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <String as ::serde::Deserialize>::deserialize(deserializer)?;
                Self::parse(&text).map_err(|problem| ::serde::de::Error::custom(format_args!("{problem:?}")))
            }
        }
    };
}

/// Shows a value as it is stored.
macro_rules! shown_as_stored {
    ($($name:ident),+) => {$(
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

pub(crate) use {shown_as_stored, text_value};
