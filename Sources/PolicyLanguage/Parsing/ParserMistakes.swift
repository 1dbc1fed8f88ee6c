// What can be wrong with the form of a policy, worded in both languages beside its case. Knows nothing of what rules
// mean.
import Diagnostics

/// Something that should have stood at a place.
enum Wanted: Sendable {
  case name, value, condition, text, number, date, place, unit, type, word(String), list, field, choice, quantity,
    clause
  /// A number from 1 to this in digits.
  case digits(upTo: Int)
  /// A number from one to another.
  case numberFrom(Int, to: Int)

  /// Whether figures and days are among what may stand there.
  var isFigure: Bool {
    switch self {
    case .value, .date: true
    case .name, .condition, .text, .number, .place, .unit, .type, .word, .list, .field, .choice, .quantity, .clause,
      .digits, .numberFrom:
      false
    }
  }

  var words: Text {
    switch self {
    case .name: Text("a name", zh: "名称")
    case .value: Text("a value", zh: "数值、日期或名称")
    case .condition: Text("a condition", zh: "条件")
    case .text: Text("a text in quotation marks", zh: "引号中的文字")
    case .number: Text("a number", zh: "数字")
    case .date: Text("a date", zh: "日期")
    case .place: Text("a place's code", zh: "行政区划代码")
    case .unit: Text("a unit", zh: "单位")
    case .type: Text("a type of fact", zh: "事实的类型")
    case .word(let word): Text("`\(word)`", zh: " `\(word)`")
    case .list: Text("the name of a list", zh: "列表名")
    case .field: Text("a field and its value", zh: "字段和值")
    case .choice: Text("a choice", zh: "选项")
    case .quantity: Text("an amount, or `met`, `not met` or `unknown`", zh: "金额，或 `met`、`not met`、`unknown`")
    case .clause: Text("a clause", zh: "子句")
    case .digits(let most): Text("a number from 1 to \(most) in digits, or `of`", zh: "1 至 \(most) 的数字，或 `of`")
    case .numberFrom(let least, let most): Text("a number from \(least) to \(most)", zh: "\(least) 至 \(most) 的数字")
    }
  }
}

/// What is wrong with a piece of rule text.
enum SyntaxMistake: Sendable {
  case notText(Int)
  case openString(curly: Bool)
  case unknownSign(String)
  case foreignSign(String)
  case expected(Wanted, found: Text, question: Text?, model: String?)
  case leftover(found: Text, question: Text?, model: String?)
  case badGroups
  case openBracket(model: String?)
  case unknownClause(String, in: Word, question: Text?, words: [String])
  case unknownDeclaration(String, question: Text?)
  case outside(Word)
  case reservedName(String)
  case repeated(String)
  case secondHeader
  case unknownType(String, question: Text?)
  case tooDeep
  case longNumber
  case badCount(String)
  case chained
  case listOutside
  case innerIf
  case placesAtOnce
  case negative
  case namelessYears(String)
  /// The yuan by another name, where a document says what its amounts are counted in.
  case yuanNamed(String)
  case deepChoice(String)
  case openFence
  case noRules
  case tooMany(Int)

  var code: String {
    switch self {
    case .notText: "not-utf8"
    case .openString: "open-text"
    case .unknownSign: "unknown-sign"
    case .foreignSign: "foreign-sign"
    case .expected: "unexpected"
    case .leftover: "leftover"
    case .badGroups: "bad-groups"
    case .openBracket: "open-bracket"
    case .unknownClause: "unknown-clause"
    case .unknownDeclaration: "unknown-declaration"
    case .outside: "outside-declaration"
    case .reservedName: "reserved-name"
    case .repeated: "repeated-clause"
    case .secondHeader: "second-header"
    case .unknownType: "unknown-type"
    case .tooDeep: "too-deep"
    case .longNumber: "long-number"
    case .badCount: "bad-count"
    case .chained: "chained-comparison"
    case .listOutside: "stray-list"
    case .innerIf: "inner-if"
    case .placesAtOnce: "places-at-once"
    case .negative: "negative"
    case .namelessYears: "endless-iteration"
    case .yuanNamed: "currency-is-yuan"
    case .deepChoice: "flat-choice"
    case .openFence: "open-fence"
    case .noRules: "no-rules"
    case .tooMany: "too-many-mistakes"
    }
  }

