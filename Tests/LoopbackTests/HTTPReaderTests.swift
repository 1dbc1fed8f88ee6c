// Requests as bytes: what is understood, in whatever pieces it comes, and what is refused with which status.

import Testing

@testable import Loopback

@Suite("Requests of HTTP")
struct HTTPReaderTests {
  private static let plain = "GET /a/b?c=d HTTP/1.1\r\nHost: 127.0.0.1:1\r\nX-One:  two \r\n\r\n"

  private func requests(_ text: String, inPieces size: Int = .max) throws -> [HTTPRequest] {
    var reader = HTTPReader()
    var found: [HTTPRequest] = []
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      reader.take(rest.prefix(size))
      rest = rest.dropFirst(size)
      while let request = try reader.next() { found.append(request) }
    }
    return found
  }

  @Test("a request is the same in whatever pieces it comes", arguments: [1, 2, 3, 7, 1000])
  func pieces(size: Int) throws {
    let post = "POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello"
    let found = try requests(Self.plain + post + Self.plain, inPieces: size)
    #expect(found.map(\.path) == ["/a/b", "/x", "/a/b"])
    #expect(found.map(\.method) == [.get, .post, .get])
    #expect(found[0].header("x-one") == "two")
    #expect(found[1].body == Array("hello".utf8))
  }

  @Test("half a request is waited for")
  func half() throws {
    var reader = HTTPReader()
    reader.take("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhell".utf8)
    #expect(try reader.next() == nil)
    #expect(reader.isMidway)
    reader.take("o".utf8)
    #expect(try reader.next()?.body.count == 5)
    #expect(!reader.isMidway)
  }

  /// What is refused, and how.
  private static let refused: [(String, HTTPRefusal)] = [
    ("GET /\r\n\r\n", .malformed), ("GET  / HTTP/1.1\r\nHost: h\r\n\r\n", .malformed),
    ("GET / HTTP/1.1\nHost: h\n\r\n\r\n", .malformed), ("GET / HTTP/1.1\r\nHost: h\rX: y\r\n\r\n", .malformed),
    ("GET / HTTP/1.0\r\nHost: h\r\n\r\n", .version), ("GET / HTTP/2\r\nHost: h\r\n\r\n", .version),
    ("PUT / HTTP/1.1\r\nHost: h\r\n\r\n", .method), ("get / HTTP/1.1\r\nHost: h\r\n\r\n", .method),
    ("G(T / HTTP/1.1\r\nHost: h\r\n\r\n", .malformed), ("\u{16}\u{3}\u{1}\r\n\r\n", .malformed),
    ("GET http://127.0.0.1/ HTTP/1.1\r\nHost: h\r\n\r\n", .malformed),
    ("GET * HTTP/1.1\r\nHost: h\r\n\r\n", .malformed),
    ("GET /\u{7F} HTTP/1.1\r\nHost: h\r\n\r\n", .malformed), ("GET /#x HTTP/1.1\r\nHost: h\r\n\r\n", .malformed),
    ("GET / HTTP/1.1\r\n\r\n", .malformed), ("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", .malformed),
    ("GET / HTTP/1.1\r\nHost : h\r\n\r\n", .malformed), ("GET / HTTP/1.1\r\nHost: h\r\n X: y\r\n\r\n", .malformed),
    ("GET / HTTP/1.1\r\nHost: h\r\nno colon\r\n\r\n", .malformed),
    ("GET / HTTP/1.1\r\nHost: h\r\nX: \u{1}\r\n\r\n", .malformed),
    ("GET / HTTP/1.1\r\nHost: h\r\nOrigin: a\r\nOrigin: b\r\n\r\n", .malformed),
    ("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", .transferCoding),
    ("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", .transferCoding),
    ("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n", .malformed),
    ("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: +1\r\n\r\n", .malformed),
    ("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n", .malformed),
    ("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 0x1\r\n\r\n", .malformed),
    ("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 262145\r\n\r\n", .bodyTooLarge),
    ("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999999999999999\r\n\r\n", .bodyTooLarge),
    ("GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc", .malformed),
    ("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n", .expectation),
    ("GET /\(String(repeating: "a", count: 3000)) HTTP/1.1\r\nHost: h\r\n\r\n", .pathTooLong),
    ("GET / HTTP/1.1\r\nHost: h\r\nX: \(String(repeating: "a", count: 17_000))\r\n\r\n", .headTooLarge),
    (String(repeating: "a", count: 20_000), .headTooLarge),
    ("GET / HTTP/1.1\r\nHost: h\r\n" + String(repeating: "A: b\r\n", count: 80) + "\r\n", .headTooLarge),
  ]

  @Test("what two readers could understand in two ways is refused", arguments: refused.indices)
  func refusals(index: Int) {
    let (text, refusal) = Self.refused[index]
    #expect(throws: refusal) { try requests(text) }
    // Byte by byte the same is found, though perhaps earlier.
    #expect(throws: HTTPRefusal.self) { try requests(text, inPieces: 1) }
  }
}

