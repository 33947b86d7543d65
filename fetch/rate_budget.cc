// SPDX-License-Identifier: Apache-2.0
#include "fetch/rate_budget.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

namespace litmill::fetch {
namespace {

/// No pause is longer; a stamp further ahead than this comes from before a reboot (the clock starts again at 0) and is
/// ignored.
constexpr std::int64_t kMaxPauseMs = 15 * 60 * 1000;
constexpr std::chrono::milliseconds kLockPoll{5};
constexpr std::string_view kMagic = "litmill-rate 1";
constexpr std::size_t kStateBytes = 64;  // fixed, so that a shorter state never leaves the tail of a longer one

std::string Reason(int error) { return std::system_category().message(error); }

class Descriptor {
 public:
  explicit Descriptor(int fd = -1) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) close(fd_);  // gives the lock back too
  }
  [[nodiscard]] int get() const { return fd_; }

 private:
  int fd_;
};

/// What the file says: when the last request went out and until when nobody may send, in SteadyMs.
struct State {
  std::int64_t last_sent_ms = 0;
  std::int64_t paused_until_ms = 0;
  bool ever_sent = false;
};

/// Nothing when the bytes are not a state (somebody else's file, a torn write).
std::optional<State> ParseState(std::string_view text) {
  if (text.substr(0, kMagic.size()) != kMagic) return std::nullopt;
  text.remove_prefix(kMagic.size());
  std::array<std::int64_t, 2> numbers{};
  for (std::int64_t& number : numbers) {
    if (text.empty() || text.front() != ' ') return std::nullopt;
    const auto [end, error] = std::from_chars(text.data() + 1, text.data() + text.size(), number);
    if (error != std::errc()) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  }
  if (text.empty() || text.front() != '\n') return std::nullopt;
  return State{numbers[0], numbers[1], true};
}

std::string FormatState(const State& state) {
  std::string text = fmt::format("{} {} {}\n", kMagic, state.last_sent_ms, state.paused_until_ms);
  text.resize(kStateBytes, ' ');
  return text;
}

/// One file name of `name` ("eutils.ncbi.nlm.nih.gov:443"): what is no letter, digit, dot or hyphen becomes "_".
std::string FileNameOf(const std::string& name) {
  std::string file;
  for (const char c : name) {
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
    file += plain ? c : '_';
  }
  return file + ".rate";
}

/// Creates `path` when missing (with `mode`, whatever the umask), and refuses what is no folder or a link.
Result<void> EnsureFolder(const std::string& path, mode_t mode) {
  if (mkdir(path.c_str(), mode) == 0) {
    if (chmod(path.c_str(), mode) != 0)
      return Fail(ErrorCode::kIo, fmt::format("{}: cannot set the folder's rights: {}", path, Reason(errno)));
  } else if (errno != EEXIST) {
    return Fail(ErrorCode::kIo,
                fmt::format("{}: cannot create the folder of the request budget: {}. Name another in LITMILL_STATE_DIR",
                            path, Reason(errno)));
  }
  struct stat info {};
  if (lstat(path.c_str(), &info) != 0) return Fail(ErrorCode::kIo, fmt::format("{}: {}", path, Reason(errno)));
  if (S_ISLNK(info.st_mode)) {  // fine when the user named it, a trap in a folder that everybody can write
    if (mode & S_ISVTX)
      return Fail(ErrorCode::kIo,
                  fmt::format("{} is a link; litmill does not follow it. Name a folder in LITMILL_STATE_DIR", path));
    if (stat(path.c_str(), &info) != 0) return Fail(ErrorCode::kIo, fmt::format("{}: {}", path, Reason(errno)));
  }
  if (!S_ISDIR(info.st_mode))
    return Fail(ErrorCode::kIo, fmt::format("{} is not a folder. Name one in LITMILL_STATE_DIR", path));
  return {};
}

/// Opens the state file for all users of the host. O_CREAT is used only when the file is missing: Linux
/// (fs.protected_regular) refuses it on another user's file in a shared folder, where plain opening is allowed.
Result<Descriptor> OpenStateFile(const std::string& path) {
  for (int round = 0; round < 100; ++round) {
    int fd = open(path.c_str(), O_RDWR | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0 && errno == ENOENT) {
      fd = open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
      if (fd < 0 && errno == EEXIST) continue;  // another process was faster
      if (fd >= 0) fchmod(fd, 0666);            // against the umask; who may not do that keeps the file to himself
    }
    if (fd < 0)
      return Fail(
          ErrorCode::kIo,
          fmt::format(
              "{}: cannot open the request budget: {}. litmill sends nothing without it; check the rights or name "
              "another folder in LITMILL_STATE_DIR",
              path, Reason(errno)));
    Descriptor descriptor(fd);
    struct stat info {};
    if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode))
      return Fail(ErrorCode::kIo, fmt::format("{} is not a regular file; remove it", path));
    return descriptor;
  }
  return Fail(ErrorCode::kIo, fmt::format("{}: the file appears and disappears; another program interferes", path));
}

/// True while the name still means the file behind `fd` (nobody deleted it between our open and our lock).
bool StillNamed(const std::string& path, int fd) {
  struct stat by_name {};
  struct stat by_fd {};
  return lstat(path.c_str(), &by_name) == 0 && fstat(fd, &by_fd) == 0 && by_name.st_dev == by_fd.st_dev &&
         by_name.st_ino == by_fd.st_ino;
}

Error Stopped() { return {ErrorCode::kInterrupted, "stopped while waiting for the turn to send a request"}; }

}  // namespace

struct RateBudget::Impl {
  std::string folder;
  std::string path;
  std::int64_t interval_ms = 0;
  std::atomic<std::int64_t> service_interval_ms{0};
  const Clock* clock = nullptr;
  Sleeper* sleeper = nullptr;
  std::mutex mutex;  // spares our own threads the polling; the file lock alone would be right too

