// The words between commands and things, in both languages. Knows nothing of the order in which they may stand.

/// The words between verbs and things.
package enum Keyword: CaseIterable {
  case with, by, `as`, into, `for`, from, to, not, and
  case step, so, that, `in`, within, without, add, times, vs, total, of
  case `where`, sort, descending, ascending, limit, at, bands, per, on
  case grow, shrink, yearly, over

  package var spellings: [String] {
    switch self {
    case .with: ["with", "if", "若", "假设", "如果", "假如", "倘若"]
    case .by: ["by", "按", "分"]
    case .as: ["as", "以", "作为", "按"]
    case .into: ["into", "存入", "写入"]
    case .for: ["for", "给", "对", "针对"]
    case .from: ["from", "从", "自", "基于", "依据"]
    case .to: ["to", "到", "至"]
    case .not: ["not", "没有", "不"]
    case .and: ["与", "和", "vs"]
    case .step: ["step", "步长", "每步"]
    case .so: ["so", "使", "使得", "令"]
    case .that: ["that"]
    case .in: ["in", "于", "在"]
    case .within: ["within", "范围", "之内"]
    case .without: ["without", "去掉", "删去", "不含"]
    case .add: ["add", "加入", "增加"]
    case .times: ["times", "次", "draws"]
    case .vs: ["vs", "versus", "against", "对比", "与", "和"]
    case .total: ["total", "合计", "总额", "总计", "预算"]
    case .of: ["of", "的", "for", "给"]
    case .where: ["where", "其中", "凡", "条件"]
    case .sort: ["sort", "sorted", "排序"]
    case .descending: ["descending", "desc", "降序", "倒序", "从大到小"]
    case .ascending: ["ascending", "asc", "升序", "正序", "从小到大"]
    case .limit: ["limit", "top", "前", "至多"]
    case .at: ["at", "于", "取", "在"]
    case .bands: ["in", "分档", "分段", "分为", "于", "在"]
    case .per: ["per", "每", "平均每"]
    case .on: ["on", "在", "用"]
    case .grow: ["grow", "grows", "growing", "每年增长", "年均增长", "年增长", "每年增加", "每年提高", "增长"]
    case .shrink: ["shrink", "shrinks", "每年减少", "每年下降", "每年降低", "年均下降"]
    case .yearly: ["yearly", "annually", "每年"]
    case .over: ["over", "跨年", "历年"]
    }
  }

  package func matches(_ word: String) -> Bool { spellings.contains(word) }

  package var chinese: String { spellings.first { $0.utf8.first.map { $0 > 0x7F } ?? false } ?? spellings[0] }
}

/// Words that stand for no value and for the value that would hold without a setting.
package enum SpecialValue {
  package static func isNone(_ word: String) -> Bool { ["none", "无", "不设"].contains(word) }
  package static func isDefault(_ word: String) -> Bool { ["default", "默认", "缺省"].contains(word) }
}
