// Help: a page of all commands, one for each, and one for the words that answers use.

import Diagnostics
import Engine
import Reports
import View

extension Session {
  func help(_ topic: Written?) throws(Refusal) -> Answer {
    guard let topic else { return HelpPages.overview() }
    let word = topic.text.lowercased()
    if let verb = Verb.named(word) ?? Verb.leading(topic.text)?.verb { return HelpPages.page(verb) }
    if word == "why not" { return HelpPages.page(.why) }
    let meant = Verb.beginning(with: word)
    if let only = meant.first, meant.count == 1 { return HelpPages.page(only) }
    if ["words", "词语", "术语"].contains(word) { return HelpPages.words() }
    if ["values", "值"].contains(word) { return HelpPages.values() }
    // Anything that can be shown explains itself.
    if let shown = try? show(topic, Command(.show(topic), text: topic.raw, place: topic.place)) { return shown }
    let topics = Verb.allCases.flatMap(\.spellings) + ["words", "values"]
    throw Refusal(.unknownTopic(topic.raw, nearest: Nearest.names(to: topic.text, among: topics)), at: topic.place)
  }
}

enum HelpPages {
  static func overview() -> Answer {
    let groups: [(Text, [Verb])] = [
      (Text("Scenarios and what there is", zh: "情景与资料"), [.load, .use, .list, .show]),
      (Text("What it costs", zh: "测算"), [.run, .compare, .payments, .duties, .readings]),
      (Text("Why", zh: "缘由"), [.explain, .why]),
      (Text("What if", zh: "假设"), [.set, .undo, .redo, .history, .reset]),
      (Text("Proposals", zh: "方案设计"), [.draft, .diff, .sweep, .find, .cliffs, .sensitivity, .simulate, .plot, .verify]),
      (Text("The session", zh: "会话"), [.source, .save, .translate, .check, .language, .tour, .help, .quit]),
    ]
    let sections = groups.map { title, verbs in
      Table.Section(
        title: [Span(title, .title)],
        rows: verbs.map { Table.Row([.spans([Span($0.usage, .code)]), .text($0.meaning)]) })
    }
    let table = Table(
      columns: [
        Table.Column(Text("Command", zh: "命令"), .left, .essential, key: "command"),
        Table.Column(Text("What it does", zh: "作用"), .left, .essential, key: "meaning"),
      ], sections: sections)
    var blocks: [Block] = [.table(table)]
    blocks.append(
      .list(
        ordered: false,
        [
          [
            Span("before a command, ", zh: "在命令前写 "), .command("with rate_3m = 400"),
            Span(" holds for it alone; ", zh: "，只对该命令有效；"), .command("set"), Span(" holds until undone", zh: " 则一直有效，直到撤销"),
          ],
          [
            Span("after it, ", zh: "在命令后可写 "), .command("by month"), .data(", "), .command("as adopted"), .data(", "),
            .command("as csv"), .data(", "), .command("into FILE"),
          ],
          [
            Span("a programme is a document, or several in force together: ", zh: "方案是一个文件，或同时施行的几个文件："),
            .command("changle-2022 + fuzhou-2021"),
          ],
          [
            Span("Chinese works as well: ", zh: "也可以用英文："),
            Span(Text("比较 changle-2022，jindong-2021 按年度", zh: "compare changle-2022, jindong-2021 by year"), .code),
          ],
          [.command("help run"), .data(", "), .command("help words"), .data(", "), .command("help values")],
        ]))
    let commands: [JSONValue] = Verb.allCases.map {
      ["command": .string($0.rawValue), "chinese": .string($0.chinese[0]), "usage": .string($0.usage.en), "meaning": .string($0.meaning.en)]
    }
    return Answer(Document(blocks), json: [["kind": "help", "commands": .array(commands)]])
  }

