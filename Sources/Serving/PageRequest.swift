// What the script of a live page asks: one object of JSON, understood or refused with the reason. Knows nothing of
// notebooks.

import Diagnostics
import View

/// One request.
enum PageRequest: Sendable {
  /// The whole page.
  case page
  /// What changes, as it changes.
  case events
  case move(String, to: String)
  case source(cell: Int)
  /// A cell is to be played with another text.
  case attempt(cell: Int, String)
  /// What is tried is given up.
  case restore
  /// What would be written.
  case plan(withAnswers: Bool)
  /// What was shown is to be written.
  case write(String)
  case answer(exercise: String, String)
  /// Where whoever leads is looking.
  case place(String)

  var isMove: Bool { if case .move = self { true } else { false } }

  /// Whether only whoever leads may ask it.
  var leads: Bool {
    switch self {
    case .page, .events, .answer: false
    case .move, .source, .attempt, .restore, .plan, .write, .place: true
    }
  }

  /// Reads a body.
  /// - Returns: the request, and the edition of the page that it comes from.
  static func read(_ body: [UInt8]) throws(RequestMistake) -> (request: PageRequest, edition: Int) {
    let value: JSONValue
    do { value = try JSONValue(json: String(decoding: body, as: UTF8.self)) } catch {
      throw RequestMistake(code: "no-json", message: error.message, hint: nil)
    }
    let members = Members(value)
    let edition = try members.count("edition", within: 0...Int64(Int32.max)) ?? 0
    let request: PageRequest
    func cell() throws(RequestMistake) -> Int {
      guard let number = try members.count("cell", within: 1...1_000_000) else { throw members.missing("cell") }
      return number
    }
    switch try members.text("do") {
    case "move": request = .move(try members.text("name"), to: try members.text("value"))
    case "source": request = .source(cell: try cell())
    case "try": request = .attempt(cell: try cell(), try members.text("text"))
    case "restore": request = .restore
    case "plan": request = .plan(withAnswers: try members.flag("answers"))
    case "write": request = .write(try members.text("plan"))
    case "answer": request = .answer(exercise: try members.text("exercise"), try members.text("text"))
    case "place": request = .place(try members.text("at"))
    case let verb:
      throw RequestMistake(
        code: "unknown-do", message: Text("`do` cannot be `\(verb)`", zh: "`do` 不能是 `\(verb)`"), hint: nil)
    }
    try members.end()
    return (request, edition)
  }
}
