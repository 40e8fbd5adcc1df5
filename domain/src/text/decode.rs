//! The text of a file whose encoding nobody told: spreadsheets of town halls write three of them.

/// What the bytes 0x80 to 0x9F mean in Windows-1252 (WHATWG Encoding, index windows-1252); a dot where they mean a control.
const WINDOWS_1252: &str = "€.‚ƒ„…†‡ˆ‰Š‹Œ.Ž..‘’“”•–—˜™š›œ.žŸ";

/// Reads UTF-8, UTF-16 with its mark, else Windows-1252, of which Latin-1 is a part. Never fails: what is no text at all
/// becomes characters that fields refuse.
pub fn decode(bytes: &[u8]) -> String {
    let text = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => bytes.iter().map(|byte| windows_1252(*byte)).collect(),
        },
    };
    // PostgreSQL keeps no U+0000; U+0001 is refused by every field as it would be.
    text.replace('\0', "\u{1}")
}

fn utf16(bytes: &[u8], read: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).filter_map(|pair| Some(read(pair.try_into().ok()?)));
    char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9F => WINDOWS_1252
            .chars()
            .nth(usize::from(byte - 0x80))
            .filter(|letter| *letter != '.')
            .unwrap_or_else(|| char::from(byte)),
        _ => char::from(byte),
    }
}
