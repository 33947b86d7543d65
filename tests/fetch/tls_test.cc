// SPDX-License-Identifier: Apache-2.0
// A certificate that nobody vouches for is refused; one that the user names is accepted; a name that does not fit is
// refused. The server is OpenSSL's own, with a certificate made for this test.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

#include "fetch/transport.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

namespace litmill::fetch {
namespace {

using litmill::testing::IsError;
using litmill::testing::IsOk;

/// Runs a program with its output in `out`; returns its process.
pid_t Spawn(const std::vector<std::string>& words, const std::string& out) {
  const pid_t process = fork();
  if (process != 0) return process;
  const int file = open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  dup2(file, STDOUT_FILENO);
  dup2(file, STDERR_FILENO);
  std::vector<char*> argv;
  std::vector<std::string> copy = words;
  for (std::string& word : copy) argv.push_back(word.data());
  argv.push_back(nullptr);
  execvp(argv[0], argv.data());
  _exit(127);
}

class Tls : public ::testing::Test {
 protected:
  void SetUp() override {
    unsetenv("LITMILL_CA_FILE");
    int status = 0;
    waitpid(Spawn({"openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", dir_.File("key.pem"), "-out",
                   dir_.File("cert.pem"), "-days", "2", "-subj", "/CN=test", "-addext", "subjectAltName=IP:127.0.0.1"},
                  dir_.File("req.txt")),
            &status, 0);
    ASSERT_EQ(status, 0) << "openssl could not make a certificate";
    server_ = Spawn({"openssl", "s_server", "-accept", "127.0.0.1:0", "-key", dir_.File("key.pem"), "-cert",
                     dir_.File("cert.pem"), "-www"},
                    dir_.File("server.txt"));
    for (int i = 0; i < 500 && port_.empty(); ++i) {
      usleep(10'000);
      const std::string text = testing::ReadTestFile(dir_.File("server.txt"));
      const std::size_t at = text.find("ACCEPT 127.0.0.1:");
      const std::size_t end = at == std::string::npos ? at : text.find('\n', at);
      if (end != std::string::npos) port_ = text.substr(at + 17, end - at - 17);
    }
    ASSERT_FALSE(port_.empty());
  }

  void TearDown() override {
    unsetenv("LITMILL_CA_FILE");
    if (server_ <= 0) return;
    kill(server_, SIGKILL);
    waitpid(server_, nullptr, 0);
  }

  Result<HttpResponse> Get(const std::string& host) {
    CurlTransport transport({}, "litmill-test", nullptr);
    HttpRequest request;
    request.url = "https://" + host + ":" + port_ + "/";
    return transport.Send(request);
  }

  litmill::testing::TempDir dir_;
  pid_t server_ = -1;
  std::string port_;
};

TEST_F(Tls, ACertificateThatNobodyVouchesForIsRefused) {
  const auto answer = Get("127.0.0.1");
  ASSERT_THAT(answer, IsError(ErrorCode::kPermanentRemote));
  EXPECT_THAT(answer.error().message, ::testing::HasSubstr("LITMILL_CA_FILE")) << "the message says what to do";
}

TEST_F(Tls, ACertificateThatTheUserNamesIsAccepted) {
  setenv("LITMILL_CA_FILE", dir_.File("cert.pem").c_str(), 1);
  const auto answer = Get("127.0.0.1");
  ASSERT_THAT(answer, IsOk());
  EXPECT_EQ(answer->status, 200);
}

TEST_F(Tls, ACertificateOfAnotherNameIsRefused) {
  setenv("LITMILL_CA_FILE", dir_.File("cert.pem").c_str(), 1);
  EXPECT_THAT(Get("localhost"), IsError(ErrorCode::kPermanentRemote));
}

}  // namespace
}  // namespace litmill::fetch
