// Bulk files that have been read before, kept as columns: the next load maps them instead of reading the text again. A
// kept file is found by what its source holds, so that it is never taken for a source that has changed, and is itself
// checked before it is trusted. Knows nothing of the form inside (`KeptFile`) or of who wants files kept.
import Diagnostics
import Glibc
import Reckoning

/// A folder of kept columns.
public struct ColumnCache: Sendable {
  /// Where the files are; made when the first is kept.
  public let folder: String
  /// What the folder may hold in bytes; the files used least recently go first.
  public var limit: Int
  /// The smallest file that is kept, in bytes: smaller ones are read as quickly as they are found.
  public var least = 4 << 20
  /// Which program reads: what another version has kept is not used.
  public let version: String

  /// A folder that need not be there yet.
  public init(folder: String, limit: Int = 16 << 30, version: String) {
    self.folder = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    self.limit = limit
    self.version = version
  }

  /// The file that holds a source's columns: named after the source's contents and everything else that decides how it
  /// is read.
  /// - Parameter part: which part of the source is read.
  func path(_ bytes: FileBytes, _ format: BulkFormat, part: String? = nil, _ request: BulkRequest) -> String {
    var digest = Digest()
    digest.add(version)
    if let part { digest.add(part) }
    digest.add(Int64(KeptFile.version))
    for ending in format.endings { digest.add(ending) }
    let (schema, places) = (request.schema, request.reader.places)
    digest.add(schema.declaration.name)
    for field in schema.declaration.fields {
      // A field's whole declaration, in the words of the type that holds it.
      digest.add("\(field.name) \(field.type) \(field.absence) \(field.labels) \(field.choiceLabels)")
    }
    for name in request.ignored.names.sorted() { digest.add(name) }
    let list = request.schema.declaration.name
    for said in request.mapping.digested(of: list) { digest.add(said) }
    digest.add(Int64(request.mapping.headerRows[list] ?? 0))
    digest.add(request.isPart ? 1 : 0)
    digest.add(Int64(places.count))
    for (code, name) in zip(places.codes, places.names) {
      digest.add(code.text)
      digest.add(name)
    }
    let content = ContentDigest.of(UnsafeRawBufferPointer(bytes.bytes), threads: request.threads) { bytes.release($0) }
    digest.add(Int64(bitPattern: content))
    var other = Digest()
    other.add(Int64(bitPattern: content))
    other.add(Int64(bytes.count))
    return "\(folder)/\(digest.hex)\(other.hex).columns"
  }

  /// Makes the folder and, where it holds too much, room in it.
  /// - Returns: false where the folder cannot be made.
  func prepare(for size: Int) -> Bool {
    var parents: [String] = []
    var path = folder
    while !path.isEmpty, access(path, F_OK) != 0 {
      parents.append(path)
      guard let slash = path.lastIndex(of: "/") else { break }
      path = String(path[..<slash])
    }
    for parent in parents.reversed() where mkdir(parent, 0o700) != 0 && errno != EEXIST { return false }
    var files = kept()
    var total = files.reduce(0) { $0 + $1.size } + size
    files.sort { $0.used < $1.used }
    for file in files where total > limit {
      unlink(file.path)
      total -= file.size
    }
    return total <= limit
  }

  private func kept() -> [(path: String, size: Int, used: Int)] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var files: [(path: String, size: Int, used: Int)] = []
    while let found = readdir(stream) {
      let name = withUnsafePointer(to: &found.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      // What a stopped program has left half written counts as well.
      guard name.hasSuffix(".columns") || name.hasPrefix(".cesuan-") else { continue }
      var status = stat()
      guard stat("\(folder)/\(name)", &status) == 0 else { continue }
      files.append(("\(folder)/\(name)", Int(status.st_size), Int(status.st_mtim.tv_sec)))
    }
    return files
  }
}
