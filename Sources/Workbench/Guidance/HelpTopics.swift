// Pages of help that belong to no command: the words of answers, how values are written, keys, the environment,
// formats.

import Answers
import Commands
import Diagnostics
import View

/// A page of help besides those of the verbs.
enum HelpTopic: String, CaseIterable {
  case words, values, keys, environment, formats

  var chinese: String {
    switch self {
    case .words: "词语"
    case .values: "值"
    case .keys: "按键"
    case .environment: "环境"
    case .formats: "格式"
    }
  }

  var title: Text {
    switch self {
    case .words: Text("what the words of answers mean", zh: "回答中用语的含义")
    case .values: Text("how values are written", zh: "值的写法")
    case .keys: Text("keys of the prompt", zh: "提示符的按键")
    case .environment: Text("variables and files that the program looks at", zh: "程序读取的环境变量和文件")
    case .formats: Text("answers for other programs", zh: "供其他程序使用的输出")
    }
  }

  /// What the first column of the page lists.
  var head: Text {
    switch self {
    case .words: Text("Word", zh: "词语")
    case .values: Text("For", zh: "类型")
    case .keys: Text("Word", zh: "按键")
    case .environment: Text("Word", zh: "变量或文件")
    case .formats: Text("Word", zh: "写法")
    }
  }

  func word(_ language: Language) -> String { language == .zh ? chinese : rawValue }

  static func named(_ word: String) -> HelpTopic? {
    let other: [String: HelpTopic] = [
      "glossary": .words, "术语": .words, "variables": .environment, "json": .formats, "csv": .formats,
    ]
    return allCases.first { $0.rawValue == word || $0.chinese == word } ?? other[word]
  }

  /// What the page lists: a word, and what it means.
  var entries: [(Text, Text)] {
    switch self {
    case .words: HelpTopic.glossary
    case .values: HelpTopic.waysToWrite
    case .keys: HelpTopic.keyList
    case .environment: HelpTopic.environmentList
    case .formats: HelpTopic.formatsList
    }
  }

  private static let waysToWrite: [(Text, Text)] =
    [
      (
        Text("yuan", zh: "金额"),
        Text(
          "400   400 yuan   400元   ￥400   2,000,000   300k   3 million   200万   １２００",
          zh: "400   400元   ￥400   2,000,000   200万   3百万   １２００")
      ),
      (Text("shares", zh: "比例"), .same("50%   0.5")),
      (Text("months", zh: "月数"), Text("6   6 months   6个月", zh: "6   6个月")),
      (Text("counts", zh: "数量"), Text("80   80 persons   80人", zh: "80   80人")),
      (Text("dates", zh: "日期"), .same("2024-06-30   2024年6月30日")),
      (Text("readings", zh: "口径"), Text("window_on = accrual", zh: "期限判断 = 应付日")),
      (Text("take back", zh: "取消"), Text("rate_3m = default   as_of = none", zh: "首次标准 = 默认   核算日 = 无")),
    ]

  private static let keyList: [(Text, Text)] =
    [
      (
        .same("Tab"),
        Text(
          "complete, or list what may stand here; on an empty line after a mistake: take the corrected line",
          zh: "补全或列出可写的内容；出错后在空行按下则取更正后的命令")
      ),
      (.same("Alt-."), Text("take the corrected line", zh: "取更正后的命令")),
      (
        Text("Up, Down", zh: "上、下"),
        Text("lines of the command, then earlier commands with this beginning", zh: "在各行间移动，再到以此开头的旧命令")
      ),
      (.same("Ctrl-R"), Text("search the earlier commands", zh: "搜索旧命令")),
      (.same("Alt-Enter"), Text("a new line within the command", zh: "命令内换行")),
      (
        .same("Ctrl-C"),
        Text("drop the line, or stop what is being reckoned; the session stays", zh: "放弃本行，或停止正在进行的计算；会话保留")
      ),
      (
        .same("Ctrl-A, Ctrl-E, Ctrl-W, Ctrl-U, Ctrl-L"),
        Text("beginning, end, erase word, erase line, redraw", zh: "行首、行尾、删词、删行、重绘")
      ),
      (.same("Ctrl-D"), Text("end, on an empty line", zh: "在空行按下则结束")),
      (Text("space, q", zh: "空格、q"), Text("turn the page of a long answer, come back", zh: "长的回答分屏显示时：翻页、返回")),
      (
        .same("~/.editrc"),
        Text(
          "changes keys; `bind -v` or `set keys = vi` gives those of vi",
          zh: "可改键位；bind -v 或 设定 键位 = vi 使用 vi 键位")
      ),
      (
        Text("pasting", zh: "粘贴"),
        Text(
          "a block waits for Enter; of an old transcript only the commands are taken",
          zh: "整块等待回车；粘贴旧记录时只取其中的命令")
      ),
    ]

