// What an audit finds, in words: the findings, and why each line is one. Knows nothing of tables.

import Answers
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import View

/// A finding of payments, or of what is taken back.
struct AuditFinding: Sendable, Hashable {
  let finding: PaidFinding
  let isRecovery: Bool

  /// What programs call it.
  var key: String { isRecovery ? "recovery_" + finding.rawValue : finding.rawValue }
  var isRemarkable: Bool { finding.isRemarkable }
  var role: Role { finding.role }

  /// In a few words.
  var words: Text {
    guard isRecovery else { return finding.words }
    switch finding {
    case .asDue: return Text("taken back as due", zh: "追回相符")
    case .early: return Text("taken back before it is due", zh: "提前追回")
    case .otherDate: return Text("taken back on another date", zh: "追回日期不符")
    case .otherAmount: return Text("taken back: another amount", zh: "追回金额不符")
    case .twice: return Text("taken back twice", zh: "重复追回")
    case .reversed: return finding.words
    case .notDue: return Text("taken back and not due", zh: "不应追回")
    case .undetermined: return Text("taken back: cannot be judged", zh: "追回无法判定")
    case .unclear: return Text("taken back: not clear", zh: "追回无法对应")
    case .nobody: return Text("taken back: matches nobody", zh: "追回查无此人")
    case .unpaid: return Text("to be taken back and not", zh: "应追未追")
    }
  }

  /// In the order in which somebody has to look at them.
  static let told = [false, true].flatMap { isRecovery in
    PaidFinding.told.map { AuditFinding(finding: $0, isRecovery: isRecovery) }
  }
}

extension PaidEntry {
  /// What it is found to be.
  var told: AuditFinding { AuditFinding(finding: finding, isRecovery: isRecovery) }
}

extension PaidFinding {
  /// The finding in a few words.
  var words: Text {
    switch self {
    case .asDue: Text("paid as due", zh: "相符")
    case .early: Text("paid before it is due", zh: "提前发放")
    case .otherDate: Text("another date", zh: "日期不符")
    case .otherAmount: Text("another amount", zh: "金额不符")
    case .twice: Text("paid twice", zh: "重复发放")
    case .reversed: Text("reversed", zh: "已冲正")
    case .notDue: Text("paid and not due", zh: "不应发放")
    case .undetermined: Text("cannot be judged", zh: "无法判定")
    case .unclear: Text("not clear", zh: "无法对应")
    case .nobody: Text("matches nobody", zh: "查无此人")
    case .unpaid: Text("due and not paid", zh: "应付未付")
    }
  }

  var role: Role {
    switch self {
    case .asDue, .reversed: .good
    case .early, .otherDate, .undetermined, .unclear: .warning
    case .otherAmount, .twice, .notDue, .nobody, .unpaid: .bad
    }
  }

  /// In the order in which somebody has to look at them.
  static let told: [PaidFinding] = [
    .twice, .notDue, .otherAmount, .nobody, .unclear, .undetermined, .early, .otherDate, .unpaid, .reversed, .asDue,
  ]
}

/// Reasons in words.
struct AuditWords: Sendable {
  private let dataset: Dataset

  init(_ dataset: Dataset) { self.dataset = dataset }

  /// All reasons of a finding in one text.
  func text(_ reasons: [PaidReason]) -> Text {
    let parts = reasons.map(text)
    return Text(parts.map(\.en).joined(separator: "; "), zh: parts.map(\.zh).joined(separator: "；"))
  }

