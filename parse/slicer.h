// SPDX-License-Identifier: Apache-2.0
// Cuts UTF-8 PubMed XML into records without parsing it: it hops from '<' to '<' and looks closer only where a record
// can begin or end.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "parse/parse.h"

namespace litmill::parse {

/// Gives the same slices and problems whatever the size of the chunks. Holds one record, or at most twice
/// Limits::max_record_bytes of a hostile document. Not thread-safe; after an error it must not be used again.
class Slicer {
 public:
  Slicer(const Limits& limits, const DocumentReader::SliceSink& on_slice,
         const DocumentReader::ProblemSink& on_problem);

  [[nodiscard]] Result<void> Feed(std::string_view utf8);
  [[nodiscard]] Result<void> Finish();
  [[nodiscard]] std::uint64_t slices() const { return slices_; }
  /// Where the document ended.
  [[nodiscard]] Position End();

 private:
  enum class Progress { kGoOn, kNeedMore };
  enum Construct : std::size_t { kComment, kCdata, kInstruction, kConstructs };

  // Scanning. `p` is the offset in buffer_ of a '<'.
  [[nodiscard]] Result<void> Scan(bool at_end);
  [[nodiscard]] bool MayMatter(std::size_t at) const;
  [[nodiscard]] Result<Progress> ScanRecord(bool at_end);
  [[nodiscard]] Result<Progress> ScanBetween(bool at_end);
  [[nodiscard]] Result<Progress> Markup(std::size_t p, bool at_end);
  [[nodiscard]] Progress SkipConstruct(std::size_t p, std::size_t opener_size, Construct construct, bool at_end);
  [[nodiscard]] Result<Progress> Doctype(std::size_t p, bool at_end);
  [[nodiscard]] Result<Progress> TagInRecord(std::size_t p);
  [[nodiscard]] Result<Progress> TagBetween(std::size_t p, bool at_end);
  void EndTagBetween(std::size_t p, std::string_view name);
  [[nodiscard]] Result<void> StartTagBetween(std::size_t p, std::size_t tag_end, std::string_view name);

  // Records.
  void Open(std::size_t p, std::size_t kind);
  [[nodiscard]] Result<void> EmitRecord(std::size_t end);
  [[nodiscard]] Result<void> EmitDamaged(std::size_t end, std::string_view code, std::string damage);
  [[nodiscard]] Result<void> CutRecord(std::size_t end, std::string reason);
  [[nodiscard]] Result<void> DropOversized();
  [[nodiscard]] bool IsContainer(std::string_view name) const;

  // Places and problems.
  [[nodiscard]] Position PositionAt(std::size_t p);
  void NoteJunk(std::size_t begin, std::size_t end);
  void FlushJunk();
  void Report(Severity severity, std::string code, std::string message, const Position& position);
  [[nodiscard]] Result<void> NothingFound() const;
  void DropScanned();

  const Limits& limits_;
  const DocumentReader::SliceSink& on_slice_;
  const DocumentReader::ProblemSink& on_problem_;

  std::string buffer_;
  std::uint64_t base_ = 0;        ///< Offset of buffer_[0] in the document.
  std::size_t scan_ = 0;          ///< Everything before it has been looked at.
  std::uint64_t line_ = 1;        ///< Line of ...
  std::size_t line_counted_ = 0;  ///< ... this place in buffer_.
  std::array<std::uint64_t, kConstructs>
      no_end_before_{};  ///< Document offsets: no end of the construct begins before them.

  bool in_record_ = false;
  bool oversized_ = false;  ///< The record has been reported; its bytes are dropped until it ends.
  std::size_t record_start_ = 0;
  bool has_inline_ = false;  ///< The record has tags that may stand in running text.
  std::size_t kind_ = 0;     ///< Index into the table of record elements.
  Position record_position_;
  std::uint64_t slices_ = 0;

  std::string head_;                  ///< The document's first bytes, for messages.
  std::string root_;                  ///< Name of the first container, whatever it is called ...
  std::array<char, 4> root_start_{};  ///< ... and its first four bytes.
  std::uint64_t open_containers_ = 0;
  std::uint64_t cut_by_start_ = 0;  ///< Records cut by the next one's start, whose end tags may still come.
  bool ended_in_tag_ = false;
  bool last_was_cut_ = false;
  std::uint64_t junk_bytes_ = 0;
  Position junk_position_;
  std::string junk_sample_;
};

}  // namespace litmill::parse
