// The commands as the manual page lists them, made of what the commands say of themselves. Knows nothing of files.

import Commands
import Diagnostics

/// The part of the manual page that lists the commands.
package enum ManualCommands {
  /// In the language of manual pages: each command's use, and under it what it does and its Chinese words.
  package static var text: String {
    var lines: [String] = []
    for form in WorkbenchCommands.vocabulary.forms {
      lines.append(".TP")
      lines.append(".B " + escaped(form.usage.en))
      let others = (form.english.dropFirst() + form.chinese).joined(separator: ", ")
      lines.append(escaped(capitalised(form.meaning.en)) + " (" + escaped(others) + ").")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func capitalised(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

  /// Backslashes, hyphens and what a line may not begin with, as they have to be written.
  private static func escaped(_ text: String) -> String {
    let plain = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
    return plain.hasPrefix(".") || plain.hasPrefix("'") ? "\\&" + plain : plain
  }
}
