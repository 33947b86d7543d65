// SPDX-License-Identifier: Apache-2.0
// Sockets by hand, because a proper HTTP library cannot be made to break the protocol at a chosen byte.
#include "tests/services/http_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <optional>
#include <set>
#include <thread>

#include <fmt/format.h>

namespace litmill::services {
namespace {

constexpr std::size_t kMaxHead = 1U << 20U;
constexpr std::size_t kMaxBody = 256U << 20U;
constexpr int kPollMs = 100;  // How soon a waiting connection notices that the server stops.

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

std::string_view Trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string Unescape(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && HexDigit(text[i + 1]) >= 0 && HexDigit(text[i + 2]) >= 0) {
      plain += static_cast<char>(HexDigit(text[i + 1]) * 16 + HexDigit(text[i + 2]));
      i += 2;
    } else {
      plain += text[i] == '+' ? ' ' : text[i];
    }
  }
  return plain;
}

std::string_view StatusText(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 302:
      return "Found";
    case 400:
      return "Bad Request";
    case 404:
      return "Not Found";
    case 411:
      return "Length Required";
    case 413:
      return "Payload Too Large";
    case 414:
      return "Request-URI Too Long";
    case 429:
      return "Too Many Requests";
    case 500:
      return "Internal Server Error";
    case 502:
      return "Bad Gateway";
    case 503:
      return "Service Unavailable";
    case 504:
      return "Gateway Timeout";
    default:
      return "Status";
  }
}

void CloseWithReset(int fd) {
  const linger abrupt{1, 0};
  setsockopt(fd, SOL_SOCKET, SO_LINGER, &abrupt, sizeof(abrupt));
}

}  // namespace

std::string Request::Parameter(const std::string& name, std::string_view fallback) const {
  const auto found = parameters.find(name);
  return found == parameters.end() ? std::string(fallback) : found->second;
}

std::string_view Request::Header(std::string_view lower_case_name) const {
  for (const auto& [name, value] : headers) {
    if (name == lower_case_name) return value;
  }
  return {};
}

void ParseForm(std::string_view text, std::map<std::string, std::string>* into) {
  while (!text.empty()) {
    const std::string_view pair = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(text.size(), pair.size() + 1));
    if (pair.empty()) continue;
    const std::size_t equals = pair.find('=');
    std::string value = equals == std::string_view::npos ? "" : Unescape(pair.substr(equals + 1));
    std::string& slot = (*into)[Unescape(pair.substr(0, equals))];
    slot = slot.empty() ? std::move(value) : slot + "," + value;
  }
}

struct HttpServer::Impl {
  Handler handler;
  int listener = -1;
  int port = 0;
  std::atomic<bool> stop{false};
  std::thread acceptor;
  std::mutex mutex;
  std::condition_variable idle;
  std::set<int> open;  // Sockets of running connections; each is closed by its own thread.

  void AcceptLoop();
  void Serve(int fd);
  bool WaitReadable(int fd) const;
  std::optional<Request> ReadRequest(int fd, std::string* buffer, Reply* refusal) const;
  bool Deliver(int fd, const Reply& reply, bool keep_alive) const;
  bool SendAll(int fd, std::string_view bytes) const;
  void Pause(int fd, int milliseconds) const;
};

bool HttpServer::Impl::WaitReadable(int fd) const {
  while (!stop) {
    pollfd waiting{fd, POLLIN, 0};
    const int ready = poll(&waiting, 1, kPollMs);
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return false;
  }
  return false;
}

/// Waits, but no longer than the peer keeps the connection or the server runs.
void HttpServer::Impl::Pause(int fd, int milliseconds) const {
  const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds);
  while (!stop) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
    if (left.count() <= 0) return;
    pollfd waiting{fd, POLLRDHUP, 0};
    if (poll(&waiting, 1, static_cast<int>(std::min<std::int64_t>(left.count(), kPollMs))) != 0) return;
  }
}

