// What has no budget among the values that a question tries, since a measure refuses a fact there or a sum is too
// large, and why: such values are told of, and neither as without effect nor as looked at. Knows nothing of how values
// are tried.

import Answers
import Diagnostics
import Engine
import Sessions
import View

/// Values at which nothing can be costed.
struct Uncosted: Sendable {
  struct Entry: Sendable {
    /// The values for people: `450,000 yuan`, `0 yuan to 499,999.99 yuan`.
    let at: Text
    /// The same for programs.
    let record: Record
    /// Why.
    let cause: Text
  }

  private(set) var entries: [Entry] = []

  /// No more of them are told one by one.
  private static let most = 6

  var isEmpty: Bool { entries.isEmpty }

  mutating func add(_ at: Text, _ record: Record, _ cause: Text) {
    entries.append(Entry(at: at, record: record, cause: cause))
  }

  /// Those that have the same cause in a sentence, in the order in which they were found.
  var notes: [Block] {
    var causes: [(cause: Text, at: [Text])] = []
    for entry in entries {
      if let i = causes.firstIndex(where: { $0.cause.en == entry.cause.en }) {
        causes[i].at.append(entry.at)
      } else {
        causes.append((entry.cause, [entry.at]))
      }
    }
    return causes.prefix(Self.most).map { cause, all in
      let more = all.count - Self.most
      let at = all.prefix(Self.most)
      let en = at.map(\.en).joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
      let zh = at.map(\.zh).joined(separator: "、") + (more > 0 ? "等 \(all.count) 处" : "")
      return .note(.warning, [Span("cannot be costed: \(en); the cause: \(cause.en)", zh: "不能测算：\(zh)。原因：\(cause.zh)")])
    }
  }

  /// For programs, each with its cause.
  var datum: Datum {
    .list(entries.map { .record($0.record.with(["refusal": .words($0.cause)])) })
  }
}

extension Desk {
  /// The budget at some settings, or why there is none: the first reason, and how many more there are.
  func budget(_ inquiry: Inquiry, _ settings: RunSettings) -> (ledger: Ledger?, refusal: Text?) {
    let ledger = ledger(inquiry.documents, inquiry.scenario, settings)
    return ledger.reason.map { (nil, $0) } ?? (ledger, nil)
  }
}

extension Ledger {
  /// Why it is no budget; nil where it is one.
  var reason: Text? {
    let errors = diagnostics.filter { $0.severity == .error }
    guard let first = errors.first?.message else { return nil }
    let more = errors.count - 1
    return more > 0 ? Text("\(first.en) (and \(more) more)", zh: "\(first.zh)（另有 \(more) 项）") : first
  }
}
