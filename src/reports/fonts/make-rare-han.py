"""Makes RareHan.ttf: the Extension B–F characters most likely to stand in a name, which Noto Sans SC and HK lack.

Run by hand, on Debian, when the list should change (the font itself is committed):
    apt-get install python3-fonttools fonts-hanazono unicode-data
    /usr/bin/python3 src/reports/fonts/make-rare-han.py
The result is renamed, because the source font reserves its own names.
"""

import bz2
import collections
import pathlib

from fontTools import subset
from fontTools.ttLib import TTFont

LIMIT = 3_000_000
HERE = pathlib.Path(__file__).parent
MODULES = HERE.parents[2] / "node_modules/@expo-google-fonts"
SOURCE = "/usr/share/fonts/truetype/hanazono/HanaMinB.ttf"
NOTO = ["noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf", "noto-sans-hk/400Regular/NotoSansHK_400Regular.ttf"]

# Sources of the Chinese column of Unihan (UAX #38) that come from registers, modern dictionaries and encyclopaedias.
# The police identity system (GIDC) and personal names (GXM) come first, dead scripts and rhyme books not at all.
REGISTERS = ["GIDC", "GXM", "GDM", "GRM", "GGFZ", "GXH", "GXHZ", "GXC", "GFC", "GJZ", "GCYY", "GKJ", "GFZ", "GBK", "GDZ"]
DICTIONARIES = ["GCH", "GCY", "GGH", "GHC", "GWZ", "GZYS", "GOCD", "GU", "GZH", "G3", "G4K"]
# Radicals parents choose from: 日 月 木 水 火 玉 金 雨 草 竹 米 糸 女 人 心 山 石 禾 羽 音 頁 馬 鳥 鹿 龍
# Signs that a dictionary of living use, or a character set of another country's names, knows the character.
IN_USE = {"kTraditionalVariant", "kSemanticVariant", "kSpecializedSemanticVariant", "kZVariant", "kSpoofingVariant", "kXHC1983",
          "kTaiwanTelegraph", "kKoreanName", "kKoreanEducationHanja", "kJIS0213", "kMatthews", "kFenn", "kDefinition"}
NAME_RADICALS = {72, 74, 75, 85, 86, 96, 167, 173, 140, 118, 119, 120, 38, 9, 61, 46, 112, 115, 124, 180, 181, 187, 196, 198, 212}


def unihan():
    rows = collections.defaultdict(dict)
    for path in sorted(pathlib.Path("/usr/share/unicode").glob("Unihan_*.txt.bz2")):
        for line in bz2.open(path, "rt", encoding="utf8"):
            if line.startswith("U+"):
                code, key, value = line.rstrip("\n").split("\t")
                rows[int(code[2:], 16)][key] = value
    return rows


def rank(code, row):
    source = row.get("kIRG_GSource", "").split("-")[0]
    strokes = int(row.get("kTotalStrokes", "40").split()[0])
    radical = int(row["kRSUnicode"].split()[0].split(".")[0].rstrip("'"))
    if source in REGISTERS:
        return (0, REGISTERS.index(source), code)
    if IN_USE & row.keys():
        return (1, 0, code)
    if source in DICTIONARIES:
        return (2, DICTIONARIES.index(source), code)
    if "kMandarin" in row and radical in NAME_RADICALS:
        return (3, strokes, code)
    return None


def cut(codes):
    font = TTFont(SOURCE)
    options = subset.Options(hinting=False, layout_features=[], name_IDs=[], notdef_outline=True, glyph_names=False)
    options.drop_tables += ["FFTM", "BASE", "GDEF", "vhea", "vmtx", "gasp", "prop"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=codes)
    cutter.subset(font)
    names = font["name"]
    names.names = []
    for name_id, text in {1: "Mingxin Rare Han", 2: "Regular", 3: "Mingxin Rare Han 1", 4: "Mingxin Rare Han", 5: "Version 1.0",
                          6: "MingxinRareHan-Regular", 13: "Hanazono Font License; SIL Open Font License 1.1"}.items():
        names.setName(text, name_id, 3, 1, 0x409)
    font["OS/2"].usWeightClass = 400
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    font.save(HERE / "RareHan.ttf")
    return (HERE / "RareHan.ttf").stat().st_size


def main():
    held = set().union(*(set(TTFont(MODULES / path, lazy=True).getBestCmap()) for path in NOTO))
    drawn = {c for c in TTFont(SOURCE, lazy=True).getBestCmap() if 0x20000 <= c <= 0x2EBEF} - held
    rows = unihan()
    ranked = sorted((rank(c, rows[c]), c) for c in drawn if rank(c, rows[c]))
    print("by group", collections.Counter(r[0] for r, _ in ranked))
    count = min(len(ranked), 7000)
    while (size := cut([c for _, c in ranked[:count]])) > LIMIT:
        print(count, size)
        count = int(count * LIMIT / size) - 10
    print("characters", count, "bytes", size)


main()
