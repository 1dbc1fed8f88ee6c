// A draft as the text of a policy document: the document that it rests on with the changed figures, readings, period
// and
// measures in place, so that a person can read, check and sign it. Knows nothing of sessions.

import Diagnostics
import Engine
import PolicyLanguage
import Reckoning

/// Edits the text of a document where its declarations stand.
package struct DraftText {
  /// The clause that lets nobody fit a measure whose figures others need.
  private static let fitsNobody = Text(
    "where not (home within home)", zh: "凡\(PolicyParser.inChinese(expression: "not (home within home)"))的")

  /// What holds of everybody, in place of a condition that is taken away.
  private static let always = Text(
    "(home within home)", zh: "（\(PolicyParser.inChinese(expression: "home within home"))）")

  /// What holds of nobody, in place of one that stands below a `not`.
  private static let never = Text(
    "(not (home within home))", zh: "（\(PolicyParser.inChinese(expression: "not (home within home)"))）")

  /// The text with conditions taken away: in their places stands what always holds, or never.
  package func text(without conditions: [(location: SourceRange, holds: Bool)]) -> String {
    apply(
      conditions.compactMap { one in
        range(one.location).map {
          ($0, (one.holds ? DraftText.always : DraftText.never).in(language(one.location)))
        }
      })
  }

  /// The words that stand at a place of the rules, in both languages.
  package func words(at location: SourceRange) -> Text {
    guard let range = range(location) else { return .same("") }
    let words = text[range].split(whereSeparator: \.isNewline).map { $0.drop { $0 == " " } }.joined(separator: " ")
    switch language(location) {
    case .en: return Text(words, zh: PolicyParser.inChinese(expression: words))
    case .zh: return .same(words)
    }
  }

  /// Whether a rule was left out in this way.
  package static func isLeftOut(_ rule: String) -> Bool {
    rule.contains(fitsNobody.en) || rule.contains(fitsNobody.zh)
  }

  let document: CheckedDocument
  let syntax: DocumentSyntax
  let text: String

  package init(_ document: CheckedDocument) {
    self.document = document
    text = document.source.text
    syntax = document.syntax
  }

  /// A policy text as Markdown: one without fences of its own stands in one.
  package static func fenced(_ text: String) -> String {
    if text.contains("```policy") || text.contains("~~~policy") { return text }
    return "```policy\n" + text + (text.hasSuffix("\n") ? "" : "\n") + "```\n"
  }

  /// A policy text that is added to others, fenced; what is wrong in it is told where it was written.
  package static func added(_ file: SourceFile) -> SourceFile {
    let text = fenced(file.text)
    // A fence that is put around the text is one line before it.
    return SourceFile(
      name: file.name, text: text, included: [IncludedText(file, at: text == file.text ? 1 : 2)])
  }

  /// The text with an edit, under its own id.
  ///
  /// - Parameter keeps: names of measures that are left out but that others refer to: their figures stay, and nobody
  /// fits them.
  func source(with edit: DocumentEdit, keeps: Set<String> = []) -> SourceFile {
    // What is taken out leaves its lines, so that whatever is told of the rest is told at its own.
    var changes = structure(edit, keeps)
    for i in changes.indices where changes[i].with.isEmpty {
      changes[i].with = String(repeating: "\n", count: self.text[changes[i].range].utf8.count { $0 == 0x0A })
    }
    var text = apply(changes)
    var included: [IncludedText] = []
    for file in edit.added {
      included.append(IncludedText(file, at: text.utf8.count { $0 == 0x0A } + 2))
      text += addition(file)
    }
    return SourceFile(name: document.source.name, text: text, included: included)
  }

  /// The measures that are left out and that what is left refers to.
  func referred(_ edit: DocumentEdit) -> Set<String> {
    let left = apply(structure(edit, [])) + addition(edit)
    return Set(
      edit.removed.filter { name in
        let zh = syntax.measures.first { $0.name.text == name }?.name.zh
        return left.contains(name + ".") || left.contains(name + "的") || zh.map { left.contains($0 + "的") } ?? false
          || isYieldedTo(name, but: edit.removed)
      })
  }

  /// The text as a document of its own.
  ///
  /// - Parameters:
  ///   - name: the id that it gets.
  ///   - settings: what the draft sets.
  ///   - hasExamples: whether the examples stay, which tell what the old figures come to.
  /// - Returns: the text, and the settings that no document can hold: values laid down elsewhere, readings that belong
  ///   to all documents.
  package func text(
    called name: String, edit: DocumentEdit?, settings: [Setting], hasExamples: Bool
  ) -> (text: String, left: [Setting]) {
    var changes = edit.map { structure($0, referred($0)) } ?? []
    var left: [Setting] = []
    for setting in settings {
      if let change = change(setting) { changes += change } else { left.append(setting) }
    }
    if let location = syntax.header?.name.location, let range = range(location) { changes.append((range, name)) }
    if !hasExamples { changes += syntax.examples.map { (lines(from: $0.location), "") } }
    return (DraftText.withoutEmptyFences(apply(changes)) + (edit.map { addition($0) } ?? ""), left)
  }

  /// The text without fences of rules in which nothing is left.
  static func withoutEmptyFences(_ text: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    var i = 0
    while i < lines.count {
      defer { i += 1 }
      guard lines[i].hasPrefix("```policy") || lines[i].hasPrefix("~~~policy"),
        let end = lines[(i + 1)...].firstIndex(where: { !$0.allSatisfy(\.isWhitespace) }),
        lines[end] == lines[i].prefix(3)
      else { continue }
      // The blank line behind goes too.
      let isFollowed = end + 1 < lines.count && lines[end + 1].allSatisfy(\.isWhitespace)
      lines.removeSubrange(i...(isFollowed ? end + 1 : end))
      i -= 1
    }
    return lines.joined(separator: "\n")
  }

  typealias Change = (range: Range<String.Index>, with: String)

  private func structure(_ edit: DocumentEdit, _ keeps: Set<String>) -> [Change] {
    var changes: [Change] = []
    for name in edit.removed {
      for measure in syntax.measures where measure.name.text == name {
        let whole = lines(from: measure.location)
        if keeps.contains(name), let frame = frameEnd(whole) {
          let clause = DraftText.fitsNobody.in(language(measure.location))
          changes.append((frame..<frame, "\n  " + clause))
        } else {
          changes.append((whole, ""))
        }
      }
    }
    changes += examples(without: edit.removed) + limits(without: edit.removed.filter { !keeps.contains($0) })
    if let window = edit.window, let header = syntax.header {
      let clause: String =
        switch language(header.name.location) {
        case .en: "window from \(window.from.text) to \(window.to.text)"
        case .zh:
          "施行期限 自\(PolicyParser.inChinese(expression: window.from.text))"
            + "至\(PolicyParser.inChinese(expression: window.to.text))"
        }
      if let location = header.window?.location, let range = range(location) {
        changes.append((range, clause))
      } else if let range = range(header.name.location) {
        changes.append((range.upperBound..<range.upperBound, "\n  " + clause))
      }
    }
    return changes
  }

  /// The language in which the rule at a place is written.
  func language(_ location: SourceRange) -> Language {
    syntax.isChinese(line: location.start.line) ? .zh : .en
  }

  private func addition(_ edit: DocumentEdit) -> String { edit.added.map(addition).joined() }

  /// A file behind the text: an empty line, then what it says.
  private func addition(_ file: SourceFile) -> String { "\n" + file.text + (file.text.hasSuffix("\n") ? "" : "\n") }

  /// Where the line ends that says what a measure looks at.
  private func frameEnd(_ measure: Range<String.Index>) -> String.Index? {
    var at = measure.lowerBound
    while at < measure.upperBound {
      let end = lineEnd(at)
      let line = text[at..<end].drop { $0 == " " || $0 == "　" }
      if line.hasPrefix("for ") || line.hasPrefix("对") { return end }
      guard end < text.endIndex else { return nil }
      at = text.index(after: end)
    }
    return nil
  }

  // MARK: Readings

  /// Moves the word `default` from one choice of a reading to another.
  func choiceChange(_ reading: ReadingSyntax, _ choice: String) -> [Change] {
    var changes: [Change] = []
    for (i, one) in reading.choices.enumerated() {
      guard let name = range(one.name.location) else { continue }
      let end = i + 1 < reading.choices.count ? range(reading.choices[i + 1].name.location)?.lowerBound : nil
      let stretch = clause(from: name.lowerBound, before: end)
      let mark = language(one.name.location) == .zh ? "默认" : "default"
      if one.isDefault, one.name.text != choice, let word = DraftText.word(mark, in: text, stretch) {
        changes.append((word, ""))
      } else if !one.isDefault, one.name.text == choice {
        changes.append((stretch.upperBound..<stretch.upperBound, " " + mark))
      }
    }
    return changes
  }

  /// From the beginning of a choice to the end of its last line with text.
  private func clause(from start: String.Index, before end: String.Index?) -> Range<String.Index> {
    var stop = end ?? start
    if end == nil {
      // The last choice goes on over lines that are indented further than it.
      let indent = indentation(of: start)
      stop = lineEnd(start)
      while stop < text.endIndex {
        let next = text.index(after: stop)
        guard next < text.endIndex else { break }
        let line = text[next..<lineEnd(next)]
        let spaces = line.prefix { $0 == " " }.count
        if line.allSatisfy({ $0 == " " }) || spaces <= indent { break }
        stop = lineEnd(next)
      }
    }
    while stop > start, text[text.index(before: stop)].isWhitespace { stop = text.index(before: stop) }
    return start..<stop
  }

  private func indentation(of index: String.Index) -> Int {
    var i = index
    while i > text.startIndex, !text[text.index(before: i)].isNewline { i = text.index(before: i) }
    return text.distance(from: i, to: index)
  }

  private func lineEnd(_ index: String.Index) -> String.Index {
    text[index...].firstIndex(where: \.isNewline) ?? text.endIndex
  }

  /// A word outside quotation marks, with the space before it.
  private static func word(_ word: String, in text: String, _ stretch: Range<String.Index>) -> Range<String.Index>? {
    var isQuoted = false
    var i = stretch.lowerBound
    while i < stretch.upperBound {
      if text[i] == "\"" { isQuoted.toggle() }
      if text[i] == "“" || text[i] == "”" { isQuoted = text[i] == "“" }
      if !isQuoted, text[i..<stretch.upperBound].hasPrefix(word) {
        let start = i > stretch.lowerBound && text[text.index(before: i)] == " " ? text.index(before: i) : i
        return start..<text.index(i, offsetBy: word.count)
      }
      i = text.index(after: i)
    }
    return nil
  }

  // MARK: Places

  func range(_ location: SourceRange) -> Range<String.Index>? {
    guard let from = index(location.start), let to = index(location.end), from <= to else { return nil }
    return from..<to
  }

  private func index(_ position: Position) -> String.Index? {
    guard let line = document.source.lines.line(position.line) else { return nil }
    // A line of the map is a stretch of a text of its own; offsets in bytes carry over.
    let start = line.utf8.distance(from: line.base.startIndex, to: line.startIndex)
    let inside = line.prefix(max(0, position.column - 1)).utf8.count
    guard start + inside <= text.utf8.count else { return nil }
    return text.utf8.index(text.startIndex, offsetBy: start + inside)
  }

  /// A declaration and everything that is indented below it, with the empty lines behind.
  func lines(from location: SourceRange) -> Range<String.Index> {
    guard let found = index(Position(line: location.start.line, column: 1)) else {
      return text.startIndex..<text.startIndex
    }
    var end = lineEnd(found)
    while end < text.endIndex {
      let next = text.index(after: end)
      guard next < text.endIndex else { break }
      let line = text[next..<lineEnd(next)]
      if let first = line.first, !first.isWhitespace { break }
      end = lineEnd(next)
    }
    return found..<(end < text.endIndex ? text.index(after: end) : end)
  }

  /// The line on which something stands, with its end.
  func line(of location: SourceRange) -> Range<String.Index> {
    guard let start = index(Position(line: location.start.line, column: 1)) else {
      return text.startIndex..<text.startIndex
    }
    let end = lineEnd(start)
    return start..<(end < text.endIndex ? text.index(after: end) : end)
  }

  func apply(_ changes: [Change]) -> String {
    var out = ""
    var at = text.startIndex
    for change in changes.sorted(by: {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }) {
      // Of two changes in one place the first stands.
      guard change.range.lowerBound >= at else { continue }
      out += text[at..<change.range.lowerBound] + change.with
      at = change.range.upperBound
    }
    return out + text[at...]
  }
}
