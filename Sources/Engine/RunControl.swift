// What surrounds a run without changing what it finds: how far it is, whether it is still wanted, and what may be kept
// for the next run over the same facts.

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

/// What runs over the same facts may keep between them, so that a changed setting costs only what depends on it.
/// A memory belongs to one scenario; it must not be used by two threads at once.
public final class RunMemory {
  public init() {}
}
