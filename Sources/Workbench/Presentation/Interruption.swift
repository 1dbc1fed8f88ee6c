// What is said of an answer whose writing was stopped.

import Answers
import Diagnostics
import Sessions

extension AnswerStream.Interrupted {
  /// What is said of it.
  package var diagnostic: Diagnostic { Mistake.interrupted.diagnostic(at: nil) }
}
