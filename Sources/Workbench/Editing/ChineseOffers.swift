// What may stand at a place within a clause of Chinese rules, which have no spaces: whatever goes on with the longest
// beginning of something known that stands before the place. Knows nothing of lines.

import Facts
import PolicyLanguage

/// Offers within Chinese clauses.
struct ChineseOffers {
  private let offers: RuleOffers
  private var block: RuleBlock { offers.block }

  init(_ offers: RuleOffers) { self.offers = offers }

  private func word(_ text: String, _ en: String = "", _ zh: String = "") -> Completion {
    Completion(text, offers.text(en, zh))
  }

  /// As many characters as a name that is begun may have.
  private static let longest = 16

  /// - Parameter head: the line up to the place.
  /// - Returns: nil where any name may stand.
  func offered(_ head: String) -> (partial: String, words: [Completion])? {
    let clause = Array(block.clause)
    let here = head.drop { $0 == " " }.count
    let word = clauseWord
    guard !word.isEmpty, !block.declaration.isEmpty else { return nil }
    if block.clause.lastIndex(of: "“").map({ !block.clause[$0...].contains("”") }) ?? false { return ("", []) }
    for cut in max(word.count, clause.count - min(here, Self.longest))...max(word.count, clause.count) {
      let partial = String(clause[min(cut, clause.count)...])
      guard !partial.contains(where: { " ，：＝（）、".contains($0) }) else { continue }
      let found = Offered.matching(candidates(String(clause[..<min(cut, clause.count)])), partial)
        .filter { $0.text != partial }
      if !found.isEmpty { return (partial, found) }
    }
    return nil
  }

  /// The word that begins the clause; empty where none does yet.
  private var clauseWord: String {
    let known = Self.clauseWords.filter { block.clause.hasPrefix($0) }
    return known.max { $0.count < $1.count } ?? ""
  }

  private static let clauseWords = [
    "待遇类型", "施行地区", "本地区", "对", "凡", "计", "设", "要求", "付给", "授予", "追回", "同一", "名额", "限额", "次序", "报错", "应当", "已知",
    "令", "结果", "涉及", "与", "以", "参数", "缺省", "施行期限", "衔接",
  ]

  // MARK: By what stands before

  private func candidates(_ written: String) -> [Completion] {
    let before = String(written.reversed().drop { $0 == " " }.reversed())
    func ends(_ words: String...) -> Bool { words.contains { before.hasSuffix($0) } }
    let clause = clauseWord
    if before == clause, let found = first(clause) { return found }
    switch clause {
    case "已知": return given(before)
    case "令": return ends("，", "、") ? offers.settings : []
    case "涉及": return ends("、") ? offers.measures : []
    case "对": return ends("，") ? ["每个年度", "每个完整年度"].map { word($0) } : []
    default: break
    }
    if ends("付给", "向") { return offers.payees }
    if ends("属于") { return [word("本地区", "the document's own district", "文件的施行地区")] + offers.places }
    if ends("的"), let found = facts(behind: String(before.dropLast())) { return found }
    if let last = before.last, last.isNumber { return offers.units }
    if ends("于", "自", "至", "早于", "晚于"), !ends("少于", "低于", "高于", "等于") { return days }
    if ends("不少于", "不超过", "少于", "超过", "等于", "低于", "高于", "每人", "每名", "每家", "＋", "－", "×", "÷", "为") {
      return offers.figures + offers.facts { _ in true }
    }
    if clause == "计", ends("＝", "=") { return sources }
    if clause == "计", ends("，") { return ["其中", "于满3个月之日计入", "每人一次", "逐条计算", "不论年度"].map { word($0) } }
    if clause == "付给", ends("，") { return ["于满3个月之日计为应付", "限"].map { word($0) } }
    if clause == "付给", ends("：", ":") {
      return offers.sets.map { Completion($0.text + "每人", $0.meaning) } + offers.sets + offers.figures
        + offers.facts { _ in true }
    }
    if ends("其中", "且", "或", "，", "（", "凡", "非", "限", "如", "则", "：", ":", "＝", "=", "按", "同一", "、") {
      return operands
    }
    return behindName(before)
  }

  /// What stands right behind the word of a clause; nil where that is as elsewhere.
  private func first(_ clause: String) -> [Completion]? {
    switch clause {
    case "待遇类型": return offers.kinds
    case "施行地区", "本地区": return offers.places
    case "对":
      return offers.lists.map { list in
        let each = "每\(list.chinese.classifier ?? "个")"
        return Completion(each + list.record.zh, offers.text(list.title.en, list.title.zh), alias: each + list.title.zh)
      } + [word("本地区")]
    case "结果", "与", "涉及": return offers.measures
    case "令": return offers.settings
    case "以": return days
    case "凡", "要求", "同一", "次序", "应当": return operands
    case "施行期限": return [word("自")]
    case "授予": return offers.payees
    default: return nil
    }
  }

