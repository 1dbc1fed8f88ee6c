// The history on the disk: entries that come back as they were given, several writers, files that are damaged or not
// ours to read.

import Foundation
import Testing

@testable import LineEditor

/// Somebody who gives commands; a class, so that expectations may add some.
private final class Typing {
  private var history: CommandHistory

  init(path: String?, limit: Int) { history = CommandHistory(path: path, limit: limit) }

  @discardableResult
  func add(_ command: String) -> Bool { history.add(command) }

  var entries: [String] { history.entries }
}

@Suite("Command history")
struct CommandHistoryTests {
  /// A folder of its own for each test.
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "history-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  var path: String { folder.appending(path: "state/cesuan/history").path(percentEncoded: false) }

  func contents() throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

  func write(_ text: String) throws {
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(filePath: path))
  }

  func permissions(_ path: String) throws -> Int {
    try #require(FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
  }

  @Test(
    "an entry of several lines and any signs is one line of the file and comes back as it was",
    arguments: ["cost", "比较 甲 乙", "draft d {\n  set x = 1\n}", "a\\nb", "a\\", "a\r\nb", "\\\\n\n\\", "tab\there"])
  func roundTrip(entry: String) throws {
    let history = Typing(path: path, limit: 10)
    #expect(history.add(entry))
    #expect(try contents().split(separator: "\n").count == 1)
    #expect(CommandHistory(path: path, limit: 10).entries == [entry])
    #expect(CommandHistory.decode(CommandHistory.encode(entry)) == entry)
  }

  @Test("the same command twice in a row is kept once, also across sessions; nothing at all is not kept")
  func duplicates() throws {
    let history = Typing(path: path, limit: 10)
    #expect(history.add("cost"))
    #expect(!history.add("cost"))
    #expect(!history.add("cost  \n"))
    #expect(!history.add(""))
    #expect(!history.add(" \n\t"))
    #expect(history.add("by year"))
    #expect(history.add("cost"))
    let later = Typing(path: path, limit: 10)
    #expect(!later.add("cost"))
    #expect(later.entries == ["cost", "by year", "cost"])
    #expect(try contents() == "cost\nby year\ncost\n")
  }

  @Test("line feeds before and white space behind are no part of a command; a space before it is")
  func trimming() {
    let history = Typing(path: nil, limit: 10)
    history.add("\n\n  cost \n")
    #expect(history.entries == ["  cost"])
  }

  @Test("data is not kept as a command")
  func longEntries() throws {
    let history = Typing(path: path, limit: 10)
    #expect(!history.add(String(repeating: "a", count: CommandHistory.longestEntry + 1)))
    #expect(history.add(String(repeating: "a", count: CommandHistory.longestEntry)))
    #expect(history.entries.count == 1)
  }

  @Test("the newest entries are read, and a file that has grown too long is shortened to them")
  func limits() throws {
    try write((0..<25).map { "command \($0)\n" }.joined())
    let history = CommandHistory(path: path, limit: 10)
    #expect(history.entries == (15..<25).map { "command \($0)" })
    #expect(try contents() == (15..<25).map { "command \($0)\n" }.joined())
    try write((0..<20).map { "command \($0)\n" }.joined())
    #expect(CommandHistory(path: path, limit: 10).entries.count == 10)
    #expect(try contents().split(separator: "\n").count == 20)
  }

  @Test("in memory no more than twice the limit is held")
  func memory() {
    let history = Typing(path: nil, limit: 5)
    for number in 0..<11 { history.add("command \(number)") }
    #expect(history.entries == (6..<11).map { "command \($0)" })
  }

  @Test("a damaged file yields what can be read, and the next command is kept in a line of its own")
  func damaged() throws {
    try write("cost\n\n\u{0}\u{1}\nbad \\x escape\\\n")
    let data = try Data(contentsOf: URL(filePath: path)) + Data([0xff, 0xfe, 0x0a])
    try data.write(to: URL(filePath: path))
    let history = Typing(path: path, limit: 10)
    #expect(history.entries == ["cost", "\u{0}\u{1}", "bad \\x escape\\", "\u{fffd}\u{fffd}"])
    history.add("by year")
    #expect(CommandHistory(path: path, limit: 10).entries.last == "by year")
  }

  @Test("file and folders are for the user alone")
  func modes() throws {
    let history = Typing(path: path, limit: 10)
    history.add("cost")
    #expect(try permissions(path) == 0o600)
    #expect(try permissions((path as NSString).deletingLastPathComponent) & 0o077 == 0)
    try write((0..<25).map { "command \($0)\n" }.joined())
    #expect(chmod(path, 0o644) == 0)
    _ = CommandHistory(path: path, limit: 10)
    #expect(try permissions(path) == 0o600)
  }

  @Test("what is no ordinary file is left alone: the history lasts as long as the session")
  func notAFile() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let inFolder = Typing(path: path, limit: 10)
    #expect(inFolder.add("cost"))
    #expect(inFolder.entries == ["cost"])
    // A pipe without a reader must not make anybody wait.
    let pipe = folder.appending(path: "pipe").path(percentEncoded: false)
    #expect(mkfifo(pipe, 0o600) == 0)
    let inPipe = Typing(path: pipe, limit: 10)
    #expect(inPipe.add("cost"))
    #expect(inPipe.entries == ["cost"])
    let nowhere = Typing(path: "/dev/null/history", limit: 10)
    #expect(nowhere.add("cost"))
  }

  @Test("several sessions append at once, and no line is torn")
  func sharing() throws {
    let path = path
    let long = String(repeating: "长", count: 5_000)
    DispatchQueue.concurrentPerform(iterations: 8) { session in
      let history = Typing(path: path, limit: 1_000)
      for number in 0..<20 { history.add("session \(session) \(number) \(long)") }
    }
    let entries = CommandHistory(path: path, limit: 1_000).entries
    #expect(entries.count == 160)
    for session in 0..<8 {
      let own = entries.filter { $0.hasPrefix("session \(session) ") }
      #expect(own == (0..<20).map { "session \(session) \($0) \(long)" })
    }
  }

  @Test("while one session shortens the file others append, and what they append is not lost")
  func shorteningWhileAppending() throws {
    try write((0..<2_500).map { "old \($0)\n" }.joined())
    let path = path
    DispatchQueue.concurrentPerform(iterations: 4) { session in
      let history = Typing(path: path, limit: 1_000)
      for number in 0..<20 { history.add("session \(session) \(number)") }
    }
    let lines = try contents().split(separator: "\n")
    for session in 0..<4 {
      for number in 0..<20 { #expect(lines.contains("session \(session) \(number)")) }
    }
    #expect(lines.count <= 1_080)
  }

  @Test("another process that holds the lock is waited for")
  func otherProcess() throws {
    let history = Typing(path: path, limit: 10)
    history.add("first")
    // The shell opens the file, takes the lock, says so, and writes a line before it lets go.
    let other = Process()
    other.executableURL = URL(filePath: "/bin/sh")
    other.arguments = ["-c", "exec 9>>\"$0\"; flock 9; echo locked; sleep 0.3; echo other >&9", path]
    let output = Pipe()
    other.standardOutput = output
    try other.run()
    let told = try output.fileHandleForReading.read(upToCount: 7)
    #expect(told == Data("locked\n".utf8))
    history.add("second")
    other.waitUntilExit()
    #expect(try contents() == "first\nother\nsecond\n")
  }
}
