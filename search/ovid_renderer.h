// SPDX-License-Identifier: Apache-2.0
// What MEDLINE and Embase on Ovid share: field codes between dots, operators in small letters, adjN.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "search/target_renderer.h"

namespace litmill::search {

class OvidRenderer : public TargetRenderer {
 public:
  using TargetRenderer::TargetRenderer;
  [[nodiscard]] std::optional<std::string> LineLabel(int number) const override;

 protected:
  [[nodiscard]] std::string_view OperatorWord(Operator op) const override;
  std::optional<FieldWrap> TextField(Field field) override;
  std::string Word(const std::string& word) override;
  Piece Phrase(const std::vector<std::string>& words) override;
  Piece Proximity(const std::vector<std::string>& words, int between) override;
  std::optional<Piece> Dates(const DateRange& range) override;
  std::optional<Piece> Other(const Term& term) override;
  [[nodiscard]] std::string ReferenceText(int number) const override;

  /// "exp *Heading/dt": how Ovid writes a heading of its thesaurus.
  [[nodiscard]] static std::string HeadingText(std::string_view heading, bool explode, bool major,
                                               std::string_view code);
};

}  // namespace litmill::search
