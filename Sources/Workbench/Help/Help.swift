// Help: a page of all commands, and one for each. Pages that belong to no command are in HelpTopics, the examples in
// HelpExamples.

import Answers
import Diagnostics
import Engine
import Reports
import View

extension Session {
  func help(_ topic: Written?) throws(Refusal) -> Answer {
    guard let topic else { return HelpPages.overview() }
    let word = topic.text.lowercased()
    if let verb = Verb.named(word) ?? Verb.leading(topic.text)?.verb { return HelpPages.page(verb, examples(verb)) }
    if word == "why not" { return HelpPages.page(.why, examples(.why)) }
    let meant = Verb.beginning(with: word)
    if let only = meant.first, meant.count == 1 { return HelpPages.page(only, examples(only)) }
    if let topic = HelpTopic.named(word) { return HelpPages.page(topic) }
    // Anything that can be shown explains itself.
    if let shown = try? show(topic, Command(.show(topic), text: topic.raw, location: topic.location)) { return shown }
    let topics = Verb.allCases.flatMap(\.spellings) + HelpTopic.allCases.flatMap { [$0.rawValue, $0.chinese] }
    throw Refusal(
      .unknownTopic(topic.raw, nearest: Nearest.names(to: topic.text, among: topics + nearest(topic.text))),
      at: topic.location)
  }
}

enum HelpPages {
  static func overview() -> Answer {
    let groups: [(Text, [Verb])] = [
      (Text("Scenarios and what there is", zh: "情景与资料"), [.load, .use, .list, .show]),
      (Text("What it costs", zh: "测算"), [.run, .compare, .payments, .duties, .readings]),
      (Text("Why", zh: "缘由"), [.explain, .why]),
      (Text("What if", zh: "假设"), [.set, .undo, .redo, .history, .reset]),
      (
        Text("Proposals", zh: "方案设计"), [.draft, .diff, .sweep, .find, .cliffs, .sensitivity, .simulate, .plot, .verify]
      ),
      (
        Text("The session", zh: "会话"),
        [.source, .save, .translate, .check, .language, .last, .settings, .timer, .tour, .help, .quit]
      ),
    ]
    let seen = Relation(
      sections: groups.map { title, verbs in (title: [Span(title, .title)] as [Span]?, entries: verbs) },
      [
        .words("command", Text("Command", zh: "命令"), .essential) { $0.usage }.role(.code).forPeople(),
        .words("meaning", Text("What it does", zh: "作用"), .essential) { $0.meaning }.forPeople(),
      ])
    var body: AnswerBody = [.relation(seen)]
    body.append(
      .list(
        ordered: false,
        [
          [
            Span("before a command, ", zh: "在命令前写 "), Span("with rate_3m = 400", zh: "若 rate_3m = 400", .code),
            Span(" holds for it alone; ", zh: "，只对该命令有效；"), Span("set", zh: "设定", .code),
            Span(" holds until undone", zh: " 则一直有效，直到撤销"),
          ],
          [
            Span("after it, ", zh: "在命令后可写 "), Span("by month", zh: "按月份", .code), .data(", "),
            Span("as adopted", zh: "按采用", .code), .data(", "),
            Span("as csv", zh: "以 csv", .code), .data(", "), Span("into FILE", zh: "存入 文件", .code),
          ],
          [
            Span("a programme is a document, or several in force together: ", zh: "方案是一个文件，或同时施行的几个文件："),
            .command("changle-2022 + fuzhou-2021"),
          ],
          [
            Span("Chinese works as well: ", zh: "也可以用英文："),
            Span(Text("比较 changle-2022，jindong-2021 按年度", zh: "compare changle-2022, jindong-2021 by year"), .code),
          ],
          [Span("more: ", zh: "另见："), Span("help run", zh: "帮助 测算", .code)]
            + HelpTopic.allCases.flatMap { topic -> [Span] in
              [.data(", "), Span(Text("help \(topic.rawValue)", zh: "帮助 \(topic.chinese)"), .code)]
            },
        ]))
    let commands = Relation(
      of: Verb.allCases,
      [
        .id("command", Text("Command", zh: "命令")) { $0.rawValue },
        .id("chinese", Text("In Chinese", zh: "中文")) { $0.chinese[0] },
        .words("usage", Text("Usage", zh: "用法")) { $0.usage },
        .words("meaning", Text("What it does", zh: "作用")) { $0.meaning },
      ])
    return Answer(body, records: [Record(kind: "help", ["commands": .rows(commands)])])
  }

