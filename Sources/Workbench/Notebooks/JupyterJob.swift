// A notebook's file turned into one of Jupyter, or the other way round. Nothing is run.

import Answers
import Diagnostics
import Sessions
import View

/// Turning the files of notebooks.
package struct JupyterJob {
  private let door: FileDoor

  package init(_ door: FileDoor) { self.door = door }

  /// Whether a file is one of Jupyter, by its name.
  package static func isJupyter(_ path: String) -> Bool { Files.ending(path) == "ipynb" }

  /// Turns a file into another: into Markdown one that ends in .ipynb, into one of Jupyter any other.
  /// - Parameter file: where it goes; nil gives back its text.
  package func turn(_ path: String, to file: String?) -> (text: String?, answer: Answer) {
    let bytes: [UInt8]
    do { bytes = try door.bytes(path, as: .source) } catch {
      return (nil, .failure(Mistake.reading(path, error).diagnostic(at: nil)))
    }
    let text: String
    let notes: [Diagnostic]
    if Self.isJupyter(path) {
      let source = SourceFile(name: path, text: String(decoding: bytes, as: UTF8.self))
      do { text = try JupyterNotebook(json: source.text).markdown } catch {
        return (nil, .failure(error.diagnostic(source)))
      }
      notes = []
    } else {
      let notebook = Notebook.read(bytes, name: path)
      let errors = notebook.diagnostics.filter { $0.severity == .error }
      if !errors.isEmpty { return (nil, .failure(errors)) }
      let turned = JupyterNotebook(notebook)
      (text, notes) = (turned.json.laidOut, turned.notes)
    }
    guard let file, file != "-" else { return (text, Answer(diagnostics: notes)) }
    do { try door.write(text, to: file) } catch {
      return (nil, .failure(Mistake.writing(file, error).diagnostic(at: nil)))
    }
    var answer = Answer(
      Document([
        .paragraph([
          Span("Written into ", zh: "已写入 "), .data(file, .name), Span(Text(".", zh: "。")),
        ])
      ]), records: [Record(kind: "written", ["file": .id(file), "bytes": .count(text.utf8.count)])], diagnostics: notes)
    answer.failed = false
    return (nil, answer)
  }
}
