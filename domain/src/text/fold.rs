//! Folding: the same word with or without accents and capitals.

/// Characters of the longest slug.
const SLUG_MAX: usize = 60;

/// Lower case without accents: `Œuvre d’été` gives `oeuvre d'ete`. Covers the Latin letters of the languages of the
/// European Union, composed or not; leaves other scripts as they are.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match plain(c) {
            Some(letters) => folded.push_str(letters),
            None => folded.push(c),
        }
    }
    folded
}

/// The part of a page's address made from a title: `[a-z0-9-]`, at most 60 characters, cut between words where it can
/// be. Empty for a title without any Latin letter or digit.
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    for word in fold(text).split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        let hyphen = usize::from(!slug.is_empty());
        if slug.len() + hyphen + word.len() > SLUG_MAX {
            if slug.is_empty() {
                slug.extend(word.chars().take(SLUG_MAX));
            }
            break;
        }
        if hyphen == 1 {
            slug.push('-');
        }
        slug.push_str(word);
    }
    slug
}

/// What a lower-case letter folds to; `None` when it stays.
const fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => "a",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì' | 'í' | 'î' | 'ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'ĵ' => "j",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => "o",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
        'ţ' | 'ť' | 'ŧ' | 'ț' => "t",
        'ù' | 'ú' | 'û' | 'ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'œ' => "oe",
        'æ' => "ae",
        'ß' => "ss",
        'þ' => "th",
        '’' | 'ʼ' | '‘' => "'",
        '\u{00A0}' | '\u{202F}' | '\u{2009}' => " ",
        '\u{2010}' | '\u{2011}' => "-",
        '\u{0300}'..='\u{036F}' => "",
        _ => return None,
    })
}
