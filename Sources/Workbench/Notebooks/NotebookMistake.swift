// What can be wrong with a notebook, worded in both languages beside each case.

import Answers
import Commands
import Diagnostics
import Markup
import Sessions

enum NotebookMistake: Error {
  case notUTF8
  case openFence(String)
  case orphanOutput
  case unknownOption(String, nearest: [String])
  case badTolerance(String)
  case badName(String, String)
  case sameName(String, line: Int)
  case openFront
  case frontShape
  case unknownKey(String, nearest: [String])
  case badLanguage(String)
  case badType(String, nearest: [String])
  case noDefault(String)
  case outOfBounds(String, String)
  case parameterValue(String, ValueMistake)
  case unknownParameter(String, nearest: [String])
  case badParameterName(String)
  case noFigure
  case openValue
  case badExpression(String)
  case unknownResult(String, nearest: [String])
  case unknownField(String, String, nearest: [String])
  case notAmount(String)
  case noAnswer(String)
  case unexpectedSuccess
  case otherError(wanted: String, found: [String])
  case changedMeanwhile
  case noRows
  case noBase
  case notAPage(String)
  case nothingToRun(String)
  case unevenRow(Int, Int)
  case largeTable

  var code: String {
    switch self {
    case .notUTF8: "not-utf8"
    case .largeTable: "large-table"
    case .openFence: "open-fence"
    case .orphanOutput: "orphan-output"
    case .unknownOption, .badTolerance, .badName: "cell-option"
    case .sameName: "same-name"
    case .openFront, .frontShape, .unknownKey, .badLanguage: "front-matter"
    case .badType, .noDefault, .outOfBounds, .parameterValue, .unknownParameter, .badParameterName: "notebook-parameter"
    case .noFigure, .openValue, .badExpression, .unknownResult, .unknownField, .notAmount: "inline-value"
    case .noAnswer: "exercise"
    case .unexpectedSuccess, .otherError: "expect-error"
    case .changedMeanwhile: "changed-meanwhile"
    case .noRows, .unevenRow: "each"
    case .notAPage, .nothingToRun: "not-a-notebook"
    case .noBase: "cell-option"
    }
  }