@Suite("The door of a page")
struct GateTests {
  private let gate = Gate(port: 8000, leader: "aaaa", follower: "bbbb")

  private func admitted(
    _ path: String, _ method: HTTPRequest.Method, _ headers: [(name: String, value: String)]
  ) -> Result<Gate.Admission, Gate.Refusal> {
    gate.admit(HTTPRequest(method: method, path: path, headers: headers))
  }

  private func admitted(_ path: String, _ headers: [(name: String, value: String)]) -> Result<
    Gate.Admission, Gate.Refusal
  > {
    admitted(path, .get, headers)
  }

  private let host = (name: "host", value: "127.0.0.1:8000")
  private let own = (name: "origin", value: "http://127.0.0.1:8000")
  private let json = (name: "content-type", value: "application/json")

  @Test("each token opens its own door")
  func tokens() {
    #expect(admitted("/aaaa/", [host]) == .success(Gate.Admission(role: .lead, path: "")))
    #expect(admitted("/bbbb/page.js", [host]) == .success(Gate.Admission(role: .follow, path: "page.js")))
    for path in ["/", "/aaaa", "/aaab/", "/aaaaa/", "/aaa/", "//aaaa/", "/AAAA/", "/aaaa%2F/", "/bbbb"] {
      #expect(admitted(path, [host]) == .failure(.token), "\(path)")
    }
  }

  @Test("only names of this machine are answered to")
  func hosts() {
    #expect(throws: Never.self) { try admitted("/aaaa/", [("host", "LOCALHOST:8000")]).get() }
    for name in [
      "127.0.0.1", "127.0.0.1:80", "example.org:8000", "127.0.0.1:8000.example.org", "[::1]:8000", "", "localhost",
      "127.0.0.1:8000,127.0.0.1:8000", "0.0.0.0:8000",
    ] {
      #expect(admitted("/aaaa/", [("host", name)]) == .failure(.host), "\(name)")
    }
  }

  @Test("pages from elsewhere are sent away, whatever they know")
  func origins() {
    for origin in [
      "http://example.org", "null", "https://127.0.0.1:8000", "http://127.0.0.1:8001", "http://127.0.0.1:80001",
    ] {
      #expect(admitted("/aaaa/do", .post, [host, json, ("origin", origin)]) == .failure(.origin), "\(origin)")
      #expect(admitted("/aaaa/", [host, ("origin", origin)]) == .failure(.origin), "\(origin)")
    }
    for site in ["cross-site", "same-site"] {
      #expect(admitted("/aaaa/", [host, ("sec-fetch-site", site)]) == .failure(.origin))
    }
    #expect(admitted("/aaaa/do", .post, [host, json]) == .failure(.origin))
    #expect(admitted("/aaaa/do", .post, [host, own]) == .failure(.content))
    #expect(admitted("/aaaa/do", .post, [host, own, ("content-type", "text/plain")]) == .failure(.content))
    #expect(throws: Never.self) { try admitted("/aaaa/do", .post, [host, own, json]).get() }
  }

  @Test("tokens are long, and never the same")
  func chance() {
    let gates = (0..<50).map { _ in Gate(port: 1) }
    let addresses = gates.flatMap { [$0.address(.lead), $0.address(.follow)] }
    #expect(Set(addresses).count == 100)
    #expect(addresses.allSatisfy { $0.hasPrefix("http://127.0.0.1:1/") && $0.utf8.count == 19 + 32 + 1 })
  }
}
