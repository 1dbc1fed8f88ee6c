// What can be wrong with a what-if: impossible ranges, goals that are not money, distributions that are none. Worded in
// both languages beside each case.

import Commands
import Diagnostics
import PolicyLanguage

package enum WhatIfMistake {
  case notAWindow(String)
  case severalDocuments([String])
  case notVaried(String)
  case readingHasRange(Text, [Text])
  case needsRange(String)
  case stepZero
  case endless(Text, Text)
  /// A range that lies wholly outside the bounds of the document.
  case beyondBounds(OutsideRange)
  case tooManyPoints(Int, limit: Int)
  case tooManyAxes
  case axesAndProgrammes
  case sameAxis(String)
  case goalNotMoney(String)
  case goalUnknown(String, nearest: [String])
  case goalTwice(String)
  case needsAim(String)
  case aimNeedsRoom
  case tooManyFigures(Int)
  /// - Parameter upTo: the most that it may be, from `from` on; nil: no such bound.
  case notACount(String, from: Int64 = 0, upTo: Int64? = nil)
  case notAShare(String)
  /// Something is not drawn as it was asked.
  case drawn(DrawMistake)
  case inputTwice(String, String)
  /// A file that is to be added to a document declares nothing.
  case nothingToAdd(String)
  case nothingToPlot
  case notPlotted(String)
  case tooLargeToVary(Int)
  case groupsOfOne
  case groupsOfTotal

  package var code: String {
    switch self {
    case .notAWindow: "not-a-window"
    case .severalDocuments: "several-documents"
    case .notVaried, .readingHasRange, .needsRange: "not-a-range"
    case .stepZero, .endless, .beyondBounds, .tooManyPoints, .tooManyAxes, .sameAxis, .axesAndProgrammes,
      .tooManyFigures:
      "range"
    case .goalNotMoney, .goalUnknown, .goalTwice, .needsAim, .aimNeedsRoom: "goal"
    case .notACount, .notAShare, .drawn, .inputTwice, .tooLargeToVary, .groupsOfOne, .groupsOfTotal: "distribution"
    case .nothingToAdd: "no-document"
    case .nothingToPlot, .notPlotted: "plot"
    }
  }

  package var message: Text {
    switch self {
    case .notAWindow(let text): Text("`\(shown(text))` is no period", zh: "`\(shown(text))` 不是期限")
    case .severalDocuments(let names):
      Text(
        "this needs one document, and the programme has several: \(names.joined(separator: ", "))",
        zh: "此处需要单一文件，而方案含多个：\(names.joined(separator: "、"))")
    case .notVaried(let name): Text("`\(shown(name))` cannot be varied", zh: "`\(shown(name))` 不能逐点变化")
    case .readingHasRange(let name, _):
      Text(
        "`\(shown(name.en))` is a reading: it has choices, no range", zh: "`\(shown(name.zh))` 是口径，只有选项，没有范围")
    case .needsRange(let name): Text("`\(shown(name))` needs a range", zh: "`\(shown(name))` 需要范围")
    case .stepZero: Text("a step of zero never gets anywhere", zh: "步长为零，永远到不了终点")
    case .endless(let from, let to):
      Text(
        "the range runs backwards: it begins at \(from.en) and ends below, at \(to.en)",
        zh: "范围的起点 \(from.zh) 大于终点 \(to.zh)")
    case .beyondBounds(let range):
      Text(
        "`\(shown(range.name.en))` may be \(range.bounds.en) by the document; \(range.from.en) to \(range.to.en) lies "
          + "outside",
        zh: "“\(shown(range.name.zh))”的文件界限为 \(range.bounds.zh)，\(range.from.zh) 至 \(range.to.zh) 全在界限之外")
    case .tooManyPoints(let count, let limit):
      Text("\(count) points are too many; no more than \(limit) are run", zh: "\(count) 个点太多，最多 \(limit) 个")
    case .tooManyAxes: Text("a sweep goes along one thing or two", zh: "扫描最多两个维度")
    case .axesAndProgrammes: Text("a grid is swept for one programme", zh: "两维扫描只针对一套方案")
    case .sameAxis(let name): Text("`\(shown(name))` stands on both axes", zh: "`\(shown(name))` 出现了两次")
    case .goalNotMoney(let name):
      Text("`\(shown(name))` is not money, so it cannot be the goal", zh: "`\(shown(name))` 不是金额，不能作为目标")
    case .goalUnknown(let name, _):
      Text(
        "the goal names `\(shown(name))`, which is no measure, year, month or beneficiary",
        zh: "目标中的 `\(shown(name))` 不是措施、年度、月份或对象")
    case .goalTwice(let name): Text("the goal names two of a kind: `\(shown(name))`", zh: "目标中同类内容重复：`\(shown(name))`")
    case .needsAim: Text("of several figures many combinations may do", zh: "同时调整多个参数时，可行的组合可能很多")
    case .aimNeedsRoom:
      Text("an exact sum leaves nothing to choose the best from", zh: "恰好等于某一金额时，没有可供择优的余地")
    case .tooManyFigures(let most):
      Text("no more than \(most) figures are chosen at once", zh: "最多同时调整 \(most) 个参数")
    case .notACount(let text, _, _):
      Text("`\(shown(text))` is no whole number that can be used here", zh: "`\(shown(text))` 不是可用的整数")
    case .notAShare(let text): Text("`\(shown(text))` is no share", zh: "`\(shown(text))` 不是比例")
    case .drawn(let mistake): mistake.message
    case .inputTwice(let name, let other):
      name == other
        ? Text("`\(shown(name))` is given twice", zh: "`\(shown(name))` 写了两次")
        : Text(
          "`\(shown(other))` is given twice, here as `\(shown(name))`",
          zh: "`\(shown(other))` 写了两次，此处写作 `\(shown(name))`")
    case .nothingToAdd(let file): Text("`\(shown(file))` declares nothing", zh: "`\(shown(file))` 没有任何声明")
    case .nothingToPlot: Text("there is nothing to draw yet", zh: "还没有可绘制的结果")
    case .notPlotted(let name): Text("`\(shown(name))` has no chart", zh: "`\(shown(name))` 没有图")
    case .tooLargeToVary(let limit):
      Text("there are more than \(limit) hires to draw anew each time", zh: "每次要重抽的用工超过 \(limit) 人")
    case .groupsOfOne: Text("two programmes are not taken apart in groups", zh: "两个方案对比时不能再分组")
    case .groupsOfTotal: Text("only the total is taken apart in groups", zh: "只有合计可以分组")
    }
  }

  package var hint: Text? {
    switch self {
    case .notAWindow: Text("write window = 2022-03-01..2024-12-31", zh: "写作 window = 2022-03-01..2024-12-31")
    case .severalDocuments: Text("name one of them", zh: "请写明其中之一")
    case .notVaried:
      Text("parameters, values laid down elsewhere and readings can: `list parameters`", zh: "参数、引用标准和口径可以：`列出 参数`")
    case .readingHasRange(let name, let choices):
      Text(
        "write `sweep \(shown(name.en))`; its choices are \(choices.map(\.en).joined(separator: ", "))",
        zh: "写作 `扫描 \(shown(name.zh))`；选项为 \(choices.map(\.zh).joined(separator: "、"))")
    case .needsRange(let name):
      Text("write: sweep \(shown(name)) from A to B step C", zh: "写作：扫描 \(shown(name)) 从 A 到 B 步长 C")
    case .stepZero: Text("write a step above zero, or none", zh: "请写大于零的步长，或省略")
    case .endless(_, _): Text("write the smaller figure first", zh: "请先写较小的数")
    case .beyondBounds(let range):
      Text("write a range within the bounds: from \(range.within)", zh: "请写界限之内的范围：从 \(range.within)")
    case .tooManyPoints: Text("take a larger step", zh: "请加大步长")
    case .tooManyAxes, .axesAndProgrammes: Text("sweep them one after the other", zh: "请分别扫描")
    case .sameAxis: Text("name it once", zh: "只写一次")
    case .goalNotMoney:
      Text("a goal is a sum: total, due, pending, a measure, a year, somebody", zh: "目标应是金额：合计、应付、未到期、某措施、某年度、某对象")
    case .goalUnknown(_, let nearest):
      nearest.isEmpty
        ? Text("write for example: total, agency_reward, 2023, or an id", zh: "例如：合计、机构奖励、2023 或编号")
        : Text("did you mean \(nearest.joined(separator: ", "))?", zh: "是不是要写 \(nearest.joined(separator: "、"))？")
    case .goalTwice: Text("name one", zh: "请只写一个")
    case .needsAim(let count):
      Text(
        "say what is wanted most: with most \(shown(count.isEmpty ? "placed" : count))",
        zh: "请写明择优目标，例如：且 \(shown(count.isEmpty ? "达标人员" : count)) 最多")
    case .aimNeedsRoom: Text("write <= or >= before the amount", zh: "请写“不超过”或“不少于”")
    case .tooManyFigures: Text("leave the others as they are set", zh: "其余参数按现值，可先设定")
    case .notACount(_, let least, let most?):
      Text(
        "write a whole number from \(least) to \(most)", zh: "请写 \(least) 至 \(most) 的整数")
    case .notACount: Text("write a whole number such as 1000", zh: "请写整数，例如 1000")
    case .notAShare: Text("write 80% or 0.8", zh: "写作 80% 或 0.8")
    case .drawn(let mistake): mistake.hint
    case .inputTwice: Text("keep one of the two", zh: "请保留其中一个")
    case .nothingToAdd:
      Text("write `measure NAME` or a parameter in it, or name another file", zh: "请在其中写措施或参数，或改用另一文件")
    case .nothingToPlot:
      Text("ask something first: plot sweep rate_3m from 200 to 400", zh: "先提问，例如：绘图 扫描 首次标准 从 200 到 400")
    case .notPlotted:
      Text("runs, comparisons, sweeps, sensitivities, simulations and readings have one", zh: "测算、比较、扫描、敏感性、模拟、口径都有图")
    case .groupsOfOne: Text("leave out `by`, or `against`", zh: "请去掉“按”，或去掉“对比”")
    case .groupsOfTotal: Text("leave out `by`, or `of`", zh: "请去掉“按”，或去掉“的”及其后的数字")
    case .tooLargeToVary: Text("let parameters vary instead, or take a smaller scenario", zh: "请改为让参数变动，或用较小的情景")
    }
  }
}
