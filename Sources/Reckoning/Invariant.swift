// Invariants of ours that are checked while the program runs, and how a broken one ends it. Knows nothing of what is
// checked.

/// What must hold whatever the user wrote. Where it does not, the mistake is ours, and no figure may come of it: the
/// run stops with the invariant's name.
///
/// The library's own `precondition` keeps its sentence to itself in optimised builds and `assert` vanishes from
/// them, and our inner loops are optimised even in debug builds; hence these. What a user can bring about is never an
/// invariant but a problem with a place, and is not checked here.
public enum Invariant {
  /// Stops the run unless `condition` holds, in every build. For what costs nothing beside the work it guards.
  ///
  /// - Parameter message: The invariant's name, a colon and the sentence that it says:
  ///   "columns-fit-table: a column has one value for each row of its table". It is made only when broken.
  @inlinable @inline(__always)
  public static func holds(
    _ condition: @autoclosure () -> Bool, _ message: @autoclosure () -> String,
    file: StaticString = #fileID, line: UInt = #line
  ) {
    if !condition() { broken(message(), file: file, line: line) }
  }

  /// Stops the run unless `condition` holds, in debug builds and so in tests; in release builds neither is looked at.
  /// For checks that walk over every row.
  @inlinable @inline(__always)
  public static func debug(
    _ condition: @autoclosure () -> Bool, _ message: @autoclosure () -> String,
    file: StaticString = #fileID, line: UInt = #line
  ) {
    #if CHECKED
      if !condition() { broken(message(), file: file, line: line) }
    #endif
  }

  /// The value that must be there. Stops the run when it is not, in every build.
  @inlinable @inline(__always)
  public static func value<Value>(
    _ value: Value?, _ message: @autoclosure () -> String, file: StaticString = #fileID, line: UInt = #line
  ) -> Value {
    guard let value else { broken(message(), file: file, line: line) }
    return value
  }

  /// Whether this is a build that looks at what `debug` is given.
  public static var isChecked: Bool {
    #if CHECKED
      return true
    #else
      return false
    #endif
  }

  /// Stops the run: for a branch that cannot be reached. Prints "broken invariant NAME: sentence".
  @inline(never)
  public static func broken(_ message: String, file: StaticString = #fileID, line: UInt = #line) -> Never {
    fatalError("broken invariant \(message)", file: file, line: line)
  }
}