  /// Facts of a record that is pointed to or referred to: 该机构的, 就业单位的.
  private func facts(behind text: String) -> [Completion]? {
    let isCount = block.clause.hasPrefix("计")
    if let list = offers.lists.filter({ text.hasSuffix("该" + $0.record.zh) }).max(by: {
      $0.record.zh.count < $1.record.zh.count
    }) {
      return (isCount ? offers.lists.map { word($0.words.zh, $0.title.en, $0.title.zh) } : [])
        + offers.facts(of: list, told: true)
    }
    let names = offers.lists.flatMap(\.fields).filter { field in
      if case .reference = field.type { text.hasSuffix(field.words.zh) } else { false }
    }
    guard let longest = names.max(by: { $0.words.zh.count < $1.words.zh.count }),
      case .reference(let target) = longest.type,
      let list = offers.list(target)
    else { return nil }
    return offers.facts(of: list, told: true)
  }

  private var days: [Completion] {
    offers.facts(\.isDay) + ["满3个月之日", "核算日", "期限首日", "期限末日"].map { word($0) } + offers.figures
  }

  /// What records may be counted: those of the frame, or all.
  private var sources: [Completion] {
    let of = block.frame.map { frame in
      offers.lists.filter { list in
        list.fields.contains { if case .reference(frame.name) = $0.type { true } else { false } }
      }.map { word("该\(frame.record.zh)的\($0.words.zh)", $0.title.en, $0.title.zh) }
    }
    return (of ?? []) + offers.lists.map { word($0.words.zh, $0.title.en, $0.title.zh) }
  }

  private var operands: [Completion] {
    let asks = ["要求", "授予", "报错", "设"].contains(clauseWord)
    let sets = offers.sets.map { asks ? Completion($0.text + "数", $0.meaning, alias: $0.alias) : $0 }
    let lasts = offers.current.flatMap { $0.ends == nil ? nil : $0.chinese.lasts?.zh ?? "稳定就业" }
    let frame = block.frame.map { [word("该" + $0.record.zh, $0.title.en, $0.title.zh)] } ?? []
    let own = ["计", "凡", "同一", "次序"].contains(clauseWord) ? [] : sets
    return own + (lasts.map { [word($0 + "满3个月")] } ?? []) + offers.facts { _ in true } + frame + offers.figures
      + offers.readings + ["本人", "年度"].map { word($0) }
  }

  /// How a clause goes on behind a name.
  private func behindName(_ before: String) -> [Completion] {
    if offers.sets.contains(where: { before.hasSuffix($0.text) }) {
      return (clauseWord == "付给" ? ["每人", "每名", "每家"] : ["数", "中"]).map { word($0) }
    }
    let known = offers.current ?? block.frame
    let fields = (known?.fields ?? []).filter { before.hasSuffix($0.words.zh) }
    if let field = fields.max(by: { $0.words.zh.count < $1.words.zh.count }) {
      return operators(field).map { word($0) }
    }
    if before.hasSuffix("数") { return ["不少于", "不超过", "少于", "超过", "等于"].map { word($0) } }
    return []
  }

  private func operators(_ field: Field) -> [String] {
    switch field.type {
    case .bool: ["，且", "的"]
    case .place, .county, .area: ["属于本地区", "属于"]
    case .choice: field.choices.map { "为\($0.zh)" } + ["不为"]
    case .date, .dateOrMonth, .dateOrYear: ["不早于", "不晚于", "早于", "晚于", "在"]
    case .money: ["不低于", "不高于", "低于", "高于", "等于"]
    case .int, .figure: ["不少于", "不超过", "少于", "超过", "等于"]
    case .text: ["为", "不为"]
    case .reference: ["的", "为"]
    case .set: ["含"]
    }
  }

  /// `已知 99名录用人员 h：就业单位 e，`: a list, then its facts, then what they may be.
  private func given(_ before: String) -> [Completion] {
    guard let colon = before.lastIndex(where: { $0 == "：" || $0 == ":" }) else {
      let named = offers.lists.contains { before.contains($0.record.zh) }
      return named ? [] : offers.lists.map { word($0.record.zh, $0.title.en, $0.title.zh) }
    }
    let list = offers.lists.filter { before[..<colon].contains($0.record.zh) }
      .max { $0.record.zh.count < $1.record.zh.count }
    guard let list else { return [] }
    if let last = before.last, "：:，,".contains(last) { return offers.facts(of: list, told: false) }
    let fields = list.fields.filter { before.hasSuffix($0.words.zh) }
    return fields.max { $0.words.zh.count < $1.words.zh.count }.map(offers.values) ?? []
  }
}