  private static let environmentList: [(Text, Text)] =
    [
      (
        .same("CESUAN_UNIT, CESUAN_TIMER, …"), Text("any preference of `settings`, in capitals", zh: "“选项”所列的任一项，用大写")
      ),
      (
        .same("LC_ALL, LC_MESSAGES, LANG"),
        Text("the language, where --lang does not say it", zh: "语言（未用 --lang 指定时）")
      ),
      (.same("NO_COLOR, CLICOLOR=0"), Text("no colours; NO_COLOR wins over everything", zh: "不用颜色；NO_COLOR 优先于一切")),
      (.same("CLICOLOR_FORCE"), Text("colours also where there is no terminal", zh: "不是终端也用颜色")),
      (.same("COLORFGBG"), Text("tells a light background from a dark one", zh: "判断背景深浅")),
      (.same("PAGER"), Text("the pager; without it less", zh: "分页程序；未设则用 less")),
      (.same("COLUMNS"), Text("the width where there is no terminal", zh: "不是终端时的宽度")),
      (.same("TERM=dumb"), Text("plain lines, no editing", zh: "只读纯文本行，不作行编辑")),
      (
        .same("XDG_CONFIG_HOME"),
        Text(
          "cesuan/config below it, else ~/.config/cesuan/config: `set` of preferences, `language`, `timer`",
          zh: "其下的 cesuan/config，否则 ~/.config/cesuan/config：可写偏好的“设定”、“语言”、“计时”")
      ),
      (
        .same("XDG_STATE_HOME"),
        Text(
          "cesuan/history below it, else ~/.local/state/cesuan/history",
          zh: "其下的 cesuan/history，否则 ~/.local/state/cesuan/history")
      ),
      (.same("~/.editrc"), Text("keys of the line editor", zh: "行编辑的键位")),
    ]

  private static let formatsList: [(Text, Text)] =
    [
      (
        .same("--format json"),
        Text(
          "one object a line on the standard output and nothing else; a mistake is one, too: kind error, "
            + "message, line, column, hint, correction",
          zh: "标准输出每行一个对象，别无其他；错误也是一行：kind 为 error，含 message、line、column、hint、correction")
      ),
      (
        .same("cut"),
        Text(
          "where a list has more entries than `limit`: how many are shown, and of how many",
          zh: "列表超过“行数上限”时，写明显示多少、共多少")
      ),
      (
        Text("as json, as csv, as markdown", zh: "以 json、以 csv、以 markdown"),
        Text("behind a command, for this answer", zh: "写在命令之后，只对该回答")
      ),
      (
        Text("into FILE.csv", zh: "存入 文件.csv"),
        Text("the whole answer into a file; the ending says the form", zh: "把整个回答写入文件，形式由扩展名决定")
      ),
      (
        Text("exit status", zh: "退出状态"),
        Text(
          "0 well, 1 a mistake, 2 a check found a mismatch, 64 the command line, 130 interrupted",
          zh: "0 正常，1 有错误，2 检查不符，64 命令行错误，130 中断")
      ),
    ]