  private func text(_ reason: PaidReason) -> Text {
    switch reason {
    case .paidInLine(let line, let fen):
      let words = AuditWords.lines([line])
      if fen < 0 { return Text("\(words.en) has taken it back", zh: "\(words.zh)已追回") }
      return Text("\(words.en) has paid it", zh: "\(words.zh)已付")
    case .reversed(let line, let other, let again):
      let (first, second) = (AuditWords.lines([line]), AuditWords.lines([other]))
      guard let again else {
        return Text("\(first.en) was reversed by \(second.en)", zh: "\(first.zh)由\(second.zh)冲正")
      }
      let third = AuditWords.lines([again])
      return Text(
        "\(first.en), reversed by \(second.en), was paid again in \(third.en)",
        zh: "\(first.zh)由\(second.zh)冲正，\(third.zh)重新发放")
    case .usedUp(let lines, let due):
      let all = AuditWords.lines(lines)
      let money = Figures.money(fen: abs(due), grouped: true)
      if due < 0 {
        return Text(
          "all that is to be taken back (\(money)) was taken back by \(all.en)", zh: "应追回的 \(money) 元已由\(all.zh)追回")
      }
      return Text("all that is due (\(money)) is paid by \(all.en)", zh: "应付的 \(money) 元已由\(all.zh)付清")
    case .standing(let status, let other):
      if let other {
        return Text("stands back behind \(other.title.en)", zh: "已由“\(other.title.zh)”支付")
      }
      return PaymentWords.reason(status)
    case .conditions(let derivations, let record): return conditions(derivations, record)
    case .otherMeasures(let measures):
      return Text(
        "what is due and concerns them is \(AuditWords.names(measures).en)",
        zh: "与此对象有关的应付措施是\(AuditWords.names(measures).zh)")
    case .otherPayee(let names):
      return Text("it is due to \(names.joined(separator: ", "))", zh: "应付给\(names.joined(separator: "、"))")
    case .otherRecords: return Text("the measure has nothing for them", zh: "该措施不涉及此对象")
    case .unpriced(let names):
      let known = names.map { dataset.dictionary.words(ofFact: $0) }
      return Text(
        "nobody has supplied \(known.map(\.en).joined(separator: ", "))",
        zh: "标准未明确：\(known.map(\.zh).joined(separator: "、"))")
    case .days(let days):
      let count = Count.text(abs(days), "day", zh: "天")
      return days < 0
        ? Text("\(count.en) before it was due", zh: "早于应付日 \(count.zh)")
        : Text("\(count.en) after it was due", zh: "晚于应付日 \(count.zh)")
    case .daysBetween(let least, let most): return AuditWords.days(least, most)
    case .instalments(let lines, let paid, let due): return AuditWords.instalments(lines, paid, due)
    case .together(let count): return Text("\(count) payments together", zh: "合并 \(count) 笔")
    case .mayBe(let lines):
      return Text("\(AuditWords.lines(lines).en) may be it", zh: "\(AuditWords.lines(lines).zh)可能是此笔")
    case .dueOn(let day): return Text("due on \(day.text)", zh: "应付日 \(day.text)")
    case .nothingToRecover(let hasRule):
      return hasRule
        ? Text("nothing that was paid is to be taken back", zh: "已付的均不应追回")
        : Text("the measure takes nothing back", zh: "该措施没有追回规定")
    case .unknownMeasure, .severalMeasures, .severalPeople, .numberOfAnother, .otherNumber, .nameInFacts, .nameless,
      .noAmount, .nothingPaid, .unreadable, .severalDue, .notInFacts, .digitsOf, .heldBy:
      return unclear(reason)
    }
  }

  /// Why a line cannot be told what it is.
  private func unclear(_ reason: PaidReason) -> Text {
    switch reason {
    case .unknownMeasure(let said, let near):
      let hint = near.first.map { Text("; \($0)?", zh: "，是否为“\($0)”") } ?? .same("")
      return Text("no measure is called `\(shown(said))`\(hint.en)", zh: "没有措施叫“\(shown(said))”\(hint.zh)")
    case .severalMeasures(let measures):
      return Text(
        "it may be \(AuditWords.names(measures, or: true).en)", zh: "可能是\(AuditWords.names(measures, or: true).zh)")
    case .severalPeople(let names):
      let some = names.prefix(4).map { shown($0) }
      let more = names.count > some.count ? "…" : ""
      return Text(
        "several are called so: \(some.joined(separator: ", "))\(more)",
        zh: "同名的有多人：\(some.joined(separator: "、"))\(more)")
    case .numberOfAnother(let name):
      return Text("the number is \(shown(name))'s, the name is somebody else's", zh: "号码是\(shown(name))的，姓名是另一人的")
    case .otherNumber: return Text("the facts have the name under another number", zh: "情景中此姓名的号码不同")
    case .nameInFacts(let name): return Text("the facts have the number as \(shown(name))", zh: "情景中此号码为\(shown(name))")
    case .nameless: return Text("the line does not say who", zh: "未写发放对象")
    case .noAmount: return Text("the line does not say how much", zh: "未写金额")
    case .nothingPaid: return Text("the line says that nothing was paid", zh: "该行金额为 0")
    case .unreadable: return Text("something in the line cannot be read", zh: "该行有无法读取的内容")
    case .severalDue(let count):
      return Text("\(count) payments are due, none of this amount", zh: "应付 \(count) 笔，均非此金额")
    case .notInFacts(let name, let near):
      let hint = near.first.map { Text("; \($0)?", zh: "，是否为“\($0)”") } ?? .same("")
      return Text(
        "nobody in the scenario is called `\(shown(name))`\(hint.en)", zh: "情景中没有“\(shown(name))”\(hint.zh)")
    case .digitsOf(let people):
      let some = people.prefix(3).map { shown($0) }
      let more = people.count > some.count
      return Text(
        "the digits of the number are those of \(some.joined(separator: ", "))\(more ? " …" : "")",
        zh: "号码所示数字与\(some.joined(separator: "、"))\(more ? "等" : "")相同")
    case .heldBy(let name): return Text("paid into the account of \(shown(name))", zh: "收款账户为\(shown(name))所有")
    case .daysBetween, .instalments: return text(reason)
    case .paidInLine, .reversed, .usedUp, .standing, .conditions, .otherMeasures, .otherPayee, .otherRecords,
      .unpriced, .days, .together, .mayBe, .dueOn, .nothingToRecover:
      return text(reason)
    }
  }

