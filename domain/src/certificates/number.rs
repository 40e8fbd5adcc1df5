use std::fmt;

use serde::{Deserialize, Serialize};

/// Digits and letters that nobody takes for another: no 0, 1, I, L, O. Thirty-one, a prime, so that the last sign tells every
/// wrong sign and every two that changed places.
const SIGNS: &[u8; 31] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";
/// Signs that are drawn; one more checks them. 31^11 is 54 bits: nobody finds one by trying.
const DRAWN: usize = 11;

/// The number of a certificate: `RF-XXXX-XXXX-XXXX`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String")]
#[serde(try_from = "String")]
pub struct CertificateNumber([u8; DRAWN + 1]);

impl CertificateNumber {
    /// A number from random bits.
    pub fn draw(random: u64) -> Self {
        let mut rest = random;
        let mut signs = [0; DRAWN + 1];
        for sign in signs.iter_mut().take(DRAWN) {
            *sign = u8::try_from(rest % 31).unwrap_or_default();
            rest /= 31;
        }
        signs[DRAWN] = check(&signs);
        Self(signs)
    }

    /// Reads a number as people type it: small letters, spaces and dashes as they come, with or without `RF`.
    ///
    /// `None` when it is none, or its last sign says that it was mistyped.
    pub fn parse(typed: &str) -> Option<Self> {
        let typed: Vec<u8> =
            typed.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_uppercase()).collect();
        let typed = if typed.len() == DRAWN + 3 { typed.strip_prefix(b"RF")? } else { &typed[..] };
        let mut signs = [0; DRAWN + 1];
        if typed.len() != signs.len() {
            return None;
        }
        for (sign, byte) in signs.iter_mut().zip(typed) {
            *sign = u8::try_from(SIGNS.iter().position(|known| known == byte)?).ok()?;
        }
        (signs[DRAWN] == check(&signs)).then_some(Self(signs))
    }
}

/// The weighted sum of the drawn signs.
fn check(signs: &[u8; DRAWN + 1]) -> u8 {
    let sum: usize = signs.iter().take(DRAWN).enumerate().map(|(index, sign)| (index + 1) * usize::from(*sign)).sum();
    u8::try_from(sum % SIGNS.len()).unwrap_or_default()
}

impl fmt::Display for CertificateNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RF")?;
        for (index, sign) in self.0.iter().enumerate() {
            if index % 4 == 0 {
                f.write_str("-")?;
            }
            write!(f, "{}", char::from(SIGNS[usize::from(*sign)]))?;
        }
        Ok(())
    }
}

impl From<CertificateNumber> for String {
    fn from(number: CertificateNumber) -> Self {
        number.to_string()
    }
}

impl TryFrom<String> for CertificateNumber {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("no number of a certificate")
    }
}
