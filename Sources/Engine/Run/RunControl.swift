// Whether a run is still wanted, asked once and for all threads alike. What may be kept for the next run over the same
// facts is in RunMemory.swift.
import Facts

/// Progress and cancelling of a run.
public typealias RunControl = WorkControl

/// Whether a run has been cancelled: asked of its control until it says so once, and true from then on.
final class Stop: Sendable {
  private let control: RunControl
  private let lock = Lock()
  private nonisolated(unsafe) var stopped = false

  init(_ control: RunControl) { self.control = control }

  var isStopped: Bool {
    lock.hold {
      if !stopped, control.isCancelled() { stopped = true }
      return stopped
    }
  }

  /// The run's control with an answer that does not change any more.
  var steady: RunControl {
    var steady = control
    steady.isCancelled = { self.isStopped }
    return steady
  }
}
