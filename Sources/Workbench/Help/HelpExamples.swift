// Examples in help and what one may ask next: commands that work on the scenario that is loaded, with its own names. Knows
// nothing of how they are shown.

import Answers
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reports

/// Names of the session that examples are made of.
struct ExampleNames {
  var document = "changle-2022"
  var other = "jindong-2021"
  var measure = "agency_reward"
  var article = "三（二）"
  var parameter = "rate_3m"
  var value = "400"
  /// A range around it for sweeps, in yuan.
  var low = "200"
  var high = "400"
  var step = "50"
  var reading = "window_on"
  var choice = "accrual"
  var subject = "h17"
  var list = "hires"
  var scenario = "year"

  init(_ session: Session) {
    let documents =
      session.state.scenario.map { session.defaultDocuments($0) } ?? session.library.document(document).map { [$0] }
      ?? []
    guard let first = documents.first else { return }
    document = first.id
    other = session.library.ids.first { $0 != first.id } ?? other
    let dataset = session.state.scenario?.scenario.dataset
    /// The list that a measure looks at, where the scenario has records of it.
    func list(_ measure: CheckedMeasure) -> FactTable? {
      guard case .list(let name)? = measure.frame?.base, let table = dataset?.table(name), table.count > 0 else {
        return nil
      }
      return table
    }
    let paying = documents.flatMap(\.measures).filter { !$0.pays.isEmpty }
    let all = documents.flatMap(\.measures)
    func name(_ measure: CheckedMeasure) -> String {
      all.count { $0.name == measure.name } == 1 ? measure.name : measure.id
    }
    if let found = paying.first(where: { list($0) != nil }) ?? paying.first {
      measure = name(found)
      article = found.article.isEmpty ? article : found.article
      if let ids = list(found)?.ids, ids.count > 0 { subject = ids.text(0) }
    }
    let parameters = documents.flatMap { $0.parameters + $0.measures.flatMap(\.parameters) }
    if let found = parameters.first(where: { one in
      one.type == .money && one.value != nil && one.atMost == nil && parameters.count { $0.name == one.name } == 1
    }) {
      parameter = found.name
      let raw = found.value ?? 10_000
      value = ValueText.typed((raw &+ raw / 4) / 100 * 100, found.type).replacing(",", with: "")
      let whole = max(raw / 100, 4)
      (low, high, step) = (String(whole / 2), String(whole / 2 &+ whole / 4 * 4), String(whole / 4))
    }
    let readings = first.readings + first.measures.flatMap(\.readings)
    if let found = readings.first(where: { reading in
      readings.count { $0.name == reading.name } == 1 && reading.choices.count > 1
    }) {
      reading = found.name
      choice = found.choices[found.defaultIndex == 0 ? 1 : 0].name
    }
    if let table = dataset?.tables.filter({ $0.count > 0 }).max(by: { $0.count < $1.count }) {
      self.list = table.declaration.name
    }
    scenario = session.state.scenario?.name ?? scenario
  }
}

extension Session {
  /// Commands to try, on the scenario that is loaded and in the session's language.
  func examples(_ verb: Verb) -> [String] {
    let n = ExampleNames(self)
    return texts(verb, n).map { $0.in(language) }
  }