  private func conditions(_ derivations: [Derivation], _ record: String) -> Text {
    let parts = derivations.map { derivation in
      let spans = ExplanationAnswer.failure(derivation)
      return Text(spans.map(\.text.en).joined(), zh: spans.map(\.text.zh).joined())
    }
    let words = dataset.words(record)
    return Text(
      "not met for \(words.en): \(parts.map(\.en).joined(separator: "; "))",
      zh: "\(words.zh)不满足：\(parts.map(\.zh).joined(separator: "；"))")
  }

  /// A name or number of the list; of what looks like an identity number the middle is covered.
  private func shown(_ text: String) -> String { AuditWords.covered(text) }

  static func covered(_ text: String) -> String {
    let digits = text.utf8.count { (0x30...0x39).contains($0) }
    return digits >= 14 && text.utf8.count - digits <= 1 ? PersonalNumbers.middle(text) : text
  }

  /// The first lines of some, by the list in which they stand where there are several.
  static func lines(_ lines: [PaidRegister.Place]) -> Text {
    var parts: [(list: String?, numbers: [String])] = []
    for line in lines.prefix(5) {
      if let last = parts.last, last.list == line.list?.name {
        parts[parts.count - 1].numbers.append(String(line.number))
      } else {
        parts.append((line.list?.name, [String(line.number)]))
      }
    }
    let more = lines.count > 5 ? " …" : ""
    let words = parts.enumerated().map { i, part in
      let numbers = part.numbers.joined(separator: ", ") + (i == parts.count - 1 ? more : "")
      return Text(
        "line \(numbers)" + (part.list.map { " of \($0)" } ?? ""), zh: "\(part.list ?? "")第 \(numbers) 行")
    }
    return Text(words.map(\.en).joined(separator: ", "), zh: words.map(\.zh).joined(separator: "、"))
  }

  /// Days after several payments became due, from the last of them to the first; below nought: before.
  private static func days(_ least: Int, _ most: Int) -> Text {
    let (first, last) = (Count.text(abs(least), "day", zh: "天"), Count.text(abs(most), "day", zh: "天"))
    if most <= 0 {
      return Text("\(abs(most)) to \(first.en) before they were due", zh: "早于应付日 \(abs(most)) 至 \(first.zh)")
    }
    if least >= 0 {
      return Text("\(least) to \(last.en) after they were due", zh: "晚于应付日 \(least) 至 \(last.zh)")
    }
    return Text(
      "from \(first.en) before to \(last.en) after they were due", zh: "早于应付日 \(first.zh)至晚于应付日 \(last.zh)")
  }

  private static func instalments(_ places: [PaidRegister.Place], _ paid: Int64, _ due: Int64) -> Text {
    let lines = AuditWords.lines(places)
    let (sum, whole) = (Figures.money(fen: abs(paid), grouped: true), Figures.money(fen: abs(due), grouped: true))
    if due < 0 {
      return paid == due
        ? Text("\(lines.en) together are the \(whole) to be taken back", zh: "\(lines.zh)合计为应追回的 \(whole) 元")
        : Text("\(lines.en) together took back \(sum) of \(whole)", zh: "\(lines.zh)合计追回 \(sum) 元，应追回 \(whole) 元")
    }
    return paid == due
      ? Text("\(lines.en) together are the \(whole) that are due", zh: "\(lines.zh)合计为应付的 \(whole) 元")
      : Text("\(lines.en) together are \(sum) of the \(whole) due", zh: "\(lines.zh)合计 \(sum) 元，应付 \(whole) 元")
  }

  private static func names(_ measures: [CheckedMeasure], or: Bool = false) -> Text {
    Text(
      measures.map(\.name).joined(separator: or ? " or " : ", "),
      zh: measures.map(\.words.zh).joined(separator: or ? "或" : "、"))
  }
}