  var message: Text {
    switch self {
    case .notUTF8: Text("the notebook is not UTF-8", zh: "笔记本不是 UTF-8 编码")
    case .largeTable:
      Text(
        "this table has more than \(MarkupTables.mostCells) cells", zh: "此表的单元格超过 \(MarkupTables.mostCells) 个")
    case .openFence(let word): Text("the fence `\(shown(word))` is never closed", zh: "代码块 `\(shown(word))` 没有结束")
    case .orphanOutput: Text("this output stands under no cell", zh: "此输出之上没有单元格")
    case .unknownOption(let word, _): Text("a cell has no option `\(shown(word))`", zh: "单元格没有选项 `\(shown(word))`")
    case .badTolerance(let text): Text("`\(shown(text))` is not a tolerance", zh: "`\(shown(text))` 不是容差")
    case .badName(let key, let text):
      Text("`\(shown(text))` cannot be a name for `\(shown(key))`", zh: "`\(shown(text))` 不能作 `\(shown(key))` 的名称")
    case .sameName(let name, let line):
      Text("a cell is called `\(shown(name))` already, on line \(line)", zh: "第 \(line) 行已有名为 `\(shown(name))` 的单元格")
    case .openFront: Text("the front matter is never closed", zh: "文首信息没有结束")
    case .frontShape: Text("the front matter is not a set of keys and values", zh: "文首信息不是一组键和值")
    case .unknownKey(let key, _): Text("the front matter knows no `\(shown(key))`", zh: "文首信息没有 `\(shown(key))` 这一项")
    case .badLanguage(let text):
      Text("`\(shown(text))` is not a language of this program", zh: "本程序没有语言 `\(shown(text))`")
    case .badType(let text, _): Text("`\(shown(text))` is not a type of parameter", zh: "`\(shown(text))` 不是参数类型")
    case .noDefault(let name): Text("the parameter `\(shown(name))` has no default", zh: "参数 `\(shown(name))` 没有默认值")
    case .outOfBounds(let name, let bound):
      Text("`\(shown(name))` is outside its bounds: \(bound)", zh: "`\(shown(name))` 超出界限：\(bound)")
    case .parameterValue(let name, let mistake):
      Text("`\(shown(name))`: \(mistake.message.en)", zh: "`\(shown(name))`：\(mistake.message.zh)")
    case .unknownParameter(let name, _):
      Text("the notebook has no parameter `\(shown(name))`", zh: "笔记本没有参数 `\(shown(name))`")
    case .badParameterName(let name):
      Text("`\(shown(name))` cannot be the name of a parameter", zh: "`\(shown(name))` 不能作参数名称")
    case .noFigure: Text("no figure stands before this expression", zh: "此式之前没有数字")
    case .openValue: Text("this expression is never closed", zh: "此式没有结束")
    case .badExpression(let text): Text("`\(shown(text))` cannot be worked out", zh: "无法计算 `\(shown(text))`")
    case .unknownResult(let name, _):
      Text("no cell before this is called `\(shown(name))`", zh: "此前没有名为 `\(shown(name))` 的单元格")
    case .unknownField(let result, let field, _):
      Text("`\(shown(result))` has no `\(shown(field))`", zh: "`\(shown(result))` 没有 `\(shown(field))`")
    case .notAmount(let text): Text("`\(shown(text))` is not an amount", zh: "`\(shown(text))` 不是金额")
    case .noAnswer(let name):
      Text("the exercise `\(shown(name))` has no answer to be held against", zh: "练习 `\(shown(name))` 没有可以核对的答案")
    case .unexpectedSuccess: Text("the cell was to fail and did not", zh: "此单元格应当出错，却没有")
    case .otherError(let wanted, let found):
      Text(
        "the cell was to fail with `\(shown(wanted))`, and failed with "
          + "\(found.map { "`\($0)`" }.joined(separator: ", "))",
        zh: "此单元格应以 `\(shown(wanted))` 出错，实为 \(found.map { "`\($0)`" }.joined(separator: "、"))")
    case .changedMeanwhile: Text("the file was changed while its notebook ran", zh: "运行期间文件已被改动")
    case .notAPage(let path):
      Text("`\(shown(path))` is neither a notebook nor a policy document", zh: "`\(shown(path))` 既不是笔记本，也不是政策文件")
    case .nothingToRun(let path):
      Text("`\(shown(path))` is no notebook: nothing in it can be run", zh: "`\(shown(path))` 不是笔记本，其中没有可运行的内容")
    case .noBase: Text("the cell does not say which document its rules change", zh: "单元格没有说明规则改动哪个文件")
    case .noRows: Text("the file has no rows", zh: "文件没有数据行")
    case .unevenRow(let found, let wanted):
      Text("the row has \(found) fields, the heading \(wanted)", zh: "此行有 \(found) 个字段，表头有 \(wanted) 个")
    }
  }

