// SPDX-License-Identifier: Apache-2.0
#include "app/run_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>

#include <fmt/format.h>

namespace litmill::app {
namespace {

std::string Reason(int number) { return std::generic_category().message(number); }

std::string ReadHolder(int fd) {
  std::array<char, 512> text{};
  const ssize_t got = ::pread(fd, text.data(), text.size(), 0);
  return got > 0 ? std::string(text.data(), static_cast<std::size_t>(got)) : "an unnamed process";
}

}  // namespace

Result<std::unique_ptr<RunLock>> RunLock::Acquire(const std::string& corpus_path, const std::string& command,
                                                  const Clock& clock) {
  const std::string path = corpus_path + ".lock";
  // The holder removes the file when it is done. Whoever waited on the old file must then open the new one, hence the
  // loop.
  for (int attempt = 0; attempt < 10; ++attempt) {
    const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (fd < 0) return Fail(ErrorCode::kIo, fmt::format("cannot lock {}: {}", path, Reason(errno)));
    if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
      const int number = errno;
      const std::string holder = ReadHolder(fd);
      ::close(fd);
      if (number != EWOULDBLOCK) return Fail(ErrorCode::kIo, fmt::format("cannot lock {}: {}", path, Reason(number)));
      return Fail(ErrorCode::kBusy,
                  fmt::format("{} is in use by {}; wait for it to end, then run again", corpus_path, holder));
    }
    struct stat ours {};
    struct stat current {};
    const bool same = ::fstat(fd, &ours) == 0 && ::stat(path.c_str(), &current) == 0 && ours.st_ino == current.st_ino;
    if (!same) {
      ::close(fd);
      continue;
    }
    std::array<char, 256> host{};
    ::gethostname(host.data(), host.size() - 1);
    const std::string holder =
        fmt::format("process {} on {} ({}, since {})", ::getpid(), host.data(), command, FormatUtc(clock.Now()));
    if (::ftruncate(fd, 0) != 0 || ::pwrite(fd, holder.data(), holder.size(), 0) < 0) {
      const int number = errno;
      ::close(fd);
      return Fail(ErrorCode::kIo, fmt::format("cannot write {}: {}", path, Reason(number)));
    }
    return std::unique_ptr<RunLock>(new RunLock(fd, path));
  }
  return Fail(ErrorCode::kBusy, fmt::format("{} keeps being locked and freed by others; run again", path));
}

RunLock::~RunLock() {
  ::unlink(path_.c_str());
  ::close(fd_);
}

}  // namespace litmill::app
