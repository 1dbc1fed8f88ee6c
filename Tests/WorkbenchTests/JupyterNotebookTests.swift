// Notebooks as Jupyter keeps them: there and back, and files that are none.

import Diagnostics
import Foundation
import Testing
import View

@testable import Workbench

@Suite("Notebooks of Jupyter")
struct JupyterNotebookTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "notebooks")

  private static let bundled = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []

  @Test("every bundled notebook comes back as it was", arguments: bundled.filter { $0.hasSuffix(".md") })
  func thereAndBack(name: String) throws {
    let bytes = [UInt8](try Data(contentsOf: Self.folder.appending(path: name)))
    let there = JupyterNotebook(Notebook.read(bytes, name: name))
    let file = there.json.laidOut
    let back = try JupyterNotebook(json: file).markdown
    #expect(back == String(decoding: bytes, as: UTF8.self))
    #expect(there.cells.contains { if case .code(let code) = $0 { !code.outputs.isEmpty } else { false } })
  }

  @Test("what does not go along is told")
  func told() {
    let text = "---\ntitle: T\nparameters: {rate: 300}\n---\n\n```scenario\nhires: []\n```\n\n```cesuan\nrun\n```\n"
    let there = JupyterNotebook(Notebook.read(Array(text.utf8), name: "n.md"))
    #expect(there.notes.map(\.code) == ["cells-as-text", "parameters-as-written"])
  }

  @Test("what a kernel has written comes with its texts, and its own cells keep their order")
  func fromElsewhere() throws {
    let file = #"""
      {"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[
      {"cell_type":"markdown","source":"# A","metadata":{}},
      {"cell_type":"code","source":["run\n","readings"],"metadata":{},"execution_count":1,"outputs":[
       {"output_type":"stream","name":"stderr","text":"warning: `x`\n"},
       {"output_type":"display_data","data":{"text/plain":["a\n","```"],"text/html":"<b>a</b>"},"metadata":{}},
       {"output_type":"error","ename":"e","evalue":"v","traceback":["error: no"]}]},
      {"cell_type":"raw","source":"B"},{"cell_type":"code","source":"","outputs":[]}]}
      """#
    let markdown = try JupyterNotebook(json: file).markdown
    #expect(
      markdown == """
        # A

        ```cesuan
        run
        readings
        ```

        ````output
        warning: `x`
        a
        ```
        error: no
        ````

        B

        """)
  }

  @Test("the head's scenarios are loaded by a cell that the way back drops")
  func head() throws {
    let text = "---\ntitle: T\nscenarios: {edge: a.yaml, b: \"c d.yaml\"}\n---\n\n# T\n\n```cesuan\nrun\n```\n"
    let there = JupyterNotebook(Notebook.read(Array(text.utf8), name: "n.md"))
    guard case .code(let code) = there.cells[0] else {
      Issue.record("no cell loads what the head names")
      return
    }
    #expect(code.commands == "load \"a.yaml\" as edge\nload \"c d.yaml\" as b\n")
    #expect(try JupyterNotebook(json: there.json.line).markdown == text)
  }

  @Test(
    "files that are no notebooks are refused",
    arguments: [
      ("", "no-json"), ("{", "no-json"), ("[]", "no-notebook"), ("{}", "no-notebook"),
      (#"{"nbformat":4,"cells":1}"#, "no-notebook"), (#"{"nbformat":3,"cells":[]}"#, "notebook-version"),
      (#"{"nbformat":4,"cells":[{}]}"#, "no-notebook"),
      (#"{"nbformat":4,"cells":[{"cell_type":"code","source":[1]}]}"#, "no-notebook"),
    ])
  func refused(text: String, code: String) {
    do {
      _ = try JupyterNotebook(json: text)
      Issue.record("taken: \(text)")
    } catch {
      #expect(error.diagnostic(SourceFile(name: "n.ipynb", text: text)).code == code)
    }
  }
}