  private static var glossary: [(Text, Text)] {
    [
      (Text("programme", zh: "方案"), Text("a document, or several in force together", zh: "一个文件，或同时施行的几个文件")),
      (Text("measure", zh: "措施"), Text("one promise of a document: who gets what for what", zh: "文件的一项待遇：谁因何得到什么")),
      (
        Text("scenario", zh: "情景"),
        Text("the hires, agencies and enterprises that are reckoned with", zh: "据以测算的用工、机构和企业")
      ),
      (Text("beneficiary", zh: "对象"), Text("who is paid", zh: "得到款项者")),
      (Text("subject", zh: "对应记录"), Text("the record that it is paid for", zh: "据以支付的记录")),
      (Text("as enacted", zh: "按原文件施行"), Text("each document in its own district and period", zh: "各文件在其本地区、本期限内")),
      (
        Text("as adopted", zh: "假设本地采用"),
        Text("as if the scenario's district had the document; no period", zh: "假如情景所在地区采用该文件，不计期限")
      ),
      (
        Text("due, pending", zh: "应付、未到期"),
        Text("accrued by the day `as_of`, or later; the total is both", zh: "核算日及以前计为应付的，以及以后的；合计为二者之和")
      ),
      (
        Text("displaced", zh: "就高不重复"),
        Text("another document pays the same kind more; not in the total", zh: "另一文件同类待遇更高；不计入合计")
      ),
      (Text("over quota", zh: "超出名额"), Text("left out by a quota; not in the total", zh: "因名额未付；不计入合计")),
      (Text("over cap", zh: "超出限额"), Text("what exceeds a cap in money; not in the total", zh: "超过限额的部分；不计入合计")),
      (
        Text("recovered", zh: "追回"),
        Text("taken back of what was paid, on a day of its own; the total is less by it", zh: "对已付款项的追回，另有日期；合计中已扣除")
      ),
      (
        Text("below nought", zh: "低于零"),
        Text("an amount that comes out negative; not paid, not in the total", zh: "算出为负数的金额；不支付，不计入合计")
      ),
      (Text("not priced", zh: "标准未明确"), Text("hangs on a value that nobody has supplied", zh: "取决于尚未给出的引用标准")),
      (Text("undetermined", zh: "无法判定"), Text("hangs on a fact that is not stated", zh: "取决于未写明的事实")),
      (Text("governed elsewhere", zh: "适用其他文件"), Text("another document deals with it", zh: "由其他文件规定")),
      (
        Text("≤ (upper bound)", zh: "≤（上限）"),
        Text("the text says \"not more than\"; costed at the most", zh: "文件写“不超过”，按上限计")
      ),
      (Text("reading", zh: "口径"), Text("one defensible interpretation among several", zh: "有歧义的条款的一种合理解释")),
      (
        Text("by-reference value", zh: "引用标准"),
        Text("a wage or subsidy laid down in another document", zh: "由其他文件规定的工资、补贴等")
      ),
      (
        Text("parameter", zh: "参数"),
        Text("a figure of a document that may be set: a rate, a threshold", zh: "文件中可更改的数字：标准、门槛等")
      ),
      (Text("duty", zh: "任务"), Text("what a document obliges somebody to, without a payment", zh: "文件要求做到而不涉及支付的事")),
    ]
  }
}

extension HelpPages {
  static func page(_ topic: HelpTopic) -> Answer {
    let entries = topic.entries
    let isCode = topic == .values
    let words = Relation(
      of: entries,
      [
        .words("word", topic.head, .essential) { $0.0 }
          .role(.strong),
        .id("chinese", Text("In Chinese", zh: "中文")) { $0.0.zh },
        .words("meaning", topic == .values ? Text("Write", zh: "写法") : Text("Meaning", zh: "含义"), .essential) { $0.1 }
          .role(isCode ? .code : .plain),
      ])
    return Answer(
      [.relation(words)], records: [Record(kind: "help", ["topic": .id(topic.rawValue), "words": .rows(words)])])
  }
}
