// What could stand at the cursor of a what-if: names, ranges, programmes, results. Knows nothing of keys or screens.

import Diagnostics

extension Session {
  func whatIf(_ verb: Verb, _ after: [Token], _ position: CursorContext) -> [Completion] {
    let previous = position.previous
    let isAfterComma = after.last?.kind == .comma || after.last?.kind == .colon
    if Keyword.in.matches(previous) || after.last?.kind == .plus { return documents() }
    func keyword(_ keyword: Keyword, _ meaning: Text) -> Completion {
      Completion(language == .zh ? keyword.chinese : keyword.spellings[0], meaning.in(language))
    }
    let programme = keyword(.in, Text("a programme", zh: "方案"))
    switch verb {
    case .sweep:
      if after.isEmpty || isAfterComma { return settables() }
      if Keyword.from.matches(previous) || Keyword.to.matches(previous), let name = axis(after) {
        return values(of: name)
      }
      let from = keyword(.from, Text("where to begin", zh: "起点"))
      return [
        from, keyword(.to, Text("where to end", zh: "终点")), keyword(.step, Text("the step's size", zh: "步长")),
        programme,
      ]
    case .find:
      if after.isEmpty { return settables() }
      if Keyword.so.matches(previous) || Keyword.that.matches(previous) {
        return [keyword(.total, Text("the whole budget", zh: "预算合计"))]
      }
      if Keyword.total.matches(previous) { return ["=", "<=", ">="].map { Completion($0) } }
      if Keyword.from.matches(previous) || Keyword.to.matches(previous), let name = axis(after) {
        return values(of: name)
      }
      let goal = Text("that total = …", zh: "合计 = …")
      return [keyword(.so, goal), keyword(.from, Text("where to look first", zh: "查找的起点")), programme]
    case .draft:
      if after.isEmpty { return [] }
      if Keyword.from.matches(previous) { return documents() }
      if isAfterComma {
        return settables() + [
          keyword(.without, Text("a measure", zh: "措施")), keyword(.add, Text("a file with measures", zh: "含措施的文件")),
        ]
      }
      return after.count == 1 ? [keyword(.from, Text("a programme", zh: "方案"))] : []
    case .diff: return after.isEmpty || isAfterComma ? documents() : []
    case .cliffs:
      if Keyword.for.matches(previous) { return ids(position) }
      let options = [
        keyword(.within, Text("how many short or over", zh: "差多少以内")), keyword(.for, Text("an id", zh: "编号")),
      ]
      return (after.isEmpty ? documents() : []) + options
    case .sensitivity:
      return after.isEmpty
        ? documents() + [
          Completion(language == .zh ? "按" : "by", Text("a share, such as 10%", zh: "比例，例如 10%").in(language))
        ] : []
    case .simulate:
      if isAfterComma { return settables() }
      if after.isEmpty { return [Completion("1000", Text("times", zh: "次").in(language))] }
      return after.count == 1
        ? [keyword(.times, Text("then a colon and NAME = 60%..85%", zh: "其后冒号和 名称 = 60%..85%")), programme]
        : [programme]
    case .plot, .verify:
      guard after.isEmpty else { return [] }
      let known = results.all.reversed().prefix(30).map { Completion($0.name, $0.command.text) }
      return known + (verb == .plot ? verbs(all: !position.partial.isEmpty) : [])
    default: return []
    }
  }

  /// The name whose values are swept over: the last one before `from`.
  private func axis(_ after: [Token]) -> String? {
    guard let from = after.lastIndex(where: { Keyword.from.matches($0.word) }), from > 0 else { return nil }
    return after[from - 1].text
  }
}