  static func page(_ verb: Verb) -> Answer {
    var blocks: [Block] = [
      .heading(level: 2, [.data(verb.english[0] + "  ", .title), .data(verb.chinese.joined(separator: " · "), .muted)]),
      .paragraph(verb.meaning), .lines([[Span(verb.usage, .code)]]),
    ]
    if let more = verb.more { blocks.append(.paragraph(more)) }
    let examples = verb.examples
    if !examples.isEmpty {
      blocks.append(.lines(examples.map { [.data("  "), Span($0, .code)] }))
    }
    return Answer(
      Document(blocks),
      json: [
        [
          "kind": "help", "command": .string(verb.rawValue), "usage": .string(verb.usage.en),
          "meaning": .string(verb.meaning.en), "examples": .strings(examples.map(\.en)),
        ]
      ])
  }

  static func words() -> Answer {
    let words: [(Text, Text)] = [
      (Text("as enacted", zh: "按现行"), Text("each document in its own district and period", zh: "各文件在其本地区、本期限内")),
      (Text("as adopted", zh: "按采用"), Text("as if the scenario's district had the document; no period", zh: "假如情景所在地区采用该文件，不计期限")),
      (Text("due, pending", zh: "应付、待付"), Text("accrued by the day `as_of`, or later; the total is both", zh: "截止日及以前产生的，以及以后的；合计为二者之和")),
      (Text("displaced", zh: "就高让出"), Text("another document pays the same kind more; not in the total", zh: "另一文件同类待遇更高；不计入合计")),
      (Text("over quota", zh: "超出名额"), Text("left out by a quota; not in the total", zh: "因名额未付；不计入合计")),
      (Text("not priced", zh: "未定价"), Text("hangs on a value that nobody has supplied", zh: "取决于尚未给出的引用值")),
      (Text("undetermined", zh: "无法判定"), Text("hangs on a fact that is not stated", zh: "取决于未写明的事实")),
      (Text("governed elsewhere", zh: "适用其他文件"), Text("another document deals with it", zh: "由其他文件规定")),
      (Text("≤ (upper bound)", zh: "≤（上限）"), Text("the text says \"not more than\"; costed at the most", zh: "文件写“不超过”，按上限计")),
      (Text("reading", zh: "读法"), Text("one defensible interpretation among several", zh: "有歧义的条款的一种合理解释")),
      (Text("by-reference value", zh: "引用值"), Text("a wage or subsidy laid down in another document", zh: "由其他文件规定的工资、补贴等")),
    ]
    return Answer(
      Document([
        .table(
          Table(
            columns: [
              Table.Column(Text("Word", zh: "词语"), .left, .essential, key: "word"),
              Table.Column(Text("Meaning", zh: "含义"), .left, .essential, key: "meaning"),
            ], rows: words.map { Table.Row([.text($0.0, .strong), .text($0.1)]) }))
      ]), json: [["kind": "help", "topic": "words"]])
  }

  static func values() -> Answer {
    let rows: [(Text, String)] = [
      (Text("yuan", zh: "金额"), "400   400 yuan   400元   2,000,000   200万"),
      (Text("shares", zh: "比例"), "50%   0.5"),
      (Text("months", zh: "月数"), "6   6 months   6个月"),
      (Text("counts", zh: "数量"), "80   80 persons   80人"),
      (Text("dates", zh: "日期"), "2024-06-30   2024年6月30日"),
      (Text("readings", zh: "读法"), "window_on = accrual"),
      (Text("take back", zh: "取消"), "rate_3m = default   as_of = none"),
    ]
    return Answer(
      Document([
        .table(
          Table(
            columns: [
              Table.Column(Text("For", zh: "类型"), .left, .essential), Table.Column(Text("Write", zh: "写法"), .left, .essential),
            ], rows: rows.map { Table.Row([.text($0.0), .data($0.1, .code)]) }))
      ]), json: [["kind": "help", "topic": "values"]])
  }
}

