// Why a simulation does not draw what was asked: what varies nothing, what is no distribution, columns that hold
// nothing. Each says what can be written instead, as a line that can be given where there is one.

import Commands
import Diagnostics

package enum DrawMistake {
  case notADistribution(String)
  /// A range whose first figure is the larger.
  case rangeTurned(String)
  /// - Parameters:
  ///   - known: what of the facts can be drawn.
  ///   - meant: the name with which the command can be given.
  case unknownInput(String, nearest: [String], known: [Text], meant: String?)
  /// A reading is no figure; the line runs each of its choices.
  case readingNotDrawn(String, line: Text)
  case settingNotDrawn(String)
  case nothingVaries(hasCohorts: Bool, line: Text?)
  case needsCohorts(line: Text?)
  case needsRetention(line: Text?)
  case unknownColumn(String, fitting: [Text])
  case otherColumn(String, fitting: [Text])
  case emptyColumn(String, fitting: [Text], line: Text?)

  /// The name with which the command can be given.
  var meant: String? { if case .unknownInput(_, _, _, let meant) = self { meant } else { nil } }

  package var message: Text {
    switch self {
    case .notADistribution(let text): Text("`\(shown(text))` is no distribution", zh: "`\(shown(text))` 不是分布")
    case .rangeTurned(let text):
      Text("the range `\(shown(text))` begins with the larger figure", zh: "范围 `\(shown(text))` 的起点大于终点")
    case .unknownInput(let name, _, _, _):
      Text("`\(shown(name))` is nothing that can vary", zh: "`\(shown(name))` 不是可变动的量")
    case .readingNotDrawn(let name, _):
      Text("`\(shown(name))` is a reading: it has choices, and is not drawn", zh: "`\(shown(name))` 是口径，只有选项，不能抽取")
    case .settingNotDrawn(let name):
      Text("`\(shown(name))` is set beforehand, and is not drawn", zh: "`\(shown(name))` 须事先设定，不能抽取")
    case .nothingVaries(let hasCohorts, _):
      hasCohorts
        ? Text(
          "nothing varies: no input is named, and the cohorts state no retention", zh: "没有可变动的量：未写输入，批次也没有留存率")
        : Text("nothing varies: no input is named, and there are no cohorts", zh: "没有可变动的量：未写输入，情景中也没有批次")
    case .needsCohorts: Text("this scenario has no cohorts to draw from", zh: "本情景没有批次可供抽取")
    case .needsRetention:
      Text("the cohorts of this scenario state no retention", zh: "本情景的批次没有写留存率")
    case .unknownColumn(let name, _):
      Text("`\(shown(name))` is no column of the facts", zh: "情景中没有 `\(shown(name))` 这一列")
    case .otherColumn(let name, _):
      Text("the column `\(shown(name))` has no figures of this kind", zh: "列 `\(shown(name))` 不是这一类数值")
    case .emptyColumn(let name, _, _):
      Text("the column `\(shown(name))` holds nothing to draw from", zh: "列 `\(shown(name))` 没有可抽取的数值")
    }
  }

  package var hint: Text? {
    switch self {
    case .notADistribution:
      Text(
        "write 60%..85%, normal(300, 20), triangular(200, 300, 400), or empirical(hires.monthly_wage)",
        zh: "写作 60%..85%、正态(300, 20)、三角(200, 300, 400) 或 经验(hires.monthly_wage)")
    case .rangeTurned: Text("write the smaller one first", zh: "请先写较小的数")
    case .unknownInput(_, let nearest, let known, _):
      nearest.isEmpty
        ? Text(
          "what can vary: parameters and values (`list parameters`), \(Self.some(known.map(\.en), ", ")); "
            + "also seed and budget",
          zh: "可变动的有：参数和引用标准（`列出 参数`）、\(Self.some(known.map(\.zh), "、"))；另可写种子、预算")
        : Text("did you mean \(nearest.joined(separator: ", "))?", zh: "是不是要写 \(nearest.joined(separator: "、"))？")
    case .readingNotDrawn(_, let line):
      Text("what each choice comes to: `\(line.en)`", zh: "各选项的结果见 `\(line.zh)`")
    case .settingNotDrawn(let name):
      Text(
        "write it before the command: with \(shown(name)) = …, simulate …", zh: "请写在命令之前：若 \(shown(name)) = …，模拟 …")
    case .nothingVaries(let hasCohorts, let line):
      Self.either(
        hasCohorts
          ? Text("add `retention: {3: 80%}` to a cohort", zh: "请在批次中补上 `留存率: {3: 80%}`")
          : Text("describe hires as `cohorts` in the scenario", zh: "请在情景中以 `批次` 描述用工"), line)
    case .needsCohorts(let line):
      Self.either(Text("describe hires as `cohorts` in the scenario", zh: "请在情景中以 `批次` 描述用工"), line)
    case .needsRetention(let line):
      Self.either(Text("add `retention: {3: 80%}` to a cohort", zh: "请在批次中补上 `留存率: {3: 80%}`"), line)
    case .unknownColumn(_, let fitting), .otherColumn(_, let fitting): Self.columns(fitting, line: nil)
    case .emptyColumn(_, let fitting, let line): Self.columns(fitting, line: line)
    }
  }

  // MARK: Parts of hints

  /// What could be done to the facts, or a command that draws something as they are.
  private static func either(_ what: Text, _ line: Text?) -> Text {
    guard let line else { return what }
    return Text("\(what.en), or draw something else: `\(line.en)`", zh: "\(what.zh)，或让别的量变动：`\(line.zh)`")
  }

  /// Columns that hold figures of the kind, or a command that does without.
  private static func columns(_ fitting: [Text], line: Text?) -> Text? {
    let names =
      fitting.isEmpty
      ? nil
      : Text(
        "columns that hold such figures: \(some(fitting.map(\.en), ", "))",
        zh: "有这类数值的列：\(some(fitting.map(\.zh), "、"))")
    let range = line.map { Text("write a range instead: `\($0.en)`", zh: "也可写范围：`\($0.zh)`") }
    switch (names, range) {
    case (let names?, let range?): return Text("\(names.en); \(range.en)", zh: "\(names.zh)；\(range.zh)")
    case (let only?, nil), (nil, let only?): return only
    case (nil, nil):
      return Text("no column holds such figures: write a range such as 60..85", zh: "没有哪一列有这类数值，请写范围，例如 60..85")
    }
  }

  private static func some(_ names: [String], _ separator: String) -> String {
    names.prefix(8).map { shown($0) }.joined(separator: separator) + (names.count > 8 ? separator + "…" : "")
  }
}
