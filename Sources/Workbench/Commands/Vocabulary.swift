// The words of the command language in both languages. Every verb and keyword has a Chinese twin; several spellings
// may stand for one. Knows nothing of the order in which they may stand.

import Answers
import Diagnostics
import Engine
import Reports

/// The verbs.
public enum Verb: String, Sendable, CaseIterable {
  case load, use, list, show, set, undo, redo, history, reset
  case run, compare, payments, duties, readings, explain
  case why
  case draft, diff, sweep, find, cliffs, sensitivity, simulate, plot, verify
  case source, save, translate, check, help, language, tour, quit
  case last, settings, timer

  /// The English spellings, the usual one first.
  public var english: [String] {
    switch self {
    case .quit: ["quit", "exit"]
    case .last: ["last", "_"]
    default: [rawValue]
    }
  }

  /// The Chinese spellings, the usual one first.
  public var chinese: [String] {
    switch self {
    case .load: ["加载", "载入", "打开"]
    case .use: ["使用", "切换"]
    case .list: ["列出", "列表"]
    case .show: ["查看", "显示"]
    case .set: ["设定", "设置", "设"]
    case .undo: ["撤销"]
    case .redo: ["重做"]
    case .history: ["历史"]
    case .reset: ["重置"]
    case .run: ["测算", "运行"]
    case .compare: ["比较", "对比"]
    case .payments: ["明细", "支付明细", "付款"]
    case .duties: ["义务"]
    case .readings: ["读法", "解读"]
    case .explain: ["解释", "说明"]
    case .why: ["为何没有", "为什么没有", "为何不"]
    case .draft: ["草案", "起草"]
    case .diff: ["差异", "对照"]
    case .sweep: ["扫描", "逐点"]
    case .find: ["求解", "反求", "求"]
    case .cliffs: ["断崖", "门槛"]
    case .sensitivity: ["敏感性", "敏感度"]
    case .simulate: ["模拟"]
    case .plot: ["绘图", "画图"]
    case .verify: ["核验", "复核"]
    case .source: ["执行"]
    case .save: ["保存"]
    case .translate: ["翻译"]
    case .check: ["检查"]
    case .help: ["帮助"]
    case .language: ["语言"]
    case .tour: ["导览"]
    case .quit: ["退出"]
    case .last: ["上次", "上一条"]
    case .settings: ["选项", "偏好"]
    case .timer: ["计时"]
    }
  }

  /// What it does, in a few words.
  public var meaning: Text {
    switch self {
    case .load: Text("read a scenario from a file", zh: "读入情景文件")
    case .use: Text("go to another scenario that is loaded", zh: "切换到另一个已读入的情景")
    case .list: Text("what there is: documents, measures, readings, …", zh: "列出文件、措施、读法等")
    case .show: Text("a document, measure, article, parameter, reading or record", zh: "查看文件、措施、条款、参数、读法或记录")
    case .set: Text("set a parameter, reading, value or as_of until undone", zh: "设定参数、读法、引用值或截止日，直到撤销")
    case .undo: Text("take back the last change", zh: "撤销上一步")
    case .redo: Text("make an undone change again", zh: "恢复撤销的一步")
    case .history: Text("the changes of this session", zh: "本次会话的各步变更")
    case .reset: Text("forget every setting", zh: "清除全部设定")
    case .run: Text("what a programme costs", zh: "测算预算")
    case .compare: Text("what several programmes cost, side by side", zh: "并列比较几套方案")
    case .payments: Text("every payment of the last run", zh: "上次测算的逐笔明细")
    case .duties: Text("which duties are met", zh: "各项义务是否履行")
    case .readings: Text("what each interpretation does to the budget", zh: "各种读法对预算的影响")
    case .explain: Text("why somebody is paid what", zh: "解释某人为何得到这笔钱")
    case .why: Text("why not MEASURE for SUBJECT: what is missing, and how much", zh: "某人为何没有得到，差多少")
    case .draft: Text("a proposal: changes to a document that stay live", zh: "草案：在现有文件上作的改动")
    case .diff: Text("what two programmes change, and for whom", zh: "两套方案改了什么、影响谁")
    case .sweep: Text("the total along a parameter, a reading or two of them", zh: "参数或读法逐点变化时的合计")
    case .find: Text("which value of a parameter reaches a total", zh: "参数取何值可达到某一合计")
    case .cliffs:
      Text("who stands just short of a threshold or just past it, and what hangs on it", zh: "谁在门槛边上，差一点值多少")
    case .sensitivity: Text("what each parameter, reading and value moves", zh: "各参数、读法、引用值的影响大小")
    case .simulate: Text("the budget under uncertainty: quantiles, risk of overspending", zh: "不确定性下的预算：分位数、超支概率")
    case .plot: Text("draw a result, in the window or into an SVG file", zh: "绘制结果，显示或存为 SVG")
    case .verify: Text("carry out a result again and compare", zh: "重做一个结果并核对")
    case .source: Text("carry out the commands of a file", zh: "执行文件中的命令")
    case .save: Text("write this session as a script or a notebook", zh: "把本次会话存成脚本或笔记本")
    case .translate: Text("a notebook's commands in the other language", zh: "把笔记本中的命令换成另一种语言")
    case .check: Text("check policy documents, scenarios and notebooks", zh: "检查政策文件、情景和笔记本")
    case .help: Text("these pages", zh: "使用说明")
    case .language: Text("language zh, language en", zh: "切换语言：language zh 或 en")
    case .tour: Text("a short tour on the loaded scenario", zh: "用当前情景作简短导览")
    case .quit: Text("end the session", zh: "结束会话")
    case .last: Text("the last answer again; `last wide` with every column, as `_`", zh: "再看上次回答；“上次 全宽”或 _ 显示全部列")
    case .settings: Text("how answers look and what is set, each with its source", zh: "显示方式与各项设定及其来源")
    case .timer: Text("tell how long answers take, or not", zh: "是否显示用时")
    }
  }

