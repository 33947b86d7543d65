// SPDX-License-Identifier: Apache-2.0
// The members of a zip archive in memory, unpacked under a bound that no archive can talk its way around.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"

namespace litmill::parse {

class ZipArchive {
 public:
  /// `bytes` must outlive the archive. `max_bytes`: all its members together may not unpack to more. kCorruptInput when
  /// it is no zip archive.
  [[nodiscard]] static Result<ZipArchive> Open(std::string_view bytes, std::size_t max_bytes);

  /// The content of member `name`; empty text when there is none of that name. kCorruptInput: damaged. kInvalidInput:
  /// encrypted, or larger than what is left of the bound.
  [[nodiscard]] Result<std::string> Read(const std::string& name);
  [[nodiscard]] bool Has(const std::string& name) const;

  ZipArchive(ZipArchive&&) noexcept;
  ZipArchive& operator=(ZipArchive&&) noexcept;
  ~ZipArchive();

 private:
  struct Impl;
  explicit ZipArchive(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace litmill::parse
