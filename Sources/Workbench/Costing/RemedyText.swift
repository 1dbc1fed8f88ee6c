// What is lacking in words, for `why not`. Knows nothing of how it was found, nor of what it would pay.

import Answers
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Sessions
import View

/// What is lacking in words.
struct RemedyText {
  private let dataset: Dataset
  private let places: Gazetteer

  init(_ dataset: Dataset, _ places: Gazetteer) {
    self.dataset = dataset
    self.places = places
  }

  func lines(_ remedy: Remedy) -> [[Span]] {
    let limit = 8
    // What nobody has stated comes first.
    let parts = remedy.parts.filter(isUnstated) + remedy.parts.filter { !isUnstated($0) }
    // What two conditions ask alike is one thing that is lacking.
    var lines: [[Span]] = []
    for one in parts.map(line) where !lines.contains(one) { lines.append(one) }
    let more = lines.count - limit
    guard more > 0 else { return lines }
    return lines.prefix(limit) + [
      [Span(Text("and \(more) more of this kind", zh: "另有类似的 \(more) 处"), .muted)]
    ]
  }

  /// Whether nobody has stated the fact, even where a default stands for it.
  private func isUnstated(_ part: Remedy.Part) -> Bool {
    guard let before = part.before else { return false }
    // No last day is a statement of its own: still there.
    if case .set(let list, let row, _, _) = part.edit, let field = part.field, field.absence != Field.Absence.none,
      dataset.tables.indices.contains(list), dataset.tables[list].unstated[field.name]?.contains(row) ?? false
    {
      return true
    }
    return value(before, part.field).zh == "未填"
  }

  /// A stated fact that stands in the way, with what it is: 户籍地 宁夏回族自治区固原市原州区（640402）.
  func stated(_ part: Remedy.Part) -> Text {
    let (record, name) = (dataset.words(part.record), part.field?.words ?? .same(""))
    let now = part.before.map { value($0, part.field) }
    let named = part.field?.type == .bool ? "“\(name.zh)”" : name.zh
    return Text(
      "\(record.en): \(name.en)" + (now.map { " = \($0.en)" } ?? ""),
      zh: "\(record.zh)的\(named)" + (now.map { "（\($0.zh)）" } ?? ""))
  }

  private func line(_ part: Remedy.Part) -> [Span] {
    switch part.edit {
    case .copies(_, _, let count):
      return [
        Span(Text("\(count) more like ", zh: "如再有 \(count) 个与 "), .plain), Span(dataset.words(part.record), .name),
      ] + [
        Span("", zh: " 相同的记录")
      ]
    case .include(_, _, let field, let member):
      let name: Text
      if case .set(.choice(let names))? = part.field?.type, names.indices.contains(Int(member)) {
        name = dataset.dictionary.words(ofChoices: names)[Int(member)]
      } else {
        name = .same("\(member)")
      }
      return [
        Span("", zh: "如 "), Span(dataset.words(part.record), .name),
        Span(Text(": \(field), not stated, has ", zh: "的\(part.field?.words.zh ?? field)（未填）有 ")), Span(name, .number),
      ]
    case .set(_, _, let field, _) where isOpenPlace(part):
      return [
        Span(Text("state \(field) of ", zh: "补填 ")), Span(dataset.words(part.record), .name),
        Span(Text("", zh: "的\(part.field?.words.zh ?? field)")),
        Span(" (not stated), and it is one that the conditions above admit", zh: "（现未填），且符合上列条件", .muted),
      ]
    case .set(_, _, let field, let raw):
      let own = part.field?.words.zh ?? field
      // A yes or no is asked for by a name that reads on by itself: 的“有组织”为是.
      let name = part.field?.type == .bool ? "“\(own)”" : own
      let open = isUnstated(part) ? Text("not stated", zh: "未填") : nil
      let (before, after) = (part.before.map { open ?? value($0, part.field) }, value(raw, part.field))
      return [
        Span("", zh: "如 "), Span(dataset.words(part.record), .name),
        Span(Text(": \(field) = ", zh: "的\(name)为 ")), Span(after, .number),
      ]
        + (before.map { [Span(Text(" instead of \($0.en)", zh: "（现\(Self.stands($0.zh))）"), .muted)] } ?? [])
    }
  }

  /// Whether it is a place that nobody has stated: any that fits was as good to be tried, and none is to be suggested.
  private func isOpenPlace(_ part: Remedy.Part) -> Bool {
    guard let before = part.before, before == Absent.unknown64 || before == Int64(Absent.unknown32) else {
      return false
    }
    switch part.field?.type {
    case .place, .county, .area: return true
    case .text, .int, .bool, .date, .dateOrMonth, .dateOrYear, .money, .figure, .choice, .reference, .set, nil:
      return false
    }
  }

  /// 现为 2022-05-30, but 现未填.
  private static func stands(_ value: String) -> String { value == "未填" || value == "无" ? value : "为 \(value)" }

  private func value(_ raw: Int64, _ field: Field?) -> Text {
    if raw <= Absent.none64 || (raw <= Int64(Absent.none32) && field?.isWide != true) {
      return raw == Absent.none64 || raw == Int64(Absent.none32) ? Text("none", zh: "无") : Text("not stated", zh: "未填")
    }
    switch field?.type {
    case .bool:
      return raw == 1 ? Text("true", zh: "是") : raw == 0 ? Text("false", zh: "否") : Text("not stated", zh: "未填")
    case .money: return ValueText.text(raw, .money)
    case .figure(let figure): return figure.words(raw)
    case .date, .dateOrMonth: return ValueText.text(raw, .date)
    case .dateOrYear:
      return raw >= Int64(DateOrYear.base) - 100_000
        ? .same("\(raw - Int64(DateOrYear.base))") : ValueText.text(raw, .date)
    case .place, .county, .area: return Int32(exactly: raw).map { places.words($0) } ?? .same("?")
    case .choice(let names):
      let words = dataset.dictionary.words(ofChoices: names)
      return Int(exactly: raw).flatMap { words.indices.contains($0) ? words[$0] : nil } ?? .same("?")
    default: return .same("\(raw)")
    }
  }
}
