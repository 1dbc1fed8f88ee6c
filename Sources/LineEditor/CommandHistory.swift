// The commands of earlier sessions, in a file that several sessions may share: each entry is appended at once
// and under a lock, one entry to a line (a line feed inside is written \n, a backslash \\). A file that cannot
// be read or written is no error: the history then lasts as long as the session. Knows nothing of the editor.

import Glibc

/// Commands in the order in which they were given.
struct CommandHistory {
  /// An entry longer than this is not kept: it is data rather than a command.
  static let longestEntry = 100_000

  private(set) var entries: [String] = []
  private let path: String?
  private let limit: Int

  /// Reads the newest `limit` entries of `path`. A nil path keeps the history in memory.
  init(path: String?, limit: Int) {
    self.path = path
    self.limit = max(limit, 1)
    guard let path, let text = Self.contents(of: path) else { return }
    let lines = text.split(separator: UInt8(ascii: "\n"))
    entries = lines.suffix(self.limit).compactMap { line in
      line.count > Self.longestEntry ? nil : Self.decode(String(decoding: line, as: UTF8.self))
    }
    if lines.count > 2 * self.limit { shorten() }
  }

  /// Adds a command unless it is empty or the same as the last, and appends it to the file.
  /// - Returns: whether it was added.
  @discardableResult
  mutating func add(_ command: String) -> Bool {
    let entry = String(command.drop(while: \.isNewline)).trimmingEnd()
    guard !entry.isEmpty, entry.utf8.count <= Self.longestEntry, entry != entries.last else { return false }
    entries.append(entry)
    if entries.count > 2 * limit { entries.removeFirst(entries.count - limit) }
    append(Array((Self.encode(entry) + "\n").utf8))
    return true
  }

  // MARK: One entry, one line

  static func encode(_ entry: String) -> String {
    var line = ""
    for scalar in entry.unicodeScalars {
      switch scalar {
      case "\\": line += "\\\\"
      case "\n": line += "\\n"
      case "\r": line += "\\r"
      default: line.unicodeScalars.append(scalar)
      }
    }
    return line
  }

  static func decode(_ line: String) -> String {
    var entry = String.UnicodeScalarView()
    var escaped = false
    for scalar in line.unicodeScalars {
      guard escaped else {
        if scalar == "\\" { escaped = true } else { entry.append(scalar) }
        continue
      }
      escaped = false
      switch scalar {
      case "n": entry.append("\n")
      case "r": entry.append("\r")
      case "\\": entry.append("\\")
      default:
        entry.append("\\")
        entry.append(scalar)
      }
    }
    if escaped { entry.append("\\") }
    return String(entry)
  }

  // MARK: The file

  private func append(_ line: [UInt8]) {
    guard let path else { return }
    Self.makeFolder(of: path)
    guard let file = Self.openLocked(path, flags: O_WRONLY | O_CREAT | O_APPEND) else { return }
    defer { close(file) }
    Self.write(line, to: file)
  }

  /// Replaces a file that has grown beyond twice the limit by its newest entries.
  private func shorten() {
    guard let path, let old = Self.openLocked(path, flags: O_RDWR) else { return }
    defer { close(old) }
    // Read again now that no other session can append.
    guard let text = Self.contents(of: path) else { return }
    let kept = text.split(separator: UInt8(ascii: "\n")).suffix(limit)
    let draft = "\(path).\(getpid())"
    let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { return }
    let written = Self.write(Array(kept.joined(separator: [UInt8(ascii: "\n")])) + [UInt8(ascii: "\n")], to: file)
    close(file)
    if !written || rename(draft, path) != 0 { unlink(draft) }
  }

  /// Opens an ordinary file and holds its lock. Whoever shortens the history puts a new file in its place, so
  /// after waiting for the lock it is checked that the file is still the one at this path.
  private static func openLocked(_ path: String, flags: Int32) -> Int32? {
    for _ in 0..<8 {
      let file = open(path, flags | O_CLOEXEC | O_NONBLOCK, 0o600)
      guard file >= 0 else { return nil }
      var opened = stat()
      var present = stat()
      guard fstat(file, &opened) == 0, opened.st_mode & S_IFMT == S_IFREG, flock(file, LOCK_EX) == 0 else {
        close(file)
        return nil
      }
      if stat(path, &present) == 0, present.st_ino == opened.st_ino, present.st_dev == opened.st_dev {
        return file
      }
      close(file)
    }
    return nil
  }

  @discardableResult
  private static func write(_ bytes: [UInt8], to file: Int32) -> Bool {
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      done += count
    }
    return true
  }

  private static func contents(of path: String) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    var result: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = Glibc.read(file, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return result }
      result.append(contentsOf: chunk[..<count])
    }
  }

  /// Makes the folders that lead to the file, for the user alone.
  private static func makeFolder(of path: String) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    var folder = ""
    for part in parts {
      folder += part + "/"
      if !part.isEmpty { mkdir(folder, 0o700) }
    }
  }
}

extension String {
  /// Without the white space at its end.
  fileprivate func trimmingEnd() -> String {
    var text = self[...]
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }
}
