// What `year` says among the keys of quotas and the like, where the frame has no year of its own: that of the day on
// which something is paid, as in caps. Knows nothing of how keys are compared.
import Diagnostics
import Facts

extension Checker {
  /// What has to be the same: an expression of the frame, or `year`.
  func key(_ e: Expression, _ draft: MeasureDraft) -> Typed {
    let scope = draft.scope
    guard let name = e.bareName, id(of: name, scope) == "year", scope.list?.field("year") == nil,
      scope.iterations["year"] == nil, scope.lets["year"] == nil, scope.arguments["year"] == nil
    else { return expression(e, scope) }
    // A period's year is that in which it begins.
    guard let day = scope.lets["period_start"] ?? dayOfPayment(draft) else {
      let start = scope.list?.begins.flatMap { scope.list?.field($0) }?.words ?? Text("start", zh: "参保日期")
      report(
        "no-year",
        Text("The frame has no year of its own, and its payments have several days.", zh: "对象没有分年度，也没有唯一的应付日。"),
        hint: Text("Write the year of a day: `year of \(start.en)`.", zh: "请写某一日期的年份：`\(start.zh)的年份`。"),
        at: e.location)
      return broken(e.location)
    }
    notes?.name(Text("year", zh: SurfaceWords.constants["year"] ?? "year"), at: e.location)
    return Typed(.yearOf(day), .number, at: e.location)
  }

  /// The day on which a measure pays for a frame; nil where there is none, or several.
  private func dayOfPayment(_ draft: MeasureDraft) -> Typed? {
    var pays: [PaySyntax] = []
    for case .pay(let pay) in draft.syntax.clauses { pays.append(pay) }
    guard !pays.isEmpty, pays.allSatisfy({ $0.forEach == nil && $0.parts.isEmpty && $0.equalParts == nil }) else {
      return nil
    }
    let days = pays.map { pay -> Typed? in
      guard let on = pay.on else { return draft.selection.begins ?? begin(of: draft.scope, at: pay.location) }
      let told = diagnostics.count
      let day = expression(on, draft.scope, of: .date)
      // What is wrong with it is told where it stands.
      diagnostics.removeSubrange(told...)
      return day.type == .date ? day : nil
    }
    guard let first = days[0] else { return nil }
    return days.dropFirst().allSatisfy { $0?.isSameFact(as: first) ?? false } ? first : nil
  }

  /// The day on which the frame's record begins.
  private func begin(of scope: Scope, at location: SourceRange) -> Typed? {
    guard let name = scope.list?.begins, let field = scope.list?.field(name), field.type == .date else { return nil }
    return Typed(.selfField(field), .date, at: location)
  }
}
