// A setting that is understood: the thing, and its value in raw form. Texts become settings here, whether they come
// from
// a command, a scenario or an example. Knows nothing of sessions.

import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning

/// One thing with its value.
package struct Setting: Sendable {
  package enum Value: Sendable, Hashable {
    /// Fen, parts of a share, months, a count, a day number.
    case raw(Int64)
    case choice(String)
    case day(Day?)
    case mode(Mode)
    /// A by-reference value that is taken away.
    case none
    /// What would hold without any setting.
    case byDefault
  }

  package let target: Settable
  package let value: Value
  /// Who sets it.
  package var source = SettingSource.session
  /// What others set of the same thing, which this goes before, the weakest first.
  package var over: [Setting] = []

  /// A thing with a value that is known.
  package init(_ target: Settable, value: Value) {
    self.target = target
    self.value = value
  }

  /// Reads a value for a thing.
  package init(_ target: Settable, _ text: String, places: Gazetteer) throws(ValueMistake) {
    self.target = target
    let plain = ValueText.plain(text)
    let word = plain.lowercased()
    if SpecialValue.isDefault(word), !Setting.hasChoice(target, plain) {
      value = .byDefault
      return
    }
    switch target {
    case .asOf:
      if SpecialValue.isNone(word) {
        value = .day(nil)
      } else {
        let raw = try ValueText.read(plain, as: .date, places: places)
        value = .day(Int32(exactly: raw).map { Day(number: $0) })
      }
    case .mode:
      guard let mode = Mode.named(word) else {
        throw .unknownChoice(
          plain, [Text("enacted", zh: "原文件施行"), Text("adopted", zh: "假设采用")])
      }
      value = .mode(mode)
    case .budget:
      value = SpecialValue.isNone(word) ? .none : .raw(try ValueText.read(plain, as: .money, places: places))
    case .assumption:
      value = SpecialValue.isNone(word) ? .none : .raw(try ValueText.read(plain, as: .share, places: places))
    case .programme: value = .none
    case .reading(let reading, _):
      let names = reading.choices.map(\.name)
      let called = reading.choices.firstIndex { $0.chinese == plain }
      if let called {
        value = .choice(names[called])
      } else {
        value = .choice(names[try ValueText.choice(plain, of: reading.choices.map(\.words))])
      }
    case .value(let reference):
      value = SpecialValue.isNone(word) ? .none : .raw(try ValueText.read(plain, as: reference.type, places: places))
    case .parameter(let parameter):
      if SpecialValue.isNone(word) { throw .noneHere(parameter.id) }
      let raw = try ValueText.read(plain, as: parameter.type, places: places)
      if let least = parameter.atLeast, raw < least {
        throw .below(plain, bound: ValueText.text(least, parameter.type, places: places))
      }
      if let most = parameter.atMost, raw > most {
        throw .above(plain, bound: ValueText.text(most, parameter.type, places: places))
      }
      value = .raw(raw)
    }
  }

  private static func hasChoice(_ target: Settable, _ name: String) -> Bool {
    if case .reading(let reading, _) = target {
      return reading.choices.contains { $0.name == name || $0.chinese == name }
    }
    return false
  }

  /// The value for people.
  package func text(_ places: Gazetteer) -> Text {
    switch value {
    case .choice(let name): choice(name)
    case .day(let day): day.map { .same($0.text) } ?? Text("none", zh: "无")
    case .mode(let mode): Text(mode.rawValue, zh: mode.title.zh)
    case .none:
      switch target {
      case .assumption: Text("nothing", zh: "不作假设")
      case .programme(_, let words): words
      case .parameter, .reading, .value, .asOf, .mode, .budget: Text("none", zh: "无")
      }
    case .byDefault: Text("default", zh: "默认")
    case .raw(let raw):
      switch target {
      case .parameter(let parameter): ValueText.text(raw, of: parameter, places: places)
      case .value(let reference): ValueText.text(raw, reference.type, places: places)
      case .budget: ValueText.text(raw, .money, places: places)
      case .assumption(let assumption): assumption.text(raw)
      default: .same(String(raw))
      }
    }
  }

  private func choice(_ name: String) -> Text {
    guard case .reading(let reading, _) = target else { return .same(name) }
    return reading.choices.first { $0.name == name }?.words ?? .same(name)
  }
}

