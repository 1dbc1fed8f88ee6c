// The keys by which a set is joined: what has to be equal of the member and of who asks. Knows nothing of columns.
import Diagnostics
import Facts

extension Checker {
  func keys(
    _ match: MatchSyntax, _ list: ListDeclaration?, _ inner: Scope, _ scope: Scope
  ) -> [SidewaysSet.Key]? {
    switch match {
    case .same(let names, let record):
      var found: [SidewaysSet.Key] = []
      for name in names {
        guard let key = same(name, as: record, list, inner, scope) else { return nil }
        found.append(key)
      }
      return found
    case .equal(let a, let b):
      let member = expression(a, inner), asker = expression(b, scope)
      if member.type == .broken || asker.type == .broken { return nil }
      if member.asksBoth, !inner.isCandidate {
        report(
          "key-of-both", Text("The left side is asked of the member alone.", zh: "等号左边只问成员。"),
          hint: Text("Put what the frame says on the right.", zh: "请把对象的内容写在右边。"), at: a.location)
        return nil
      }
      return fit(member, asker, at: b.location).map { [$0] }
    }
  }

  /// A field that both the member and who asks have.
  private func same(
    _ name: Name, as record: Name?, _ list: ListDeclaration?, _ inner: Scope, _ scope: Scope
  ) -> SidewaysSet.Key? {
    let key = Expression(.name(name.text), at: name.location)
    let member = expression(key, inner)
    if member.type == .broken { return nil }
    if member.asksBoth, !inner.isCandidate {
      // What the frame has beside it is the same for every member.
      noKey(name, of: list?.words ?? Text(list?.name ?? "members", zh: "成员"))
      return nil
    }
    if let record {
      let asker = expression(
        .init(.member(Expression(.name(record.text), at: record.location), name), at: name.location), scope)
      return asker.type == .broken ? nil : fit(member, asker, at: name.location)
    }
    if scope.context == .definition {
      for (text, argument) in scope.arguments.sorted(by: { $0.value.index < $1.value.index }) {
        guard case .record(let other) = argument.type, dictionary.list(other)?.has(name.text) == true else { continue }
        let asker = expression(
          Expression(.member(Expression(.name(text), at: name.location), name), at: name.location), scope)
        return asker.type == .broken ? nil : fit(member, asker, at: name.location)
      }
    }
    guard has(name.text, scope) else {
      noKey(name, of: scope.list?.words ?? scope.frame?.words ?? Text("records that are given", zh: "所给记录"))
      return nil
    }
    let asker = expression(key, scope)
    return asker.type == .broken ? nil : fit(member, asker, at: name.location)
  }

  private func noKey(_ name: Name, of who: Text) {
    report(
      "no-such-key", Text("The \(who.en) have no `\(name.text)`.", zh: "\(who.zh)没有 `\(name.text)`。"),
      hint: Text("Say what it has to equal: `with \(name.text) = …`.", zh: "请写明与什么相等：`with \(name.text) = …`。"),
      at: name.location)
  }

  private func has(_ key: String, _ scope: Scope) -> Bool {
    scope.list?.has(key) == true || scope.frame?.isCalled(key) == true || scope.lets[key] != nil
      || scope.part[key] != nil
      || scope.iterations[key] != nil || scope.arguments[key] != nil || scope.near.ids[key] != nil
  }

  private func fit(_ member: Typed, _ asker: Typed, at location: SourceRange) -> SidewaysSet.Key? {
    switch member.type {
    case .set, .nothing, .dateOrYear:
      report(
        "no-key", Text("\(member.type.words.en) is no key.", zh: "\(member.type.words.zh)不能作为相同字段。"),
        hint: Text("Compare it in `where`.", zh: "请在 `where` 中比较。"), at: member.location)
      return nil
    case .truth, .number, .months, .partMonths, .days, .money, .amount, .rate, .share, .decimal, .fraction, .date,
      .place, .text, .choice, .record, .broken:
      break
    }
    guard member.type == asker.type else {
      mismatch(asker, wanted: member.type)
      return nil
    }
    return SidewaysSet.Key(member: member, asker: asker)
  }
}

extension ListDeclaration {
  /// Whether its records have such a key.
  fileprivate func has(_ key: String) -> Bool {
    named(key) != nil || ((key == "person" || key == SurfaceWords.person) && personField != nil)
  }
}
