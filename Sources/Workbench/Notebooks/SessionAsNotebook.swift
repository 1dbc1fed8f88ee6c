// The text of a session that is saved as a notebook: its title, and commands from the folder of the notebook. Knows
// nothing of disks.

import Commands
import Diagnostics
import Sessions
import View

enum SessionText {
  /// A title for YAML.
  static func quoted(_ text: String) -> String {
    "\"" + text.map { $0 == "\"" || $0 == "\\" ? "\\" + String($0) : $0.isNewline ? " " : String($0) }.joined() + "\""
  }

  /// A title for a heading, in which nothing is markup.
  static func heading(_ text: String) -> String {
    MarkdownRenderer(language: .en).render(Document([.paragraph([.data(text)])])).trimmingSpaces
  }

  /// A command that loads a file, from a folder so much deeper.
  static func moved(_ command: String, up: Int, isAbsolute: Bool) -> String {
    let source = SourceFile(name: "", text: command)
    guard let parsed = WorkbenchCommands.parser.parse(source).first?.command,
      let file = (parsed.request as? LoadCommand)?.file,
      !file.raw.hasPrefix("/"), !file.raw.hasPrefix("~"), up > 0 || isAbsolute,
      let start = command.firstRange(of: file.raw)
    else { return command }
    let path = isAbsolute ? Files.whole(file.raw) ?? file.raw : String(repeating: "../", count: up) + file.raw
    return String(command[..<start.lowerBound]) + path + String(command[start.upperBound...])
  }
}
