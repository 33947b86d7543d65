// SPDX-License-Identifier: Apache-2.0
#include "core/export_note.h"

#include <gmock/gmock.h>

#include "core/export_text.h"
#include "tests/support/arbitrary_record.h"

namespace litmill {
namespace {

using testing::ArbitraryRecord;
using testing::CarriedFields;
using testing::Texts;

/// What a reader that knows nothing of litmill makes of a file in a format like RIS: names with a comma are people, the
/// abstract is one text, one list holds keywords, headings and tags, one date, one ISSN.
Record AsAnyReaderSeesIt(const Record& r, std::size_t tags, bool one_list) {
  Record seen;
  seen.title.text = OneLine(r.title.text);
  if (const std::string abstract = JoinedAbstract(r); !abstract.empty())
    seen.abstract_sections = {{"", "", {abstract, ""}}};
  for (const Author& a : r.authors) {
    if (a.role != PersonRole::kAuthor || !IsListed(a)) continue;
    Author author;
    author.last_name = OneLine(a.last_name);
    author.fore_name = OneLine(a.fore_name);
    author.suffix = OneLine(a.suffix);
    if (author.fore_name.empty() && author.suffix.empty())
      author.collective_name = std::exchange(author.last_name, {}) + OneLine(a.collective_name);
    seen.authors.push_back(author);
  }
  seen.languages = r.languages;
  seen.journal.title = OneLine(r.journal.title);
  seen.journal.volume = OneLine(r.journal.volume);
  seen.journal.issue = OneLine(r.journal.issue);
  seen.pages = r.pages;
  if (const PartialDate* date = r.PublicationDate()) seen.dates.push_back({"print", *DateFromIso(date->iso), ""});
  for (const Keyword& k : r.keywords)
    if (!OneLine(k.text.text).empty()) seen.keywords.push_back({"", false, {OneLine(k.text.text), ""}});
  for (const MeshHeading& h : r.mesh_headings) {
    if (OneLine(h.name).empty()) continue;
    if (one_list)
      seen.keywords.push_back({"", false, {MeshText(h), ""}});
    else
      seen.mesh_headings.push_back(MeshFromText(MeshText(h)));
  }
  for (std::size_t i = 0; one_list && i < tags; ++i)
    seen.keywords.push_back({"", false, {"condition: c" + std::to_string(i), ""}});
  if (r.book) {
    seen.book.emplace();
    seen.book->title = r.book->title;
  }
  for (const PublicationType& t : r.publication_types) seen.publication_types.push_back({"", OneLine(t.name)});
  return seen;
}

TEST(ExportNote, GivesBackWhatTheFormatHasNoPlaceFor) {
  std::mt19937_64 random(20260101);
  for (int i = 0; i < 800; ++i) {
    const Record record = ArbitraryRecord(random, std::to_string(1000 + i), Texts::kSound);
    for (const bool one_list : {true, false}) {
      const std::size_t tags = random() % 4;
      Record read = AsAnyReaderSeesIt(record, tags, one_list);
      const std::string note = ExportNote(record, one_list ? std::optional<std::size_t>(tags) : std::nullopt);
      ASSERT_TRUE(ApplyExportNote(note, read));
      ASSERT_EQ(CarriedFields(read), CarriedFields(record)) << i << "\n" << note;
    }
  }
}

TEST(ExportNote, IsOneWordOfAscii) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 1000; ++i) {
    const std::string note = ExportNote(ArbitraryRecord(random, std::to_string(i), Texts::kHostile), i % 3);
    for (const char c : note)
      ASSERT_TRUE(c > ' ' && c < 0x7F && std::string_view("{}\\\";").find(c) == note.npos) << note;
  }
}

TEST(ExportNote, OfAnotherMakerOrVersionIsRefusedAndChangesNothing) {
  Record record;
  record.title.text = "kept";
  const std::string before = CarriedFields(record);
  for (const char* const text : {"", "litmill", "litmill:2&source=x,y", "litmill:12", "PMID: 12345", "&source=x,y"})
    EXPECT_FALSE(ApplyExportNote(text, record)) << text;
  EXPECT_EQ(CarriedFields(record), before);
}

TEST(ExportNote, PassesOverWhatNoLongerAgreesWithTheRecord) {
  Record record;
  record.source_id = "1";
  record.abstract_sections = {{"AIM", "", {"We asked.", ""}}, {"RESULT", "", {"It helped.", ""}}};
  record.keywords = {{"NOTNLM", false, {"a", ""}}, {"NOTNLM", false, {"b", ""}}};
  record.dates = {{"print", *DateFromIso("2020-03"), ""}};
  const std::string note = ExportNote(record, 0);
  Record edited;
  edited.source_id = "1";
  edited.abstract_sections = {{"", "", {"AIM: We asked twice. RESULT: It helped.", ""}}};
  edited.keywords = {{"", false, {"a", ""}}};
  edited.dates = {{"print", *DateFromIso("2021"), ""}};
  ASSERT_TRUE(ApplyExportNote(note, edited));
  EXPECT_EQ(JoinedAbstract(edited), "AIM: We asked twice. RESULT: It helped.");
  EXPECT_EQ(edited.abstract_sections.size(), 1U);
  EXPECT_EQ(edited.keywords.size(), 1U);
  EXPECT_EQ(edited.PublicationDate()->iso, "2021");
}

TEST(ExportNote, DamagedInAnyWayNeverBreaksTheReader) {
  std::mt19937_64 random(99);
  for (int i = 0; i < 60; ++i) {
    const Record record = ArbitraryRecord(random, std::to_string(i), Texts::kSound);
    std::string note = ExportNote(record, 2);
    for (std::size_t cut = 0; cut < note.size(); cut += 1 + note.size() / 40) {
      Record read = AsAnyReaderSeesIt(record, 2, true);
      (void)ApplyExportNote(std::string_view(note).substr(0, cut), read);
      EXPECT_EQ(JoinedAbstract(read), JoinedAbstract(record));
    }
    for (int n = 0; n < 5; ++n) note[random() % note.size()] = static_cast<char>(random() % 256);
    Record read = AsAnyReaderSeesIt(record, 2, true);
    (void)ApplyExportNote(note, read);
    EXPECT_EQ(JoinedAbstract(read), JoinedAbstract(record));
  }
}

TEST(ExportText, OneLineKeepsSoundTextAndMakesAnyOtherOneLine) {
  EXPECT_EQ(OneLine("Mg²⁺ “x”\u00A0y\u2009z"), "Mg²⁺ “x”\u00A0y\u2009z");
  EXPECT_EQ(OneLine(std::string("\r\n a\tb\0c", 8) + "\x7F\u0085\u2028\u2029 d \n"), "a b c d");
  EXPECT_EQ(OneLine("\xFF\xFE"), "\uFFFD\uFFFD");
  EXPECT_EQ(OneLine(""), "");
}

TEST(ExportText, MeshGoesToTextAndBack) {
  MeshHeading heading{"", "Migraine Disorders", "", true, false, {{"", "drug therapy", true}, {"", "x", false}}};
  EXPECT_EQ(MeshText(heading), "*Migraine Disorders/*drug therapy/x");
  EXPECT_EQ(MeshText(MeshFromText(MeshText(heading))), MeshText(heading));
  heading.name = "a/b";
  EXPECT_EQ(MeshFromText(MeshText(heading)).name, "a/b");
  EXPECT_EQ(MeshFromText(MeshText(heading)).qualifiers.size(), 2U);
}

}  // namespace
}  // namespace litmill