  [[nodiscard]] Result<Descriptor> Lock() const;
  [[nodiscard]] Result<State> Read(int fd) const;
  [[nodiscard]] Result<void> Write(int fd, const State& state) const;
};

/// The locked file. The lock is polled, not waited for, so that a stop is noticed.
Result<Descriptor> RateBudget::Impl::Lock() const {
  for (;;) {
    Result<Descriptor> file = OpenStateFile(path);
    if (!file) {  // a cleaner of temporary folders may have taken the folder away
      LITMILL_CHECK(EnsureFolder(folder, 01777));
      file = OpenStateFile(path);
      if (!file) return file;
    }
    while (flock(file->get(), LOCK_EX | LOCK_NB) != 0) {
      if (errno != EWOULDBLOCK && errno != EINTR)
        return Fail(ErrorCode::kIo, fmt::format("{}: cannot lock: {}", path, Reason(errno)));
      if (!sleeper->Sleep(kLockPoll)) return Fail(Stopped());
    }
    if (StillNamed(path, file->get())) return file;
  }
}

Result<State> RateBudget::Impl::Read(int fd) const {
  std::array<char, kStateBytes> buffer{};
  const ssize_t size = pread(fd, buffer.data(), buffer.size(), 0);
  if (size < 0) return Fail(ErrorCode::kIo, fmt::format("{}: cannot read: {}", path, Reason(errno)));
  if (size == 0) return State{};
  const std::int64_t now = clock->SteadyMs();
  // Unreadable bytes: we do not know when somebody sent last, so assume just now.
  State state = ParseState({buffer.data(), static_cast<std::size_t>(size)}).value_or(State{now, 0, true});
  if (state.last_sent_ms > now) state.ever_sent = false;  // the clock began anew: the host was started since
  if (state.paused_until_ms - now > kMaxPauseMs) state.paused_until_ms = 0;
  return state;
}

Result<void> RateBudget::Impl::Write(int fd, const State& state) const {
  const std::string text = FormatState(state);
  if (pwrite(fd, text.data(), text.size(), 0) != static_cast<ssize_t>(text.size()))
    return Fail(ErrorCode::kIo, fmt::format("{}: cannot write the request budget: {}. litmill sends nothing without it",
                                            path, Reason(errno)));
  return {};
}

RateBudget::RateBudget(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
RateBudget::~RateBudget() = default;

Result<std::unique_ptr<RateBudget>> RateBudget::Open(const std::string& folder, const std::string& name,
                                                     std::int64_t interval_ms, const Clock& clock, Sleeper& sleeper) {
  auto impl = std::make_unique<Impl>();
  impl->folder = folder;
  impl->path = folder + "/" + FileNameOf(name);
  impl->interval_ms = interval_ms;
  impl->clock = &clock;
  impl->sleeper = &sleeper;
  LITMILL_TRY(const Descriptor probe,
              OpenStateFile(impl->path));  // a budget that cannot be used is known before the first request
  return std::unique_ptr<RateBudget>(new RateBudget(std::move(impl)));
}

Result<void> RateBudget::Acquire() {
  for (;;) {
    std::int64_t pause_ms = 0;
    {
      const std::lock_guard threads(impl_->mutex);
      LITMILL_TRY(const Descriptor file, impl_->Lock());
      LITMILL_TRY(State state, impl_->Read(file.get()));
      const std::int64_t now = impl_->clock->SteadyMs();
      const std::int64_t interval_ms = std::max(impl_->interval_ms, impl_->service_interval_ms.load());
      pause_ms = state.paused_until_ms - now;
      if (pause_ms <= 0) {
        const std::int64_t wait_ms = state.ever_sent ? state.last_sent_ms + interval_ms - now : 0;
        // The lock is kept while waiting: who comes later waits for us and then a whole interval more.
        if (wait_ms > 0 && !impl_->sleeper->Sleep(std::chrono::milliseconds(wait_ms))) return Fail(Stopped());
        state.last_sent_ms = impl_->clock->SteadyMs();
        return impl_->Write(file.get(), state);
      }
    }
    // A long pause is waited for without the lock, so that another process can still make it longer.
    if (!impl_->sleeper->Sleep(std::chrono::milliseconds(pause_ms))) return Fail(Stopped());
  }
}

Result<void> RateBudget::Pause(std::int64_t wait_ms) {
  const std::lock_guard threads(impl_->mutex);
  LITMILL_TRY(const Descriptor file, impl_->Lock());
  LITMILL_TRY(State state, impl_->Read(file.get()));
  const std::int64_t now = impl_->clock->SteadyMs();
  if (!state.ever_sent) state.last_sent_ms = std::min(state.last_sent_ms, now);
  state.paused_until_ms = std::max(state.paused_until_ms, now + std::clamp<std::int64_t>(wait_ms, 0, kMaxPauseMs));
  return impl_->Write(file.get(), state);
}

void RateBudget::ObeyService(std::int64_t interval_ms) {
  impl_->service_interval_ms = std::clamp<std::int64_t>(interval_ms, 0, kMaxPauseMs);
}

Result<std::string> SharedStateFolder() {
  if (const char* named = std::getenv("LITMILL_STATE_DIR"); named != nullptr && *named != '\0') {
    LITMILL_CHECK(EnsureFolder(named, 0755));
    return std::string(named);
  }
  // Not $TMPDIR: it is often private to a user, and the budget belongs to the host.
  const std::string folder = std::string(P_tmpdir) + "/litmill-state";
  LITMILL_CHECK(EnsureFolder(folder, 01777));
  return folder;
}

}  // namespace litmill::fetch
