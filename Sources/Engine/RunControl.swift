// What surrounds a run without changing what it finds: how far it is, and whether it is still wanted. What may be kept for
// the next run over the same facts is in RunMemory.swift.

/// Progress and cancelling of long work.
public struct RunControl: Sendable {
  /// Asked again and again by every thread; once it is true the run ends as soon as it can.
  public var isCancelled: @Sendable () -> Bool
  /// Told from time to time how much of the run is done, 0 to 1.
  public var progress: (@Sendable (Double) -> Void)?

  public init(isCancelled: @escaping @Sendable () -> Bool = { false }, progress: (@Sendable (Double) -> Void)? = nil) {
    self.isCancelled = isCancelled
    self.progress = progress
  }
}

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
