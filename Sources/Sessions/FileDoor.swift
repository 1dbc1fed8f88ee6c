// The one door through which a session's files are read and written. It knows what has been loaded and what this run
// has
// made, and how far somebody else's notebook or script may reach: into its own folder, links followed, and no further
// than the user has allowed. Knows nothing of what is in the files.

import Diagnostics
import Facts
import Glibc
import Synchronization

/// What a session may read and write.
package struct FileDoor: Sendable {
  /// Folders beside its own that a notebook or script may read from and write into, as the user named them.
  package struct Allowance: Sendable {
    package var read: [String] = []
    package var write: [String] = []
    /// Whether files that this run has not made may be replaced.
    package var replaces = false

    package init() {}
  }

  package var allowance = Allowance()
  /// Whether nothing is written: a check only looks, and remembers what would have been.
  package var onlyLooks = false
  /// Whether a template of a paper is asking, which has nothing to write.
  package var writesNothing = false
  /// Asked while something is waited for.
  package var isCancelled: @Sendable () -> Bool = { false }
  /// The folder that may not be left, from the root and with `/` behind it; nil where the user asks.
  private var root: String?
  private let memory = FileMemory()
  /// What would have been written, of who looks through this door and not of who plays a text inside of that.
  private var wishes = FileWishes()

  package init() {}

  /// Whether somebody else's text is asking.
  package var isConfined: Bool { root != nil }

  /// The same door for the text of a notebook or script: who is inside a folder already stays there.
  package func inside(_ folder: String) -> FileDoor {
    guard root == nil else { return self }
    var door = self
    // A folder that is not there has nothing to be read.
    door.root = (Files.whole(folder.isEmpty ? "." : folder) ?? "/nowhere").withSlash
    return door
  }

  /// The same door for who only looks, with wishes of its own.
  package func looking() -> FileDoor {
    var door = self
    door.onlyLooks = true
    door.wishes = FileWishes()
    return door
  }

  // MARK: Reading

  /// The text of a file; bytes that are not UTF-8 become U+FFFD.
  package func text(_ path: String, as use: FileUse) throws(Files.Failure) -> String {
    var bytes = try self.bytes(path, as: use)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A file as it is.
  package func bytes(_ path: String, as use: FileUse) throws(Files.Failure) -> [UInt8] {
    if let barrier = barrier(reading: path) { throw Files.Failure(barrier) }
    let bytes = try Files.bytes(path, isCancelled: isCancelled)
    if use == .source { memory.load(path) }
    return bytes
  }

  /// What keeps a file from being read; nil where nothing does.
  package func barrier(reading path: String) -> FileBarrier? {
    guard let root else { return nil }
    // Where there is nothing, a name outside is none of the asker's business either.
    guard let whole = Files.target(path) else { return .outsideReading }
    return barrier(whole, in: [root] + folders(allowance.read) + folders(allowance.write), root, .outsideReading)
  }

  /// For readers that open files themselves: why a file may not be read, and what to do about it; nil where it may,
  /// and it counts as loaded then.
  package func barred(_ path: String) -> FileRefusal? {
    if let barrier = barrier(reading: path) {
      let message = Mistake.barred(path, barrier, isWriting: false).message
      return FileRefusal(code: barrier.code, message: message, hint: barrier.hint)
    }
    memory.load(path)
    return nil
  }

  /// A file has been loaded.
  package func load(_ path: String) { memory.load(path) }

  /// A file has been read that an answer rests on. One that this run has made itself may be made again.
  package func loadIfForeign(_ path: String) { if isForeign(path) { memory.load(path) } }

  /// Does something with a file that is not to be replaced meanwhile: a script while its commands are carried out.
  @discardableResult
  package func keeping<T>(_ path: String, _ work: () -> T) -> T {
    let isNew = memory.load(path)
    defer { if isNew { memory.unload(path) } }
    return work()
  }

  // MARK: Writing

  /// What keeps a file from being written; nil where nothing does.
  package func barrier(writing path: String) -> FileBarrier? {
    if writesNothing { return .template }
    // A link that leads in circles is for the system to tell.
    guard let target = Files.target(path) else { return root == nil ? nil : .outsideWriting }
    if let root,
      let barrier = barrier(target, in: [root] + folders(allowance.write), root, .outsideWriting)
    {
      return barrier
    }
    var status = stat()
    guard stat(target, &status) == 0 else { return nil }
    if memory.isLoaded(target, status) { return .source }
    guard status.st_mode & S_IFMT == S_IFREG, !onlyLooks, !allowance.replaces else { return nil }
    return memory.isMade(target, status) || memory.isGranted(target) ? nil : .present
  }

  /// The files that this run has loaded and not made itself, by their places.
  package var loadedFiles: [String] { memory.foreignLoaded }

  /// Whether there is a plain file that this run has not made.
  package func isForeign(_ path: String) -> Bool {
    var status = stat()
    guard let target = Files.target(path), stat(target, &status) == 0 else { return false }
    return !memory.isMade(target, status)
  }

  /// The user lets a file be replaced.
  package func grant(_ path: String) { if let target = Files.target(path) { memory.grant(target) } }

  /// Writes a file block by block: beside first, then renamed, so that there is a whole file or none. Where links lead,
  /// and who may read it, stays as it was.
  ///
  /// - Parameter fill: hands over the blocks one after another. What it throws ends the writing and is passed on;
  ///   nothing is left of the file then.
  /// - Throws: `Files.Failure` where the file cannot be written.
  package func write(to path: String, _ fill: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void) throws {
    if let barrier = barrier(writing: path) { throw Files.Failure(barrier) }
    if onlyLooks {
      wishes.add(path)
      return try fill { _ in }
    }
    try Files.write(to: path, isCancelled: isCancelled, fill)
    if let target = Files.target(path) { memory.make(target) }
  }

  /// Writes a file as a whole.
  package func write(_ text: String, to path: String) throws(Files.Failure) {
    var text = text
    do {
      try write(to: path) { sink in try text.withUTF8 { try sink(UnsafeRawBufferPointer($0)) } }
    } catch let failure as Files.Failure {
      throw failure
    } catch {
      preconditionFailure("door-texts: nothing but the file itself ends the writing of a text")
    }
  }

  /// Writes what goes beside a file that was asked for, under a name that nobody has said: never over anything but what
  /// this has written itself.
  /// - Returns: false where something else is there, which is left alone.
  package func write(beside text: String, to path: String) throws(Files.Failure) -> Bool {
    var status = stat()
    if let target = Files.target(path), stat(target, &status) == 0 {
      guard memory.isBeside(target, status), !memory.isLoaded(target, status) else { return false }
    }
    try write(text, to: path)
    if let target = Files.target(path) { memory.makeBeside(target) }
    return true
  }

  /// Puts other bytes in the place of a file's, where it is still as it was read: for files that are changed in their
  /// place because the user named them.
  /// - Returns: false when it has changed meanwhile.
  package func replace(_ path: String, _ old: [UInt8], with new: [UInt8]) throws(Files.Failure) -> Bool {
    if root != nil || writesNothing, let barrier = barrier(writing: path) { throw Files.Failure(barrier) }
    if onlyLooks {
      wishes.add(path)
      return true
    }
    return try Files.replace(path, old, with: new)
  }

  /// What would have been written since this was asked last.
  package func takeWishes() -> [String] { wishes.take() }

  // MARK: Inside a folder

  private func folders(_ names: [String]) -> [String] { names.compactMap { Files.whole($0)?.withSlash } }

  private func barrier(_ whole: String, in folders: [String], _ root: String, _ outside: FileBarrier) -> FileBarrier? {
    // The folder itself is inside: that it is no file is for the system to tell.
    guard let folder = folders.first(where: { whole.hasPrefix($0) || whole.withSlash == $0 }) else { return outside }
    // A notebook that lies in somebody's home is beside what programs keep there.
    if whole.dropFirst(folder.count).split(separator: "/").contains(where: { $0.hasPrefix(".") }) { return .hidden }
    var status = stat()
    if stat(whole, &status) == 0 {
      let kind = status.st_mode & S_IFMT
      if kind != S_IFREG, kind != S_IFDIR { return .special }
    }
    return nil
  }
}

/// What a file is read for.
package enum FileUse: Sendable {
  /// It is loaded: facts, rules, a notebook. It is never replaced by an answer.
  case source
  /// Its commands are carried out, or it is only looked at.
  case glance
}

/// What a run has loaded and made, shared by every session of it.
private final class FileMemory: Sendable {
  /// A file, whatever it is called.
  private struct Identity: Hashable {
    let device: UInt
    let inode: UInt

    init(_ status: stat) {
      device = UInt(status.st_dev)
      inode = UInt(status.st_ino)
    }
  }

  /// A file as it was written: the next one in its place may get its number.
  private struct Stamp: Hashable {
    let file: Identity
    let (size, second, nanosecond): (Int, Int, Int)

    init(_ status: stat) {
      file = Identity(status)
      (size, second, nanosecond) = (Int(status.st_size), status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
    }
  }

  private struct State {
    var loaded: Set<String> = []
    var loadedFiles: Set<Identity> = []
    var made: [String: Stamp] = [:]
    /// What went beside other files, as it was written.
    var beside: [String: Stamp] = [:]
    var granted: Set<String> = []
  }

  private let state = Mutex(State())

  /// - Returns: whether the file was not loaded before.
  @discardableResult
  func load(_ path: String) -> Bool {
    var status = stat()
    guard let target = Files.target(path), stat(target, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return false
    }
    let file = Identity(status)
    return state.withLock {
      let isNewFile = $0.loadedFiles.insert(file).inserted
      return $0.loaded.insert(target).inserted && isNewFile
    }
  }

  /// The files that were loaded and not made, by their places.
  var foreignLoaded: [String] { state.withLock { state in state.loaded.filter { state.made[$0] == nil }.sorted() } }

  func unload(_ path: String) {
    var status = stat()
    guard let target = Files.target(path) else { return }
    let file = stat(target, &status) == 0 ? Identity(status) : nil
    state.withLock {
      $0.loaded.remove(target)
      if let file { $0.loadedFiles.remove(file) }
    }
  }

  func isLoaded(_ target: String, _ status: stat) -> Bool {
    let file = Identity(status)
    return state.withLock { $0.loaded.contains(target) || $0.loadedFiles.contains(file) }
  }

  func make(_ target: String) {
    var status = stat()
    guard stat(target, &status) == 0 else { return }
    let file = Stamp(status)
    state.withLock {
      $0.made[target] = file
      $0.granted.remove(target)
    }
  }

  func isMade(_ target: String, _ status: stat) -> Bool {
    let file = Stamp(status)
    return state.withLock { $0.made[target] == file }
  }

  func makeBeside(_ target: String) {
    state.withLock { $0.beside[target] = $0.made[target] }
  }

  func isBeside(_ target: String, _ status: stat) -> Bool {
    let file = Stamp(status)
    return state.withLock { $0.beside[target] == file }
  }

  func grant(_ target: String) { state.withLock { _ = $0.granted.insert(target) } }
  func isGranted(_ target: String) -> Bool { state.withLock { $0.granted.contains(target) } }
}

/// What would have been written, had it been allowed.
private final class FileWishes: Sendable {
  private let paths = Mutex<[String]>([])

  func add(_ path: String) { paths.withLock { $0.append(path) } }

  func take() -> [String] {
    paths.withLock { paths in
      defer { paths = [] }
      return paths
    }
  }
}

extension String {
  fileprivate var withSlash: String { hasSuffix("/") ? self : self + "/" }
}
