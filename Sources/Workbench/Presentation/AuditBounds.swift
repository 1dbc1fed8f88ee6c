// What an audit was asked beside its list: for which measure, how late payments may come, whose payments are missed. It
// stands in every form of the answer. Knows nothing of what was found.

import Answers
import Diagnostics
import Facts
import Reckoning
import Reports
import View

struct AuditBounds {
  private let question: PaidAudit.Question

  init(_ question: PaidAudit.Question) { self.question = question }

  /// The sentence for people; nil where nothing was asked.
  var block: Block? { line.map { .paragraph(Text("As asked: \($0.en).", zh: "按要求：\($0.zh)。")) } }

  /// What was asked, in a line; nil where nothing was.
  var line: Text? {
    var parts: [Text] = []
    if let measure = question.measure {
      parts.append(Text("all lines are for \(measure.name)", zh: "各行均为“\(measure.words.zh)”"))
    }
    if question.grace > 0 {
      let days = Count.text(question.grace, "day", zh: "天")
      parts.append(Text("what comes up to \(days.en) late passes", zh: "迟发不超过 \(days.zh)的放过"))
    }
    if let (from, to) = days {
      parts.append(
        Text("missed is what falls due from \(from) to \(to)", zh: "只查 \(from) 至 \(to) 到期的应付未付"))
    }
    if parts.isEmpty { return nil }
    return Text(parts.map(\.en).joined(separator: "; "), zh: parts.map(\.zh).joined(separator: "；"))
  }

  /// The same for programs, as members of the answer.
  var members: [Record.Member] {
    var members: [Record.Member] = []
    if let measure = question.measure { members.append(Record.Member("for", .id(measure.id))) }
    if question.grace > 0 { members.append(Record.Member("within_days", .count(question.grace))) }
    if let (from, to) = days {
      members += [Record.Member("missed_from", .date(from)), Record.Member("missed_to", .date(to))]
    }
    return members
  }

  /// The same as a text that differs where it does; empty where nothing was asked.
  var digest: String {
    [
      question.measure.map { "for \($0.id)" }, question.grace > 0 ? "within \(question.grace)" : nil,
      days.map { "from \($0) to \($1)" },
    ].compactMap(\.self).map { " " + $0 }.joined()
  }

  private var days: (from: String, to: String)? {
    question.days.map { (Day(number: $0.lowerBound).text, Day(number: $0.upperBound).text) }
  }

  /// What is as it is due but for days that were let pass; nil where nothing is.
  func passed(_ entries: [PaidEntry]) -> Text? {
    let late = entries.compactMap { entry -> (days: Int, fen: Int64)? in
      guard entry.finding == .asDue, let day = entry.line?.day else { return nil }
      let days = entry.parts.map { Int(day.number) - Int($0.dueOn.number) }.max() ?? 0
      return days > 0 ? (days, entry.paid) : nil
    }
    guard let most = late.map(\.days).max() else { return nil }
    let (lines, days) = (Count.text(late.count, "line", zh: "行"), Count.text(most, "day", zh: "天"))
    let money = Figures.money(fen: late.reduce(0) { Amounts.add($0, $1.fen) }, grouped: true)
    return Text(
      "Let pass although paid later than due: \(lines.en), \(money); the latest by \(days.en).",
      zh: "迟发但放过的：\(lines.zh)，\(money) 元；最迟的晚 \(days.zh)。")
  }
}