  /// How it is used.
  public var usage: Text {
    switch self {
    case .load: Text("load FILE [as NAME]", zh: "加载 文件 [作为 名称]")
    case .use: Text("use NAME", zh: "使用 名称")
    case .list:
      Text(
        "list " + Listing.allCases.map(\.rawValue).joined(separator: "|"),
        zh: "列出 " + Listing.allCases.map { $0.chinese[0] }.joined(separator: "|"))
    case .show: Text("show DOCUMENT|MEASURE|ARTICLE|NAME|ID", zh: "查看 文件|措施|条款|名称|编号")
    case .set: Text("set NAME = VALUE, …", zh: "设定 名称 = 值，…")
    case .undo: Text("undo [STEPS]", zh: "撤销 [步数]")
    case .redo: Text("redo [STEPS]", zh: "重做 [步数]")
    case .last: Text("last [wide] [as FORMAT] [into FILE]", zh: "上次 [全宽] [以 格式] [存入 文件]")
    case .timer: Text("timer on|off", zh: "计时 开|关")
    case .history, .reset, .quit, .tour, .settings: Text(rawValue, zh: chinese[0])
    case .run:
      Text("run [PROGRAMME] [by DIMENSION] [as adopted]", zh: "测算 [方案] [按 维度] [按采用]")
    case .compare: Text("compare PROGRAMME, PROGRAMME, … [by DIMENSION]", zh: "比较 方案，方案，… [按 维度]")
    case .payments: Text("payments [MEASURE] [into FILE.csv]", zh: "明细 [措施] [存入 文件.csv]")
    case .duties: Text("duties [PROGRAMME]", zh: "义务 [方案]")
    case .readings: Text("readings [PROGRAMME]", zh: "读法 [方案]")
    case .explain: Text("explain ID [MEASURE]", zh: "解释 编号 [措施]")
    case .why: Text("why not MEASURE for ID", zh: "为何没有 措施 给 编号")
    case .draft:
      Text("draft NAME from PROGRAMME: NAME = VALUE, without MEASURE, add FILE", zh: "草案 名称 从 方案：名称 = 值，去掉 措施，加入 文件")
    case .diff: Text("diff PROGRAMME, PROGRAMME", zh: "差异 方案，方案")
    case .sweep:
      Text("sweep NAME from A to B [step C][, NAME …] [in PROGRAMME]", zh: "扫描 名称 从 A 到 B [步长 C][，名称 …] [于 方案]")
    case .find: Text("find NAME so that TOTAL =|<=|>= V [in PROGRAMME]", zh: "求解 名称 使 合计 =|<=|>= V [于 方案]")
    case .cliffs: Text("cliffs [PROGRAMME] [within K] [for ID]", zh: "断崖 [方案] [范围 K] [给 编号]")
    case .sensitivity: Text("sensitivity [PROGRAMME] [by 10%]", zh: "敏感性 [方案] [按 10%]")
    case .simulate:
      Text("simulate N times [in PROGRAMME][: NAME = 60%..85%, …]", zh: "模拟 N 次 [于 方案][：名称 = 60%..85%，…]")
    case .plot: Text("plot [r3|COMMAND] [into FILE.svg]", zh: "绘图 [r3|命令] [存入 文件.svg]")
    case .verify: Text("verify [r3]", zh: "核验 [r3]")
    case .source: Text("source FILE", zh: "执行 文件")
    case .save: Text("save FILE, save session into NOTEBOOK.md", zh: "保存 文件，保存 会话 存入 笔记本.md")
    case .translate: Text("translate NOTEBOOK.md to zh|en [into FILE]", zh: "翻译 笔记本.md 到 中文|英文 [存入 文件]")
    case .check: Text("check FILE, …", zh: "检查 文件，…")
    case .help: Text("help [VERB]", zh: "帮助 [命令]")
    case .language: Text("language en|zh", zh: "语言 中文|英文")
    }
  }

  /// Every spelling.
  public var spellings: [String] { english + chinese }

  /// The spelling in a language.
  public func word(_ language: Language) -> String { language == .en ? english[0] : chinese[0] }

