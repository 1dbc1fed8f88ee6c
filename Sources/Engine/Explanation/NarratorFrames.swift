// What frames are called: by their record, and by their year, their period, their member or their number. A number says
// nothing by itself: where the rule works out days by it, those are told.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

extension Narrator {
  /// A frame by its record, with its year or period, or the number that tells it from others of the record.
  func frameWords(_ f: Int) -> Text {
    let name = run.called(f)
    guard run.frameName(f) == dataset.id(run.base[f], in: run.baseSpace), run.iteration.indices.contains(f),
      run.iteration[f] > Absent.none64, let number = measure.frame?.iterations.first
    else { return name }
    let n = run.iteration[f]
    if number.name == "year" { return Text("\(name.en) \(n)", zh: "\(name.zh) \(n)年度") }
    if case .members(let list, _) = number.iteration {
      let member = dataset.called(list, Int(n))
      return Text("\(name.en): \(member.en)", zh: "\(name.zh)：\(member.zh)")
    }
    if let days = days(of: f) { return Text("\(name.en) (\(days.en))", zh: "\(name.zh)（\(days.zh)）") }
    // A rule that is written in Chinese has no other name for it.
    let called = measure.frame?.chinese.first.flatMap { $0 } ?? (number.name.hasIdeographs ? number.name : "")
    return Text("\(name.en) (\(number.name) = \(n))", zh: "\(name.zh)（\(Self.ordinal(n, called))）")
  }

  /// 第1个周年, 第2期, 第3个: a number that tells frames apart; a large one, such as a year, behind its name.
  private static func ordinal(_ n: Int64, _ called: String) -> String {
    guard (1...99).contains(n) else { return called.isEmpty ? "\(n)" : "\(called) \(n)" }
    return "第\(n)\(called.count == 1 ? "" : "个")\(called)"
  }

  /// The days that a duty asks about in one of its frames, which its number stands for.
  private func days(of f: Int) -> Text? {
    guard measure.form == .duty, let asked = measure.outcome.expectations.first?.condition, asked.asksIteration else {
      return nil
    }
    let at = Row(context: run.frameContext, row: Int32(truncatingIfNeeded: f))
    let first: Typed, last: Typed
    switch deciding(asked, at).operation {
    case .includesBetween(_, let a, let b), .between(_, let a, let b): (first, last) = (a, b)
    case _: return nil
    }
    guard first.type == .date, last.type == .date, case let end = day(last, at), !end.isAbsent else { return nil }
    let until = Day(number: end).text
    if isLongBefore(first) { return Text("up to \(until)", zh: "截至 \(until)") }
    let begin = day(first, at)
    return begin.isAbsent
      ? nil : Text("\(Day(number: begin).text) to \(until)", zh: "\(Day(number: begin).text) 至 \(until)")
  }

  /// Whether a day of the text lies so long before everything that it only stands for any day: from there on is no
  /// bound.
  func isLongBefore(_ t: Typed) -> Bool {
    if case .constant(let raw) = t.operation, t.type == .date { return Day(number: Int32(clamping: raw)).year <= 2000 }
    return false
  }
}
