// Names that a scenario's author has said are not to be read. Knows nothing of files.

/// What a scenario lists under `ignore`: names of keys or columns, everywhere or of one list (`hires.note`).
struct Ignored: Sendable {
  var names: Set<String> = []
  /// Those that were written over several lines, on one.
  private var broken: Set<String> { Set(names.filter { $0.contains(where: \.isNewline) }.map(ColumnMapping.flat)) }

  func contains(_ name: String, in list: String? = nil) -> Bool {
    if names.contains(name) || broken.contains(name) { return true }
    guard let list else { return false }
    return names.contains(list + "." + name) || broken.contains(list + "." + name)
  }
}
