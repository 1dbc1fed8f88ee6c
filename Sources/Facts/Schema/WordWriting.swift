// Marks, words for nothing and words for choices as offices write them. Knows nothing of files.

/// The words that have one meaning.
enum WordWriting {
  /// What stands in a cell where there is nothing.
  private static let nothing: Set<String> = [
    "-", "--", "---", "/", "//", "\\", "\\n", "(null)", "无", "暂无", "没有", "空", "未填", "n/a", "none", "null", "nil",
    "未登记",
  ]
  /// What stands where there may be something and nobody knows what. It is not the same as nothing where nothing has a
  /// meaning of its own: an empty last day says that somebody is still there.
  private static let unknown: Set<String> = [
    "不详", "不明", "未明", "未知", "不知", "不知道", "不清楚", "不清", "不确定", "情况不明", "情况不详", "日期不详", "时间不详", "暂不详", "待查", "待查实", "待核",
    "待核实", "待核查", "待核对", "待确认", "核实中", "未核实", "无法核实", "待定", "待补", "待补充", "缺", "暂缺", "缺失", "未提供", "?", "??", "???",
    "unknown",
    "notknown", "unsure", "tbc", "tbd",
  ]
  /// What stands for a last day that is still to come.
  private static let stillThere: Set<String> = [
    "长期", "长期有效", "无固定期限", "无固定", "无固定期限合同", "不限", "存续", "合同期内", "目前在职", "在职中", "尚未离职", "未解除", "未终止", "未停保", "至今", "今",
    "至今在职", "至今在岗", "目前仍在职", "仍在职中", "一直在职", "未退工", "未退场", "正常参保", "正常在职",
    "现在", "在职", "在岗", "仍在职", "仍在岗", "尚在职", "未离职", "未离岗", "在实习",
    "实习中", "在营", "在业", "present", "now",
    "current", "ongoing", "tilldate", "todate", "tilnow", "tillnow", "untilnow", "stillemployed", "stillworking",
    "stillactive", "on-going", "continuing", "open-ended", "openended", "active", "employed",
  ]

  /// What registers write for an agency or a referrer where none has introduced somebody, or nobody who is named.
  private static let unintroduced = byItself.union(byThemselves).union(byNobody)

  private static let byItself: Set<String> = [
    "自招", "自聘", "自主招聘", "自行招聘", "自主应聘", "自行应聘", "自主择业", "直招", "直聘", "直接招聘", "本人", "本人应聘", "个人", "个人应聘", "自己", "自荐",
    "自主",
    "自行", "无中介", "无介绍", "非中介", "网络招聘", "网上招聘", "网招", "社招", "社会招聘", "校招", "校园招聘", "自己应聘",
    "应聘", "直接应聘", "主动应聘", "上门应聘", "自主求职", "自行求职", "自寻", "自找", "自己找", "自己来", "自来", "自谋", "自谋职业", "自主就业", "自行就业", "自主入职",
    "自愿", "本人自荐", "个人自荐", "本人求职", "个人求职", "无介绍人", "无引荐人", "无推荐人", "无人介绍", "无人引荐", "无人推荐", "非介绍", "不通过中介",
    "网络", "网上", "互联网", "网络应聘", "网上应聘", "招聘网", "招聘网站", "线上", "线上招聘", "线下招聘", "公开招聘", "公开招考", "现场招聘", "现场招聘会", "招聘会",
    "招聘", "门口招聘", "厂门口招聘", "招聘广告", "招工广告", "广告", "亲友", "亲友介绍", "亲友推荐", "亲戚", "亲戚介绍", "亲属", "亲属介绍", "朋友", "朋友介绍",
    "朋友推荐", "熟人", "熟人介绍", "老乡", "老乡介绍", "老乡推荐", "同乡", "同乡介绍", "同学", "同学介绍", "同事", "同事介绍", "家人", "家人介绍", "工友", "工友介绍",
    "他人介绍", "别人介绍", "员工介绍", "员工推荐", "内部推荐", "内推", "转介绍", "企业自招", "单位自招", "公司自招", "工厂自招", "厂招", "企业直招", "公司直招",
    "自主报名", "自行报名", "自行联系", "self", "directhire", "walk-in", "walkin", "direct",
  ]

  /// 本人自谋, 个人自主择业: how somebody came by himself, and who.
  private static let byThemselves = [
    "自谋", "自谋职业", "自谋出路", "自主择业", "自主就业", "自主应聘", "自主求职", "自主创业", "自行应聘", "自行就业", "自行求职", "自行联系", "自主联系", "自己联系", "联系",
    "自找", "自寻", "找工作", "自愿", "直接应聘", "主动应聘", "上门", "自主报名", "报名", "前来", "自来", "自招",
  ].flatMap { way in ["", "本人", "个人", "自己"].map { $0 + way } }.filter { $0.count > 2 }

