// What another program asks: one object of JSON, understood or refused with the reason. Knows nothing of sessions.

import Answers
import Diagnostics
import View

/// One request.
struct ServingRequest: Sendable {
  /// What is asked.
  enum Task: Sendable {
    case perform(Performance)
    case complete(String, at: Int)
    case hint(String, at: Int)
    case inspect(String, at: Int, [ServedForm])
    case isComplete(String)
    /// Another request is to be given up.
    case cancel(JSONValue)
    case language(Language?)
    case state
  }

  /// Commands to be carried out.
  struct Performance: Sendable {
    let commands: String
    let forms: [ServedForm]
    let keepsGoing: Bool
    /// Whether each answer is sent as it comes, instead of all of them in the reply.
    let isStreamed: Bool
    /// Columns of lines meant for a terminal.
    let width: Int
    let isColoured: Bool
  }

  /// By what the sender tells replies apart: a text or a whole number.
  let id: JSONValue
  let task: Task
}

/// Why a line is no request.
struct RequestMistake: Error {
  /// The request's id, where it could be read; else null.
  var id: JSONValue = .null
  let code: String
  let message: Text
  let hint: Text?
}

extension ServingRequest {
  /// What may be asked, in the words of the protocol.
  static let verbs = ["perform", "complete", "hint", "inspect", "isComplete", "cancel", "language", "state"]

  /// Reads one line.
  init(line: String) throws(RequestMistake) {
    let value: JSONValue
    do { value = try JSONValue(json: line) } catch {
      throw RequestMistake(
        code: "no-json",
        message: Text(
          "this line is no JSON: \(error.message.en) (byte \(error.offset + 1))",
          zh: "这一行不是 JSON：\(error.message.zh)（第 \(error.offset + 1) 字节）"),
        hint: Self.example)
    }
    guard case .object = value else {
      throw RequestMistake(
        code: "no-object", message: Text("a request is one object", zh: "一项请求应为一个对象"), hint: Self.example)
    }
    switch value["id"] {
    case .string, .int: id = value["id"] ?? .null
    default:
      throw RequestMistake(
        code: "no-id", message: Text("`id` is a text or a whole number", zh: "`id` 应为文字或整数"), hint: Self.example)
    }
    do { task = try Self.task(Members(value)) } catch {
      var mistake = error
      mistake.id = id
      throw mistake
    }
  }

  private static let example = Text(
    #"for example {"id":1,"do":"perform","commands":"run"}"#, zh: #"例如 {"id":1,"do":"perform","commands":"测算"}"#)

  private static func task(_ members: Members) throws(RequestMistake) -> Task {
    let verb = try members.text("do")
    let task: Task
    switch verb {
    case "perform":
      task = .perform(
        Performance(
          commands: try members.text("commands"), forms: try members.forms(),
          keepsGoing: try members.flag("keepGoing"), isStreamed: try members.flag("stream"),
          width: try members.count("width", within: 20...1000) ?? 100, isColoured: try members.flag("colour")))
    case "complete": task = .complete(try members.text("text"), at: try members.cursor())
    case "hint": task = .hint(try members.text("text"), at: try members.cursor())
    case "inspect": task = .inspect(try members.text("text"), at: try members.cursor(), try members.forms())
    case "isComplete": task = .isComplete(try members.text("text"))
    case "cancel":
      guard let other = members.take("of") else { throw members.missing("of") }
      task = .cancel(other)
    case "language": task = .language(try members.language())
    case "state": task = .state
    default:
      throw RequestMistake(
        code: "unknown-do", message: Text("`do` cannot be `\(verb)`", zh: "`do` 不能是 `\(verb)`"),
        hint: Text("one of \(verbs.joined(separator: ", "))", zh: "可用：\(verbs.joined(separator: "、"))"))
    }
    try members.end()
    return task
  }
}

/// The members of a request, each taken once.
final class Members {
  private var rest: [JSONValue.Member] = []

  init(_ value: JSONValue) {
    if case .object(let members) = value { rest = members.filter { $0.key != "id" } }
  }

  func take(_ key: String) -> JSONValue? {
    guard let at = rest.firstIndex(where: { $0.key == key }) else { return nil }
    let value = rest.remove(at: at).value
    return value == .null ? nil : value
  }

  func missing(_ key: String) -> RequestMistake {
    RequestMistake(
      code: "missing-member", message: Text("`\(key)` is missing", zh: "缺少 `\(key)`"), hint: nil)
  }

  private func wrong(_ key: String, _ english: String, zh: String) -> RequestMistake {
    RequestMistake(
      code: "wrong-member", message: Text("`\(key)` is \(english)", zh: "`\(key)` 应为\(zh)"), hint: nil)
  }

  func text(_ key: String) throws(RequestMistake) -> String {
    switch take(key) {
    case .string(let text): return text
    case nil: throw missing(key)
    default: throw wrong(key, "a text", zh: "文字")
    }
  }

  func flag(_ key: String) throws(RequestMistake) -> Bool {
    switch take(key) {
    case .bool(let holds): return holds
    case nil: return false
    default: throw wrong(key, "true or false", zh: " true 或 false")
    }
  }

  func count(_ key: String, within bounds: ClosedRange<Int64>) throws(RequestMistake) -> Int? {
    switch take(key) {
    case .int(let count) where bounds.contains(count): return Int(count)
    case nil: return nil
    default:
      throw wrong(
        key, "a whole number from \(bounds.lowerBound) to \(bounds.upperBound)",
        zh: " \(bounds.lowerBound) 至 \(bounds.upperBound) 的整数")
    }
  }

  /// The cursor, in Unicode characters (scalars) from the beginning; the text's end where nothing is said.
  func cursor() throws(RequestMistake) -> Int { try count("at", within: 0...Int64(Int32.max)) ?? .max }

  func forms() throws(RequestMistake) -> [ServedForm] {
    guard let value = take("forms") else { return [.text] }
    guard case .array(let elements) = value else { throw wrong("forms", "a list of texts", zh: "文字的列表") }
    var forms: [ServedForm] = []
    for element in elements {
      guard case .string(let name) = element, let form = ServedForm(rawValue: name) else {
        throw RequestMistake(
          code: "unknown-form", message: Text("`forms` has a form that is not known", zh: "`forms` 中有不认识的格式"),
          hint: Text(
            "one of \(ServedForm.names)", zh: "可用：\(ServedForm.names)"))
      }
      if !forms.contains(form) { forms.append(form) }
    }
    return forms
  }

  func language() throws(RequestMistake) -> Language? {
    switch take("to") {
    case nil: return nil
    case .string("en"): return .en
    case .string("zh"): return .zh
    default: throw wrong("to", "`en` or `zh`", zh: " `en` 或 `zh`")
    }
  }

  /// What nobody asked for is a mistake: it would be passed over in silence otherwise.
  func end() throws(RequestMistake) {
    guard let left = rest.first else { return }
    throw RequestMistake(
      code: "unknown-member", message: Text("`\(left.key)` does not belong here", zh: "此处不应有 `\(left.key)`"), hint: nil)
  }
}
