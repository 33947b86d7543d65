// SPDX-License-Identifier: Apache-2.0
// One small file of each format of tagged lines, invented for the tests: three sound records each.
#pragma once

#include <string_view>

namespace litmill::testing {

struct TaggedSample {
  std::string_view format, text;
};

inline constexpr std::string_view kMedlineSample = R"(
PMID- 90000001
OWN - NLM
STAT- MEDLINE
DCOM- 20200316
LR  - 20210417
IS  - 1234-5679 (Electronic)
IS  - 0123-4560 (Print)
IS  - 0123-4560 (Linking)
VI  - 7
IP  - 3
DP  - 2019 Oct 1
TI  - Magnesium in the invented garden: a synthetic trial of
      tomatoes.
PG  - 123-34
LID - 10.5555/syn.1 [doi]
AB  - BACKGROUND: Nothing is known. METHODS: We invented
      it. AU  - MD9 stands here, and
      ER  -
      too. CONCLUSIONS: None.
CI  - Copyright (c) 2019 Nobody.
FAU - Roe, Jane B Jr
AU  - Roe JB Jr
AUID- ORCID: 0000-0002-1825-0097
AD  - Garden Institute, Utopia. jane@example.org.
AD  - School of Soil, Utopia.
FAU - van der Doe, Kim
AU  - van der Doe K
CN  - Tomato Study Group
LA  - eng
PT  - Journal Article
PT  - Randomized Controlled Trial
DEP - 20190915
PL  - Utopia
TA  - J Synth Gard
JT  - Journal of synthetic gardening
JID - 9999999
RN  - I38ZP9992A (Magnesium)
RN  - 0 (Fertilizers)
SB  - IM
MH  - Humans
MH  - *Magnesium/therapeutic use
MH  - Solanum lycopersicum/drug effects/*growth & development
SI  - ClinicalTrials.gov/NCT00000000
GR  - R01 CA000001/CA/NCI NIH HHS/United States
CIN - J Synth Gard. 2020 Jan;8(1):1-2. doi: 10.5555/syn.9. PMID: 90000009
OTO - NOTNLM
OT  - garden
OT  - *soil
PMC - PMC9000001
COIS- None declared.
EDAT- 2019/10/02 06:00
MHDA- 2020/03/17 06:00
CRDT- 2019/10/02 07:30
PHST- 2019/03/01 00:00 [received]
PHST- 2019/10/02 06:00 [pubmed]
AID - S0123-4560(19)00001-1 [pii]
AID - 10.5555/syn.1 [doi]
PST - ppublish
SO  - J Synth Gard. 2019 Oct 1;7(3):123-34. doi: 10.5555/syn.1.

PMID- 90000002
OWN - NLM
TI  - [The second invention].
TT  - Die zweite Erfindung.
AU  - Poe E
DP  - 1998 Dec-1999 Jan
ROF - Poe E. J Synth Gard. 1997;5(2):1-2. PMID: 90000003

PMID- 90000003
OWN - NLM
TI  - The third invention.
DP  - 1997
)";

inline constexpr std::string_view kRisSample =
    "TY  - JOUR\n"
    "AU  - Roe, Jane B.\n"
    "AU  - van der Doe, K.\n"
    "TI  - Magnesium in the invented garden\n"
    "T2  - Journal of Synthetic Gardening\n"
    "J2  - J. Synth. Gard.\n"
    "PY  - 2019\n"
    "DA  - 2019/10/01/\n"
    "VL  - 7\nIS  - 3\nSP  - 123\nEP  - 134\n"
    "AB  - Nothing is known.\n"
    "ER was high, and\n"
    "AU - MD9 stands here.\n"
    "DO  - https://doi.org/10.5555/SYN.1\n"
    "SN  - 0123-4560\n"
    "KW  - garden\nsoil\n"
    "UR  - https://example.org/1\n"
    "ER  - \n"
    "\n"
    "TY  - CHAP\n"
    "A1  - Poe, Edgar, Jr.\n"
    "T1  - The second invention\n"
    "BT  - A Book of Inventions\n"
    "Y1  - 1998/12//\n"
    "ER  -\n"
    "TY  - JOUR\n"
    "T1  - The third invention\n"
    "N2  - It is short.\n"
    "ER  - \n";

inline constexpr std::string_view kWosSample =
    "FN Clarivate Analytics Web of Science\nVR 1.0\n"
    "PT J\n"
    "AU Roe, JB\n   van der Doe, K\n"
    "AF Roe, Jane B.\n   van der Doe, Kim\n"
    "TI Magnesium in the invented garden: a synthetic trial\n   of tomatoes\n"
    "SO JOURNAL OF SYNTHETIC GARDENING\n"
    "LA English\nDT Article; Early Access\n"
    "DE garden; soil;\n   tomato\n"
    "ID GROWTH; SOIL\n"
    "AB Nothing is known.\n   ER was high, and more.\n"
    "C1 [Roe, Jane B.; van der Doe, Kim] Garden Inst, Utopia.\n   [van der Doe, Kim] Sch Soil, Utopia.\n"
    "OI Roe, Jane/0000-0002-1825-0097\n"
    "FU Garden Fund [G-1, G-2]; Soil Fund\n"
    "CR Poe E, 1998, J SYNTH GARD, V5, P1, DOI 10.5555/syn.2\n   Anonymous, 1997, BOOK\n"
    "NR 2\nSN 0123-4560\nEI 1234-5679\nJ9 J SYNTH GARD\nJI J. Synth. Gard.\n"
    "PD OCT 1\nPY 2019\nVL 7\nIS 3\nBP 123\nEP 134\nDI 10.5555/syn.1\nEA SEP 2019\n"
    "UT WOS:000000000000001\nPM 90000001\nER\n\n"
    "PT C\nAU Poe, E\nTI The second invention\nSO PROC INVENT\nPY 1998\nPD SPR\nUT WOS:000000000000002\nER\n\n"
    "PT J\nAU Moe, M\nTI The third invention\nPY 1997\nAR e7\nUT WOS:000000000000003\nER\n\nEF\n";

inline constexpr std::string_view kOvidSample =
    "<1. >\n"
    "VN  - Ovid Technologies\n"
    "DB  - Ovid MEDLINE(R) <1946 to October 01, 2019>\n"
    "UI  - 90000001\n"
    "TI  - Magnesium in the invented\n"
    "   garden.\n"
    "AU  - Roe JB\nAU  - van der Doe K\nFA  - Roe, Jane B\nFA  - van der Doe, Kim\n"
    "SO  - Journal of Synthetic Gardening. 7(3):123-34, 2019 Oct 01.\n"
    "MH  - Humans\nMH  - *Magnesium/tu [Therapeutic Use]\n"
    "AB  - Nothing is known.\n"
    "DO  - https://dx.doi.org/10.5555/syn.1\n"
    "PT  - Journal Article.\nLG  - English\nDP  - 2019 Oct 01\nYR  - 2019\n"
    "\n"
    "<2. >\n"
    "VN  - Ovid Technologies\nDB  - Ovid MEDLINE(R) <1946 to October 01, 2019>\nUI  - 90000002\n"
    "TI  - The second invention.\nYR  - 1998\n"
    "\n"
    "<3. >\n"
    "VN  - Ovid Technologies\nDB  - Ovid MEDLINE(R) <1946 to October 01, 2019>\nUI  - 90000003\n"
    "TI  - The third invention.\nYR  - 1997\n";

inline constexpr std::string_view kCochraneSample =
    "Record #1 of 3\rID: CN-90000001\rAU: Roe JB\rAU: Van der Doe Kim\rTI: Magnesium in the invented garden\r"
    "SO: Journal of synthetic gardening\rYR: 2019\rVL: 7\rNO: 3\rPG: 123-34\rPM: PUBMED 90000001\rXR: EMBASE 2000001\r"
    "KY: Humans[checkword];*Magnesium [therapeutic use];garden\rDOI: 10.5555/syn.1\rAB: Nothing is known.\r"
    "US: https://example.org/1\r\r\r"
    "Record #2 of 3\rID: CN-90000002\rTI: The second invention\rYR: 1998\r\r\r"
    "Record #3 of 3\rID: CN-90000003\rTI: The third invention\rYR: 1997\r";

inline constexpr std::string_view kReferSample =
    "%0 Journal Article\n%T Magnesium in the invented garden\n%A Roe, Jane B.\n%A Tomato Study Group,\n"
    "%J Journal of Synthetic Gardening\n%D 2019\n%8 Oct 1\n%V 7\n%N 3\n%P 123-34\n%@ 0123-4560\n"
    "%X Nothing is known.\nIt goes on.\n\nAnd on.\n%K garden\nsoil\n%R 10.5555/syn.1\n%M 90000001\n%~ PubMed\n"
    "\n"
    "%0 Book Section\n%A Poe, Edgar\n%T The second invention\n%B A Book of Inventions\n%D 1998\n"
    "\n"
    "%T The third invention\n%D 1997\n";

inline constexpr TaggedSample kTaggedSamples[] = {
    {"medline", kMedlineSample},        {"ris", kRisSample},     {"wos-text", kWosSample}, {"ovid-tagged", kOvidSample},
    {"cochrane-text", kCochraneSample}, {"refer", kReferSample},
};

}  // namespace litmill::testing