  /// 无介绍机构, 未通过中介: what there was not.
  private static let byNobody = [
    "中介", "中介机构", "中介公司", "中介介绍", "中介单位", "介绍", "介绍机构", "介绍单位", "介绍方", "推荐", "推荐机构", "推荐单位", "引荐", "引荐机构", "引荐单位", "机构",
    "机构介绍", "职介", "职介机构", "输送机构", "输送单位", "人力机构", "人力公司", "劳务公司", "劳务机构", "第三方",
  ].flatMap { what in ["无", "没有", "未经", "未通过", "不经", "没通过", "非", "不通过"].map { $0 + what } }.filter {
    // 非机构 may be of anything.
    $0.count <= 7 && $0 != "非机构" && $0 != "非第三方"
  }

  /// Whether a fact says who has introduced somebody: an agency, or a person by name.
  private static func introduces(_ field: Field) -> Bool {
    if case .reference(let list) = field.type { return list == "agencies" }
    return field.name == "referrer"
  }

  /// Whether a text says that there is nothing, or no last day yet.
  static func blank(_ text: String, _ field: Field) -> WrittenForm? {
    // Longer words than these there are none.
    guard text.utf8.count <= 21, field.name != "id" else { return nil }
    let word = CellText.closed(text).lowercased()
    if OpenEnds.fields.contains(field.name), stillThere.contains(word) { return .stillThere }
    // Exports write 0 for a day that there is not.
    if OpenEnds.fields.contains(field.name), ["0", "00", "0.0", "0000-00-00"].contains(word) { return .nothing }
    if introduces(field), unintroduced.contains(word) { return .unintroduced(word) }
    if unknown.contains(word) { return isNothing(where: field) ? .nothing : nil }
    guard nothing.contains(word) else { return nil }
    switch field.type {
    case .bool:
      // `-` says no or nothing: where nothing means no as well, that is one.
      return field.absence == .value(0) && bool(text) == nil ? .nothing : nil
    case .choice(let choices):
      return choices.contains(text) || field.choiceLabels.contains { $0.contains(text) } ? nil : .nothing
    case .text, .int, .money, .figure, .date, .dateOrMonth, .dateOrYear, .place, .county, .area, .reference, .set:
      return .nothing
    }
  }

  /// Whether a field without a value is one that nobody knows, so that a word that says so may be read as none.
  /// Names are told apart by other means, and of who has introduced somebody nothing is taken for granted.
  private static func isNothing(where field: Field) -> Bool {
    switch field.type {
    case .text, .reference, .set(.text), .set(.reference): return true
    case .bool, .int, .money, .figure, .date, .dateOrMonth, .dateOrYear, .place, .county, .area, .choice, .set: break
    }
    switch field.absence {
    case .required, .unknown: return true
    case .none, .value, .empty, .field: return false
    }
  }

  /// What is wrong with a text that says that nobody knows, where no value means none or the usual one.
  /// - Parameter isOfFile: whether the text stands in a file whose columns a scenario may speak of.
  /// - Returns: nil where it says something else.
  static func notKnown(_ text: String, _ field: Field, isOfFile: Bool) -> ValueProblem? {
    guard text.utf8.count <= 30, field.name != "id", unknown.contains(CellText.closed(text).lowercased()),
      !isNothing(where: field)
    else { return nil }
    if case .choice(let choices) = field.type,
      choices.contains(text) || field.choiceLabels.contains(where: { $0.contains(text) })
    {
      return nil
    }
    return .notKnown(String(Members.trimmed(text[...])), field, isOfFile: isOfFile)
  }

  /// Whether a text of a column of texts may be a word for nothing or a number that was cut: told by its first bytes
  /// and its form, for the many texts that are neither.
  static func maySayNothing(_ start: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    guard count > 0, count <= 24 else { return false }
    let first = start[0]
    if (0x30...0x39).contains(first) {
      // `3.50182E+17`
      for i in 1..<max(count, 2) where start[i] | 0x20 == 0x65 { return true }
      return false
    }
    if first < 0x80 {
      // Of letters only those of none, null and n/a, and of what says that nobody has introduced somebody.
      return count <= 12 && (!(0x41...0x5A).contains(first & 0xDF) || "ndsw".utf8.contains(first | 0x20))
    }
    guard count >= 3, count <= 21 else { return false }
    let word = UInt32(first) << 16 | UInt32(start[1]) << 8 | UInt32(start[2])
    if count > 12 { return firstSigns.contains(word) }
    switch word {
    case _ where firstSigns.contains(word): return true
    // 无, 暂, 没, 空, 未, 待, 不, 缺
    case 0xE6_97A0, 0xE6_9A82, 0xE6_B2A1, 0xE7_A9BA, 0xE6_9CAA, 0xE5_BE85, 0xE4_B88D, 0xE7_BCBA: return true
    // Dashes and signs of other widths.
    case 0xE2_8090...0xE2_8095, 0xE2_8892, 0xE2_9480, 0xEF_B9A3, 0xEF_BC80...0xEF_BDBF: return true
    default: return false
    }
  }

  /// The bytes of the signs with which words begin that say that nobody has introduced somebody.
  private static let firstSigns: Set<UInt32> = Set(
    unintroduced.filter { !($0.utf8.first.map { $0 < 0x80 } ?? true) }.map { word in
      word.utf8.prefix(3).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    })

