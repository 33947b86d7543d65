// SPDX-License-Identifier: Apache-2.0
// The way of the bytes: unpack (gzip, a saved HTTP answer, one in the other) -> UTF-8 -> slices.
#include <fmt/format.h>

#include <array>
#include <optional>
#include <utility>

#include "parse/encoding.h"
#include "parse/http_body.h"
#include "parse/inflate.h"
#include "parse/parse.h"
#include "parse/slicer.h"

namespace litmill::parse {
namespace {

// gzip in an HTTP answer in gzip: no honest document is wrapped deeper.
constexpr std::size_t kMostWrappings = 3;
constexpr std::size_t kSniffBytes = 5;
constexpr std::size_t kPieceBytes = 256U << 10U;

// One wrapping, recognised by its first bytes.
struct Wrapping {
  enum class Kind { kUndecided, kGzip, kHttp, kNone } kind = Kind::kUndecided;
  std::string head;
  std::optional<Inflater> inflater;
  std::optional<HttpBody> http;
};

}  // namespace

struct DocumentReader::Impl {
  Impl(Limits l, SliceSink s, ProblemSink p)
      : limits(l), on_slice(std::move(s)), on_problem(std::move(p)), slicer(limits, on_slice, on_problem) {}

  [[nodiscard]] ByteSink SinkOf(std::size_t level) {
    return [this, level](std::string_view bytes) { return FeedLevel(level, bytes); };
  }
  [[nodiscard]] ByteSink SlicerSink() {
    return [this](std::string_view bytes) { return slicer.Feed(bytes); };
  }

  [[nodiscard]] Result<void> FeedLevel(std::size_t level, std::string_view bytes);
  [[nodiscard]] Result<void> FinishLevel(std::size_t level);
  void Decide(Wrapping& wrapping);
  void Tell(Severity severity, std::string code, std::string message) {
    on_problem({severity, std::move(code), {}, std::move(message), slicer.End()});
  }

  Limits limits;
  SliceSink on_slice;
  ProblemSink on_problem;
  std::array<Wrapping, kMostWrappings> wrappings;
  Utf8Decoder decoder;
  Slicer slicer;
};

void DocumentReader::Impl::Decide(Wrapping& wrapping) {
  if (IsGzip(wrapping.head)) {
    wrapping.kind = Wrapping::Kind::kGzip;
    wrapping.inflater.emplace();
  } else if (IsHttpAnswer(wrapping.head)) {
    wrapping.kind = Wrapping::Kind::kHttp;
    wrapping.http.emplace();
  } else {
    wrapping.kind = Wrapping::Kind::kNone;
  }
}

Result<void> DocumentReader::Impl::FeedLevel(std::size_t level, std::string_view bytes) {
  if (level == wrappings.size()) return decoder.Feed(bytes, SlicerSink());
  Wrapping& wrapping = wrappings[level];
  switch (wrapping.kind) {
    case Wrapping::Kind::kGzip:
      return wrapping.inflater->Feed(bytes, SinkOf(level + 1));
    case Wrapping::Kind::kHttp:
      return wrapping.http->Feed(bytes, SinkOf(level + 1));
    case Wrapping::Kind::kNone:
      return decoder.Feed(bytes, SlicerSink());
    case Wrapping::Kind::kUndecided:
      break;
  }
  wrapping.head.append(bytes);
  if (wrapping.head.size() < kSniffBytes) return {};
  Decide(wrapping);
  const std::string head = std::move(wrapping.head);
  return FeedLevel(level, head);
}

Result<void> DocumentReader::Impl::FinishLevel(std::size_t level) {
  if (level == wrappings.size()) return decoder.Finish(SlicerSink());
  Wrapping& wrapping = wrappings[level];
  if (wrapping.kind == Wrapping::Kind::kUndecided) {
    Decide(wrapping);
    const std::string head = std::move(wrapping.head);
    LITMILL_CHECK(FeedLevel(level, head));
  }
  if (wrapping.kind == Wrapping::Kind::kNone) return decoder.Finish(SlicerSink());
  if (wrapping.kind == Wrapping::Kind::kGzip) {
    LITMILL_CHECK(wrapping.inflater->Finish());
    if (wrapping.inflater->trailing_bytes() > 0)
      Tell(Severity::kWarning, "trailing-garbage",
           fmt::format("{} bytes after the gzip data are no gzip data and were left out",
                       wrapping.inflater->trailing_bytes()));
  } else {
    LITMILL_CHECK(wrapping.http->Finish(SinkOf(level + 1)));
    if (!wrapping.http->damage().empty()) Tell(Severity::kError, "broken-http-answer", wrapping.http->damage());
  }
  return FinishLevel(level + 1);
}

DocumentReader::DocumentReader(Limits limits, SliceSink on_slice, ProblemSink on_problem)
    : impl_(std::make_unique<Impl>(limits, std::move(on_slice), std::move(on_problem))) {}
DocumentReader::~DocumentReader() = default;

Result<void> DocumentReader::Feed(std::string_view chunk) {
  // In pieces, so that a caller who holds the whole document does not make the slicer hold it a second time.
  while (!chunk.empty()) {
    const std::string_view piece = chunk.substr(0, kPieceBytes);
    LITMILL_CHECK(impl_->FeedLevel(0, piece));
    chunk.remove_prefix(piece.size());
  }
  return {};
}

Result<void> DocumentReader::Finish() {
  LITMILL_CHECK(impl_->FinishLevel(0));
  if (impl_->decoder.replaced_bytes() > 0)
    impl_->Tell(Severity::kWarning, "invalid-encoding",
                fmt::format("{} bytes that mean nothing in {} were replaced by U+FFFD", impl_->decoder.replaced_bytes(),
                            impl_->decoder.name()));
  return impl_->slicer.Finish();
}

std::uint64_t DocumentReader::slices() const { return impl_->slicer.slices(); }

}  // namespace litmill::parse
