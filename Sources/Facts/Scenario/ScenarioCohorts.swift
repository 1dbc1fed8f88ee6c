// The cohorts of a scenario file: from their keys to `Cohort` values. Knows nothing of how cohorts become rows.
import Diagnostics
import Reckoning

extension ScenarioWalk {
  private static let cohortKeys = ["id", "count", "hire", "start", "retention"]

  mutating func readCohorts(_ value: YAMLValue) {
    switch value.kind {
    case .nothing: return
    case .list: break
    case .text, .map:
      findings.add(
        .wanted(key: CohortList.key, Text("a list of cohorts", zh: "批次的列表"), found: value.described), at: value.location
      )
      return
    }
    for entry in value.entries {
      guard case .map = entry.kind else {
        findings.add(.notARecord(list: CohortList.key, found: entry.described), at: entry.location)
        continue
      }
      readCohort(entry)
    }
  }

  private mutating func readCohort(_ entry: YAMLValue) {
    var id: String?
    var count: Int?
    var hire: [StatedValue] = []
    var days: (from: Day, to: Day)?
    var retention: [Cohort.Retention] = []
    var seen: Set<String> = []
    let before = findings.list.count
    for (key, value) in entry.pairs where !key.isRepeated {
      guard let written = key.name else {
        findings.add(.keyNotText, at: key.location)
        continue
      }
      let name = ScenarioKeys.cohort[written] ?? written
      seen.insert(name)
      switch name {
      case "id": id = single(value, "id")?.text
      case "count": count = readCount(value)
      case "hire":
        if case .map = value.kind {
          hire = stated(value)
        } else {
          findings.add(
            .wanted(key: name, Text("the facts of one hire", zh: "一名人员的各项"), found: value.described), at: value.location
          )
        }
      case "start": days = readDays(value)
      case "retention": retention = readRetention(value)
      default:
        if builder.ignores(name) { continue }
        let question = suggestions.question(name, among: ScenarioWalk.cohortKeys)
        findings.add(.unknownField(name, record: Text("cohort", zh: "批次"), question), at: key.location)
      }
    }
    for name in ScenarioWalk.cohortKeys.prefix(4) where !seen.contains(name) {
      let words = Text(name, zh: ScenarioKeys.words(ofCohortKey: name))
      findings.add(.missing(field: words, record: Text("cohort", zh: "批次")), at: entry.location)
    }
    guard let id, let count, let days else {
      // The facts are still looked at, so that all problems come out at once.
      if findings.list.count > before, !hire.isEmpty, let day = Day(year: 2000, month: 1, day: 1) {
        builder.append(
          cohort: Cohort(
            id: id ?? "?", count: 0, hire: hire, from: day, to: day, retention: [], location: entry.location))
      }
      return
    }
    builder.append(
      cohort: Cohort(
        id: id, count: count, hire: hire, from: days.from, to: days.to, retention: retention, location: entry.location))
  }

  private mutating func readCount(_ value: YAMLValue) -> Int? {
    guard let (text, location) = single(value, "count") else { return nil }
    guard let n = Decimals.parse(Members.trimmed(text[...]), scale: 0) else {
      // All digits and yet no number: it is beyond counting.
      let huge = !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
      findings.add(huge ? .cohortTotal : .cohortCount(text), at: location)
      return nil
    }
    guard n <= Int64(Cohort.totalLimit) else {
      findings.add(.cohortTotal, at: location)
      return nil
    }
    return Int(n)
  }

  /// One day, or `{from, to}`.
  private mutating func readDays(_ value: YAMLValue) -> (from: Day, to: Day)? {
    if case .text(let text, _) = value.kind {
      guard let day = date(text, "start", at: value.location) else { return nil }
      return (day, day)
    }
    guard case .map = value.kind else {
      findings.add(
        .wanted(
          key: "start", Text("a date or `{from: …, to: …}`", zh: "日期或 `{from: …, to: …}`"), found: value.described),
        at: value.location)
      return nil
    }
    var days: [String: Day] = [:]
    var seen: Set<String> = []
    for (key, day) in value.pairs where !key.isRepeated {
      guard let name = key.name, name == "from" || name == "to" else {
        findings.add(
          .unknownField(
            key.name ?? "?", record: Text("start", zh: "开始日期"), Text("write from and to", zh: "请写 from 和 to")),
          at: key.location)
        continue
      }
      seen.insert(name)
      if let (text, location) = single(day, name) { days[name] = date(text, name, at: location) }
    }
    for name in ["from", "to"] where !seen.contains(name) {
      findings.add(.missing(field: .same(name), record: Text("start", zh: "开始日期")), at: value.location)
    }
    guard let from = days["from"], let to = days["to"] else { return nil }
    return (from, to)
  }

  private mutating func readRetention(_ value: YAMLValue) -> [Cohort.Retention] {
    switch value.kind {
    case .nothing: return []
    case .map: break
    case .text, .list:
      findings.add(
        .wanted(
          key: "retention", Text("months with shares: `{3: 90%}`", zh: "月数和比例：`{3: 90%}`"), found: value.described),
        at: value.location)
      return []
    }
    var out: [Cohort.Retention] = []
    for (key, share) in value.pairs where !key.isRepeated {
      let name = key.name ?? "?"
      guard let months = Decimals.parse(name[...], scale: 0), (1...1200).contains(months) else {
        findings.add(.cohortMonths(name, share: ScenarioWalk.shareText(share)), at: key.location)
        continue
      }
      if out.contains(where: { $0.months == Int(months) }) {
        findings.add(.repeatedKey(name, firstLine: nil), at: key.location)
        continue
      }
      guard let (text, location) = single(share, name) else { continue }
      guard let parsed = ScenarioWalk.share(Members.trimmed(text[...])) else {
        findings.add(.cohortShare(text), at: location)
        continue
      }
      out.append(Cohort.Retention(months: Int(months), share: parsed))
    }
    return out
  }

  /// A share as it is written; nil for what is none.
  private static func shareText(_ value: YAMLValue) -> String? {
    guard case .text(let text, _) = value.kind else { return nil }
    let trimmed = Members.trimmed(text[...])
    return share(trimmed).map { _ in String(trimmed) }
  }

  /// `90%` or `0.9`, from nothing to all.
  private static func share(_ text: Substring) -> Share? {
    let parts: Int64?
    if text.hasSuffix("%") || text.hasSuffix("％") {
      parts = Decimals.parse(Members.trimmed(text.dropLast()), scale: 6)
    } else if text.contains(".") || text == "0" {
      parts = Decimals.parse(text, scale: 8)
    } else {
      parts = nil
    }
    guard let parts, parts <= Share.unit else { return nil }
    return Share(parts: parts)
  }
}
