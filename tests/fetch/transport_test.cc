// SPDX-License-Identifier: Apache-2.0
#include "fetch/transport.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <chrono>
#include <cstdlib>

#include "fetch/gunzip.h"
#include "fetch/redirect.h"
#include "tests/fetch/raw_server.h"
#include "tests/support/matchers.h"

namespace litmill::fetch {
namespace {

using litmill::testing::IsError;
using litmill::testing::IsOk;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::RawConnection;
using testing::RawServer;
using ::testing::SizeIs;

TransportLimits Quick() {
  TransportLimits limits;
  limits.connect_timeout_ms = 2'000;
  limits.stall_timeout_s = 1;
  limits.total_timeout_ms = 20'000;
  limits.max_body_bytes = 100'000;
  limits.max_redirects = 3;
  return limits;
}

std::string Response(int status, const std::string& body, const std::string& headers = "") {
  return "HTTP/1.1 " + std::to_string(status) + " X\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
         headers + "\r\n" + body;
}

std::string Gzip(const std::string& bytes) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string out(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
  stream.next_in = static_cast<Bytef*>(static_cast<void*>(const_cast<char*>(bytes.data())));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = static_cast<Bytef*>(static_cast<void*>(out.data()));
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

HttpRequest Get(const std::string& url) { return {"GET", url, "", {}}; }
HttpRequest Post(const std::string& url, const std::string& body) { return {"POST", url, body, {}}; }

TEST(GunzipStream, AnySharesGiveTheSameAndEveryTruncationIsSeen) {
  std::string text;
  for (unsigned i = 0, x = 3; i < 40'000; ++i) text += static_cast<char>('a' + (x = x * 1664525U + 1013904223U) % 7);
  const std::string packed = Gzip(text) + Gzip("second member");
  const std::size_t first_member = Gzip(text).size();
  for (const std::size_t share : {std::size_t{1}, std::size_t{7}, std::size_t{1'000}, packed.size()}) {
    GunzipStream stream;
    std::string out;
    for (std::size_t at = 0; at < packed.size(); at += share)
      ASSERT_EQ(stream.Feed(std::string_view(packed).substr(at, share), out, 1'000'000), GunzipStream::Status::kOk);
    EXPECT_TRUE(stream.complete());
    EXPECT_EQ(out, text + "second member");
  }
  for (std::size_t size = 0; size < packed.size(); size += 13) {
    if (size == first_member) continue;
    GunzipStream stream;
    std::string out;
    EXPECT_EQ(stream.Feed(std::string_view(packed).substr(0, size), out, 1'000'000), GunzipStream::Status::kOk);
    EXPECT_FALSE(stream.complete()) << size;
  }
  GunzipStream bounded;
  std::string out;
  EXPECT_EQ(bounded.Feed(packed, out, 20'000), GunzipStream::Status::kTooLarge);
  EXPECT_LE(out.size(), 20'000U);
}

class CurlTransportTest : public ::testing::Test {
 protected:
  std::atomic<bool> stop_{false};
  CurlTransport transport_{Quick(), "litmill-test/1", &stop_};
};

TEST_F(CurlTransportTest, PostsAFormAndReadsStatusHeadersAndBody) {
  RawServer server([](const RawConnection& c, const std::string&) {
    c.Write(Response(418, "short and stout", "X-Mixed-Case:  Value \r\nRetry-After: 2\r\n"));
  });
  HttpRequest request = Post(server.Url("/pot?q=1"), "a=1&b=2");
  request.headers.emplace_back("X-Mine", "yes");
  const auto response = transport_.Send(request);
  ASSERT_THAT(response, IsOk());
  EXPECT_EQ(response->status, 418);
  EXPECT_EQ(response->body, "short and stout");
  EXPECT_EQ(response->Header("x-mixed-case"), "Value");
  EXPECT_EQ(response->Header("retry-after"), "2");
  EXPECT_EQ(response->Header("missing"), "");
  ASSERT_THAT(server.requests(), SizeIs(1));
  const std::string sent = server.requests()[0];
  EXPECT_THAT(sent, HasSubstr("POST /pot?q=1 HTTP/1.1\r\n"));
  EXPECT_THAT(sent, HasSubstr("User-Agent: litmill-test/1\r\n"));
  EXPECT_THAT(sent, HasSubstr("Content-Type: application/x-www-form-urlencoded\r\n"));
  EXPECT_THAT(sent, HasSubstr("Accept-Encoding: gzip\r\n"));
  EXPECT_THAT(sent, HasSubstr("X-Mine: yes\r\n"));
  EXPECT_THAT(sent, Not(HasSubstr("Expect:")));
  EXPECT_THAT(sent, HasSubstr("\r\n\r\na=1&b=2"));
}

TEST_F(CurlTransportTest, AConnectionIsUsedAgainAndRequestsDoNotMix) {
  RawServer server([](const RawConnection& c,
                      const std::string& request) { c.Write(Response(200, request.substr(0, request.find(' ')))); },
                   /*keep_alive=*/true);
  for (int i = 0; i < 3; ++i) {
    const auto posted = transport_.Send(Post(server.Url("/"), "x=1"));
    ASSERT_THAT(posted, IsOk());
    EXPECT_EQ(posted->body, "POST");
    const auto got = transport_.Send(Get(server.Url("/")));
    ASSERT_THAT(got, IsOk());
    EXPECT_EQ(got->body, "GET");
  }
  EXPECT_EQ(server.connections(), 1);
}

TEST_F(CurlTransportTest, GzipIsUnpackedAndChunksAreJoined) {
  const std::string text(50'000, 'z');
  RawServer server([&](const RawConnection& c, const std::string& request) {
    if (request.find("/gzip") != std::string::npos)
      c.Write(Response(200, Gzip(text), "Content-Encoding: gzip\r\n"));
    else
      c.Write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n");
  });
  const auto packed = transport_.Send(Get(server.Url("/gzip")));
  ASSERT_THAT(packed, IsOk());
  EXPECT_EQ(packed->body, text);
  const auto chunked = transport_.Send(Get(server.Url("/chunked")));
  ASSERT_THAT(chunked, IsOk());
  EXPECT_EQ(chunked->body, "abcdefg");
}

struct Broken {
  const char* name;
  std::function<void(const RawConnection&, const std::string&)> script;
  ErrorCode code;
  const char* says;
};

TEST_F(CurlTransportTest, BrokenExchangesAreSorted) {
  const std::string bomb = Gzip(std::string(50'000'000, '\0'));
  std::string cut_gzip = Gzip("some text that is long enough to be cut");
  cut_gzip.resize(cut_gzip.size() - 12);
  const Broken cases[] = {
      {"closed at once", [](const RawConnection&, const std::string&) {}, ErrorCode::kTransientRemote, ""},
      {"reset", [](const RawConnection& c, const std::string&) { c.Reset(); }, ErrorCode::kTransientRemote, ""},
      {"reset in the body",
       [](const RawConnection& c, const std::string&) {
         c.Write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc");
         c.Wait(50);
         c.Reset();
       },
       ErrorCode::kTransientRemote, ""},
      {"shorter than its length",
       [](const RawConnection& c, const std::string&) { c.Write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"); },
       ErrorCode::kTransientRemote, ""},
      {"chunks cut",
       [](const RawConnection& c, const std::string&) {
         c.Write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab");
       },
       ErrorCode::kTransientRemote, ""},
      {"chunks without end",
       [](const RawConnection& c, const std::string&) {
         c.Write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n");
       },
       ErrorCode::kTransientRemote, ""},
      {"headers cut", [](const RawConnection& c, const std::string&) { c.Write("HTTP/1.1 200 OK\r\nContent-Le"); },
       ErrorCode::kTransientRemote, ""},
      {"no HTTP", [](const RawConnection& c, const std::string&) { c.Write("SSH-2.0-OpenSSH_9.2\r\n"); },
       ErrorCode::kTransientRemote, ""},
      {"stalls after the headers",
       [](const RawConnection& c, const std::string&) {
         c.Write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc");
         c.Wait(15'000);
       },
       ErrorCode::kTransientRemote, ""},
      {"never answers", [](const RawConnection& c, const std::string&) { c.Wait(15'000); }, ErrorCode::kTransientRemote,
       ""},
      {"bad gzip",
       [](const RawConnection& c, const std::string&) {
         c.Write(Response(200, "this is no gzip", "Content-Encoding: gzip\r\n"));
       },
       ErrorCode::kTransientRemote, ""},
      {"gzip cut",
       [&](const RawConnection& c, const std::string&) {
         c.Write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + cut_gzip);
       },
       ErrorCode::kTransientRemote, ""},
      {"unasked encoding",
       [](const RawConnection& c, const std::string&) { c.Write(Response(200, "abc", "Content-Encoding: br\r\n")); },
       ErrorCode::kTransientRemote, ""},
      {"gzip with a tail",
       [&](const RawConnection& c, const std::string&) {
         c.Write(Response(200, Gzip("x") + "tail", "Content-Encoding: gzip\r\n"));
       },
       ErrorCode::kTransientRemote, ""},
      {"too large",
       [](const RawConnection& c, const std::string&) { c.Write(Response(200, std::string(100'001, 'x'))); },
       ErrorCode::kPermanentRemote, "larger than the limit of 100000 bytes"},
      {"gzip bomb",
       [&](const RawConnection& c, const std::string&) { c.Write(Response(200, bomb, "Content-Encoding: gzip\r\n")); },
       ErrorCode::kPermanentRemote, "larger than the limit"},
      {"endless headers",
       [](const RawConnection& c, const std::string&) {
         c.Write("HTTP/1.1 200 OK\r\n");
         for (int i = 0; i < 1'000; ++i) c.Write("X-" + std::to_string(i) + ": " + std::string(1'000, 'h') + "\r\n");
       },
       ErrorCode::kPermanentRemote, "headers"},
  };
  for (const Broken& c : cases) {
    RawServer server(c.script);
    const auto response = transport_.Send(Get(server.Url("/path?api_key=SECRET")));
    ASSERT_THAT(response, IsError(c.code)) << c.name;
    EXPECT_THAT(response.error().message, HasSubstr(c.says)) << c.name;
    EXPECT_THAT(response.error().message, HasSubstr("127.0.0.1:" + std::to_string(server.port()) + "/path")) << c.name;
    EXPECT_THAT(response.error().message, Not(HasSubstr("SECRET"))) << c.name;
  }
}

TEST_F(CurlTransportTest, ABodyAtTheLimitIsAccepted) {
  RawServer server(
      [](const RawConnection& c, const std::string&) { c.Write(Response(200, std::string(100'000, 'x'))); });
  EXPECT_THAT(transport_.Send(Get(server.Url("/"))), IsOk());
}

TEST_F(CurlTransportTest, SlowBytesArePatientlyReadUntilTheTotalTimeIsUp) {
  RawServer slow([](const RawConnection& c, const std::string&) {
    c.Write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
    for (int i = 0; i < 5; ++i) {
      c.Write("s");
      c.Wait(100);
    }
  });
  const auto response = transport_.Send(Get(slow.Url("/")));
  ASSERT_THAT(response, IsOk());
  EXPECT_EQ(response->body, "sssss");

  TransportLimits hurried = Quick();
  hurried.total_timeout_ms = 200;
  CurlTransport impatient(hurried, "t", nullptr);
  EXPECT_THAT(impatient.Send(Get(slow.Url("/"))), IsError(ErrorCode::kTransientRemote));
}

TEST_F(CurlTransportTest, NobodyListeningIsTransient) {
  int port = 0;
  {
    RawServer server([](const RawConnection&, const std::string&) {});
    port = server.port();
  }
  EXPECT_THAT(transport_.Send(Get("http://127.0.0.1:" + std::to_string(port) + "/")),
              IsError(ErrorCode::kTransientRemote));
}

TEST_F(CurlTransportTest, AStopEndsARunningExchange) {
  RawServer server([](const RawConnection& c, const std::string&) { c.Wait(20'000); });
  TransportLimits patient = Quick();
  patient.stall_timeout_s = 30;
  CurlTransport transport(patient, "t", &stop_);
  std::thread stopper([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    stop_ = true;
  });
  const auto before = std::chrono::steady_clock::now();
  EXPECT_THAT(transport.Send(Get(server.Url("/"))), IsError(ErrorCode::kInterrupted));
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(5));
  stopper.join();
  EXPECT_THAT(transport.Send(Get(server.Url("/"))), IsError(ErrorCode::kInterrupted)) << "and none begins";
  EXPECT_THAT(server.requests(), SizeIs(1));
}

TEST_F(CurlTransportTest, RedirectsOnTheSameServerAreFollowedWithTheSameRequest) {
  RawServer server([](const RawConnection& c, const std::string& request) {
    if (request.find(" /old") != std::string::npos)
      c.Write(Response(302, "moved", "Location: /new?x=1\r\n"));
    else if (request.find(" /see") != std::string::npos)
      c.Write(Response(303, "", "Location: new\r\n"));
    else
      c.Write(
          Response(200, request.substr(0, request.find(" HTTP")) + "|" + request.substr(request.find("\r\n\r\n") + 4)));
  });
  const auto moved = transport_.Send(Post(server.Url("/old"), "key=1"));
  ASSERT_THAT(moved, IsOk());
  EXPECT_EQ(moved->body, "POST /new?x=1|key=1");
  const auto see_other = transport_.Send(Post(server.Url("/see"), "key=1"));
  ASSERT_THAT(see_other, IsOk());
  EXPECT_EQ(see_other->body, "GET /new|");
}

TEST_F(CurlTransportTest, RedirectsElsewhereAreRefusedAndNothingIsSentThere) {
  RawServer other([](const RawConnection& c, const std::string&) { c.Write(Response(200, "stolen")); });
  RawServer server([&](const RawConnection& c, const std::string&) {
    c.Write(Response(307, "", "Location: " + other.Url("/steal") + "\r\n"));
  });
  const auto response = transport_.Send(Post(server.Url("/"), "api_key=SECRET"));
  ASSERT_THAT(response, IsError(ErrorCode::kPermanentRemote));
  EXPECT_THAT(response.error().message, HasSubstr("another server"));
  EXPECT_THAT(other.requests(), SizeIs(0));
}

TEST_F(CurlTransportTest, ARedirectLoopEnds) {
  RawServer server([](const RawConnection& c, const std::string&) { c.Write(Response(302, "", "Location: /\r\n")); });
  const auto response = transport_.Send(Get(server.Url("/")));
  ASSERT_THAT(response, IsError(ErrorCode::kPermanentRemote));
  EXPECT_THAT(response.error().message, HasSubstr("more than 3 redirects"));
  EXPECT_THAT(server.requests(), SizeIs(4));
}

TEST_F(CurlTransportTest, OnlyHttpAndHttps) {
  for (const char* url : {"file:///etc/passwd", "ftp://127.0.0.1/x", "gopher://127.0.0.1/", "127.0.0.1", ""})
    EXPECT_THAT(transport_.Send(Get(url)), IsError(ErrorCode::kPermanentRemote)) << url;
}

TEST_F(CurlTransportTest, ManyThreadsAtOnce) {
  RawServer server([](const RawConnection& c, const std::string& request) {
    c.Write(Response(200, request.substr(request.find("\r\n\r\n") + 4)));
  });
  std::atomic<int> good{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 10; ++i) {
        const std::string body = "n=" + std::to_string(t * 100 + i);
        const auto response = transport_.Send(Post(server.Url("/"), body));
        if (response && response->body == body) ++good;
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(good.load(), 80);
}

TEST(FollowRedirect, OnlyToTheSameSchemeHostAndPort) {
  const HttpRequest request = Post("https://eutils.example/entrez/esearch.fcgi?x=1", "k=1");
  const struct {
    const char* location;
    const char* url;  ///< Null: refused.
  } cases[] = {
      {"/other", "https://eutils.example/other"},
      {"efetch.fcgi", "https://eutils.example/entrez/efetch.fcgi"},
      {"https://EUTILS.example:443/y", "https://EUTILS.example:443/y"},
      {"//eutils.example/z", "https://eutils.example/z"},
      {"http://eutils.example/entrez/esearch.fcgi", nullptr},
      {"https://eutils.example:8443/", nullptr},
      {"https://evil.example/", nullptr},
      {"//evil.example/", nullptr},
      {"https://eutils.example@evil.example/", nullptr},
      {"https://user:pass@eutils.example/", nullptr},
      {"https://eutils.example.evil.example/", nullptr},
      {"file:///etc/passwd", nullptr},
      {"", nullptr},
      {"https://", nullptr},
  };
  for (const auto& c : cases) {
    const auto next = FollowRedirect(request, 307, c.location);
    if (c.url == nullptr) {
      EXPECT_THAT(next, IsError(ErrorCode::kPermanentRemote)) << c.location;
      continue;
    }
    ASSERT_THAT(next, IsOk()) << c.location;
    EXPECT_EQ(next->url, c.url);
    EXPECT_EQ(next->method, "POST");
    EXPECT_EQ(next->body, "k=1");
  }
}

TEST(PercentEncode, KeepsTheUnreservedSetOnly) {
  EXPECT_EQ(PercentEncode("aZ09-._~"), "aZ09-._~");
  EXPECT_EQ(PercentEncode(" +&=%/:\"[]"), "%20%2B%26%3D%25%2F%3A%22%5B%5D");
  EXPECT_EQ(PercentEncode("\xC3\xA9\x01"), "%C3%A9%01");
}

TEST(DescribeUrl, LeavesOutQueryAndUserName) {
  EXPECT_EQ(DescribeUrl("https://u:p@h.example/a/b?key=1#f"), "h.example:443/a/b");
  EXPECT_EQ(DescribeUrl("::"), "(malformed address)");
}

}  // namespace
}  // namespace litmill::fetch