bool HttpServer::Impl::SendAll(int fd, std::string_view bytes) const {
  while (!bytes.empty() && !stop) {
    const ssize_t sent = send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    } else if (sent < 0 && errno == EAGAIN) {
      pollfd waiting{fd, POLLOUT, 0};
      poll(&waiting, 1, kPollMs);
    } else if (sent < 0 && errno != EINTR) {
      return false;
    }
  }
  return bytes.empty();
}

/// The next request on the connection; nothing when the peer is done or broken (`refusal->status` is set when it
/// deserves an answer).
std::optional<Request> HttpServer::Impl::ReadRequest(int fd, std::string* buffer, Reply* refusal) const {
  refusal->status = 0;
  const auto read_more = [&] {
    char block[65536];
    if (!WaitReadable(fd)) return false;
    const ssize_t got = recv(fd, block, sizeof(block), 0);
    if (got <= 0) return false;
    buffer->append(block, static_cast<std::size_t>(got));
    return true;
  };
  std::size_t head_end = 0;
  while ((head_end = buffer->find("\r\n\r\n")) == std::string::npos) {
    if (buffer->size() > kMaxHead || !read_more()) return std::nullopt;
  }
  Request request;
  const std::string head = buffer->substr(0, head_end);
  buffer->erase(0, head_end + 4);
  std::string_view rest = head;
  const auto next_line = [&rest] {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    return Trim(line);
  };
  const std::string_view first = next_line();
  const std::size_t space = first.find(' ');
  const std::size_t last_space = first.rfind(' ');
  if (space == std::string_view::npos || last_space == space) {
    *refusal = Reply{400, "text/plain", {}, "not an HTTP request\n"};
    return std::nullopt;
  }
  request.method = first.substr(0, space);
  request.target = first.substr(space + 1, last_space - space - 1);
  while (!rest.empty()) {
    const std::string_view line = next_line();
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos) {
      request.headers.emplace_back(Lower(line.substr(0, colon)), Trim(line.substr(colon + 1)));
    }
  }
  if (!request.Header("transfer-encoding").empty()) {
    *refusal = Reply{411, "text/plain", {}, "send a Content-Length\n"};
    return std::nullopt;
  }
  const std::size_t length = std::strtoul(std::string(request.Header("content-length")).c_str(), nullptr, 10);
  if (length > kMaxBody) {
    *refusal = Reply{413, "text/plain", {}, "body too large\n"};
    return std::nullopt;
  }
  if (Lower(request.Header("expect")) == "100-continue") SendAll(fd, "HTTP/1.1 100 Continue\r\n\r\n");
  while (buffer->size() < length) {
    if (!read_more()) return std::nullopt;
  }
  request.body = buffer->substr(0, length);
  buffer->erase(0, length);
  const std::size_t question = request.target.find('?');
  request.path = Unescape(request.target.substr(0, question));
  if (question != std::string::npos)
    ParseForm(std::string_view(request.target).substr(question + 1), &request.parameters);
  if (Lower(request.Header("content-type")).starts_with("application/x-www-form-urlencoded")) {
    ParseForm(request.body, &request.parameters);
  }
  return request;
}

