// What a person likes: how answers look and how the prompt behaves. A preference never changes what an answer says, so it
// has no part in runs, in undo or in what notebooks record. Knows nothing of terminals.

import Commands
import Diagnostics
import Reckoning
import View

/// Something about the prompt or the look of answers that can be set: `set unit = 万`.
public enum Preference: String, Sendable, CaseIterable {
  case unit, timer, pager, plain, ambiguous, theme, color, hints, suggestions, keys, limit, cache

  /// The Chinese name.
  public var chinese: String {
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
    }
  }

  public var meaning: Text {
    switch self {
    case .unit: Text("unit of amounts on the screen; files and programs get yuan", zh: "屏幕上金额的单位；文件和程序得到的总是元")
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
    }
  }

  /// What it may be, the default first, each with its Chinese and other spellings.
  var choices: [[String]] {
    let auto = ["auto", "自动"]
    let on = ["on", "开", "是", "yes", "true"]
    let off = ["off", "关", "否", "no", "false"]
    switch self {
    case .unit: return [["元", "yuan"], ["万", "wan", "万元"]]
    case .timer, .plain, .cache: return [off, on]
    case .hints: return [on, off]
    case .pager, .suggestions: return [auto, on, off]
    case .ambiguous: return [["narrow", "窄"], ["wide", "宽"]]
    case .theme: return [auto, ["dark", "深色"], ["light", "浅色"]]
    case .color: return [auto, ["always", "总是"], ["never", "从不"]]
    case .keys: return [auto, ["emacs"], ["vi"]]
    case .limit: return [["1000000"]]
    }
  }

  public var defaultValue: String { choices[0][0] }

  /// The canonical form of a value as written.
  func value(_ text: String) throws(ValueMistake) -> String {
    let word = ValueText.plain(text).lowercased()
    if SpecialValue.isDefault(word) { return defaultValue }
    if self == .limit {
      if SpecialValue.isNone(word) { return "none" }
      let rows = try ValueText.read(word, as: .number, places: Gazetteer(table: ""))
      guard rows > 0 else { throw .below(word, bound: "1") }
      return String(rows)
    }
    guard let choice = choices.first(where: { $0.contains(word) }) else {
      throw .unknownChoice(word, choices.map { $0[0] })
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
public enum PreferenceSource: Int, Sendable, Comparable {
  case byDefault
  case config
  case environment
  case commandLine
  case session

  public static func < (a: PreferenceSource, b: PreferenceSource) -> Bool { a.rawValue < b.rawValue }

  public var title: Text {
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
public struct Preferences: Sendable {
  private struct Entry: Sendable {
    let value: String
    let source: PreferenceSource
    /// More exactly where: a variable's name, a file and line.
    let detail: String
  }

  private var entries: [Preference: Entry] = [:]
  /// Where the language of answers comes from.
  public var languageSource: (source: PreferenceSource, detail: String) = (.byDefault, "")

  public init() {}

  public func value(_ preference: Preference) -> String { entries[preference]?.value ?? preference.defaultValue }

  public func source(_ preference: Preference) -> (source: PreferenceSource, detail: String) {
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

  public func isOn(_ preference: Preference) -> Bool { value(preference) == "on" }
  public func isOff(_ preference: Preference) -> Bool { value(preference) == "off" }

  /// The rows of a table that JSON may have; nil: any number.
  public var rowLimit: Int? { Int(value(.limit)) }

  public var moneyUnit: MoneyUnit { value(.unit) == "万" ? .wan : .yuan }
}

extension Session {
  /// Takes the language of answers from outside a command.
  public func speak(_ language: Language, from source: PreferenceSource, detail: String) {
    self.language = language
    preferences.languageSource = (source, detail)
  }

  /// Takes a preference from outside a command: an option, a variable of the environment.
  /// - Returns: what is wrong with the value; nil when nothing is.
  public func prefer(_ preference: Preference, _ text: String, from source: PreferenceSource, detail: String)
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

  /// The preference that an assignment means. A thing of the documents with the same name goes before it; the preference is then
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
    var json: [JSONValue] = []
    for (preference, value) in wanted {
      let before = next.value(preference)
      do {
        let location = value.location
        let detail = source == .config ? "\(location.source?.name ?? ""):\(location.start.line)" : ""
        try next.set(preference, value.text, from: source, detail: detail)
      } catch {
        throw Refusal(.value(error, name: preference.rawValue), at: value.location)
      }
      let after = next.value(preference)
      let name = Text(preference.rawValue, zh: preference.chinese)
      var line: [Span] = [Span(name, .name), .data(" = "), .data(after, .number)]
      if before != after {
        line += [Span("  (was ", zh: "（原为 ", .muted), .data(before, .muted), Span(")", zh: "）", .muted)]
      }
      lines.append(line)
      json.append([
        "kind": "setting", "name": .string(preference.rawValue), "value": .string(after), "before": .string(before),
      ])
    }
    preferences = next
    return Answer(Document([.lines(lines)]), objects: json)
  }

  /// `settings`: every preference with its value and where it comes from, and what is set for runs.
  func listSettings() -> Answer {
    var rows: [Table.Row] = []
    var json: [JSONValue] = []
    func add(_ name: Text, _ value: Text, _ source: (source: PreferenceSource, detail: String), _ meaning: Text) {
      let origin = source.detail.isEmpty ? [] : [Span.data("  " + source.detail, .muted)]
      rows.append(
        Table.Row([
          .text(name, .name), .text(value, .number), .spans([Span(source.source.title)] + origin),
          .text(meaning, .muted),
        ]))
      json.append([
        "name": .string(name.en), "value": .string(value.en), "source": .string(source.source.word),
        "detail": .string(source.detail),
      ])
    }
    let languages = Text("language: `language zh`, `language en`", zh: "语言：`语言 英文`、`语言 中文`")
    add(Text("language", zh: "语言"), .same(language.rawValue), preferences.languageSource, languages)
    for preference in Preference.allCases {
      add(
        Text(preference.rawValue, zh: preference.chinese), .same(preferences.value(preference)),
        preferences.source(preference),
        preference.meaning)
    }
    for setting in state.settings {
      add(.same(setting.target.id), setting.text(library.places), (.session, ""), setting.target.meaning ?? .same(""))
    }
    for own in state.scenario?.settings ?? [] where state.setting(own.target.id) == nil {
      rows.append(
        Table.Row([
          .data(own.target.id, .name), .text(own.text(library.places), .number), .text(Text("scenario", zh: "情景")),
          .text(own.target.meaning ?? .same(""), .muted),
        ]))
      json.append([
        "name": .string(own.target.id), "value": .string(own.text(library.places).en), "source": "scenario",
        "detail": "",
      ])
    }
    let table = Table(
      columns: [
        Table.Column(Text("Setting", zh: "选项"), .left, .essential, key: "name"),
        Table.Column(Text("Value", zh: "值"), .left, .essential, key: "value"),
        Table.Column(Text("From", zh: "来源"), .left, .important, key: "source"),
        Table.Column(Text("Meaning", zh: "含义"), .left, .useful, key: "meaning"),
      ], rows: rows)
    let document = Document([
      .table(table),
      .paragraph([
        Span("Change one: ", zh: "更改："), .command(language == .zh ? "设定 单位 = 万" : "set unit = 万"),
        Span("; to keep it, put the line into ", zh: "；要长期保留，请把这一行写入 "),
        .data(configFile ?? "~/.config/cesuan/config", .name),
        Span(".", zh: "。"),
      ]),
    ])
    return Answer(document, objects: [["kind": "settings", "settings": .array(json)]])
  }

  /// Carries out the configuration: the same commands as everywhere, but only those that say how answers look, so that no
  /// budget hangs on a file that a reader of the notebook does not have. Whatever is wrong is told and passed over.
  public func configure(_ source: SourceFile) -> [Diagnostic] {
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
        "there, `set` takes \(Preference.allCases.map(\.rawValue).joined(separator: ", ")); put other commands into a file and `source` it",
        zh: "其中 `设定` 只管\(Preference.allCases.map(\.chinese).joined(separator: "、"))；其他命令请另存文件，用 `执行`"), at: location)
  }
}
