// What surrounds long work without changing what it finds: how far it is, and whether it is still wanted.

/// Progress and cancelling of long work: reading large files, running programmes.
public struct WorkControl: Sendable {
  /// Asked again and again by every thread; once it is true the work ends as soon as it can.
  public var isCancelled: @Sendable () -> Bool
  /// Told from time to time how much of the work is done, 0 to 1.
  public var progress: (@Sendable (Double) -> Void)?

  /// Work that is never cancelled and tells nobody, unless said otherwise.
  public init(isCancelled: @escaping @Sendable () -> Bool = { false }, progress: (@Sendable (Double) -> Void)? = nil) {
    self.isCancelled = isCancelled
    self.progress = progress
  }
}
