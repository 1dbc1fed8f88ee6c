// Bytes to and from the standard streams, whatever interrupts them. Knows nothing of what they say.

import Diagnostics
import Glibc

/// Writing to the standard streams.
enum Stream {
  /// Bytes could not be written.
  enum Failure: Error {
    /// Whoever read them has gone away.
    case closed
    case broken(Int32)
  }

  /// Writes text as it stands. A reader that has gone away ends the program quietly.
  static func write(_ text: String, to descriptor: Int32 = STDOUT_FILENO) {
    var text = text
    do {
      try text.withUTF8 { try write(UnsafeRawBufferPointer($0), to: descriptor) }
    } catch Failure.closed {
      exit(0)
    } catch Failure.broken(let code) {
      giveUp(descriptor, code)
    } catch {
      preconditionFailure("stream-failures: writing ends with one of its failures")
    }
  }

  /// What was to be told is lost (a full disk behind the standard output): the program has failed, and says so where it
  /// still can.
  static func giveUp(_ descriptor: Int32, _ code: Int32) -> Never {
    let reason = String(cString: strerror(code))
    if descriptor == STDOUT_FILENO {
      let text = Text(
        "error: the answer could not be written to the standard output: \(reason)",
        zh: "错误：无法把回答写到标准输出：\(reason)")
      var line = text.in(Surroundings.language.language) + "\n"
      line.withUTF8 { _ = Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
    exit(1)
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
      guard count > 0 else { throw Failure.broken(errno) }
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
