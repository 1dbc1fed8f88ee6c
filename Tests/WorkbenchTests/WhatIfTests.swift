import Commands
import Diagnostics
import Testing

@testable import Workbench

/// A what-if as one line that two spellings of it share; places left out.
func described(_ request: any Request) -> String {
  func name(_ w: Written?) -> String { w?.text ?? "-" }
  func range(_ r: (from: Written, to: Written)?) -> String { r.map { "\($0.from.text)..\($0.to.text)" } ?? "-" }
  func goal(_ words: [Written]) -> String {
    words.map { Keyword.total.matches($0.text) ? "total" : $0.text }.joined(separator: " ")
  }
  switch request {
  case let command as DraftCommand:
    let r = command.request
    let changes = r.changes.map { change in
      switch change {
      case .set(let a): a.name.text + "=" + a.value.text
      case .without(let m): "without " + m.text
      case .add(let f): "add " + f.text
      }
    }
    let base =
      switch r.base {
      case .programme(let programme): programme.text
      case .book(let file): "book " + file.text
      }
    return "draft \(r.name.text) \(base) \(changes)"
  case let r as DiffCommand: return "diff \(r.first.text) \(r.second.text)"
  case let command as SweepCommand:
    let r = command.request
    return "sweep \(r.axes.map { "\($0.name.text) \(range($0.range)) \(name($0.step))" }) \(r.programmes.map(\.text))"
  case let command as FindCommand:
    let r = command.request
    return
      "find \(r.name.text) \(range(r.range)) \(r.further.map { $0.name.text + " " + range($0.range) }) \(goal(r.goal)) "
      + "\(r.comparison) \(r.value.text) \(r.aim.map { "\($0.isMost) \($0.what.text)" } ?? "-") "
      + "\(r.programme?.text ?? "-")"
  case let r as CliffsCommand: return "cliffs \(r.programme?.text ?? "-") \(name(r.within)) \(name(r.subject))"
  case let r as SensitivityCommand: return "sensitivity \(r.programme?.text ?? "-") \(name(r.change))"
  case let command as SimulateCommand:
    let r = command.request
    return "simulate \(r.times.text) \(r.programme?.text ?? "-") \(r.inputs.map { $0.name.text + "=" + $0.value.text })"
  case let r as PlotCommand: return "plot \(name(r.result)) \(r.inner.first.map { described($0.request) } ?? "-")"
  case let r as VerifyCommand: return "verify \(name(r.name))"
  case let r as ExplainCommand:
    switch r.question {
    case .subject(let subject, let measure): return "explain \(subject.raw) \(measure?.text ?? "-")"
    case .difference(let a, let b, let who): return "difference \(a.text) \(b.text) \(name(who))"
    }
  default: return "something else"
  }
}

@Suite("What-ifs in two languages")
struct WhatIfParsingTests {
  @Test(
    "parse to the same command",
    arguments: [
      (
        "draft g from changle-2022: rate_3m = 400, without base_operating",
        "草案 g 从 changle-2022：rate_3m = 400，去掉 base_operating"
      ),
      ("diff changle-2022, g", "差异 changle-2022，g"),
      ("sweep rate_3m from 200 to 580 step 20", "扫描 rate_3m 从 200 到 580 步长 20"),
      ("sweep rate_3m from 200 to 580 step 20", "扫描rate_3m从200到580步长20"),
      (
        "sweep rate_3m from 200 to 300, threshold_means in changle-2022",
        "扫描 rate_3m 从 200 到 300，threshold_means 于 changle-2022"
      ),
      ("find rate_3m so that total = 250万", "求解 rate_3m 使 合计 = 250万"),
      ("find rate_3m so that total <= 250万", "求解 rate_3m 使得 合计 ≤ 250万"),
      (
        "find rate_3m from 100 to 400 so that total >= 2500000 in changle-2022",
        "求解 rate_3m 从 100 到 400 使 合计 >= 2500000 于 changle-2022"
      ),
      (
        "find rate_3m, threshold so that total <= 300万 with most placed",
        "求解 rate_3m、threshold 使 合计 不超过300万，且 placed 最多"
      ),
      (
        "find rate_3m from 1 to 2, threshold so that total <= 300万 with fewest placed in changle-2022",
        "求解 rate_3m 从 1 到 2，threshold 使 合计 不超过 300万且placed最少 于 changle-2022"
      ),
      ("find rate_3m so that placed >= 5 with least total", "求解 rate_3m 使 placed 不少于 5 且最少 total"),
      ("cliffs changle-2022 within 3 for qx", "断崖 changle-2022 范围 3 给 qx"),
      ("sensitivity changle-2022 by 10%", "敏感性 changle-2022 按 10%"),
      (
        "simulate 1000 times: retention = 60%..85%, rate_3m = normal(300, 20)",
        "模拟 1000 次：retention = 60%..85%，rate_3m = normal(300, 20)"
      ),
      ("plot r3 into a.svg", "绘图 r3 存入 a.svg"),
      ("plot sweep rate_3m from 1 to 2 into a.svg", "绘图 扫描 rate_3m 从 1 到 2 存入 a.svg"),
      ("verify r3", "核验 r3"),
      ("explain changle-2022 vs g for qx", "解释 changle-2022 对比 g 给 qx"),
    ])
  func twins(_ en: String, _ zh: String) throws {
    #expect(described(try parsed(en).request) == described(try parsed(zh).request))
  }

  @Test(
    "are told apart from what is none",
    arguments: [
      "sweep", "sweep rate_3m from", "sweep rate_3m from 1", "find rate_3m", "find rate_3m so that = 4",
      "find rate_3m so that total",
      "find rate_3m so that total <= 3 with placed",
      "find rate_3m so that total <= 3 with most",
      "draft", "draft g", "draft g from", "diff changle-2022", "simulate", "simulate many times", "plot help",
      "explain a vs",
      "simulate 10 times: x", "draft g from changle-2022: rate_3m",
    ])
  func mistakes(_ text: String) {
    let statements = WorkbenchCommands.parser.parse(SourceFile(name: "test", text: text))
    #expect(statements.allSatisfy { $0.command == nil && !$0.diagnostics.isEmpty })
  }
}
