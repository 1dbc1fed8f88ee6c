// Files as bytes: read with a limit, written beside and then renamed, so that nothing is ever half there; and what can
// be said of paths. What may be read and written is asked of the door (`FileDoor`), which alone reads and writes here.

import Diagnostics
import Facts
import Glibc

/// Reading and writing files.
package enum Files {
  /// Larger files are no commands and no policy documents.
  package static let limit = 64 << 20

  /// Why a file cannot be read or written.
  package struct Failure: Error {
    package let reason: Text
    /// What keeps from it where the system would not.
    package let barrier: FileBarrier?

    init(reason: Text) { (self.reason, barrier) = (reason, nil) }

    init(_ barrier: FileBarrier) { (reason, self.barrier) = (barrier.reason, barrier) }

    init(_ code: Int32) { self.init(reason: Files.reason(code)) }
  }

  /// A file as it is. A pipe is waited for until it is cancelled.
  static func bytes(_ path: String, isCancelled: @Sendable () -> Bool) throws(Failure) -> [UInt8] {
    let path = expanded(path)
    // Without O_NONBLOCK opening a pipe would wait for a writer, whatever key is pressed.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw Failure(errno) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw Failure(errno) }
    if status.st_mode & S_IFMT == S_IFDIR { throw Failure(reason: Text("it is a folder", zh: "是文件夹")) }
    let waits = status.st_mode & S_IFMT != S_IFREG
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      if waits { try wait(for: file, isCancelled) }
      let count = Glibc.read(file, &chunk, chunk.count)
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      if count < 0 { throw Failure(errno) }
      if count == 0 { break }
      bytes.append(contentsOf: chunk[..<count])
      if bytes.count > limit { throw Failure(reason: Text("it is larger than 64 MiB", zh: "大于 64 MiB")) }
    }
    return bytes
  }

  private static func wait(for file: Int32, _ isCancelled: @Sendable () -> Bool) throws(Failure) {
    var ready = pollfd(fd: file, events: Int16(POLLIN), revents: 0)
    while poll(&ready, 1, 100) <= 0 {
      if isCancelled() { throw Failure(reason: Text("interrupted while waiting for it", zh: "等待时已中断")) }
    }
  }

  /// Puts other bytes in the place of a file's: beside it first, then renamed, so that whoever stops it midway finds
  /// the old file or the new. Links are followed, permissions kept. Refused (false) when the file is no longer as it
  /// was read.
  static func replace(_ path: String, _ old: [UInt8], with new: [UInt8]) throws(Failure) -> Bool {
    let place = target(path) ?? expanded(path)
    var status = stat()
    guard stat(place, &status) == 0, access(place, W_OK) == 0 else { throw Failure(errno) }
    guard let part = TemporaryFile.beside(place, mode: 0o600) else { throw Failure(errno) }
    var problem = new.withUnsafeBytes { part.write($0) }
    if problem == 0, fsync(part.descriptor) != 0 { problem = errno }
    if problem != 0 {
      part.discard()
      throw Failure(problem)
    }
    let present: [UInt8]
    do { present = try bytes(place, isCancelled: { false }) } catch {
      part.discard()
      throw error
    }
    guard present == old else {
      part.discard()
      return false
    }
    try put(part, in: place, of: status)
    return true
  }

  /// Writes a file block by block: beside first, then renamed, so that there is a whole file or none.
  ///
  /// - Parameter fill: hands over the blocks one after another. What it throws ends the writing and is passed on;
  ///   nothing is left of the file then.
  /// - Parameter isCancelled: asked while a pipe's reader is waited for.
  /// - Throws: `Failure` where the file cannot be written.
  static func write(
    to path: String, isCancelled: @escaping @Sendable () -> Bool = { false },
    _ fill: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void
  ) throws {
    // Where a folder is missing the system says so when the file is made.
    let place = target(path) ?? expanded(path)
    var status = stat()
    let exists = stat(place, &status) == 0
    // A pipe or a device is written as it stands; anything else beside, then renamed.
    if exists, status.st_mode & S_IFMT != S_IFREG { return try pour(into: place, isCancelled, fill) }
    // A file that may not be written is not replaced either.
    if exists, access(place, W_OK) != 0 { throw Failure(errno) }
    guard let part = TemporaryFile.beside(place, mode: exists ? 0o600 : 0o666) else { throw Failure(errno) }
    do {
      try fill { bytes in
        let problem = TemporaryFile.write(bytes, to: part.descriptor)
        if problem != 0 { throw Failure(problem) }
      }
    } catch {
      part.discard()
      throw error
    }
    try put(part, in: place, of: exists ? status : nil)
  }

  private static func pour(
    into place: String, _ isCancelled: @escaping @Sendable () -> Bool,
    _ fill: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void
  ) throws {
    // A pipe that nobody reads from, or not fast enough, would hold whoever opens or writes it, whatever key is
    // pressed.
    var file = open(place, O_WRONLY | O_CLOEXEC | O_NONBLOCK)
    while file < 0, errno == ENXIO {
      try pause(isCancelled)
      file = open(place, O_WRONLY | O_CLOEXEC | O_NONBLOCK)
    }
    guard file >= 0 else { throw Failure(errno) }
    do {
      try fill { bytes in
        var rest = bytes[...]
        while !rest.isEmpty {
          let part = UnsafeRawBufferPointer(rebasing: rest)
          let count = Glibc.write(file, part.baseAddress, part.count)
          if count < 0, errno == EINTR { continue }
          if count < 0, errno == EAGAIN {
            try pause(isCancelled)
            continue
          }
          guard count > 0 else { throw Failure(errno) }
          rest = rest.dropFirst(count)
        }
      }
    } catch {
      close(file)
      throw error
    }
    guard close(file) == 0 else { throw Failure(errno) }
  }

  /// A moment's wait for who is at the other end of a pipe.
  private static func pause(_ isCancelled: @Sendable () -> Bool) throws(Failure) {
    if isCancelled() { throw Failure(reason: Text("interrupted while waiting for it", zh: "等待时已中断")) }
    usleep(20_000)
  }

  /// Puts what is whole in its place, with the permissions of what stood there. A file that has several names keeps
  /// them: its contents are exchanged where it lies.
  private static func put(_ part: consuming TemporaryFile, in place: String, of status: stat?) throws(Failure) {
    if let status {
      if status.st_nlink > 1 {
        let problem = copy(part.descriptor, into: place)
        part.discard()
        if problem != 0 { throw Failure(problem) }
        return
      }
      if fchmod(part.descriptor, status.st_mode & 0o7777) != 0 {
        let problem = errno
        part.discard()
        throw Failure(problem)
      }
    }
    let problem = part.take(place, isNew: status == nil)
    if problem != 0 { throw Failure(problem) }
  }

  /// Writes what is whole over a file where it lies. There has to be room for all of it before anything is touched, and
  /// signals that end the program are kept until it is done.
  private static func copy(_ source: Int32, into place: String) -> Int32 {
    let file = open(place, O_WRONLY | O_CLOEXEC | O_NOFOLLOW)
    guard file >= 0 else { return errno }
    EndingSignals.hold()
    defer {
      EndingSignals.release()
      EndingSignals.passOn()
    }
    let problem = exchange(source, into: file)
    let closing = close(file) == 0 ? 0 : errno
    return problem != 0 ? problem : closing
  }

  private static func exchange(_ source: Int32, into file: Int32) -> Int32 {
    var old = stat(), new = stat()
    guard fstat(file, &old) == 0, fstat(source, &new) == 0, lseek(source, 0, SEEK_SET) == 0 else { return errno }
    let room = new.st_size > 0 ? posix_fallocate(file, 0, new.st_size) : 0
    // Where a file system cannot tell, it is tried.
    if room != 0, room != EOPNOTSUPP, room != EINVAL {
      return ftruncate(file, old.st_size) == 0 ? room : errno
    }
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(source, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      let problem = count < 0 ? errno : chunk[..<count].withUnsafeBytes { TemporaryFile.write($0, to: file) }
      if problem != 0 { return problem }
      if count == 0 { return ftruncate(file, new.st_size) == 0 ? 0 : errno }
    }
  }

  /// The files of a folder with an ending, in the order of their names.
  package static func list(_ folder: String, ending: String) throws(Failure) -> [String] {
    let folder = expanded(folder)
    guard let stream = opendir(folder) else { throw Failure(reason: reason(errno)) }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(ending), !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted().map { folder.hasSuffix("/") ? folder + $0 : folder + "/" + $0 }
  }

  /// `~/` as the home folder.
  package static func expanded(_ path: String) -> String {
    guard path == "~" || path.hasPrefix("~/"), let home = getenv("HOME") else { return path }
    return String(cString: home) + path.dropFirst()
  }

  /// A path from the root, links followed; nil where there is nothing.
  package static func whole(_ path: String) -> String? {
    guard let real = realpath(expanded(path), nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }

  /// Where a path leads, from the root and links followed, though there may be nothing yet at its end: `a/link` with
  /// the link to `../b` is `/…/b`. Nil where a folder on the way is missing, or links lead in circles.
  static func target(_ path: String) -> String? {
    var path = expanded(path)
    for _ in 0..<40 {
      if let whole = whole(path) { return whole }
      let parts = path.split(separator: "/", omittingEmptySubsequences: true)
      guard let name = parts.last, name != ".", name != "..", !path.hasSuffix("/") else { return nil }
      let folder = String(path.dropLast(name.count))
      guard let parent = whole(folder.isEmpty ? "." : folder) else { return nil }
      let place = parent == "/" ? "/" + name : parent + "/" + name
      guard let link = link(place) else { return place }
      path = link.hasPrefix("/") ? link : parent + "/" + link
    }
    return nil
  }

  /// What a link says; nil where there is none.
  private static func link(_ path: String) -> String? {
    var bytes = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let count = readlink(path, &bytes, bytes.count - 1)
    guard count >= 0 else { return nil }
    return String(decoding: bytes[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// The last part of a path.
  package static func name(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

  /// What stands before the last part of a path, `/` at its end; nothing for a file of the present folder.
  package static func folder(_ path: String) -> String { String(path.dropLast(name(path).count)) }

  /// The last part of a path without its ending.
  package static func stem(_ path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
    return String(name[..<dot])
  }

  /// What comes after the last dot, in small letters.
  package static func ending(_ path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    guard let dot = name.lastIndex(of: ".") else { return "" }
    return name[name.index(after: dot)...].lowercased()
  }

  fileprivate static func reason(_ code: Int32) -> Text {
    switch code {
    case ENOENT: Text("there is no such file", zh: "没有这个文件")
    case EACCES, EPERM: Text("permission is denied", zh: "没有权限")
    case EISDIR: Text("it is a folder", zh: "是文件夹")
    case ENOTDIR: Text("part of the path is not a folder", zh: "路径中有一部分不是文件夹")
    case ENOSPC: Text("the disk is full", zh: "磁盘已满")
    case EROFS: Text("the disk is read-only", zh: "磁盘只读")
    case ENAMETOOLONG: Text("the name is too long", zh: "名称过长")
    default: .same(String(cString: strerror(code)))
    }
  }
}
