// A scenario file as a tree of texts with their places. Scalars stay as they are written: `0101`, `no` and `1e3` are
// texts until a field says otherwise. Keys given twice are told rather than refused, so that the rest is read too.
// The only file that knows the YAML library.
import Diagnostics
import Yams

/// One value of a YAML file.
public struct YAMLValue {
  /// What form a value has.
  public enum Form {
    /// A single text; `plain` when it stands without quotation marks.
    case text(String, plain: Bool)
    case nothing
    case list
    case map
  }

  fileprivate let node: Node
  fileprivate let tree: YAMLTree

  /// Its form.
  public var kind: Form {
    switch node {
    case .scalar(let scalar):
      let plain = scalar.style == .plain || scalar.style == .any
      let text = String(Members.trimmed(scalar.string[...]))
      if plain, text.isEmpty || scalar.string == "~" || scalar.string == "null" { return .nothing }
      return .text(text, plain: plain)
    case .sequence: return .list
    case .mapping: return .map
    case .alias: return .nothing
    }
  }

  /// Where it stands; nil where the library does not say.
  public var location: SourceRange? { tree.location(node) }

  /// The entries of a list.
  public var entries: [YAMLValue] {
    guard case .sequence(let sequence) = node else { return [] }
    return sequence.map { YAMLValue(node: $0, tree: tree) }
  }

  /// The pairs of a map, in the order of the file.
  public var pairs: [(key: YAMLValue, value: YAMLValue)] {
    guard case .mapping(let mapping) = node else { return [] }
    return mapping.map { (YAMLValue(node: $0.key, tree: tree), YAMLValue(node: $0.value, tree: tree)) }
  }

  /// A map's key as a text; nil when it is none.
  public var name: String? {
    guard case .scalar(let scalar) = node else { return nil }
    return String(Members.trimmed(scalar.string[...]))
  }

  /// Whether this key was given again later in its map: only the later one counts.
  var isRepeated: Bool { name.map { tree.isStandIn($0) } ?? false }

  /// What it is, in words.
  var described: Text {
    switch kind {
    case .text: Text("a single value", zh: "单个值")
    case .nothing: Text("nothing", zh: "空白")
    case .list: Text("a list", zh: "列表")
    case .map: Text("a set of keys and values", zh: "一组键和值")
    }
  }
}

/// A parsed YAML text.
public final class YAMLTree {
  /// What messages point into.
  public let source: SourceFile
  /// The line of the source on which the text begins.
  private let firstLine: Int
  /// Private characters that stand for keys given twice; none occurs in the text itself.
  private static let standIns: ClosedRange<UInt32> = 0xF_0000...0xF_03E7

  /// Only the node is kept: a value holds the tree, and the tree must not hold a value.
  private var rootNode: Node?
  /// The whole text as a value; nil for an empty or malformed one.
  public var root: YAMLValue? { rootNode.map { YAMLValue(node: $0, tree: self) } }
  /// What is wrong with the text itself.
  public var diagnostics: [Diagnostic] { problems.map { $0.problem.diagnostic(at: $0.location) } }
  private(set) var problems: [(problem: FileProblem, location: SourceRange?)] = []
  private var repeated: [(name: String, firstLine: Int, standIn: String)] = []

  /// Parses a text that begins on a line of its source, from 1.
  public init(_ text: String, source: SourceFile, firstLine: Int) {
    self.source = source
    self.firstLine = firstLine
    var text = text
    let refusal = text.withUTF8 { YAMLGuard.refusal($0) }
    if let refusal {
      let before = String(decoding: Array(text.utf8.prefix(refusal.offset)), as: UTF8.self)
      let line = 1 + before.utf8.count { $0 == 0x0A }
      let column =
        1 + (before.utf8.lastIndex(of: 0x0A).map { before[before.utf8.index(after: $0)...].count } ?? before.count)
      problems.append((refusal.problem, location(line: line, column: column, length: 1)))
      return
    }
    compose(text)
  }

  private func compose(_ original: String) {
    var text = original
    // Each key given twice costs one more parsing.
    let attempts = max(1, min(200, (1 << 21) / max(original.utf8.count, 1)))
    for attempt in 0...attempts {
      do {
        if let node = try Parser(yaml: text, resolver: .basic, encoding: .utf8).singleRoot() {
          rootNode = node
          tellRepeated()
        }
        return
      } catch YamlError.duplicatedKeysInMapping(let names, let context) {
        let mark = context.mark
        guard attempt < attempts, let name = names.first, let changed = standIn(attempt, for: name, at: mark, in: text)
        else {
          let at = location(line: mark.line, column: mark.column, length: 1)
          problems.append((.repeatedKey(names.first ?? "?", firstLine: nil), at))
          return
        }
        text = changed
      } catch let error as YamlError {
        refuse(error)
        return
      } catch {
        problems.append((.syntax("\(error)"), nil))
        return
      }
    }
  }