  private func texts(_ verb: Verb, _ n: ExampleNames) -> [Text] {
    switch verb {
    case .load:
      [Text("load scenarios/changle-2022-year.yaml as year", zh: "加载 scenarios/changle-2022-year.yaml 作为 year")]
    case .use: [Text("use \(n.scenario)", zh: "使用 \(n.scenario)")]
    case .list: [Text("list measures", zh: "列出 措施"), Text("list \(n.list)", zh: "列出 \(n.list)")]
    case .show:
      [
        Text("show \(n.document)", zh: "查看 \(n.document)"), Text("show \(n.article)", zh: "查看 \(n.article)"),
        Text("show \(n.measure)", zh: "查看 \(n.measure)"), Text("show \(n.parameter)", zh: "查看 \(n.parameter)"),
      ]
    case .set:
      [
        Text("set \(n.parameter) = \(n.value)", zh: "设定 \(n.parameter) = \(n.value.replacing(" yuan", with: "元"))"),
        Text("set \(n.reading) = \(n.choice)", zh: "设定 \(n.reading) = \(n.choice)"),
        Text("set unit = 万", zh: "设定 单位 = 万"),
      ]
    case .run:
      [
        Text("run", zh: "测算"), Text("run \(n.document) by month", zh: "测算 \(n.document) 按月份"),
        Text(
          "with \(n.parameter) = \(n.value) run \(n.document)",
          zh: "若 \(n.parameter) = \(n.value.replacing(" yuan", with: "元"))，测算 \(n.document)"),
      ]
    case .compare:
      [
        Text("compare \(n.document), \(n.other)", zh: "比较 \(n.document)，\(n.other)"),
        Text("compare \(n.document), \(n.other) by year", zh: "比较 \(n.document)，\(n.other) 按年度"),
      ]
    case .payments:
      [Text("payments \(n.measure)", zh: "明细 \(n.measure)"), Text("payments into ledger.csv", zh: "明细 存入 ledger.csv")]
    case .duties: [Text("duties", zh: "义务"), Text("duties \(n.document)", zh: "义务 \(n.document)")]
    case .readings: [Text("readings", zh: "读法"), Text("readings \(n.document)", zh: "读法 \(n.document)")]
    case .explain:
      [
        Text("explain \(n.subject)", zh: "解释 \(n.subject)"),
        Text("explain \(n.subject) \(n.measure)", zh: "解释 \(n.subject) \(n.measure)"),
      ]
    case .why: [Text("why not \(n.measure) for \(n.subject)", zh: "为何没有 \(n.measure) 给 \(n.subject)")]
    case .check: [Text("check my-draft.md", zh: "检查 my-draft.md")]
    case .undo: [Text("undo", zh: "撤销"), Text("undo 3", zh: "撤销 3")]
    case .redo: [Text("redo", zh: "重做")]
    case .source: [Text("source steps.cesuan", zh: "执行 steps.cesuan")]
    case .save: [Text("save steps.cesuan", zh: "保存 steps.cesuan")]
    case .language: [Text("language zh", zh: "语言 英文")]
    case .last:
      [
        Text("last wide", zh: "上次 全宽"), Text("last as csv", zh: "上次 以 csv"),
        Text("last into answer.md", zh: "上次 存入 answer.md"),
      ]
    case .settings: [Text("settings", zh: "选项"), Text("set unit = 万", zh: "设定 单位 = 万")]
    case .timer: [Text("timer on", zh: "计时 开")]
    case .help:
      [
        Text("help run", zh: "帮助 测算"), Text("help \(n.article)", zh: "帮助 \(n.article)"),
        Text("help words", zh: "帮助 词语"),
      ]
    case .draft:
      [
        Text(
          "draft generous from \(n.document): \(n.parameter) = \(n.value)",
          zh: "草案 generous 从 \(n.document)：\(n.parameter) = \(n.value.replacing(" yuan", with: "元"))")
      ]
    case .diff: [Text("diff \(n.document), \(n.other)", zh: "差异 \(n.document)，\(n.other)")]
    case .sweep:
      [
        Text(
          "sweep \(n.parameter) from \(n.low) to \(n.high) step \(n.step)",
          zh: "扫描 \(n.parameter) 从 \(n.low) 到 \(n.high) 步长 \(n.step)"),
        Text("sweep \(n.reading)", zh: "扫描 \(n.reading)"),
      ]
    case .find: [Text("find \(n.parameter) so that total = 1,000,000", zh: "求解 \(n.parameter) 使 合计 = 100万")]
    case .cliffs: [Text("cliffs", zh: "断崖"), Text("cliffs \(n.document)", zh: "断崖 \(n.document)")]
    case .sensitivity:
      [Text("sensitivity", zh: "敏感性"), Text("sensitivity \(n.document) by 10%", zh: "敏感性 \(n.document) 按 10%")]
    case .simulate:
      [
        Text(
          "simulate 200 times: \(n.parameter) = \(n.low)..\(n.high)",
          zh: "模拟 200 次：\(n.parameter) = \(n.low)..\(n.high)")
      ]
    case .plot:
      [
        Text(
          "plot sweep \(n.parameter) from \(n.low) to \(n.high) step \(n.step)",
          zh: "绘图 扫描 \(n.parameter) 从 \(n.low) 到 \(n.high) 步长 \(n.step)")
      ]
    case .verify: [Text("verify", zh: "核验")]
    case .translate: [Text("translate lesson.md to zh", zh: "翻译 lesson.md 到 英文")]
    case .history, .reset, .tour, .quit: []
    }
  }

  /// What one may ask after an answer.
  func next(after action: Action) -> [String] {
    let isChinese = language == .zh
    func word(_ text: Text) -> String { text.in(language) }
    switch action {
    case .load where isSlowToLoad: return [isChinese ? "测算" : "run", word(Text("set cache = on", zh: "设定 缓存 = 开"))]
    case .load, .use: return [isChinese ? "测算" : "run", isChinese ? "导览" : "tour"]
    case .run:
      let n = ExampleNames(self)
      return [
        word(Text("explain \(paidSubject ?? n.subject)", zh: "解释 \(paidSubject ?? n.subject)")),
        word(
          Text(
            "with \(n.parameter) = \(n.value) run", zh: "若 \(n.parameter) = \(n.value.replacing(" yuan", with: "元"))，测算"
          )),
        word(Text("readings", zh: "读法")),
      ]
    case .compare: return [word(Text("list measures", zh: "列出 措施")), word(Text("readings", zh: "读法"))]
    case .payments: return [word(Text("payments into ledger.csv", zh: "明细 存入 ledger.csv"))]
    case .set: return [word(Text("run", zh: "测算")), word(Text("undo", zh: "撤销"))]
    case .explain: return [word(Text("show \(ExampleNames(self).article)", zh: "查看 \(ExampleNames(self).article)"))]
    default: return []
    }
  }

  /// Whether the present scenario is so large that its columns were worth keeping, and they are not.
  private var isSlowToLoad: Bool {
    guard !preferences.isOn(.cache), cacheFolder != nil, let loaded = state.scenario else { return false }
    return loaded.scenario.dataset.tables.contains { $0.count >= 500_000 }
  }

  /// The subject of the first payment of the last run.
  private var paidSubject: String? {
    guard let last, let block = last.ledger.blocks.first(where: { $0.count > 0 }) else { return nil }
    let subject = last.ledger.subject(block, 0)
    return subject.isEmpty ? last.ledger.beneficiary(block, 0) : subject
  }
}
