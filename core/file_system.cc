// SPDX-License-Identifier: Apache-2.0
#include "core/file_system.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fmt/format.h>

namespace litmill {
namespace {

Error SystemError(const std::string& path, std::string_view action, int number) {
  const ErrorCode code = number == ENOENT ? ErrorCode::kNotFound : ErrorCode::kIo;
  return {code, fmt::format("cannot {} {}: {}", action, path, std::generic_category().message(number))};
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ > STDERR_FILENO) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int get() const { return fd_; }

 private:
  int fd_;
};

class FileReader final : public ByteReader {
 public:
  FileReader(int fd, std::string path) : file_(fd), path_(std::move(path)) {}
  [[nodiscard]] Result<std::size_t> Read(char* buffer, std::size_t size) override {
    for (;;) {
      const ssize_t got = ::read(file_.get(), buffer, size);
      if (got >= 0) return static_cast<std::size_t>(got);
      if (errno != EINTR) return Fail(SystemError(path_, "read", errno));
    }
  }

 private:
  Descriptor file_;
  std::string path_;
};

Result<void> WriteAll(int fd, const std::string& path, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t put = ::write(fd, bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return Fail(SystemError(path, "write", errno));
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
  return {};
}

/// Writes to a temporary file beside `path` that takes its place at the end.
class AtomicWriter final : public ByteWriter {
 public:
  AtomicWriter(int fd, std::string path, std::string temporary)
      : fd_(fd), path_(std::move(path)), temporary_(std::move(temporary)) {}
  ~AtomicWriter() override { Abandon(); }
  AtomicWriter(const AtomicWriter&) = delete;
  AtomicWriter& operator=(const AtomicWriter&) = delete;

  [[nodiscard]] Result<void> Write(std::string_view bytes) override { return WriteAll(fd_, path_, bytes); }

  [[nodiscard]] Result<void> Commit() override {
    const bool is_safe = ::fsync(fd_) == 0;
    const int not_safe = errno;
    const bool is_closed = ::close(std::exchange(fd_, -1)) == 0;
    if (!is_safe || !is_closed) return Fail(SystemError(path_, "write", is_safe ? errno : not_safe));
    if (::rename(temporary_.c_str(), path_.c_str()) != 0) return Fail(SystemError(path_, "replace", errno));
    temporary_.clear();
    // The rename is durable only when the folder is.
    const std::string folder = std::filesystem::path(path_).parent_path().string();
    const Descriptor directory(::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (directory.get() >= 0) ::fsync(directory.get());
    return {};
  }

 private:
  void Abandon() {
    if (fd_ >= 0) ::close(fd_);
    if (!temporary_.empty()) ::unlink(temporary_.c_str());
  }

  int fd_;
  std::string path_, temporary_;  ///< No temporary file: it has its name.
};

/// A pipe or device: nothing to replace.
class StreamWriter final : public ByteWriter {
 public:
  StreamWriter(int fd, std::string path) : file_(fd), path_(std::move(path)) {}
  [[nodiscard]] Result<void> Write(std::string_view bytes) override { return WriteAll(file_.get(), path_, bytes); }
  [[nodiscard]] Result<void> Commit() override { return {}; }

 private:
  Descriptor file_;
  std::string path_;
};

}  // namespace

Result<std::unique_ptr<ByteReader>> RealFileSystem::Open(const std::string& path) {
  if (path == "-") return std::make_unique<FileReader>(STDIN_FILENO, "standard input");
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return Fail(SystemError(path, "open", errno));
  struct stat info {};
  if (::fstat(fd, &info) == 0 && S_ISDIR(info.st_mode)) {
    ::close(fd);
    return Fail(SystemError(path, "open", EISDIR));
  }
  return std::make_unique<FileReader>(fd, path);
}

Result<FileInfo> RealFileSystem::Stat(const std::string& path) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) return Fail(SystemError(path, "look at", errno));
  return FileInfo{static_cast<std::uint64_t>(info.st_size), static_cast<std::int64_t>(info.st_mtime),
                  S_ISDIR(info.st_mode)};
}

Result<std::vector<std::string>> RealFileSystem::List(const std::string& path) {
  std::error_code error;
  std::vector<std::string> names;
  std::filesystem::directory_iterator it(path, error);
  for (; !error && it != std::filesystem::directory_iterator(); it.increment(error))
    names.push_back(it->path().filename().string());
  if (error) return Fail(SystemError(path, "list", error.value()));
  std::sort(names.begin(), names.end());
  return names;
}

Result<void> RealFileSystem::WriteAtomically(const std::string& path, std::string_view bytes) {
  LITMILL_TRY(const std::unique_ptr<ByteWriter> file, Create(path));
  LITMILL_CHECK(file->Write(bytes));
  return file->Commit();
}

Result<std::unique_ptr<ByteWriter>> RealFileSystem::Create(const std::string& path) {
  struct stat info {};
  if (::stat(path.c_str(), &info) == 0 && !S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode)) {
    const int fd = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (fd < 0) return Fail(SystemError(path, "write", errno));
    return std::make_unique<StreamWriter>(fd, path);
  }
  // A link stays one: what it points to is replaced.
  std::string target = path;
  std::error_code error;
  if (std::filesystem::is_symlink(path, error)) {
    target = std::filesystem::weakly_canonical(path, error).string();
    if (error) return Fail(SystemError(path, "write", error.value()));
  }
  std::string temporary = fmt::format("{}.tmp.{}", target, ::getpid());
  const int fd = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd < 0) return Fail(SystemError(path, "write", errno));
  return std::make_unique<AtomicWriter>(fd, std::move(target), std::move(temporary));
}

Result<void> RealFileSystem::Remove(const std::string& path) {
  if (::unlink(path.c_str()) != 0) return Fail(SystemError(path, "remove", errno));
  return {};
}

Result<std::string> ReadWholeFile(FileSystem& files, const std::string& path, std::size_t max_bytes) {
  LITMILL_TRY(const std::unique_ptr<ByteReader> reader, files.Open(path));
  std::string bytes;
  std::string buffer(1U << 16U, '\0');
  for (;;) {
    LITMILL_TRY(const std::size_t got, reader->Read(buffer.data(), buffer.size()));
    if (got == 0) return bytes;
    bytes.append(buffer, 0, got);
    if (bytes.size() > max_bytes)
      return Fail(ErrorCode::kInvalidInput, fmt::format("{} is larger than {} bytes", path, max_bytes));
  }
}

}  // namespace litmill
