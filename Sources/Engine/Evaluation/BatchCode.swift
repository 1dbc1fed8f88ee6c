// Nodes in the order in which they are worked out, with everything that they look up. Knows nothing of rows.
import Facts

/// Which rows a code runs over.
enum Rows {
  case range(Range<Int>)
  case list(UnsafeBufferPointer<Int32>)

  var count: Int {
    switch self {
    case .range(let r): r.count
    case .list(let l): l.count
    }
  }
}

/// The nodes of some roots in an order in which each comes after what it needs.
struct BatchCode {
  struct Step {
    let node: Node
    /// The steps of its inputs.
    let inputs: [Int]
    let source: Source
  }

  /// What a step reads beside its inputs.
  enum Source {
    case nothing
    /// A list's column, read where it lies.
    case column(Values)
    /// A column of booleans, which are translated to truth.
    case bools(Storage<UInt8>)
    /// What a `gather` looks up.
    case table(Values)
    /// A function of a date by day.
    case days(DayTable)
    case sets(offsets: Storage<Int32>, members: Storage<Int32>)
  }

  let steps: [Step]
  let roots: [Int]
  let domain: Domain
}
