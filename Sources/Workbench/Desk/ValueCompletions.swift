// The values that a name may take, as completions in the session's language. Knows nothing of positions.

import Commands
import Diagnostics
import Engine
import PolicyLanguage
import Reckoning
import Sessions

extension Desk {
  var none: String { language == .zh ? "无" : "none" }
  var byDefault: String { language == .zh ? "默认" : "default" }

  func modes() -> [Completion] {
    [Mode.enacted, .adopted].map {
      Completion(language == .zh ? $0.chinese[0] : $0.rawValue, $0.title.in(language), alias: $0.rawValue)
    }
  }

  func values(of name: String) -> [Completion] {
    guard case .found(let target) = library.resolve(name, in: nearDocuments) else {
      return Preference.named(name).map(choices) ?? []
    }
    switch target {
    case .reading(let reading, _):
      return reading.choices.map {
        let words = $0.words
        return Completion(words.in(language), $0.meaning.in(language), alias: language == .zh ? words.en : words.zh)
      }
    case .mode: return modes()
    case .assumption, .programme: return []
    case .budget: return [Completion(none), Completion(byDefault)]
    case .asOf:
      let now = SettingView.current(target, state, library.places).in(language)
      return [Completion(now), Completion(none, Text("no date", zh: "不设").in(language)), Completion(byDefault)]
    case .parameter(let parameter):
      func written(_ raw: Int64, _ meaning: Text) -> Completion {
        let text = ValueText.text(raw, parameter.type, places: library.places).in(language)
        return Completion(language == .zh ? text.filter { $0 != " " } : text, meaning.in(language))
      }
      var out: [Completion] = []
      if let setting = state.setting(parameter.id), case .raw(let raw) = setting.value {
        out.append(written(raw, Text("now", zh: "当前")))
      }
      if let raw = parameter.value { out.append(written(raw, Text("as the document has it", zh: "文件所定"))) }
      if let least = parameter.atLeast { out.append(written(least, Text("the least", zh: "下限"))) }
      if let most = parameter.atMost { out.append(written(most, Text("the most", zh: "上限"))) }
      return out + [Completion(byDefault, Text("take the setting back", zh: "取消设定").in(language))]
    case .value(let value):
      return [
        Completion(none, Text("take it away", zh: "取消").in(language)),
        Completion(ValueText.sample(value.type).in(language), Text("for example", zh: "例如").in(language)),
      ]
    }
  }

  func choices(_ preference: Preference) -> [Completion] {
    if preference == .limit { return [Completion(preference.defaultValue), Completion(none)] }
    return preference.choices.map { spellings in
      let mark = spellings[0] == preferences.value(preference) ? Text("now", zh: "当前").in(language) : ""
      let words = preference.words(spellings[0])
      return Completion(words.in(language), mark, alias: language == .zh ? words.en : words.zh)
    }
  }

  /// Units that may follow a figure.
  func units(of name: String) -> [Completion] {
    guard case .found(let target) = library.resolve(name, in: nearDocuments) else { return [] }
    let type: ValueType
    switch target {
    case .parameter(let parameter): type = parameter.type
    case .value(let value): type = value.type
    default: return []
    }
    switch type {
    case .money: return [Completion(language == .zh ? "元" : "yuan")]
    case .amount(let currency): return [Completion(language == .zh ? currency.chinese : currency.word)]
    case .rate(let rate): return [Completion(String(rate.written.in(language).dropFirst()))]
    case .months: return [Completion(language == .zh ? "个月" : "months")]
    case .days: return [Completion(language == .zh ? "天" : "days")]
    default: return []
    }
  }
}
