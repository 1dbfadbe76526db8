"""Makes the fonts of what is printed from their originals; see README.md. Needs fonttools.

python make.py FOLDER    the folder with the unpacked npm packages
"""

import sys
from copy import deepcopy
from pathlib import Path

from fontTools import subset
from fontTools.otlLib.builder import buildSingleSubstSubtable
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import otTables
from fontTools.ttLib.tables._g_l_y_f import Glyph

HERE = Path(__file__).parent
WEIGHTS = {"Regular": "400Regular", "SemiBold": "600SemiBold"}
LATIN = (
    "U+0020-02FF,U+0300-03FF,U+0400-052F,U+1E00-1EFF,U+2000-2027,U+2030-205E,U+20AC,U+2116,"
    "U+2122,U+2190-2193,U+2212,U+25A1,U+25CF,U+2713,U+FFFD"
)
ARABIC = "U+0020,U+0600-06FF,U+0750-077F,U+200B-200F,U+25CC"
ETHIOPIC = "U+1200-137F"

LAM_INITIAL, LAM_MEDIAL = "uniFEDF", "uniFEE0"
ALEFS = ["uniFE8E", "uniFE82", "uniFE84", "uniFE88", "uniFB51"]
EMPTY = "lam.drawn_with_its_alef"


def write(font: TTFont, name: str, unicodes: str, features: list[str]) -> set[int]:
    """Keep only `unicodes`, save under `name`, and say which characters are there."""
    options = subset.Options(layout_features=features, hinting=False)
    keep = subset.Subsetter(options)
    keep.populate(unicodes=subset.parse_unicodes(unicodes))
    keep.subset(font)
    font.save(HERE / f"{name}.ttf")
    return set(font.getBestCmap())


def one_glyph_a_letter(font: TTFont) -> None:
    """Take away the ligatures of two and more letters, so that text can be taken out of a PDF.

    Readers turn the letters of an Arabic ligature around. So lam with alef becomes an empty lam
    and an alef that draws both, and the word Allah is drawn letter by letter.
    """
    gsub = font["GSUB"].table
    lookups = gsub.LookupList.Lookup
    forms = _take_ligatures(lookups)
    _add_glyph(font, EMPTY, Glyph(), 0)
    for ligature in forms.values():
        width = font["hmtx"][ligature][0]
        _add_glyph(font, f"{ligature}.alef", deepcopy(font["glyf"][ligature]), width)
    singles = [
        dict.fromkeys([LAM_INITIAL, LAM_MEDIAL], EMPTY),
        {alef: f"{forms[LAM_INITIAL, alef]}.alef" for alef in ALEFS},
        {alef: f"{forms[LAM_MEDIAL, alef]}.alef" for alef in ALEFS},
    ]
    lam, initial, medial = (_add_lookup(lookups, 1, [_single(pairs)]) for pairs in singles)
    order = font.getReverseGlyphMap()
    contexts = [
        _context(LAM_INITIAL, lam, initial, order),
        _context(LAM_MEDIAL, lam, medial, order),
    ]
    context = _add_lookup(lookups, 6, contexts)
    for record in gsub.FeatureList.FeatureRecord:
        if record.FeatureTag == "rlig":
            record.Feature.LookupListIndex.append(context)
            record.Feature.LookupCount += 1


def _take_ligatures(lookups: list) -> dict[tuple[str, str], str]:
    """Remove the ligatures; {(lam, alef): ligature}."""
    taken = {}
    for table in (table for lookup in lookups for table in lookup.SubTable):
        for first, ligatures in list(getattr(table, "ligatures", {}).items()):
            for ligature in list(ligatures):
                pair = (first, ligature.Component[0])
                if first in {LAM_INITIAL, LAM_MEDIAL} and pair[1] in ALEFS:
                    taken[pair] = ligature.LigGlyph
                elif ligature.LigGlyph != "uniFDF2":
                    continue
                ligatures.remove(ligature)
            if not ligatures:
                del table.ligatures[first]
    return taken


def _add_glyph(font: TTFont, name: str, glyph: Glyph, width: int) -> None:
    font["glyf"][name] = glyph
    font["hmtx"][name] = (width, getattr(glyph, "xMin", 0))
    font["GDEF"].table.GlyphClassDef.classDefs[name] = 1


def _single(pairs: dict[str, str]) -> otTables.SingleSubst:
    return buildSingleSubstSubtable(pairs)


def _add_lookup(lookups: list, kind: int, tables: list) -> int:
    lookup = otTables.Lookup()
    lookup.LookupType = kind
    lookup.LookupFlag = 9  # right to left, marks ignored, as the ligatures were
    lookup.SubTable = tables
    lookup.SubTableCount = len(tables)
    lookups.append(lookup)
    return len(lookups) - 1


def _context(
    lam: str, lam_lookup: int, alef_lookup: int, order: dict
) -> otTables.ChainContextSubst:
    """`lam` before any alef: change both."""
    table = otTables.ChainContextSubst()
    table.Format = 3
    table.BacktrackCoverage, table.LookAheadCoverage = [], []
    table.InputCoverage = []
    for glyphs in ([lam], sorted(ALEFS, key=order.__getitem__)):
        coverage = otTables.Coverage()
        coverage.glyphs = glyphs
        table.InputCoverage.append(coverage)
    table.SubstLookupRecord = []
    for place, lookup in enumerate([lam_lookup, alef_lookup]):
        record = otTables.SubstLookupRecord()
        record.SequenceIndex, record.LookupListIndex = place, lookup
        table.SubstLookupRecord.append(record)
    return table


def ranges(characters: set[int]) -> list[str]:
    found: list[list[int]] = []
    for number in sorted(characters):
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return [f"{first:04X}-{last:04X}" for first, last in found]


def main(folder: Path) -> None:
    drawable: set[int] = set()
    for weight, place in WEIGHTS.items():
        latin = TTFont(folder / f"noto-sans/{place}/NotoSans_{place}.ttf")
        drawable |= write(latin, f"NotoSans-{weight}", LATIN, ["*"])
        arabic = TTFont(folder / f"vazirmatn/{place}/Vazirmatn_{place}.ttf")
        one_glyph_a_letter(arabic)
        drawable |= write(arabic, f"Vazirmatn-{weight}", ARABIC, ["*"])
    place = WEIGHTS["Regular"]
    ethiopic = TTFont(folder / f"noto-sans-ethiopic/{place}/NotoSansEthiopic_{place}.ttf")
    drawable |= write(ethiopic, "NotoSansEthiopic-Regular", ETHIOPIC, [])
    (HERE / "coverage.txt").write_text("\n".join(ranges(drawable)) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
