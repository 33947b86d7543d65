// SPDX-License-Identifier: Apache-2.0
#include "fetch/xml_shape.h"

#include <gtest/gtest.h>

#include <string>

namespace litmill::fetch {
namespace {

TEST(InspectXml, WholeDocuments) {
  for (const char* text :
       {"<a/>", "<a></a>", "  \n<a></a >\n", "\xEF\xBB\xBF<a/>",
        "<?xml version=\"1.0\"?><!-- c > --><a><!-- </b> --><b x='>'/></a><!-- end -->",
        "<!DOCTYPE a PUBLIC \"-//X > Y\" \"http://x\"><a/>", "<!DOCTYPE a [ <!ENTITY x \"]>\"> ]><a>&x;</a>",
        "<a><![CDATA[ </a> < & ]]></a>", "<a><?pi </a> ?></a>", "<a b=\"</a>\">text &lt; &amp;</a>"}) {
    const XmlShape shape = InspectXml(text);
    EXPECT_TRUE(shape.complete) << text << ": " << shape.problem;
    EXPECT_EQ(shape.root, "a") << text;
    EXPECT_TRUE(shape.problem.empty()) << text;
  }
}

TEST(InspectXml, DocumentsThatAreNotWholeSayWhy) {
  for (const char* text : {"",
                           "   ",
                           "text",
                           "{\"a\":1}",
                           "<",
                           "<a",
                           "<a>",
                           "<a><b></a>",
                           "<a></b>",
                           "</a>",
                           "<a/><b/>",
                           "<a/>text",
                           "x<a/>",
                           "<a b=\">",
                           "<a><!-- </a>",
                           "<a><![CDATA[ </a>",
                           "<!DOCTYPE a [ <a/>",
                           "<?xml ",
                           "<a>p < 0.05</a>",
                           "<a <b></a>",
                           "<?xml version=\"1.0\"?>",
                           "<!-- only -->"}) {
    const XmlShape shape = InspectXml(text);
    EXPECT_FALSE(shape.complete) << text;
    EXPECT_FALSE(shape.problem.empty()) << text;
  }
}

TEST(InspectXml, FindsTheServicesErrorElementButNotWordsInRecords) {
  EXPECT_EQ(InspectXml("<eFetchResult>\n\t<ERROR> It broke. </ERROR></eFetchResult>").error_text, "It broke.");
  EXPECT_EQ(InspectXml("<ERROR>It broke.</ERROR>").error_text, "It broke.");
  EXPECT_EQ(InspectXml("<PubmedArticleSet><error>x</error></PubmedArticleSet>").error_text, "x");
  EXPECT_EQ(
      InspectXml("<PubmedArticleSet><PubmedArticle><ERROR>x</ERROR></PubmedArticle></PubmedArticleSet>").error_text,
      "");
  EXPECT_EQ(InspectXml("<a><ERROR/></a>").error_text, "");
  EXPECT_EQ(InspectXml("<a><ERROR>cut in the mid").error_text, "cut in the mid");
}

TEST(InspectXml, DepthIsBounded) {
  std::string deep;
  for (int i = 0; i < 200'000; ++i) deep += "<a>";
  EXPECT_FALSE(InspectXml(deep).complete);
  EXPECT_NE(InspectXml(deep).problem.find("deep"), std::string::npos);
}

}  // namespace
}  // namespace litmill::fetch
