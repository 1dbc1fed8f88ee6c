// Spans and texts that many answers share.

import Answers
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Sessions
import View

extension Span {
  /// A stretch of a sentence.
  init(_ en: String, zh: String, _ role: Role = .plain) { self.init(Text(en, zh: zh), role) }

  /// A command that may be typed.
  static func command(_ text: String) -> Span {
    Span(Text(text, zh: CommandTranslation.translated(text, to: .zh)), .code)
  }

  /// A command whose names have a spelling in each language.
  static func command(_ en: String, zh: String) -> Span { Span(Text(en, zh: zh), .code) }
}

extension Gazetteer {
  /// `350112 长乐区`
  func label(_ id: Int32) -> String {
    guard codes.indices.contains(Int(id)) else { return "?" }
    // What lies outside China has no code.
    return isOutside(id) ? names[Int(id)] : codes[Int(id)].text + " " + names[Int(id)]
  }

  /// The same for people: 长乐区（350112） in Chinese.
  func words(_ id: Int32) -> Text {
    guard codes.indices.contains(Int(id)) else { return .same("?") }
    return Text(label(id), zh: isOutside(id) ? names[Int(id)] : "\(names[Int(id)])（\(codes[Int(id)].text)）")
  }

  /// `350112`, or nothing for a place that is not known.
  func code(_ id: Int32) -> String { codes.indices.contains(Int(id)) ? codes[Int(id)].text : "" }
}

extension Array where Element == Span {
  /// Spans joined with a separator.
  static func joined(_ parts: [[Span]], _ separator: Text = Text(", ", zh: "、")) -> [Span] {
    var out: [Span] = []
    for (i, part) in parts.enumerated() {
      if i > 0 { out.append(Span(separator)) }
      out += part
    }
    return out
  }

  /// The first few names, and how many more there are.
  static func names(_ names: [String], of total: Int? = nil, limit: Int = 5, _ role: Role = .name) -> [Span] {
    self.names(names.map { .same($0) }, of: total, limit: limit, role)
  }

  /// The same with names in both languages.
  static func names(_ names: [Text], of total: Int? = nil, limit: Int = 5, _ role: Role = .name) -> [Span] {
    var out = joined(names.prefix(limit).map { [Span($0, role)] })
    let more = (total ?? names.count) - Swift.min(names.count, limit)
    if more > 0 { out.append(Span(Text(" and \(more) more", zh: "等，共 \(total ?? names.count) 个"), .muted)) }
    return out
  }
}

/// Counting words.
enum Count {
  static func text(_ n: Int, _ singular: String, _ plural: String? = nil, zh: String) -> Text {
    let figure = Figures.integer(Int64(n))
    return Text("\(figure) \(n == 1 ? singular : plural ?? singular + "s")", zh: "\(figure) \(zh)")
  }
}

/// Names of settings and their values.
enum SettingView {
  /// `name = value`, and what it was before.
  static func line(_ target: Settable, _ value: Text, before: Text) -> [Span] {
    var line: [Span] = [Span(target.label, .name), Span(" = ", zh: "＝"), Span(value, .number)]
    if before != value {
      line += [Span("  (was ", zh: "（原为 ", .muted), Span(before, .muted), Span(")", zh: "）", .muted)]
    }
    return line
  }

  /// What has been set, for programs.
  static func record(_ name: String, _ value: Text, before: Text) -> Record {
    Record(kind: "setting", ["name": .id(name), "value": .words(value), "before": .words(before)])
  }

  /// The value that holds for a thing in a state, for people.
  static func current(_ target: Settable, _ state: SessionState, _ places: Gazetteer) -> Text {
    if let setting = state.setting(target.id) { return setting.text(places) }
    if let own = state.scenario?.settings.last(where: { $0.target.id == target.id }) { return own.text(places) }
    switch target {
    case .asOf: return state.scenario?.scenario.asOf.map { .same($0.text) } ?? Text("none", zh: "无")
    case .mode: return Text("enacted for `run`, adopted for `compare`", zh: "测算按原文件施行，比较按假设本地采用")
    default: return byDefault(target, state, places)
    }
  }

  /// What holds where nobody sets anything.
  static func byDefault(_ target: Settable, _ state: SessionState, _ places: Gazetteer) -> Text {
    switch target {
    case .asOf, .mode, .budget, .programme: return Text("none", zh: "无")
    case .assumption: return Text("nothing", zh: "不作假设")
    case .value: return Text("none", zh: "无")
    case .parameter(let parameter):
      if let raw = parameter.value { return ValueText.text(raw, of: parameter, places: places) }
      guard let name = parameter.byReference else { return Text("none", zh: "无") }
      let supplied = state.setting(name) ?? state.scenario?.settings.last { $0.target.id == name }
      return supplied.map { $0.text(places) } ?? target.words
    case .reading(let reading, let key):
      // A reading for one measure falls back on the document's, then on the general one.
      let parts = key.split(separator: ".")
      for count in stride(from: parts.count - 2, through: 0, by: -1) {
        let outer = (parts.prefix(count) + [parts[parts.count - 1]]).joined(separator: ".")
        if outer == key { continue }
        if let setting = state.setting(outer) ?? state.scenario?.settings.last(where: { $0.target.id == outer }) {
          return setting.text(places)
        }
      }
      return reading.choices[reading.defaultIndex].words
    }
  }
}