  var message: Text {
    switch self {
    case .notText(let count):
      Text(
        count == 1
          ? "A character could not be read." : "\(count) characters could not be read, the first of them here.",
        zh: count == 1 ? "有一个字符无法识别。" : "有 \(count) 个字符无法识别，第一个在此处。")
    case .openString: Text("This text has no closing quotation mark on its line.", zh: "这段文字在本行内没有结束引号。")
    case .unknownSign(let sign): Text("`\(sign)` has no meaning in a rule.", zh: "规则中不使用 `\(sign)`。")
    case .foreignSign(let sign): Text("`\(sign)` is not how rules write it.", zh: "规则中不写 `\(sign)`。")
    case .expected(let wanted, let found, _, _):
      Text("Expected \(wanted.words.en), found \(found.en).", zh: "此处应为\(wanted.words.zh)，却是\(found.zh)。")
    case .leftover(let found, _, let model):
      model == nil
        ? Text("The expression is complete before \(found.en).", zh: "表达式到此已经完整，后面又有\(found.zh)。")
        : Text("The clause is complete before \(found.en).", zh: "子句到此已经完整，后面又有\(found.zh)。")
    case .badGroups: Text("This comma does not part groups of three digits.", zh: "这个逗号没有按三位一组分隔数字。")
    case .openBracket: Text("This bracket is not closed in its clause.", zh: "这个括号在本子句内没有闭合。")
    case .unknownClause(let word, let owner, _, _):
      owner == .other
        ? Text("No clause begins with `\(word)`.", zh: "没有以 `\(word)` 开头的子句。")
        : Text(
          "No clause of `\(owner.rawValue)` begins with `\(word)`.", zh: "`\(owner.rawValue)` 中没有以 `\(word)` 开头的子句。")
    case .unknownDeclaration(let word, _):
      Text("`\(word)` begins no declaration.", zh: "`\(word)` 不能作为声明的开头。")
    case .outside(let word):
      Text("This `\(word.rawValue)` stands outside a declaration.", zh: "这个 `\(word.rawValue)` 不属于任何声明。")
    case .reservedName(let word):
      Text("`\(word)` is a word of the language and cannot be a name.", zh: "`\(word)` 是规则语言的用词，不能作名称。")
    case .repeated(let word): Text("There is a second `\(word)` here.", zh: "此处的 `\(word)` 重复了。")
    case .secondHeader: Text("A document has one header, and this is a second.", zh: "一份文件只有一个文件头，这里出现了第二个。")
    case .unknownType(let word, _): Text("`\(word)` is not a type of fact.", zh: "`\(word)` 不是事实的类型。")
    case .tooDeep: Text("This is nested too deeply.", zh: "此处嵌套过深。")
    case .longNumber: Text("This number has more than 30 digits.", zh: "这个数字超过 30 位。")
    case .badCount(let text): Text("`\(text)` is no number of records.", zh: "`\(text)` 不能作为记录数。")
    case .chained: Text("Two comparisons stand in a row.", zh: "两个比较连在了一起。")
    case .listOutside: Text("A list of values stands where one value belongs.", zh: "此处只能有一个值，却写了一列。")
    case .placesAtOnce:
      Text(
        "A quota is of so many in all or for each key; so many at once, where a place is free again when somebody "
          + "leaves, cannot be said.", zh: "名额只能写总数或每组数，同时不超过多少名、有人离开即可递补的名额无法表达。")
    case .innerIf: Text("An `if` inside a larger expression needs brackets.", zh: "较长表达式中的 `if` 需要加括号。")
    case .negative: Text("Only a figure can have a minus sign of its own.", zh: "只有数字前面可以单独写负号。")
    case .namelessYears(let name):
      Text("`each \(name)` does not say which.", zh: "`each \(name)` 没有说明范围。")
    case .yuanNamed(let name):
      Text("`\(name)` is the yuan, in which amounts are counted anyway.", zh: "`\(name)` 就是元，规则中的金额本来就按元计。")
    case .deepChoice(let name):
      Text("The choice `\(name)` does not stand deeper than `reading`.", zh: "选项 `\(name)` 没有比 `reading` 缩进得更深。")
    case .openFence: Text("This fence of rules is not closed.", zh: "这个规则代码块没有闭合。")
    case .noRules: Text("The document holds no rules.", zh: "文件中没有规则。")
    case .tooMany(let limit):
      Text("More than \(limit) mistakes: reading stopped here.", zh: "错误超过 \(limit) 处，读到此处为止。")
    }
  }

