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

  /// `该企业的全部录用人员`, `在其之前本人相同的录用人员`, `本人相同且学员为该员的其他培训记录`
  func sourceInChinese(_ set: InlineSetSyntax) -> [String] {
    let matches = set.isSamePerson ? [MatchSyntax.same([Name("person", at: set.location)], as: nil)] : set.keys?.matches
    var out: [String] = []
    switch set.keys?.order {
    case .before: out.append("在其之前")
    case .upTo: out.append("至其为止")
    case nil: break
    }
    if set.keys?.order != nil, matches?.isEmpty != false { out.append("的") }
    if let of = set.of { out += [name(of), "的"] }
    for (i, match) in (matches ?? []).enumerated() { out += (i > 0 ? ["且"] : []) + chinese(match) }
    if let last = matches?.last {
      if case .same = last { out[out.count - 1] = "相同的" } else { out.append("的") }
    }
    if set.isAll { out.append("全部") }
    if set.keys?.isOther == true { out.append("其他") }
    out.append(name(set.list))
    if let by = set.by { out += ["（", "按", name(by), "）"] }
    return out
  }

  private func chinese(_ match: MatchSyntax) -> [String] {
    switch match {
    case .same(let keys, let record):
      var out = record.map { ["与", name($0)] } ?? []
      for (i, key) in keys.enumerated() { out += (i > 0 ? ["、"] : []) + [name(key)] }
      return out + ["相同"]
    case .equal(let a, let b): return words(a, .operand) + ["为"] + words(b, .operand)
    }
  }

  func figureInChinese(_ f: SetFigureSyntax) -> ([String], Level) {
    let set =
      switch f.set {
      case .named(let set): [name(set)]
      case .inline(let set): inlineInChinese(set)
      }
    func value(_ level: Level) -> [String] { f.value.map { words($0, level) } ?? [] }
    return switch f.kind {
    case .count: (set + ["数"], .head)
    case .sum: (set + ["中"] + value(.head) + ["之和"], .head)
    case .average: (set + ["中", "平均的"] + value(.operand), .operand)
    case .different: (set + ["中", "不同的"] + value(.head) + ["数"], .head)
    case .number: (set + ["中的位次"], .head)
    }
  }

  /// `m自1至12，各期E之和`
  func rangeInChinese(_ f: RangeFigureSyntax) -> [String] {
    let of =
      switch f.kind {
      case .sum: "之和"
      case .average: "的平均数"
      case .largest: "的最大数"
      case .smallest: "的最小数"
      }
    return [f.variable.text, "自"] + words(f.from, .sum) + ["至"] + words(f.to, .sum) + ["，", "各期"]
      + words(f.term, .head) + [of]
  }
}
