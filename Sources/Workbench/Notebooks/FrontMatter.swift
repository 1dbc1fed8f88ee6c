// What stands at the head of a notebook, in YAML: title, language, scenario and policy files, parameters with type,
// default
// and bounds. Keys may be English or Chinese. Knows nothing of what is done with them.

import Diagnostics
import Facts
import PolicyLanguage
import Reckoning
import Sessions

/// A notebook's front matter.
struct FrontMatter: Sendable {
  var title: String?
  var language: Language?
  var scenarios: [NamedFile] = []
  var policies: [NamedFile] = []
  var parameters: [NotebookParameter] = []

  struct NamedFile: Sendable {
    let file: String
    let name: String?
    let location: SourceRange?
  }

  private enum Key: String, CaseIterable {
    case title, language, scenarios, policies, parameters

    var spellings: [String] {
      switch self {
      case .title: ["title", "标题", "notebook"]
      case .language: ["language", "语言", "lang"]
      case .scenarios: ["scenarios", "情景", "scenario"]
      case .policies: ["policies", "政策", "policy"]
      case .parameters: ["parameters", "参数"]
      }
    }
  }

  static func read(_ text: String, source: SourceFile, firstLine: Int) -> (FrontMatter, [Diagnostic]) {
    var front = FrontMatter()
    let tree = YAMLTree(text, source: source, firstLine: firstLine)
    var problems = tree.diagnostics
    guard let root = tree.root else { return (front, problems) }
    guard case .map = root.kind else {
      return (front, problems + [NotebookMistake.frontShape.diagnostic(at: root.location)])
    }
    for (key, value) in root.pairs where !key.isRepeated {
      let name = key.name ?? ""
      guard let known = Key.allCases.first(where: { $0.spellings.contains(name.lowercased()) }) else {
        let nearest = Nearest.names(to: name, among: Key.allCases.flatMap(\.spellings))
        problems.append(NotebookMistake.unknownKey(name, nearest: nearest).diagnostic(at: key.location))
        continue
      }
      switch known {
      case .title: if case .text(let text, _) = value.kind { front.title = text }
      case .language:
        guard case .text(let text, _) = value.kind else { continue }
        switch text.lowercased() {
        case "en", "english", "英文": front.language = .en
        case "zh", "zh-cn", "zh-hans", "chinese", "中文": front.language = .zh
        default: problems.append(NotebookMistake.badLanguage(text).diagnostic(at: value.location))
        }
      case .scenarios: front.scenarios = files(value)
      case .policies: front.policies = files(value)
      case .parameters:
        guard case .map = value.kind else {
          problems.append(NotebookMistake.frontShape.diagnostic(at: value.location))
          continue
        }
        for (key, value) in value.pairs where !key.isRepeated {
          do {
            front.parameters.append(try NotebookParameter.read(key, value))
          } catch {
            problems.append(error.mistake.diagnostic(at: error.location))
          }
        }
      }
    }
    return (front, problems)
  }

  /// One file, a list of files, or names with files.
  private static func files(_ value: YAMLValue) -> [NamedFile] {
    switch value.kind {
    case .text(let text, _): [NamedFile(file: text, name: nil, location: value.location)]
    case .list:
      value.entries.compactMap { entry in
        if case .text(let text, _) = entry.kind {
          NamedFile(file: text, name: nil, location: entry.location)
        } else {
          nil
        }
      }
    case .map:
      value.pairs.compactMap { key, value in
        if !key.isRepeated, case .text(let text, _) = value.kind {
          NamedFile(file: text, name: key.name, location: value.location)
        } else {
          nil
        }
      }
    case .nothing: []
    }
  }
}

/// Something that a notebook asks for: `{rate}` in its cells, `--param rate=400` on the command line.
struct NotebookParameter: Sendable {
  enum Kind: Sendable, Hashable {
    case value(ValueType)
    /// A word, such as a document's or a file's name.
    case name

    var title: Text {
      switch self {
      case .value(let type): type.words
      case .name: Text("a name", zh: "名称")
      }
    }
  }

  struct Misplaced: Error {
    let mistake: NotebookMistake
    let location: SourceRange?
  }

  let name: String
  let kind: Kind
  /// As it is put into cells.
  let byDefault: String
  let least: Int64?
  let most: Int64?
  let meaning: String?

  private static let types: [(spellings: [String], kind: Kind)] = [
    (["money", "yuan", "amount", "金额", "元"], .value(.money)),
    (["number", "persons", "count", "数", "人数", "数量"], .value(.number)),
    (["months", "月数"], .value(.months)), (["days", "天数"], .value(.days)), (["share", "percent", "比例"], .value(.share)),
    (["date", "日期"], .value(.date)), (["place", "地区"], .value(.place)), (["name", "text", "名称", "文字"], .name),
  ]

