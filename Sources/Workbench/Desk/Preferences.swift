// What a person likes: how answers look and how the prompt behaves. A preference never changes what an answer says, so
// it
// has no part in runs, in undo or in what notebooks record. Knows nothing of terminals.

import Answers
import Commands
import Diagnostics
import Reckoning
import Sessions
import View

/// Something about the prompt or the look of answers that can be set: `set unit = 万`.
package enum Preference: String, Sendable, CaseIterable {
  case unit, timer, pager, plain, ambiguous, theme, color, hints, suggestions, keys, limit, cache, replace, headers
  case idNumbers = "id_numbers"

  /// The Chinese name.
  package var chinese: String {
    switch self {
    case .unit: "单位"
    case .timer: "计时"
    case .pager: "分页"
    case .plain: "纯文本"
    case .ambiguous: "符号宽度"
    case .theme: "配色"
    case .color: "颜色"
    case .hints: "用法提示"
    case .suggestions: "建议"
    case .keys: "键位"
    case .limit: "行数上限"
    case .cache: "缓存"
    case .replace: "替换"
    case .headers: "表头"
    case .idNumbers: "身份证号"
    }
  }

  package var meaning: Text {
    switch self {
    case .unit:
      Text(
        "unit of amounts on the screen and in papers; other files and programs get yuan",
        zh: "屏幕上和报送材料中金额的单位；其他文件和程序得到的总是元")
    case .timer: Text("tell how long each answer took", zh: "显示每条回答的用时")
    case .pager: Text("page answers taller than the window", zh: "超出一屏时分页")
    case .plain: Text("words instead of lines, colours and columns, for screen readers", zh: "用文字代替线条、颜色和分栏，便于读屏软件")
    case .ambiguous: Text("columns that signs such as “ — … take in this terminal", zh: "“ — … 等符号在本终端占一列还是两列")
    case .theme: Text("colours for a dark or a light background", zh: "适合深色或浅色背景的颜色")
    case .color: Text("when to colour", zh: "何时使用颜色")
    case .hints: Text("usage beside the line that is being typed", zh: "输入时在右侧提示用法")
    case .suggestions: Text("what one may ask next, after an answer", zh: "回答之后提示可以接着问什么")
    case .keys: Text("keys of the line editor", zh: "行编辑的键位")
    case .limit: Text("rows of one table that a program gets as JSON", zh: "以 JSON 输出时一张表的最多行数")
    case .cache:
      Text("keep large CSV files as columns, so that they load faster the next time", zh: "把大型 CSV 按列保存，下次读取更快")
    case .replace:
      Text("let answers take the place of files that are there already", zh: "允许回答替换已有的文件")
    case .headers:
      Text(
        "heads of CSV: the ids that programs read, or names; by itself: names in files that a Chinese session writes",
        zh: "CSV 的表头：供程序读取的编号，或名称；自动：中文会话写文件用名称，其余用编号")
    case .idNumbers:
      Text(
        "identity numbers in answers, messages, pages and documents: middle covered, or whole",
        zh: "回答、提示、网页和文档中的身份证号：遮住中段，或完整显示")
    }
  }

  /// What it may be, the default first, each with its Chinese and other spellings.
  var choices: [[String]] {
    let auto = ["auto", "自动"]
    let on = ["on", "开", "是", "yes", "true"]
    let off = ["off", "关", "否", "no", "false"]
    switch self {
    case .unit: return [["元", "yuan"], ["万", "wan", "万元"]]
    case .timer, .plain, .cache, .replace: return [off, on]
    case .hints: return [on, off]
    case .pager, .suggestions: return [auto, on, off]
    case .ambiguous: return [["narrow", "窄"], ["wide", "宽"]]
    case .theme: return [auto, ["dark", "深色"], ["light", "浅色"]]
    case .color: return [auto, ["always", "总是"], ["never", "从不"]]
    case .keys: return [auto, ["emacs"], ["vi"]]
    case .idNumbers: return [["covered", "遮住"], ["whole", "完整"]]
    case .headers: return [auto, ["names", "名称"], ["ids", "编号"]]
    case .limit: return [["1000000"]]
    }
  }

  /// A value in the reader's words.
  func words(_ value: String) -> Text {
    let spellings = choices.first { $0[0] == value } ?? [value]
    return Text(value, zh: spellings.first { $0.utf8.contains { $0 >= 0x80 } } ?? (value == "none" ? "无" : value))
  }

  package var defaultValue: String { choices[0][0] }

  /// The canonical form of a value as written.
  func value(_ text: String) throws(ValueMistake) -> String {
    let word = ValueText.plain(text).lowercased()
    if SpecialValue.isDefault(word) { return defaultValue }
    if self == .limit {
      if SpecialValue.isNone(word) { return "none" }
      let rows = try ValueText.read(word, as: .number, places: Gazetteer(table: ""))
      guard rows > 0 else { throw .below(word, bound: .same("1")) }
      return String(rows)
    }
    guard let choice = choices.first(where: { $0.contains(word) }) else {
      throw .unknownChoice(word, choices.map { words($0[0]) })
    }
    return choice[0]
  }

  /// The preference with this name; `settings.unit` is one in any case.
  static func named(_ name: String) -> Preference? {
    var name = name[...]
    for prefix in ["settings.", "选项."] where name.hasPrefix(prefix) { name = name.dropFirst(prefix.count) }
    let word = name.lowercased()
    if word == "colour" { return .color }
    return allCases.first { $0.rawValue == word || $0.chinese == word }
  }
}

