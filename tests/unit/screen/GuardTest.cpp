// What a request must be before anything is done with it; tests/screen/security.py plays every combination on a server.
#include "screen/Guard.hpp"

#include <gtest/gtest.h>

namespace winnow::screen {
namespace {

class GuardTest : public ::testing::Test {
 protected:
  GuardTest() : guard(tokens, 8040) {
    const std::string cookie = *tokens.exchange(tokens.invite("KB"));
    write.method = "PUT";
    write.target = "/api/steps/s/records/r/decision";
    write.host = "127.0.0.1:8040";
    write.origin = "http://127.0.0.1:8040";
    write.contentType = "application/json";
    write.cookie = "winnow-8039=no; winnow-8040=" + cookie + "; other=1";
    write.token = Tokens::headerToken(cookie);
    read = write;
    read.method = "GET";
    read.origin = read.contentType = read.token = "";
  }
  /// 0: let in.
  int status(const Request& request) {
    Caller caller;
    const auto refused = guard.refuse(request, caller);
    return refused ? refused->status : 0;
  }

  Tokens tokens;
  Guard guard;
  Request read, write;
};

TEST_F(GuardTest, LetsInTheReaderAndSaysWhoItIs) {
  Caller caller;
  EXPECT_FALSE(guard.refuse(write, caller));
  EXPECT_EQ(caller.reader, "KB");
  EXPECT_EQ(status(read), 0);
}

TEST_F(GuardTest, TheHostIsLookedAtBeforeAnythingElse) {
  for (const char* host :
       {"", "evil.example:8040", "127.0.0.1", "127.0.0.1:8041", "localhost.evil:8040", "[::1]:8040"}) {
    Request request = write;
    request.host = host;
    request.cookie.clear();
    request.isTooLarge = true;
    EXPECT_EQ(status(request), 403) << host;
  }
  write.host = "localhost:8040";
  EXPECT_EQ(status(write), 403) << "the origin names another host";
  write.origin = "http://localhost:8040";
  EXPECT_EQ(status(write), 0);
}

TEST_F(GuardTest, ASessionIsNeededForEverythingOfTheInterface) {
  for (const std::string& cookie : {std::string(), std::string("winnow-8040="), std::string("winnow-8040=00"),
                                    "winnow-8041=" + read.cookie.substr(read.cookie.find("8040=") + 5, 64)}) {
    read.cookie = cookie;
    EXPECT_EQ(status(read), 401) << cookie;
  }
  read.target = "/";
  EXPECT_EQ(status(read), 0) << "the page itself is no secret";
}

TEST_F(GuardTest, AWriteNeedsTokenOriginAndType) {
  Request request = write;
  request.token = "00";
  EXPECT_EQ(status(request), 401);
  const std::string cookie = *tokens.exchange(tokens.invite("ON"));
  request.token = Tokens::headerToken(cookie);
  EXPECT_EQ(status(request), 401) << "another reader's";
  for (const char* origin : {"", "null", "https://127.0.0.1:8040", "http://127.0.0.1:8040.evil.example"}) {
    request = write;
    request.origin = origin;
    EXPECT_EQ(status(request), 403) << origin;
  }
  for (const char* type : {"", "text/plain", "application/jsonp", "application/x-www-form-urlencoded"}) {
    request = write;
    request.contentType = type;
    EXPECT_EQ(status(request), 415) << type;
  }
  request = write;
  request.fetchSite = "cross-site";
  EXPECT_EQ(status(request), 403);
  request.fetchSite = "same-origin";
  EXPECT_EQ(status(request), 0);
}

TEST(Tokens, AreUsedOnceAndBelongToOneReader) {
  Tokens tokens;
  const std::string first = tokens.invite("KB"), second = tokens.invite("KB"), other = tokens.invite("ON");
  EXPECT_EQ(second.size(), 64u);
  EXPECT_FALSE(tokens.exchange(first)) << "a newer one takes its place";
  const auto cookie = tokens.exchange(second);
  ASSERT_TRUE(cookie);
  EXPECT_FALSE(tokens.exchange(second));
  EXPECT_EQ(tokens.readerOf(*cookie), "KB");
  EXPECT_EQ(tokens.readerOf(*tokens.exchange(other)), "ON");
  EXPECT_FALSE(tokens.readerOf(second)) << "a start token is no session";
  EXPECT_FALSE(tokens.readerOf(""));
  EXPECT_TRUE(Tokens::isHeaderToken(Tokens::headerToken(*cookie), *cookie));
  EXPECT_FALSE(Tokens::isHeaderToken(*cookie, *cookie));
}

}  // namespace
}  // namespace winnow::screen
