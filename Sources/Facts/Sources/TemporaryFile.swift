// A file that is written beside its place and takes it when it is whole: its name cannot be guessed, it is made anew
// and nothing else (no link that lies there is followed), and a signal that ends the program takes it away. Knows
// nothing of what is written.
import CFiles
import Glibc

/// A file on its way to its place. There is one at a time.
package struct TemporaryFile: ~Copyable {
  /// Where it is until it takes its place.
  package let path: String
  /// Open for reading and writing.
  package let descriptor: Int32

  /// Makes one in the folder of a path; its name is as long however long the other's is.
  /// - Parameter mode: the permissions, less those that the user's mask takes away.
  /// - Returns: nil with `errno` where it cannot be made.
  package static func beside(_ place: String, mode: mode_t) -> TemporaryFile? {
    let folder = place.lastIndex(of: "/").map { String(place[...$0]) } ?? ""
    for _ in 0..<16 {
      let random = UInt64.random(in: .min ... .max)
      let path = folder + ".cesuan-" + String(random, radix: 16)
      temporary_hold(path)
      let file = Glibc.open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
      if file >= 0 { return TemporaryFile(path: path, descriptor: file) }
      let code = errno
      temporary_release()
      errno = code
      if code != EEXIST { return nil }
    }
    return nil
  }

  /// Writes bytes at the end.
  /// - Returns: 0, or the system's error.
  package borrowing func write(_ bytes: UnsafeRawBufferPointer) -> Int32 {
    TemporaryFile.write(bytes, to: descriptor)
  }

  /// Writes bytes to an open file.
  /// - Returns: 0, or the system's error.
  package static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32 {
    var done = 0
    while done < bytes.count {
      let count = Glibc.write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return errno }
      done += count
    }
    return 0
  }

  /// Takes the place of what stands at a path.
  /// - Parameter isNew: whether nothing stood there, so that what has come there meanwhile is left alone.
  /// - Returns: 0, or the system's error; nothing is left of the file then.
  package consuming func take(_ place: String, isNew: Bool = false) -> Int32 {
    var problem: Int32 = 0
    if close(descriptor) != 0 { problem = errno }
    if problem == 0 { problem = isNew ? TemporaryFile.move(path, to: place) : rename(path, place) == 0 ? 0 : errno }
    if problem != 0 { unlink(path) }
    temporary_release()
    return problem
  }

  /// Gives a file a name that nothing else may have.
  private static func move(_ path: String, to place: String) -> Int32 {
    if link(path, place) == 0 {
      unlink(path)
      return 0
    }
    // Where a file system knows no second names, nothing tells what has come meanwhile.
    guard errno == EPERM || errno == ENOTSUP || errno == ENOSYS else { return errno }
    return rename(path, place) == 0 ? 0 : errno
  }

  /// Goes away.
  package consuming func discard() {
    close(descriptor)
    unlink(path)
    temporary_release()
  }
}
