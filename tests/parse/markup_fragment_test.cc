// SPDX-License-Identifier: Apache-2.0
#include "parse/markup_fragment.h"

#include <gmock/gmock.h>

#include "parse/character_reference.h"
#include "tests/parse/json_test_support.h"

namespace litmill::parse {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

MarkedText Text(std::string_view fragment) {
  const Limits limits;
  RecordContext context(limits, {});
  return TextOfFragment(context, fragment);
}

std::vector<std::string> Sections(std::string_view fragment) {
  const Limits limits;
  RecordContext context(limits, {});
  return testing::SectionTexts(SectionsOfFragment(context, fragment));
}

TEST(TextOfFragment, ReadsMarkupAsText) {
  const struct {
    const char *fragment, *text, *markup;
  } kCases[] = {
      {"", "", ""},
      {"Plain  text\n here ", "Plain text here", ""},
      {"Mg<sup>2+</sup> in H<sub>2</sub>O", "Mg2+ in H2O", "Mg<sup>2+</sup> in H<sub>2</sub>O"},
      {"<jats:italic>E. coli</jats:italic>", "E. coli", "<i>E. coli</i>"},
      {"<em>a</em> <strong>b</strong>", "a b", "<i>a</i> <b>b</b>"},
      {"one<br>two<br/>three", "one two three", ""},
      {"<scp>NMDA</scp> receptors", "NMDA receptors", ""},
      {"P < 0.05 and a<b and b>c", "P < 0.05 and a<b and b>c", ""},
      {"p<i and i>q", "p<i and i>q", ""},
      {"R&D, AT&amp;T", "R&D, AT&T", ""},
      {"P &lt; 0.05", "P < 0.05", ""},
      {"P &amp;lt; 0.05", "P < 0.05", ""},
      {"Mu&#x00F1;oz &#8211; &alpha;&nosuch;", "Mu\xC3\xB1oz \xE2\x80\x93 \xCE\xB1&nosuch;", ""},
      {"&lt;i&gt;in vivo&lt;/i&gt;", "in vivo", "<i>in vivo</i>"},
      {"&amp;lt;sub&amp;gt;2&amp;lt;/sub&amp;gt;", "2", "<sub>2</sub>"},
      {"open <i>never closed", "open never closed", "open <i>never closed</i>"},
      {"<i>crossed <b>tags</i> here</b>", "crossed tags here", "<i>crossed <b>tags</b></i> here"},
      {"closed</i> only", "closed only", ""},
      {"<foo>kept</foo>", "<foo>kept</foo>", ""},
      {"a<!-- not this -->b<![CDATA[ <c> ]]>", "ab <c>", ""},
      {"<a href=\"https://example.org/?a=1&b=2\">link</a>", "link", ""},
      {"<mml:math "
       "xmlns:mml=\"x\"><mml:msup><mml:mi>Mg</mml:mi><mml:mrow><mml:mn>2</mml:mn><mml:mo>+</mml:mo></mml:mrow>"
       "</mml:msup></mml:math>",
       "Mg2+", "<math><msup><mi>Mg</mi><mrow><mn>2</mn><mo>+</mo></mrow></msup></math>"},
      {"<jats:alternatives><jats:tex-math>$x^2$</jats:tex-math><mml:math><mml:mi>x</mml:mi></mml:math>"
       "</jats:alternatives>",
       "x", "<math><mi>x</mi></math>"},
      {"only <jats:tex-math>$x^2$</jats:tex-math>", "only $x^2$", ""},
      {"<", "<", ""},
      {"<i", "<i", ""},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.fragment);
    const MarkedText text = Text(c.fragment);
    EXPECT_EQ(text.text, c.text);
    EXPECT_EQ(text.markup, c.markup);
  }
}

