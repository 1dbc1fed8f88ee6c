// What the YAML library finds wrong with a file's form, in words for people who have never heard of YAML's grammar.
// Knows nothing of scenarios.
import Diagnostics

/// The wording of a syntax error, by the library's description of it.
enum YAMLWording {
  static func message(_ problem: String) -> Text {
    switch mistake(problem) {
    case .colon: Text("a colon where no value can begin", zh: "这里不能出现冒号")
    case .missingColon: Text("a key without its colon", zh: "键后缺少冒号")
    case .indentation: Text("this line does not stand in line with those above", zh: "本行缩进与上文不一致")
    case .bracket: Text("a bracket is not closed, or a comma is missing", zh: "括号没有配对，或缺少逗号")
    case .character: Text("no value can begin with this character", zh: "值不能以这个字符开头")
    case .tab: Text("a tab in the indentation", zh: "缩进里有制表符")
    case .quote: Text("a quotation mark is not closed", zh: "引号没有配对")
    case .alias: Text("an alias without its anchor", zh: "引用了不存在的锚点")
    case .control: Text("a control character", zh: "控制字符")
    case .escape: Text("an unknown escape in a quoted text", zh: "引号内的转义写法有误")
    case .other: Text("the file is not well-formed YAML (\(problem))", zh: "文件不符合 YAML 格式（\(problem)）")
    }
  }

  static func hint(_ problem: String) -> Text {
    switch mistake(problem) {
    case .colon: Text("put a text that holds a colon in quotation marks", zh: "含冒号的文字要加引号")
    case .missingColon: Text("write `name: value`, with a blank after the colon", zh: "请写 `name: value`，冒号后留空格")
    case .indentation: Text("keys of one record begin in the same column", zh: "同一记录的键要从同一列开始")
    case .bracket: Text("close it: `[a, b]` or `{a: 1, b: 2}`", zh: "请补全：`[a, b]` 或 `{a: 1, b: 2}`")
    case .character: Text("put the text in quotation marks", zh: "请给文字加引号")
    case .tab: Text("indent with blanks", zh: "请用空格缩进")
    case .quote: Text("close it on the same line", zh: "请在同一行补上")
    case .alias: Text("write the value out", zh: "请直接写出值")
    case .control: Text("remove it", zh: "请删去")
    case .escape: Text("use single quotation marks, or double the backslash", zh: "请改用单引号，或把反斜杠写成两个")
    case .other: Text("check the indentation, colons and quotation marks near here", zh: "请检查附近的缩进、冒号和引号")
    }
  }

  private enum Mistake {
    case colon, missingColon, indentation, bracket, character, tab, quote, alias, control, escape,
      other
  }

  private static func mistake(_ problem: String) -> Mistake {
    func has(_ part: String) -> Bool { problem.contains(part) }
    if has("mapping values are not allowed") { return .colon }
    if has("could not find expected ':'") { return .missingColon }
    if has("expected ',' or") { return .bracket }
    if has("tab character") { return .tab }
    if has("unexpected end of stream") || has("unexpected document indicator") { return .quote }
    if has("expected key") || has("block") || has("expected '-' indicator") { return .indentation }
    if has("cannot start any token") { return .character }
    if has("undefined alias") { return .alias }
    if has("control characters") { return .control }
    if has("escape") { return .escape }
    return .other
  }
}