  // MARK: keys given twice

  /// The text with the first of two equal keys replaced by one that is as long and occurs nowhere else.
  private func standIn(_ n: Int, for name: String, at mark: Mark, in text: String) -> String? {
    guard !name.isEmpty, let scalar = Unicode.Scalar(YAMLTree.standIns.lowerBound + UInt32(n)) else { return nil }
    guard let lineStart = YAMLTree.start(ofLine: mark.line, in: text) else { return nil }
    let scalars = text.unicodeScalars
    guard var start = scalars.index(lineStart, offsetBy: mark.column - 1, limitedBy: scalars.endIndex) else {
      return nil
    }
    if start < scalars.endIndex, scalars[start] == "\"" || scalars[start] == "'" { start = scalars.index(after: start) }
    guard scalars[start...].starts(with: name.unicodeScalars) else { return nil }
    let length = name.unicodeScalars.count
    let end = scalars.index(start, offsetBy: length)
    var key = String.UnicodeScalarView()
    for _ in 0..<length { key.append(scalar) }
    repeated.append((name, mark.line, String(key)))
    return String(text[..<start]) + String(key) + String(text[end...])
  }

  private static func start(ofLine line: Int, in text: String) -> String.Index? {
    if line <= 1 { return text.startIndex }
    var seen = 1
    for index in text.utf8.indices where text.utf8[index] == 0x0A {
      seen += 1
      if seen == line { return text.utf8.index(after: index) }
    }
    return nil
  }

  func isStandIn(_ key: String) -> Bool { repeated.contains { $0.standIn == key } }

  private func tellRepeated() {
    for (name, line, standIn) in repeated {
      let found = rootNode.flatMap { later(of: name, standIn: standIn, in: $0, depth: 0) }
      problems.append((.repeatedKey(name, firstLine: line + firstLine - 1), found.flatMap { location($0) }))
    }
  }

  /// The key that stands in the same map as a stand-in.
  private func later(of name: String, standIn: String, in node: Node, depth: Int) -> Node? {
    if depth > 8 { return nil }
    switch node {
    case .mapping(let mapping):
      if mapping.contains(where: { $0.key.scalar?.string == standIn }) {
        return mapping.first { $0.key.scalar?.string == name }?.key
      }
      for pair in mapping {
        if let found = later(of: name, standIn: standIn, in: pair.value, depth: depth + 1) { return found }
      }
    case .sequence(let sequence):
      for entry in sequence {
        if let found = later(of: name, standIn: standIn, in: entry, depth: depth + 1) { return found }
      }
    case .scalar, .alias: break
    }
    return nil
  }

  // MARK: problems and places

  private func refuse(_ error: YamlError) {
    switch error {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _):
      // A quotation mark or bracket that is never closed is best shown where it was opened.
      let opened = problem.contains("end of stream") || problem.contains("',' or")
      let at = opened ? context?.mark ?? mark : mark
      problems.append((.syntax(problem), location(line: at.line, column: at.column, length: 1)))
    case .composer(_, let problem, let mark, _):
      let several = problem.contains("another document")
      problems.append(
        (several ? .severalDocuments : .syntax(problem), location(line: mark.line, column: mark.column, length: 1)))
    case .reader(let problem, let offset, _, let yaml):
      var line = 1
      var column = 1
      // Where the library does not say where, it is the beginning.
      for character in yaml.prefix(offset ?? 0) {
        if character.isNewline { (line, column) = (line + 1, 1) } else { column += 1 }
      }
      problems.append((.syntax(problem), location(line: line, column: column, length: 1)))
    case .duplicatedKeysInMapping(let names, let context):
      problems.append(
        (
          .repeatedKey(names.first ?? "?", firstLine: nil),
          location(line: context.mark.line, column: context.mark.column, length: 1)
        ))
    case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
      problems.append((.syntax("unreadable"), nil))
    }
  }

  fileprivate func location(_ node: Node) -> SourceRange? {
    guard let mark = node.mark else { return nil }
    var length = 1
    if case .scalar(let scalar) = node {
      let quotes = scalar.style == .doubleQuoted || scalar.style == .singleQuoted ? 2 : 0
      let line = scalar.string.prefix(200)
      length = max(1, (line.firstIndex(where: \.isNewline).map { line[..<$0].count } ?? line.count) + quotes)
    }
    return location(line: mark.line, column: mark.column, length: length)
  }

  private func location(line: Int, column: Int, length: Int) -> SourceRange {
    let line = line + firstLine - 1
    return SourceRange(
      source: source, start: Position(line: line, column: column), end: Position(line: line, column: column + length))
  }
}
