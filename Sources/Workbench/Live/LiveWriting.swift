// Writing what was tried into the file: what would change is shown first, and what is written is what was shown. A file
// that somebody else has changed is left as it is.

import Diagnostics
import Reckoning
import Sessions
import View

extension LiveNotebook {
  /// What would be written.
  package struct Plan: Sendable {
    /// Says which plan it is.
    package let digest: String
    /// The lines that go and come.
    package let html: String
    let bytes: [UInt8]
    let file: [UInt8]
    package var isEmpty: Bool { bytes == file }
  }

  /// The file with what is tried, and the answers that it then gives with the parameters it names itself.
  /// - Parameter withAnswers: also put the answers in, as `run --write` does.
  package func plan(withAnswers: Bool) -> Plan {
    var bytes = run.notebook.bytes
    if withAnswers {
      var own = settings
      own.mayWrite = false
      own.parameters = []
      let fresh = NotebookRun(Notebook.read(bytes, name: path), own)
      fresh.session.isCancelled = isCancelled
      fresh.play()
      if !fresh.session.isCancelled() { bytes = NotebookWriting.bytes(fresh) }
    }
    let (old, new) = (String(decoding: file, as: UTF8.self), String(decoding: bytes, as: UTF8.self))
    let lines = LineDifference.lines(StoredText.lines(old), StoredText.lines(new), limit: 200)
    var digest = Digest()
    digest.add(old)
    digest.add(new)
    let html = HTMLRenderer(language: language).render(Document([.lines(lines)]))
    return Plan(digest: digest.hex, html: covered(html), bytes: bytes, file: file)
  }

  private func covered(_ html: String) -> String {
    run.session.showsIdNumbers ? html : PersonalNumbers.covered(html)
  }

  /// Writes what was shown, where the file is still as it was read.
  /// - Throws: why nothing was written.
  package func write(_ plan: Plan) throws(Refusal) {
    guard plan.file == file else { throw Refusal([LiveMistake.otherPlan.diagnostic]) }
    let isWritten: Bool
    do { isWritten = try settings.door.replace(path, file, with: plan.bytes) } catch {
      throw Refusal([Mistake.writing(path, error).diagnostic(at: nil)])
    }
    guard isWritten else { throw Refusal([NotebookMistake.changedMeanwhile.diagnostic(at: nil)]) }
    take(Notebook.read(plan.bytes, name: path))
  }
}
