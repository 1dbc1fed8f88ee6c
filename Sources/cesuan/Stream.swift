// Bytes to and from the standard streams, whatever interrupts them. Knows nothing of what they say.

import Glibc

/// Writing to the standard streams.
enum Stream {
  /// Bytes could not be written.
  enum Failure: Error {
    /// Whoever read them has gone away.
    case closed
    case broken
  }

  /// Writes text as it stands. A reader that has gone away ends the program quietly.
  static func write(_ text: String, to descriptor: Int32 = STDOUT_FILENO) {
    var text = text
    do {
      try text.withUTF8 { try write(UnsafeRawBufferPointer($0), to: descriptor) }
    } catch Failure.closed {
      exit(0)
    } catch {
      // A full disk behind the standard output is for the shell to tell.
    }
  }

  /// Writes bytes as they stand.
  static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32 = STDOUT_FILENO) throws {
    var done = 0
    while done < bytes.count {
      let count = Glibc.write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN {
        var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&wait, 1, 1000)
        continue
      }
      if count < 0, errno == EPIPE { throw Failure.closed }
      guard count > 0 else { throw Failure.broken }
      done += count
    }
  }

  /// Everything that comes from a descriptor, up to a limit.
  static func readAll(_ descriptor: Int32, limit: Int = 64 << 20) -> String {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count < limit {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      if count <= 0 { break }
      bytes.append(contentsOf: chunk[..<count])
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
