// SPDX-License-Identifier: Apache-2.0
// One RIS record while it is read: its fields by tag (parse/ris_fields.cc), then what takes more than one of them
// (parse/ris_record.cc).
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "parse/export_record.h"
#include "parse/ris_dialect.h"
#include "parse/tagged_lines.h"
#include "parse/tagged_values.h"

namespace litmill::parse {

/// The values of a field that holds a list one a line: EndNote puts each on a line of its own without a tag. An
/// indented line goes on with the one before.
[[nodiscard]] std::vector<std::string> ItemsOf(const TaggedField& field);

class RisReader {
 public:
  explicit RisReader(ExportRecord& out) : out_(out), record_(out.record) {}

  void Read(const TaggedRecord& record, std::string_view database);

 private:
  using Field = TaggedField;
  friend bool IsRisTag(std::string_view tag);
  static const FieldRule<RisReader> kRules[];
  static const FieldRule<RisReader> kEmbaseRules[];
  static const FieldRule<RisReader> kScopusRules[];
  static const FieldRule<RisReader> kWosRules[];
  static const FieldRule<RisReader> kOvidRules[];

  const FieldRule<RisReader>* RuleOf(std::string_view tag) const;
  void Note(const Field& field, std::string_view kind) { KeepOther(record_, kind, field.tag, field.Value()); }
  void AddTitle(const Field& field);
  void AddAuthors(PersonRole role, const Field& field);
  void AddAbstract(const Field& field);
  void AddKeywords(const Field& field);
  void AddOvidKeyword(std::string text);
  void AddDoiField(const Field& field);
  void AddLinks(const Field& field);
  void AddTypeOrDoi(const Field& field);
  void AddNumbers(const Field& field);
  void AddNotes(const Field& field);
  void AddScopusReferences(std::string_view text);
  void SettleEmbaseAffiliations();
  void AddGrants(const std::string& text);
  void SettleOrigin();
  void SettleJournal();
  void SettleDates();
  void SettleKeywords();
  void SettlePeople();
  void Finish();

  ExportRecord& out_;
  Record& record_;
  RisOrigin origin_;
  std::string type_;                                                            // TY
  std::string full_, secondary_, abbreviated_, mixed_, tertiary_, book_title_;  // JF; T2; J2, JA, JI; JO; T3; BT
  std::string first_page_, last_page_, article_number_, short_title_;
  std::vector<std::pair<std::string_view, std::string>> dates_;  // PY, Y1, DA
  std::string early_access_;
  std::vector<std::string> affiliations_, embase_affiliations_;
};

}  // namespace litmill::parse