  var hint: Text? {
    switch self {
    case .notText: Text("Save the file as UTF-8.", zh: "请将文件另存为 UTF-8 编码。")
    case .openString(let curly):
      curly
        ? Text("Add ” at the end of the text.", zh: "请在文字末尾加上 ”。")
        : Text("Add \" at the end of the text.", zh: "请在文字末尾加上 \"。")
    case .unknownSign(let sign), .foreignSign(let sign): Self.remedy(for: sign)
    case .expected(let wanted, _, let question, let model): Self.hint(for: wanted, question, model)
    case .leftover(_, let question, let model):
      Self.hint(
        question
          ?? Text(
            "Say it in a clause of its own, or join it with `and`, `or` or a sign; leave out only what says nothing.",
            zh: "请另写一行，或用“且”（and）、“或”（or）或运算符号连接；没有实际内容的才可删去。"), model, isFigure: false)
    case .badGroups:
      Text("Write 12,345 or 12345; in a list put a space after the comma.", zh: "请写 12,345 或 12345；列表中逗号后请加空格。")
    case .openBracket(let model):
      model.map { Text("Add the closing bracket. For example: \($0)", zh: "请补上右括号。例如：\($0)") }
        ?? Text("Add the closing bracket.", zh: "请补上右括号。")
    case .unknownClause(_, _, let question, let words):
      question.map(Self.sentence)
        ?? Text(
          "A clause begins with \(Self.list(words).en); "
            + "a line that goes on with the one before begins with `and`, `or` or a sign.",
          zh: "子句以\(Self.list(words).zh)开头；续行以 `and`、`or` 或运算符号开头。")
    case .unknownDeclaration(_, let question):
      question.map(Self.sentence)
        ?? Text(
          "A declaration begins with \(Self.list(Word.allCases.filter(\.isDeclaration).map(\.rawValue)).en).",
          zh: "声明以\(Self.list(Word.allCases.filter(\.isDeclaration).map(\.rawValue)).zh)开头。")
    case .outside:
      Text(
        "Begin with `measure NAME`, `duty NAME` or another declaration; each fence stands by itself.",
        zh: "请先写 `measure 名称`、`duty 名称` 等声明；每个代码块各自独立。")
    case .reservedName(let word):
      Text(
        "Choose another name, such as `\(word)_date`, or leave the word out.",
        zh: "请换一个名称，如 `\(word)_date`，或删去该词。")
    case .repeated: Text("Keep one of the two.", zh: "请保留其中一个。")
    case .secondHeader: Text("Put the other document into a file of its own.", zh: "请把另一份文件放进单独的文件。")
    case .unknownType(let word, let question):
      DictionaryBuilder.usualName(word).map { Text("Write `\($0)`.", zh: "请写 `\($0)`。") }
        ?? question.map(Self.sentence) ?? DictionaryBuilder.typesOfFacts
    case .tooDeep: Text("Name the parts with `let` or `define`.", zh: "请用 `let` 或 `define` 给各部分命名。")
    case .longNumber: Text("Check the figure.", zh: "请核对数字。")
    case .badCount: Text("Write a whole number from 1 to 1,000,000.", zh: "请写 1 至 1,000,000 的整数。")
    case .chained:
      Text(
        "Join them: `x >= a and x <= b`, or write `x from a to b`.", zh: "请写成 `x >= a and x <= b`，或 `x from a to b`。")
    case .listOutside:
      Text("Lists follow `any of`: `kind is any of (a, b)`.", zh: "列表写在 `any of` 之后：`kind is any of (a, b)`。")
    case .placesAtOnce:
      Text(
        "Write a quota for each year or period, which is an approximation, and say so with `assume`.",
        zh: "请按年度或每期写名额（是近似处理），并用 `assume` 说明。")
    case .innerIf: Text("Write `(if C then A otherwise B)`.", zh: "请写 `(if C then A otherwise B)`。")
    case .negative: Text("Write `0 yuan - x`, or turn the subtraction around.", zh: "请写 `0 yuan - x`，或调换减法的顺序。")
    case .namelessYears(let name):
      Text(
        "Write `each \(name) from 1 to 3`, `each \(name) in FIELD`, or `each year`.",
        zh: "请写 `each \(name) from 1 to 3`、`each \(name) in 字段`，或 `each year`。")
    case .yuanNamed: Text("Leave this line out.", zh: "请删去这一行。")
    case .deepChoice: Text("Indent the line by two more spaces.", zh: "请再缩进两个空格。")
    case .openFence: Text("Close it with ``` on a line of its own.", zh: "请在规则之后单独一行写 ```。")
    case .noRules:
      Text("Rules stand between a line ```policy and a line ```.", zh: "规则写在以三个反引号加 policy 开头、以三个反引号结束的代码块里。")
    case .tooMany: Text("Correct these first.", zh: "请先改正这些错误。")
    }
  }

