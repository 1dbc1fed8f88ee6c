// What the help of the command line says in the reader's language, and subcommands wherever they stand among options
// and under their Chinese names. Knows nothing of what the subcommands do.

import ArgumentParser
import CArguments
import Diagnostics

/// The arguments of the program, and their words.
enum HelpWords {
  /// What the program was started with, its name first; also where there is no /proc to read it from.
  static let arguments: [String] = (0..<arguments_count()).map { String(cString: arguments_word($0)) }

  /// The language that is asked for, else that of the locale.
  static let language: Language = {
    for (i, word) in arguments.enumerated() where word == "--lang" || word.hasPrefix("--lang=") {
      let value =
        word == "--lang" ? (arguments.indices.contains(i + 1) ? arguments[i + 1] : "") : String(word.dropFirst(7))
      if let tongue = Tongue(rawValue: value) { return tongue.language }
    }
    return Surroundings.language.language
  }()

  /// A text in that language.
  static func said(_ en: String, zh: String) -> String { language == .zh ? zh : en }

  // MARK: Subcommands

  private static let subcommands = ["start", "run", "check", "render", "import", "serve", "lsp", "help"]
  private static let chinese = [
    "检查": "check", "运行": "run", "网页": "render", "导入": "import", "帮助": "help", "启动": "start",
    "服务": "serve", "编辑器": "lsp",
  ]
  /// Options that are followed by a value.
  private static let valued = [
    "--format", "--lang", "--policies", "--color", "--threads", "--allow-read", "--allow-write",
  ]

  /// The arguments with the subcommand in front, as the parser wants it: `--lang zh check FILE`, 检查 FILE.
  static func ordered(_ words: [String]) -> [String] {
    var i = 0
    while i < words.count, words[i].hasPrefix("--") {
      i += valued.contains(words[i]) ? 2 : 1
    }
    guard words.indices.contains(i) else { return words }
    let name = chinese[words[i]] ?? words[i]
    guard subcommands.contains(name) else { return words }
    return [name] + words[..<i] + words[(i + 1)...]
  }

  // MARK: Help

  /// The words of the frame around the help's own texts.
  private static let frame = [
    ("OVERVIEW: ", "概要："), ("USAGE: ", "用法："), ("ARGUMENTS:", "参数："), ("OPTIONS:", "选项："),
    ("SUBCOMMANDS:", "子命令："), ("Show the version.", "显示版本。"), ("Show help information.", "显示帮助。"),
    ("Show subcommand help information.", "显示子命令的帮助。"), ("(default: ", "（默认："), ("(values: ", "（可取："),
    ("; default: ", "；默认："),
    ("  See 'cesuan help <subcommand>' for detailed help.", "  各子命令的详细说明：cesuan help <子命令>"),
  ]

  /// A help text in the reader's language.
  static func framed(_ text: String) -> String {
    guard language == .zh, text.contains("USAGE:") else { return text }
    let words = frame.reduce(text) { $0.replacing($1.0, with: $1.1) }
    // A bracket that was opened in Chinese is closed so.
    var isOpen = false
    return String(
      words.map { character -> Character in
        if character == "（" { isOpen = true }
        guard isOpen, character == ")" || character == "）" else { return character }
        isOpen = false
        return "）"
      })
  }
}

extension ArgumentHelp {
  /// What an argument is for, in the reader's language.
  static func said(_ en: String, zh: String, valueName: String? = nil) -> ArgumentHelp {
    ArgumentHelp(HelpWords.said(en, zh: zh), valueName: valueName)
  }
}
