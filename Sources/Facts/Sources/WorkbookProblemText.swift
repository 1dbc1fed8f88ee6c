// What keeps a workbook from being read, for other readers of workbooks than those of registers. Knows nothing of what
// they look for.
import Diagnostics
import Workbooks

extension WorkbookProblem {
  /// As it is told.
  /// - Parameter ending: what the file's name ends in, without the dot.
  package func diagnostic(ending: String, at location: SourceRange?) -> Diagnostic {
    let wording = WorkbookWording.refused(self, ending: ending)
    return Diagnostic(wording.severity, code: wording.code, wording.message, hint: wording.hint, at: location)
  }
}