  func diagnostic(at location: SourceRange?) -> Diagnostic {
    if case .noRules = self { return Diagnostic(.warning, code: code, message, hint: hint, at: location) }
    return .error(code, message, hint: hint, at: location)
  }

  private static func hint(for wanted: Wanted, _ question: Text?, _ model: String?) -> Text {
    hint(question, model, isFigure: wanted.isFigure)
      ?? Text("Write \(wanted.words.en) here.", zh: "请在此处写\(wanted.words.zh)。")
  }

  /// What may have been meant, and a line as it should look.
  /// - Parameter isFigure: whether a figure or a day would do, which then are the example where there is no line.
  private static func hint(_ question: Text?, _ model: String?, isFigure: Bool) -> Text? {
    let figures = Text("For example: 300 yuan, 50%, 2022-01-28.", zh: "例如：300元（300 yuan）、50%、2022-01-28。")
    let example =
      model.map { Text("For example: \($0)", zh: "例如：\($0)") } ?? (isFigure && question == nil ? figures : nil)
    guard let question = question.map(Self.sentence) else { return example }
    guard let example else { return question }
    return Text(question.en + " " + example.en, zh: question.zh + example.zh)
  }

  private static func sentence(_ question: Text) -> Text {
    Text(question.en.prefix(1).uppercased() + question.en.dropFirst(), zh: question.zh)
  }

  private static func list(_ words: [String]) -> Text {
    let quoted = words.map { "`" + $0 + "`" }
    guard let last = quoted.last, quoted.count > 1 else { return .same(quoted.first ?? "") }
    return Text(
      quoted.dropLast().joined(separator: ", ") + " or " + last,
      zh: " " + quoted.dropLast().joined(separator: "、") + " 或 " + last + " ")
  }

  /// How rules write what a programmer, or an input method, has written with a sign.
  private static func remedy(for sign: String) -> Text {
    switch sign {
    case "==", "=<":
      sign == "==" ? Text("Write `=` or `is`.", zh: "请写 `=` 或 `is`。") : Text("Write `<=`.", zh: "请写 `<=`。")
    case "=>": Text("Write `>=`.", zh: "请写 `>=`。")
    case "!=", "<>", "!": Text("Write `is not`, or `not` before a condition.", zh: "请写 `is not`，或在条件前写 `not`。")
    case "&&", "&": Text("Write `and`.", zh: "请写 `and`。")
    case "||", "|": Text("Write `or`.", zh: "请写 `or`。")
    case "[", "]", "{", "}", "【", "】", "〔", "〕": Text("Use round brackets.", zh: "请用圆括号。")
    case "'", "‘", "’", "”", "「", "」", "《", "》":
      Text("Texts stand between \" and \", or between “ and ”.", zh: "文字写在 \" 与 \" 之间，或 “ 与 ” 之间。")
    case "。": Text("Leave it out; for a decimal point write a plain dot.", zh: "请删去；小数点请用英文句点。")
    case "¥", "￥", "$": Text("Write the unit after the number: `300 yuan`.", zh: "请把单位写在数字之后：`300 yuan`。")
    case "^": Text("Write the product out.", zh: "请写成乘积。")
    default: Text("Leave it out, or put text in quotation marks.", zh: "请删去；文字请加引号。")
    }
  }
}
