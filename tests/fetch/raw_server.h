// SPDX-License-Identifier: Apache-2.0
// A server on loopback that writes exactly the bytes it is told to, however broken they are as HTTP.
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace litmill::fetch::testing {

/// One accepted connection, as a script sees it.
class RawConnection {
 public:
  RawConnection(int fd, const std::atomic<bool>& stop) : fd_(fd), stop_(stop) {}
  /// Reads one request: head and a body of its Content-Length. Empty when the client is gone.
  [[nodiscard]] std::string ReadRequest() const;
  void Write(const std::string& bytes) const;
  /// Waits for `ms`, or less when the server is being taken down.
  void Wait(int ms) const;
  /// Closes with a TCP reset instead of a clean end.
  void Reset() const;

 private:
  int fd_;
  const std::atomic<bool>& stop_;
};

class RawServer {
 public:
  using Script = std::function<void(const RawConnection&, const std::string& request)>;
  /// Calls `script` with each request; the connection is closed when it returns, unless `keep_alive`.
  explicit RawServer(Script script, bool keep_alive = false);
  ~RawServer();
  RawServer(const RawServer&) = delete;
  RawServer& operator=(const RawServer&) = delete;

  [[nodiscard]] std::string Url(const std::string& path) const;
  [[nodiscard]] int port() const { return port_; }
  [[nodiscard]] std::vector<std::string> requests() const;
  [[nodiscard]] int connections() const { return connections_; }

 private:
  void Serve();

  Script script_;
  bool keep_alive_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> stop_{false};
  std::atomic<int> connections_{0};
  mutable std::mutex mutex_;
  std::vector<std::string> requests_;
  std::thread thread_;
};

}  // namespace litmill::fetch::testing