extension Setting {
  /// Of several things that a name may stand for, the one that the value shows to be meant: a reading and a figure may
  /// share a name, but never a value.
  package static func meant(_ targets: [Settable], _ text: String, places: Gazetteer) -> Settable? {
    let fitting = targets.filter { (try? Setting($0, text, places: places)) != nil }
    let readings = fitting.filter { if case .reading = $0 { true } else { false } }
    guard fitting.count == 1,
      readings.count == 1 || targets.count(where: { if case .reading = $0 { false } else { true } }) == 1
    else { return nil }
    return fitting[0]
  }
}

extension Library {
  /// A name and a value as written, understood.
  package func setting(
    _ name: String, _ value: String, in programme: [CheckedDocument], wanted: Wanted = .anything,
    nameLocation: SourceRange?,
    valueLocation: SourceRange?
  ) throws(Refusal) -> Setting {
    let target: Settable
    switch resolve(name, in: programme, wanted: wanted) {
    case .unknown(let nearest):
      throw Refusal(noSetting(name, value, nearest, in: programme, wanted), at: nameLocation)
    case .ambiguous(let targets):
      guard let meant = Setting.meant(targets, value, places: places) else {
        throw Refusal(.ambiguousName(name, Settable.typedNames(targets)), at: nameLocation)
      }
      target = meant
    case .found(let found): target = found
    }
    do {
      return try Setting(target, value, places: places)
    } catch {
      if isHome(name, value) { throw Refusal(Library.homeAsSetting(name), at: nameLocation) }
      throw Refusal(.value(error, name: target.typedName), at: valueLocation)
    }
  }

  /// What is wrong with a name that no setting has. Names that can have the value go before others, which are no
  /// correction.
  private func noSetting(
    _ name: String, _ value: String, _ nearest: [String], in programme: [CheckedDocument], _ wanted: Wanted
  ) -> Mistake {
    if isHome(name, value) { return Library.homeAsSetting(name) }
    if documents.contains(where: { $0.id == name || $0.number == name }) {
      return .notASetting(
        name, Text("a document", zh: "文件"),
        hint: Text("`list parameters` has what can be set", zh: "`列出 参数` 给出可以设定的各项"))
    }
    let fitting = nearest.filter { near in
      switch resolve(near, in: programme, wanted: wanted) {
      case .found(let target): (try? Setting(target, value, places: places)) != nil
      case .ambiguous(let targets): Setting.meant(targets, value, places: places) != nil
      case .unknown: false
      }
    }
    return .unknownName(name, nearest: fitting.isEmpty ? nearest : fitting, fits: !fitting.isEmpty)
  }

  private static func homeAsSetting(_ name: String) -> Mistake {
    .notASetting(
      name, Text("what the scenario's file states", zh: "情景文件写明的事项"),
      hint: Text(
        "load a file with another `district:`; under another district's measures: `compare changle-2022, jindong-2021 "
          + "as adopted`",
        zh: "请读入写有另一 `地区：` 的情景；按其他地区的办法测算：`比较 changle-2022，jindong-2021 假设本地采用`"))
  }

  /// Whether somebody would set the district that a scenario is of.
  private func isHome(_ name: String, _ value: String) -> Bool {
    let words = ["home", "district", "home district", "地区", "本地区", "所在地区", "测算地区", "区县"]
    guard words.contains(name.lowercased()) else { return false }
    if case .found = places.resolve(value) { return true }
    return !value.isEmpty && value.utf8.allSatisfy { (0x30...0x39).contains($0) } && value.utf8.count == 6
  }
}

extension RunSettings {
  /// Takes a setting in.
  package mutating func apply(_ setting: Setting) {
    switch (setting.target, setting.value) {
    case (.parameter(let parameter), .raw(let raw)): parameters[parameter.id] = raw
    case (.parameter(let parameter), _): parameters[parameter.id] = nil
    case (.reading(_, let key), .choice(let name)): readings[key] = name
    case (.reading(_, let key), _): readings[key] = nil
    case (.value(let reference), .raw(let raw)): values[reference.name] = raw
    case (.value(let reference), _): values[reference.name] = nil
    case (.asOf, .day(let day)): asOf = day
    case (.mode, .mode(let mode)): self.mode = mode
    case (.assumption(var assumption), .raw(let raw)):
      assumption.number = raw
      assumptions.removeAll { $0.id == assumption.id }
      assumptions.append(assumption)
    case (.assumption(let assumption), _): assumptions.removeAll { $0.id == assumption.id }
    case (.asOf, _), (.mode, _), (.budget, _), (.programme, _): break
    }
  }
}