/// Sends the reply; true when the connection may be used again.
bool HttpServer::Impl::Deliver(int fd, const Reply& reply, bool keep_alive) const {
  const bool honest = reply.delivery == Delivery::kWhole || reply.delivery == Delivery::kSlow;
  const std::size_t part = std::min(reply.sent_bytes, reply.body.size());
  if (reply.delivery == Delivery::kResetBeforeHeaders) {
    CloseWithReset(fd);
    return false;
  }
  std::string head =
      fmt::format("HTTP/1.1 {} {}\r\nServer: litmill-standin\r\n", reply.status, StatusText(reply.status));
  if (!reply.content_type.empty()) head += "Content-Type: " + reply.content_type + "\r\n";
  for (const auto& [name, value] : reply.headers) head += name + ": " + value + "\r\n";
  if (reply.delivery == Delivery::kChunkedAbort) {
    head += "Transfer-Encoding: chunked\r\n";
  } else {
    head +=
        fmt::format("Content-Length: {}\r\n", reply.delivery == Delivery::kLengthTooShort ? part : reply.body.size());
  }
  head += honest && keep_alive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
  const std::string_view body = reply.body;
  switch (reply.delivery) {
    case Delivery::kWhole:
      return SendAll(fd, head + reply.body) && keep_alive;
    case Delivery::kLengthTooShort:
      SendAll(fd, head + reply.body);
      return false;
    case Delivery::kCloseInBody:
      SendAll(fd, head + reply.body.substr(0, part));
      return false;
    case Delivery::kChunkedAbort:
      SendAll(fd, head + (part > 0 ? fmt::format("{:x}\r\n{}\r\n", part, body.substr(0, part)) : ""));
      return false;
    case Delivery::kResetInBody:
      SendAll(fd, head + reply.body.substr(0, part));
      Pause(fd, 20);  // Lets the first part reach the peer, so that this is not the same as a reset before the headers.
      CloseWithReset(fd);
      return false;
    case Delivery::kStall:
      SendAll(fd, head + reply.body.substr(0, part));
      Pause(fd, reply.pause_ms);
      return false;
    case Delivery::kSlow: {
      if (!SendAll(fd, head)) return false;
      const std::size_t piece = body.size() / 32 + 1;
      for (std::size_t at = 0; at < body.size(); at += piece) {
        Pause(fd, reply.pause_ms);
        if (!SendAll(fd, body.substr(at, piece))) return false;
      }
      return keep_alive;
    }
    case Delivery::kResetBeforeHeaders:
      break;
  }
  return false;
}

void HttpServer::Impl::Serve(int fd) {
  std::string buffer;
  bool again = true;
  while (again && !stop) {
    Reply reply;
    const std::optional<Request> request = ReadRequest(fd, &buffer, &reply);
    if (request) reply = handler(*request);
    if (!request && reply.status == 0) break;
    const bool keep_alive = request && Lower(request->Header("connection")) != "close";
    again = Deliver(fd, reply, keep_alive);
  }
  const std::lock_guard lock(mutex);
  open.erase(fd);
  close(fd);
  idle.notify_all();
}

void HttpServer::Impl::AcceptLoop() {
  while (WaitReadable(listener)) {
    const int fd = accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0) continue;
    const int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    const std::lock_guard lock(mutex);
    open.insert(fd);
    std::thread([this, fd] { Serve(fd); }).detach();  // The destructor waits until `open` is empty.
  }
}

Result<std::unique_ptr<HttpServer>> HttpServer::Start(const std::string& address, int port, Handler handler) {
  auto impl = std::make_unique<Impl>();
  impl->handler = std::move(handler);
  impl->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in where{};
  where.sin_family = AF_INET;
  where.sin_port = htons(static_cast<std::uint16_t>(port));
  inet_pton(AF_INET, address.c_str(), &where.sin_addr);
  const int on = 1;
  setsockopt(impl->listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  socklen_t size = sizeof(where);
  auto* generic = static_cast<sockaddr*>(static_cast<void*>(&where));
  if (impl->listener < 0 || bind(impl->listener, generic, size) != 0 || listen(impl->listener, 128) != 0 ||
      getsockname(impl->listener, generic, &size) != 0) {
    const int error = errno;
    if (impl->listener >= 0) close(impl->listener);
    return Fail(ErrorCode::kIo, fmt::format("cannot listen on {}:{}: {}", address, port, std::strerror(error)));
  }
  impl->port = ntohs(where.sin_port);
  Impl* running = impl.get();
  impl->acceptor = std::thread([running] { running->AcceptLoop(); });
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(impl)));
}

HttpServer::HttpServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

HttpServer::~HttpServer() {
  impl_->stop = true;
  impl_->acceptor.join();
  close(impl_->listener);
  std::unique_lock lock(impl_->mutex);
  for (const int fd : impl_->open) shutdown(fd, SHUT_RDWR);
  impl_->idle.wait(lock, [this] { return impl_->open.empty(); });
}

int HttpServer::port() const { return impl_->port; }

}  // namespace litmill::services
