// What a command says of columns, added to the `columns` of a scenario's text as its author has written it: everything
// else stays as it is. Knows nothing of what the words mean.

import Diagnostics
import Facts

/// Adds entries to what a scenario's text says of a list's columns.
struct MappingMerge {
  /// The list's names as the text may have them.
  let lists: [String]
  /// What a fact is called by itself, where it is written by its label.
  var name: (String) -> String = { $0 }

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
      guard var map = FlowText(lines[child]), map.isMap, entries.allSatisfy({ put($0, into: &map) }) else {
        return false
      }
      lines[child] = map.line
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
    let own = below.filter { MappingMerge.indent(lines[$0]) == indent }
    for entry in entries {
      guard let key = MappingMerge.key(entry) else { return false }
      // Each line is a map of one entry.
      let at = own.first { holds(changed[$0], key, MappingMerge.value(entry)) }
      guard let at else {
        let others = own.compactMap { MappingMerge.key(changed[$0]) }
        new.append(String(repeating: " ", count: indent) + MappingMerge.free(entry, beside: others))
        continue
      }
      guard let line = merged(changed[at], entry) else { return false }
      changed[at] = line
    }
    changed.insert(contentsOf: new, at: child + 1)
    lines = changed
    return true
  }

  // MARK: entries

  private static func trimmed(_ text: String) -> String {
    String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }

  /// Whether an entry as it is written is one of a key: the same heading, or the same of the keys beside headings.
  private func holds(_ item: String, _ key: String, _ value: String) -> Bool {
    guard let own = MappingMerge.key(item) else { return false }
    guard let kind = MappingMerge.kinds.first(where: { $0.contains(key) }) else { return own == key }
    guard kind.contains(own) else { return false }
    guard kind == ColumnMapping.dateWords else { return true }
    // Of single facts, and of all.
    let text = MappingMerge.trimmed(MappingMerge.value(item))
    return text.isEmpty || text.hasPrefix("#") || text.hasPrefix("{") == MappingMerge.trimmed(value).hasPrefix("{")
  }

  /// An entry whose key no other has: of two ways to write one the other is free.
  private static func free(_ entry: String, beside others: [String]) -> String {
    guard let key = key(entry), others.contains(key), let kind = kinds.first(where: { $0.contains(key) }),
      let other = kind.sorted().first(where: { !others.contains($0) })
    else { return entry }
    return "\(other):\(value(entry))"
  }

  /// Puts an entry into a list's columns: a word that is said takes the place of what was said of the same.
  private func put(_ entry: String, into map: inout FlowText) -> Bool {
    guard let key = MappingMerge.key(entry) else { return false }
    guard let at = map.items.firstIndex(where: { holds($0, key, MappingMerge.value(entry)) }) else {
      map.items.append(MappingMerge.free(entry, beside: map.items.compactMap(MappingMerge.key)))
      return true
    }
    guard let item = merged(map.items[at], entry) else { return false }
    map.items[at] = item
    return true
  }

  /// An entry, or a line with one, with another of the same key; nil where it cannot be added to.
  private func merged(_ item: String, _ entry: String) -> String? {
    let value = MappingMerge.trimmed(MappingMerge.value(entry))
    guard let key = MappingMerge.key(entry), let own = MappingMerge.key(item) else { return nil }
    let isOfDays = ColumnMapping.dateWords.contains(key) && !value.hasPrefix("{")
    guard MappingMerge.kinds.contains(where: { $0.contains(key) }), !isOfDays else {
      return replaced(item, own, by: value)
    }
    guard let more = FlowText(value), var map = FlowText(MappingMerge.value(item)), map.isMap == more.isMap else {
      return nil
    }
    for one in more.items {
      let same = map.items.firstIndex {
        alike($0, one, isMap: map.isMap, ofCells: ColumnMapping.cellWords.contains(key))
      }
      if let same { map.items[same] = one } else { map.items.append(one) }
    }
    return head(of: item, own) + map.line
  }

  /// Whether two items speak of the same.
  private func alike(_ one: String, _ other: String, isMap: Bool, ofCells: Bool) -> Bool {
    func subject(_ item: String) -> String {
      let text = isMap ? MappingMerge.key(item) ?? item : MappingMerge.bare(item)
      return ofCells ? text : name(text)
    }
    return subject(one) == subject(other)
  }

  /// A text without its quotation marks.
  private static func bare(_ text: String) -> String {
    text.count > 1 && text.first == text.last && "\"'".contains(text.first ?? " ")
      ? String(text.dropFirst().dropLast()) : text
  }

  /// What stands before an entry's value.
  private func head(of item: String, _ key: String) -> String {
    String(item.dropLast(MappingMerge.value(item).count))
  }

  /// An entry with another value; what stands behind it in its line stays.
  private func replaced(_ item: String, _ key: String, by value: String) -> String? {
    let old = MappingMerge.value(item)
    if var flow = FlowText(old) {
      guard let new = FlowText(value), flow.isMap == new.isMap else { return nil }
      flow.items = new.items
      return head(of: item, key) + flow.line
    }
    let comment = old.firstRange(of: " #").map { String(old[$0.lowerBound...]) } ?? ""
    return head(of: item, key) + " " + value + comment
  }

  // MARK: the row of headings

  /// Says which row names the list's columns.
  /// - Parameter row: as it is written; empty where it is not to be said.
  /// - Returns: false where the text has it in a way that cannot be changed.
  func setHeaderRow(_ row: String, _ lines: inout [String]) -> Bool {
    let new = row.isEmpty ? [] : ["\(lists[0]): \(row)"]
    guard let head = lines.firstIndex(where: { $0.hasPrefix("header_row:") || $0.hasPrefix("表头行:") }) else {
      let at =
        lines.firstIndex { $0.hasPrefix("district:") || $0.hasPrefix("区县:") }.map { $0 + 1 } ?? min(1, lines.count)
      lines.insert(contentsOf: new.map { "header_row: {\($0)}" }, at: at)
      return true
    }
    let isOwn = { (text: String) in MappingMerge.key(text).map(lists.contains) == true }
    if MappingMerge.isBlank(MappingMerge.value(lines[head])[...]) {
      let body = head + 1..<MappingMerge.end(of: head, lines)
      let indent = body.first.map { MappingMerge.indent(lines[$0]) } ?? 2
      let rest = body.map { lines[$0] }.filter { !isOwn($0) }
      let all = new.map { String(repeating: " ", count: indent) + $0 } + rest
      lines.replaceSubrange(
        head..<body.upperBound, with: all.allSatisfy { MappingMerge.isBlank($0[...]) } ? all : [lines[head]] + all)
      return true
    }
    guard var map = FlowText(lines[head]), map.isMap else { return false }
    map.items = map.items.filter { !isOwn($0) } + new
    if map.items.isEmpty { lines.remove(at: head) } else { lines[head] = map.line }
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
}

