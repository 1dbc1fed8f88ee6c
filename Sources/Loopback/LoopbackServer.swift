// A server on the loopback address: one thread looks after every connection by `poll`, with bounds on how many there
// are, how much each may send or leave unread, and how long it may take. What is asked is answered by others, from any
// thread, through `Exchange`. Knows nothing of pages.

import Glibc
import Synchronization

/// Listens on 127.0.0.1 and nowhere else.
package final class LoopbackServer {
  /// What one server bears.
  package struct Limits: Sendable {
    package var connections = 128
    /// How long a request may take to come, in milliseconds.
    package var request: Int64 = 10_000
    /// How long a connection may be kept without one.
    var idle: Int64 = 75_000
    /// How long somebody may leave unread what is sent.
    var stall: Int64 = 20_000
    /// How much may wait to be read, in bytes.
    package var unread = 16 << 20
    /// How often a stream says that it is alive.
    package var pulse: Int64 = 15_000

    package init() {}
  }

  /// Why there is no server.
  package struct Failure: Error, Sendable {
    /// The system's number for it.
    package let number: Int32
  }

  /// What is told to whoever answers; called on the thread of the connections, and not to be kept long.
  package enum Event: Sendable {
    case request(HTTPRequest, Exchange)
    /// A stream has ended, by its exchange's number.
    case gone(Int)
  }

  /// The port that the system gave, or the one that was asked for.
  package let port: UInt16
  private let listener: Int32
  private let outbox: Outbox
  private let limits: Limits
  private var connections: [Int: Connection] = [:]
  private var last = 0

  /// - Parameter port: 0 lets the system choose.
  package init(port: UInt16 = 0, limits: Limits = Limits()) throws(Failure) {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard listener >= 0 else { throw Failure(number: errno) }
    var yes: Int32 = 1
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, size) == 0 && listen(listener, 64) == 0 && getsockname(listener, $0, &size) == 0
      }
    }
    guard isBound, Connection.makePatient(listener), let outbox = Outbox() else {
      let number = errno
      close(listener)
      throw Failure(number: number)
    }
    (self.listener, self.outbox, self.limits) = (listener, outbox, limits)
    self.port = UInt16(bigEndian: address.sin_port)
  }

  deinit {
    for connection in connections.values { connection.shut() }
    close(listener)
  }

  /// Ends `serve`; from any thread.
  package var stop: @Sendable () -> Void { { [outbox] in outbox.post(.stop) } }

  /// Looks after connections until it is stopped.
  package func serve(_ tell: (Event) -> Void) {
    while true {
      let order = connections.keys.sorted()
      var watched = [
        pollfd(fd: listener, events: Int16(POLLIN), revents: 0),
        pollfd(fd: outbox.bell, events: Int16(POLLIN), revents: 0),
      ]
      for id in order { watched.append(connections[id]?.watched ?? pollfd()) }
      guard poll(&watched, nfds_t(watched.count), patience()) >= 0 || errno == EINTR else { continue }
      let now = Clock.now
      for (id, place) in zip(order, watched.dropFirst(2)) { attend(id, place.revents, now, tell) }
      if watched[1].revents != 0, !deliver(now) { return }
      if watched[0].revents != 0 { accept(now) }
      sweep(now, tell)
    }
  }

  /// Until when nothing has to be done, for `poll`.
  private func patience() -> Int32 {
    let next = connections.values.map(\.deadline).min() ?? Int64.max
    return Int32(max(0, min(next - Clock.now, 60_000)))
  }

  private func accept(_ now: Int64) {
    while true {
      let socket = Glibc.accept(listener, nil, nil)
      if socket < 0 { return }
      last += 1
      let connection = Connection(last, socket, limits, now)
      guard let connection else { continue }
      connections[last] = connection
      // Somebody who takes every place is told so, and the others keep theirs.
      if connections.count > limits.connections { connection.refuse(.tooMany, now) }
    }
  }

  private func attend(_ id: Int, _ events: Int16, _ now: Int64, _ tell: (Event) -> Void) {
    guard events != 0, let connection = connections[id] else { return }
    if events & Int16(POLLOUT) != 0 { connection.write(now) }
    if events & Int16(POLLIN | POLLHUP | POLLERR) != 0 { connection.read(now) }
    ask(connection, now, tell)
  }

  private func ask(_ connection: Connection, _ now: Int64, _ tell: (Event) -> Void) {
    while let request = connection.nextRequest(now) {
      tell(.request(request, Exchange(id: connection.id, outbox: outbox)))
    }
  }

  /// Hands over what was answered.
  /// - Returns: false when the server is to end.
  private func deliver(_ now: Int64) -> Bool {
    for post in outbox.take() {
      switch post {
      case .stop: return false
      case .reply(let id, let reply): connections[id]?.reply(reply, now)
      case .stream(let id): connections[id]?.stream(now)
      case .event(let id, let bytes): connections[id]?.send(bytes, now)
      }
    }
    return true
  }

  private func sweep(_ now: Int64, _ tell: (Event) -> Void) {
    for (id, connection) in connections {
      connection.look(now)
      // What came together with a request that is answered now.
      ask(connection, now, tell)
      guard connection.isOver else { continue }
      connection.shut()
      connections[id] = nil
      if connection.isStream { tell(.gone(id)) }
    }
  }
}

/// Where the answer to a request goes; may be used from any thread, and does nothing once the asker has gone.
package struct Exchange: Sendable {
  /// The number of the connection, which no other gets.
  package let id: Int
  fileprivate let outbox: Outbox

  /// Answers the request.
  package func reply(_ reply: HTTPReply) { outbox.post(.reply(id, reply)) }

  /// Answers with a stream of events.
  package func stream() { outbox.post(.stream(id)) }

  /// Sends an event in a stream.
  /// - Parameter data: one line.
  package func send(_ event: String, _ data: String) {
    outbox.post(.event(id, Array("event: \(event)\ndata: \(data)\n\n".utf8)))
  }
}

/// What is to be sent, and a pipe that wakes the thread of the connections.
private final class Outbox: Sendable {
  enum Post: Sendable {
    case reply(Int, HTTPReply)
    case stream(Int)
    case event(Int, [UInt8])
    case stop
  }

  private let posts = Mutex<[Post]>([])
  let bell: Int32
  private let rope: Int32

  init?() {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return nil }
    (bell, rope) = (ends[0], ends[1])
    guard Connection.makePatient(bell), Connection.makePatient(rope) else { return nil }
  }

  deinit {
    close(bell)
    close(rope)
  }

  func post(_ post: Post) {
    posts.withLock { $0.append(post) }
    // A pipe that is full wakes as well.
    var byte: UInt8 = 1
    _ = write(rope, &byte, 1)
  }

  func take() -> [Post] {
    var bytes = [UInt8](repeating: 0, count: 256)
    while read(bell, &bytes, bytes.count) > 0 {}
    return posts.withLock { posts in
      defer { posts = [] }
      return posts
    }
  }
}

/// Time that never goes back, in milliseconds.
enum Clock {
  static var now: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}