  /// The verb with exactly this spelling.
  static func named(_ word: String) -> Verb? { bySpelling[word] }

  static let bySpelling: [String: Verb] = {
    var out: [String: Verb] = [:]
    for verb in allCases { for word in verb.spellings { out[word] = verb } }
    return out
  }()

  /// The verbs that a beginning may stand for.
  static func beginning(with word: String) -> [Verb] {
    allCases.filter { verb in verb.spellings.contains { $0.hasPrefix(word) } }
  }

  /// A Chinese verb at the beginning of a word that goes on without a space: `测算changle-2022`.
  static func leading(_ word: String) -> (verb: Verb, spelling: String)? {
    guard let first = word.unicodeScalars.first, first.value > 0x7F else { return nil }
    return bySpelling.filter { $0.key.unicodeScalars.count >= 2 && word.hasPrefix($0.key) }
      .max { $0.key.utf8.count < $1.key.utf8.count }.map { ($0.value, $0.key) }
  }
}

/// The words between verbs and things.
enum Keyword: CaseIterable {
  case with, by, `as`, into, `for`, from, to, not, and
  case step, so, that, `in`, within, without, add, times, vs, total, of

  var spellings: [String] {
    switch self {
    case .with: ["with", "若", "假设", "如果", "假如"]
    case .by: ["by", "按", "分"]
    case .as: ["as", "以", "作为", "按"]
    case .into: ["into", "存入", "写入"]
    case .for: ["for", "给", "对", "针对"]
    case .from: ["from", "从"]
    case .to: ["to", "到", "至"]
    case .not: ["not", "没有", "不"]
    case .and: ["与", "和", "vs"]
    case .step: ["step", "步长", "每步"]
    case .so: ["so", "使得", "使", "令"]
    case .that: ["that"]
    case .in: ["in", "于", "在"]
    case .within: ["within", "范围", "之内"]
    case .without: ["without", "去掉", "删去", "不含"]
    case .add: ["add", "加入", "增加"]
    case .times: ["times", "次", "draws"]
    case .vs: ["vs", "versus", "against", "对比", "与", "和"]
    case .total: ["total", "合计", "总额", "总计", "预算"]
    case .of: ["of", "的", "for", "给"]
    }
  }

  func matches(_ word: String) -> Bool { spellings.contains(word) }

  var chinese: String { spellings.first { $0.utf8.first.map { $0 > 0x7F } ?? false } ?? spellings[0] }
}

extension Dimension {
  /// The Chinese spellings, the usual one first.
  public var chinese: [String] {
    switch self {
    case .measure: ["措施", "条款"]
    case .kind: ["类别", "种类"]
    case .year: ["年度", "年"]
    case .month: ["月份", "月"]
    case .beneficiary: ["对象", "受益人"]
    }
  }

  public var title: Text {
    switch self {
    case .measure: Text("Measure", zh: "措施")
    case .kind: Text("Kind", zh: "类别")
    case .year: Text("Year", zh: "年度")
    case .month: Text("Month", zh: "月份")
    case .beneficiary: Text("Beneficiary", zh: "对象")
    }
  }

  static func named(_ word: String) -> Dimension? {
    allCases.first { $0.rawValue == word || $0.rawValue + "s" == word || $0.chinese.contains(word) }
  }
}

extension Mode {
  /// The Chinese spellings, the usual one first.
  public var chinese: [String] {
    switch self {
    case .enacted: ["现行", "实施"]
    case .adopted: ["采用", "移植"]
    }
  }

  /// As a result says it.
  public var title: Text {
    switch self {
    case .enacted: Text("as enacted", zh: "按现行（在本地区、本期限内）")
    case .adopted: Text("as adopted", zh: "按采用（假如本区采用，不计期限）")
    }
  }

  static func named(_ word: String) -> Mode? {
    [Mode.enacted, .adopted].first { $0.rawValue == word || $0.chinese.contains(word) }
  }
}

extension Listing {
  /// The Chinese spellings, the usual one first.
  public var chinese: [String] {
    switch self {
    case .scenarios: ["情景", "场景"]
    case .documents: ["文件", "政策"]
    case .measures: ["措施"]
    case .drafts: ["草案"]
    case .results: ["结果"]
    case .readings: ["读法", "解读"]
    case .values: ["引用值"]
    case .duties: ["义务"]
    case .parameters: ["参数"]
    }
  }

  static func named(_ word: String) -> Listing? {
    allCases.first {
      $0.rawValue == word || $0.rawValue.dropLast() == word || $0.chinese.contains(word)
        || ($0 == .duties && word == "duty")
    }
  }

  /// The spelling in a language.
  func word(_ language: Language) -> String { language == .en ? rawValue : chinese[0] }
}

/// Words that stand for no value and for the value that would hold without a setting.
enum SpecialValue {
  static func isNone(_ word: String) -> Bool { ["none", "无", "不设"].contains(word) }
  static func isDefault(_ word: String) -> Bool { ["default", "默认", "缺省"].contains(word) }
}
