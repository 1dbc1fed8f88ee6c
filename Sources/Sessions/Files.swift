// Files as texts: read with a limit, written beside and then renamed, so that nothing is ever half there. Knows nothing
// of what is in them.

import Diagnostics
import Glibc

/// Reading and writing files.
package enum Files {
  /// Larger files are no commands and no policy documents.
  package static let limit = 64 << 20

  /// Why a file cannot be read or written.
  package struct Failure: Error {
    package let reason: Text
  }

  /// The text of a file; bytes that are not UTF-8 become U+FFFD.
  package static func read(_ path: String) throws(Failure) -> String {
    var bytes = try self.bytes(path)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A file as it is.
  package static func bytes(_ path: String) throws(Failure) -> [UInt8] {
    let path = expanded(path)
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw Failure(reason: reason(errno)) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw Failure(reason: reason(errno)) }
    if status.st_mode & S_IFMT == S_IFDIR { throw Failure(reason: Text("it is a folder", zh: "是文件夹")) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(file, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      if count < 0 { throw Failure(reason: reason(errno)) }
      if count == 0 { break }
      bytes.append(contentsOf: chunk[..<count])
      if bytes.count > limit { throw Failure(reason: Text("it is larger than 64 MiB", zh: "大于 64 MiB")) }
    }
    return bytes
  }

  /// Puts other bytes in the place of a file's: beside it first, then renamed, so that whoever stops it midway finds
  /// the
  /// old file or the new. Links are followed, permissions kept. Refused (false) when the file is no longer as it was
  /// read.
  package static func replace(_ path: String, _ old: [UInt8], with new: [UInt8]) throws(Failure) -> Bool {
    let path = whole(path) ?? expanded(path)
    var status = stat()
    guard stat(path, &status) == 0 else { throw Failure(reason: reason(errno)) }
    let target = path + ".part-\(getpid())"
    let file = open(target, O_WRONLY | O_CREAT | O_CLOEXEC | O_TRUNC, 0o600)
    guard file >= 0 else { throw Failure(reason: reason(errno)) }
    var problem: Int32 = 0
    new.withUnsafeBytes { buffer in
      var done = 0
      while done < buffer.count {
        let count = Glibc.write(file, buffer.baseAddress.map { $0 + done }, buffer.count - done)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else {
          problem = errno
          return
        }
        done += count
      }
    }
    if problem == 0, fchmod(file, status.st_mode & 0o7777) != 0 || fsync(file) != 0 { problem = errno }
    if close(file) != 0, problem == 0 { problem = errno }
    func giveUp() { unlink(target) }
    if problem != 0 {
      giveUp()
      throw Failure(reason: reason(problem))
    }
    let present: [UInt8]
    do { present = try bytes(path) } catch {
      giveUp()
      throw error
    }
    guard present == old else {
      giveUp()
      return false
    }
    if rename(target, path) != 0 {
      let code = errno
      giveUp()
      throw Failure(reason: reason(code))
    }
    return true
  }

  /// Writes a file as a whole.
  package static func write(_ text: String, to path: String) throws(Failure) {
    var text = text
    do {
      try write(to: path) { sink in try text.withUTF8 { try sink(UnsafeRawBufferPointer($0)) } }
    } catch let failure as Failure {
      throw failure
    } catch {
      // Nothing else is thrown: the text is all there is.
      throw Failure(reason: reason(EIO))
    }
  }

  /// Writes a file block by block: beside first, then renamed, so that there is a whole file or none.
  ///
  /// - Parameter fill: hands over the blocks one after another. What it throws ends the writing and is passed on;
  /// nothing is
  ///   left of the file then.
  /// - Throws: `Failure` where the file cannot be written.
  package static func write(to path: String, _ fill: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void) throws {
    let path = expanded(path)
    // A pipe or a device is written as it stands; anything else beside, then renamed.
    var status = stat()
    let isSpecial = stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
    let target = isSpecial ? path : path + ".part-\(getpid())"
    let file = open(target, O_WRONLY | O_CREAT | O_CLOEXEC | (isSpecial ? 0 : O_TRUNC), 0o644)
    guard file >= 0 else { throw Failure(reason: reason(errno)) }
    func giveUp() { if !isSpecial { unlink(target) } }
    do {
      try fill { bytes in
        var done = 0
        while done < bytes.count {
          let count = Glibc.write(file, bytes.baseAddress.map { $0 + done }, bytes.count - done)
          if count < 0, errno == EINTR { continue }
          guard count > 0 else { throw Failure(reason: reason(errno)) }
          done += count
        }
      }
    } catch {
      close(file)
      giveUp()
      throw error
    }
    guard close(file) == 0 else {
      let code = errno
      giveUp()
      throw Failure(reason: reason(code))
    }
    if !isSpecial, rename(target, path) != 0 {
      let code = errno
      giveUp()
      throw Failure(reason: reason(code))
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

  private static func reason(_ code: Int32) -> Text {
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
