// The forms in which another program may have an answer, and an answer in them. Knows nothing of requests.

import Answers
import Diagnostics
import View

/// A form in which answers are sent.
enum ServedForm: String, CaseIterable, Sendable {
  /// Lines as at the prompt.
  case text
  case markdown
  /// A piece of a page, with its style.
  case html
  /// The records, as `--format json` writes them.
  case json
  /// The list of the answer, as `--format csv` writes it.
  case csv
  /// What is drawn of it; absent where it has no chart.
  case svg

  static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

/// An answer for another program.
struct ServedAnswer {
  let answer: Answer
  let forms: [ServedForm]
  let language: Language
  var look = TerminalLook(width: 100, colour: false)
  /// Lists of records longer than this are cut, and the record says so; nil: never.
  var rowLimit: Int?
  /// Whether people see identity numbers whole.
  var showsIdNumbers = false

  /// One object: how it went, what is wrong, what may follow, and each form under its name.
  var object: JSONValue {
    var members: [JSONValue.Member] = []
    func add(_ key: String, _ value: JSONValue?) { if let value { members.append(JSONValue.Member(key, value)) } }
    add("command", answer.echo.map { .string($0) })
    add("failed", .bool(answer.failed))
    if answer.hasMismatch { add("mismatch", .bool(true)) }
    if let result = answer.result {
      add("result", .string(result.name))
      add("fingerprint", result.fingerprint.map { .string($0) })
    }
    if !answer.diagnostics.isEmpty {
      add("diagnostics", .array(answer.diagnostics.map { JSONValue(Record($0, in: language)) }))
    }
    if forms.contains(.text), !answer.diagnostics.isEmpty { add("remarks", .string(remarks)) }
    add("correction", answer.correction.map { .string($0) })
    if !answer.next.isEmpty { add("next", .strings(answer.next)) }
    for form in forms { add(form.rawValue, value(form)) }
    return .object(members)
  }

  /// What is wrong, as it is told at the prompt.
  private var remarks: String {
    var renderer = DiagnosticRenderer(language: language, width: look.width)
    renderer.typed = LineServer.sourceName
    var wide = look
    wide.width = 10_000
    wide.coversNumbers = !showsIdNumbers
    return TerminalRenderer(wide, language: language).render(renderer.document(answer.diagnostics))
  }

  private func value(_ form: ServedForm) -> JSONValue? {
    switch form {
    case .text: return .string(rendered(answer))
    case .markdown: return .string(rendered(as: .markdown))
    case .csv: return .string(rendered(as: .csv))
    case .html:
      var document = answer.document
      if let chart = answer.chart, !document.hasChart { document.append(.chart(chart)) }
      guard !document.isEmpty else { return .string("") }
      let body = AmountWriting.with(decimals: answer.decimals) {
        HTMLRenderer(language: language, headings: 3).render(document)
      }
      return .string(shown(HTMLExcerpt(language: language, body: body).text))
    case .json: return .array(answer.json.map { object in rowLimit.map { object.shortened(to: $0) } ?? object })
    case .svg: return answer.picture(in: language).map { .string(shown($0)) }
    }
  }

  /// A text for people.
  private func shown(_ text: String) -> String { showsIdNumbers ? text : PersonalNumbers.covered(text) }

  private func rendered(as form: OutputFormat) -> String {
    var own = answer
    own.format = form
    return rendered(own)
  }

  private func rendered(_ answer: Answer) -> String {
    var renderer = AnswerRenderer(format: .table, language: language)
    renderer.look = look
    renderer.showsIdNumbers = showsIdNumbers
    return renderer.render(answer)
  }
}
