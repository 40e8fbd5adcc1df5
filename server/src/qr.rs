//! QR codes (ISO/IEC 18004), as squares: on paper and on pages.

use anyhow::anyhow;
use qrcode::{Color, EcLevel, QrCode};

use crate::error::Result;

/// White squares around a code.
const QUIET: usize = 4;

/// The squares of the code of a text, row by row with its white margin: whether each is dark.
///
/// # Errors
/// When the text is too long for a code: some two thousand characters.
pub fn squares(text: &str) -> Result<Vec<Vec<bool>>> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(|error| anyhow!("{error}"))?;
    let (width, colours) = (code.width(), code.to_colors());
    let side = width + 2 * QUIET;
    let dark = |x: usize, y: usize| {
        let inside = (QUIET..QUIET + width).contains(&x) && (QUIET..QUIET + width).contains(&y);
        inside && colours.get((y - QUIET) * width + x - QUIET) == Some(&Color::Dark)
    };
    Ok((0..side).map(|y| (0..side).map(|x| dark(x, y)).collect()).collect())
}

/// The dark squares as the outline of an SVG drawing, a unit wide each.
pub fn outline(squares: &[Vec<bool>]) -> String {
    let mut outline = String::new();
    for (y, row) in squares.iter().enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|one, other| one == other) {
            if run.first() == Some(&true) {
                let length = run.len();
                outline.push_str(&format!("M{x} {y}h{length}v1h-{length}z"));
            }
            x += run.len();
        }
    }
    outline
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What another program reads in squares, as a camera might see them.
    fn read(squares: &[Vec<bool>]) -> String {
        // Six pixels a square.
        let side = squares.len() * 6;
        let dark = |x: usize, y: usize| squares[y / 6][x / 6];
        let mut seen = rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| if dark(x, y) { 0 } else { 255 });
        let grids = seen.detect_grids();
        assert_eq!(grids.len(), 1);
        grids[0].decode().unwrap().1
    }

    #[test]
    fn another_program_reads_the_code() {
        let link = "https://renfort.example/attestations/RF-2345-6789-ABCD";
        assert_eq!(read(&squares(link).unwrap()), link);
    }

    #[test]
    fn the_outline_draws_the_same_squares() {
        let squares =
            squares("https://renfort.example/organisation/1/missions/2/creneaux/3/presences#personne-4").unwrap();
        let mut drawn = vec![vec![false; squares.len()]; squares.len()];
        for run in outline(&squares).split('M').skip(1) {
            let (at, rest) = run.split_once('h').unwrap();
            let (x, y) = at.split_once(' ').unwrap();
            let (x, y): (usize, usize) = (x.parse().unwrap(), y.parse().unwrap());
            let length: usize = rest.split_once('v').unwrap().0.parse().unwrap();
            drawn[y][x..x + length].fill(true);
        }
        assert_eq!(drawn, squares);
    }
}