/// Where the value of a preference comes from; a later one wins over an earlier.
package enum PreferenceSource: Int, Sendable, Comparable {
  case byDefault
  case config
  case environment
  case commandLine
  case session

  package static func < (a: PreferenceSource, b: PreferenceSource) -> Bool { a.rawValue < b.rawValue }

  package var title: Text {
    switch self {
    case .byDefault: Text("default", zh: "默认")
    case .config: Text("config", zh: "配置文件")
    case .environment: Text("environment", zh: "环境变量")
    case .commandLine: Text("command line", zh: "命令行")
    case .session: Text("session", zh: "本次会话")
    }
  }

  /// As other programs read it.
  var word: String {
    switch self {
    case .byDefault: "default"
    case .config: "config"
    case .environment: "environment"
    case .commandLine: "command line"
    case .session: "session"
    }
  }
}

/// All preferences with their sources.
package struct Preferences: Sendable {
  private struct Entry: Sendable {
    let value: String
    let source: PreferenceSource
    /// More exactly where: a variable's name, a file and line.
    let detail: String
  }

  private var entries: [Preference: Entry] = [:]
  /// Where the language of answers comes from.
  var languageSource: (source: PreferenceSource, detail: String) = (.byDefault, "")

  package init() {}

  package func value(_ preference: Preference) -> String { entries[preference]?.value ?? preference.defaultValue }

  package func source(_ preference: Preference) -> (source: PreferenceSource, detail: String) {
    entries[preference].map { ($0.source, $0.detail) } ?? (.byDefault, "")
  }

  /// Takes a value over unless one from a stronger source stands. `default` makes room for the default again.
  mutating func set(
    _ preference: Preference, _ text: String, from source: PreferenceSource, detail: String = ""
  ) throws(ValueMistake) {
    let value = try preference.value(text)
    if let present = entries[preference], present.source > source { return }
    if SpecialValue.isDefault(ValueText.plain(text).lowercased()) {
      entries[preference] = nil
    } else {
      entries[preference] = Entry(value: value, source: source, detail: detail)
    }
  }

  package func isOn(_ preference: Preference) -> Bool { value(preference) == "on" }
  package func isOff(_ preference: Preference) -> Bool { value(preference) == "off" }

  /// The rows of a table that JSON may have; nil: any number.
  package var rowLimit: Int? { Int(value(.limit)) }

  /// Whether CSV has names for heads instead of the ids that programs read.
  /// - Parameter isFile: a file, which people open in a spreadsheet; else another program listens.
  package func headsAreNames(_ language: Language, isFile: Bool) -> Bool {
    switch value(.headers) {
    case "names": true
    case "ids": false
    default: isFile && language == .zh
    }
  }

  package var moneyUnit: MoneyUnit { value(.unit) == "万" ? .wan : .yuan }
}

extension Desk {
  /// Takes the language of answers from outside a command.
  package func speak(_ language: Language, from source: PreferenceSource, detail: String) {
    self.language = language
    preferences.languageSource = (source, detail)
  }

