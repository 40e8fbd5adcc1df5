#!/usr/bin/env bash
# Makes server/data/fonts from Noto Sans: the Latin, Greek and Cyrillic letters that people's names are written in, without hinting
# and without the tables of a shaping engine, which server/src/pdf does without.
# Needs the Debian package fonts-noto-core and Python's fonttools; run it again only to change what the fonts hold.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

from=${1:-/usr/share/fonts/truetype/noto}
letters=U+20-7E,U+A0-24F,U+2BC,U+300-30C,U+327,U+328,U+370-3FF,U+400-45F,U+490,U+491,U+1E00-1EFF
signs=U+2000-2015,U+2018-201E,U+2020-2022,U+2026,U+202F,U+2030,U+2032,U+2033,U+2039,U+203A,U+20AC,U+2116,U+2122,U+2212,U+FFFD
for weight in Regular Bold; do
  pyftsubset "$from/NotoSans-$weight.ttf" --unicodes="$letters,$signs" --layout-features='' --no-hinting \
    --drop-tables+=GSUB,GPOS,GDEF,gasp --name-IDs='0,1,2,3,4,5,6,7,13,14' --output-file="server/data/fonts/NotoSans-$weight.ttf"
done
