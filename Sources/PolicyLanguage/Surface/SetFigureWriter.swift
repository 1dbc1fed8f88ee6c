// Sets by keys and figures over sets, written in both surfaces. Knows nothing of what they mean.
import Diagnostics

extension RuleWriter {
  // MARK: English

  /// `hires with same person before it`
  func sourceInEnglish(_ set: InlineSetSyntax) -> [String] {
    var out = set.isAll ? ["all"] : set.keys?.isOther == true ? ["other"] : []
    out.append(name(set.list))
    if let by = set.by { out += ["by", name(by)] }
    if let of = set.of { out += ["of", name(of)] }
    let matches = set.keys?.matches ?? []
    if set.of == nil, set.keys == nil, !set.isAll { out += ["with", "same", "person"] }
    for (i, match) in matches.enumerated() { out += [i == 0 ? "with" : ","] + english(match) }
    return out + (set.keys?.order.map { $0.rawValue.split(separator: " ").map(String.init) } ?? [])
  }

  private func english(_ match: MatchSyntax) -> [String] {
    switch match {
    case .same(let keys, let record):
      var out = ["same"]
      for (i, key) in keys.enumerated() { out += (i > 0 ? [","] : []) + [name(key)] }
      return out + (record.map { ["as", name($0)] } ?? [])
    case .equal(let a, let b): return words(a, .sum) + ["="] + words(b, .sum)
    }
  }

  func figureInEnglish(_ f: SetFigureSyntax) -> [String] {
    let set =
      switch f.set {
      case .named(let set): [name(set)]
      case .inline(let set): inlineInEnglish(set)
      }
    let value = f.value.map { words($0, .sum) } ?? []
    return switch f.kind {
    case .count: ["count", "of"] + set
    case .sum: ["sum", "of"] + value + ["over"] + set
    case .average: ["average", "of"] + value + ["over"] + set
    case .different: ["count", "of", "different"] + value + ["over"] + set
    case .number: ["number", "in"] + set
    }
  }

  func rangeInEnglish(_ f: RangeFigureSyntax) -> [String] {
    [f.kind.rawValue, "of"] + words(f.term, .sum) + ["for", "each", f.variable.text, "from"] + words(f.from, .sum)
      + ["to"] + words(f.to, .sum)
  }

  // MARK: Chinese

  /// `在其之前本人相同的录用人员`
  func sourceInChinese(_ set: InlineSetSyntax) -> [String] {
    var out: [String] = []
    switch set.keys?.order {
    case .before: out.append("在其之前")
    case .upTo: out.append("至其为止")
    case nil: break
    }
    if let of = set.of { out += [name(of), "的"] }
    if set.isSamePerson {
      out.append("本人相同的")
    } else {
      for match in set.keys?.matches ?? [] { out += chinese(match) }
    }
    if set.isAll { out.append("全部") }
    if set.keys?.isOther == true { out.append("其他") }
    out.append(set.list.text == "candidates" ? "候选" : name(set.list))
    if let by = set.by { out += ["（", "按", name(by), "）"] }
    return out
  }

  private func chinese(_ match: MatchSyntax) -> [String] {
    switch match {
    case .same(let keys, let record):
      var out = record.map { ["与", name($0)] } ?? []
      for (i, key) in keys.enumerated() { out += (i > 0 ? ["、"] : []) + [name(key)] }
      return out + ["相同的"]
    case .equal(let a, let b): return words(a, .operand) + ["为"] + words(b, .operand) + ["的"]
    }
  }

  func figureInChinese(_ f: SetFigureSyntax) -> [String] {
    let set =
      switch f.set {
      case .named(let set): [name(set)]
      case .inline(let set): inlineInChinese(set)
      }
    let value = f.value.map { words($0, .operand) } ?? []
    return switch f.kind {
    case .count: set + ["数"]
    case .sum: set + ["中"] + value + ["之和"]
    case .average: set + ["中平均的"] + value
    case .different: set + ["中不同的"] + value + ["数"]
    case .number: set + ["中的位次"]
    }
  }

  func rangeInChinese(_ f: RangeFigureSyntax) -> [String] {
    let of =
      switch f.kind {
      case .sum: ["之和"]
      case .average: ["的平均"]
      case .largest: ["中最大的"]
      case .smallest: ["中最小的"]
      }
    return [f.variable.text, "自"] + words(f.from, .sum) + ["至"] + words(f.to, .sum) + ["，", "各期"]
      + words(f.term, .operand) + of
  }
}
