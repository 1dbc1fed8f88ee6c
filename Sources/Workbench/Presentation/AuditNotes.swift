// What an audit says below its lists of lines that are not understood or that cancel each other, and what beneficiaries
// are called so that no two are called alike. Knows nothing of how lines were matched.

import Diagnostics
import Facts
import Reports

enum AuditNotes {
  /// How columns of payees were understood beside which others were paid.
  static func besides(_ audit: PaidAudit) -> [Text] {
    audit.besides.map { beside in
      let count = Count.text(beside.lines.count, "line", zh: "行"), heading = AuditWords.covered(beside.heading)
      guard beside.isHolder else {
        let one = beside.lines.count == 1
        return Text(
          "In \(count.en) `\(heading)` is read as the employer, since what is due for the "
            + "\(one ? "person goes" : "people goes") to somebody else: to the \(one ? "person" : "people") as a rule.",
          zh: "有 \(count.zh)的“\(heading)”读作用人单位：为该人员应付的款项不是付给该单位的（一般应付给本人）。")
      }
      let some = beside.lines.prefix(5).map { line in
        let who = AuditWords.covered(line.who), holder = AuditWords.covered(line.payee ?? "")
        let place = AuditWords.lines([line.place])
        return Text("\(place.en), \(who) into that of \(holder)", zh: "\(place.zh)\(who)，户主\(holder)")
      }
      let more = beside.lines.count > some.count
      return Text(
        "In \(count.en) the account (`\(heading)`) is not the person's own: \(some.map(\.en).joined(separator: "; "))"
          + (more ? "; …" : "."),
        zh: "有 \(count.zh)的“\(heading)”不是本人：\(some.map(\.zh).joined(separator: "；"))\(more ? "等。" : "。")")
    }
  }

  /// How to say what a list's words for measures mean that nothing is called; nil where all were understood.
  static func measures(_ entries: [PaidEntry], shown: (String) -> String) -> Text? {
    var words: [(said: String, near: String?)] = []
    for entry in entries {
      for case .unknownMeasure(let said, let near) in entry.reasons where !words.contains(where: { $0.said == said }) {
        words.append((said, near.first))
      }
    }
    guard let first = words.first else { return nil }
    let (said, more) = (shown(first.said), words.count - 1)
    return Text(
      "`cells \"\(said)\" = \(first.near ?? "MEASURE")` says which measure is meant by it"
        + (more > 0 ? "; \(more) more \(more == 1 ? "word is" : "words are") not known." : "."),
      zh: "写“单元格 \"\(said)\" = \(first.near ?? "措施")”可说明它指哪项措施" + (more > 0 ? "；另有 \(more) 种写法不认识。" : "。"))
  }

  /// Which lines were reversed and paid again: they come to nothing, and stand in no list of what is wrong.
  static func reversals(_ entries: [PaidEntry]) -> Text? {
    var found: [(PaidRegister.Place, PaidRegister.Place, PaidRegister.Place?)] = []
    for entry in entries where entry.finding == .reversed {
      for case .reversed(let line, let other, let again) in entry.reasons where !found.contains(where: { $0.0 == line })
      {
        found.append((line, other, again))
      }
    }
    guard !found.isEmpty else { return nil }
    let some = found.prefix(5).map { line, other, again in
      let words = [line, other].map { AuditWords.lines([$0]) }, third = again.map { AuditWords.lines([$0]) }
      return Text(
        "\(words[0].en) by \(words[1].en)" + (third.map { ", again in \($0.en)" } ?? ""),
        zh: "\(words[0].zh)由\(words[1].zh)冲正" + (third.map { "，\($0.zh)重新发放" } ?? ""))
    }
    let more = found.count > some.count
    return Text(
      "Reversed, and not counted: \(some.map(\.en).joined(separator: "; "))\(more ? "; …" : ".")",
      zh: "已冲正、未计入的：\(some.map(\.zh).joined(separator: "；"))\(more ? "等。" : "。")")
  }
}

/// The names of an audit's beneficiaries; of those who are called alike with their ids.
final class AuditedNames: Sendable {
  private let names: PaidNames
  private let alike: Set<String>
  /// What the list, or a record of theirs, calls those of whom the facts have no name that is theirs alone.
  private let listed: [String: String]

  init(_ audit: PaidAudit, _ dataset: Dataset) {
    let names = PaidNames(dataset)
    var ids: [String: Set<String>] = [:]
    for entry in audit.entries { ids[names.often(entry.beneficiary), default: []].insert(entry.beneficiary) }
    alike = Set(ids.filter { $0.value.count > 1 }.keys)
    var listed: [String: String] = [:]
    for entry in audit.entries {
      // Only identity numbers: of an employer the line may name whom it was paid for.
      guard listed[entry.beneficiary] == nil, PersonalNumbers.covered(entry.beneficiary) != entry.beneficiary,
        names.often(entry.beneficiary) == entry.beneficiary
      else { continue }
      let said = [entry.line?.person, entry.line?.payee, entry.subject.isEmpty ? nil : names.often(entry.subject)]
      listed[entry.beneficiary] = said.compactMap(\.self).first { name in
        name != entry.beneficiary && name != entry.subject && name.contains { $0.isLetter && $0 != "X" && $0 != "x" }
      }
    }
    self.listed = listed
    self.names = names
  }

  func often(_ id: String) -> String {
    let name = names.often(id)
    if name == id, let said = listed[id] { return "\(said)（\(id)）" }
    return alike.contains(name) && name != id ? "\(name)（\(id)）" : name
  }
}
