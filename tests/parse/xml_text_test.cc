// SPDX-License-Identifier: Apache-2.0
// The text rule: nothing lost, nothing glued, nothing put between. Synthetic titles.
#include <gtest/gtest.h>

#include "tests/parse/parse_test_support.h"

namespace litmill::parse {
namespace {

using testing::ArticleXml;
using testing::OnlyRecord;
using testing::SetXml;

struct TextCase {
  const char* name;
  const char* xml;
  const char* text;
  const char* markup;  // nullptr = none expected
};

class TitleText : public ::testing::TestWithParam<TextCase> {};

TEST_P(TitleText, IsAllTextInDocumentOrder) {
  const TextCase& c = GetParam();
  const Record record = OnlyRecord(SetXml(ArticleXml(std::string("<ArticleTitle>") + c.xml + "</ArticleTitle>")));
  EXPECT_EQ(record.title.text, c.text);
  EXPECT_EQ(record.title.markup, c.markup == nullptr ? "" : c.markup);
}

const TextCase kCases[] = {
    {"Plain", "Zinc in winter.", "Zinc in winter.", nullptr},
    {"SuperscriptJoins", "Mg<sup>2+</sup> and <i>p</i> values", "Mg2+ and p values",
     "Mg<sup>2+</sup> and <i>p</i> values"},
    {"BlankBetweenTagsStays", "effects <i>in</i> <b>vivo</b> <u>now</u>", "effects in vivo now",
     "effects <i>in</i> <b>vivo</b> <u>now</u>"},
    {"LineEndBetweenTagsIsABlank", "<i>in</i>\r\n   <b>vivo</b>", "in vivo", "<i>in</i>\n   <b>vivo</b>"},
    {"NestedMarkup", "a<i>b<sub>c<b>d</b></sub>e</i>f", "abcdef", "a<i>b<sub>c<b>d</b></sub>e</i>f"},
    {"WhiteSpaceFolds", "  one\n\t two \r\n three  ", "one two three", nullptr},
    {"TwoBlanksFold", "one  two", "one two", nullptr},
    {"LongTextWithLateDoubleBlank", "abcdefg hijklmnop qrstuvw  xyz", "abcdefg hijklmnop qrstuvw xyz", nullptr},
    {"BlankAtEighthByteFolds", "abcdefg  h", "abcdefg h", nullptr},
    {"ThinAndNoBreakSpacesStay", "400&#xa0;mg 12&#x2009;weeks", "400\xC2\xA0mg 12\xE2\x80\x89weeks", nullptr},
    {"EntitiesDecode", "P&lt;0.001 &amp; n&gt;5 &quot;x&quot; &apos;y&apos;", "P<0.001 & n>5 \"x\" 'y'", nullptr},
    {"DoubleEscapedStaysAsItCame", "A &amp;lt; B &amp;amp; C", "A &lt; B &amp; C", nullptr},
    {"MarkupKeepsEscapes", "a &lt; <i>b &amp; c</i>", "a < b & c", "a &lt; <i>b &amp; c</i>"},
    {"Cdata", "x <![CDATA[<PubmedArticle> & ]]>y", "x <PubmedArticle> & y", nullptr},
    {"CommentIsNoText", "x<!-- </PubmedArticle> -->y", "xy", nullptr},
    {"EmptyInline", "a<sup/>b", "ab", "a<sup/>b"},
    {"MathFractionDoesNotGlue",
     "about <mml:math><mml:mfrac><mml:mn>1</mml:mn><mml:mn>25</mml:mn></mml:mfrac></mml:math> of it",
     "about 1 25 of it",
     "about <mml:math><mml:mfrac><mml:mn>1</mml:mn><mml:mn>25</mml:mn></mml:mfrac></mml:math> of it"},
    {"MathScriptsJoin", "<math><msup><mi>Mg</mi><mrow><mn>2</mn><mo>+</mo></mrow></msup></math> ion", "Mg2+ ion",
     "<math><msup><mi>Mg</mi><mrow><mn>2</mn><mo>+</mo></mrow></msup></math> ion"},
    {"MathCellsDoNotGlue",
     "<math><mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr><mtr><mtd><mn>3</mn></mtd></mtr></mtable></"
     "math>",
     "1 2 3",
     "<math><mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr><mtr><mtd><mn>3</mn></mtd></mtr></mtable></"
     "math>"},
    {"MathIndentationIsNoText",
     "of <math>\n <msup>\n  <mi>Mg</mi>\n  <mrow><mn>2</mn> <mo>+</mo></mrow>\n </msup>\n</math> ions", "of Mg2+ ions",
     "of <math>\n <msup>\n  <mi>Mg</mi>\n  <mrow><mn>2</mn> <mo>+</mo></mrow>\n </msup>\n</math> ions"},
    {"MathWordsDoNotGlue",
     "<math><mtext>mean</mtext><mi>dose</mi><mo>=</mo><mi>sin</mi><mi>x</mi><mi>N</mi><mi>a</mi></math>",
     "mean dose=sin xNa",
     "<math><mtext>mean</mtext><mi>dose</mi><mo>=</mo><mi>sin</mi><mi>x</mi><mi>N</mi><mi>a</mi></math>"},
    {"DisplayFormula", "so <DispFormula>E = m</DispFormula> then", "so E = m then",
     "so <DispFormula>E = m</DispFormula> then"},
    {"BlankBesideDisplayFormula", "<DispFormula>a</DispFormula> <DispFormula>b</DispFormula>", "a b",
     "<DispFormula>a</DispFormula> <DispFormula>b</DispFormula>"},
    {"Empty", "", "", nullptr},
    {"Attributes", "<i class=\"a&amp;&quot;b\">x</i>", "x", "<i class=\"a&amp;&quot;b\">x</i>"},
};
INSTANTIATE_TEST_SUITE_P(Cases, TitleText, ::testing::ValuesIn(kCases),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(UnknownInlineElement, KeepsItsTextAndWarns) {
  const testing::Outcome outcome =
      testing::Read(SetXml(ArticleXml("<ArticleTitle>a <blink>b</blink> c</ArticleTitle>")));
  ASSERT_EQ(outcome.records.size(), 1U);
  EXPECT_EQ(outcome.records[0].record.title.text, "a b c");
  EXPECT_TRUE(testing::HasCode(outcome.warnings, "unknown-element"));
}

TEST(UnknownInlineElement, InCapitalsDoesNotGlue) {
  const Record record =
      OnlyRecord(SetXml(ArticleXml("<ArticleTitle><Bold>one</Bold> <Bold>two</Bold></ArticleTitle>")));
  EXPECT_EQ(record.title.text, "one two");
}

}  // namespace
}  // namespace litmill::parse
