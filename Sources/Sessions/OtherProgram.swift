// Another program of this machine: where it is, and one run of it to its end, in a group of processes of its own. And a
// folder for what is handed over, which is gone afterwards. Knows nothing of what such programs do.

import Diagnostics
import Glibc

/// Programs beside this one.
enum OtherProgram {
  /// Why a program did not come to its end.
  enum Failure: Error {
    case notStarted(String)
    /// It was stopped from here.
    case stopped
  }

  /// How long is waited between two looks, in milliseconds.
  static let pause = 20

  /// A program by its path, or by its name in the folders that are searched for programs.
  static func find(_ name: String) -> String? {
    if name.contains("/") { return access(name, X_OK) == 0 ? name : nil }
    guard let list = getenv("PATH") else { return nil }
    for folder in String(cString: list).split(separator: ":") {
      let path = folder + "/" + name
      if access(path, X_OK) == 0 { return path }
    }
    return nil
  }

  /// Starts a program and waits for its end.
  /// - Parameters:
  ///   - arguments: its path and what stands behind it.
  ///   - environment: variables that it has beside ours; those without a value it has not.
  ///   - saying: the file for what it says of errors.
  ///   - output: the file for its answers.
  ///   - isUnwanted: asked all the while; when it says so, the program and all that it has started is ended.
  /// - Returns: its exit status; 128 and the signal that ended it.
  static func run(
    _ arguments: [String], environment: [String: String] = [:], saying: String, output: String, isUnwanted: () -> Bool
  ) throws(Failure) -> Int {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, saying, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // A group of its own, so that Ctrl-C asks us and not it, and nothing of it is left behind.
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    posix_spawnattr_setpgroup(&attributes, 0)
    var texts = arguments.map { strdup($0) } + [nil]
    defer { for text in texts { free(text) } }
    var variables = OtherProgram.variables(environment).map { strdup($0) } + [nil]
    defer { for text in variables { free(text) } }
    EndingSignals.hold()
    defer { EndingSignals.release() }
    var process: pid_t = 0
    let problem = posix_spawn(&process, arguments[0], &actions, &attributes, &texts, &variables)
    guard problem == 0 else { throw .notStarted(String(cString: strerror(problem))) }
    var status: Int32 = 0
    while waitpid(process, &status, WNOHANG) == 0 {
      if EndingSignals.haveCome || isUnwanted() {
        kill(-process, SIGKILL)
        waitpid(process, &status, 0)
        throw .stopped
      }
      usleep(UInt32(pause) * 1_000)
    }
    let signal = Int(status & 0x7F)
    return signal == 0 ? Int(status >> 8 & 0xFF) : 128 + signal
  }
}

extension OtherProgram {
  /// Our variables with some others in their place.
  private static func variables(_ others: [String: String]) -> [String] {
    var all: [String] = []
    var next = environ
    while let text = next.pointee {
      let variable = String(cString: text)
      if !others.keys.contains(String(variable.prefix { $0 != "=" })) { all.append(variable) }
      next += 1
    }
    return all + others.filter { !$0.value.isEmpty }.map { $0.key + "=" + $0.value }
  }
}

/// A folder that nobody else has.
struct TemporaryFolder {
  let path: String

  /// Nil where none can be made; `errno` says why.
  init?() {
    let root = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var name = Array((root + "/cesuan-XXXXXX").utf8CString)
    guard mkdtemp(&name) != nil else { return nil }
    path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Removes it with all that is in it; links are removed and not followed. What has come to end this program while
  /// another one worked in it does so now.
  func remove() {
    TemporaryFolder.remove(path)
    EndingSignals.passOn()
  }

  private static func remove(_ folder: String) {
    guard let stream = opendir(folder) else { return }
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name != ".", name != ".." else { continue }
      let path = folder + "/" + name
      var status = stat()
      if lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { remove(path) } else { unlink(path) }
    }
    closedir(stream)
    rmdir(folder)
  }
}
