// Ctrl-R: an earlier command by any part of it, while that is typed. libedit's own search looks up what a typed
// character does by its lowest byte alone, so that 按 (U+6309) would be a Tab and end it; here every character counts.
// Knows nothing of how the line is edited otherwise.

import CLibEdit

/// An incremental search through the history.
struct HistorySearch {
  /// What has been typed of the command sought.
  private(set) var pattern = ""
  /// The entry shown, an index into the entries; nil: none holds what was typed.
  private(set) var location: Int?
  private let entries: [String]

  init(_ entries: [String]) {
    self.entries = entries
  }

  /// The entry found, empty where there is none.
  var found: String { location.map { entries[$0] } ?? "" }
  /// Whether something was typed that no entry holds.
  var hasFailed: Bool { location == nil && !pattern.isEmpty }

  /// One character more, sought from the present entry on.
  mutating func append(_ text: String) {
    pattern += text
    location = find(from: location ?? entries.count - 1, by: -1)
  }

  /// One character less, sought from the newest entry on.
  mutating func removeLast() {
    guard !pattern.isEmpty else { return }
    pattern.removeLast()
    location = pattern.isEmpty ? nil : find(from: entries.count - 1, by: -1)
  }

  /// The next entry that holds it, back in time with -1; where there is none the present one stays.
  mutating func go(by step: Int) {
    guard let location, !pattern.isEmpty else { return }
    var next = location + step
    while entries.indices.contains(next), entries[next] == entries[location] || !entries[next].contains(pattern) {
      next += step
    }
    if entries.indices.contains(next) { self.location = next }
  }

  private func find(from start: Int, by step: Int) -> Int? {
    var location = start
    while entries.indices.contains(location) {
      if entries[location].contains(pattern) { return location }
      location += step
    }
    return nil
  }
}

extension LineEditor {
  private enum Key {
    static let cancel: UInt32 = 0x07
    static let delete: [UInt32] = [0x08, 0x7f]
    static let back: UInt32 = 0x12
    static let forth: UInt32 = 0x13
    static let escape: UInt32 = 0x1b
  }

  /// Searches until a key does something else; that key is then carried out on what was found.
  func searchHistory() -> UInt8 {
    let (scalars, _) = currentLine()
    let before = Self.text(scalars)
    var search = HistorySearch(history.entries)
    hidesHint = true
    defer {
      searchMarkup = nil
      hidesHint = false
    }
    while true {
      show(search, otherwise: before)
      var key: UInt32 = 0
      guard readKey(into: &key) == 1 else {
        searchMarkup = nil
        // The row is left here: whoever reads the line takes an ending of this kind for one that has left it.
        if hasInterrupted { write("\r\n") }
        return UInt8(CC_EOF)
      }
      switch key {
      case Key.back: search.go(by: -1)
      case Key.forth: search.go(by: 1)
      case _ where Key.delete.contains(key): search.removeLast()
      case Key.cancel:
        replaceLine(with: before)
        return leaveSearch()
      case Key.escape: return leaveSearch()
      case EditorKey.paste.rawValue:
        search.append(pendingPaste.filter { $0 != "\n" })
        pendingPaste = ""
      case _ where key < 0x20 || (0x80...0x9f).contains(key):
        edit_push(editor, [key, 0])
        return leaveSearch()
      default: search.append(Self.text([key]))
      }
    }
  }

  private func leaveSearch() -> UInt8 {
    searchMarkup = nil
    redrawWhole()
    return UInt8(CC_REFRESH)
  }

  /// The prompt with what is sought, and what was found in the line.
  private func show(_ search: HistorySearch, otherwise before: String) {
    searchMarkup = PromptMarkup("\(searchWord)\(search.hasFailed ? "?" : "") \(search.pattern)› ")
    replaceLine(with: search.pattern.isEmpty ? before : search.found)
    redrawWhole()
  }
}
