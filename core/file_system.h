// SPDX-License-Identifier: Apache-2.0
// The seam to files (SQLite has its own, the VFS name). Everything else that litmill reads or writes goes through here.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace litmill {

/// Bytes read in order. Not thread-safe.
class ByteReader {
 public:
  virtual ~ByteReader() = default;
  /// Reads at most `size` bytes into `buffer`; 0 at the end. kIo on failure.
  [[nodiscard]] virtual Result<std::size_t> Read(char* buffer, std::size_t size) = 0;
};

/// A file that is being written: nobody sees it under its name before Commit, which replaces an older one as a whole,
/// also after a crash. Without Commit nothing remains of it. Not thread-safe.
class ByteWriter {
 public:
  virtual ~ByteWriter() = default;
  [[nodiscard]] virtual Result<void> Write(std::string_view bytes) = 0;
  /// The last call.
  [[nodiscard]] virtual Result<void> Commit() = 0;
};

struct FileInfo {
  std::uint64_t size_bytes = 0;
  std::int64_t modified_unix_s = 0;
  bool is_directory = false;
};

/// Thread-safe. Every error names the path and the system's reason.
class FileSystem {
 public:
  virtual ~FileSystem() = default;
  /// kNotFound when there is no such file, kIo otherwise ("-" is standard input).
  [[nodiscard]] virtual Result<std::unique_ptr<ByteReader>> Open(const std::string& path) = 0;
  [[nodiscard]] virtual Result<FileInfo> Stat(const std::string& path) = 0;
  /// Names (not paths) in a folder, sorted.
  [[nodiscard]] virtual Result<std::vector<std::string>> List(const std::string& path) = 0;
  /// Replaces the file as a whole: a reader sees the old bytes or the new ones, also after a crash
  /// (temporary file, fsync, rename, fsync of the folder).
  [[nodiscard]] virtual Result<void> WriteAtomically(const std::string& path, std::string_view bytes) = 0;
  /// The same for what does not fit into memory. A pipe or device (/dev/stdout) is written to as it is.
  [[nodiscard]] virtual Result<std::unique_ptr<ByteWriter>> Create(const std::string& path) = 0;
  [[nodiscard]] virtual Result<void> Remove(const std::string& path) = 0;
};

class RealFileSystem final : public FileSystem {
 public:
  [[nodiscard]] Result<std::unique_ptr<ByteReader>> Open(const std::string& path) override;
  [[nodiscard]] Result<FileInfo> Stat(const std::string& path) override;
  [[nodiscard]] Result<std::vector<std::string>> List(const std::string& path) override;
  [[nodiscard]] Result<void> WriteAtomically(const std::string& path, std::string_view bytes) override;
  [[nodiscard]] Result<std::unique_ptr<ByteWriter>> Create(const std::string& path) override;
  [[nodiscard]] Result<void> Remove(const std::string& path) override;
};

/// The whole file as a string. kInvalidInput when it is larger than `max_bytes`.
[[nodiscard]] Result<std::string> ReadWholeFile(FileSystem& files, const std::string& path, std::size_t max_bytes);

}  // namespace litmill
