// Texts that stand in no column as texts (ids that stand for a name, words in a rule), with numbers beyond those of the
// dataset's pool, so that equal texts compare equal wherever they come from.
import Dispatch
import Facts

/// Numbers for texts beside those of a pool. Shared by the workers of a run.
final class TextNumbers: @unchecked Sendable {
  private let pool: TextPool
  private let first: Int32
  private var extra: [String: Int32] = [:]
  private let lock = DispatchSemaphore(value: 1)

  init(_ pool: TextPool) {
    self.pool = pool
    first = Int32(clamping: pool.count)
  }

  func number(_ text: String) -> Int32 {
    if let id = pool.id(text) { return id }
    lock.wait()
    defer { lock.signal() }
    if let id = extra[text] { return id }
    let id = first &+ Int32(clamping: extra.count)
    extra[text] = id
    return id
  }
}
