// What a script cannot say: told by its name and place, and never written wrong.
import Diagnostics

/// Why no script is written.
package struct EmissionRefusal: Error, Sendable {
  package let diagnostic: Diagnostic

  /// - Parameters:
  ///   - what: the part of the rule, as both languages name it.
  ///   - hint: another way out than those that every rule has.
  init(_ what: Text, hint: Text? = nil, at location: SourceRange?) {
    diagnostic = .error(
      "not-in-sql",
      Text("\(what.en) cannot be said in SQL yet.", zh: "SQL 脚本暂不能表达：\(what.zh)。"),
      hint: hint
        ?? Text(
          "`run` reckons it here; leave the measure out of the draft to have the rest as a script.",
          zh: "可用 `测算` 在本机计算；也可在草案中去掉该措施，其余照常产生脚本。"),
      at: location)
  }
}
