// `new scenario`: an empty scenario with everything that may stand in it as comments, for whoever writes one by hand.

import Answers
import Commands
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning
import Sessions
import View

/// Makes an empty scenario.
struct NewCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "new",
    chinese: ["新建情景", "新建"],
    meaning: Text("make an empty scenario to write in", zh: "新建可填写的空白情景"),
    usage: Text("new scenario FILE.yaml [in DISTRICT]", zh: "新建情景 文件.yaml [在 区县]"),
    more: Text(
      "Writes a scenario without records: its title, its district, and every list that the rules in force there ask "
        + "for, with each fact, how it is written and what it means, as comments. Take away the `#` of what you state.",
      zh: "写出没有记录的情景：名称、区县，以及在该地施行的措施所问的各清单及其事实、写法和含义，均为注释；需要填写的，去掉行首的“#”。"),
    group: .scenarios)

  let file: Written
  let district: Written?

  package init(from parser: inout StatementParser) throws(Misread) {
    if !parser.isAtEnd, ["scenario", "情景"].contains(parser.token.word) { parser.index += 1 }
    file = try parser.file()
    guard !parser.isAtEnd, Keyword.in.matches(parser.token.word) else {
      district = nil
      return
    }
    parser.index += 1
    district = try parser.one(Text("a district after `in`, such as 350112", zh: "`在` 之后的区县，如 350112"))
  }

  package func describe(to meaning: inout Meaning) {
    meaning.add("file", file)
    meaning.add("in", district)
  }

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    guard ["yaml", "yml"].contains(Files.ending(file.raw)) else {
      throw Refusal([
        .error(
          "new-ending", Text("a scenario is a file that ends in .yaml", zh: "情景文件应以 .yaml 结尾"),
          hint: Text("write `new scenario \(file.raw).yaml`", zh: "请写“新建情景 \(file.raw).yaml”"), at: file.location)
      ])
    }
    if let refusal = FileForms.nameless(file) { throw Refusal([refusal]) }
    let place = try self.place(in: session)
    let text = BlankScenario(
      title: Files.stem(file.raw), place, session.library.inForce(in: place), session.dictionary,
      session.library.places, isChinese: session.language == .zh
    ).text
    try session.put(text, into: file)
    let body = AnswerBody(blocks: [
      .paragraph([
        Span("Written: ", zh: "已写入 "), .data(file.raw, .name),
        Span(
          Text(
            ". Fill it in, then ", zh: "。填写后：")), .command("load \(file.raw)", zh: "载入 \(file.raw)"),
      ])
    ])
    let code = session.library.places.code(place)
    var answer = Answer(
      body, records: [Record(kind: "new", ["scenario": .id(file.raw), "district": .id(code)])])
    answer.isWritten = true
    answer.format = command.format
    return answer
  }

  private func place(in session: Desk) throws(Refusal) -> Int32 {
    guard let district else {
      if let scenario = session.state.scenario?.scenario { return scenario.district }
      throw Refusal([
        .error(
          "import-district", Text("nothing says whose budget this is", zh: "未说明由哪个区县承担"),
          hint: Text(
            "say the district: `new scenario \(file.raw) in 350112`", zh: "请写明区县：“新建情景 \(file.raw) 在 350112”"),
          at: file.location)
      ])
    }
    return try session.district(district)
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Desk) -> [Completion] {
    after.isEmpty ? [Completion(session.language == .zh ? "情景" : "scenario")] : []
  }

  static func fileEndings(_ after: [Token]) -> [String]? { ["yaml", "yml"] }

  static let isSpoken = false
}

/// The text of a scenario in which nothing is stated but whose it is.
struct BlankScenario {
  let title: String
  let district: Int32
  private let documents: [CheckedDocument]
  private let dictionary: FactDictionary
  private let places: Gazetteer
  private let isChinese: Bool
  private let stubs: ImportStubs

  init(
    title: String, _ district: Int32, _ documents: [CheckedDocument], _ dictionary: FactDictionary,
    _ places: Gazetteer, isChinese: Bool
  ) {
    (self.title, self.district, self.documents, self.dictionary) = (title, district, documents, dictionary)
    (self.places, self.isChinese) = (places, isChinese)
    stubs = ImportStubs(documents, dictionary, isChinese: isChinese)
  }

  private func words(_ en: String, _ zh: String) -> String { isChinese ? zh : en }

  var text: String {
    var lines = ["# " + words("Take away the # of what you state.", "需要填写的，去掉行首的 #。")]
    lines.append("scenario: \(ImportPlan.quoted(title))")
    let label = places.words(district)
    lines.append("district: \(places.code(district))   # \(words(label.en, label.zh))")
    lines.append("# as_of: 2023-12-31   # " + words("reckoned as of this day", "核算日"))
    if !documents.isEmpty {
      let ids = documents.map(\.id).joined(separator: ", ")
      lines.append("# documents: [\(ids)]   # " + words("those of the district, if left out", "不写即为本区县的各文件"))
    }
    for list in dictionary.lists where stubs.asks(list.name) {
      let fields = stubs.required(of: list)
      lines += ["", "# \(list.name):   # " + words("records: \(list.name)", list.title.zh)]
      lines.append("#   - {" + fields.map { "\($0.name): \(stubs.sample($0))" }.joined(separator: ", ") + "}")
      lines += stubs.comments(of: list.name, isHeaded: false)
      lines.append("# \(list.name)_from: \(list.name).csv   # " + words("or from a file", "或取自文件"))
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
