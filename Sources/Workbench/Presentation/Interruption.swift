// What is said of an answer whose writing was stopped.

import Sessions
import Answers
import Diagnostics

extension AnswerStream.Interrupted {
  /// What is said of it.
  public var diagnostic: Diagnostic { Mistake.interrupted.diagnostic(at: nil) }
}
