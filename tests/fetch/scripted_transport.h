// SPDX-License-Identifier: Apache-2.0
// A Transport that plays a list of answers and remembers every request.
#pragma once

#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "fetch/transport.h"

namespace litmill::fetch::testing {

inline HttpResponse Reply(int status, std::string body, std::string media_type = "text/xml; charset=UTF-8",
                          std::vector<std::pair<std::string, std::string>> headers = {}) {
  headers.emplace_back("content-type", std::move(media_type));
  return HttpResponse{status, std::move(headers), std::move(body)};
}

/// Thread-safe. When the list is played out it answers kInternal, so that a request too many cannot go unseen.
class ScriptedTransport : public Transport {
 public:
  [[nodiscard]] Result<HttpResponse> Send(const HttpRequest& request) override {
    const std::lock_guard lock(mutex_);
    requests_.push_back(request);
    if (answers_.empty()) return Fail(ErrorCode::kInternal, "the script has no answer left");
    Result<HttpResponse> answer = std::move(answers_.front());
    answers_.pop_front();
    return answer;
  }
  void Add(HttpResponse answer) { answers_.emplace_back(std::move(answer)); }
  void AddFailure(ErrorCode code, std::string message) { answers_.emplace_back(Fail(code, std::move(message))); }
  [[nodiscard]] const std::vector<HttpRequest>& requests() const { return requests_; }
  [[nodiscard]] std::size_t left() const { return answers_.size(); }

 private:
  std::mutex mutex_;
  std::deque<Result<HttpResponse>> answers_;
  std::vector<HttpRequest> requests_;
};

/// A Transport whose answers are computed from the request.
class ComputedTransport : public Transport {
 public:
  using Answerer = std::function<Result<HttpResponse>(const HttpRequest&)>;
  explicit ComputedTransport(Answerer answerer) : answerer_(std::move(answerer)) {}
  [[nodiscard]] Result<HttpResponse> Send(const HttpRequest& request) override {
    requests_.push_back(request);
    return answerer_(request);
  }
  [[nodiscard]] const std::vector<HttpRequest>& requests() const { return requests_; }

 private:
  Answerer answerer_;
  std::vector<HttpRequest> requests_;
};

/// The decoded value of a form parameter; empty when it is missing.
inline std::string FormValue(const std::string& body, const std::string& name) {
  std::size_t at = 0;
  while (at <= body.size()) {
    const std::size_t end = std::min(body.find('&', at), body.size());
    const std::string field = body.substr(at, end - at);
    const std::size_t equals = field.find('=');
    if (equals != std::string::npos && field.substr(0, equals) == name) {
      std::string value;
      for (std::size_t i = equals + 1; i < field.size(); ++i) {
        if (field[i] == '%') {
          value += static_cast<char>(std::stoi(field.substr(i + 1, 2), nullptr, 16));
          i += 2;
        } else {
          value += field[i];
        }
      }
      return value;
    }
    at = end + 1;
  }
  return {};
}

}  // namespace litmill::fetch::testing