  static func read(_ key: YAMLValue, _ value: YAMLValue) throws(Misplaced) -> NotebookParameter {
    let name = key.name ?? ""
    guard isName(name) else { throw Misplaced(mistake: .badParameterName(name), location: key.location) }
    if case .text(let text, _) = value.kind {
      let kind = kind(of: text)
      return NotebookParameter(
        name: name, kind: kind, byDefault: try checked(text, kind, name, nil, nil, value.location), least: nil,
        most: nil, meaning: nil)
    }
    func field(_ names: String...) -> YAMLValue? {
      value.pairs.first { !$0.key.isRepeated && names.contains($0.key.name ?? "") }?.value
    }
    func text(_ value: YAMLValue?) -> String? { if case .text(let text, _)? = value?.kind { text } else { nil } }
    let known = [
      "type", "类型", "default", "默认", "at least", "from", "min", "不少于", "at most", "to", "max", "不多于", "meaning", "含义",
      "choices", "选项",
    ]
    for (key, _) in value.pairs where !known.contains(key.name ?? "") {
      throw Misplaced(
        mistake: .unknownKey(key.name ?? "", nearest: Nearest.names(to: key.name ?? "", among: known)),
        location: key.location)
    }
    guard let byDefault = text(field("default", "默认")) else {
      throw Misplaced(mistake: .noDefault(name), location: key.location)
    }
    var kind = kind(of: byDefault)
    if let type = field("type", "类型"), let word = text(type) {
      guard let found = types.first(where: { $0.spellings.contains(word.lowercased()) }) else {
        throw Misplaced(
          mistake: .badType(word, nearest: Nearest.names(to: word, among: types.flatMap(\.spellings))),
          location: type.location)
      }
      kind = found.kind
    }
    if let choices = field("choices", "选项") { kind = .value(.choice(choices.entries.compactMap { text($0) })) }
    func bound(_ value: YAMLValue?) throws(Misplaced) -> Int64? {
      guard let value, let written = text(value), case .value(let type) = kind else { return nil }
      do { return try ValueText.read(written, as: type, places: Library.noPlaces) } catch {
        throw Misplaced(mistake: .parameterValue(name, error), location: value.location)
      }
    }
    let least = try bound(field("at least", "from", "min", "不少于"))
    let most = try bound(field("at most", "to", "max", "不多于"))
    return NotebookParameter(
      name: name, kind: kind,
      byDefault: try checked(byDefault, kind, name, least, most, field("default", "默认")?.location), least: least,
      most: most, meaning: text(field("meaning", "含义")))
  }

  /// A value of the parameter, as it is put into cells.
  func value(_ text: String, at location: SourceRange? = nil) throws(Misplaced) -> String {
    try NotebookParameter.checked(text, kind, name, least, most, location)
  }

  /// A value as cells of a language have it.
  func written(_ value: String, in language: Language) -> String {
    guard language == .zh, case .value(let type) = kind, type != .place,
      let raw = try? ValueText.read(value, as: type, places: Library.noPlaces)
    else { return value }
    return ValueText.text(raw, type).zh.replacing(" ", with: "")
  }

  private static func checked(
    _ text: String, _ kind: Kind, _ name: String, _ least: Int64?, _ most: Int64?, _ location: SourceRange?
  ) throws(Misplaced) -> String {
    switch kind {
    case .name:
      // A word that cannot end a command or begin a comment.
      guard !text.isEmpty, text.utf8.count <= 500,
        text.allSatisfy({ $0.isLetter || $0.isNumber || "-_./~（）()".contains($0) })
      else {
        throw Misplaced(
          mistake: .parameterValue(name, .unknownChoice(text, [Text("a-name", zh: "名称")])), location: location)
      }
      return text
    case .value(.place):
      guard !text.isEmpty, text.utf8.count <= 60, text.allSatisfy({ $0.isLetter || $0.isNumber }) else {
        throw Misplaced(mistake: .parameterValue(name, .notAPlace(text)), location: location)
      }
      return text
    case .value(let type):
      let raw: Int64
      do { raw = try ValueText.read(text, as: type, places: Library.noPlaces) } catch {
        throw Misplaced(mistake: .parameterValue(name, error), location: location)
      }
      if let least, raw < least {
        throw Misplaced(mistake: .outOfBounds(name, "≥ " + ValueText.typed(least, type)), location: location)
      }
      if let most, raw > most {
        throw Misplaced(mistake: .outOfBounds(name, "≤ " + ValueText.typed(most, type)), location: location)
      }
      return ValueText.typed(raw, type)
    }
  }

  /// The kind that a default shows.
  private static func kind(of text: String) -> Kind {
    for type in [ValueType.number, .money, .months, .days, .date]
    where (try? ValueText.read(text, as: type, places: Library.noPlaces)) != nil {
      if type == .number, !text.allSatisfy({ $0.isNumber || $0 == "," || "人persons万 ".contains($0) }) { continue }
      return .value(type)
    }
    if text.hasSuffix("%") || text.hasSuffix("％") { return .value(.share) }
    return .name
  }

  private static func isName(_ text: String) -> Bool {
    guard let first = text.first, first.isLetter, text.utf8.count <= 80 else { return false }
    return text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
  }
}

extension Library {
  /// For values that are no places.
  static let noPlaces = Gazetteer(table: "code,name\n")
}
