#!/bin/sh
# Makes the two fonts that figures are drawn with, from Noto Sans KR (SIL Open Font License 1.1, see OFL.txt).
# Needs npm, and pyftsubset of the Python package fonttools (4.68 made the committed files).
#
#   NotoSansKR-Regular.subset.ttf  all 11,172 Hangul syllables, jamo, Latin, Greek, arrows, signs (2.4 MB)
#   NotoSansKR-Bold.subset.ttf     the 2,350 syllables of KS X 1001 and the same signs, for titles (0.5 MB);
#                                  rarer syllables in a title fall back to the regular weight
#
# The reserved font name of the licence is 'Source', so a subset may keep the name Noto Sans KR.
set -eu
cd "$(dirname "$0")"
version=0.4.3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && npm pack --silent "@expo-google-fonts/noto-sans-kr@$version" >/dev/null && tar xzf ./*.tgz)

signs="U+0020-007E,U+00A0-017F,U+0370-03FF,U+2000-206F,U+2070-209F,U+20A0-20BF,U+2100-214F"
signs="$signs,U+2190-21FF,U+2200-22FF,U+2460-2473,U+25A0-25FF,U+3000-303F,U+3130-318F,U+3200-321E,U+FF01-FF5E,U+FFE0-FFE6"
# Hanja that Korean headlines and drafts use as abbreviations.
hanja="甲乙丙丁大中小上下前後新舊現元年月日時分秒韓美英佛獨北南東西對反親與野軍法案條項號本件株社金無有全各每再先非不可否加減增正副女男父母子"
python3 - "$hanja" > "$work/ksx1001.txt" <<'PY'
import sys
print("".join(chr(c) for c in range(0xAC00, 0xD7A4) if len(chr(c).encode("euc_kr", "ignore")) == 2) + sys.argv[1])
PY
printf '%s' "$hanja" > "$work/hanja.txt"

subset() { # weight folder, weight, unicodes, file of further letters
    pyftsubset "$work/package/$1/NotoSansKR_$1.ttf" --unicodes="$3" --text-file="$4" --name-IDs='*' \
        --layout-features=kern,ccmp,locl --drop-tables+=vhea,vmtx,BASE,STAT --no-hinting --no-recalc-timestamp \
        --output-file="NotoSansKR-$2.subset.ttf"
}
subset 400Regular Regular "$signs,U+AC00-D7A3" "$work/hanja.txt"
subset 700Bold Bold "$signs" "$work/ksx1001.txt"
cp "$work/package/LICENSE_FONT" OFL.txt