  /// The same with a word in brackets behind it that only says that it was looked at: 是（已核实）.
  static func checkedBool(_ text: String) -> Bool? {
    let word = CellText.closed(text)
    guard word.hasSuffix(")"), let open = word.lastIndex(of: "("), looked.contains(word[open...].dropFirst().dropLast())
    else { return nil }
    return bool(String(word[..<open]))
  }

  private static let looked: Set<Substring> = [
    "已核实", "经核实", "核实", "已核对", "已核", "已确认", "经确认", "确认", "已审核", "已比对", "已查", "已查询", "属实", "附证明", "见附件",
  ]

  /// Marks and words for yes and no. `x` may be a tick or a cross, and is neither.
  static func bool(_ text: String) -> Bool? {
    guard text.utf8.count <= 12 else { return nil }
    switch CellText.closed(text).lowercased() {
    case "√", "✓", "✔", "✔️", "☑", "✅", "v", "有", "对", "y", "t", "1", "是", "yes", "true", "属实": return true
    case "×", "非", "☐", "□", "✗", "✘", "✕", "✖", "❌", "╳", "无", "没有", "不是", "错", "n", "f", "0", "否", "no", "false":
      return false
    default: return nil
    }
  }

  /// Words that say of a field what its own words do not, yes or no.
  private static func usual(_ word: String, of field: Field) -> Bool? {
    switch field.name {
    case "organised": ["自发", "自发外出", "自发输出", "自发务工", "自行", "自主", "个人自发"].contains(word) ? false : nil
    case "relief_person":
      ["一般户", "一般农户", "普通户", "非贫困户", "非建档立卡户", "非建档立卡"].contains(word)
        ? false
        : ["建档立卡户", "贫困户", "原建档立卡户", "脱贫不稳定户", "脱贫稳定户", "稳定脱贫户", "脱贫享受政策户"].contains(word) ? true : nil
    case "employed":
      ["在业", "在岗", "务工", "就业"].contains(word) ? true : ["失业", "无业", "待业", "待就业"].contains(word) ? false : nil
    default: nil
    }
  }

  /// The same in the field's own words: 已备案, 未备案 where it is said whether somebody is 备案.
  static func bool(_ text: String, of field: Field) -> Bool? {
    guard text.utf8.count <= 60 else { return nil }
    let word = CellText.closed(text).lowercased()
    if let known = usual(word, of: field) { return known }
    if let says = field.says {
      for (said, value) in [(says.yes, true), (says.no, false)]
      where [said.zh, said.en].contains(where: { CellText.closed($0).lowercased() == word }) {
        return value
      }
    }
    let kinds = ["人员", "劳动力", "人口", "户"]
    var stems: Set<String> = []
    for label in field.labels + [field.chinese ?? ""] {
      var stem = CellText.closed(label)
      for before in ["是否已", "是否", "已"] where stem.hasPrefix(before) { stem = String(stem.dropFirst(before.count)) }
      if stem.isEmpty { continue }
      stems.insert(stem)
      // 脱贫人员, 脱贫户 and 脱贫劳动力 are said of the same.
      for kind in kinds where stem.hasSuffix(kind) && stem.count > kind.count {
        let root = String(stem.dropLast(kind.count))
        stems.formUnion([root] + kinds.map { root + $0 })
      }
    }
    for stem in stems {
      if word == stem || word == "已" + stem || word == "是" + stem { return true }
      if ["未", "非", "没有", "不是", "尚未", "无"].contains(where: { word == $0 + stem }) { return false }
    }
    return nil
  }

  /// The choice that a word means: one of its names in other letters, a name with what its kind is called (男性, 小型企业),
  /// or the beginning of one name alone.
  /// - Returns: nil where it is none, or may be several.
  static func choice(_ text: String, _ choices: [String], _ labels: [[String]]) -> Int? {
    let word = CellText.closed(text).lowercased()
    guard !word.isEmpty, word.utf8.count <= 60 else { return nil }
    var names: [(String, Int)] = []
    for (i, choice) in choices.enumerated() {
      names.append((choice.lowercased(), i))
      if i < labels.count { names += labels[i].map { (CellText.closed($0).lowercased(), i) } }
    }
    if let same = only(names.filter { $0.0 == word }) { return same }
    for kind in ["性", "士", "企业", "型", "型企业", "级"] where word.hasSuffix(kind) {
      let short = String(word.dropLast(kind.count))
      if let same = only(names.filter { $0.0 == short || $0.0 == short + "型" || $0.0 == short + "级" }) { return same }
    }
    // Of an English word one letter is an abbreviation; more of it may be a slip.
    if word.utf8.count > 1, word.utf8.allSatisfy({ $0 < 0x80 }) { return nil }
    return only(names.filter { $0.0.hasPrefix(word) })
  }

  private static func only(_ found: [(String, Int)]) -> Int? {
    guard let first = found.first, found.allSatisfy({ $0.1 == first.1 }) else { return nil }
    return first.1
  }
}
