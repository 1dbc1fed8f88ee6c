// What the YAML library finds wrong with a file's form, in words for people who have never heard of YAML's grammar.
// Knows nothing of scenarios.
import Diagnostics

/// A mistake in a text's form.
enum YAMLMistake: Sendable {
  case colon, missingColon, indentation, bracket, missingValue, questionMark, character, tab, quote
  case alias, anchorName, tag, directive, blockHeading, control, escape, goesOn
  /// The library's own description, for what none of the above covers.
  case other(String)

  /// - Parameters:
  ///   - problem: the library's description.
  ///   - context: what it was reading, where it says so.
  ///   - character: the one that it stopped at.
  init(_ problem: String, context: String?, at character: UInt8?) {
    func has(_ part: String) -> Bool { problem.contains(part) }
    func reading(_ part: String) -> Bool { context.map { $0.contains(part) } ?? false }
    self =
      if has("mapping values are not allowed") || has("unexpected ':'") {
        .colon
      } else if has("could not find expected ':'") {
        .missingColon
      } else if has("expected ',' or") {
        .bracket
      } else if has("tab character") || has("cannot start any token") && character == 0x09 {
        .tab
      } else if has("unexpected end of stream") || has("unexpected document indicator") {
        .quote
      } else if reading("block scalar") {
        .blockHeading
      } else if reading("directive") || has("directive") || has("YAML document") {
        .directive
      } else if has("<document start>") {
        .goesOn
      } else if reading("tag") || has("tag handle") {
        .tag
      } else if reading("an anchor") || reading("an alias") {
        .anchorName
      } else if has("expected key") || has("block") || has("expected '-' indicator") {
        .indentation
      } else if has("node content") {
        .missingValue
      } else if has("mapping keys are not allowed") {
        .questionMark
      } else if has("cannot start any token") {
        .character
      } else if has("control characters") || has("invalid Unicode character") && context == nil {
        .control
      } else if has("escape") || has("hexdecimal") {
        .escape
      } else {
        .other(problem)
      }
  }

  /// Whether it is best shown where what is wrong began.
  var isUnclosed: Bool {
    switch self {
    case .quote, .bracket: true
    case .colon, .missingColon, .indentation, .missingValue, .questionMark, .character, .tab, .alias, .anchorName, .tag,
      .directive, .blockHeading, .control, .escape, .goesOn, .other:
      false
    }
  }

  /// What is wrong.
  var message: Text {
    switch self {
    case .colon: Text("a colon where no value can begin", zh: "这里不能出现冒号")
    case .missingColon: Text("a key without its colon", zh: "键后缺少冒号")
    case .indentation: Text("this line does not stand in line with those above", zh: "本行缩进与上文不一致")
    case .bracket: Text("a bracket is not closed, or a comma is missing", zh: "括号没有配对，或缺少逗号")
    case .missingValue: Text("no value stands where one is expected", zh: "此处应有值而没有")
    case .questionMark: Text("a question mark where no key can begin", zh: "这里不能出现问号")
    case .character: Text("no value can begin with this character", zh: "值不能以这个字符开头")
    case .tab: Text("a tab in the indentation", zh: "缩进里有制表符")
    case .quote: Text("a quotation mark is not closed", zh: "引号没有配对")
    case .alias: Text("an alias without its anchor", zh: "引用了不存在的锚点")
    case .anchorName: Text("`&` and `*` want a name of letters and digits", zh: "`&` 和 `*` 之后应为字母和数字组成的名称")
    case .tag: Text("a tag (`!…`) that is not well-formed", zh: "标签（`!…`）写法有误")
    case .directive: Text("a directive (`%…`) that is not understood", zh: "指令（`%…`）无法识别")
    case .blockHeading: Text("`|` and `>` end their line", zh: "`|` 和 `>` 之后应换行")
    case .control: Text("a control character", zh: "控制字符")
    case .escape: Text("an unknown escape in a quoted text", zh: "引号内的转义写法有误")
    case .goesOn: Text("the file goes on where its one value has ended", zh: "文件的值到此已经结束，后面却还有内容")
    case .other(let problem):
      Text("the file is not well-formed YAML (\(problem))", zh: "文件不符合 YAML 格式（\(problem)）")
    }
  }

  /// How to mend it.
  var hint: Text {
    switch self {
    case .colon: Text("put a text that holds a colon in quotation marks", zh: "含冒号的文字要加引号")
    case .missingColon: Text("write `name: value`, with a blank after the colon", zh: "请写 `name: value`，冒号后留空格")
    case .indentation: Text("keys of one record begin in the same column", zh: "同一记录的键要从同一列开始")
    case .bracket: Text("close it: `[a, b]` or `{a: 1, b: 2}`", zh: "请补全：`[a, b]` 或 `{a: 1, b: 2}`")
    case .missingValue: Text("write the value, or remove the comma or bracket", zh: "请写出值，或删去多余的逗号或括号")
    case .questionMark, .character, .anchorName: Text("put the text in quotation marks", zh: "请给文字加引号")
    case .tab: Text("indent with blanks", zh: "请用空格缩进")
    case .quote: Text("close it on the same line", zh: "请在同一行补上")
    case .alias: Text("write the value out", zh: "请直接写出值")
    case .tag: Text("remove it, or put the text in quotation marks", zh: "请删去，或给文字加引号")
    case .directive, .control: Text("remove it", zh: "请删去")
    case .blockHeading: Text("write the text from the next line on, further in", zh: "请从下一行起写文字，并缩进")
    case .escape: Text("use single quotation marks, or double the backslash", zh: "请改用单引号，或把反斜杠写成两个")
    case .goesOn: Text("write lines such as `name: value`, in one column", zh: "请逐行写 `name: value`，并从同一列开始")
    case .other: Text("check the indentation, colons and quotation marks near here", zh: "请检查附近的缩进、冒号和引号")
    }
  }
}
