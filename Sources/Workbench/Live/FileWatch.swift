// Whether a notebook's files are as they were: the notebook, what its front matter names, and what its cells have
// loaded. Looks at the file system's marks and reads nothing.

import Glibc
import Sessions

struct FileWatch {
  /// A file as the system marks it: another one, or one that was written again, has other marks.
  private struct Mark: Equatable {
    let numbers: [Int]

    init(_ path: String) {
      var status = stat()
      // Links are followed, as in reading; a file that is not there is a mark, too.
      guard stat(Files.expanded(path), &status) == 0 else {
        numbers = []
        return
      }
      numbers = [
        Int(status.st_dev), Int(status.st_ino), Int(status.st_size), status.st_mtim.tv_sec, status.st_mtim.tv_nsec,
      ]
    }
  }

  private var paths: [String]
  private var marks: [Mark]

  init(_ notebook: Notebook, _ settings: NotebookSettings) {
    let named = notebook.front.scenarios.map(\.file) + notebook.front.policies.map(\.file)
    let beside = named.map { $0.hasPrefix("/") || $0.hasPrefix("~") ? $0 : notebook.folder + $0 }
    self.init([notebook.source.name] + beside.filter { settings.door.barrier(reading: $0) == nil })
  }

  private init(_ paths: [String]) {
    self.paths = paths
    marks = paths.map { Mark($0) }
  }

  /// Looks at further files from now on.
  mutating func add(_ more: [String]) {
    for path in more where !paths.contains(path) {
      paths.append(path)
      marks.append(Mark(path))
    }
  }

  /// Whether a file is another than when this was made.
  func hasChanged() -> Bool { zip(paths, marks).contains { Mark($0) != $1 } }

  /// The same files as they are now.
  func renewed() -> FileWatch { FileWatch(paths) }
}