  static func page(_ verb: Verb, _ examples: [String]) -> Answer {
    let names = (verb.english.dropFirst() + verb.chinese).joined(separator: " · ")
    var blocks: [Block] = [
      .heading(level: 2, [.data(verb.english[0] + "  ", .title), .data(names, .muted)]),
      .paragraph(verb.meaning), .lines([[Span(verb.usage, .code)]]),
    ]
    if let more = verb.more { blocks.append(.paragraph(more)) }
    if !examples.isEmpty {
      blocks.append(.paragraph(Text("For example:", zh: "例如：")))
      blocks.append(.lines(examples.map { [.data("  "), .data($0, .code)] }))
    }
    return Answer(
      Document(blocks),
      records: [
        Record(
          kind: "help",
          [
            "command": .id(verb.rawValue), "usage": .words(verb.usage), "meaning": .words(verb.meaning),
            "examples": .ids(examples),
          ])
      ])
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
    case .settings:
      Text(
        "A later source wins: default, config (~/.config/cesuan/config), environment (CESUAN_UNIT, …), command line, session. `set NAME = VALUE` changes one, `set NAME = default` takes it back.",
        zh: "后面的来源优先：默认、配置文件（~/.config/cesuan/config）、环境变量（CESUAN_UNIT 等）、命令行、本次会话。用“设定 名称 = 值”更改，“设定 名称 = default”恢复。")
    case .last:
      Text(
        "`last wide`, or `_`, shows the columns that found no room; `last as csv` and `last into FILE` put the same answer into another form without asking anew.",
        zh: "“上次 全宽”或 _ 显示放不下的列；“上次 以 csv”“上次 存入 文件”不必重算即可换一种形式。")
    case .load:
      Text(
        "The same file again takes the place of what was read from it before. `as NAME` keeps several side by side.",
        zh: "再次读入同一文件会替换先前内容；“作为 名称”可并存多个情景。")
    case .explain:
      Text(
        "Conditions, dates, facts and parameters, each with its article. Records of a year are ID@YEAR.",
        zh: "列出条件、日期、事实和参数，并注明条款。按年度的对象写作 编号@年份。")
    case .why:
      Text("What fails, by how much, and the smallest change that would do.", zh: "哪项条件不满足、差多少、怎样改变才够。")
    case .draft:
      Text(
        "A draft is a programme from then on: run it, compare it, change it by `draft` with the same name. It stays live: what changes in its base changes in it.",
        zh: "草案此后就是一套方案：可测算、比较；再写同名 `草案` 即可修改。草案随其基础文件变化。")
    case .sweep:
      Text(
        "Without a range every choice of a reading is tried. Two names give a grid. Without a programme it is about what was asked last.",
        zh: "读法不写范围时逐一试全部选项；两个名称得到一张网格。不写方案时沿用上次所问。")
    case .find:
      Text(
        "Every solution is found, to the smallest step of the parameter, not only the first; where the total jumps over the figure, both sides are told.",
        zh: "按参数的最小步长给出全部解，而不只是第一个；合计跳过目标值时，给出两侧的值。")
    case .cliffs:
      Text("Groups near a threshold, what one record more or less is worth to them.", zh: "门槛附近的对象，以及多一条或少一条记录值多少。")
    case .sensitivity:
      Text(
        "One thing at a time, up and down by the share; readings by each of their choices.", zh: "逐项上下变动给定比例；读法逐一取各选项。")
    case .simulate:
      Text("Draws are numbered from a seed: the same command gives the same figures.", zh: "抽样由种子确定：同一命令得到同样的数字。")
    case .plot, .verify, .diff:
      Text(
        "Answers about money are numbered: r1, r2, …; the number names one later.", zh: "涉及金额的回答都有编号 r1、r2……，此后可用编号引用。")
    case .undo, .redo, .reset, .history:
      Text(
        "Steps are what changes the session: load, use, set, reset. How answers look is not among them.",
        zh: "步骤指改变会话的命令：加载、使用、设定、重置；显示方式不在其中。")
    default: nil
    }
  }
}
