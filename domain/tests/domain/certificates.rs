//! Numbers of certificates.

use domain::certificates::CertificateNumber;
use proptest::prelude::*;

#[test]
fn a_number_is_read_as_people_type_it() {
    let number = CertificateNumber::draw(123_456_789_012_345_678);
    let shown = number.to_string();
    assert_eq!(shown.len(), "RF-XXXX-XXXX-XXXX".len());
    let bare: String = shown.chars().filter(|c| *c != '-').skip(2).collect();
    for typed in [shown.clone(), shown.to_lowercase(), shown.replace('-', " "), bare, format!(" {shown} ")] {
        assert_eq!(CertificateNumber::parse(&typed).as_ref(), Some(&number), "{typed}");
    }
    for typed in ["", "RF", "RF-0000-0000-0000", "RF-2222-2222-2223", "../../etc/passwd", "é"] {
        assert_eq!(CertificateNumber::parse(typed), None, "{typed}");
    }
}

proptest! {
    #[test]
    fn a_number_is_read_back(random: u64) {
        let number = CertificateNumber::draw(random);
        prop_assert_eq!(CertificateNumber::parse(&number.to_string()), Some(number));
    }

    #[test]
    fn a_wrong_sign_is_told(random: u64, at in 0_usize..12, other in 0_usize..31) {
        let signs: Vec<char> = "23456789ABCDEFGHJKMNPQRSTUVWXYZ".chars().collect();
        let shown: Vec<char> = CertificateNumber::draw(random).to_string().chars().filter(|c| *c != '-').skip(2).collect();
        let mut wrong = shown.clone();
        wrong[at] = signs[other];
        prop_assume!(wrong != shown);
        prop_assert_eq!(CertificateNumber::parse(&wrong.into_iter().collect::<String>()), None);
    }

    #[test]
    fn two_signs_that_changed_places_are_told(random: u64, at in 0_usize..11) {
        let mut wrong: Vec<char> =
            CertificateNumber::draw(random).to_string().chars().filter(|c| *c != '-').skip(2).collect();
        prop_assume!(wrong[at] != wrong[at + 1]);
        wrong.swap(at, at + 1);
        prop_assert_eq!(CertificateNumber::parse(&wrong.into_iter().collect::<String>()), None);
    }
}
