// The policy documents that a user keeps in a folder. Knows nothing of what they say.

import Diagnostics
import Sessions
import Workbench

/// Policy documents of a folder.
enum PolicyFolder {
  static func read(_ folder: String, through door: FileDoor) -> ([SourceFile], [Diagnostic]) {
    func problem(_ path: String, _ reason: Text) -> Diagnostic {
      .error("unreadable", Text("`\(path)` cannot be read: \(reason.en)", zh: "无法读取 `\(path)`：\(reason.zh)"))
    }
    let paths: [String]
    do {
      paths = try Files.list(folder, ending: ".md")
    } catch {
      return ([], [problem(folder, error.reason)])
    }
    var files: [SourceFile] = []
    var problems: [Diagnostic] = []
    for path in paths {
      do {
        files.append(SourceFile(name: path, text: try door.text(path, as: .source)))
      } catch {
        problems.append(problem(path, error.reason))
      }
    }
    return (files, problems)
  }
}
