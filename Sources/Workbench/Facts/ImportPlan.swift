// A scenario out of a register: what is written, what is assumed, what cannot be. Knows nothing of how the register was
// read, or of how the answer looks.

import Commands
import Diagnostics
import Facts
import Reckoning
import Sessions

/// What becomes of a register.
struct ImportPlan: Sendable {
  let proposal: RegisterProposal
  let register: Written
  let target: Written
  let district: Int32
  let model: ScenarioModel?
  /// What was said of headings, to be kept with the scenario.
  let columns: [Assignment]
  let places: Gazetteer
  /// The records that the scenario gets because the register only names them, list by list.
  let named: [RegisterProposal.Named]

  init(
    _ proposal: RegisterProposal, register: Written, target: Written, district: Int32, model: ScenarioModel?,
    columns: [Assignment], places: Gazetteer
  ) {
    self.columns = columns
    (self.proposal, self.register, self.target) = (proposal, register, target)
    (self.district, self.model, self.places) = (district, model, places)
    var lists: [RegisterProposal.Named] = []
    for var one in proposal.named {
      // Two columns may name records of one list, and of the same name: 借出单位 and 借入单位.
      let known = model?.known(one.list.name) ?? []
      let before = Set(
        lists.filter { $0.list.name == one.list.name }.flatMap(\.records).map { ScenarioModel.plain($0.name) })
      one.records.removeAll {
        known.contains(ScenarioModel.plain($0.name)) || before.contains(ScenarioModel.plain($0.name))
      }
      if !one.records.isEmpty { lists.append(one) }
    }
    named = lists
  }

  /// What keeps the register from becoming a scenario; nil where nothing does.
  func refusal(at location: SourceRange) -> Diagnostic? {
    guard let one = named.first(where: { !$0.lacking.isEmpty }) else { return nil }
    let facts = one.lacking.joined(separator: ", ")
    return .error(
      "import-names",
      Text(
        "`\(one.heading)` names \(one.records.count) of the list \(one.list.name), which must state \(facts)",
        zh: "`\(one.heading)` 列有 \(one.records.count) 个\(one.list.title.zh)，须写明 \(facts)"),
      hint: Text(
        "state them under `\(one.list.name):` in a scenario, then `import FILE like THAT.yaml`; or remove the column",
        zh: "请在情景的 `\(one.list.name):` 下写明，再“导入 文件 仿照 该情景.yaml”；或删去该列"),
      at: one.records.first?.location ?? location)
  }

  /// What one should look at.
  var doubts: [Diagnostic] {
    var out = proposal.doubts
    if !proposal.others.isEmpty {
      out.append(
        Diagnostic(
          .note, code: "register-list",
          Text(
            "the sheet is taken for \(proposal.list.name); it could be of \(proposal.others.joined(separator: ", "))",
            zh: "按\(proposal.list.title.zh)读入；也可能是 \(proposal.others.joined(separator: "、"))"),
          hint: Text("say another: `as LIST`", zh: "如有不同，请写“作为 清单”"), at: register.location))
    }
    for one in named {
      let assumed = one.records.filter { $0.place == nil }
      let told = one.records.count - assumed.count
      let names = one.records.prefix(3).map(\.name)
      let list = Text(
        "\(one.list.name) only named: \(one.records.count) (\(names.joined(separator: ", "))"
          + "\(one.records.count > 3 ? ", …" : ""))",
        zh:
          "只有名称的\(one.list.title.zh) \(one.records.count) 个（"
          + "\(names.joined(separator: "、"))\(one.records.count > 3 ? "等" : "")）"
      )
      let label = places.label(district)
      let place =
        assumed.isEmpty
        ? Text("their place is the register's", zh: "所在地取自台账")
        : Text(
          "\(told == 0 ? "all" : "\(assumed.count) of them") taken to be in \(label)",
          zh: "\(told == 0 ? "均" : "其中 \(assumed.count) 个")按在\(label)处理")
      out.append(
        Diagnostic(
          assumed.isEmpty ? .note : .warning, code: "import-assumed",
          Text("\(list.en); \(place.en), all else not stated", zh: "\(list.zh)；\(place.zh)，其余未说明"),
          hint: Text(
            "complete `\(one.list.name):` in \(target.raw); `missing` says what matters",
            zh: "请在 \(target.raw) 的 `\(one.list.name):` 中补充；“缺什么”说明其影响"), at: one.records.first?.location))
    }
    return out
  }

  // MARK: The scenario's text

  /// - Parameters:
  ///   - path: the register's path.
  ///   - target: the scenario's.
  func text(_ path: String, _ target: String, by command: String) throws(Refusal) -> String {
    let source = ImportPlan.reference(path, from: target)
    let lists = Dictionary(grouping: named, by: \.list.name).sorted { $0.key < $1.key }
    if let model {
      return try model.text(list: proposal.list.name, source: source, ignored: proposal.ignored, lists: lists, self)
    }
    let title = Files.stem(RegisterSurvey.parts(of: register.raw).file)
    var lines = ["# " + command.split(separator: "\n").joined(separator: " "), "scenario: \(ImportPlan.quoted(title))"]
    lines.append("district: \(places.code(district))")
    lines.append("# as_of: 2023-12-31")
    if !proposal.ignored.isEmpty {
      lines.append("ignore: [" + proposal.ignored.map(ImportPlan.quoted).joined(separator: ", ") + "]")
    }
    if !columns.isEmpty {
      let pairs = columns.map { "\(ImportPlan.quoted($0.name.raw)): \(fact($0.value))" }
      lines += ["columns:", "  \(proposal.list.name): {" + pairs.joined(separator: ", ") + "}"]
    }
    for (list, named) in lists {
      lines.append("\(list):")
      lines += named.flatMap { one in one.records.map { record($0, of: one.list) } }.map { "  " + $0 }
    }
    lines.append("\(proposal.list.name)_from: \(ImportPlan.quoted(source))")
    return lines.joined(separator: "\n") + "\n"
  }

  /// A fact as `columns` has it.
  private func fact(_ value: Written) -> String {
    if ColumnMapping.unread.contains(value.text) { return "none" }
    return proposal.list.columnField(value.raw) ?? ImportPlan.quoted(value.raw)
  }

  /// `- {id: "甲企业", name: "甲企业", district: 350112}`
  func record(_ record: RegisterProposal.Record, of list: ListDeclaration) -> String {
    var fields = ["id: \(ImportPlan.quoted(record.name))"]
    if list.field("name") != nil { fields.append("name: \(ImportPlan.quoted(record.name))") }
    if let place = list.fields.first(where: { $0.absence == .required && $0.type == .place }) {
      fields.append("\(place.name): \(places.code(record.place ?? district))")
    }
    return "- {" + fields.joined(separator: ", ") + "}"
  }

  /// The register as the scenario names it: by its name alone where both lie in one folder.
  private static func reference(_ path: String, from target: String) -> String {
    let (file, sheet) = RegisterSurvey.parts(of: path)
    let part = sheet.map { "#" + $0 } ?? ""
    let (own, other) = (Files.folder(file), Files.folder(target))
    if Files.whole(own.isEmpty ? "." : own) == Files.whole(other.isEmpty ? "." : other) {
      return Files.name(file) + part
    }
    return (Files.whole(file) ?? file) + part
  }

  /// A text for YAML.
  static func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": out += "\\" + String(scalar)
      default:
        if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) {
          let digits = String(scalar.value, radix: 16, uppercase: true)
          out += "\\x" + (digits.count < 2 ? "0" + digits : digits)
        } else {
          out.unicodeScalars.append(scalar)
        }
      }
    }
    return out + "\""
  }
}
