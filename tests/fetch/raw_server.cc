// SPDX-License-Identifier: Apache-2.0
#include "tests/fetch/raw_server.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <utility>

namespace litmill::fetch::testing {

std::string RawConnection::ReadRequest() const {
  std::string text;
  std::size_t needed = std::string::npos;
  char buffer[4096];
  while (!stop_ && text.size() < needed) {
    pollfd wait{fd_, POLLIN, 0};
    if (poll(&wait, 1, 20) == 0) continue;
    const ssize_t size = recv(fd_, buffer, sizeof buffer, 0);
    if (size <= 0) return {};
    text.append(buffer, static_cast<std::size_t>(size));
    const std::size_t head = text.find("\r\n\r\n");
    if (head == std::string::npos) continue;
    const std::size_t length = text.find("Content-Length: ");
    needed = head + 4 + (length < head ? std::stoul(text.substr(length + 16)) : 0);
  }
  return text;
}

void RawConnection::Write(const std::string& bytes) const {
  std::size_t at = 0;
  while (at < bytes.size() && !stop_) {
    const ssize_t size = send(fd_, bytes.data() + at, bytes.size() - at, MSG_NOSIGNAL);
    if (size <= 0) return;
    at += static_cast<std::size_t>(size);
  }
}

void RawConnection::Wait(int ms) const {
  for (int waited = 0; waited < ms && !stop_; waited += 10) std::this_thread::sleep_for(std::chrono::milliseconds(10));
}

void RawConnection::Reset() const {
  const linger hard{1, 0};
  setsockopt(fd_, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
}

RawServer::RawServer(Script script, bool keep_alive) : script_(std::move(script)), keep_alive_(keep_alive) {
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = static_cast<sockaddr*>(static_cast<void*>(&address));
  EXPECT_EQ(bind(listener_, generic, size), 0);
  EXPECT_EQ(listen(listener_, 16), 0);
  EXPECT_EQ(getsockname(listener_, generic, &size), 0);
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { Serve(); });
}

RawServer::~RawServer() {
  stop_ = true;
  thread_.join();
  close(listener_);
}

std::string RawServer::Url(const std::string& path) const { return "http://127.0.0.1:" + std::to_string(port_) + path; }

std::vector<std::string> RawServer::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

void RawServer::Serve() {
  std::vector<std::thread> workers;
  while (!stop_) {
    pollfd wait{listener_, POLLIN, 0};
    if (poll(&wait, 1, 20) <= 0) continue;
    const int fd = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0) continue;
    ++connections_;
    workers.emplace_back([this, fd] {
      const RawConnection connection(fd, stop_);
      do {
        const std::string request = connection.ReadRequest();
        if (request.empty()) break;
        {
          const std::lock_guard lock(mutex_);
          requests_.push_back(request);
        }
        script_(connection, request);
      } while (keep_alive_ && !stop_);
      close(fd);
    });
  }
  for (std::thread& worker : workers) worker.join();
}

}  // namespace litmill::fetch::testing
