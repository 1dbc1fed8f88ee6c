// Names of files as they are being typed. Knows nothing of commands.

import Glibc
import Sessions

enum Paths {
  /// How many names of a folder are offered.
  private static let limit = 500

  /// Files and folders that continue what is typed.
  /// - Parameter endings: the only files wanted; empty: all.
  static func complete(_ position: CursorContext, endings: [String]) -> (replaceFrom: Int, completions: [Completion]) {
    let typed = position.partial
    let cut = typed.lastIndex(of: "/").map { typed.index(after: $0) } ?? typed.startIndex
    let folder = String(typed[..<cut])
    let beginning = typed[cut...]
    var out: [Completion] = []
    for name in names(of: Files.expanded(folder.isEmpty ? "." : folder)) where name.hasPrefix(beginning) {
      if name.hasPrefix("."), !beginning.hasPrefix(".") { continue }
      let path = folder + name
      var status = stat()
      guard stat(Files.expanded(path), &status) == 0 else { continue }
      let isFolder = status.st_mode & S_IFMT == S_IFDIR
      if isFolder {
        out.append(Completion(written(path) + "/", "", appendsSpace: false))
      } else if endings.isEmpty || endings.contains(Files.ending(name)) {
        out.append(Completion(written(path)))
      }
      if out.count >= limit { break }
    }
    return (position.start, out.sorted { $0.text < $1.text })
  }

  /// A name with signs that would end it goes in quotation marks.
  private static func written(_ path: String) -> String {
    let needsQuotes = path.utf8.contains {
      $0 == 0x20 || $0 == 0x3B || $0 == 0x2C || $0 == 0x3D || $0 == 0x2B || $0 == 0x22
    }
    return needsQuotes ? "\"" + path : path
  }

  private static func names(of folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream), names.count < 10_000 {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }
}
