// A folder of Parquet files with the records of one list, which an engine reads where they lie. Knows nothing of what
// is in them.
import Diagnostics
import Glibc
import Reckoning

/// Folders of records.
package enum RecordFolder {
  /// Whether a path is a folder with a Parquet file in it.
  static func hasParquet(_ path: String) -> Bool { !files(of: path).isEmpty }

  /// The names of a folder's Parquet files, in ascending order, each with its size and when it was written.
  package static func files(of path: String) -> [(name: String, size: Int64, written: Int64)] {
    guard let stream = opendir(path) else { return [] }
    defer { closedir(stream) }
    var files: [(name: String, size: Int64, written: Int64)] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      // Engines take names that begin so for what is still being written.
      guard name.lowercased().hasSuffix(".parquet"), name.first != ".", name.first != "_" else { continue }
      var status = stat()
      guard stat(path + "/" + name, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { continue }
      files.append(
        (
          name, Int64(status.st_size),
          Int64(status.st_mtim.tv_sec) &* 1_000 &+ Int64(status.st_mtim.tv_nsec) / 1_000_000
        ))
    }
    return files.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  /// A folder in a folder, some levels deep, that has Parquet files in it; nil where there is none.
  static func inner(of path: String, depth: Int = 0) -> String? {
    guard depth < 4, let stream = opendir(path) else { return nil }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      let inner = path + "/" + name
      var status = stat()
      guard name.first != ".", name.first != "_", lstat(inner, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
        continue
      }
      if hasParquet(inner) { return inner }
      if let found = self.inner(of: inner, depth: depth + 1) { return found }
    }
    return nil
  }
}
