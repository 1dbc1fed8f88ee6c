// A server as its clients find it: over real sockets, with clients that are slow, greedy or gone.

import Dispatch
import Glibc
import Synchronization
import Testing

@testable import Loopback

@Suite("A server on the loopback address")
struct LoopbackServerTests {
  @Test("requests on one connection are answered in order, also where they come together")
  func inOrder() throws {
    let served = try Served()
    let client = try Client(served.port)
    client.send("GET /one HTTP/1.1\r\nHost: h\r\n\r\nGET /two HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(client.reads { $0.contains("/one!") && $0.contains("/two!") })
    let text = client.text
    #expect(text.ranges(of: "HTTP/1.1 200 OK").count == 2)
    let (one, two) = (text.firstRange(of: "/one!"), text.firstRange(of: "/two!"))
    #expect(one.flatMap { first in two.map { first.lowerBound < $0.lowerBound } } == true)
    #expect(text.contains("Content-Security-Policy: default-src 'none'") && text.contains("Cache-Control: no-store"))
  }

  @Test("HEAD gets the head alone")
  func head() throws {
    let served = try Served()
    let client = try Client(served.port)
    client.send("HEAD /abc HTTP/1.1\r\nHost: h\r\n\r\nGET /x HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(client.reads { $0.contains("/x!") })
    #expect(client.text.contains("Content-Length: 5\r\n") && !client.text.contains("/abc!"))
  }

  @Test("a body that is too large is refused before it comes, and the connection ends")
  func oversized() throws {
    let served = try Served()
    let client = try Client(served.port)
    client.send("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 300000\r\n\r\n" + String(repeating: "a", count: 5000))
    #expect(client.reads { $0.hasPrefix("HTTP/1.1 413 ") })
    #expect(client.isEnded())
    #expect(served.paths.isEmpty)
  }

  @Test("a client that trickles is sent away in time, and holds up nobody")
  func slow() throws {
    let served = try Served { $0.request = 150 }
    let slow = try Client(served.port)
    let silent = try Client(served.port)
    slow.send("GET /slow HTTP/1.1\r\nHo")
    let other = try Client(served.port)
    other.send("GET /quick HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(other.reads { $0.contains("/quick!") })
    #expect(slow.reads { $0.hasPrefix("HTTP/1.1 408 ") })
    #expect(slow.isEnded())
    #expect(silent.isEnded())
    #expect(served.paths == ["/quick"])
  }

  @Test("a client that reads nothing is left, and what waits for it is bounded")
  func unread() throws {
    let served = try Served { $0.unread = 1 << 20 }
    let client = try Client(served.port)
    client.send("GET /stream HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(client.reads { $0.contains("event: hello") })
    for _ in 0..<200 where !served.isGone { served.flood() }
    #expect(served.waits { served.isGone })
  }

  @Test("who looks at a stream and goes is told of")
  func gone() throws {
    let served = try Served { $0.pulse = 40 }
    do {
      let client = try Client(served.port)
      client.send("GET /stream HTTP/1.1\r\nHost: h\r\n\r\n")
      #expect(client.reads { $0.contains("event: hello\ndata: 1\n\n") && $0.contains("\n: \n\n") })
      #expect(!served.isGone)
    }
    #expect(served.waits { served.isGone })
  }

  @Test("more connections than there are places are refused")
  func crowd() throws {
    let served = try Served { $0.connections = 3 }
    let clients = try (0..<3).map { _ in try Client(served.port) }
    for client in clients {
      client.send("GET /in HTTP/1.1\r\nHost: h\r\n\r\n")
      #expect(client.reads { $0.contains("/in!") })
    }
    let last = try Client(served.port)
    #expect(last.reads { $0.hasPrefix("HTTP/1.1 503 ") })
    clients[0].send("GET /still HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(clients[0].reads { $0.contains("/still!") })
  }

  @Test("it listens on the loopback address and on no other of this machine")
  func alone() throws {
    let served = try Served()
    #expect(throws: Never.self) { try Client(served.port) }
    #expect(throws: Client.Refused.self) { try Client(served.port, address: 0x7F00_0002) }
    #expect(throws: LoopbackServer.Failure.self) { try LoopbackServer(port: served.port) }
  }
}

/// A server that says of each request what it was asked, and streams at `/stream`.
private final class Served: Sendable {
  let port: UInt16
  private let stop: @Sendable () -> Void
  private let seen = Mutex<(paths: [String], isGone: Bool, stream: Exchange?)>(([], false, nil))

  init(_ change: (inout LoopbackServer.Limits) -> Void = { _ in }) throws {
    var limits = LoopbackServer.Limits()
    change(&limits)
    nonisolated(unsafe) let server = try LoopbackServer(limits: limits)
    port = server.port
    stop = server.stop
    DispatchQueue(label: "served").async { [weak self] in server.serve { self?.take($0) } }
  }

  deinit { stop() }

  private func take(_ event: LoopbackServer.Event) {
    switch event {
    case .gone: seen.withLock { $0.isGone = true }
    case .request(let request, let exchange):
      seen.withLock { $0.paths.append(request.path) }
      if request.path == "/stream" {
        seen.withLock { $0.stream = exchange }
        exchange.stream()
        exchange.send("hello", "1")
      } else {
        // From another thread, as in life.
        DispatchQueue.global().async { exchange.reply(HTTPReply(200, body: (request.path + "!").utf8)) }
      }
    }
  }

  var paths: [String] { seen.withLock { $0.paths } }
  var isGone: Bool { seen.withLock { $0.isGone } }

  func flood() { seen.withLock { $0.stream }?.send("much", String(repeating: "x", count: 1 << 18)) }

  func waits(_ condition: () -> Bool) -> Bool {
    for _ in 0..<500 {
      if condition() { return true }
      usleep(10_000)
    }
    return condition()
  }
}

private final class Client {
  struct Refused: Error {}

  private let socket: Int32
  private(set) var text = ""

  init(_ port: UInt16, address: UInt32 = 0x7F00_0001) throws {
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_port = port.bigEndian
    place.sin_addr.s_addr = address.bigEndian
    let isThere = withUnsafePointer(to: &place) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    guard isThere else { throw Refused() }
  }

  deinit { close(socket) }

  func send(_ text: String) {
    let bytes = Array(text.utf8)
    _ = Glibc.send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL))
  }

  /// Reads until something has come, for five seconds at most.
  func reads(_ condition: (String) -> Bool) -> Bool {
    for _ in 0..<100 {
      if condition(text) { return true }
      guard more() else { break }
    }
    return condition(text)
  }

  /// Whether the other side ends the connection.
  func isEnded() -> Bool {
    for _ in 0..<100 where !more() { return !isOpen }
    return false
  }

  private var isOpen = true

  private func more() -> Bool {
    var watched = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
    guard poll(&watched, 1, 5000) > 0 else { return false }
    var bytes = [UInt8](repeating: 0, count: 65536)
    let count = read(socket, &bytes, bytes.count)
    guard count > 0 else {
      isOpen = false
      return false
    }
    text += String(decoding: bytes[..<count], as: UTF8.self)
    return true
  }
}
