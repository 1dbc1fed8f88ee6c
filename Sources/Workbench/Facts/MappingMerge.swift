// What a command says of columns, added to the `columns` of a scenario's text as its author has written it: everything
// else stays as it is. Knows nothing of what the words mean.

import Diagnostics
import Facts

/// Adds entries to what a scenario's text says of a list's columns.
struct MappingMerge {
  /// The list's names as the text may have them.
  let lists: [String]

  /// The same key in either language, and under which a text may hold it.
  private static let kinds: [Set<String>] = [
    ColumnMapping.constantWords, ColumnMapping.cellWords, ColumnMapping.dateWords, ColumnMapping.carryWords,
    ColumnMapping.skipWords, ColumnMapping.numberWords,
  ]

  /// - Parameter entries: as a flow map has them: `"合同起始日期": start`, `constant: {enterprise: "甲公司"}`.
  /// - Returns: false where the text has them in a way that cannot be added to.
  func add(_ entries: [String], to lines: inout [String]) -> Bool {
    if entries.isEmpty { return true }
    let own = "\(lists[0]): {" + entries.joined(separator: ", ") + "}"
    guard let head = lines.firstIndex(where: { line in MappingMerge.heads.contains { line.hasPrefix($0 + ":") } })
    else {
      if let last = lines.last, last.isEmpty { lines.removeLast() }
      lines += ["columns:", "  " + own, ""]
      return true
    }
    guard MappingMerge.isBlank(lines[head].drop { $0 != ":" }.dropFirst()) else { return false }
    let body = head + 1..<MappingMerge.end(of: head, lines)
    let children = body.filter { lines[$0].contains { $0 != " " } }
    let indent = children.first.map { MappingMerge.indent(lines[$0]) } ?? 2
    guard
      let child = children.first(where: { at in
        MappingMerge.indent(lines[at]) == indent && MappingMerge.key(lines[at]).map(lists.contains) == true
      })
    else {
      lines.insert(String(repeating: " ", count: indent) + own, at: head + 1)
      return true
    }
    let rest = MappingMerge.value(lines[child])
    if !MappingMerge.isBlank(rest[...]) {
      guard let merged = MappingMerge.merged(entries, into: lines[child]) else { return false }
      lines[child] = merged
      return true
    }
    return addBelow(entries, child, &lines)
  }

  /// Adds entries to a list's columns that stand in lines of their own.
  private func addBelow(_ entries: [String], _ child: Int, _ lines: inout [String]) -> Bool {
    var new: [String] = []
    var changed = lines
    let below = (child + 1..<MappingMerge.end(of: child, lines)).filter { !MappingMerge.isBlank(lines[$0][...]) }
    let indent = below.first.map { MappingMerge.indent(lines[$0]) } ?? MappingMerge.indent(lines[child]) + 2
    for entry in entries {
      guard let key = MappingMerge.key(entry), let kind = MappingMerge.kinds.first(where: { $0.contains(key) }),
        let at = below.first(where: { MappingMerge.key(lines[$0]).map(kind.contains) == true })
      else {
        new.append(String(repeating: " ", count: indent) + entry)
        continue
      }
      guard let merged = MappingMerge.joined(changed[at], MappingMerge.value(entry)) else { return false }
      changed[at] = merged
    }
    changed.insert(contentsOf: new, at: child + 1)
    lines = changed
    return true
  }

  private static let heads = ["columns", "各列", "列"]

  // MARK: lines

  private static func isBlank(_ text: Substring) -> Bool {
    text.prefix { $0 != "#" }.allSatisfy(\.isWhitespace)
  }

  private static func indent(_ line: String) -> Int { line.prefix { $0 == " " }.count }

  /// Behind the last line that belongs to a key.
  private static func end(of head: Int, _ lines: [String]) -> Int {
    let own = indent(lines[head])
    return lines[(head + 1)...].firstIndex { !isBlank($0[...]) && indent($0) <= own } ?? lines.count
  }

  /// The key of a line or an entry, without quotation marks.
  private static func key(_ line: String) -> String? {
    let text = line.drop { $0 == " " }
    if text.first == "\"" {
      return text.dropFirst().firstIndex(of: "\"").map { String(text[text.index(after: text.startIndex)..<$0]) }
    }
    return text.firstIndex(of: ":").map { String(text[..<$0]) }
  }

  /// What stands behind a line's key.
  private static func value(_ line: String) -> String {
    guard let key = key(line), let found = line.firstRange(of: key) else { return "" }
    return String(line[found.upperBound...].drop { $0 != ":" }.dropFirst())
  }

  // MARK: flow maps

  /// A line's flow map with entries added.
  private static func merged(_ entries: [String], into line: String) -> String? {
    var out = line
    for entry in entries {
      if let key = key(entry), let kind = kinds.first(where: { $0.contains(key) }),
        let place = kind.lazy.compactMap({ out.firstRange(of: "\($0): ") ?? out.firstRange(of: "\"\($0)\": ") }).first
      {
        let head = String(out[..<place.upperBound]), tail = String(out[place.upperBound...])
        guard let inside = joined(tail, value(entry)) else { return nil }
        out = head + inside
      } else {
        guard let added = joined(out, "{\(entry)}") else { return nil }
        out = added
      }
    }
    return out
  }

  /// A text with what stands within a map or a list put behind what stands within its first map or list.
  private static func joined(_ text: String, _ other: String) -> String? {
    let more = other.drop { $0 == " " }
    guard let sign = more.first, let open = text.firstIndex(where: { "{[".contains($0) }), text[open] == sign,
      let close = close(of: open, text)
    else { return nil }
    let isEmpty = text[text.index(after: open)..<close].allSatisfy(\.isWhitespace)
    return text[..<close] + (isEmpty ? "" : ", ") + more.dropFirst().dropLast() + text[close...]
  }

  /// Where a bracket is closed in one line.
  private static func close(of open: String.Index, _ text: String) -> String.Index? {
    var depth = 0
    var mark: Character?
    var at = open
    while at < text.endIndex {
      let sign = text[at]
      if let quote = mark {
        if sign == "\\", quote == "\"" { at = text.index(after: at) } else if sign == quote { mark = nil }
      } else if sign == "\"" || sign == "'" {
        mark = sign
      } else if "{[".contains(sign) {
        depth += 1
      } else if "}]".contains(sign) {
        depth -= 1
        if depth == 0 { return at }
      }
      guard at < text.endIndex else { return nil }
      at = text.index(after: at)
    }
    return nil
  }
}
