// A browser beside the program, which lays pages out on paper and draws them as points: Chromium or one of its kin,
// without a window. It gets a page that fetches nothing, in a folder of its own that is gone afterwards. Knows nothing
// of what pages say.

import Diagnostics
import Glibc

/// The browser of this machine.
package struct Browser: Sendable {
  /// Why a browser made nothing.
  package enum Failure: Error, Sendable, Hashable {
    /// There is none.
    case missing
    /// It was started and gave nothing.
    case silent(String)
    case interrupted
  }

  /// What it is asked to make.
  package enum Product: Sendable {
    case sheets
    case picture(width: Int, height: Int)
  }

  /// The variable that names the program, where it is none of the usual ones.
  package static let variable = "CESUAN_BROWSER"
  private static let usual = [
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "brave-browser",
  ]
  /// A page that is not laid out by then never will be, in milliseconds.
  private static let patience = 120_000

  /// Where the program is.
  package let path: String

  /// The browser that is named, or the first of the usual ones that is installed.
  package static func find() throws(Failure) -> Browser {
    if let named = getenv(variable) {
      let name = String(cString: named)
      guard !name.isEmpty, let path = program(name) else { throw .missing }
      return Browser(path: path)
    }
    for name in usual { if let path = program(name) { return Browser(path: path) } }
    throw .missing
  }

  private static func program(_ name: String) -> String? {
    if name.contains("/") { return access(name, X_OK) == 0 ? name : nil }
    guard let list = getenv("PATH") else { return nil }
    for folder in String(cString: list).split(separator: ":") {
      let path = folder + "/" + name
      if access(path, X_OK) == 0 { return path }
    }
    return nil
  }

  /// Lets it make something of a page.
  package func make(
    _ product: Product, of page: String, isCancelled: @Sendable () -> Bool
  ) throws(Failure) -> [UInt8] {
    guard let folder = Browser.temporaryFolder() else { throw .silent(String(cString: strerror(errno))) }
    defer { Browser.remove(folder) }
    // It looks at the ending of a picture's name.
    let ending =
      switch product {
      case .sheets: "pdf"
      case .picture: "png"
      }
    let result = folder + "/result." + ending
    let source = folder + "/page.html"
    do { try Files.write(to: source) { sink in try Array(page.utf8).withUnsafeBytes { try sink($0) } } } catch {
      throw .silent((error as? Files.Failure)?.reason.en ?? "")
    }
    try run(arguments(product, source, result, folder), folder, isCancelled)
    guard let bytes = try? Files.bytes(result, isCancelled: isCancelled), !bytes.isEmpty else {
      let said = (try? Files.bytes(folder + "/said", isCancelled: isCancelled)) ?? []
      let lines = String(decoding: said.suffix(4_000), as: UTF8.self).split(separator: "\n")
      throw .silent(lines.last.map(String.init) ?? "")
    }
    return bytes
  }

  private func arguments(_ product: Product, _ source: String, _ result: String, _ folder: String) -> [String] {
    var list = [
      path, "--headless", "--disable-gpu", "--disable-extensions", "--no-first-run", "--disable-background-networking",
      "--disable-dev-shm-usage", "--hide-scrollbars", "--user-data-dir=\(folder)/profile",
    ]
    // Its own walls cannot be built by the superuser; the page has no script and fetches nothing.
    if geteuid() == 0 { list.append("--no-sandbox") }
    switch product {
    case .sheets: list += ["--no-pdf-header-footer", "--print-to-pdf=\(result)"]
    case .picture(let width, let height):
      list += ["--force-device-scale-factor=2", "--window-size=\(width),\(height)", "--screenshot=\(result)"]
    }
    return list + ["file://\(source)"]
  }

  /// Starts it and waits, with what it says kept in the folder.
  private func run(_ arguments: [String], _ folder: String, _ isCancelled: @Sendable () -> Bool) throws(Failure) {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(
      &actions, STDERR_FILENO, folder + "/said", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // A group of its own, so that Ctrl-C asks us and not it, and nothing of it is left behind.
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    posix_spawnattr_setpgroup(&attributes, 0)
    var texts = arguments.map { strdup($0) } + [nil]
    defer { for text in texts { free(text) } }
    var process: pid_t = 0
    let problem = posix_spawn(&process, path, &actions, &attributes, &texts, environ)
    guard problem == 0 else { throw .silent(String(cString: strerror(problem))) }
    var status: Int32 = 0
    var waited = 0
    while waitpid(process, &status, WNOHANG) == 0 {
      if isCancelled() || waited > Browser.patience {
        kill(-process, SIGKILL)
        waitpid(process, &status, 0)
        if isCancelled() { throw .interrupted }
        throw .silent("it did not come to an end")
      }
      usleep(20_000)
      waited += 20
    }
  }

  private static func temporaryFolder() -> String? {
    let root = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var name = Array((root + "/cesuan-XXXXXX").utf8CString)
    guard mkdtemp(&name) != nil else { return nil }
    return String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Removes a folder with all that is in it; links are removed and not followed.
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
