// SPDX-License-Identifier: Apache-2.0
// How litmill reports failure: a value or an Error, never an exception for what is expected to happen.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include <tl/expected.hpp>

namespace litmill {

/// Kinds of failure on which a caller acts differently. A kind nobody acts on does not belong here.
enum class ErrorCode {
  kInvalidInput,     ///< The caller's data is wrong (a malformed identifier, SQL, file format): fix the input.
  kNotFound,         ///< What was asked for does not exist.
  kCorruptInput,     ///< Bytes that should be sound are not (checksum, cut gzip, broken database): get them again.
  kThrottled,        ///< A service said "slow down" and the retries are used up.
  kTransientRemote,  ///< A service or the network failed for now and the retries are used up.
  kPermanentRemote,  ///< A service refused the request; repeating it will not help (bad key, bad query).
  kSessionLost,      ///< A service forgot our history session: search again.
  kIo,               ///< The operating system failed a read or write (permissions, disk full).
  kBusy,             ///< Another process holds the lock or the database.
  kConfig,           ///< The configuration, a rule file or the command line is wrong.
  kTooNew,           ///< The file was written by a newer litmill; it is left alone.
  kInterrupted,      ///< The user asked to stop; the work can be resumed.
  kIntegrity,        ///< A completeness or consistency check failed.
  kInternal,         ///< A bug in litmill.
};

/// The stable lower-case name of `code` ("invalid-input", "corrupt-input", ...), used in logs and the
/// `problems` table.
[[nodiscard]] std::string_view ErrorCodeName(ErrorCode code);

/// A failure as a person should read it: what happened, to which input, where, what to do next.
/// `message` never holds a secret.
struct Error {
  ErrorCode code = ErrorCode::kInternal;
  std::string message;

  /// The same error with "`context`: " in front of its message, for the caller that knows the input's name.
  [[nodiscard]] Error With(std::string_view context) const {
    return Error{code, std::string(context) + ": " + message};
  }
};

/// Either a T or an Error. Every function returning one is marked [[nodiscard]].
template <typename T>
using Result = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> Fail(ErrorCode code, std::string message) {
  return tl::make_unexpected(Error{code, std::move(message)});
}
[[nodiscard]] inline tl::unexpected<Error> Fail(Error error) { return tl::make_unexpected(std::move(error)); }

}  // namespace litmill

#define LITMILL_CONCAT_INNER(a, b) a##b
#define LITMILL_CONCAT(a, b) LITMILL_CONCAT_INNER(a, b)

/// LITMILL_TRY(auto x, Call()) — x takes the value, or the enclosing function returns the error.
#define LITMILL_TRY(declaration, expression) \
  LITMILL_TRY_IMPL(LITMILL_CONCAT(litmill_result_, __LINE__), declaration, expression)
#define LITMILL_TRY_IMPL(result, declaration, expression)         \
  auto result = (expression);                                     \
  if (!result) return ::litmill::Fail(std::move(result).error()); \
  declaration = std::move(*result)

/// LITMILL_CHECK(Call()) — for Result<void>: go on, or return the error.
#define LITMILL_CHECK(expression)                                                               \
  do {                                                                                          \
    auto litmill_check_result = (expression);                                                   \
    if (!litmill_check_result) return ::litmill::Fail(std::move(litmill_check_result).error()); \
  } while (false)
