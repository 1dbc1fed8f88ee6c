// Tables, caps, limits and instalments written in both languages. Chinese is read back by `ChineseTables`. Knows
// nothing of lines.
import Diagnostics

extension RuleWriter {
  // MARK: Tables

  func table(_ t: TableSyntax) -> [String] {
    switch surface {
    case .zh:
      ["标准表", " ", declared(t.name), "（"] + chineseArguments(t.parameters) + [
        "）", "，", "单位" + unit(t.unit.text),
      ]
        + (t.meaning.map { [" "] + wording($0) } ?? []) + (t.source.map { [" ", "依据", " "] + wording($0) } ?? [])
    case .en:
      ["table", declared(t.name) + "(" + englishArguments(t.parameters) + ")", t.unit.text]
        + (t.meaning.map(wording) ?? []) + (t.source.map { ["from"] + wording($0) } ?? [])
    }
  }

  func chineseArguments(_ parameters: [(name: Name, type: Name)]) -> [String] {
    var out: [String] = []
    for (i, p) in parameters.enumerated() { out += (i > 0 ? ["、"] : []) + [declared(p.name), "：", name(p.type)] }
    return out
  }

  func englishArguments(_ parameters: [(name: Name, type: Name)]) -> String {
    parameters.map { "\(declared($0.name)): \(name($0.type))" }.joined(separator: ", ")
  }

  func row(_ row: TableSyntax.Row) -> [String] {
    switch surface {
    case .zh:
      test(row.test) + ["："] + words(row.value, .sum) + (row.name.map { ["，", "记作", " ", declared($0)] } ?? [])
    case .en:
      // The colon stands at the last word.
      test(row.test).dropLast() + [(test(row.test).last ?? "") + ":"] + words(row.value, .sum)
        + (row.name.map { ["as", declared($0)] } ?? [])
    }
  }

  func test(_ test: TableSyntax.Test) -> [String] {
    let isChinese = surface == .zh
    switch test {
    case .when(let e): return [isChinese ? "如" : "when"] + words(e)
    case .otherwise: return [isChinese ? "其余" : "otherwise"]
    case .cells(let cells):
      var out: [String] = []
      for (i, cell) in cells.enumerated() {
        out += (i > 0 ? [isChinese ? "，" : ","] : []) + (isChinese ? chinese(cell) : english(cell))
      }
      return out
    }
  }

  private func chinese(_ cell: TableSyntax.Cell) -> [String] {
    switch cell {
    case .upTo(let e): ["不超过"] + words(e, .sum)
    case .below(let e): ["不满"] + words(e, .sum)
    case .above: ["超过"]
    case .from(let e): ["自"] + words(e, .sum) + ["起"]
    case .any: ["不限"]
    case .values(let all): parted(all, by: "或")
    }
  }

  private func english(_ cell: TableSyntax.Cell) -> [String] {
    switch cell {
    case .upTo(let e): ["up", "to"] + words(e, .sum)
    case .below(let e): ["below"] + words(e, .sum)
    case .above: ["above"]
    case .from(let e): ["from"] + words(e, .sum)
    case .any: ["any"]
    case .values(let all): parted(all, by: "or")
    }
  }

  /// What has to be the same: 企业、年度, 人. Behind 同一 the frame's record needs no 该.
  func several(_ keys: [Expression]) -> [String] {
    var out: [String] = []
    for (i, key) in keys.enumerated() {
      let written = words(key, .sum)
      let isBare = written.count == 1 && key.bareName != nil
      let isRecord = isBare && written[0].hasPrefix("该") && written[0].count > 1
      let isPerson = isBare && written[0] == SurfaceWords.person
      out += (i > 0 ? ["、"] : []) + (isPerson ? ["人"] : isRecord ? [String(written[0].dropFirst())] : written)
    }
    return out
  }

  func parted(_ items: [Expression], by sign: String) -> [String] {
    var out: [String] = []
    for (i, item) in items.enumerated() { out += (i > 0 ? [sign] : []) + words(item, .sum) }
    return out
  }

