import Answers
import Diagnostics
import Foundation
import Sessions
import Testing
import View

@testable import Workbench

/// A notebook in a folder of its own, beside a scenario.
final class NotebookFolder {
  let folder: URL

  init(_ scenario: String = Bench.edge) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "notebook-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try write("s.yaml", scenario)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func path(_ name: String) -> String { folder.appending(path: name).path(percentEncoded: false) }

  func write(_ name: String, _ text: String) throws { try Data(text.utf8).write(to: folder.appending(path: name)) }

  func read(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: folder.appending(path: name)), as: UTF8.self)
  }

  func notebook(_ text: String) throws -> Notebook {
    try write("n.md", text)
    return try NotebookFile.read(path("n.md"))
  }

  func run(_ text: String, _ parameters: [(String, String)] = [], policies: [SourceFile] = []) throws -> NotebookRun {
    var settings = NotebookSettings()
    settings.parameters = parameters.map { (name: $0.0, value: $0.1) }
    settings.policies = policies
    let run = NotebookRun(try notebook(text), settings)
    run.play()
    return run
  }

  /// The file after its answers were written.
  func written(_ text: String) throws -> String {
    let run = try run(text)
    #expect(run.diagnostics.isEmpty, "\(run.diagnostics.map(\.message.en))")
    #expect(NotebookFile.write(run) == nil)
    return try read("n.md")
  }

  func check(_ text: String? = nil, policies: [String] = [], _ options: NotebookCheckOptions = NotebookCheckOptions())
    throws -> Answer
  {
    if let text { try write("n.md", text) }
    let files = policies.enumerated().map { SourceFile(name: "own-\($0.offset).md", text: $0.element) }
    return Desk(library: Library(files: files)).check(paths: [path("n.md")], notebooks: options)
  }

  func page(_ text: String, _ options: PageOptions = PageOptions(), _ language: Language = .en) throws -> String {
    try write("n.md", text)
    var settings = NotebookSettings()
    settings.language = language
    let (html, problems) = PageJob(settings, options).page(path("n.md"))
    return try #require(html, "\(problems.map(\.message.en))")
  }

  static let costing = """
    ---
    title: A costing
    scenarios: s.yaml
    ---

    # A costing

    It costs **0**<!-- = edge.total as yuan -->.

    ```cesuan name=edge
    run changle-2022
    ```

    The end.

    """
}
