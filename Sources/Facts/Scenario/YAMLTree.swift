// A scenario file as a tree of texts with their places. Scalars stay as they are written: `0101`, `no` and `1e3` are
// texts until a field says otherwise. Keys given twice are told rather than refused, so that the rest is read too.
// Knows nothing of the library that finds the events.
import Diagnostics

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

  fileprivate let node: Int
  fileprivate let tree: YAMLTree
  /// Whether this is a key that was given again later in its map: only the later one counts.
  package let isRepeated: Bool

  fileprivate init(_ node: Int, _ tree: YAMLTree, isRepeated: Bool = false) {
    self.node = node
    self.tree = tree
    self.isRepeated = isRepeated
  }

  /// Its form.
  public var kind: Form {
    switch tree.nodes[node].content {
    case .text(let whole, let style):
      let text = String(Members.trimmed(whole[...]))
      if style == .plain, text.isEmpty || whole == "~" || whole == "null" { return .nothing }
      return .text(text, plain: style == .plain)
    case .list: return .list
    case .map: return .map
    }
  }

  /// Where it stands; of what an alias repeats, where that was written.
  public var location: SourceRange { tree.location(node) }

  /// The entries of a list.
  public var entries: [YAMLValue] {
    guard case .list(let entries) = tree.nodes[node].content else { return [] }
    return entries.map { YAMLValue($0, tree) }
  }

  /// The pairs of a map, in the order of the file.
  public var pairs: [(key: YAMLValue, value: YAMLValue)] {
    guard case .map(let pairs) = tree.nodes[node].content else { return [] }
    return pairs.map { (YAMLValue($0.key, tree, isRepeated: $0.isRepeated), YAMLValue($0.value, tree)) }
  }

  /// A map's key as a text; nil when it is none.
  public var name: String? { tree.name(node) }

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

  /// Every value once, however often aliases repeat it; what is inside stands before it.
  fileprivate var nodes: [Node] = []
  private var anchors: [String: Int] = [:]
  /// Only its number is kept: a value holds the tree, and the tree must not hold a value.
  private var rootNode: Int?
  /// The whole text as a value; nil for an empty or malformed one.
  public var root: YAMLValue? { rootNode.map { YAMLValue($0, self) } }
  /// What is wrong with the text itself, in the order of the file.
  public var diagnostics: [Diagnostic] { problems.map { $0.problem.diagnostic(at: $0.location) } }
  private(set) var problems: [(problem: FileProblem, location: SourceRange)] = []

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
      problems.append((refusal.problem, location(YAMLMark(line: line, column: column), length: 1)))
      return
    }
    do throws(YAMLFault) {
      try compose(YAMLEvents(text))
      problems.sort { $0.location.start < $1.location.start }
    } catch {
      rootNode = nil
      problems = [(error.problem, location(error.mark, length: 1))]
    }
  }

  // MARK: from events to nodes

  fileprivate struct Node {
    enum Content {
      case text(String, YAMLEvent.Style)
      case list([Int])
      case map([Pair])
    }

    let content: Content
    let mark: YAMLMark
  }

  fileprivate struct Pair {
    let key: Int
    let value: Int
    var isRepeated = false
  }

  /// A list or map whose end is not reached.
  private struct Open {
    let begin: YAMLEvent
    /// Of a map, keys and values in turn.
    var inside: [Int] = []
  }

  private func compose(_ events: YAMLEvents) throws(YAMLFault) {
    var open: [Open] = []
    var documents = 0
    while true {
      let event = try events.next()
      let node: Int
      switch event.kind {
      case .finished: return
      case .document:
        documents += 1
        if documents > 1 { throw YAMLFault(problem: .severalDocuments, mark: event.mark) }
        continue
      case .list, .map:
        if open.count == YAMLGuard.depthLimit { throw YAMLFault(problem: .tooDeep, mark: event.mark) }
        open.append(Open(begin: event))
        continue
      case .alias(let name):
        guard let known = anchors[name] else { throw YAMLFault(problem: .syntax(.alias), mark: event.mark) }
        node = known
      case .text(let text, let style): node = add(.text(text, style), event)
      case .end:
        guard let whole = open.popLast() else { preconditionFailure("what ends has begun") }
        node = close(whole)
      }
      if open.isEmpty { rootNode = node } else { open[open.count - 1].inside.append(node) }
    }
  }

  private func close(_ whole: Open) -> Int {
    if case .list = whole.begin.kind { return add(.list(whole.inside), whole.begin) }
    precondition(whole.inside.count % 2 == 0, "every key of a map has a value, if only an empty one")
    var pairs = stride(from: 0, to: whole.inside.count, by: 2).map {
      Pair(key: whole.inside[$0], value: whole.inside[$0 + 1])
    }
    tellRepeated(&pairs)
    return add(.map(pairs), whole.begin)
  }

  /// An anchor is known from its end on, so that nothing can hold itself.
  private func add(_ content: Node.Content, _ event: YAMLEvent) -> Int {
    nodes.append(Node(content: content, mark: event.mark))
    if let anchor = event.anchor { anchors[anchor] = nodes.count - 1 }
    return nodes.count - 1
  }

  /// Of equal keys all but the last are marked, and all but the first are told.
  private func tellRepeated(_ pairs: inout [Pair]) {
    var seen: [String: (first: Int, last: Int)] = [:]
    seen.reserveCapacity(pairs.count)
    for i in pairs.indices {
      // A key that is no text is told by whoever asks for its name.
      guard let name = name(pairs[i].key) else { continue }
      guard let earlier = seen[name] else {
        seen[name] = (i, i)
        continue
      }
      pairs[earlier.last].isRepeated = true
      seen[name] = (earlier.first, i)
      let line = location(pairs[earlier.first].key).start.line
      problems.append((.repeatedKey(name, firstLine: line), location(pairs[i].key)))
    }
  }

  fileprivate func name(_ node: Int) -> String? {
    guard case .text(let text, _) = nodes[node].content else { return nil }
    return String(Members.trimmed(text[...]))
  }

  // MARK: places

  fileprivate func location(_ node: Int) -> SourceRange {
    switch nodes[node].content {
    case .text(let text, let style):
      let begin = text.prefix(200)
      let length = begin.firstIndex(where: \.isNewline).map { begin[..<$0].count } ?? begin.count
      return location(nodes[node].mark, length: max(1, length + (style == .quoted ? 2 : 0)))
    case .list, .map: return location(nodes[node].mark, length: 1)
    }
  }

  private func location(_ mark: YAMLMark, length: Int) -> SourceRange {
    let line = mark.line + firstLine - 1
    return SourceRange(
      source: source, start: Position(line: line, column: mark.column),
      end: Position(line: line, column: mark.column + length))
  }
}