  var hint: Text? {
    switch self {
    case .notUTF8: Text("save it as UTF-8", zh: "请另存为 UTF-8")
    case .largeTable: Text("put its rows into a file of their own", zh: "请把数据放到单独的文件中")
    case .openFence: Text("close it with a line of ``` of its own", zh: "请另起一行写 ``` 结束")
    case .orphanOutput: Text("put it right under its cell, or remove it", zh: "请移到单元格正下方，或删去")
    case .unknownOption(let word, let nearest):
      NotebookMistake.question(nearest, word)
        ?? Text(
          "options are name=, hidden, silent, tolerance=, expect-error, unchecked, attempt=, answer=, from=",
          zh: "选项有 名称=、隐藏、静默、容差=、预期错误、不核对、作答=、答案=、从=")
    case .badTolerance: Text("write tolerance=1% or tolerance=0.5", zh: "写作 容差=1% 或 容差=0.5")
    case .badName:
      Text(
        "use letters, digits, - and _, beginning with a letter; r1, r2, … are results",
        zh: "用字母、数字、- 和 _，以字母开头；r1、r2 等是结果的名称")
    case .sameName: Text("give one of them another name", zh: "请给其中一个换个名称")
    case .openFront: Text("end it with a line ---", zh: "请以一行 --- 结束")
    case .frontShape: Text("write lines such as title: A costing", zh: "逐行写，例如 title: 一次测算")
    case .unknownKey(let key, let nearest):
      NotebookMistake.question(nearest, key)
        ?? Text("keys are title, language, scenarios, policies, parameters", zh: "可用：标题、语言、情景、政策、参数")
    case .badLanguage: Text("write en or zh", zh: "写 en 或 zh")
    case .badType(let text, let nearest):
      NotebookMistake.question(nearest, text)
        ?? Text(
          "types are money, number, months, days, share, date, name, or choices: [...]",
          zh: "类型有 金额、数、月数、天数、比例、日期、名称，或 选项: [...]")
    case .noDefault: Text("add default:, so that the notebook runs by itself", zh: "请补上 默认:，使笔记本可以独立运行")
    case .outOfBounds: Text("choose a value within", zh: "请取界限之内的值")
    case .parameterValue(_, let mistake): mistake.hint
    case .unknownParameter(let name, let nearest): NotebookMistake.question(nearest, name)
    case .badParameterName: Text("use letters, digits and _, beginning with a letter", zh: "用字母、数字和 _，以字母开头")
    case .noFigure:
      Text(
        "write **0**<!-- = r1.total -->; `--write` puts the figure in",
        zh: "写作 **0**<!-- = r1.total -->，`--write` 会填入数字")
    case .openValue: Text("close it with -->", zh: "请用 --> 结束")
    case .badExpression:
      Text("write NAME.total, or r1.total - r2.total as 万元", zh: "写作 名称.total，或 r1.total - r2.total as 万元")
    case .unknownResult(let name, let nearest):
      NotebookMistake.question(nearest, name)
        ?? Text("give a cell above a name: ```cesuan name=NAME", zh: "请给上面的单元格命名：```cesuan name=名称")
    case .unknownField(_, let field, let nearest): NotebookMistake.question(nearest, field)
    case .notAmount: Text("only amounts and counts can be added", zh: "只有金额和数量可以相加")
    case .noAnswer: Text("add a cell ```cesuan answer=NAME", zh: "请补一个单元格 ```cesuan answer=名称")
    case .unexpectedSuccess, .otherError: nil
    case .changedMeanwhile: Text("nothing was written; run it again", zh: "未写入任何内容，请重新运行")
    case .nothingToRun(let path):
      switch Files.ending(path) {
      case "ipynb":
        Text(
          "make one of it first: cesuan render \(shown(path)) --markdown \(shown(Files.stem(path))).md",
          zh: "请先转换：cesuan render \(shown(path)) --markdown \(shown(Files.stem(path))).md")
      case "yaml", "yml":
        Text("ask something of a scenario: cesuan \(shown(path)) -c run", zh: "情景请这样提问：cesuan \(shown(path)) -c 测算")
      default: Text("put a command between lines of ```cesuan and ```", zh: "请在 ```cesuan 与 ``` 两行之间写命令")
      }
    case .notAPage: Text("pages are made of Markdown files", zh: "网页由 Markdown 文件制作")
    case .noBase:
      Text(
        "write ```policy name=NAME from=changle-2022, or begin with `document NAME`",
        zh: "写作 ```policy 名称=草案名 从=changle-2022，或以 `document 名称` 开头")
    case .noRows:
      Text("the first line holds the parameters' names, each further line one value for each", zh: "第一行是参数名称，以下每行各给一组值")
    case .unevenRow: nil
    }
  }

  func diagnostic(at location: SourceRange?) -> Diagnostic { .error(code, message, hint: hint, at: location) }

  private static func question(_ nearest: [String], _ word: String) -> Text? {
    guard let first = nearest.first, first != word else { return nil }
    return Text("did you mean `\(shown(first))`?", zh: "是不是要写 `\(shown(first))`？")
  }
}
