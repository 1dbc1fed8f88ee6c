// What can be wrong with what is asked of an open notebook, worded in both languages.

import Commands
import Diagnostics
import Sessions

enum LiveMistake {
  case notANotebook(String)
  case noCell
  case notACell
  case noExercise(String)
  case tooLong
  case otherPlan

  private var code: String {
    switch self {
    case .notANotebook: "not-a-notebook"
    case .noCell, .notACell: "live-cell"
    case .noExercise: "exercise"
    case .tooLong: "live-too-long"
    case .otherPlan: "changed-meanwhile"
    }
  }

  private var message: Text {
    switch self {
    case .notANotebook(let path):
      Text("`\(shown(path))` is no notebook: it has no cell", zh: "`\(shown(path))` 不是笔记本：其中没有单元格")
    case .noCell: Text("there is no such cell", zh: "没有这个单元格")
    case .notACell: Text("this text cannot stand in the cell by itself", zh: "这段文字不能单独放在单元格中")
    case .noExercise(let name): Text("there is no exercise `\(shown(name))`", zh: "没有练习 `\(shown(name))`")
    case .tooLong: Text("this takes too long for an exercise and was given up", zh: "耗时过长，已停止")
    case .otherPlan: Text("what was to be written is no longer what is shown", zh: "要写入的内容已与所示不同")
    }
  }

  private var hint: Text? {
    switch self {
    case .notANotebook: Text("a cell begins with a line ```cesuan", zh: "单元格以一行 ```cesuan 开头")
    case .noCell, .noExercise: Text("the page is being renewed; try again", zh: "页面正在更新，请再试")
    case .notACell: Text("fences and their lines are for an editor", zh: "代码块的围栏请在编辑器中修改")
    case .tooLong: Text("ask for less at once", zh: "请缩小范围")
    case .otherPlan: Text("look at it again; nothing was written", zh: "请重新查看；未写入任何内容")
    }
  }

  var diagnostic: Diagnostic { .error(code, message, hint: hint) }
}

extension LiveNotebook {
  /// A plan was asked for by another digest than the last one's.
  package static let otherPlan = Refusal([LiveMistake.otherPlan.diagnostic])
  /// A cell was asked for by its number in another edition.
  package static let noCell = Refusal([LiveMistake.noCell.diagnostic])
}
