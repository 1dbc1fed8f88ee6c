// What the YAML library finds in a text, one event after another, in words of our own. The only file that knows the
// library. Knows nothing of how events make a tree.
import CYAML

/// A place in a YAML text: line and column, both from 1; a column is a Unicode scalar.
struct YAMLMark: Comparable {
  let line: Int
  let column: Int

  init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  fileprivate init(_ mark: yaml_mark_t) {
    self.init(line: Int(mark.line) + 1, column: Int(mark.column) + 1)
  }

  static func < (a: YAMLMark, b: YAMLMark) -> Bool { (a.line, a.column) < (b.line, b.column) }
}

/// One event of a text.
struct YAMLEvent {
  /// How a single text is written.
  enum Style { case plain, quoted, block }

  enum Kind {
    case document
    case text(String, Style)
    case alias(of: String)
    case list
    case map
    /// The list or map that was begun last is over.
    case end
    case finished
  }

  let kind: Kind
  let anchor: String?
  let mark: YAMLMark
}

/// Why a text is no tree, and where.
struct YAMLFault: Error {
  let problem: FileProblem
  let mark: YAMLMark
}

/// The events of a text. Tags are read over: what a value is, its field says.
final class YAMLEvents {
  /// The library reads while events are asked for, so that the bytes stay where they are.
  private let bytes: UnsafeMutableBufferPointer<UInt8>
  /// It points into itself, so that it must not move.
  private let parser: UnsafeMutablePointer<yaml_parser_t>

  /// - Parameter text: without a byte order mark.
  init(_ text: String) {
    bytes = .allocate(capacity: text.utf8.count)
    _ = bytes.initialize(from: text.utf8)
    parser = .allocate(capacity: 1)
    precondition(yaml_parser_initialize(parser) == 1, "the YAML library has memory to begin with")
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
    bytes.deallocate()
  }

  /// The next event that says something of the text; `finished` is the last.
  func next() throws(YAMLFault) -> YAMLEvent {
    while true {
      var event = yaml_event_t()
      guard yaml_parser_parse(parser, &event) == 1 else { throw fault() }
      defer { yaml_event_delete(&event) }
      if let told = YAMLEvents.told(event) { return told }
    }
  }

  private static func told(_ event: yaml_event_t) -> YAMLEvent? {
    func one(_ kind: YAMLEvent.Kind, anchor: UnsafeMutablePointer<yaml_char_t>? = nil) -> YAMLEvent {
      YAMLEvent(kind: kind, anchor: anchor.map { String(cString: $0) }, mark: YAMLMark(event.start_mark))
    }
    switch event.type {
    case YAML_STREAM_START_EVENT, YAML_DOCUMENT_END_EVENT: return nil
    case YAML_STREAM_END_EVENT: return one(.finished)
    case YAML_DOCUMENT_START_EVENT: return one(.document)
    case YAML_ALIAS_EVENT: return one(.alias(of: String(cString: event.data.alias.anchor)))
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      // A text may hold zeros, written as escapes.
      let text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
      return one(.text(text, style(scalar.style)), anchor: scalar.anchor)
    case YAML_SEQUENCE_START_EVENT: return one(.list, anchor: event.data.sequence_start.anchor)
    case YAML_MAPPING_START_EVENT: return one(.map, anchor: event.data.mapping_start.anchor)
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: return one(.end)
    case let other: preconditionFailure("the YAML library tells of an event \(other.rawValue) that it has no name for")
    }
  }

  private static func style(_ style: yaml_scalar_style_t) -> YAMLEvent.Style {
    switch style {
    case YAML_PLAIN_SCALAR_STYLE: .plain
    case YAML_SINGLE_QUOTED_SCALAR_STYLE, YAML_DOUBLE_QUOTED_SCALAR_STYLE: .quoted
    case YAML_LITERAL_SCALAR_STYLE, YAML_FOLDED_SCALAR_STYLE: .block
    case let other: preconditionFailure("the YAML library writes a text in a style \(other.rawValue) without a name")
    }
  }

  // MARK: faults

  private func fault() -> YAMLFault {
    let state = parser.pointee
    // A text of a few megabytes leaves memory enough: by this error the library means its own limit of levels.
    if state.error == YAML_MEMORY_ERROR { return YAMLFault(problem: .tooDeep, mark: YAMLMark(state.mark)) }
    guard let problem = state.problem.map({ String(cString: $0) }) else {
      preconditionFailure("the YAML library says what is wrong (error \(state.error.rawValue))")
    }
    // The reader of characters runs ahead and counts bytes only.
    if state.error == YAML_READER_ERROR {
      let mark = mark(ofByte: Int(state.problem_offset))
      return YAMLFault(problem: .syntax(YAMLMistake(problem, context: nil, at: nil)), mark: mark)
    }
    let context = state.context.map { String(cString: $0) }
    var mistake = YAMLMistake(problem, context: context, at: character(of: state))
    // Below directives a document begins with its mark.
    if case .goesOn = mistake, bytes.first == UInt8(ascii: "%") { mistake = .directive }
    // What is never closed is best shown where it was opened.
    let begins = mistake.isUnclosed && context != nil
    return YAMLFault(problem: .syntax(mistake), mark: YAMLMark(begins ? state.context_mark : state.problem_mark))
  }

  /// The character at which the library stopped, where it has one byte.
  private func character(of state: yaml_parser_t) -> UInt8? {
    state.buffer.pointer < state.buffer.last ? state.buffer.pointer.pointee : nil
  }

  private func mark(ofByte offset: Int) -> YAMLMark {
    let before = bytes[..<min(max(offset, 0), bytes.count)]
    var line = 1
    var column = 1
    for character in String(decoding: before, as: UTF8.self) {
      if character.isNewline { (line, column) = (line + 1, 1) } else { column += character.unicodeScalars.count }
    }
    return YAMLMark(line: line, column: column)
  }
}
