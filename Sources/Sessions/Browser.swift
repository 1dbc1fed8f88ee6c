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
      guard !name.isEmpty, let path = OtherProgram.find(name) else { throw .missing }
      return Browser(path: path)
    }
    for name in usual { if let path = OtherProgram.find(name) { return Browser(path: path) } }
    throw .missing
  }

  /// Lets it make something of a page.
  package func make(
    _ product: Product, of page: String, isCancelled: @Sendable () -> Bool
  ) throws(Failure) -> [UInt8] {
    guard let folder = TemporaryFolder() else { throw .silent(String(cString: strerror(errno))) }
    defer { folder.remove() }
    // It looks at the ending of a picture's name.
    let ending =
      switch product {
      case .sheets: "pdf"
      case .picture: "png"
      }
    let result = folder.path + "/result." + ending
    let source = folder.path + "/page.html"
    do { try Files.write(to: source) { sink in try Array(page.utf8).withUnsafeBytes { try sink($0) } } } catch {
      throw .silent((error as? Files.Failure)?.reason.en ?? "")
    }
    try run(arguments(product, source, result, folder.path), folder.path, isCancelled)
    guard let bytes = try? Files.bytes(result, isCancelled: isCancelled), !bytes.isEmpty else {
      let said = (try? Files.bytes(folder.path + "/said", isCancelled: isCancelled)) ?? []
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
    do {
      var waited = 0
      _ = try OtherProgram.run(arguments, saying: folder + "/said", output: "/dev/null") {
        waited += OtherProgram.pause
        return isCancelled() || waited > Browser.patience
      }
    } catch {
      switch error {
      case .notStarted(let why): throw .silent(why)
      case .stopped:
        if isCancelled() { throw .interrupted }
        throw .silent("it did not come to an end")
      }
    }
  }
}
