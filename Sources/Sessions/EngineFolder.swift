// A folder for what is handed to an engine and what comes back, which is gone afterwards.

import Diagnostics
import Glibc

/// A folder for what is handed to an engine and what comes back.
package struct EngineFolder {
  private let folder: TemporaryFolder

  package init() throws(Refusal) {
    guard let folder = TemporaryFolder() else {
      throw Refusal(.engine(.noFolder(.same(String(cString: strerror(errno))))), at: nil)
    }
    self.folder = folder
  }

  package var path: String { folder.path }

  /// Writes a file of the folder block by block.
  package func write(
    _ name: String, _ fill: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void
  ) throws(Refusal) {
    do {
      try Files.write(to: path + "/" + name, fill)
    } catch let failure as Files.Failure {
      throw Refusal(.engine(.noFolder(failure.reason)), at: nil)
    } catch {
      throw Refusal(.interrupted, at: nil)
    }
  }

  /// The text of a file of the folder; empty where there is none.
  package func text(_ name: String) -> String {
    let bytes = files(of: name).map { (try? Files.bytes($0, isCancelled: { false })) ?? [] }
    return String(decoding: bytes.joined(), as: UTF8.self)
  }

  /// The files by their paths that an engine has written under a name: one, or some in a folder.
  private func files(of name: String) -> [String] {
    let whole = path + "/" + name
    guard let stream = opendir(whole) else { return [whole] }
    defer { closedir(stream) }
    var parts: [String] = []
    while let entry = readdir(stream) {
      let part = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if part.hasPrefix("part-") { parts.append(whole + "/" + part) }
    }
    return parts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Hands a file of the folder over block by block.
  /// - Throws: `Files.Failure` where it cannot be read; what the sink throws.
  package func pour(_ name: String, into sink: (UnsafeRawBufferPointer) throws -> Void) throws {
    for file in files(of: name) { try pour(file: file, into: sink) }
  }

  private func pour(file path: String, into sink: (UnsafeRawBufferPointer) throws -> Void) throws {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw Files.Failure(errno) }
    defer { close(file) }
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { block.deallocate() }
    while true {
      let size = read(file, block.baseAddress, block.count)
      if size < 0 { throw Files.Failure(errno) }
      if size == 0 { return }
      try sink(UnsafeRawBufferPointer(rebasing: block[..<size]))
    }
  }

  /// Removes it with all that is in it.
  package func remove() { folder.remove() }
}
