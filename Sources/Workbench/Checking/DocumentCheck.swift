// One policy document checked: its language, its examples, and what a careful drafter would not leave open - articles
// without a clause, values without a description, parameters nobody uses, measures without an example on either side.

import Diagnostics
import Districts
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Sessions

struct DocumentCheck {
  let source: SourceFile
  let library: Library
  let threads: Int

  init(_ source: SourceFile, library: Library, threads: Int) {
    self.source = source
    self.library = library
    self.threads = threads
  }

  func run() -> CheckResult {
    var result = CheckResult(file: source.name, what: Text("policy document", zh: "政策文件"))
    let (syntax, mistakes) = PolicyParser.parse(document: source, dictionary: library.dictionary)
    let bundled = library.bundledDictionary
    // The dictionary of facts itself declares what is already there.
    let isDictionary = syntax.header == nil && !syntax.lists.isEmpty
    var dictionary = isDictionary ? FactDictionary() : bundled
    let places = library.places.adding(outside: syntax.outsidePlaces)
    let (document, problems) = Checker.check(syntax, dictionary: &dictionary, places: places)
    let own = Cascades.without(problems, after: mistakes, in: source)
    result.diagnostics = OpenPlaces.filled(mistakes + own, places)
    if isDictionary {
      result.content.append(Count.text(syntax.lists.count, "list", zh: "类清单"))
      result.content.append(Count.text(syntax.lists.reduce(0) { $0 + $1.fields.count }, "field", zh: "个字段"))
      return result
    }
    guard let document else {
      if result.errors == 0 {
        result.diagnostics.append(
          .error(
            "no-document", Text("the file holds no policy document", zh: "文件中没有政策文件"),
            hint: Text("begin a ```policy fence with `document NAME`", zh: "请用 ```policy 代码块，并以 `document 名称` 开头"),
            at: source.location(fromUTF8: 0, to: 0)))
      }
      return result
    }
    for (form, word, plural, zh) in [
      (MeasureSyntax.Form.measure, "measure", "measures", "项措施"), (.duty, "duty", "duties", "项任务"),
      (.note, "note", "notes", "条说明"),
    ] {
      let count = document.measures.count { $0.form == form }
      if count > 0 { result.content.append(Count.text(count, word, plural, zh: zh)) }
    }
    if result.errors == 0, let told = Library.standIn(document) { result.diagnostics.append(told) }
    let isBundled = Districts.documents.contains { $0.id == document.id }
    var lint = DocumentLint(document, syntax: syntax, isBundled: isBundled).run()
    // A line that could not be read may be the one that uses it.
    if result.errors > 0 { lint.removeAll { $0.code.hasPrefix("unused-") } }
    result.diagnostics += ChineseRemedies(syntax, dictionary: dictionary, places: places).told(lint)
    // Without a clause that cannot be read an example tells nothing of the rest.
    guard result.errors == 0 else {
      let count = document.examples.count
      if count > 0 {
        result.content.append(
          Text("\(count) example\(count == 1 ? "" : "s") not run", zh: "\(count) 个算例未运行（先改正错误）"))
      }
      return result
    }
    let runner = ExampleRunner(document, dictionary: dictionary, places: places, threads: threads)
    let mistaken = MistakenMeasures(mistakes + problems, in: syntax)
    for example in document.examples {
      let (mismatches, problems) = runner.run(example, isMistaken: mistaken.contains)
      result.mismatches += mismatches
      // What is wrong with each of 99 hires alike is told once.
      for problem in problems
      where !result.diagnostics.contains(where: {
        $0.message == problem.message && $0.location?.start == problem.location?.start
      }) {
        result.diagnostics.append(problem)
      }
      result.examples += 1
    }
    if result.examples > 0 { result.content.append(Count.text(result.examples, "example", zh: "个算例")) }
    return result
  }
}
