// Help: a page of all commands, and one for each. Pages that belong to no command are in HelpTopics, the examples in
// HelpExamples.

import Answers
import Commands
import Diagnostics
import Engine
import Sessions
import View

enum HelpPages {
  static func overview() -> Answer {
    let forms = WorkbenchCommands.vocabulary.forms
    let sections = CommandForm.Group.allCases.map { group in
      let own = forms.enumerated().filter { $0.element.group == group }
        .sorted { ($0.element.order ?? $0.offset, $0.offset) < ($1.element.order ?? $1.offset, $1.offset) }
      return (title: [Span(group.title, .title)] as [Span]?, entries: own.map(\.element))
    }
    let seen = Relation(
      sections: sections,
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
            Span("before a command, ", zh: "在命令前写 "), Span("with rate_3m = 400", zh: "若 首次标准 = 400", .code),
            Span(" holds for it alone; ", zh: "，只对该命令有效；"), Span("set", zh: "设定", .code),
            Span(" holds until undone", zh: " 则一直有效，直到撤销"),
          ],
          [
            Span("after it, ", zh: "在命令后可写 "), Span("by month", zh: "按月份", .code), Span(", ", zh: "、"),
            Span("as adopted", zh: "假设本地采用", .code), Span(", ", zh: "、"),
            Span("as csv", zh: "以 csv", .code), Span(", ", zh: "、"), Span("into FILE", zh: "存入 文件", .code),
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
              [Span(", ", zh: "、"), Span(Text("help \(topic.rawValue)", zh: "帮助 \(topic.chinese)"), .code)]
            },
        ]))
    let commands = Relation(
      of: forms,
      [
        .id("command", Text("Command", zh: "命令")) { $0.name },
        .id("chinese", Text("In Chinese", zh: "中文")) { $0.chinese[0] },
        .words("usage", Text("Usage", zh: "用法")) { $0.usage },
        .words("meaning", Text("What it does", zh: "作用")) { $0.meaning },
      ])
    return Answer(body, records: [Record(kind: "help", ["commands": .rows(commands)])])
  }

  /// What holds for one command alone.
  /// - Parameter set: a line that sets something, of which an example is made.
  static func with(_ set: String?) -> Answer {
    let usage = Text("with NAME = VALUE, … COMMAND", zh: "若 名称 = 值，…，命令")
    let meaning = Text("what holds for the command behind it alone", zh: "只对其后的一条命令有效的设定")
    let examples = set.flatMap { line -> [String]? in
      guard let space = line.firstIndex(of: " ") else { return nil }
      let isChinese = !line.utf8.starts(with: "set".utf8)
      return [isChinese ? "若\(line[space...])，测算" : "with\(line[space...]) run"]
    }
    var blocks: [Block] = [
      .heading(level: 2, [Span(Text("with  ", zh: "若  "), .title), Span(.same("if · 如果 · 假如 · 倘若"), .muted)]),
      .paragraph(meaning), .lines([[Span(usage, .code)]]),
      .paragraph(
        Text(
          "Several settings stand one behind the other with commas, and the word once. What `set` sets holds until it "
            + "is undone; what stands here goes before it.",
          zh: "几项设定用逗号隔开，“若”只写一次。“设定”一直有效，直到撤销；写在“若”后的先于它。")),
    ]
    if let examples {
      blocks.append(.paragraph(Text("For example:", zh: "例如：")))
      blocks.append(.lines(examples.map { [.data("  "), .data($0, .code)] }))
    }
    return Answer(
      Document(blocks),
      records: [
        Record(
          kind: "help",
          [
            "command": .id("with"), "usage": .words(usage), "meaning": .words(meaning),
            "examples": .ids(examples ?? []),
          ])
      ])
  }

  static func page(_ form: CommandForm, _ examples: [String]) -> Answer {
    let names = Text(
      (form.english.dropFirst() + form.chinese).joined(separator: " · "),
      zh: form.chinese.dropFirst().joined(separator: " · "))
    var blocks: [Block] = [
      .heading(
        level: 2,
        [Span(Text(form.english[0] + "  ", zh: form.chinese[0] + (names.zh.isEmpty ? "" : "  ")), .title)]
          + (names.zh.isEmpty ? [Span(Text(names.en, zh: ""), .muted)] : [Span(names, .muted)])),
      .paragraph(form.meaning), .lines([[Span(form.usage, .code)]]),
    ]
    if let more = form.more { blocks.append(.paragraph(more)) }
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
            "command": .id(form.name), "usage": .words(form.usage), "meaning": .words(form.meaning),
            "examples": .ids(examples),
          ])
      ])
  }
}
