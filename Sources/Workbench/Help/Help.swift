// Help: a page of all commands, and one for each. Pages that belong to no command are in HelpTopics, the examples in
// HelpExamples.

import Commands
import Diagnostics
import Engine
import Reports
import View

extension Session {
  func help(_ topic: Written?) throws(Refusal) -> Answer {
    guard let topic else { return HelpPages.overview() }
    let word = topic.text.lowercased()
    let vocabulary = WorkbenchCommands.vocabulary
    if let found = vocabulary.named(word) ?? vocabulary.leading(topic.text)?.request { return page(found.form) }
    if word == "why not" { return page(WhyNotCommand.form) }
    let meant = vocabulary.beginning(with: word)
    if let only = meant.first, meant.count == 1 { return page(only.form) }
    if let topic = HelpTopic.named(word) { return HelpPages.page(topic) }
    // Anything that can be shown explains itself.
    if let shown = try? show(topic, Command(ShowCommand(topic), text: topic.raw, location: topic.location)) { return shown }
    let topics = vocabulary.forms.flatMap(\.spellings) + HelpTopic.allCases.flatMap { [$0.rawValue, $0.chinese] }
    throw Refusal(
      .unknownTopic(topic.raw, nearest: Nearest.names(to: topic.text, among: topics + nearest(topic.text))),
      at: topic.location)
  }

  private func page(_ form: CommandForm) -> Answer { HelpPages.page(form, examples(of: form)) }

  /// Commands to try, on the scenario that is loaded and in the session's language.
  func examples(of form: CommandForm) -> [String] {
    WorkbenchCommands.type(of: form).examples(ExampleNames(self)).map { $0.in(language) }
  }
}

enum HelpPages {
  static func overview() -> Answer {
    let forms = WorkbenchCommands.vocabulary.forms
    let sections = CommandForm.Group.allCases.map { group in
      let own = forms.enumerated().filter { $0.element.group == group }
        .sorted { ($0.element.order ?? $0.offset, $0.offset) < ($1.element.order ?? $1.offset, $1.offset) }
      return Table.Section(
        title: [Span(group.title, .title)],
        rows: own.map { Table.Row([.spans([Span($0.element.usage, .code)]), .text($0.element.meaning)]) })
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
    let commands: [JSONValue] = forms.map {
      [
        "command": .string($0.name), "chinese": .string($0.chinese[0]), "usage": .string($0.usage.en),
        "meaning": .string($0.meaning.en),
      ]
    }
    return Answer(Document(blocks), json: [["kind": "help", "commands": .array(commands)]])
  }

  static func page(_ form: CommandForm, _ examples: [String]) -> Answer {
    let names = (form.english.dropFirst() + form.chinese).joined(separator: " · ")
    var blocks: [Block] = [
      .heading(level: 2, [.data(form.english[0] + "  ", .title), .data(names, .muted)]),
      .paragraph(form.meaning), .lines([[Span(form.usage, .code)]]),
    ]
    if let more = form.more { blocks.append(.paragraph(more)) }
    if !examples.isEmpty {
      blocks.append(.paragraph(Text("For example:", zh: "例如：")))
      blocks.append(.lines(examples.map { [.data("  "), .data($0, .code)] }))
    }
    return Answer(
      Document(blocks),
      json: [
        [
          "kind": "help", "command": .string(form.name), "usage": .string(form.usage.en),
          "meaning": .string(form.meaning.en), "examples": .strings(examples),
        ]
      ])
  }
}
