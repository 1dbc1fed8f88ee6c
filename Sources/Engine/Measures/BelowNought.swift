// Payments that come out below nought: listed with their amounts, never paid, and in nobody's way. What is taken back
// of what was paid is another matter (`recover`).
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

/// What of a clause comes out below nought, as it is found.
struct BelowNought: Sendable {
  var frames: [Int32] = []
  /// For payments for members: their rows; else empty.
  var members: [Int32] = []
  var beneficiaries: [Int32] = []
  /// Empty where they are worked out when somebody asks.
  var dates: [Int32] = []
  var amounts: [Int64] = []

  mutating func append(_ other: BelowNought) {
    frames += other.frames
    members += other.members
    beneficiaries += other.beneficiaries
    dates += other.dates
    amounts += other.amounts
  }

  /// The same beside a clause's candidates, where there are any.
  func beside(_ c: Candidates, base: [Int32]) -> Candidates? {
    guard !frames.isEmpty, c.missing.isEmpty else { return nil }
    var out = Candidates(clause: c.clause, beneficiarySpace: c.beneficiarySpace, memberList: c.memberList)
    out.frames = frames
    if c.memberList == nil { out.subjects = frames.map { base[Int($0)] } } else { out.members = members }
    (out.beneficiaries, out.amounts) = (beneficiaries, amounts)
    if let late = c.late { out.late = late } else { out.dates = dates }
    out.standings = Array(repeating: Standing.belowNought.rawValue, count: frames.count)
    return out
  }
}

extension MeasureRun {
  /// Notes what of a clause comes out below nought.
  func note(_ below: BelowNought, beside c: Candidates) {
    guard !below.frames.isEmpty else { return }
    if let candidates = below.beside(c, base: base) {
      belowNought.append(candidates)
    } else {
      tellBelowNought(below.frames.count)
    }
  }

  /// Tells how much comes out below nought, of what is not left out.
  func tellBelowNought() {
    for c in belowNought where c.count > 0 { tellBelowNought(c.count) }
  }

  private func tellBelowNought(_ count: Int) {
    let come = count == 1 ? "1 payment comes" : "\(count) payments come"
    diagnostics.append(
      Diagnostic(
        .warning, code: "negative",
        Text(
          "\(measure.id): \(come) out below nought; listed, not paid.",
          zh: "\(measure.words.zh)：\(count) 笔金额低于零，仅列示，不支付。"),
        hint: Text(
          "Write `larger of (0 yuan, …)` if nothing is meant, `recover` to take money back.",
          zh: "如意为不支付，请写 `larger of (0 yuan, …)`；如要追回，请写 `recover`。"),
        at: measure.location))
  }
}

extension MeasureRun {
  /// Tells of what meets everything and has no day on which it would be paid: of a payment on the last day those who
  /// have none.
  func undated(_ count: Int, _ clause: CheckedPay) {
    guard count > 0 else { return }
    let words = document.inChinese(dictionary: dataset.dictionary, places: dataset.places)
    let day = clause.on.map { Text($0.written, zh: words.words(at: $0.location) ?? $0.written) }
    let on = day.map { Text(" (`\($0.en)`)", zh: "（`\($0.zh)`）") } ?? .same("")
    let meet = count == 1 ? "1 record meets" : "\(count) records meet"
    let has = count == 1 ? "has" : "have"
    diagnostics.append(
      Diagnostic(
        .note, code: "no-day-to-pay",
        Text(
          "\(measure.id): \(meet) every condition and \(has) no day on which it is paid\(on.en): nothing is paid.",
          zh: "\(measure.words.zh)：\(count) 条记录条件均满足，但没有支付日期\(on.zh)，未支付。"),
        hint: Text(
          "`explain` one of them shows the day; state it, or let the rule say what counts where there is none.",
          zh: "“解释”其中一条可见该日期；请补写，或在规则中写明无此日期时以何日为准。"),
        at: clause.location))
  }
}