  /// Takes a preference from outside a command: an option, a variable of the environment.
  /// - Returns: what is wrong with the value; nil when nothing is.
  package func prefer(_ preference: Preference, _ text: String, from source: PreferenceSource, detail: String)
    -> Diagnostic?
  {
    do {
      try preferences.set(preference, text, from: source, detail: detail)
      return nil
    } catch {
      return .error(
        error.code, Text("\(shown(detail)): \(error.message.en)", zh: "\(shown(detail))：\(error.message.zh)"),
        hint: error.hint)
    }
  }

  /// The preference that an assignment means. A thing of the documents with the same name goes before it; the
  /// preference is then
  /// `settings.NAME`.
  func preference(_ name: Written) -> Preference? {
    guard let found = Preference.named(name.text) ?? Preference.named(name.raw) else { return nil }
    if name.text.contains(".") { return found }
    if case .unknown = library.resolve(name.text, in: nearDocuments) { return found }
    return nil
  }

  /// Sets preferences, all of them or none.
  func prefer(_ wanted: [(Preference, Written)], source: PreferenceSource = .session) throws(Refusal) -> Answer {
    var next = preferences
    var lines: [[Span]] = []
    var records: [Record] = []
    for (preference, value) in wanted {
      let before = next.value(preference)
      do {
        let location = value.location
        if preference == .replace, door.isConfined { throw Refusal(.notForOthers(preference.rawValue), at: location) }
        let detail = source == .config ? "\(location.source?.name ?? ""):\(location.start.line)" : ""
        try next.set(preference, value.text, from: source, detail: detail)
      } catch let refusal as Refusal {
        throw refusal
      } catch let mistake as ValueMistake {
        throw Refusal(.value(mistake, name: Text(preference.rawValue, zh: preference.chinese)), at: value.location)
      } catch {
        preconditionFailure("preferences-refuse: a value is refused as a value and in no other way")
      }
      let after = next.value(preference)
      let name = Text(preference.rawValue, zh: preference.chinese)
      var line: [Span] = [Span(name, .name), Span(" = ", zh: "＝"), Span(preference.words(after), .number)]
      if before != after {
        line += [
          Span("  (was ", zh: "（原为 ", .muted), Span(preference.words(before), .muted), Span(")", zh: "）", .muted),
        ]
      }
      lines.append(line)
      records.append(SettingView.record(preference.rawValue, .same(after), before: .same(before)))
    }
    preferences = next
    let all = records
    return Answer([.block(.lines(lines))], records: all)
  }

  /// Carries out the configuration: the same commands as everywhere, but only those that say how answers look, so that
  /// no
  /// budget hangs on a file that a reader of the notebook does not have. Whatever is wrong is told and passed over.
  package func configure(_ source: SourceFile) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    for statement in WorkbenchCommands.parser.statements(of: source) {
      guard let command = statement.command else {
        problems += statement.diagnostics
        continue
      }
      switch command.request {
      case let request as SetCommand:
        var wanted: [(Preference, Written)] = []
        for assignment in request.settings {
          if let preference = Preference.named(assignment.name.text) ?? Preference.named(assignment.name.raw) {
            wanted.append((preference, assignment.value))
          } else {
            problems.append(notForConfig(at: assignment.name.location))
          }
        }
        do { _ = try prefer(wanted, source: .config) } catch { problems += error.diagnostics }
      case let request as TimerCommand:
        let value = request.value(at: command.location)
        do { _ = try prefer([(.timer, value)], source: .config) } catch { problems += error.diagnostics }
      case let request as LanguageCommand:
        if preferences.languageSource.source <= .config {
          language = request.language
          preferences.languageSource = (.config, "\(source.name):\(command.location.start.line)")
        }
      default: problems.append(notForConfig(at: command.location))
      }
    }
    return problems
  }

  private func notForConfig(at location: SourceRange) -> Diagnostic {
    .error(
      "not-for-config", Text("this does not belong into the configuration", zh: "配置文件中不能写这条"),
      hint: Text(
        "there, `set` takes \(Preference.allCases.map(\.rawValue).joined(separator: ", ")); put other commands "
          + "into a file and `source` it",
        zh: "其中 `设定` 只管\(Preference.allCases.map(\.chinese).joined(separator: "、"))；其他命令请另存文件，用 `执行`"), at: location)
  }
}