extension Verb {
  /// What a page of help says beyond the one line.
  var more: Text? {
    switch self {
    case .run:
      Text(
        "Without a programme: the documents that the scenario names, else everything in force in its district. Dimensions: measure, kind, year, month, beneficiary.",
        zh: "不写方案时：取情景写明的文件，否则取该地区全部现行文件。维度：措施、类别、年度、月份、对象。")
    case .compare:
      Text(
        "Every programme is costed as if the scenario's district had adopted it; `as enacted` keeps each in its own district and period. Differences are against the first.",
        zh: "各方案均按本地区采用测算；`按现行` 则各在其本地区、本期限内。差额以第一列为准。")
    case .set:
      Text(
        "Any unique end of a name will do. `default` takes a setting back, `as_of = none` forgets the date.",
        zh: "名称写能唯一识别的末尾部分即可。`default` 取消设定，`as_of = none` 取消截止日。")
    case .readings:
      Text(
        "Each choice is run by itself, then all combinations of the readings that matter where there are no more than 256.",
        zh: "先逐一试算每个选项；有影响的读法组合不超过 256 种时，再试算全部组合。")
    case .payments:
      Text("All payments of the last run, those displaced or over quota included.", zh: "上次测算的全部明细，含就高让出和超出名额的。")
    case .save:
      Text(
        "A file that ends in .md becomes a notebook, a cell for each step that holds; `source` plays either. `save DRAFT into FILE.md` writes a draft as a policy document.",
        zh: "以 .md 结尾的文件存成笔记本，有效的每一步一个单元格；两种文件都可用“执行”重做。“保存 草案名 存入 文件.md”把草案写成政策文件。")
    case .translate:
      Text(
        "Only commands change: what they mean, the prose and the answers stay. Without `into` the file itself is changed.",
        zh: "只改命令：含义、正文和输出不变。不写“存入”时改动原文件。")
    case .check:
      Text(
        "Policy documents: language, examples, and what a drafter might have left open. Scenarios: every problem of the file. Notebooks: whether what they say still comes out.",
        zh: "政策文件：语法、算例以及可能遗漏之处。情景：文件中的全部问题。笔记本：所写结果是否仍然成立。")
    default: nil
    }
  }

  /// Commands to try.
  var examples: [Text] {
    switch self {
    case .load: [Text("load scenarios/changle-2022-year.yaml as year", zh: "加载 scenarios/changle-2022-year.yaml 作为 year")]
    case .use: [Text("use year", zh: "使用 year")]
    case .list: [Text("list measures", zh: "列出 措施"), Text("list hires", zh: "列出 hires")]
    case .show: [Text("show changle-2022", zh: "查看 changle-2022"), .same("show 三（二）"), Text("show agency_reward", zh: "查看 agency_reward")]
    case .set: [Text("set rate_3m = 400, threshold = 80", zh: "设定 rate_3m = 400元，threshold = 80人"), .same("set window_on = accrual")]
    case .run: [Text("run", zh: "测算"), Text("with rate_3m = 400 run changle-2022 by month", zh: "若 rate_3m = 400，测算 changle-2022 按月份")]
    case .compare: [Text("compare changle-2022, quanzhou-tiz-2023, jindong-2021 by year", zh: "比较 changle-2022，quanzhou-tiz-2023，jindong-2021 按年度")]
    case .payments: [Text("payments agency_reward", zh: "明细 agency_reward"), Text("payments into ledger.csv", zh: "明细 存入 ledger.csv")]
    case .duties: [Text("duties quanzhou-tiz-2023", zh: "义务 quanzhou-tiz-2023")]
    case .readings: [Text("readings changle-2022", zh: "读法 changle-2022")]
    case .explain: [Text("explain h17", zh: "解释 h17"), Text("explain q1 agency_reward", zh: "解释 q1 agency_reward")]
    case .why: [Text("why not agency_reward for q1", zh: "为何没有 agency_reward 给 q1")]
    case .translate: [Text("translate lesson.md to zh", zh: "翻译 lesson.md 到 英文")]
    case .check: [Text("check my-draft.md", zh: "检查 my-draft.md")]
    case .undo: [Text("undo", zh: "撤销"), Text("undo 3", zh: "撤销 3")]
    case .source: [Text("source steps.cesuan", zh: "执行 steps.cesuan")]
    case .save: [Text("save steps.cesuan", zh: "保存 steps.cesuan")]
    case .language: [Text("language zh", zh: "语言 英文")]
    default: []
    }
  }
}