/// A flow map or a flow list in a line, as its author has written it, with what stands around it.
struct FlowText {
  private let before: Substring
  private let after: Substring
  let isMap: Bool
  /// Each as it is written, without the blanks around.
  var items: [String]

  /// - Returns: nil where none is opened, or where it is not closed in the line.
  init?(_ line: String) {
    guard let open = line.firstIndex(where: { "{[#".contains($0) }), line[open] != "#" else { return nil }
    var depth = 0
    var mark: Character?
    var at = open, from = line.index(after: open)
    var found: [String] = []
    func item(_ end: String.Index) -> String {
      let text = line[from..<end].drop { $0 == " " }
      return String(text.reversed().drop { $0 == " " }.reversed())
    }
    while at < line.endIndex {
      let sign = line[at], next = line.index(after: at)
      if let quote = mark {
        if sign == "\\", quote == "\"", next < line.endIndex {
          at = line.index(after: next)
          continue
        }
        if sign == quote { mark = nil }
      } else if sign == "\"" || sign == "'" {
        mark = sign
      } else if "{[".contains(sign) {
        depth += 1
      } else if sign == ",", depth == 1 {
        found.append(item(at))
        from = next
      } else if "}]".contains(sign) {
        depth -= 1
        if depth == 0 {
          let last = item(at)
          (before, after, isMap) = (line[..<open], line[next...], line[open] == "{")
          items = found + (last.isEmpty ? [] : [last])
          return
        }
      }
      at = next
    }
    return nil
  }

  /// The whole line.
  var line: String {
    let inner = items.joined(separator: ", ")
    return before + (isMap ? "{\(inner)}" : "[\(inner)]") + after
  }
}
