// SPDX-License-Identifier: Apache-2.0
// The raw archive: every byte that came from a service, in a standard SQLite Archive file.
//
// `sqlite3 raw.sqlar -A --list` lists it, `-A --extract` unpacks it. Table `sqlar` (name, mode, mtime, sz, data: zlib
// when that is smaller, as the format says) and beside it `provenance`: one row for each answer, in order of arrival.
// Equal bytes are kept once (the name holds their SHA-256). Rows are only added, never changed.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "core/result.h"

namespace litmill::fetch {

/// How one document came here. Holds no secret.
struct Provenance {
  std::int64_t document_id = 0;  ///< Of the provenance row; grows with arrival.
  std::string name;              ///< In the archive: "pubmed/efetch/2026-11-21/<sha256>.xml".
  std::string source;            ///< "pubmed"
  std::string kind;              ///< "esearch", "efetch", "esummary"
  std::string request;           ///< Canonical: endpoint, then sorted parameters without secrets, session and contact.
  std::string retrieved_at;      ///< UTC
  int http_status = 0;
  std::string media_type;
  std::string sha256;  ///< Of the uncompressed bytes as archived.
  std::uint64_t size_bytes = 0;
  std::string run;  ///< UUID of the run that fetched it.
  std::string
      verdict;  ///< "ok" = usable; else the class of the fault ("throttled", "transient", "permanent", "session-lost").
};

/// Not thread-safe for one object? It is: calls are serialised inside. One process writes at a time (SQLite's lock).
class RawArchive {
 public:
  /// Opens or creates. kTooNew, kCorruptInput (not an archive of ours), kIo, kBusy.
  [[nodiscard]] static Result<std::unique_ptr<RawArchive>> Open(const std::string& path);
  ~RawArchive();

  /// Stores `bytes` durably (fsync) before it returns. Fills in name, sha256, size_bytes and document_id of the result
  /// from `how` and `bytes`.
  [[nodiscard]] Result<Provenance> Add(Provenance how, std::string_view bytes);

  /// The bytes, their SHA-256 checked: kCorruptInput names the document when it does not agree, kNotFound when there is
  /// none.
  [[nodiscard]] Result<std::string> Read(const Provenance& document) const;

  /// Calls `visit` for each usable ("ok") document of `source` and `kind` in order of arrival; stops at its first
  /// error.
  [[nodiscard]] Result<void> ForEach(std::string_view source, std::string_view kind,
                                     const std::function<Result<void>(const Provenance&)>& visit) const;

  /// The latest usable answer to exactly this canonical request (of `run`, unless that is empty); kNotFound when there
  /// is none.
  [[nodiscard]] Result<Provenance> FindLatest(std::string_view source, std::string_view kind, std::string_view request,
                                              std::string_view run = {}) const;

  /// Reads every document and checks its hash: one message for each that fails.
  [[nodiscard]] Result<std::vector<std::string>> Verify() const;

 private:
  struct Impl;
  explicit RawArchive(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace litmill::fetch
