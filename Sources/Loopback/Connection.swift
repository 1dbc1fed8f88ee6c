// One connection: what has come, what is to go, and until when. Knows nothing of the others.

import Glibc

final class Connection {
  let id: Int
  private let socket: Int32
  private let limits: LoopbackServer.Limits
  private var reader = HTTPReader()
  private var unsent: [UInt8] = []
  /// How much of it has gone.
  private var sent = 0
  private var state = State.idle
  /// Since when nothing could be sent.
  private var stalledSince: Int64?
  /// Until when something has to happen, apart from what is sent.
  private var due: Int64
  private var isBroken = false
  private(set) var isStream = false

  private enum State {
    /// Between two requests.
    case idle
    /// A request has begun.
    case reading
    /// A request is with whoever answers.
    case waiting(isHead: Bool)
    case streaming
    /// What is sent is the last, and what still comes is passed over: a connection that is closed with bytes in it
    /// takes away what the other side has not read yet.
    case ending
  }

  /// - Returns: nil where the system gives no connection.
  init?(_ id: Int, _ socket: Int32, _ limits: LoopbackServer.Limits, _ now: Int64) {
    guard Connection.makePatient(socket) else {
      close(socket)
      return nil
    }
    var yes: Int32 = 1
    setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
    (self.id, self.socket, self.limits) = (id, socket, limits)
    // Whoever connects is expected to ask something.
    due = now + limits.request
  }

  /// Calls on it return at once.
  static func makePatient(_ descriptor: Int32) -> Bool {
    fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL, 0) | O_NONBLOCK) == 0
      && fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0
  }

  /// How long what still comes is passed over, in milliseconds.
  private static let farewell: Int64 = 2_000

  private var hasUnsent: Bool { sent < unsent.count }

  /// Whether nothing more will happen here.
  var isOver: Bool { isBroken }

  /// When somebody has to look at it.
  var deadline: Int64 { min(due, stalledSince.map { $0 + limits.stall } ?? Int64.max) }

  var watched: pollfd {
    var events: Int32 = 0
    switch state {
    case .idle, .reading, .streaming, .ending: events = POLLIN
    // A request that is answered first holds back those behind it: they stay with the system.
    case .waiting: break
    }
    if hasUnsent { events |= POLLOUT }
    return pollfd(fd: socket, events: Int16(events), revents: 0)
  }

  func shut() { close(socket) }

  // MARK: In

  func read(_ now: Int64) {
    var chunk = [UInt8](repeating: 0, count: 32 << 10)
    let count = Glibc.read(socket, &chunk, chunk.count)
    if count < 0, errno == EAGAIN || errno == EINTR { return }
    guard count > 0 else {
      isBroken = true
      return
    }
    switch state {
    case .idle:
      // From its first byte on a request has so long and no longer, however slowly it trickles.
      state = .reading
      due = now + limits.request
      reader.take(chunk[..<count])
    case .reading: reader.take(chunk[..<count])
    // Nobody talks in a stream of events.
    case .streaming: isBroken = true
    case .waiting, .ending: break
    }
  }

  /// A request that is whole; it is answered before the next is looked at.
  func nextRequest(_ now: Int64) -> HTTPRequest? {
    guard case .reading = state else { return nil }
    do {
      guard let request = try reader.next() else { return nil }
      state = .waiting(isHead: request.method == .head)
      due = Int64.max
      return request
    } catch {
      refuse(error, now)
      return nil
    }
  }

  /// Sends it away.
  func refuse(_ refusal: HTTPRefusal, _ now: Int64) {
    state = .ending
    due = now + Connection.farewell
    put(HTTPReply(refusal.rawValue).bytes(keepsOpen: false, isHead: false), now)
    shutdown(socket, Int32(SHUT_WR))
  }

  // MARK: Out

  func reply(_ reply: HTTPReply, _ now: Int64) {
    guard case .waiting(let isHead) = state else { return }
    put(reply.bytes(keepsOpen: true, isHead: isHead), now)
    state = reader.isMidway ? .reading : .idle
    due = now + (reader.isMidway ? limits.request : limits.idle)
  }

  func stream(_ now: Int64) {
    guard case .waiting = state else { return }
    isStream = true
    state = .streaming
    due = now + limits.pulse
    put(HTTPReply.streamHead, now)
  }

  func send(_ bytes: [UInt8], _ now: Int64) {
    guard case .streaming = state else { return }
    put(bytes, now)
  }

  private func put(_ bytes: [UInt8], _ now: Int64) {
    if !hasUnsent {
      unsent = bytes
      sent = 0
    } else {
      unsent += bytes
    }
    // Somebody who reads nothing is not remembered for.
    if unsent.count - sent > limits.unread { isBroken = true }
    write(now)
  }

  func write(_ now: Int64) {
    while hasUnsent, !isBroken {
      let count = unsent[sent...].withUnsafeBytes {
        Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN {
        if stalledSince == nil { stalledSince = now }
        return
      }
      guard count > 0 else {
        isBroken = true
        return
      }
      sent += count
      stalledSince = nil
    }
  }

  // MARK: Time

  /// Ends what has taken too long, and lets streams say that they are alive.
  func look(_ now: Int64) {
    guard now >= deadline else { return }
    if let stalledSince, now >= stalledSince + limits.stall {
      isBroken = true
      return
    }
    switch state {
    case .streaming:
      due = now + limits.pulse
      put(Array(": \n\n".utf8), now)
    case .reading: refuse(.tooSlow, now)
    case .idle, .waiting, .ending: isBroken = true
    }
  }
}