  /// `，自2024年7月1日起为1,200元`: what a parameter is from certain days on.
  func dated(_ p: ParameterSyntax) -> [String] {
    p.dated.flatMap { step in
      switch surface {
      case .zh: ["，", "自"] + words(step.from, .sum) + ["起为"] + words(step.value, .sum)
      case .en: [","] + words(step.value, .sum) + ["from"] + words(step.from, .sum)
      }
    }
  }

  // MARK: Caps

  /// `fund employment_subsidy 60%, district rest`; `资金来源 就业补助资金60%、其余区级财政`
  func funds(_ funds: FundSyntax) -> [String] {
    var out = surface == .zh ? ["资金来源", " "] : ["fund"]
    for (i, one) in funds.shares.enumerated() {
      if i > 0 { out.append(surface == .zh ? "、" : ",") }
      let share = one.share.map { words($0, .sum) }
      let name = fund(one.fund)
      switch surface {
      case .zh: out += share.map { [name] + $0 } ?? ["其余", name]
      case .en: out += [name] + (share ?? ["rest"])
      }
    }
    return out
  }

  /// What a source of money is called in this surface.
  private func fund(_ name: Name) -> String {
    guard let fund = Fund.named(name.text) else { return name.text }
    return surface == .zh ? fund.words.zh : fund.rawValue
  }

  func cap(_ cap: CapSyntax) -> [String] {
    let source = cap.source.map { fund($0.fund) }, next = (cap.source?.next).map { fund($0) }
    switch surface {
    case .zh:
      return ["限额", " "] + (source.map { [$0] } ?? [])
        + (cap.keys.isEmpty ? ["共不超过"] : ["同一"] + several(cap.keys) + ["不超过"])
        + words(cap.amount, .sum) + (cap.within.map { ["，"] + within($0) } ?? []) + [
          "，", cap.isShared ? "按比例" : "先到先得",
        ] + (next.map { ["，", "超出部分由", $0, "承担"] } ?? [])
    case .en:
      return ["cap"] + words(cap.amount, .sum) + (source.map { ["of", $0] } ?? [])
        + (cap.keys.isEmpty ? ["in", "all"] : ["for", "each"] + parted(cap.keys, by: ","))
        + (cap.within.map { ["in", "any"] + words($0, .sum) } ?? []) + ["in", cap.isShared ? "proportion" : "turn"]
        + (next.map { ["then", $0] } ?? [])
    }
  }

  /// `任意3年内`
  func within(_ span: Expression) -> [String] { ["任意"] + words(span, .sum) + ["内"] }

  // MARK: Instalments

  /// `，自参保日期起每3个月一期等额3期`
  func equalParts(_ equal: EqualPartsSyntax?) -> [String] {
    guard let equal else { return [] }
    switch surface {
    case .zh:
      return ["，", "自"] + words(equal.from, .sum) + ["起", "每"] + words(equal.every, .operand)
        + ["一期", "等额", "\(equal.count)期"]
    case .en:
      return ["in", "\(equal.count)", "equal", "parts", "every"] + words(equal.every, .sum) + ["from"]
        + words(equal.from, .sum)
    }
  }

  /// `分期 40%，于D计为应付，限C的`
  func part(_ part: PartSyntax) -> [String] {
    switch surface {
    case .zh:
      ["分期", " "] + (part.amount.map { words($0, .sum) } ?? ["余额"])
        + (part.on.map { ["，", "于"] + words($0, .sum) + ["计为应付"] } ?? [])
        + (part.when.map { ["，", "限"] + words($0) + ["的"] } ?? [])
    case .en:
      ["part"] + (part.amount.map { words($0, .sum) } ?? ["rest"]) + (part.on.map { ["on"] + words($0, .sum) } ?? [])
        + (part.when.map { ["when"] + words($0) } ?? [])
    }
  }
}
