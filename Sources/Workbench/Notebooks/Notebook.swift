// A notebook as it is written: front matter, prose, cells with their stored answers, and figures in the prose that are
// worked out. Every part keeps its bytes, so that writing answers changes nothing else. Knows nothing of what commands
// do.
//
//   notebook = [ "---" YAML "---" ] { prose | cell }
//   cell     = fence ( "cesuan" | "policy" | "scenario" | "answer" ) { option }  [ fence "output" [ FINGERPRINT ] ]
//   option   = "name=" NAME | "hidden" | "silent" | "tolerance=" FIGURE | "expect-error" [ "=" CODE ] | "unchecked"
//            | "attempt=" NAME | "answer=" NAME
//   value    = "**" FIGURE "**" "<!-- =" expression "-->"  |  "{=" expression "}"

import Answers
import Diagnostics

/// A notebook.
package struct Notebook: Sendable {
  package let source: SourceFile
  /// The file as it is, byte for byte.
  let bytes: [UInt8]
  let front: FrontMatter
  /// How many lines the front matter takes, and where the text below it begins.
  let frontLines: Int
  let bodyStart: Int
  let cells: [NotebookCell]
  let values: [InlineValue]
  /// What is wrong with the file itself; with an error in it nothing is run.
  package let diagnostics: [Diagnostic]

  /// Where the files that it names are looked for: empty, or ending in `/`.
  var folder: String { source.name.lastIndex(of: "/").map { String(source.name[...$0]) } ?? "" }

  /// Where some of its bytes stand.
  func location(_ range: Range<Int>) -> SourceRange {
    source.location(fromUTF8: range.lowerBound, to: range.upperBound)
  }

  /// The line of a cell's opening fence.
  func location(_ cell: NotebookCell) -> SourceRange {
    let start = Position(line: cell.line, column: 1)
    return SourceRange(source: source, start: start, end: Position(line: cell.line, column: Int.max))
  }

  /// Its title, or nil.
  package var title: String? { front.title }
}

/// One cell.
struct NotebookCell: Sendable {
  enum Kind: String, Sendable {
    case commands
    case policy
    case scenario
    /// Prose that belongs to the answer of an exercise.
    case answer

    /// The words that begin a fence's info string.
    var spellings: [String] {
      switch self {
      case .commands: ["cesuan", "测算"]
      case .policy: ["policy", "政策"]
      case .scenario: ["scenario", "情景"]
      case .answer: ["answer", "解答"]
      }
    }

    static func named(_ word: String) -> Kind? {
      [Kind.commands, .policy, .scenario, .answer].first { $0.spellings.contains(word) }
    }
  }

  let number: Int
  let kind: Kind
  let options: CellOptions
  /// What stands between the fence's lines.
  let text: String
  /// The line of the opening fence.
  let line: Int
  /// The bytes of the whole fence, its last line end included.
  let range: Range<Int>
  /// What stands before the fence's marks on each line: nothing, or the margin of a list or quotation.
  let margin: [UInt8]
  let output: StoredOutput?

  /// How people call it.
  var name: Text {
    if let name = options.name ?? options.attempt ?? options.answer {
      return Text("cell \(number) (\(name))", zh: "第 \(number) 格（\(name)）")
    }
    return Text("cell \(number)", zh: "第 \(number) 格")
  }

  /// Whether its answer is kept in the file.
  var keepsOutput: Bool {
    switch kind {
    case .commands: !options.isSilent && !options.isExercise
    case .policy, .scenario: output != nil
    case .answer: false
    }
  }
}

/// An answer that stands in the file.
struct StoredOutput: Sendable {
  let text: String
  /// What the cell depended on when the answer was written; nil when the fence does not say.
  let fingerprint: String?
  let range: Range<Int>
  let line: Int
}

/// A figure in the prose.
struct InlineValue: Sendable {
  let expression: String
  /// The figure as it stands and where; nil for `{= … }`, which holds none.
  let stored: String?
  let storedRange: Range<Int>?
  /// The whole of it, with its expression.
  let range: Range<Int>
  /// How many cells stand before it.
  let cells: Int
}