TEST(TextOfFragment, NestingWithoutEndIsReportedNotFollowed) {
  std::string fragment;
  for (int i = 0; i < 100'000; ++i) fragment += "<i>";
  const Limits limits;
  RecordContext context(limits, {});
  EXPECT_EQ(TextOfFragment(context, fragment + "x").text, "x");
  EXPECT_TRUE(context.too_deep());
}

TEST(TextOfFragment, CommentsWithoutEndCostNoSquare) {
  std::string fragment;
  for (int i = 0; i < 200'000; ++i) fragment += "<!-- ";
  EXPECT_EQ(Text(fragment).text.size(), fragment.size() - 1);
}

TEST(TextOfFragment, AnUnknownJatsElementIsAWarningAndItsTextStays) {
  const Limits limits;
  RecordContext context(limits, {});
  EXPECT_EQ(TextOfFragment(context, "a <jats:novel>b</jats:novel>").text, "a b");
  const std::vector<Problem> warnings = context.TakeWarnings("1");
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_EQ(warnings[0].code, "unknown-element");
}

TEST(SectionsOfFragment, TitlesAreLabelsAndNothingIsGlued) {
  EXPECT_THAT(
      Sections("<jats:title>Abstract</jats:title><jats:sec><jats:title>Background</jats:title><jats:p>Magnesium "
               "is.</jats:p></jats:sec><jats:sec><jats:title>Methods:</jats:title><jats:p>We "
               "fed.</jats:p><jats:p>Then more.</jats:p></jats:sec>"),
      ElementsAre("Background: Magnesium is.", "Methods: We fed. Then more."));
}

TEST(SectionsOfFragment, PlainAbstractsAreOneSection) {
  EXPECT_THAT(Sections("<jats:p>Magnesium is.</jats:p>"), ElementsAre(": Magnesium is."));
  EXPECT_THAT(Sections("Magnesium <i>is</i>."), ElementsAre(": Magnesium is."));
  EXPECT_THAT(Sections("<p>One.</p><p>Two.</p>"), ElementsAre(": One. Two."));
  EXPECT_THAT(Sections(""), IsEmpty());
  EXPECT_THAT(Sections("<jats:p></jats:p> <jats:title>Abstract</jats:title>"), IsEmpty());
}

TEST(SectionsOfFragment, HtmlHeadings) {
  EXPECT_THAT(Sections("<h4>Objective</h4>To see.<h4>Results</h4>Mg<sup>2+</sup> rose."),
              ElementsAre("Objective: To see.", "Results: Mg2+ rose."));
  EXPECT_THAT(Sections("Before. <h4>After</h4>text"), ElementsAre(": Before.", "After: text"));
}

TEST(SectionsOfFragment, KnownHeadingsInBold) {
  EXPECT_THAT(Sections("<jats:p><jats:bold>Background:</jats:bold> Low magnesium.</jats:p><jats:p><jats:bold>"
                       "Conclusions</jats:bold>: None.</jats:p>"),
              ElementsAre("Background: Low magnesium.", "Conclusions: None."));
  EXPECT_THAT(Sections("<p><b>Magnesium</b> is a metal.</p>"), ElementsAre(": Magnesium is a metal."));
}

TEST(SectionsOfFragment, HeadingsThatThePublisherGlued) {
  EXPECT_THAT(Sections("<jats:p>BackgroundMagnesium is low.MethodsRats were fed. ResultsIt rose by 2.5.</jats:p>"),
              ElementsAre("Background: Magnesium is low.", "Methods: Rats were fed.", "Results: It rose by 2.5."));
  EXPECT_THAT(Sections("<p>OBJECTIVETo see.</p>"), ElementsAre("OBJECTIVE: To see."));
  // Words that only begin like a heading.
  for (const char* const text :
       {"Designers of trials.", "Background noise.", "Resultsets", "Aims", "Methodological work."})
    EXPECT_THAT(Sections(text), ElementsAre(std::string(": ") + text));
}

TEST(SectionsOfFragment, ASectionWithoutATitleEndsTheOneBefore) {
  EXPECT_THAT(Sections("<sec><title>Methods</title><p>A.</p></sec><p>Funding by B.</p>"),
              ElementsAre("Methods: A.", ": Funding by B."));
}

TEST(DecodeReferences, Table) {
  const struct {
    const char *text, *decoded;
  } kCases[] = {{"a &lt; b", "a < b"}, {"&amp;amp;", "&"},       {"&#65;&#x42;", "AB"},
                {"&#0;", "&#0;"},      {"&#xD800;", "&#xD800;"}, {"&", "&"},
                {"&;", "&;"},          {"&#;&#x;", "&#;&#x;"},   {"&#99999999999;", "&#99999999999;"},
                {"&amp", "&amp"},      {"&Omega;", "\xCE\xA9"}};
  for (const auto& c : kCases) EXPECT_EQ(DecodeReferences(c.text), c.decoded);
}

}  // namespace
}  // namespace litmill::parse
